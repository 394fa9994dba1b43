import assert from "node:assert/strict";
import { test } from "node:test";
import { answers, erased, exported, imported, keys } from "./keep.js";

/** A store as the browser has one. */
function storage(all) {
  const kept = new Map(Object.entries(all));
  return {
    get length() { return kept.size; },
    key: place => [...kept.keys()][place],
    getItem: key => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: key => kept.delete(key),
    all: () => Object.fromEntries(kept),
  };
}

const ALL = { answers: '{"a":1}', exercises: "[2]", "exercise:1-1-a": '{"code":"x"}', progress: "{}", "live:/site/one/": "print(1)", "live:/other/": "no", "/site/.__palette": "{}" };

test("what is copied, erased and brought back is the same, at another address as well", () => {
  const one = storage(ALL);
  const file = exported(one, "/site/", true);
  assert.equal(erased(one, "/site/", true), 5);
  assert.deepEqual(Object.keys(one.all()), ["live:/other/", "/site/.__palette"]);
  assert.equal(imported(one, "/site/", file), 5);
  assert.deepEqual(one.all(), ALL);
  const moved = storage({});
  imported(moved, "/new/", file);
  assert.equal(moved.getItem("live:/new/one/"), "print(1)");
});

test("what was typed into snippets is touched only if that is asked for", () => {
  const one = storage(ALL);
  assert.deepEqual(keys(one, "/site/", false), ["answers", "exercise:1-1-a", "exercises", "progress"]);
  assert.ok(!exported(one, "/site/", false).includes("print"));
  erased(one, "/site/", false);
  assert.equal(one.getItem("live:/site/one/"), "print(1)");
});

test("another file brings nothing in, and what is broken is no answer", () => {
  const one = storage({ answers: "{" });
  for (const text of ["", "no", "[]", "null", '{"kept":{"answers":"{}"}}', '{"nnbasics":1,"kept":{"other":"x","answers":3}}'])
    assert.equal(imported(one, "/", text), 0, text);
  assert.deepEqual(one.all(), { answers: "{" });
  assert.deepEqual(answers(one), {});
  assert.deepEqual(answers(storage({ answers: "null" })), {});
  assert.deepEqual(answers(storage({ answers: '{"a":2,"b":-1}' })), { a: 2 });
});
