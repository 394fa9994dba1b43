// All that is in a page before a question is opened or comes near. It stands in the page's head:
// the list of answers is hidden before it is drawn, and so is what a prediction foretells. If its
// buttons cannot be had, all is shown as it is.
document.documentElement.classList.add("asks");
{
  const ask = box => {
    if (!box.querySelector(":scope > ul > .right") || box.dataset.asked) return;
    box.dataset.asked = "waits";
    import("SITE/assets/questions/answer.js").then(
      page => page.ask(box),
      () => { box.dataset.asked = "not"; },
    );
  };
  addEventListener("toggle", ({ target }) => target.open && ask(target), true);
  addEventListener("DOMContentLoaded", () => {
    const near = new IntersectionObserver(
      seen => seen.forEach(({ isIntersecting, target }) => isIntersecting && ask(target)),
      { rootMargin: "75%" },
    );
    const predictions = document.querySelectorAll(".predict");
    predictions.forEach(box => near.observe(box));
    // By keyboard, the next thing to reach may be far below. And who comes again finds all at once.
    const askAll = () => predictions.forEach(ask);
    addEventListener("keydown", askAll, { once: true });
    try {
      if (localStorage.answers) askAll();
    } catch {} // no storage
  });
}
