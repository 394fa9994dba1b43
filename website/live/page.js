// Run, Edit, Reset and Stop under each snippet. Loaded at the first press.
// Python lives in a worker (worker.js), so that an endless loop never blocks the page.

const CACHE = "nnbasics-live";
const STORE = "live:" + location.pathname;
const PATIENCE = 8; // seconds without a byte, after which loading has failed
const START_PATIENCE = 60; // seconds that a slow phone may take to start Python, once all is there
const DOUBLE_CLICK = 500; // milliseconds in which a second click on Run is no wish to stop
const STOPPED = "Stopped. All variables are gone. The next Run begins with the first snippet.";
const LONG = 4; // seconds after which a reader may wonder whether a loop ends
const STILL_HOLDS = "What the lesson printed still holds. Press Run to try again.";

/** What was waited for will not come: Python has ended, and the page says why already. */
class Ended extends Error {}

/** Why Python cannot be had, in a sentence that a reader understands. */
class Problem extends Error {}

// ---- The one Python of this page ----

let worker; // while there is one
let job; // what the worker was asked for: {resolve, reject, hear}
let lives = 0; // how often Python has ended: who waited for an older one waits in vain
let watchdog;
let manifest; // what is to be loaded
let mayLoad = false; // the reader has agreed to pay for it

/** Ask the worker for something. It may say several things before it is done. */
function ask(message, hear) {
  return new Promise((resolve, reject) => {
    job = { resolve, reject, hear };
    worker.postMessage(message);
  });
}

/** End Python, and say why below each snippet that waits for it. */
function end(sentence) {
  clearTimeout(watchdog);
  worker?.terminate();
  worker = undefined;
  lives += 1;
  for (const snippet of snippets) if (snippet.busy) snippet.rest(sentence);
  forget();
  job?.reject(new Ended());
  job = undefined;
}

/** Nothing that has run counts any more: Python begins with no variables. */
function forget() {
  for (const snippet of snippets) snippet.hasRun = snippet.leftVariables = false;
}

/** Give the worker some seconds to say something. */
function expectNews(seconds, sentence) {
  clearTimeout(watchdog);
  watchdog = setTimeout(() => end(`${sentence} ${STILL_HOLDS}`), 1000 * seconds);
}

/** Load and start Python. Return false if the reader should be asked first. */
async function start(snippet) {
  const life = lives;
  if (!self.WebAssembly || !self.DecompressionStream || !self.Worker || !AbortSignal.timeout)
    throw new Problem("This browser is too old to run Python. What the lesson printed still holds.");
  manifest ??= await loadManifest();
  const bytes = await bytesToLoad();
  if (life !== lives) throw new Ended();
  if (bytes && isMetered() && !mayLoad) {
    mayLoad = true;
    snippet.rest(`Python is ${megabytes(bytes)} MB, and your connection may cost money or be slow. Press Run again to load it.`);
    return false;
  }
  snippet.say(bytes ? `Loading Python: ${megabytes(bytes)} MB, only this once.` : "Starting Python …");

  worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => {
    if (life !== lives) return; // words of one that has been ended
    if (data.failed) end(`${data.failed} ${STILL_HOLDS}`);
    else if (data.done) job.resolve(data);
    else job.hear(data);
  };
  // A worker that cannot be loaded, or that broke down.
  worker.onerror = event => {
    event.preventDefault();
    end(`Python's helper could not be loaded, or broke down. ${STILL_HOLDS}`);
  };
  expectNews(PATIENCE, "Nothing arrives.");
  await ask({ ...manifest, cache: CACHE }, ({ loaded, total, waitingFor, starting }) => {
    if (starting) {
      expectNews(START_PATIENCE, "Python does not start in this browser.");
      snippet.say("Starting Python …");
    } else {
      expectNews(PATIENCE, `Nothing arrives any more: ${waitingFor ?? "a file"} is not complete.`);
      if (bytes) snippet.progress(loaded, total);
    }
  });
  clearTimeout(watchdog);
  return true;
}

/** Fetch the list of files: never an old one, since the package changes with the site. */
async function loadManifest() {
  let problem = "there is no connection, or it broke off";
  try {
    const answer = await fetch(new URL("manifest.json", import.meta.url),
      { cache: "no-cache", signal: AbortSignal.timeout(1000 * PATIENCE) });
    problem = answer.ok ? "it is damaged" : `the server answered ${answer.status}`;
    const { files, lock } = await answer.json();
    const here = new URL(".", import.meta.url);
    return { lock, files: files.map(file => ({ ...file, url: new URL(file.url, here).href })) };
  } catch {
    throw new Problem(`The list of Python's files could not be loaded: ${problem}. ${STILL_HOLDS}`);
  }
}

