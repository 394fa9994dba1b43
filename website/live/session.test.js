// Live code without a page: a worker that says what it is told to, and a clock that is turned by hand.
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { Problem } from "./files.js";
import { LAB, Session } from "./session.js";

const HOLDS = "What the lesson printed still holds. Press Run to try again.";
const LIST = { files: ["a file"], lock: "a lock", others: [], patience: { silence: 8, start: 60 } };

beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1e6 }));
afterEach(() => mock.timers.reset());

/** Let everything happen that needs no time. */
const settle = () => new Promise(setImmediate);

async function wait(seconds) {
  mock.timers.tick(1000 * seconds);
  await settle();
}

class FakeWorker {
  asked = [];
  postMessage(message) { this.asked.push(message); }
  terminate() { this.isTerminated = true; }
  async says(...messages) {
    for (const data of messages) this.onmessage({ data });
    await settle();
  }
  get codes() { return this.asked.map(({ files, anew, code }) => (files ? "start" : anew ? "anew" : code)); }
}

class FakeView {
  shown = "";
  say(text) { this.said = text; this.bar = undefined; }
  progress(loaded, total) { this.bar = [loaded, total]; }
  isBusy(busy) { this.busy = busy; }
  print(text) { this.shown += text; }
  light(line) { this.lit = line; }
  clear() { this.shown = ""; this.lit = undefined; this.drawn = []; }
  draw(plot) { this.drawn.push(plot.svg); }
  offer(file) { this.offered = file.name; }
  finish(isSame) { this.isSame = isSame; }
  pointTo(view) { this.pointsTo = view; }
}

/** Return a session with some snippets, in a browser that can be spoilt. */
function open(snippets = [["a", "1\n"], ["b", "2\n"], ["c", "3\n"]], spoilt = {}, words = undefined) {
  const workers = [];
  const session = new Session({
    isTooOld: () => false,
    isMetered: () => false,
    memory: () => undefined,
    remember() {},
    loadList: async () => LIST,
    bytesToLoad: async () => 0,
    newWorker: () => workers[workers.push(new FakeWorker()) - 1],
    ...spoilt,
  }, words);
  const add = ([code, printed, ...drawn]) => session.add(code, printed, new FakeView(), drawn);
  return { session, workers, snippets: snippets.map(add) };
}

async function press(session, ...snippets) {
  for (const snippet of snippets) session.press(snippet, 0);
  await settle();
}

/** Press Run, start Python, and return its worker. */
async function run({ session, workers }, snippet) {
  await press(session, snippet);
  await workers.at(-1).says({ done: true });
  return workers.at(-1);
}

const prints = text => [{ printed: text }, { done: true }];
const stops = (line, message) => ({ done: true, stop: { line, message } });

test("what a snippet prints is shown at once, and compared with the lesson at the end", async () => {
  const page = open();
  const [a] = page.snippets;
  const worker = await run(page, a);
  assert.deepEqual(worker.asked[0], { files: LIST.files, lock: LIST.lock, others: [] });
  assert.deepEqual(worker.asked[1], { name: "<snippet 1>", code: "a" });
  assert.ok(a.view.busy);
  await worker.says({ printed: "1" });
  assert.equal(a.view.shown, "1");
  await worker.says(...prints("\n"));
  assert.equal(a.view.said, "Done: the same as in the lesson.");
  assert.ok(!a.view.busy);
});

test("a snippet runs what it needs, in the order of the page, and shows nothing of it", async () => {
  const page = open();
  const [a, b, c] = page.snippets;
  const worker = await run(page, c);
  assert.equal(c.view.said, "Running the snippets above first …");
  for (const text of ["1\n", "2\n", "3\n"]) await worker.says(...prints(text));
  assert.deepEqual(worker.codes, ["start", "a", "b", "c"]);
  assert.deepEqual([a, b, c].map(({ view }) => view.shown), ["", "", "3\n"]);
});

