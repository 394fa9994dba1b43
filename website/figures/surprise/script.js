// Choose how sure the network is, and what the truth is: the dot shows what that costs.
import { choose, draw, fixed, place, say, scales } from "../../moving/kit.js";

export default function start(figure, { percents, losses, start, axes: [axes] }) {
  const svg = figure.querySelector("svg");
  const { x, y } = scales(axes);
  const lines = draw(svg, "path", { class: "prediction dashed" });
  const dot = draw(svg, "circle", { class: "prediction", r: 6 });
  const label = draw(svg, "text", { class: "large", x: x(0.62), y: y(3), "text-anchor": "middle" });

  const right = ({ percent, truth }) => truth === "cat" ? percent : 100 - percent;
  const loss = ({ percent, truth }) => losses[truth][percents.indexOf(percent)];
  const answer = ({ percent }) => `${percent} % cat, ${100 - percent} % dog`;

  choose(figure, {
    percent: {
      values: percents, start,
      words: state => `${answer(state)}. It is a ${state.truth}: loss ${fixed(loss(state))}`,
    },
    truth: { values: ["cat", "dog"], start: "cat" },
  }, state => {
    const p = right(state) / 100;
    const at = { x: x(p), y: y(loss(state)) };
    place(dot, { cx: at.x, cy: at.y });
    place(lines, { d: `M${x(0)} ${at.y}H${at.x}V${y(0)}` });
    label.textContent = `p = ${fixed(p)} → ${fixed(loss(state))}`;
    say(figure, { guess: answer(state), p: `${right(state)} %`, loss: fixed(loss(state)) });
  });
}
