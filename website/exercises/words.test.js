import assert from "node:assert/strict";
import { test } from "node:test";
import { newLine, pieces, runsFirst, Shelf } from "./words.js";

class Storage extends Map {
  getItem(key) { return this.get(key) ?? null; }
  setItem(key, text) { this.set(key, text); }
}

test("what stands between backticks is code", () => {
  assert.deepEqual(pieces("You have `a`: take `b`.").filter(({ isCode }) => isCode).map(({ text }) => text), ["a", "b"]);
  assert.equal(pieces("You have `a`: take `b`.").map(({ text }) => text).join(""), "You have a: take b.");
  assert.deepEqual(pieces("No code."), [{ text: "No code.", isCode: false }]);
});

test("Enter goes on as far in as the line, and one step further behind a colon", () => {
  const lines = {
    "": "\n", "x = 1": "\n", "    x = 1": "\n    ", "def f():": "\n    ", "if a:\n    for b in c:  # each": "\n        ",
    "d = {1: 2}": "\n", "x[1:": "\n    ", "        return x\n": "\n",
  };
  for (const [before, line] of Object.entries(lines)) assert.equal(newLine(before), line, before);
});

test("it is said whose steps run first", () => {
  const steps = (...mine) => mine.map((isMine, place) => ({ name: `step ${place + 1}`, isMine }));
  assert.equal(runsFirst([]), "");
  assert.equal(runsFirst(steps(true, true, true)), "Your own step 1, step 2 and step 3 run first.");
  assert.equal(runsFirst(steps(true)), "Your own step 1 runs first.");
  assert.match(runsFirst(steps(true, false)), /^Your own step 1 runs first, and our step 2: /);
  assert.match(runsFirst(steps(false, false)), /^Our step 1 and step 2 run first: /);
});

for (const [name, storage] of Object.entries({
  kept: (kept => () => kept)(new Storage()),
  forbidden: () => { throw new Error("forbidden"); },
  full: (full => () => full)({ getItem: () => null, setItem() { throw new Error("full"); } }),
})) {
  test(`what was typed and solved is there again, as long as the exercise is the same: ${name}`, () => {
    const shelf = new Shelf(storage);
    assert.deepEqual(shelf.kept("2-1-a", "abc"), {});
    shelf.keep("2-1-a", "abc", { code: "x" });
    shelf.keep("2-1-a", "abc", { right: "y" });
    const { code, right } = shelf.kept("2-1-a", "abc");
    assert.deepEqual([code, right], ["x", "y"]);
    shelf.keep("2-1-a", "abc", { code: undefined });
    assert.deepEqual([shelf.kept("2-1-a", "abc").code, shelf.kept("2-1-a", "abc").right], [undefined, "y"]);
    assert.deepEqual(shelf.kept("2-1-a", "another"), {});
    assert.ok(!shelf.isSolved("2-1-a", "abc"));
    shelf.solve("2-1-a", "abc");
    shelf.solve("2-2-b", "def");
    assert.ok(shelf.isSolved("2-1-a", "abc") && shelf.isSolved("2-2-b", "def"));
    assert.ok(!shelf.isSolved("2-1-a", "another"));
  });
}

test("what was solved stands under one key, and whatever else is in there does no harm", () => {
  const storage = new Storage([["exercises", "{broken"], ["exercise:2-1-a", "3"]]);
  const shelf = new Shelf(() => storage);
  assert.ok(!shelf.isSolved("2-1-a", "abc"));
  assert.deepEqual(shelf.kept("2-1-a", "abc"), {});
  shelf.solve("2-1-a", "abc");
  assert.equal(storage.get("exercises"), '{"2-1-a":"abc"}');
});