test("in page order, each snippet runs once in one Python", async () => {
  const page = open();
  const worker = await run(page, page.snippets[0]);
  await worker.says(...prints("1\n"));
  for (const snippet of page.snippets.slice(1)) {
    await press(page.session, snippet);
    await worker.says(...prints(snippet.printed));
    assert.equal(snippet.view.said, "Done: the same as in the lesson.");
  }
  assert.deepEqual(worker.codes, ["start", "a", "b", "c"]);
});

test("Run again begins anew, with what is above", async () => {
  const page = open();
  const [, b] = page.snippets;
  const worker = await run(page, b);
  await worker.says(...prints("1\n"));
  await worker.says(...prints("2\n"));
  await press(page.session, b);
  await worker.says({ done: true });
  await worker.says(...prints("1\n"));
  await worker.says(...prints("2\n"));
  assert.deepEqual(worker.codes, ["start", "a", "b", "anew", "a", "b"]);
  assert.equal(b.view.said, "Done: the same as in the lesson.");
});

test("from the last to the first, each snippet begins anew", async () => {
  const page = open();
  const [a, b] = page.snippets;
  const worker = await run(page, b);
  await worker.says(...prints("1\n"));
  await worker.says(...prints("2\n"));
  await press(page.session, a);
  await worker.says({ done: true });
  await worker.says(...prints("1\n"));
  assert.deepEqual(worker.codes, ["start", "a", "b", "anew", "a"]);
  assert.deepEqual([a.view.shown, b.view.shown], ["1\n", "2\n"], "what was shown stays");
});

test("a change counts for the snippets below: they begin anew, show it, and name it", async () => {
  const page = open();
  const [a, b] = page.snippets;
  const worker = await run(page, b);
  await worker.says(...prints("1\n"));
  await worker.says(...prints("2\n"));
  a.change("a = 7");
  await press(page.session, b);
  await worker.says({ done: true });
  await worker.says(...prints("7\n"));
  await worker.says(...prints("9\n"));
  assert.deepEqual(worker.codes.slice(3), ["anew", "a = 7", "b"]);
  assert.equal(a.view.shown, "7\n", "what is no longer the lesson's is shown");
  assert.equal(a.view.said, "Done.");
  assert.equal(b.view.said, "Done. It differs from the lesson, because a snippet above was changed.");
});

test("typed and taken back is no change", async () => {
  const page = open();
  const [a, b] = page.snippets;
  const worker = await run(page, a);
  await worker.says(...prints("1\n"));
  a.change("a!");
  a.change("a");
  await press(page.session, b);
  await worker.says(...prints("2\n"));
  assert.deepEqual(worker.codes, ["start", "a", "b"]);
});

test("what is typed during a run has not run", async () => {
  const page = open();
  const [a, b] = page.snippets;
  const worker = await run(page, a);
  a.change("typed meanwhile");
  assert.equal(a.view.said, "Running …", "it still runs");
  await worker.says(...prints("1\n"));
  assert.equal(a.view.said, "Done: the same as in the lesson.");
  await press(page.session, b);
  await worker.says({ done: true });
  assert.deepEqual(worker.codes, ["start", "a", "anew", "typed meanwhile"]);
});

test("an output that differs is told", async () => {
  const page = open();
  const worker = await run(page, page.snippets[0]);
  await worker.says(...prints("1.0\n"));
  assert.equal(page.snippets[0].view.said, "Done. It differs from the lesson.");
});

test("a snippet that prints nothing says so", async () => {
  const page = open([["x = 1", ""]]);
  const worker = await run(page, page.snippets[0]);
  await worker.says({ done: true });
  assert.equal(page.snippets[0].view.said, "Done. It prints nothing.");
});

test("output that was cut off says so", async () => {
  const page = open();
  const worker = await run(page, page.snippets[0]);
  await worker.says({ printed: "111" }, { done: true, cut: true });
  assert.equal(page.snippets[0].view.shown, "111\n… The rest is cut off.\n");
});

