// The question whose answer is an order: its lines can be moved, and each order was run before.

import { press } from "./answer.js";

/** Let the reader move the lines, by keys as well; return a function that tells their option's place. */
export function arrange(steps, answers, chosen, said) {
  const places = new Map(answers.split(" ").map(pair => pair.split(":")));
  const [before = ""] = [...places].find(([, place]) => place === String(chosen)) ?? [];
  for (const step of before) steps.append(steps.querySelector(`[data-step="${step}"]`));
  for (const item of [...steps.children]) {
    const code = item.textContent;
    const buttons = [["↑", "up", -1], ["↓", "down", 1]].map(([sign, way, by]) => {
      const button = press(sign, () => {
        const all = [...steps.children];
        const place = Math.min(Math.max(all.indexOf(item) + by, 0), all.length - 1);
        if (all[place] !== item) all[place][by < 0 ? "before" : "after"](item);
        button.focus(); // what is moved loses it
        said.textContent = `Now it is step ${place + 1} of ${all.length}.`;
      });
      button.setAttribute("aria-label", `Move ${way}: ${code}`);
      return button;
    });
    item.append(...buttons);
  }
  return () => places.get([...steps.children].map(({ dataset }) => dataset.step).join(""));
}
