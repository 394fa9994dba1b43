// All that is in a page before a question is opened. The list of answers is hidden until its
// buttons are there; if they cannot be had, the list is shown as it is.
document.documentElement.classList.add("asks");
addEventListener("toggle", ({ target }) => {
  if (!target.open || !target.querySelector(":scope > ul > .right") || target.dataset.asked) return;
  target.dataset.asked = "waits";
  import("SITE/assets/questions/answer.js").then(
    ({ ask }) => ask(target),
    () => { target.dataset.asked = "not"; },
  );
}, true);