test("an error is shown with its line; what is below waits for it to be mended, and leads to it", async () => {
  const page = open();
  const [a, b] = page.snippets;
  const worker = await run(page, b);
  await worker.says(stops(2, "NameError: x"));
  assert.deepEqual([a.view.said, a.view.shown, a.view.lit], ["Python stopped in line 2.", "NameError: x", 2]);
  assert.match(b.view.said, /^A snippet above ends in an error/);
  assert.equal(b.view.pointsTo, a.view);
  await press(page.session, b);
  await worker.says({ done: true });
  await worker.says(stops(2, "NameError: x"));
  assert.match(b.view.said, /^A snippet above ends in an error/);
  a.change("mended");
  await press(page.session, b);
  await worker.says({ done: true });
  await worker.says({ done: true });
  await worker.says(...prints("2\n"));
  assert.deepEqual(worker.codes, ["start", "a", "anew", "a", "anew", "mended", "b"]);
});

test("the error that the lesson shows is no fault: what is below goes on", async () => {
  const page = open([["a", "Traceback (most recent call last):\nValueError: no\n"], ["b", "2\n"]]);
  const [a, b] = page.snippets;
  const worker = await run(page, b);
  await worker.says(stops(1, "ValueError: no"));
  assert.equal(a.view.shown, "", "it need not be shown again");
  await worker.says(...prints("2\n"));
  assert.equal(b.view.said, "Done: the same as in the lesson.");
  await press(page.session, a);
  await worker.says({ done: true });
  await worker.says(stops(1, "ValueError: no"));
  assert.deepEqual([a.view.said, a.view.lit], ["Done: the same error as in the lesson.", 1]);
  await press(page.session, a);
  await worker.says({ done: true });
  await worker.says(stops(1, "ValueError: another"));
  assert.equal(a.view.said, "Python stopped in line 1.");
});

test("snippets asked for while one runs come after it, and none runs twice", async () => {
  const page = open();
  const [a, b, c] = page.snippets;
  await press(page.session, c, a, b);
  assert.deepEqual([a.view.said, b.view.said], ["Wait a moment …", "Wait a moment …"]);
  const [worker] = page.workers;
  await worker.says({ done: true });
  for (const text of ["1\n", "2\n", "3\n"]) await worker.says(...prints(text));
  assert.deepEqual(worker.codes, ["start", "a", "b", "c"]);
  assert.deepEqual([a, b, c].map(({ view }) => view.shown), ["1\n", "2\n", "3\n"]);
  assert.ok(![a, b, c].some(({ view }) => view.busy));
});

test("an endless loop is told after 4 s; Stop ends it, keeps what it printed, and all who wait hear it", async () => {
  const page = open();
  const [a, b] = page.snippets;
  const worker = await run(page, a);
  await worker.says({ printed: "begun\n" });
  await press(page.session, b);
  await wait(3.9);
  assert.equal(a.view.said, "Running …");
  await wait(0.2);
  assert.equal(a.view.said, "Still running. If it never ends, press Stop.");
  await press(page.session, a);
  assert.ok(worker.isTerminated);
  for (const { view } of [a, b]) assert.match(view.said, /^Stopped. All variables are gone/);
  assert.equal(a.view.shown, "begun\n");
  assert.equal(b.view.shown, "");
  worker.says({ printed: "late" });
  assert.equal(a.view.shown, "begun\n", "nobody listens to it any more");
});

test("only a run of 4 s is told, below the snippet that was asked for", async () => {
  const page = open();
  const [a, b] = page.snippets;
  const worker = await run(page, a);
  await wait(3.9);
  await worker.says(...prints("1\n"));
  await press(page.session, b);
  await wait(0.2);
  assert.equal(b.view.said, "Running …");
  await worker.says(...prints("2\n"));
  a.change("a slow one");
  await press(page.session, b);
  await worker.says({ done: true });
  await wait(5);
  assert.deepEqual([a.view.said, b.view.said], ["", "Running the snippets above first …"]);
});

