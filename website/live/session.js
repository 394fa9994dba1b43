// What happens between a press on Run and what comes of it, without the page: who waits for whom,
// what has run, when waiting is in vain. Tests run it in Node (session.test.js).
// There is one Python for all snippets of a page. It lives in a worker (worker.js), so that an endless
// loop never blocks the page.

import { areAlike } from "./compare.js";
import { Problem } from "./files.js";

const LIST_PATIENCE = 8; // seconds for the list of files, which says how long to wait for the rest
const LONG = 4; // seconds after which a reader may wonder whether a loop ends
const DOUBLE_CLICK = 500; // milliseconds in which a second click on Run is no wish to stop
const TOO_OLD = "This browser is too old to run Python.";
const LITTLE = 2; // GB of memory in a device: with less, other things take too much of it

// The words of a page: for itself, for a part of it that runs, for what is loaded, and for the memory
// that a tab takes then, measured in Chromium.
export const LESSON = { page: "lesson", part: "snippet", loads: "Python", needs: "0.3 GB" };
export const LAB = { page: "lab", part: "cell", loads: "Python with matplotlib", needs: "0.5 GB" };

/** What was waited for will not come: Python has been ended, and the page says why already. */
class Ended extends Error {}

export class Session {
  snippets = [];
  #trials = [];
  #isUsed = false; // a trial has run, and left behind what it liked
  // What the page can do: isTooOld(), isMetered(), memory() in GB if it is known, loadList(signal),
  // bytesToLoad(list), newWorker(), remember(number of the snippet for which loading has begun).
  #browser;
  #worker; // while there is one
  #life = new AbortController(); // from one end of Python to the next
  #job; // what the worker was asked for: {done, hear}
  #giveUp; // tells who waits for something that it will not come
  #watchdog; // ends Python if nothing is heard for too long
  #queue = Promise.resolve();
  #list; // what is to be loaded
  #mayLoad = false; // the reader has agreed to what it costs
  #caution; // what an earlier visit has shown

  constructor(browser, words = LESSON) {
    this.#browser = browser;
    this.words = words;
  }

  /** Add the next snippet: its code, what the lesson printed and drew, and a view that shows what happens. */
  add(original, printed, view, drawn = []) {
    const snippet = new Snippet(this, this.snippets.length + 1, original, printed, view, drawn);
    this.snippets.push(snippet);
    return snippet;
  }

  /** Add something that runs alone, in a Python as it is after its start: what the reader wrote. */
  addTrial(view) {
    const trial = new Trial(this, view);
    this.#trials.push(trial);
    return trial;
  }

  /** Run a snippet or a trial when those that were asked for before are done, or stop it. */
  press(one, clicks) {
    if (!one.busy) this.#enqueue(one);
    else if (!clicks || Date.now() - one.since > DOUBLE_CLICK) this.#end(({ stopped }) => stopped); // a key, or later
  }

  /** Run all snippets above one, from the first, and show what each gives. */
  pressAbove(one) {
    if (!one.busy) this.#enqueue(one, true);
  }

  /** On an earlier visit the page was gone while it loaded for this one: say so, and ask again. */
  brokeOff(one) {
    const { loads, needs } = this.words;
    this.#caution = `When ${loads} was loaded here before, the page broke down. It needs about ${needs} of memory. Close other tabs and apps first.`;
    one.say(`${this.#caution} Then press ${one.button} to try again. ${one.holds}`);
  }

