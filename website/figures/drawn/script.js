// Draw a digit with a mouse, a finger or the keyboard: the network reads it while it is drawn.
import { choose, draw, frame, place, say, scales } from "../../moving/kit.js";

const [COLUMNS, ROWS] = [8, 10]; // the squares that the keyboard fills
const STEP = 3; // a point that is nearer to the last one adds nothing
const MOST = 1000; // points: the address of the page must hold them
const EMPTY = "-"; // nothing is drawn; while nothing was done at all, there is an example
const DRAWING = /^(-|([0-9a-z]{4})+(\.([0-9a-z]{4})+)*)$/;
const WAYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0], Home: [-COLUMNS, 0], End: [COLUMNS, 0] };

/** Write strokes as letters and digits, four for each point, and read them back. */
export const written = strokes => strokes.map(stroke => stroke.flat().map(n => n.toString(36).padStart(2, "0")).join("")).join(".") || EMPTY;
export const strokesOf = text => text === EMPTY ? [] : text.split(".").map(
  stroke => stroke.match(/.{4}/g).map(point => [point.slice(0, 2), point.slice(2)].map(n => parseInt(n, 36))));

export default function start(figure, { strokes: example, picture: examplesPicture, percents, told, axes }) {
  const [paper, seen, bars] = axes.map(scales);
  const [width, height] = [axes[0].xlim[1], axes[0].ylim[0]];
  const form = figure.querySelector("form");
  const svg = place(figure.querySelector("svg"), {
    role: "group", "aria-label": "Paper to draw on, the 64 numbers that the network sees, and its ten probabilities",
  });

  // ---- What is seen ----

  const pen = draw(frame(svg, axes[0]), "path");
  const grid = draw(svg, "g", { role: "grid", "aria-multiselectable": true, "aria-label": "Paper: the arrow keys move, Space fills a square or empties it" });
  const cells = Array.from({ length: ROWS }, (_, row) => {
    const line = draw(grid, "g", { role: "row" });
    return Array.from({ length: COLUMNS }, (_, column) => draw(line, "rect", {
      class: "cell", role: "gridcell", tabindex: row + column ? -1 : 0, "aria-label": `Row ${row + 1}, column ${column + 1}`,
      x: paper.x(column * width / COLUMNS), width: paper.x(width / COLUMNS) - paper.x(0),
      y: paper.y(row * height / ROWS), height: paper.y(height / ROWS) - paper.y(0),
    }));
  });
  const surface = draw(svg, "rect", { class: "paper", x: paper.x(0), y: paper.y(0), width: paper.x(width) - paper.x(0), height: paper.y(height) - paper.y(0) });
  const numbers = draw(svg, "g", { role: "img" });
  const shades = Array.from({ length: 64 }, (_, i) => draw(numbers, "rect", {
    class: "shade", x: seen.x(i % 8), y: seen.y(Math.floor(i / 8)), width: seen.x(1) - seen.x(0), height: seen.y(1) - seen.y(0),
  }));
  const inks = Array.from({ length: 64 }, (_, i) => draw(numbers, "text", { class: "middle", x: seen.x(i % 8 + 0.5), y: seen.y(Math.floor(i / 8) + 0.5) + 4 }));
  const chart = draw(svg, "g", { role: "img" });
  const columns = percents.map((_, digit) => draw(chart, "rect", { class: "prediction", x: bars.x(digit - 0.35), width: bars.x(0.7) - bars.x(0) }));
  const labels = percents.map((_, digit) => draw(chart, "text", { class: "middle", x: bars.x(digit) }));

  const centre = (row, column) => [Math.round((column + 0.5) * width / COLUMNS), (row + 0.5) * height / ROWS];
  const isAt = ([x, y]) => ([point, ...others]) => !others.length && point[0] === x && point[1] === y;

  function showPaper(strokes, isExample) {
    const isFilled = cells.map((line, row) => line.map((_, column) => strokes.some(isAt(centre(row, column)))));
    cells.forEach((line, row) => line.forEach((cell, column) => cell.setAttribute("aria-selected", isFilled[row][column])));
    place(pen, {
      class: isExample ? "ink pen example" : "ink pen",
      d: strokes.filter(({ length }) => length > 1).map(stroke => `M${stroke.map(([x, y]) => `${paper.x(x).toFixed(1)} ${paper.y(y).toFixed(1)}`).join("L")}`).join(""),
    });
  }

  function showReading(picture, chances) {
    shades.forEach((shade, i) => place(shade, { "fill-opacity": (picture?.[i] ?? 0) / 40 }));
    inks.forEach((ink, i) => { ink.textContent = picture?.[i] ?? ""; });
    columns.forEach((column, digit) => {
      const chance = chances?.[digit] ?? 0;
      place(column, { y: bars.y(chance), height: bars.y(0) - bars.y(chance) });
      place(labels[digit], { y: bars.y(chance + 0.06) }).textContent = chances ? `${Math.round(100 * chance)} %` : "";
    });
    const rows = Array.from({ length: 8 }, (_, row) => picture?.slice(8 * row, 8 * row + 8).join(" "));
    numbers.setAttribute("aria-label", picture ? `What it sees, row by row: ${rows.join(", ")}` : "It sees nothing yet");
    chart.setAttribute("aria-label", chances ? `Probabilities: ${chances.map((chance, digit) => `${digit} has ${Math.round(100 * chance)} %`).join(", ")}` : "No probabilities yet");
  }

  // ---- The network ----

  let loading, reader, network; // reader and network: once they have arrived
  let first; // the network as it arrived
  let turn = 0;

  function load() {
    loading ??= import("./read.js").catch(() => {
      throw new Error("The part that reads drawings could not be loaded. Draw on, and it is tried again.");
    }).then(async module => {
      first = network = await module.fetchNetwork(new URL("later.json", import.meta.url));
      reader = module;
    });
    loading.catch(() => { loading = undefined; });
    return loading;
  }

  /** Read a drawing that is finished: words are said of it, while others wait for the pen to rest. */
  async function read(strokes) {
    const now = ++turn;
    figure.dataset.reads = "";
    try {
      await load();
      if (now === turn) say(figure, { told: readNow(strokes) });
    } catch ({ message }) {
      if (now !== turn) return;
      showReading();
      say(figure, { told: message });
    } finally {
      if (now === turn) delete figure.dataset.reads;
    }
  }

  function readNow(strokes) {
    const picture = reader.prepare(strokes);
    const chances = picture && reader.probabilities(network, picture);
    showReading(picture, chances);
    if (strokes.flat().length >= MOST) return "The paper is full. Clear it, or undo a stroke, to draw on.";
    return picture ? reader.words(chances) : "That is too small to be read. Draw a whole digit.";
  }

  // ---- What the reader does ----

  const past = [];
  let now, reading; // the drawing in the address, and what waits for its reading
  const change = choose(figure, { drawing: { start: "", read: text => DRAWING.test(text) && text.length < 5 * MOST && fits(text) ? text : undefined } }, ({ drawing }) => {
    now = drawing;
    const strokes = drawing ? strokesOf(drawing) : example;
    showPaper(strokes, !drawing);
    if (strokes.length && drawing) return void (reading = read(strokes));
    turn++;
    showReading(...drawing ? [] : [examplesPicture, percents.map(percent => percent / 100)]);
    say(figure, { told: drawing ? "Nothing is drawn, so nothing is read." : told });
  });

  function fits(text) {
    return strokesOf(text).flat().every(([x, y]) => x <= width && y <= height);
  }

  const drawn = () => now ? strokesOf(now) : [];

  function put(strokes) {
    past.push(now);
    change({ drawing: written(strokes) });
  }

  let pointer, stroke, frameAsked; // the finger that draws, and what it has drawn
  const pointed = ({ clientX, clientY }) => {
    const box = surface.getBoundingClientRect();
    const within = (share, most) => Math.round(Math.min(1, Math.max(0, share)) * most);
    return [within((clientX - box.left) / box.width, width), within((clientY - box.top) / box.height, height)];
  };
  // A finger on the paper draws, and does not move the page. (Not every browser obeys touch-action in an SVG.)
  surface.addEventListener("touchstart", event => event.preventDefault(), { passive: false });
  surface.addEventListener("pointerdown", event => {
    if (pointer !== undefined || event.button) return; // a second finger, another button
    pointer = event.pointerId;
    surface.setPointerCapture(pointer);
    stroke = [pointed(event)];
    load().catch(() => {});
  });
  surface.addEventListener("pointermove", event => {
    if (event.pointerId !== pointer) return;
    for (const each of event.getCoalescedEvents?.() ?? [event]) {
      const point = pointed(each);
      const [x, y] = stroke.at(-1);
      const isFull = drawn().flat().length + stroke.length >= MOST;
      if (!isFull && Math.abs(point[0] - x) + Math.abs(point[1] - y) >= STEP) stroke.push(point);
    }
    frameAsked ??= requestAnimationFrame(() => {
      frameAsked = undefined;
      if (!stroke) return;
      const strokes = [...drawn(), stroke];
      showPaper(strokes);
      if (reader) readNow(strokes);
    });
  });
  for (const end of ["pointerup", "pointercancel"]) {
    surface.addEventListener(end, event => {
      if (event.pointerId !== pointer) return;
      const strokes = [...drawn(), stroke];
      pointer = stroke = undefined;
      put(strokes);
    });
  }

  function fill(row, column) {
    const strokes = drawn();
    const others = strokes.filter(each => !isAt(centre(row, column))(each));
    put(others.length < strokes.length ? others : [...strokes, [centre(row, column)]]);
  }

  const placeOf = cell => {
    const row = cells.findIndex(line => line.includes(cell));
    return [row, cells[row]?.indexOf(cell)];
  };
  grid.addEventListener("keydown", event => {
    const [row, column] = placeOf(event.target);
    if (event.key === " " || event.key === "Enter") fill(row, column);
    else if (event.key in WAYS && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const [right, down] = WAYS[event.key];
      const to = cells[Math.min(ROWS - 1, Math.max(0, row + down))][Math.min(COLUMNS - 1, Math.max(0, column + right))];
      to.focus();
    } else if (event.key === "Backspace" || (event.key === "z" && (event.ctrlKey || event.metaKey))) undo();
    else return;
    event.preventDefault();
  });
  grid.addEventListener("focusin", ({ target }) => { // Tab leads back to the square that was left
    grid.querySelector("[tabindex='0']").setAttribute("tabindex", -1);
    target.setAttribute("tabindex", 0);
  });
  grid.addEventListener("click", ({ target }) => fill(...placeOf(target))); // a screen reader's

  function undo() {
    if (past.length) change({ drawing: past.pop() });
    else say(figure, { told: "There is nothing to undo." });
  }
  form.querySelector(".undo").addEventListener("click", undo);
  form.querySelector(".clear").addEventListener("click", () => put([]));
  form.addEventListener("reset", () => {
    past.length = 0;
    added.length = 0;
    network = first;
    form.elements.meant.value = "";
    note.textContent = "";
  });

  // ---- Train again: by nnbasics, in Python, see again.js ----

  const meant = form.elements.meant;
  const mend = form.querySelector(".mend");
  const again = mend.querySelector("button");
  const note = mend.querySelector("[role=status]");
  const added = []; // the reader's drawings: {picture, label}
  let trainer;
  for (let digit = 0; digit < 10; digit++) meant.add(new Option(digit, digit));

  again.addEventListener("click", async ({ detail }) => {
    if (trainer?.isBusy) return trainer.press(detail);
    note.textContent = "One moment …";
    try {
      await load();
      const picture = now && reader.prepare(drawn());
      if (!picture) return void (note.textContent = "Draw a digit first.");
      if (!meant.value) return void (note.textContent = "Say first which digit you drew.");
      trainer ??= await import("./again.js").then(
        module => module.newTrainer(mend, again),
        () => { throw new Error("What trains could not be loaded. Your drawing is still here. Press again to try once more."); },
      );
      const drawing = { picture, label: Number(meant.value) };
      trainer.train([...added, drawing], network, reader, trained => {
        network = trained;
        added.push(drawing);
        if (now) reading = read(drawn());
      });
      trainer.press(detail);
    } catch ({ message }) {
      note.textContent = message;
    }
  });

  return reading;
}