test("after Stop, the next Run starts another Python and begins with the first snippet", async () => {
  const page = open();
  const [a, b] = page.snippets;
  const first = await run(page, a);
  await first.says(...prints("1\n"));
  await press(page.session, b);
  await press(page.session, b);
  assert.ok(first.isTerminated);
  const second = await run(page, b);
  assert.notEqual(second, first);
  await second.says(...prints("1\n"));
  await second.says(...prints("2\n"));
  assert.deepEqual(second.codes, ["start", "a", "b"]);
});

test("Stop ends the loading as well, of the list and of the files, and Run begins again", async () => {
  const lists = [];
  const page = open(undefined, { loadList: signal => new Promise(resolve => lists.push({ signal, resolve })) });
  const [a] = page.snippets;
  await press(page.session, a);
  await press(page.session, a);
  assert.match(a.view.said, /^Stopped/);
  assert.ok(lists[0].signal.aborted, "nobody waits for it any more");
  await press(page.session, a);
  lists[1].resolve(LIST);
  await settle();
  await page.workers[0].says({ loaded: 1, total: 2 });
  await press(page.session, a);
  assert.match(a.view.said, /^Stopped/);
  const worker = await run(page, a);
  await worker.says(...prints("1\n"));
  assert.equal(a.view.said, "Done: the same as in the lesson.");
});

test("a second click within half a second is no Stop; a later one is, and a key at once", async () => {
  const page = open();
  const [a] = page.snippets;
  await press(page.session, a);
  await wait(0.4);
  page.session.press(a, 2);
  assert.ok(a.view.busy);
  await wait(0.2);
  page.session.press(a, 1);
  assert.ok(!a.view.busy);
  await press(page.session, a);
  page.session.press(a, 0);
  assert.ok(!a.view.busy);
});

test("what is loaded is told in megabytes, with a bar; what is there already is not", async () => {
  const page = open(undefined, { bytesToLoad: async () => 9_330_404 });
  const [a] = page.snippets;
  await press(page.session, a);
  assert.equal(a.view.said, "Loading Python: 9.3 MB, only this once.");
  await page.workers[0].says({ loaded: 5, total: 10 });
  assert.deepEqual(a.view.bar, [5, 10]);
  await page.workers[0].says({ starting: true });
  assert.deepEqual([a.view.said, a.view.bar], ["Starting Python …", undefined]);

  const second = open();
  await press(second.session, second.snippets[0]);
  assert.equal(second.snippets[0].view.said, "Starting Python …");
  await second.workers[0].says({ loaded: 10, total: 10 });
  assert.equal(second.snippets[0].view.bar, undefined);
});

test("silence for 8 s ends the loading, and names what is not complete; each byte gives 8 s more", async () => {
  const page = open();
  const [a] = page.snippets;
  await press(page.session, a);
  await wait(7);
  await page.workers[0].says({ loaded: 1, total: 2, waitingFor: "NumPy" });
  await wait(7);
  assert.ok(a.view.busy);
  await wait(1);
  assert.equal(a.view.said, `Nothing arrives any more: NumPy is not complete. ${HOLDS}`);
  assert.ok(page.workers[0].isTerminated);
  await press(page.session, a);
  await wait(8);
  assert.equal(a.view.said, `Nothing arrives. ${HOLDS}`);
});

test("a list that does not arrive is told after 8 s", async () => {
  const page = open(undefined, { loadList: () => new Promise(() => {}) });
  await press(page.session, page.snippets[0]);
  await wait(8);
  assert.equal(page.snippets[0].view.said, `The list of Python's files could not be loaded: nothing arrives. ${HOLDS}`);
});

test("a slow phone has 60 s to start Python, and then as long as a snippet takes", async () => {
  const page = open();
  const [a] = page.snippets;
  await press(page.session, a);
  await page.workers[0].says({ starting: true });
  await wait(59);
  assert.ok(a.view.busy);
  await wait(1);
  assert.equal(a.view.said, `Python does not start in this browser. ${HOLDS}`);
  await run(page, a);
  await wait(1000);
  assert.ok(a.view.busy);
});