  #enqueue(one, onlyAbove = false) {
    one.work("Wait a moment …");
    // Meanwhile Python may have ended, or the snippet may have run on the way to one below it.
    this.#queue = this.#queue.then(() => one.busy && this.#run(one, onlyAbove));
  }

  async #run(one, onlyAbove) {
    try {
      if (!this.#worker && !(await this.#start(one))) return;
      if (one instanceof Trial) await this.#runAlone(one);
      else await this.#runAfterThoseAbove(one, onlyAbove);
    } catch (problem) {
      if (problem instanceof Ended) return;
      const why = problem instanceof Problem ? problem.message : `Something broke: ${problem.message}.`;
      this.#fail(why);
    }
  }

  async #runAlone(trial) {
    await this.#beginAnew();
    this.#isUsed = true;
    const seconds = trial.patience ?? this.#list.patience.trial;
    const limit = setTimeout(() => this.#end(one => (one === trial ? trial.tooLong(seconds) : one.stopped)), 1000 * seconds);
    await trial.execute().finally(() => clearTimeout(limit));
  }

  /** Run it after those above that have not run: as if the page were run from its top to here. */
  async #runAfterThoseAbove(snippet, onlyAbove) {
    const above = this.above(snippet);
    const { part } = this.words;
    // What an earlier run of these has left behind would make a second one come out otherwise.
    if (this.#isUsed || snippet.leftTraces || above.some(before => before.leftTraces && (onlyAbove || !before.hasRun))) {
      await this.#beginAnew();
    }
    for (const before of above) {
      if (before.hasRun) continue;
      snippet.say(`Running the ${part}s above first …`);
      if (onlyAbove) before.work("Running …"); // what it gives is shown
      if (await before.execute()) continue;
      snippet.rest(`A ${part} above ends in an error. Mend it or reset it, then run this one again. `);
      snippet.view.pointTo(before.view);
      return;
    }
    if (onlyAbove) return snippet.rest(`All ${part}s above have run, from the first one on.`);
    snippet.say("Running …");
    await snippet.execute();
  }

  async #beginAnew() {
    await this.ask({ anew: true });
    this.#forget();
  }

  above(snippet) {
    return this.snippets.slice(0, snippet.number - 1);
  }

  /** Load and start Python. Return whether it is there: perhaps the reader should be asked first. */
  async #start(one) {
    if (this.#browser.isTooOld()) return this.#end(({ holds }) => `${TOO_OLD} ${holds}`);
    const { signal } = this.#life;
    this.#expectNews(LIST_PATIENCE, "The list of Python's files could not be loaded: nothing arrives.");
    this.#list ??= await this.#wait(this.#browser.loadList(signal));
    clearTimeout(this.#watchdog);
    const { files, lock, patience, others } = this.#list;
    const bytes = await this.#wait(this.#browser.bytesToLoad(files));
    const cautions = this.#mayLoad ? "" : this.#cautions(bytes);
    this.#mayLoad = true;
    if (cautions) {
      one.rest(`${cautions} Press ${one.button} again to load it.`);
      return;
    }
    const { loads } = this.words;
    one.say(bytes ? `Loading ${loads}: ${megabytes(bytes)} MB, only this once.` : "Starting Python …");

    this.#browser.remember(one.number);
    this.#worker = this.#browser.newWorker();
    this.#worker.onmessage = ({ data }) => {
      if (signal.aborted) return; // words of one that has been ended
      if (data.failed) this.#fail(data.failed);
      else if (data.done) this.#job.done(data);
      else this.#job.hear(data);
    };
    // A worker that cannot be loaded, or that broke down.
    this.#worker.onerror = event => {
      event.preventDefault();
      if (!signal.aborted) this.#fail("Python's helper could not be loaded, or broke down.");
    };
    this.#expectNews(patience.silence, "Nothing arrives.");
    await this.ask({ files, lock, others }, ({ loaded, total, waitingFor, starting }) => {
      if (starting) {
        this.#expectNews(patience.start, "Python does not start in this browser.");
        one.say("Starting Python …");
      } else {
        this.#expectNews(patience.silence, `Nothing arrives any more: ${waitingFor ?? "a file"} is not complete.`);
        if (bytes) one.view.progress(loaded, total);
      }
    });
    clearTimeout(this.#watchdog);
    this.#browser.remember(undefined);
    return true;
  }

  /** What the reader should know before anything is loaded. */
  #cautions(bytes) {
    const { loads, needs } = this.words;
    const memory = this.#browser.memory();
    return [
      bytes && this.#browser.isMetered() && `${loads} is ${megabytes(bytes)} MB, and your connection may cost money or be slow.`,
      memory < LITTLE && `${loads} needs about ${needs} of memory, and this device has only ${memory} GB: the page may break down. Close other tabs and apps first.`,
      this.#caution,
    ].filter(Boolean).join(" ");
  }

  /** Ask the worker for something. It may say several things before it is done. */
  ask(message, hear) {
    return this.#wait(new Promise(done => {
      this.#job = { done, hear };
      this.#worker.postMessage(message);
    }));
  }

  /** Wait for something, unless Python is ended meanwhile. There is only one who waits at a time. */
  #wait(promise) {
    return new Promise((resolve, reject) => {
      this.#giveUp = () => reject(new Ended());
      promise.then(resolve, reject);
    });
  }

  /** Give it some seconds to say something. */
  #expectNews(seconds, sentence) {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => this.#fail(sentence), 1000 * seconds);
  }

  /** End Python because something went wrong. */
  #fail(why) {
    this.#end(({ holds, button }) => `${why} ${holds} Press ${button} to try again.`);
  }

  /** End Python, and say why below all that waits for it. */
  #end(why) {
    clearTimeout(this.#watchdog);
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#browser.remember(undefined);
    this.#life.abort();
    this.#life = new AbortController();
    this.#giveUp?.();
    this.#forget();
    for (const one of [...this.snippets, ...this.#trials]) if (one.busy) one.rest(why(one));
  }

  /** Nothing that has run counts any more. */
  #forget() {
    this.#isUsed = false;
    for (const snippet of this.snippets) snippet.forget();
  }
}

