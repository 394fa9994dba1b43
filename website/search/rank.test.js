// What is found, and in which order, needs no page: node --test
import assert from "node:assert/strict";
import test from "node:test";

import { distance, excerpt, find, read, stem, wordsOf } from "./rank.js";

const site = read([
  ["lessons/1/", "1. Soup", [
    ["soup", "Soup", "Salt the soup. Too much salt, and the loss grows."],
    ["shuffle", "Shuffle the deck", "batches(..., drop_last=True) leaves out the last batch."],
    ["twice", "A floor of 1.46", "Softmax twice. The loss stops at 1.461."],
  ], [["", "targets must have the same shape", "use reshape"]]],
  ["evidence/", "Evidence", [["salt", "Salt", "Salt: how it was run."]], []],
]);
const ids = typed => find(site, typed).found.map(({ id }) => id);

test("names and hyphens are looked up whole and in pieces, and numbers keep their point", () => {
  assert.deepEqual(wordsOf("drop_last, Cross-entropy don’t 2.30. x.y"),
    ["drop", "last", "droplast", "cross", "entropy", "crossentropy", "dont", "2.30", "x", "y"]);
});

test("the usual endings make no difference", () => {
  for (const alike of ["stop stops stopped stopping", "batch batches", "loss losses", "shuffle shuffled shuffles shuffling", "penalty penalties", "rate rates"])
    assert.equal(new Set(alike.split(" ").map(stem)).size, 1, alike);
  assert.notEqual(stem("loss"), stem("lot"));
  assert.equal(stem("bus"), "bus");
});

test("a heading comes before a text, a lesson before the evidence", () => {
  assert.deepEqual(ids("shuffling"), ["shuffle"]);
  assert.equal(ids("soup")[0], "soup");
  assert.equal(ids("1.46")[0], "twice");
  assert.equal(ids("drop_last")[0], "shuffle");
});

test("words may be cut short, misspelt, or those of others", () => {
  assert.equal(ids("shuf")[0], "shuffle");
  assert.equal(ids("shufle")[0], "shuffle");
  assert.equal(ids("loss explodes")[0], "soup");
  assert.equal(ids("the loss goes up")[0], "soup");
  assert.deepEqual(ids("zebra"), []);
  assert.deepEqual(ids(""), []);
  assert.deepEqual(ids("?!"), []);
});

test("small words count only if there are no others", () => {
  assert.deepEqual(ids("how is the salt"), ids("salt"));
  assert.ok(ids("how").length);
});

test("an error is found by most of its words, in the part of its page that shares most of them", () => {
  const [first] = find(site, "ValueError: targets must have the same shape, got (1,): use salt").found;
  assert.deepEqual([first.error, first.id], [1, "soup"]);
  assert.ok(!find(site, "same").found.some(({ error }) => error));
});

test("letters that were left out, added, mistaken or swapped are counted", () => {
  assert.equal(distance("gradeint", "gradient", 2), 1);
  assert.equal(distance("shufle", "shuffle", 2), 1);
  assert.equal(distance("salt", "malt", 2), 1);
  assert.equal(distance("salt", "a", 2), Infinity);
});

test("an excerpt shows the stretch with most of what was meant, and marks it", () => {
  const text = `${"The loss. ".repeat(30)}Here the soup has salt. ${"More. ".repeat(60)}`;
  const pieces = excerpt(text, new Set(["loss", "soup", "salt"]));
  const marked = pieces.filter(([, meant]) => meant).map(([words]) => words);
  assert.ok(marked.includes("soup") && marked.includes("salt"), marked.join());
  assert.ok(pieces.map(([words]) => words).join("").length < 200);
  assert.deepEqual(excerpt("short", new Set()), [["short", false]]);
});