test("how long to wait is read from the list of files", async () => {
  const page = open(undefined, { loadList: async () => ({ ...LIST, patience: { silence: 0.3, start: 1 } }) });
  await press(page.session, page.snippets[0]);
  await wait(0.3);
  assert.equal(page.snippets[0].view.said, `Nothing arrives. ${HOLDS}`);
});

test("what the worker or the list says of a failure is told, and Run tries again", async () => {
  let problem = new Problem("The list is damaged.");
  const page = open(undefined, { loadList: async () => { if (problem) throw problem; return LIST; } });
  const [a, b] = page.snippets;
  await press(page.session, a, b);
  for (const { view } of [a, b]) assert.equal(view.said, `The list is damaged. ${HOLDS}`);
  problem = undefined;
  await press(page.session, a);
  await page.workers[0].says({ failed: "NumPy arrived damaged." });
  assert.equal(a.view.said, `NumPy arrived damaged. ${HOLDS}`);
  assert.ok(page.workers[0].isTerminated);
  const worker = await run(page, a);
  await worker.says(...prints("1\n"));
  assert.equal(a.view.said, "Done: the same as in the lesson.");
});

test("a worker that dies says so, while it starts and while it runs, and the next Run has another", async () => {
  const page = open();
  const [a] = page.snippets;
  for (const start of [() => press(page.session, a), () => run(page, a)]) {
    await start();
    let prevented = false;
    page.workers.at(-1).onerror({ preventDefault: () => { prevented = true; } });
    assert.ok(prevented, "the console need not hear of it");
    assert.equal(a.view.said, `Python's helper could not be loaded, or broke down. ${HOLDS}`);
  }
  const worker = await run(page, a);
  await worker.says(...prints("1\n"));
  assert.equal(a.view.said, "Done: the same as in the lesson.");
});

test("a browser that cannot make a worker, or is too old, says so and asks for nothing", async () => {
  const broken = open(undefined, { newWorker() { throw new Error("no room"); } });
  await press(broken.session, broken.snippets[0]);
  assert.equal(broken.snippets[0].view.said, `Something broke: no room. ${HOLDS}`);
  const loadList = mock.fn();
  const old = open(undefined, { isTooOld: () => true, loadList });
  await press(old.session, old.snippets[0]);
  assert.equal(old.snippets[0].view.said, "This browser is too old to run Python. What the lesson printed still holds.");
  assert.equal(loadList.mock.callCount(), 0);
});

test("where bytes may cost money, the reader is asked once, and only if there are any", async () => {
  let bytes = 9_330_404;
  let waiting;
  const loadList = async signal => { waiting = signal; return LIST; };
  const page = open(undefined, { isMetered: () => true, bytesToLoad: async () => bytes, loadList });
  const [a] = page.snippets;
  await press(page.session, a);
  assert.equal(a.view.said, "Python is 9.3 MB, and your connection may cost money or be slow. Press Run again to load it.");
  assert.ok(!a.view.busy);
  assert.equal(page.workers.length, 0);
  await wait(100);
  assert.ok(!waiting.aborted, "no clock runs while the reader thinks");
  await run(page, a);
  assert.equal(page.workers.length, 1);

  bytes = 0;
  const later = open(undefined, { isMetered: () => true, bytesToLoad: async () => bytes });
  await run(later, later.snippets[0]);
  assert.equal(later.workers.length, 1);
});

// ---- Trials: what the reader wrote for an exercise ----

class FakeTrialView extends FakeView {
  tell(verdict) { this.verdict = verdict; }
}

/** Return a page with a trial as well, whose question is a text. */
function openWithTrial(spoilt) {
  const page = open(undefined, { loadList: async () => ({ ...LIST, patience: { ...LIST.patience, trial: 10 } }), ...spoilt });
  const trial = page.session.addTrial(new FakeTrialView());
  trial.question = { code: "a trial" };
  return { ...page, trial };
}

/** Press Check, start Python, and have it begin anew. */
async function check(page) {
  const worker = await run(page, page.trial);
  await worker.says({ done: true });
  return worker;
}

const RIGHT = { kind: "right", sentence: "", line: 0, python: "" };

