// All that is in a page before an exercise is opened.
addEventListener("toggle", ({ target }) => {
  const start = target.open && target.querySelector(":scope > .start:not([data-asked])");
  if (!start) return;
  start.dataset.asked = "";
  start.textContent = "One moment …";
  const address = "SITE/assets/exercises/exercise.js";
  import(address).then(({ ask }) => ask(target, start)).catch(async () => {
    delete start.dataset.asked;
    const why = await refusal(address) || "a file of this site is missing, or there is no connection";
    start.textContent = `The rest does not arrive: ${why}. Close this box and open it to try once more.`;
  });
}, true);
