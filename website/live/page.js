// Run, Edit, Reset and Stop under each snippet. Loaded at the first press.
// This part draws and listens; what happens between is in session.js.

import { cellFrom } from "./cell.js";
import { bytesToLoad, loadList, Problem } from "./files.js";
import { LAB, LESSON, megabytes, Session } from "./session.js";

const STORE = "live:" + location.pathname;
const isLab = !!document.querySelector(".language-python > .live");
let begun; // the number of the snippet for which loading has begun, until it comes to an end

export const session = new Session({
  isTooOld: () => !self.WebAssembly || !self.DecompressionStream || !self.Worker,
  isMetered() {
    const { saveData, type, effectiveType } = navigator.connection ?? {};
    return saveData || type === "cellular" || /2g|3g/.test(effectiveType);
  },
  memory: () => navigator.deviceMemory, // Chromium alone says it
  async loadList(signal) {
    const { files, labs, ...list } = await loadList(new URL("manifest.json", import.meta.url), signal);
    // What only labs need is left alone elsewhere, and kept.
    return isLab ? { ...list, files: [...files, ...labs], others: [] } : { ...list, files, others: labs.map(({ url }) => url) };
  },
  bytesToLoad,
  remember(number) {
    begun = number;
    save();
  },
  newWorker() {
    try {
      return new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    } catch {
      throw new Problem("This page stands in a locked frame, in which Python cannot run. Open it in a window of its own.");
    }
  },
}, isLab ? LAB : LESSON);

/** What is seen of something that runs: its button, what it says, an editor, what it printed. */
export class Place {
  area; // the editor, while there is one

  /** `word` stands on the button, and `name` says of what it is the button. */
  constructor(bar, button, word, name) {
    Object.assign(this, { bar, button, word, name, note: bar.querySelector("[role=status]") });
    this.output = make("pre", { className: "live-output", tabIndex: 0, translate: false, hidden: true }, `Output of ${name}`);
    this.output.setAttribute("role", "region");
    bar.after(this.output);
  }

  say(text) {
    this.note.textContent = text;
    this.bar.querySelector("progress")?.remove();
  }

  progress(loaded, total) {
    let shown = this.bar.querySelector("progress");
    if (!shown) this.bar.append((shown = make("progress", {}, "Loading Python")));
    shown.max = total;
    shown.value = loaded;
    shown.textContent = `${megabytes(loaded)} of ${megabytes(total)} MB`;
  }

  isBusy(busy) {
    const word = busy ? "Stop" : this.word;
    this.button.textContent = word;
    this.button.classList.toggle("live-busy", busy);
    this.button.setAttribute("aria-label", `${word} ${this.name}`);
  }

  print(text, className) {
    this.output.append(className ? make("span", { className, textContent: text }) : text);
    this.output.hidden = false;
  }

  clear() {
    this.unlight();
    this.output.replaceChildren();
    this.output.hidden = true;
  }

  /** Light the line in which Python stopped. */
  light(line) {
    if (!line) return;
    this.area.classList.add("live-lit");
    this.area.style.setProperty("--line", line - 1);
  }

  unlight() {
    this.area?.classList.remove("live-lit");
  }

  /** Make an editor: it calls `change` for what is typed, and `run` for Ctrl and Enter. */
  open(code, change, run) {
    this.area = make("textarea", {
      className: "live-code", value: code, spellcheck: false, autocapitalize: "off", autocomplete: "off",
    }, `Code of ${this.name}`);
    this.fit();
    this.area.oninput = () => {
      this.unlight();
      this.fit();
      change(this.area.value);
    };
    this.area.onkeydown = event => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      run();
    };
    this.bar.before(this.area);
  }

  /** As many rows as lines, for browsers that do not know field-sizing. */
  fit() {
    this.area.rows = this.area.value.split("\n").length;
  }
}