test("a trial runs alone, and its verdict is told", async () => {
  const page = openWithTrial();
  const worker = await check(page);
  assert.deepEqual(worker.codes, ["start", "anew", "a trial"]);
  assert.ok(page.trial.view.busy);
  await worker.says({ printed: "1" }, { done: true, verdict: RIGHT, cut: true });
  assert.deepEqual(page.trial.view.verdict, RIGHT);
  assert.equal(page.trial.view.shown, "1\n… The rest is cut off.\n");
  assert.ok(!page.trial.view.busy);
});

test("before and after a trial, Python begins anew for whatever runs next", async () => {
  const page = openWithTrial();
  const [a, b] = page.snippets;
  const worker = await run(page, a);
  await worker.says(...prints("1\n"));
  await press(page.session, page.trial);
  await worker.says({ done: true });
  await worker.says({ done: true, verdict: RIGHT });
  await press(page.session, b);
  await worker.says({ done: true });
  await worker.says(...prints("1\n"));
  await worker.says(...prints("2\n"));
  assert.deepEqual(worker.codes, ["start", "a", "anew", "a trial", "anew", "a", "b"]);
  assert.equal(b.view.said, "Done: the same as in the lesson.");
});

test("a trial that does not end is ended after its patience, and says why", async () => {
  const page = openWithTrial();
  const worker = await check(page);
  await wait(9.9);
  assert.ok(page.trial.view.busy);
  await wait(0.1);
  assert.match(page.trial.view.said, /^Your program was stopped: after 10 seconds .* Does each loop/);
  assert.ok(worker.isTerminated && !page.trial.view.busy);
  const next = await check(page);
  assert.notEqual(next, worker);
  await next.says({ done: true, verdict: RIGHT });
  assert.deepEqual(page.trial.view.verdict, RIGHT);
  await wait(20);
  assert.ok(!next.isTerminated, "no clock runs for what is done");
});

test("a trial may have a patience of its own, and words for it", async () => {
  const page = openWithTrial();
  Object.assign(page.trial, { patience: 180, tooLong: seconds => `Not done after ${seconds} seconds.` });
  await check(page);
  await wait(179);
  assert.ok(page.trial.view.busy);
  await wait(1);
  assert.equal(page.trial.view.said, "Not done after 180 seconds.");
});

test("a trial can be stopped, and what waits behind it says so, too", async () => {
  const page = openWithTrial();
  const worker = await check(page);
  const [a] = page.snippets;
  await press(page.session, a);
  await press(page.session, page.trial);
  assert.ok(worker.isTerminated);
  assert.equal(page.trial.view.said, "Stopped. What you wrote is still here.");
  assert.match(a.view.said, /^Stopped. All variables are gone./);
});

test("what goes wrong on the way is told in a trial's own words", async () => {
  const failing = openWithTrial({ loadList: async () => { throw new Problem("The list is damaged."); } });
  await press(failing.session, failing.trial);
  assert.equal(failing.trial.view.said, "The list is damaged. What you wrote is still here. Press Check to try again.");
  const old = openWithTrial({ isTooOld: () => true });
  await press(old.session, old.trial);
  assert.equal(old.trial.view.said, "This browser is too old to run Python. What you wrote is still here.");
  const paid = openWithTrial({ isMetered: () => true, bytesToLoad: async () => 9_330_404 });
  await press(paid.session, paid.trial);
  assert.match(paid.trial.view.said, /Press Check again to load it.$/);
});

const PLOT = '<svg><path d="M 10 20"></path></svg>';
const draws = svg => ({ plot: { svg, words: "what there is to see" } });

/** Return a session with the cells of a lab: the first draws a plot, the second prints a number. */
const openLab = spoilt => open([["a", "", PLOT], ["b", "2"], ["c", "3\n"]], spoilt, LAB);

