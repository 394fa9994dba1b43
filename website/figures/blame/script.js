// Go through two layers and back, step by step. Python wrote what each step shows, and where.
import { choose, draw, place, say, scales } from "../../moving/kit.js";

export default function start(figure, { places, steps, rates, start, ends, axes: [axes] }) {
  const svg = figure.querySelector("svg");
  const { x, y } = scales(axes);
  const numbers = draw(svg, "g");
  const count = steps.length + ends[0].length;
  const written = steps => Object.assign({}, ...steps.map(({ shows }) => shows));

  let now;
  const change = choose(figure, {
    step: { start: 0, values: Array.from({ length: count }, (_, step) => step) },
    rate: { start, values: rates, words: ({ rate }) => String(rate) },
  }, ({ step, rate }) => {
    now = step;
    const done = [...steps, ...ends[rates.indexOf(rate)]].slice(0, step + 1);
    const { name, sums, shows } = done.at(-1);
    const shown = written(done);
    numbers.replaceChildren();
    for (const [at, text] of Object.entries({ ...written(steps), ...shown })) {
      const [left, up, colour] = places[at];
      const state = at in shows ? "now" : at in shown ? "before" : "later";
      draw(numbers, "text", { class: `${colour} ${state}`, x: x(left), y: y(up), dy: "0.35em" }, text);
    }
    place(svg, { "aria-label": `${name}. ${sums}` });
    say(figure, { name, sums, rate });
  });
  figure.querySelector(".step").addEventListener("click", () => change({ step: (now + 1) % count }));
  figure.querySelector(".back").addEventListener("click", () => change({ step: Math.max(0, now - 1) }));
}
