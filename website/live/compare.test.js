// Plots, as matplotlib draws them.
import assert from "node:assert/strict";
import { test } from "node:test";

import { areAlike } from "./compare.js";

const plot = '<svg role="img" aria-label="Two points." viewBox="0 0 368.4 231.6"><path d="M 0 231.6\nL 368.4 -0\n" clip-path="url(#plot-1a2b3c-p)" fill="var(--nn-loss)"></path><text x="7">0.5</text></svg>';

test("a plot is the page's own with other names, spaces and a hair's breadth apart", () => {
  const other = plot.replace(/ role.*?"Two points."/, "").replace("1a2b3c", "4d5e6f").replaceAll("\n", " \n").replace("-0", "0").replace("231.6", "230.2").replace("></path>", " />");
  assert.ok(areAlike([other], [plot]));
  assert.ok(areAlike([], []));
});

test("a plot that shows something else is another one", () => {
  for (const [from, to] of [["368.4 -0", "368.4 19"], ["0.5", "0.75"], ["loss", "target"], ["<text", "<path></path><text"]]) {
    assert.ok(!areAlike([plot.replace(from, to)], [plot]), to);
  }
});

test("a plot more or less is a difference", () => {
  assert.ok(!areAlike([plot, plot], [plot]));
  assert.ok(!areAlike([], [plot]));
});
