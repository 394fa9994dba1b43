// All that is in a page before the first press. It stands in the page's head: it shows the buttons
// before they are drawn, so that nothing moves, and fetches page.js for whoever presses one.
document.documentElement.classList.add("live-on");
{
  const address = "SITE/live/page.js";
  const load = () => import(address);
  addEventListener("click", ({ target, detail }) => {
    const button = target.closest(".live > button");
    if (!button) return;
    const tooLate = new Promise((_, fail) => setTimeout(fail, 8000));
    Promise.race([load(), tooLate]).then(
      page => page.press(button, detail),
      async () => {
        const why = await refusal(address) || "a file of this site is missing, or there is no connection";
        button.parentNode.querySelector("[role=status]").textContent =
          `The buttons do not work: ${why}. What is printed here still holds. Load the page again to try once more.`;
      },
    );
  });
  addEventListener("DOMContentLoaded", () => {
    try {
      if (localStorage.getItem("live:" + location.pathname)) load(); // it brings back what was typed
    } catch {} // no storage: nothing to bring back
  });
}
