// Push the scores of three classes: softmax turns them into probabilities, and one of these into the loss.
import { choose, draw, fixed, place, say, scales } from "../../moving/kit.js";

export default function start(figure, { classes, scores, start, most, percents, losses, axes: [axes] }) {
  const svg = figure.querySelector("svg");
  const { x, y } = scales(axes);
  const thick = 0.6 * (y(1) - y(0));
  const bars = classes.map((_, i) => draw(svg, "rect", { class: "prediction", x: x(0), y: y(i) - thick / 2, height: thick }));
  const labels = classes.map((_, i) => draw(svg, "text", { y: y(i) + 4 }));
  const ring = draw(svg, "circle", { class: "target ring", cx: x(-0.05), r: 6 });

  /** Look up a state: the tables are kept by how far cat and dog are ahead of bird. */
  const look = (table, { cat, dog, bird }) => table[cat - bird + most][dog - bird + most];
  const share = (state, name) => `${fixed(look(percents, state)[classes.indexOf(name)], 1)} %`;

  const choices = Object.fromEntries(classes.map((name, i) => [name, {
    values: scores, start: start[i], words: state => `${state[name]}, probability ${share(state, name)}`,
  }]));
  choices.truth = { values: classes, start: classes[0] };
  choose(figure, choices, state => {
    look(percents, state).forEach((percent, i) => {
      place(bars[i], { width: x(percent / 100) - x(0) });
      place(labels[i], { x: x(percent / 100 + 0.02) }).textContent = share(state, classes[i]);
    });
    const right = classes.indexOf(state.truth);
    place(ring, { cy: y(right) });
    for (const name of classes) say(figure, { [name]: fixed(state[name], 0) });
    say(figure, { p: share(state, state.truth), loss: fixed(look(losses, state)[right]) });
  });
}
