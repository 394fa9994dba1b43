import assert from "node:assert/strict";
import { test } from "node:test";
import { LETTERS, decode, edition, encode, hash, read, tally, unlinked } from "./codes.js";

const KEYS = ["1f0a33bc", "77aa01de", "0c0c0c0c", "9b3e55a1", "deadbeef", "00112233", "a0b1c2d3"];
const CHOSEN = [0, undefined, 2, 1, undefined, 3, 0];
const CODE = encode(CHOSEN, KEYS);

test("a code gives back what was chosen, however it is written", () => {
  assert.deepEqual(decode(CODE, KEYS).chosen, CHOSEN);
  for (const way of [CODE.toLowerCase(), CODE.replace(/ /g, ""), CODE.replace(/ /g, "-"), ` ${CODE} `, CODE.replace(/0/g, "O").replace(/1/g, "l")])
    assert.deepEqual(decode(way, KEYS).chosen, CHOSEN, way);
  const nothing = KEYS.map(() => undefined);
  assert.deepEqual(decode(encode(nothing, KEYS), KEYS).chosen, nothing);
});

test("every slip of one sign, and every two signs that changed places, is noticed", () => {
  const plain = CODE.replace(/ /g, "");
  const slips = [];
  for (let place = 0; place < plain.length; place++) {
    const like = /\d/.test(plain[place]) ? "0123456789" : LETTERS;
    for (const sign of like) slips.push(plain.slice(0, place) + sign + plain.slice(place + 1));
    slips.push(plain.slice(0, place) + plain.slice(place + 1)); // left out
    slips.push(plain.slice(0, place) + plain[place + 1] + plain[place] + plain.slice(place + 2));
  }
  const others = slips.filter(slip => slip !== plain);
  assert.ok(others.length > 200);
  for (const slip of others) assert.equal(decode(slip, KEYS).chosen, undefined, slip);
});

test("another edition, and no code at all, are told apart from a slip", () => {
  const changed = KEYS.with?.(2, "0c0c0c0d") ?? [...KEYS.slice(0, 2), "0c0c0c0d", ...KEYS.slice(3)];
  assert.notEqual(edition(KEYS), edition(changed));
  assert.equal(decode(CODE, changed).why, "edition");
  assert.equal(decode(encode([], KEYS.slice(1)), KEYS).why, "edition");
  assert.equal(decode("Mia is ill", KEYS).why, "none");
  assert.equal(decode(CODE.replace("1", "2"), KEYS).why, "typo");
});

test("lines are read with their names, links as well, and none is lost", () => {
  const link = `https://example.org/class/${hash(CODE, "Zoë K.")}`;
  assert.equal(unlinked(`Number 7 ${link}`), `Zoë K.: ${CODE.replace(/ /g, "")}`);
  const lines = [`Mia: ${CODE}`, "", `${CODE} – Tom B`, `Ann2 ${CODE}`, CODE, CODE, link, "nobody", `mia ${CODE}`, `Lea ${CODE.replace("3", "4")}`];
  const { codes, problems } = read(lines.join("\r\n"), KEYS);
  assert.deepEqual(codes.map(({ number, name }) => [number, name]), [[1, "Mia"], [3, "Tom B"], [4, "Ann2"], [5, ""], [6, ""], [7, "Zoë K."]]);
  assert.deepEqual(problems.map(({ number, why }) => [number, why]), [[8, "none"], [9, "twice"], [10, "typo"]]);
  assert.equal(codes.length + problems.length, lines.filter(line => line).length);
  for (const { chosen } of codes) assert.deepEqual(chosen, CHOSEN);
});

test("counts say who answered, who was right, and who chose what", () => {
  const questions = [{ options: ["a", "b", "c"], right: 1 }, { options: ["a", "b"], right: 0 }];
  const codes = [[1, 0], [0, undefined], [2, 1], [0, 0]].map(chosen => ({ chosen }));
  assert.deepEqual(tally(codes, questions), [
    { chose: [2, 1, 1], answered: 4, right: 1, wrong: 3 },
    { chose: [2, 1], answered: 3, right: 2, wrong: 1 },
  ]);
  assert.deepEqual(tally([], questions).map(({ answered }) => answered), [0, 0]);
});
