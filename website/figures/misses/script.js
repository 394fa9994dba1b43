// Drag the guesses: each miss is a true square, and all squares are poured into one column.
import { choose, draw, fixed, place, say, scales } from "../../moving/kit.js";

/** The one formula in these figures that does not come from Python; a test compares the two. */
export const squared = (guess, answer) => (guess - answer) ** 2;
export const mean = numbers => numbers.reduce((sum, number) => sum + number) / numbers.length;

const NAMES = ["first", "second", "third"];
const STEPS = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10, Home: -1000, End: 1000 };

export default function start(figure, { guesses, answers, columns, total, reach, goal, axes: [axes] }) {
  const svg = place(figure.querySelector("svg"), { role: "group" });
  const { x, y, valueAtY } = scales(axes);
  const unit = x(1) - x(0);

  const squares = answers.map((_, i) => draw(svg, "rect", { class: "loss area", x: x(columns[i]) }));
  const shares = answers.map(() => draw(svg, "rect", { class: "loss area", x: x(total), width: reach * unit }));
  const third = draw(svg, "rect", { class: "loss area", x: x(total), width: reach * unit });
  const thirds = [1, 2].map(() => draw(svg, "path", { class: "ink dashed" }));
  const misses = answers.map(() => draw(svg, "path", { class: "loss" }));
  answers.forEach((answer, i) => draw(svg, "circle", { class: "target ring", cx: x(columns[i]), cy: y(answer), r: 9 }));

  const choices = Object.fromEntries(NAMES.map((name, i) => [name, {
    start: guesses[i],
    values: tenths(Math.max(0, answers[i] - reach), answers[i] + reach),
  }]));
  const handles = NAMES.map((name, i) => handle(`The ${name} guess`, columns[i], choices[name].values, guess => change({ [name]: guess })));
  const change = choose(figure, choices, show);

  function show(state) {
    const now = NAMES.map(name => state[name]);
    const losses = now.map((guess, i) => squared(guess, answers[i]));
    const mse = mean(losses);
    let floor = y(0);
    now.forEach((guess, i) => {
      const side = Math.abs(guess - answers[i]) * unit;
      const height = losses[i] / reach * unit; // the column is as wide as the reach, so areas are equal
      floor -= height;
      place(squares[i], { y: y(Math.max(guess, answers[i])), width: side, height: side });
      place(shares[i], { y: floor, height });
      place(misses[i], { d: `M${x(columns[i])} ${y(answers[i])}V${y(guess)}` });
      handles[i](guess, `${fixed(guess, 1)}, target ${fixed(answers[i], 1)}, squared error ${fixed(losses[i])}`);
    });
    const height = mse / reach * unit;
    place(third, { y: y(0) - height, height });
    thirds.forEach((line, i) => place(line, { d: `M${x(total)} ${y(0) - (i + 1) * height}h${reach * unit}` }));

    const ways = now.map((guess, i) => Math.abs(guess - guesses[i]));
    say(figure, {
      squares: losses.map(loss => fixed(loss)).join(" + "),
      mse: fixed(mse),
      moved: ways.filter(way => way > 0).length,
      way: fixed(ways.reduce((sum, way) => sum + way), 1),
      verdict: mse <= goal + 1e-9 ? "Halved." : "",
    });
  }

  /** Add a guess to drag, or to move with the keyboard; return what puts it into its place. */
  function handle(label, column, values, choose) {
    const group = draw(svg, "g", {
      class: "prediction handle", role: "slider", tabindex: 0, "aria-label": label,
      "aria-orientation": "vertical", "aria-valuemin": values[0], "aria-valuemax": values.at(-1),
    });
    draw(group, "circle", { class: "touch", cx: x(column), r: 23 });
    draw(group, "circle", { cx: x(column), r: 6 });
    let now, grip;
    const move = guess => choose(values[Math.min(values.length - 1, Math.max(0, Math.round((guess - values[0]) * 10)))]);
    const pointed = ({ clientY }) => {
      const { top, height } = svg.getBoundingClientRect();
      return valueAtY((clientY - top) / height * svg.viewBox.baseVal.height);
    };
    group.addEventListener("pointerdown", event => {
      group.setPointerCapture(event.pointerId);
      grip = now - pointed(event);
    });
    // A finger on a guess moves it, not the page. (The style touch-action does nothing in an SVG.)
    group.addEventListener("touchstart", event => event.preventDefault(), { passive: false });
    group.addEventListener("pointermove", event => {
      if (group.hasPointerCapture(event.pointerId)) move(pointed(event) + grip);
    });
    group.addEventListener("keydown", event => {
      if (!(event.key in STEPS)) return;
      event.preventDefault();
      move(now + STEPS[event.key] / 10);
    });
    return (guess, words) => {
      now = guess;
      place(group, { transform: `translate(0 ${y(guess)})`, "aria-valuenow": guess, "aria-valuetext": words });
    };
  }
}

/** Return all tenths from one number to another. */
const tenths = (from, to) => Array.from({ length: Math.round((to - from) * 10) + 1 }, (_, i) => Math.round(from * 10 + i) / 10);
