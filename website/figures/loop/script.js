// Walk through the training loop: four steps for each batch, with the numbers of a recorded run.
import { choose, draw, fixed, path, place, play, say, scales } from "../../moving/kit.js";

const STEPS = ["forward", "loss", "backward", "update"];
/** Write numbers below each other's places, with figure spaces. */
const some = numbers => numbers.map(number => fixed(number).padStart(5, "\u2007")).join(", ");

export default function start(figure, {
  soups, predictions, losses, gradients, parameters, lines, means, goals, epochs, batches, ends, litres, salt, axes,
}) {
  const [plane, curve, tracks] = axes.map(scales);
  const svg = figure.querySelector("svg");
  const status = figure.querySelector("[role=status]");
  const items = figure.querySelectorAll(".steps li");

  const before = draw(svg, "path", { class: "prediction dashed" });
  const line = draw(svg, "path", { class: "prediction" });
  const misses = draw(svg, "path", { class: "loss" });
  const rings = soups[0].map(() => draw(svg, "circle", { class: "target ring", r: 5 }));
  const dots = soups[0].map(() => draw(svg, "circle", { class: "prediction", r: 3.5 }));
  const squares = losses.map((loss, round) => draw(svg, "rect", {
    class: "loss area", x: curve.x(epochAt(round)) - 2, y: curve.y(loss) - 2, width: 4, height: 4,
  }));
  const mean = draw(svg, "path", { class: "loss" });
  const moves = [0, 1].map(() => draw(svg, "path", { class: "gradient" }));
  const marks = [0, 1].map(row => draw(svg, "circle", { class: "ink", cy: tracks.y(row), r: 4.5 }));

  const stations = losses.length * STEPS.length;
  const choices = { station: { start: 0, values: Array.from({ length: stations }, (_, station) => station), words: ({ station }) => where(station) } };
  let now;
  const change = choose(figure, choices, show);
  const stop = play(figure.querySelector(".play"), step => {
    go("off"); // too fast to be read out
    // The first round takes its time, a second for each step. Then it gets faster and faster.
    if (now < stations - 1) return Math.max(60, 1000 * Math.min(1, 0.94 ** (step - STEPS.length)));
    place(status, { "aria-live": "polite" });
  });
  figure.querySelector(".step").addEventListener("click", () => {
    stop();
    go("polite");
  });
  const form = figure.querySelector("form");
  form.addEventListener("reset", () => place(status, { "aria-live": "polite" }));
  form.addEventListener("input", () => place(status, { "aria-live": "off" })); // the slider says it

  function go(live) {
    place(status, { "aria-live": live });
    change({ station: (now + 1) % stations });
  }

  /** Return where a round lies between the epochs: its batches around the number of the epoch. */
  function epochAt(round) {
    return Math.floor(round / batches) + 1 + (round % batches - (batches - 1) / 2) / batches;
  }

  function where(station) {
    const round = Math.floor(station / STEPS.length);
    return `Epoch ${Math.floor(round / batches) + 1} of ${epochs}, batch ${round % batches + 1} of ${batches}: ${STEPS[station % STEPS.length]}`;
  }

  function show({ station }) {
    now = station;
    const step = station % STEPS.length;
    const round = Math.floor(station / STEPS.length);
    const updated = step === 3 ? 1 : 0;
    const ended = Math.floor((round + updated) / batches);
    const batch = soups[round];
    const [old, current, next] = [round, round + updated, round + 1].map(at => parameters[at]);
    items.forEach((item, i) => i === step ? place(item, { "aria-current": "step" }) : item.removeAttribute("aria-current"));

    const through = ys => path(ys.map((y, i) => [plane.x(ends[i]), plane.y(y)]));
    place(line, { d: through(lines[round + updated]) });
    place(before, { d: updated ? through(lines[round]) : "" });
    batch.forEach((soup, i) => {
      place(rings[i], { cx: plane.x(litres[soup]), cy: plane.y(salt[soup]) });
      place(dots[i], { cx: plane.x(litres[soup]), cy: plane.y(predictions[round][i]) });
    });
    const miss = (soup, i) => `M${plane.x(litres[soup])} ${plane.y(predictions[round][i])}V${plane.y(salt[soup])}`;
    place(misses, { d: step === 1 || step === 2 ? batch.map(miss).join("") : "" });

    squares.forEach((square, i) => place(square, { visibility: i < round || i === round && step ? "visible" : "hidden" }));
    place(mean, { d: path(means.slice(0, ended).map((loss, i) => [curve.x(i + 1), curve.y(loss)])) });
    marks.forEach((mark, i) => place(mark, { cx: tracks.x(current[i]) }));
    moves.forEach((move, i) => place(move, { d: step > 1 ? arrow(tracks.x(old[i]), tracks.x(next[i]), tracks.y(i) - 9) : "" }));

    const [first, above, second, below] = [
      ["Predictions", some(predictions[round]), "Targets", some(batch.map(soup => salt[soup]))],
      ["Loss", fixed(losses[round]), "Batch before", round ? fixed(losses[round - 1]) : "none"],
      ["weight.gradient", fixed(gradients[round][0]), "bias.gradient", fixed(gradients[round][1])],
      ["Weight", `${fixed(old[0])} → ${fixed(next[0])}`, "Bias", `${fixed(old[1])} → ${fixed(next[1])}`],
    ][step];
    place(svg, { "aria-label": `${where(station)}. ${first}: ${above}. ${second}: ${below}.` });
    say(figure, {
      where: where(station), first, above, second, below,
      weight: fixed(current[0]), weightGoal: goals.weight, bias: fixed(current[1]), biasGoal: goals.bias,
    });
  }
}

/** Return the path of an arrow from one x to another. */
function arrow(from, to, y) {
  const head = to < from ? 3 : -3;
  return `M${from} ${y}H${to}m${head} -3L${to} ${y}l${head} 3`;
}
