// A file of the reader's own in lab 5: it is read in the page, and the lab's code learns from it.
// The file stays what the browser holds it for: each step hands it to Python anew, and nobody else.

import { figureOf, linkTo } from "./cell.js";
import { make, Place, session } from "./page.js";

const MOST = 5e6; // bytes, as in own_data.py: what is more is not even read
const PATIENCE = 60; // seconds to learn from it
const KINDS = {
  number: "numbers",
  kind: "kinds",
  date: "dates",
  text: "texts, nearly all different",
  constant: "always the same",
  empty: "empty",
};
const LEFT_OUT = {
  date: "A network needs numbers: make a column of days or of years out of it.",
  text: "There are too many different ones to learn from.",
  constant: "It never changes, so it says nothing.",
  empty: "There is nothing in it.",
};

class OwnData extends Place {
  decimals = {}; // of columns whose numbers are unclear

  constructor(box) {
    const bar = box.querySelector(".own-bar");
    const button = bar.querySelector("button");
    super(bar, button, "Look at it", "your file");
    this.wheel = box.dataset.package;
    this.found = make("div", { className: "own-found" });
    this.plots = make("div");
    this.files = make("p", { hidden: true });
    bar.after(this.found);
    box.append(this.output, this.plots, this.files);
    this.trial = session.addTrial(this);
    Object.assign(this.trial, {
      button: "Look at it",
      holds: "Your file is where it was.",
      stopped: "Stopped. Your file is where it was.",
      patience: PATIENCE,
      tooLong: () => `It was stopped: after ${PATIENCE} seconds it was not done. Take fewer rows or columns.`,
    });
    button.onclick = ({ detail }) => this.press(() => this.look(), detail);
    button.hidden = false;
  }

  take(file) {
    this.file = file;
    this.decimals = {};
    if (this.trial.busy) session.press(this.trial);
    this.press(() => this.look());
  }

  press(ask, clicks) {
    if (this.trial.busy) session.press(this.trial, clicks);
    else ask();
  }

  look() {
    this.found.replaceChildren();
    this.ask(found => this.show(found), {});
  }

  /** Ask Python about the file, and hand its answer on. */
  async ask(answer, question) {
    const { file, decimals } = this;
    this.clear();
    if (file.size > MOST) {
      return this.say(`${file.name} has ${(file.size / 1e6).toFixed(1)} MB, and ${MOST / 1e6} MB is the most that this page reads. Take fewer rows, or run the lab on your computer.`);
    }
    let content;
    try {
      content = await file.arrayBuffer();
    } catch {
      return this.say(`${file.name} cannot be read any more: it was changed or moved. Choose it again.`);
    }
    this.answer = answer;
    const name = file.name.replace(/[^\w .()\-]/g, "_");
    this.trial.question = { own: { name, content, decimals, ...question } };
    session.press(this.trial);
  }

  // ---- What the session shows ----

  tell(verdict) {
    this.answer(verdict);
  }

  draw(plot) {
    this.plots.append(figureOf(plot));
  }

  offer(file) {
    this.files.append(this.files.hidden ? "To save: " : ", ", ...linkTo(file));
    this.files.hidden = false;
  }

  clear() {
    super.clear();
    this.plots.replaceChildren();
    this.files.replaceChildren();
    this.files.hidden = true;
  }

  /** Show what was found in the file, and ask what to do with it. */
  show(verdict) {
    const { refused, rows, notes, columns, problems } = JSON.parse(verdict);
    if (refused) return this.say(refused);
    this.say(`${this.file.name} was read, in this page alone. Rows that fit the header: ${rows}.`);
    const parts = [];
    if (notes.length) parts.push(list(notes));
    parts.push(tableOf(columns), ...this.plots.childNodes);
    if (problems.length) parts.push(make("p", { textContent: "These rows do not fit the header. They are left out:" }), list(problems));
    for (const column of columns.filter(({ unclear }) => unclear)) parts.push(this.askUnclear(column));
    this.found.replaceChildren(...parts, this.choices(columns));
  }

