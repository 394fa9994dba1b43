// Starts a figure that moves when the reader comes near it, and one that begins with a press when
// it is pressed. Until then, and wherever this does not run, it is a still picture. This stands in each page with such a figure: a file could be refused.
{
  const near = new IntersectionObserver(seen => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      start(target);
    }
  }, { rootMargin: "75%" });

  async function start(figure) {
    const folder = `SITE/assets/figures/${figure.id}/`;
    try {
      const [script, numbers] = await Promise.all([
        import(`${folder}script.js`),
        fetch(`${folder}numbers.json`).then(answer => answer.ok ? answer.json() : Promise.reject(answer.status)),
      ]);
      figure.querySelectorAll("svg .moves").forEach(part => part.remove());
      await script.default(figure, numbers);
      figure.dataset.moves = "awake";
    } catch (problem) {
      const why = await refusal(`${folder}script.js`);
      const note = document.createElement("p");
      note.textContent = `The part of this figure that moves did not arrive${why && `: ${why}`}. The picture still holds. Reload the page to try again.`;
      figure.querySelector(".controls").replaceWith(note);
      console.warn(`${figure.id} stays still:`, problem);
    }
  }

  const linked = new URLSearchParams(location.search);
  document.querySelectorAll("figure[data-moves]").forEach(figure => {
    const begin = figure.querySelector(".begin");
    if (begin && linked.has(figure.id)) figure.dataset.moves = "begun";
    if (!begin || figure.dataset.moves) return near.observe(figure);
    begin.addEventListener("click", async ({ detail }) => {
      figure.dataset.moves = "begun"; // now there is room for its controls
      begin.disabled = true;
      await start(figure);
      if (!detail) figure.querySelector("svg [tabindex='0']")?.focus(); // it was a key
    }, { once: true });
  });
}
