// Files on their way from a server that has every fault a server can have.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

import { bytesToLoad, collect, forget, forgetOthers, keep, kept, loadList, Problem } from "./files.js";

const BODY = Buffer.from("all that is in the file ".repeat(5000));
const PACKED = gzipSync(BODY);
const COMPILED = "http://127.0.0.1/library.zip&compiled";

const faults = {
  missing: (answer, body) => answer.writeHead(404).end(body),
  "cut off": (answer, body) => {
    answer.writeHead(200, { "content-length": body.length });
    answer.write(body.subarray(0, body.length / 2), () => answer.destroy());
  },
  "too short": (answer, body) => answer.end(body.subarray(0, body.length / 2)),
  damaged: (answer, body) => answer.end(Buffer.concat([body.subarray(0, -20), Buffer.alloc(20)])),
  "compressed by the server": (answer, body) => answer.writeHead(200, { "content-encoding": "gzip" }).end(body),
};
let fault, asked, content, server, address;

before(async () => {
  server = createServer((request, answer) => {
    asked.push(request.url);
    const body = content ?? (request.url.includes(".gz") ? PACKED : BODY);
    (faults[fault] ?? ((answer, body) => answer.end(body)))(answer, body);
  });
  await new Promise(resolve => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${server.address().port}/live/`;
});
after(() => server.close());
beforeEach(() => {
  fault = content = undefined;
  asked = [];
  globalThis.caches = new FakeCaches();
});

/** What browsers call CacheStorage. */
class FakeCaches {
  shelves = {};
  async open(name) { return (this.shelves[name] ??= new Shelf()); }
}

class Shelf {
  answers = new Map();
  async match(url) { return this.answers.get(String(url))?.clone(); }
  async put(url, answer) { this.answers.set(String(url), answer); }
  async delete(url) { return this.answers.delete(url); }
  async keys() { return [...this.answers.keys()].map(url => ({ url })); }
}

/** Describe a file as the build does. */
function describe(name) {
  const sha256 = createHash("sha256").update(BODY).digest("hex");
  const bytes = name.endsWith(".gz") ? PACKED.length : BODY.length;
  return { name, is: `The file ${name}`, url: `${address}${name}?${sha256.slice(0, 8)}`, bytes, length: BODY.length, sha256 };
}

const load = (names, tell = () => {}) => collect(names.map(describe), tell);
const shelf = () => Object.values(caches.shelves)[0];

test("files arrive whole and unpacked, and what has arrived is told", async () => {
  const told = [];
  const contents = await load(["a.zip", "b.wasm.gz"], progress => told.push(progress));
  assert.deepEqual([...contents.keys()], ["a.zip", "b.wasm.gz"]);
  for (const content of contents.values()) assert.ok(BODY.equals(Buffer.from(content)));
  const total = BODY.length + PACKED.length;
  assert.deepEqual(told.at(-1), { loaded: total, total, waitingFor: undefined });
  assert.ok(told.some(({ waitingFor }) => waitingFor === "The file a.zip"));
  assert.deepEqual(told.map(({ loaded }) => loaded), told.map(({ loaded }) => loaded).sort((a, b) => a - b));
});

for (const name of ["a.zip", "b.wasm.gz"]) {
  for (const [kind, sentence] of [
    ["missing", "is missing: the server answered 404."],
    ["cut off", "did not arrive: the connection broke off."],
    ["too short", "arrived damaged."],
    ["damaged", "arrived damaged."],
  ])
    test(`${name}, ${kind}, is told in a sentence, and is not kept`, async () => {
      fault = kind;
      await assert.rejects(load([name]), problem => problem instanceof Problem && problem.message === `The file ${name} ${sentence}`);
      assert.deepEqual(await shelf().keys(), []);
      fault = undefined;
      assert.ok((await load([name])).get(name), "once the fault is gone, it arrives");
    });
}

test("where the page is not secure no hash can be had, but what is too short is told", async context => {
  const { crypto } = globalThis;
  Object.defineProperty(globalThis, "crypto", { value: undefined, configurable: true });
  context.after(() => Object.defineProperty(globalThis, "crypto", { value: crypto, configurable: true }));
  globalThis.caches = undefined;
  assert.equal((await load(["a.zip"])).get("a.zip").byteLength, BODY.length);
  fault = "too short";
  await assert.rejects(load(["a.zip"]), { message: "The file a.zip arrived damaged." });
});

test("it is the same whether the server unpacks what is packed, or not", async () => {
  fault = "compressed by the server";
  const told = [];
  const contents = await load(["b.wasm.gz"], ({ loaded }) => told.push(loaded));
  assert.ok(BODY.equals(Buffer.from(contents.get("b.wasm.gz"))));
  assert.equal(Math.max(...told), PACKED.length, "never more than all");
});

test("no connection is told in a sentence", async () => {
  const file = { ...describe("a.zip"), url: "http://127.0.0.1:1/a.zip" };
  await assert.rejects(collect([file], () => {}), { message: "The file a.zip did not arrive: the connection broke off." });
  Object.defineProperty(navigator, "onLine", { value: false, configurable: true });
  await assert.rejects(collect([file], () => {}), { message: "You are offline, and The file a.zip is not loaded yet." });
  delete navigator.onLine;
});

test("what was kept is not fetched again; what a later version brings is", async () => {
  const files = ["a.zip", "b.wasm.gz"].map(describe);
  assert.equal(await bytesToLoad(files), BODY.length + PACKED.length);
  await load(["a.zip"]);
  assert.equal(await bytesToLoad(files), PACKED.length);
  await load(["a.zip", "b.wasm.gz"]);
  assert.equal(await bytesToLoad(files), 0);
  assert.equal(asked.length, 2);
  assert.equal(await bytesToLoad([{ ...files[0], url: `${address}a.zip?another` }]), BODY.length);
});

test("what was kept and is no longer whole is fetched again", async () => {
  await load(["a.zip"]);
  await shelf().put(describe("a.zip").url, new Response(BODY.toString().replace("file", "FILE")));
  assert.ok(BODY.equals(Buffer.from((await load(["a.zip"])).get("a.zip"))));
  assert.equal(asked.length, 2);
});

test("a browser that keeps nothing, or has no room, loads all the same", async () => {
  for (const broken of [
    undefined,
    { open: async () => { throw new Error("forbidden"); } },
    { open: async () => ({ match: async () => undefined, put: async () => { throw new Error("no room"); } }) },
  ]) {
    globalThis.caches = broken;
    assert.equal((await load(["a.zip"])).get("a.zip").byteLength, BODY.length);
    await keep(COMPILED, () => new Uint8Array([1, 2]));
    assert.equal(await kept(COMPILED), undefined);
  }
});

test("what was made here is kept with its hash, and is taken only if it is whole", async () => {
  assert.equal(await kept(COMPILED), undefined);
  await keep(COMPILED, () => new Uint8Array([1, 2]));
  assert.deepEqual(new Uint8Array(await kept(COMPILED)), new Uint8Array([1, 2]));
  const { headers } = await shelf().match(COMPILED);
  await shelf().put(COMPILED, new Response(new Uint8Array([1, 3]), { headers }));
  assert.equal(await kept(COMPILED), undefined, "damaged");
  await shelf().put(COMPILED, new Response(new Uint8Array([1, 2])));
  assert.equal(await kept(COMPILED), undefined, "from somebody who keeps no hash");
  await keep(COMPILED, () => new Uint8Array([1, 2]));
  await forget(COMPILED);
  assert.equal(await kept(COMPILED), undefined);
});

test("what cannot be made or kept is left, and nothing breaks", async () => {
  await keep(COMPILED, () => { throw new Error("no memory"); });
  assert.equal(await kept(COMPILED), undefined);
});

test("older versions are forgotten, and another copy of the site keeps what it has", async context => {
  const folder = await mkdtemp(join(tmpdir(), "another copy "));
  context.after(() => rm(folder, { recursive: true }));
  await cp(new URL("files.js", import.meta.url), join(folder, "files.js"));
  await writeFile(join(folder, "package.json"), '{"type": "module"}');
  const other = await import(pathToFileURL(join(folder, "files.js")));
  const [a, b] = ["a.zip", "b.wasm.gz"].map(describe);
  await collect([a, b], () => {});
  await other.collect([a], () => {});
  await forgetOthers([b.url]);
  assert.deepEqual([await bytesToLoad([a]), await bytesToLoad([b])], [BODY.length, 0]);
  assert.equal(await other.bytesToLoad([a]), 0);
});

test("the list of files is read, with addresses that hold anywhere", async () => {
  content = Buffer.from(JSON.stringify({ lock: "a lock", patience: { silence: 8 }, files: [{ name: "a", url: "../a.whl?1" }], labs: [{ url: "b.whl" }] }));
  const { lock, patience, files, labs } = await loadList(new URL("manifest.json", address));
  assert.deepEqual([lock, patience], ["a lock", { silence: 8 }]);
  assert.equal(files[0].url, new URL("../a.whl?1", address).href);
  assert.equal(labs[0].url, new URL("b.whl", address).href);
});

for (const [kind, why] of [
  ["missing", "the server answered 404"],
  ["cut off", "it is damaged"],
  ["too short", "it is damaged"],
])
  test(`a list of files that is ${kind} is told in a sentence`, async () => {
    fault = kind;
    await assert.rejects(
      loadList(new URL("manifest.json", address)),
      problem => problem instanceof Problem && problem.message === `The list of Python's files could not be loaded: ${why}.`,
    );
  });

test("a list of files that cannot be fetched is told in a sentence", async () => {
  await assert.rejects(loadList("http://127.0.0.1:1/"), { message: "The list of Python's files could not be loaded: there is no connection, or it broke off." });
});