  /** Ask whether 4.200 is a little more than four, or thousands. */
  askUnclear({ name, unclear }) {
    const [point, comma] = [".", ","].map(decimal => unclear.includes(decimal) ? unclear.replace(decimal, ".") : unclear.replace(/[.,]/, ""));
    const select = choice([[".", Number(point)], [",", Number(comma)]], this.decimals[name] ?? (unclear.includes(",") ? "," : "."));
    select.onchange = () => {
      this.decimals[name] = select.value;
      this.look();
    };
    return labelled(`In ${name} stands ${unclear}. It is`, select);
  }

  choices(columns) {
    const usable = columns.filter(({ kind }) => kind === "number" || kind === "kind");
    const box = make("div");
    const target = choice(usable.map(({ name }) => [name, name]), usable.at(-1)?.name);
    const as = make("select");
    const gaps = choice([["leave out", "leave their rows out"], ["fill", "fill them with the mean of the training rows"]]);
    const inputs = make("fieldset");
    const change = () => {
      const { kind } = usable.find(({ name }) => name === target.value);
      as.replaceChildren(...options(kind === "number" ? [["amount", "an amount"], ["kind", "a kind"]] : [["kind", "a kind"]]));
      inputs.replaceChildren(make("legend", { textContent: "Predict it from" }));
      for (const { name, kind } of usable) {
        if (kind !== "number" || name === target.value) continue;
        inputs.append(labelled(name, make("input", { type: "checkbox", value: name, checked: true }), true));
      }
      if (inputs.childElementCount === 1) inputs.append("There is no other column of numbers.");
    };
    if (!usable.length) {
      box.append(make("p", { textContent: "There is no column of numbers or kinds to learn from." }));
      return box;
    }
    target.onchange = change;
    change();
    const train = make("button", { type: "button", textContent: "Train on it" });
    train.onclick = ({ detail }) => this.press(() => this.ask(said => this.say(said || "Done: this is what the lab's own functions learned from your file."), {
      lab: session.snippets.map(({ original }) => original),
      choices: {
        target: target.value,
        is_kind: as.value === "kind",
        inputs: [...inputs.querySelectorAll(":checked")].map(({ value }) => value),
        gaps: gaps.value,
        decimals: this.decimals,
        wheel: new URL(`../${this.wheel}`, import.meta.url).href, // what the saved notebook installs
      },
    }), detail);
    const bar = make("div", { className: "exercise-bar" });
    bar.append(train);
    box.append(labelled("Predict", target), labelled("It is", as), inputs, labelled("Gaps in these columns:", gaps), bar);
    return box;
  }
}

function tableOf(columns) {
  const table = make("table", { className: "numbers" });
  const row = (cells, tag) => {
    const line = make("tr");
    line.append(...cells.map(textContent => make(tag, { textContent })));
    return line;
  };
  const head = make("thead");
  const body = make("tbody");
  head.append(row(["Column", "What is in it", "Values", "Gaps", "Far from the others"], "th"));
  for (const { name, kind, values, gaps, far } of columns) {
    const why = LEFT_OUT[kind] ? `. ${LEFT_OUT[kind]}` : "";
    body.append(row([name, KINDS[kind] + why, values, gaps, far], "td"));
  }
  table.append(head, body);
  const box = make("div", { className: "table own-table", tabIndex: 0 }, "The columns of your file");
  box.setAttribute("role", "group");
  box.append(table);
  return box;
}

function list(texts) {
  const found = make("ul");
  found.append(...texts.map(textContent => make("li", { textContent })));
  return found;
}

const options = pairs => pairs.map(([value, textContent]) => make("option", { value, textContent }));

function choice(pairs, chosen) {
  const select = make("select");
  select.append(...options(pairs));
  if (chosen !== undefined) select.value = chosen;
  return select;
}

let controls = 0;

function labelled(text, control, isBehind) {
  control.id = `own-${(controls += 1)}`;
  const label = make("label", { htmlFor: control.id, textContent: text });
  const line = make("div", { className: "own-choice" });
  line.append(...(isBehind ? [control, " ", label] : [label, " ", control]));
  return line;
}

let own;

export function take(input) {
  const [file] = input.files;
  if (!file) return;
  own ??= new OwnData(input.closest(".own-data"));
  own.take(file);
}