/** Return how many bytes are not kept from an earlier visit. */
async function bytesToLoad() {
  let kept = [];
  try {
    const shelf = await caches.open(CACHE);
    kept = await Promise.all(manifest.files.map(file => shelf.match(file.url)));
  } catch {} // a browser that keeps nothing
  return manifest.files.reduce((sum, file, n) => sum + (kept[n] ? 0 : file.bytes), 0);
}

function isMetered() {
  const { saveData, type, effectiveType } = navigator.connection ?? {};
  return saveData || type === "cellular" || /2g|3g/.test(effectiveType);
}

const megabytes = bytes => (bytes / 1e6).toFixed(1);

// ---- The snippets ----

class Snippet {
  constructor(bar, number) {
    this.bar = bar;
    this.number = number;
    [this.runButton, this.editButton, this.note] = bar.children;
    this.transcript = bar.parentNode.querySelector("pre");
    this.name = `<snippet ${number}>`;
    this.hasRun = false; // with the code that stands there now
    this.leftVariables = false; // it has run, perhaps with other code
    this.busy = false;

    // Lines with a prompt are code; the others are what Python printed.
    const lines = [...this.transcript.querySelectorAll("code > span")];
    const isCode = line => line.querySelector(".gp");
    this.codeLines = lines.filter(isCode);
    this.original = this.codeLines.map(line => line.textContent.slice(4).trimEnd()).join("\n");
    this.printed = lines.filter(line => !isCode(line)).map(line => line.textContent).join("");

    this.resetButton = make("button", { type: "button", textContent: "Reset", hidden: true });
    this.resetButton.setAttribute("aria-label", `Reset snippet ${number}`);
    this.editButton.after(this.resetButton);
    this.output = make("pre", { className: "live-output", tabIndex: 0, hidden: true });
    this.output.setAttribute("role", "region");
    this.output.setAttribute("aria-label", `Output of snippet ${number}`);
    bar.after(this.output);
  }

  get code() {
    return this.area ? this.area.value : this.original;
  }

  get isEdited() {
    return this.code !== this.original;
  }

  /** Does the lesson itself show an error here? Then the snippets below run all the same. */
  get endsInError() {
    return !this.isEdited && /^Traceback /m.test(this.printed);
  }

  say(text) {
    this.note.textContent = text;
    this.bar.querySelector("progress")?.remove();
  }

  progress(loaded, total) {
    let shown = this.bar.querySelector("progress");
    if (!shown) this.bar.append((shown = make("progress", { ariaLabel: "Loading Python" })));
    shown.max = total;
    shown.value = loaded;
    shown.textContent = `${megabytes(loaded)} of ${megabytes(total)} MB`;
  }

  /** The Run button stops while there is something to stop. */
  work(text) {
    this.busy = true;
    this.since = performance.now();
    this.nameButton("Stop");
    this.say(text);
  }

  rest(text) {
    this.busy = false;
    this.nameButton("Run");
    this.say(text);
    this.resetButton.hidden = !this.area && this.output.hidden;
  }

  nameButton(word) {
    this.runButton.textContent = word;
    this.runButton.classList.toggle("live-busy", this.busy);
    this.runButton.setAttribute("aria-label", `${word} snippet ${this.number}`);
  }

  /** Run it, after those above that have not run: as if the page were run from its top to here. */
  async run() {
    try {
      if (!worker && !(await start(this))) return;
      const above = snippets.slice(0, this.number - 1);
      // What an earlier run of these has left behind would make a second one come out otherwise.
      if ([this, ...above].some(snippet => snippet.leftVariables && (snippet === this || !snippet.hasRun))) {
        await ask({ forget: true });
        forget();
      }
      for (const before of above) {
        if (before.hasRun) continue;
        this.say("Running the snippets above first …");
        if (await before.execute()) continue;
        this.rest("A snippet above ends in an error. Mend it or reset it, then run this one again. ");
        before.bar.id = `snippet-${before.number}`;
        this.note.append(make("a", { href: `#${before.bar.id}`, textContent: "Go there" }));
        return;
      }
      this.say("Running …");
      await this.execute();
    } catch (problem) {
      if (problem instanceof Ended) return;
      end(problem instanceof Problem ? problem.message : `Something broke: ${problem.message}. ${STILL_HOLDS}`);
    }
  }

