import assert from "node:assert/strict";
import { test } from "node:test";
import { meant, numbers } from "./answer.js";

test("a number is read as people write it", () => {
  const written = { "2.5": 2.5, "2,5": 2.5, " 1,000 ": 1000, "−3": -3, "-3": -3, ".5": 0.5, "6 cm": 6, "98 %": 98 };
  for (const [text, value] of Object.entries(written)) assert.ok(numbers(text).includes(value), text);
  for (const text of ["", "six", "-"]) assert.deepEqual(numbers(text), [], text);
});

test("a number stands for the option that it rounds, the nearest one", () => {
  const values = [0, 8, 1.33, 2.67, 2.303, 2.3, -3, 1600];
  const typed = { "2.67": 3, "2,67": 3, "2.7": 3, "2.6667": 3, "8.0": 1, "1.3": 2, "2.303": 4, "2.3": 5, "-3": 6, "1600": 7, "1,600": 7, "2,303": 4 };
  for (const [text, place] of Object.entries(typed)) assert.equal(meant(text, values), place, text);
  for (const text of ["3", "2.6", "7.9", "2.5", "x", ""]) assert.equal(meant(text, values), -1, text);
});
