// What reads a drawing, and needs no page: node --test. That it does what Python does, test_drawn.py
// holds.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import test from "node:test";

import { words as told } from "./again.js";
import { a, fetchNetwork, percent, prepare, probabilities, words } from "./read.js";
import { strokesOf, written } from "./script.js";

const one = [[[100, 20], [100, 200]]];
const network = {
  weights: [
    Array.from({ length: 64 }, (_, i) => Array.from({ length: 32 }, (_, j) => (i * 7 + j * 3) % 11 - 5)),
    Array(32).fill(100),
    Array.from({ length: 32 }, (_, i) => Array.from({ length: 10 }, (_, j) => (i + j) % 5 * 40 - 80)),
    Array(10).fill(-20),
  ],
  right: 290,
  tests: 300,
};
const check = network.weights.flat(2).reduce((sum, number) => sum + number);

test("a drawing goes into the address and comes back", () => {
  const strokes = [[[0, 0], [200, 240]], [[13, 12]]];
  assert.equal(written(strokes), "00005k6o.0d0c");
  assert.deepEqual(strokesOf(written(strokes)), strokes);
  assert.equal(written([]), "-");
  assert.deepEqual(strokesOf("-"), []);
});

test("a drawing is as high as the training pictures, wherever and however small it is", () => {
  const [small, low] = [one.map(s => s.map(([x, y]) => [x / 2, y / 2])), one.map(s => s.map(([x, y]) => [x + 60, y + 30]))];
  assert.deepEqual(prepare(small), prepare(one));
  assert.deepEqual(prepare(low), prepare(one));
  const picture = prepare(one);
  assert.equal(picture.length, 64);
  assert.ok(picture.every(ink => Number.isInteger(ink) && ink >= 0 && ink <= 16));
  const ink = picture.reduce((sum, each) => sum + each);
  assert.ok(ink >= 310 && ink < 345, `${ink}`);
  assert.ok(picture.every((each, i) => i % 8 > 1 && i % 8 < 6 || each === 0), "a narrow drawing stays narrow");
});

test("no drawing, a dot and a speck are not read", () => {
  for (const strokes of [[], [[[5, 5]]], [[[5, 5], [20, 30]]]]) assert.equal(prepare(strokes), undefined);
});

test("a flat line is read without growing high", () => {
  const picture = prepare([[[10, 100], [190, 100]]]);
  assert.ok(picture.every(Number.isInteger));
  assert.ok(picture.slice(0, 8).every(ink => ink === 0));
});

test("probabilities add up to one, however high the scores", () => {
  for (const bias of [-20, 900_000]) {
    const chances = probabilities({ weights: network.weights.with(3, [bias, ...Array(9).fill(0)]) }, prepare(one));
    assert.ok(Math.abs(chances.reduce((sum, chance) => sum + chance) - 1) < 1e-12);
  }
});

test("what is said depends on how sure it is", () => {
  const chances = found => Array.from({ length: 10 }, (_, digit) => found[digit] ?? 0);
  assert.equal(words(chances({ 3: 0.995, 8: 0.005 })), "It reads a 3, and is sure: 100 %.");
  assert.equal(words(chances({ 8: 0.8, 3: 0.15 })), "It reads an 8, with 80 %. Next comes a 3, with 15 %.");
  assert.equal(words(chances({ 1: 0.5, 7: 0.45 })), "It is not sure: a 1 has 50 %, a 7 has 45 %. Your drawing looks like both.");
  assert.match(words(chances({ 1: 0.5, 7: 0.15, 2: 0.15 })), /unlike its training pictures/);
  assert.equal(a(8), "an 8");
  assert.equal(percent(0.034), "3 %");
});

test("what is said after training again has both networks in it", () => {
  const picture = prepare(one);
  const better = { ...network, weights: network.weights.with(3, [0, 9000, ...Array(8).fill(0)]), right: 291 };
  const said = told([{ picture, label: 1 }], network, better, { a, percent, probabilities });
  assert.match(said, /with your drawing\. It gave a 1 \d+ %, now \d+ %\. Of the 300 test pictures it read 290, now 291\. .*another 1:/);
  assert.match(told([{}, { picture, label: 1 }], network, better, { a, percent, probabilities }), /with 2 drawings of yours/);
});

const answers = {
  "/whole": [200, JSON.stringify({ ...network, check })],
  "/one-wrong": [200, JSON.stringify({ ...network, check: check + 1 })],
  "/one-missing": [200, JSON.stringify({ ...network, check, weights: network.weights.slice(0, 3) })],
  "/cut-off": [200, JSON.stringify({ ...network, check }).slice(0, 5000)],
  "/no-json": [200, "<html>"],
  "/missing": [404, ""],
};

test("the weights arrive whole, or a sentence says why there are none", async t => {
  const server = createServer(({ url }, answer) => answer.writeHead(answers[url][0]).end(answers[url][1])).listen(0);
  t.after(() => server.close());
  const site = `http://127.0.0.1:${server.address().port}`;
  assert.deepEqual(await fetchNetwork(`${site}/whole`), network);
  for (const damaged of ["/one-wrong", "/one-missing", "/cut-off", "/no-json"])
    await assert.rejects(fetchNetwork(site + damaged), /arrived damaged.*still here/, damaged);
  await assert.rejects(fetchNetwork(`${site}/missing`), /the server answered 404/);
  await assert.rejects(fetchNetwork("http://127.0.0.1:1/"), /no connection/);
});
