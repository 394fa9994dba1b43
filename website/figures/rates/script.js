// Guess what a learning rate does, then choose others: the whole walk down the bowl at once.
import { choose, draw, fixed, frame, path, place, say, scales } from "../../moving/kit.js";

export default function start(figure, { rates, walks, names, start, axes }) {
  const svg = figure.querySelector("svg");
  const frames = axes.map(each => frame(svg, each)); // a walk may climb out of its axes
  const [bowl, curve] = axes.map(scales);
  const lines = frames.map(frame => draw(frame, "path"));
  const dots = frames.map(frame => draw(frame, "g"));

  const written = rate => rate === names["largest stable"] ? "1/9" : String(rate);
  const whole = loss => Math.round(loss).toLocaleString("en");
  const outcome = ([[, before], ...steps]) => {
    const after = steps.at(-1)[1];
    return after < before ? "falls" : after > before ? "grows" : "stays";
  };

  const buttons = [...figure.querySelectorAll(".choices button")];
  for (const button of buttons) {
    const rate = names[button.value];
    button.querySelector("span").textContent = written(rate);
    button.addEventListener("click", () => change({ rate }));
  }

  const change = choose(figure, {
    rate: {
      values: rates, start,
      words: ({ rate }) => `${written(rate)}: the loss ${outcome(walks[rates.indexOf(rate)])}`,
    },
    guess: { values: ["none", "falls", "grows"], start: "none" },
  }, ({ rate, guess }) => {
    const walk = walks[rates.indexOf(rate)];
    const ending = outcome(walk);
    const open = guess !== "none";
    const steps = open ? walk : walk.slice(0, 1);
    const ways = [
      steps.map(([weight, loss]) => [bowl.x(weight), bowl.y(loss)]),
      steps.map(([, loss], update) => [curve.x(update), curve.y(loss)]),
    ];
    const colour = ending === "falls" ? "target" : "loss";
    ways.forEach((way, i) => {
      place(lines[i], { d: path(way), class: colour });
      dots[i].replaceChildren();
      way.forEach(([cx, cy], update) => draw(dots[i], "circle", { cx, cy, r: update ? 3 : 6, class: update ? colour : "prediction" }));
    });

    figure.querySelector("[name=rate]").disabled = !open;
    for (const button of buttons) {
      button.style.visibility = open ? "" : "hidden"; // their names would give it away
      place(button, { "aria-pressed": names[button.value] === rate });
    }
    const [first, last] = [walk[0][1], walk.at(-1)[1]];
    const told = ending === "stays"
      ? `The weight jumps to and fro, and the loss stays at ${whole(first)}.`
      : `In ${walk.length - 1} updates the loss ${ending} from ${whole(first)} to ${last < 10 ? fixed(last) : whole(last)}.`;
    const judged = rate !== start ? "" : guess === outcome(walks[rates.indexOf(start)]) ? "You guessed it. " : "Not this time. ";
    say(figure, {
      first: written(start),
      rate: written(rate),
      verdict: open ? judged + told : "Guess, and the slider opens.",
    });
  });
}