  /** Have Python run the code. Return whether the snippets below can go on. */
  async execute() {
    // On the way to another snippet, what the lesson has printed already need not be shown again.
    const show = this.busy || this.isEdited;
    const { code, name } = this;
    let text = "";
    this.clear();
    this.leftVariables = true;
    const long = setTimeout(() => this.busy && this.say("Still running. If it never ends, press Stop."), 1000 * LONG);
    const { stop, cut } = await ask({ name, code }, ({ printed }) => {
      text += printed;
      if (show) this.print(printed);
    }).finally(() => clearTimeout(long));
    const expected = this.endsInError && this.printed.trimEnd().endsWith(stop?.message ?? "nothing");
    const goesOn = !stop || expected;
    this.hasRun = goesOn && code === this.code; // it may have been changed meanwhile
    if (cut) this.print("\n… The rest is cut off.\n", "live-cut");
    if (stop && (show || !expected)) {
      this.print(stop.message, "live-error");
      this.light(stop.line);
    }
    const changedAbove = snippets.slice(0, this.number - 1).some(snippet => snippet.isEdited);
    const where = stop?.line ? ` in line ${stop.line}` : "";
    this.rest(
      expected ? "Done: the same error as in the lesson."
      : stop ? `Python stopped${where}.`
      : text === "" ? "Done. It prints nothing."
      : text === this.printed ? "Done: the same as in the lesson."
      : this.isEdited ? "Done."
      : `Done. It differs from the lesson${changedAbove ? ", because a snippet above was changed" : ""}.`,
    );
    return goesOn;
  }

  print(text, className) {
    this.output.append(className ? make("span", { className, textContent: text }) : text);
    this.output.hidden = false;
  }

  /** Light the line in which Python stopped. */
  light(line) {
    if (!this.area) this.codeLines[line - 1]?.classList.add("live-lit");
    else if (line) {
      this.area.classList.add("live-lit");
      this.area.style.setProperty("--line", line - 1);
    }
  }

  unlight() {
    for (const part of [this.area, ...this.codeLines]) part?.classList.remove("live-lit");
  }

  clear() {
    this.unlight();
    this.output.replaceChildren();
    this.output.hidden = true;
  }

  edit(code) {
    if (this.area) return; // pressed twice
    this.area = make("textarea", {
      className: "live-code", value: code, spellcheck: false, autocapitalize: "off", autocomplete: "off",
    });
    this.area.setAttribute("aria-label", `Code of snippet ${this.number}`);
    this.fit();
    this.area.oninput = () => {
      this.hasRun = false;
      this.unlight();
      if (!this.busy) this.say(""); // it spoke of what stood here before
      this.fit();
      save();
    };
    this.area.onkeydown = event => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      if (!this.busy) enqueue(this);
    };
    this.unlight();
    this.transcript.classList.add("live-away");
    this.bar.before(this.area);
    this.editButton.hidden = true;
    this.resetButton.hidden = false;
  }

  /** As many rows as lines, for browsers that do not know field-sizing. */
  fit() {
    this.area.rows = this.area.value.split("\n").length;
  }

  reset() {
    this.clear();
    if (this.isEdited) this.hasRun = false;
    this.area?.remove();
    this.area = undefined;
    save();
    this.transcript.classList.remove("live-away");
    this.editButton.hidden = false;
    this.resetButton.hidden = true;
    this.runButton.focus();
    this.say("The original is back.");
  }
}

function make(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

// ---- What the buttons do ----

let queue = Promise.resolve();

/** Run a snippet when those that were asked for before are done. */
function enqueue(snippet) {
  const life = lives;
  snippet.work("Wait a moment …");
  // Meanwhile Python may have ended, or the snippet may have run on the way to one below it.
  queue = queue.then(() => life === lives && snippet.busy && snippet.run());
}

export function press(button, clicks) {
  const snippet = snippets.find(({ bar }) => bar === button.parentNode);
  if (button === snippet.editButton) {
    snippet.edit(snippet.original);
    snippet.area.focus();
    const keys = matchMedia("(pointer: fine)").matches ? ", or Ctrl and Enter" : "";
    if (!snippet.busy) snippet.say(`Change the code, then press Run${keys}.`);
  } else if (button === snippet.resetButton) {
    snippet.reset();
  } else if (!snippet.busy) {
    enqueue(snippet);
  } else if (!clicks || performance.now() - snippet.since > DOUBLE_CLICK) { // from a key, or later
    end(STOPPED);
  }
}

/** Keep what was typed. It counts for as long as the lesson's own snippet stays the same. */
function save() {
  const typed = snippets
    .filter(({ isEdited }) => isEdited)
    .map(({ number, original, code }) => ({ number, original, code }));
  try {
    if (typed.length) localStorage.setItem(STORE, JSON.stringify(typed));
    else localStorage.removeItem(STORE);
  } catch {} // no storage: it lasts until the page is left
}

function restore() {
  try {
    for (const { number, original, code } of JSON.parse(localStorage.getItem(STORE) ?? "[]"))
      if (snippets[number - 1]?.original === original) {
        snippets[number - 1].edit(code);
        snippets[number - 1].say("This is your version. Reset brings the lesson's back.");
      }
  } catch {} // no storage, or something else is in there
}

const snippets = [...document.querySelectorAll(".live")].map((bar, n) => new Snippet(bar, n + 1));
restore();
