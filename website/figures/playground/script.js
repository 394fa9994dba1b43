// Choose up to three recorded runs on the digits and compare them.
import { choose, draw, fixed, frame, path, place, say, scales } from "../../moving/kit.js";

const RUNS = [["A", "prediction"], ["B", "target"], ["C", "gradient"]];
const EPOCH_OF_BADGE = [4, 9, 14]; // apart, so that runs that end alike can be told apart

export default function start(figure, { sizes, rates, losses, updates, seconds, runs, start, axes }) {
  const svg = figure.querySelector("svg");
  const [above, below] = axes.map(each => ({ ...scales(each), frame: frame(svg, each) })); // a first loss may be far above
  const curves = [[above, "training", ""], [above, "validation", "dashed"], [below, "right", ""]];
  const drawn = RUNS.map(([name, colour]) => ({
    lines: curves.map(([part, , style]) => draw(part.frame, "path", { class: `${colour} ${style}` })),
    badges: [0, 1].map(() => {
      const badge = draw(svg, "g", { class: "badge" });
      draw(badge, "circle", { class: colour, r: 8 });
      draw(badge, "text", { y: 4 }, name);
      return badge;
    }),
  }));

  const choices = {};
  RUNS.forEach(([name], i) => {
    choices[`size${name}`] = { values: i ? [0, ...sizes] : sizes, start: start[i] };
    choices[`rate${name}`] = { values: rates, start: 0.1 };
    choices[`loss${name}`] = { values: losses, start: losses[0] };
  });
  const written = { size: size => size ? `batch ${size.toLocaleString("en")}` : "no run", rate: rate => `rate ${rate}`, loss: loss => loss };
  for (const select of figure.querySelectorAll("select"))
    for (const value of choices[select.name].values)
      select.add(new Option(written[select.name.slice(0, -1)](value), value));

  choose(figure, choices, state => RUNS.forEach(([name], i) => {
    const { lines, badges } = drawn[i];
    const size = sizes.indexOf(state[`size${name}`]);
    const loss = losses.indexOf(state[`loss${name}`]);
    const run = size < 0 ? undefined : runs[loss][size][rates.indexOf(state[`rate${name}`])];
    curves.forEach(([part, key], j) => {
      place(lines[j], { d: run ? path(run[key].map((value, epoch) => [part.x(epoch + 1), part.y(value)])) : "" });
    });
    const at = EPOCH_OF_BADGE[i];
    badges.forEach((badge, j) => {
      const [part, key] = curves[1 + j];
      badge.style.display = run ? "" : "none";
      if (run) place(badge, { transform: `translate(${part.x(at)} ${part.y(run[key][at - 1])})` });
    });
    say(figure, { [`told${name}`]: run
      ? `${updates[size].toLocaleString("en")} updates in ${seconds[loss][size]} s. Loss ${fixed(run.training.at(-1), 3)}, validation ${fixed(run.validation.at(-1), 3)}. ${run.right.at(-1)} % right.`
      : "No run." });
  }));
}