test("a cell is compared with its lab: what it prints, but for the last line's end, and its plots", async () => {
  const page = openLab();
  const [a, b] = page.snippets;
  const worker = await run(page, a);
  await worker.says(draws(PLOT.replace("20", "21")), { done: true });
  assert.equal(a.view.said, "Done: the same as in the lab.");
  assert.ok(a.view.isSame);
  await press(page.session, b);
  await worker.says(draws(PLOT), ...prints("2\n"));
  assert.equal(b.view.said, "Done. It differs from the lab.");
  assert.deepEqual([b.view.isSame, b.view.drawn], [false, [PLOT]]);
});

test("a file that a cell writes is offered below it, not below one that it ran for", async () => {
  const page = openLab();
  const [a, b] = page.snippets;
  const worker = await run(page, b);
  await worker.says({ file: { name: "of a" } }, draws(PLOT), { done: true });
  await worker.says({ file: { name: "of b" } }, ...prints("2\n"));
  assert.deepEqual([a.view.offered, b.view.offered], [undefined, "of b"]);
});

test("all above are run from the first on, shown, and the cell itself is not", async () => {
  const page = openLab();
  const [a, b, c] = page.snippets;
  const worker = await run(page, a);
  await worker.says(draws(PLOT), { done: true });
  page.session.pressAbove(c);
  await settle();
  await worker.says({ done: true });
  assert.ok(c.view.busy);
  assert.equal(c.view.said, "Running the cells above first …");
  await worker.says(draws(PLOT), { done: true });
  await worker.says(...prints("2\n"));
  assert.deepEqual(worker.codes, ["start", "a", "anew", "a", "b"]);
  assert.deepEqual([a, b, c].map(({ view }) => view.said), [
    "Done: the same as in the lab.", "Done: the same as in the lab.", "All cells above have run, from the first one on.",
  ]);
  await press(page.session, c);
  await worker.says(...prints("3\n"));
  assert.deepEqual(worker.codes.slice(5), ["c"], "nothing has to run twice");
});

test("an error above ends the run of all above, and leads to it", async () => {
  const page = openLab();
  const [a, b, c] = page.snippets;
  page.session.pressAbove(c);
  await settle();
  await page.workers[0].says({ done: true });
  await page.workers[0].says(stops(1, "an error"));
  assert.match(c.view.said, /^A cell above ends in an error/);
  assert.equal(c.view.pointsTo, a.view);
  assert.deepEqual([b, c].map(({ view }) => view.busy), [undefined, false]);
});

test("a device with little memory is told so before anything is loaded, and asked once", async () => {
  const page = openLab({ memory: () => 1, bytesToLoad: async () => 17.9e6 });
  const [a] = page.snippets;
  await press(page.session, a);
  assert.match(a.view.said, /^Python with matplotlib needs about 0.5 GB of memory, and this device has only 1 GB.*Press Run again to load it\.$/);
  assert.equal(page.workers.length, 0);
  await run(page, a);
  assert.deepEqual(page.workers[0].codes, ["start", "a"]);
});

test("that loading has begun is remembered until it comes to an end, or is told to have failed", async () => {
  const remembered = [];
  const page = openLab({ remember: number => remembered.push(number) });
  const [, b] = page.snippets;
  await press(page.session, b);
  assert.deepEqual(remembered, [2]);
  await page.workers[0].says({ done: true });
  assert.deepEqual(remembered, [2, undefined]);
  const other = openLab({ remember: number => remembered.push(number) });
  await press(other.session, other.snippets[0]);
  await other.workers[0].says({ failed: "No." });
  assert.deepEqual(remembered.slice(2), [1, undefined]);
});

test("after a visit that broke down, nothing is loaded before the reader has agreed", async () => {
  const page = openLab();
  const [a, b] = page.snippets;
  page.session.brokeOff(b);
  assert.match(b.view.said, /was loaded here before, the page broke down.*Then press Run to try again\. What the lab printed still holds\.$/);
  await press(page.session, a);
  assert.match(a.view.said, /broke down.*Press Run again to load it\.$/);
  assert.equal(page.workers.length, 0);
  await run(page, a);
  assert.deepEqual(page.workers[0].codes, ["start", "a"]);
});
