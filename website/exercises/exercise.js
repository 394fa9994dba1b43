// An exercise is done in the page: an editor, hints, a solution, and Python that checks it.
// Loaded when the first one is opened.

import { make, Place, session } from "../../live/page.js";
import { newLine, pieces, runsFirst, Shelf } from "./words.js";

const MANY = 3; // tries after which the solution is offered
const shelf = new Shelf(() => localStorage);

let common; // what all exercises need: how they look, and what judges them

/** Make an exercise one that can be done, in the place of a paragraph that waits for it. */
export async function ask(box, place) {
  common ??= Promise.all([load("judge.py"), styled()]);
  common.catch(() => { common = undefined; });
  const [[judge], found] = await Promise.all([common, load(`${place.dataset.exercise}.json`)]);
  new Exercise(box, place, JSON.parse(found), judge);
}

async function load(name) {
  const answer = await fetch(new URL(name, import.meta.url), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.text();
}

function styled() {
  return new Promise((done, fail) => {
    const sheet = make("link", { rel: "stylesheet", href: new URL("exercise.css", import.meta.url), onload: done, onerror: fail });
    document.head.append(sheet);
  });
}

class Exercise extends Place {
  tries = 0; // that were wrong
  hinted = 0;

  constructor(box, place, found, judge) {
    const bar = make("div", { className: "exercise-bar" });
    const [check, hint, solution, reset] = ["Check", "Hint", "Solution", "Reset"].map(textContent =>
      make("button", { type: "button", textContent }, `${textContent} ${found.title}`));
    const note = make("div", { className: "said" });
    note.setAttribute("role", "status");
    bar.append(check, hint, solution, reset, note);
    const paper = make("pre", { className: "paper" }); // on it stands the code to begin with
    paper.append(make("code", { textContent: found.start, translate: false }));
    const task = make("div", { innerHTML: found.task });
    place.after(task, paper, bar);
    place.hidden = true; // it still says which exercise this is
    super(bar, check, "Check", found.title);
    const { exercise: id, of } = place.dataset;
    Object.assign(this, { box, found, judge, id, of, solutionButton: solution });
    this.trial = session.addTrial(this);

    const { code } = shelf.kept(id, of);
    this.open(code ?? found.start, typed => this.changed(typed), () => this.trial.busy || this.check());
    this.area.addEventListener("keydown", event => this.indent(event));
    if (found.before.length) this.area.before((this.first = make("p")));
    this.before();
    this.hints = make("ol", { className: "hints", hidden: true });
    this.hints.setAttribute("aria-live", "polite");
    this.solutions = make("div", { className: "solutions", hidden: true, innerHTML: found.solutions.join("<hr>") });
    this.output.after(this.hints, this.solutions);
    solution.setAttribute("aria-expanded", false);

    check.onclick = ({ detail }) => this.check(detail);
    hint.onclick = () => this.hint();
    solution.onclick = () => this.showSolution(this.solutions.hidden);
    reset.onclick = () => this.reset();
    if (shelf.isSolved(id, of)) this.mark();
    if (code !== undefined) this.say("This is what you wrote. Reset brings the start back.");
  }

  // ---- What the session shows ----

  say(sentence) {
    super.say("");
    this.note.append(...inWords(sentence));
    delete this.box.dataset.told;
  }

  /** Say what the judge has found. */
  tell({ kind, sentence, line, python }) {
    const isRight = kind === "right";
    if (isRight) {
      this.note.replaceChildren(make("strong", { textContent: "Right." }));
      this.note.insertAdjacentHTML("beforeend", ` ${this.found.right}`);
      shelf.solve(this.id, this.of);
      shelf.keep(this.id, this.of, { code: this.checked, right: this.checked });
      this.mark();
      dispatchEvent(new Event("answered")); // the marks of progress count it
    } else {
      this.tries += 1;
      const offer = this.tries < MANY || !this.solutions.hidden ? ""
        : " You have tried a few times now: there is no shame in a look at the solution.";
      this.note.replaceChildren(make("strong", { textContent: "Not yet." }), " ", ...inWords(sentence + offer));
      if (python) this.print(`${python}\n`, "live-error");
      this.light(line);
    }
    this.box.dataset.told = isRight ? "right" : "wrong";
  }

  // ---- What the reader does ----

  check(clicks) {
    if (!this.trial.busy) {
      this.checked = this.area.value;
      this.trial.question = {
        judge: this.judge,
        program: this.checked,
        check: this.found.check,
        seed: Math.floor(Math.random() * 2 ** 31),
        before: this.before(),
        given: this.found.files,
      };
    }
    session.press(this.trial, clicks);
  }

  /** Return the programs that run first: the reader's own of the steps that are solved, else ours. */
  before() {
    const steps = this.found.before.map(({ name, id, of, code }) => {
      const own = shelf.kept(id, of).right;
      return { name, isMine: own !== undefined, code: own ?? code };
    });
    if (this.first) this.first.textContent = runsFirst(steps);
    return steps.map(({ name, code }) => [name, code]);
  }

  changed(code) {
    shelf.keep(this.id, this.of, { code });
    if (!this.trial.busy) this.say(""); // what was said spoke of what stood there before
  }

  /** Enter begins a line as far in as the one above: on a phone, spaces are hard to type. */
  indent(event) {
    const { selectionStart, value } = this.area;
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing) return;
    const line = newLine(value.slice(0, selectionStart));
    // Only this way the browser can undo it. Where it cannot, there is a plain Enter.
    if (document.execCommand("insertText", false, line)) event.preventDefault();
  }

  hint() {
    const text = this.found.hints[this.hinted];
    if (text === undefined) return this.say("Those are all hints. The solution is one press away.");
    this.hinted += 1;
    this.hints.append(make("li", { innerHTML: text }));
    this.hints.hidden = false;
  }

  showSolution(isShown) {
    this.solutions.hidden = !isShown;
    this.solutionButton.setAttribute("aria-expanded", isShown);
  }

  reset() {
    this.clear();
    this.area.value = this.found.start;
    this.fit();
    shelf.keep(this.id, this.of, { code: undefined });
    this.say("The start is back.");
  }

  /** Mark it as solved, now or on an earlier visit. */
  mark() {
    if (this.box.dataset.solved) return;
    this.box.dataset.solved = "yes";
    this.box.querySelector("summary").append(make("span", { className: "solved", textContent: " ✓ solved" }));
  }
}

function inWords(sentence) {
  return pieces(sentence).map(({ text, isCode }) =>
    isCode ? make("code", { textContent: text, translate: false }) : text);
}
