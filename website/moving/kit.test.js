// What the figures share and needs no page: node --test
import assert from "node:assert/strict";
import test from "node:test";

import { fixed, path, scales } from "./kit.js";

test("values become pixels and come back, where y grows downwards", () => {
  const { x, y, valueAtY } = scales({ x: [40, 340], y: [200, 20], xlim: [0, 10], ylim: [-1, 5] });
  assert.equal(x(0), 40);
  assert.equal(x(10), 340);
  assert.equal(x(2.5), 115);
  assert.equal(y(-1), 200);
  assert.equal(y(5), 20);
  for (const value of [-1, 0, 3.3, 5]) assert.ok(Math.abs(valueAtY(y(value)) - value) < 1e-12);
});

test("numbers are written with a true minus sign, and never as minus zero", () => {
  assert.equal(fixed(2.666), "2.67");
  assert.equal(fixed(-2.666), "−2.67");
  assert.equal(fixed(-0.001), "0.00");
  assert.equal(fixed(12, 0), "12");
  assert.equal(fixed(0.05, 1), "0.1");
});

test("a path moves to its first point and draws lines to the others", () => {
  assert.equal(path([[1, 2], [3.14159, 4]]), "M1.0 2.0L3.1 4.0");
  assert.equal(path([]), "");
});