/** What is seen of a snippet. */
class View extends Place {
  constructor(bar, number) {
    const [runButton, editButton] = bar.children;
    super(bar, runButton, "Run", `${session.words.part} ${number}`);
    this.editButton = editButton;
    this.transcript = bar.parentNode.querySelector("pre");
    this.lines = [...this.transcript.querySelectorAll("code > span")];
    const { original, printed, drawn } = this.read();
    this.snippet = session.add(original, printed, this, drawn);

    this.resetButton = make("button", { type: "button", textContent: "Reset", hidden: true }, `Reset ${this.name}`);
    this.editButton.after(this.resetButton);
  }

  /** Return what stands in the page. Lines with a prompt are code; Python printed the others. */
  read() {
    const isCode = line => line.querySelector(".gp");
    this.codeLines = this.lines.filter(isCode);
    return {
      original: this.codeLines.map(line => line.textContent.slice(4).trimEnd()).join("\n"),
      printed: this.lines.filter(line => !isCode(line)).map(line => line.textContent).join(""),
    };
  }

  // ---- What the session shows ----

  finish() {}

  isBusy(busy) {
    super.isBusy(busy);
    if (!busy) this.resetButton.hidden = !this.area && this.output.hidden;
  }

  light(line) {
    if (this.area) super.light(line);
    else this.codeLines[line - 1]?.classList.add("live-lit");
  }

  unlight() {
    super.unlight();
    for (const line of this.codeLines) line.classList.remove("live-lit");
  }

  pointTo(other) {
    other.bar.id = `${session.words.part}-${other.snippet.number}`;
    this.note.append(make("a", { href: `#${other.bar.id}`, textContent: "Go there" }));
  }

  // ---- What the reader does ----

  edit(code) {
    if (this.area) return; // pressed twice
    const change = code => {
      this.snippet.change(code);
      save();
    };
    this.open(code, change, () => this.snippet.busy || session.press(this.snippet));
    this.unlight();
    this.transcript.classList.add("live-away");
    this.editButton.hidden = true;
    this.resetButton.hidden = false;
  }

  reset() {
    this.clear();
    this.snippet.change(this.snippet.original);
    this.area?.remove();
    this.area = undefined;
    save();
    this.transcript.classList.remove("live-away");
    this.editButton.hidden = false;
    this.resetButton.hidden = true;
    this.button.focus();
    this.say("The original is back.");
  }
}

export function make(tag, properties, label) {
  const element = Object.assign(document.createElement(tag), properties);
  if (label) element.setAttribute("aria-label", label);
  return element;
}

export function press(button, clicks) {
  const view = views.find(({ bar }) => bar === button.parentNode);
  if (button === view.button) {
    session.press(view.snippet, clicks);
  } else if (button === view.resetButton) {
    view.reset();
  } else if (button === view.aboveButton) {
    session.pressAbove(view.snippet);
  } else {
    view.edit(view.snippet.original);
    view.area.focus();
    const keys = matchMedia("(pointer: fine)").matches ? ", or Ctrl and Enter" : "";
    if (!view.snippet.busy) view.say(`Change the code, then press Run${keys}.`);
  }
}

/** Keep what was typed. It counts for as long as the lesson's own snippet stays the same. */
function save() {
  const typed = session.snippets
    .filter(({ isEdited }) => isEdited)
    .map(({ number, original, code }) => ({ number, original, code }));
  if (begun) typed.push({ begun });
  try {
    if (typed.length) localStorage.setItem(STORE, JSON.stringify(typed));
    else localStorage.removeItem(STORE);
  } catch {} // no storage: it lasts until the page is left
}

function restore() {
  try {
    for (const { number, original, code, begun } of JSON.parse(localStorage.getItem(STORE) ?? "[]")) {
      const view = views[(begun ?? number) - 1];
      if (begun && view) session.brokeOff(view.snippet);
      if (view?.snippet.original !== original) continue;
      view.edit(code);
      view.snippet.change(code);
      view.say(`This is your version. Reset brings the ${session.words.page}'s back.`);
    }
  } catch {} // no storage, or something else is in there
}

const Kind = isLab ? cellFrom(View) : View;
const views = [...document.querySelectorAll(".live")].map((bar, place) => new Kind(bar, place + 1));
restore();
// Who leaves while it loads has not broken down. A page that breaks down does not come here.
addEventListener("pagehide", () => {
  if (!begun) return;
  begun = undefined;
  save();
});