/** What has a button to run it, a note to say something, and a view that shows both. */
class Runnable {
  busy = false;

  constructor(session, view) {
    Object.assign(this, { session, view });
  }

  say(text) {
    this.view.say(text);
  }

  /** The button stops while there is something to stop. */
  work(text) {
    this.busy = true;
    this.since = Date.now();
    this.view.isBusy(true);
    this.say(text);
  }

  rest(text) {
    this.busy = false;
    this.view.isBusy(false);
    this.say(text);
  }
}

/** A program of the reader's, with what judges it. */
class Trial extends Runnable {
  button = "Check";
  holds = "What you wrote is still here.";
  stopped = "Stopped. What you wrote is still here.";
  tooLong = tooLong;
  question; // what the worker is asked: {judge, program, check, seed, before, given}, or {own}
  patience; // seconds that it may take, if not as many as an exercise

  /** Have Python run it, and judge it. */
  async execute() {
    this.say("Running …");
    this.view.clear();
    const { verdict, cut } = await this.session.ask(this.question, ({ printed, plot, file }) => {
      if (printed) this.view.print(printed);
      if (plot) this.view.draw(plot);
      if (file) this.view.offer(file);
    });
    if (cut) this.view.print("\n… The rest is cut off.\n", "live-cut");
    this.rest("");
    this.view.tell(verdict);
  }
}

const tooLong = seconds =>
  `Your program was stopped: after ${seconds} seconds it was not done. Does each loop in it come to an end? A \`while\` does only if something in it changes.`;

class Snippet extends Runnable {
  button = "Run";
  leftTraces = false; // it has run, perhaps with other code
  #codeThatRan;

  constructor(session, number, original, printed, view, drawn) {
    super(session, view);
    const { page, part } = session.words;
    Object.assign(this, {
      number, original, printed, drawn,
      code: original,
      holds: `What the ${page} printed still holds.`,
      stopped: `Stopped. All variables are gone. The next Run begins with the first ${part}.`,
    });
  }

  get isEdited() {
    return this.code !== this.original;
  }

  /** Has it run, with the code that stands there now? */
  get hasRun() {
    return this.#codeThatRan === this.code;
  }

  /** Does the lesson itself show an error here? Then the snippets below run all the same. */
  get endsInError() {
    return !this.isEdited && /^Traceback /m.test(this.printed);
  }

  /** Take what the reader has typed. What is said spoke of what stood there before. */
  change(code) {
    this.code = code;
    if (!this.busy) this.say("");
  }

  forget() {
    this.leftTraces = false;
    this.#codeThatRan = undefined;
  }

  /** Have Python run the code. Return whether the snippets below can go on. */
  async execute() {
    // On the way to another snippet, what the lesson has printed already need not be shown again.
    const show = this.busy || this.isEdited;
    const { code, number, view, endsInError, isEdited, session } = this;
    const { page, part } = session.words;
    let text = "";
    const plots = [];
    view.clear();
    this.leftTraces = true;
    const long = setTimeout(() => this.busy && this.say("Still running. If it never ends, press Stop."), 1000 * LONG);
    const { stop, cut } = await session.ask({ name: `<${part} ${number}>`, code }, ({ printed = "", plot, file }) => {
      text += printed;
      if (plot) plots.push(plot);
      if (!show) return;
      if (printed) view.print(printed);
      if (plot) view.draw(plot);
      if (file) view.offer(file);
    }).finally(() => clearTimeout(long));
    const same = text.trimEnd() === this.printed.trimEnd() && areAlike(plots.map(({ svg }) => svg), this.drawn);
    const expected = endsInError && this.printed.trimEnd().endsWith(stop?.message ?? "nothing");
    const goesOn = !stop || expected;
    if (goesOn) this.#codeThatRan = code; // the reader may have changed it meanwhile
    if (cut) view.print("\n… The rest is cut off.\n", "live-cut");
    if (stop && (show || !expected)) {
      view.print(stop.message, "live-error");
      view.light(stop.line);
    }
    if (show) view.finish(same && !stop);
    const changedAbove = session.above(this).some(before => before.isEdited);
    const where = stop?.line ? ` in line ${stop.line}` : "";
    this.rest(
      expected ? `Done: the same error as in the ${page}.`
      : stop ? `Python stopped${where}.`
      : text === "" && !plots.length ? "Done. It prints nothing."
      : same ? `Done: the same as in the ${page}.`
      : isEdited ? "Done."
      : `Done. It differs from the ${page}${changedAbove ? `, because a ${part} above was changed` : ""}.`,
    );
    return goesOn;
  }
}

export const megabytes = bytes => (bytes / 1e6).toFixed(1);
