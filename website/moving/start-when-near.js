// Starts a figure that moves when the reader comes near it. Until then, and wherever this does not
// run, it is a still picture.
const near = new IntersectionObserver(seen => {
  for (const { isIntersecting, target } of seen) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    start(target);
  }
}, { rootMargin: "75%" });

async function start(figure) {
  if (figure.dataset.moves) return; // once is enough
  figure.dataset.moves = "waking";
  const folder = new URL(`../figures/${figure.id}/`, import.meta.url);
  try {
    const [script, numbers] = await Promise.all([
      import(`${folder}script.js`),
      fetch(`${folder}numbers.json`).then(answer => answer.ok ? answer.json() : Promise.reject(answer.status)),
    ]);
    figure.querySelectorAll("svg .moves").forEach(part => part.remove());
    script.default(figure, numbers);
    figure.dataset.moves = "awake";
  } catch (problem) {
    const note = document.createElement("p");
    note.textContent = "The part of this figure that moves did not arrive. The picture still holds. Reload the page to try again.";
    figure.querySelector(".controls").replaceWith(note);
    console.warn(`${figure.id} stays still:`, problem);
  }
}

document.querySelectorAll("figure[data-moves]").forEach(figure => near.observe(figure));
