// What is seen of a cell of a lab: as of a snippet, and in addition plots, and files that it writes.
// What the page shows since it was built stays until the reader's own result takes its place.

const HOLDS_NO_MORE = "The page describes its own plot. This one is yours, and may show something else. ";

/** Make the class of cells from that of snippets. */
export const cellFrom = View => class Cell extends View {
  constructor(bar, number) {
    super(bar, number);
    this.aboveButton = [...bar.children].find(({ textContent }) => textContent === "Run all above");
    this.own = document.createElement("div"); // what the reader's code gives
    this.own.className = "cell-own";
    this.plots = document.createElement("div");
    this.files = document.createElement("p");
    this.files.hidden = true;
    this.waiting = []; // plots that are not shown yet
    this.text = document.createElement("div"); // in all as large as the text of the page
    this.text.className = "lab-output own-text";
    this.text.hidden = true;
    this.text.append(this.output);
    this.own.append(this.text, this.plots, this.files);
    (this.built.at(-1) ?? bar.parentNode).after(this.own);
    style();
  }

  read() {
    this.codeLines = this.lines;
    this.built = [];
    let next = this.bar.parentNode.nextElementSibling;
    for (; next?.matches(".lab-output, figure.plot"); next = next.nextElementSibling) this.built.push(next);
    const found = selector => this.built.filter(part => part.matches(selector));
    return {
      original: this.lines.map(line => line.textContent).join("").trimEnd(),
      printed: found(".lab-output").map(part => part.textContent).join(""),
      drawn: found("figure").map(figure => figure.innerHTML),
    };
  }

  // ---- What the session shows ----

  print(text, className) {
    super.print(text, className);
    this.text.hidden = false;
    this.takePlace(this.built.filter(part => part.matches(".lab-output")));
  }

  /** Show a plot; but one that is probably the page's own waits for the end, so that nothing moves. */
  draw(plot) {
    this.waiting.push(plot);
    if (this.snippet.isEdited) this.showPlots();
  }

  showPlots() {
    this.plots.append(...this.waiting.splice(0).map(figureOf));
    this.takePlace(this.built);
  }

  /** Offer a file that the cell has written, for as long as the page is open. */
  offer(file) {
    this.files.append(this.files.hidden ? "Written by this cell, here in the page alone: " : ", ", ...linkTo(file));
    this.files.hidden = false;
  }

  /** The reader's result is there. If it is the page's own, that is shown. */
  finish(isSame) {
    if (isSame) this.giveBack();
    else this.showPlots();
    this.text.style.minHeight = "";
    const describes = !isSame && this.plots.childElementCount && this.snippet.drawn.length;
    if (describes) this.plots.prepend(Object.assign(document.createElement("p"), { textContent: HOLDS_NO_MORE }));
  }

  clear() {
    super.clear();
    this.giveBack();
    for (const { href } of this.files.querySelectorAll("a")) URL.revokeObjectURL(href);
    this.files.replaceChildren();
    this.files.hidden = true;
  }

  /** Hide some of what was built. As long as it runs, as much room is kept, so that nothing moves. */
  takePlace(parts) {
    const height = parts.reduce((sum, part) => sum + part.offsetHeight, 0);
    if (height) this.text.style.minHeight = `${height}px`;
    for (const part of parts) part.hidden = true;
  }

  giveBack() {
    this.waiting = [];
    this.text.style.minHeight = "";
    this.output.replaceChildren();
    this.output.hidden = true;
    this.text.hidden = true;
    this.plots.replaceChildren();
    for (const part of this.built) part.hidden = false;
  }
};

/** Return a plot as a figure. What is known of it without looking at it stands for a description. */
export function figureOf({ svg, words }) {
  const figure = document.createElement("figure");
  figure.className = "plot";
  figure.innerHTML = svg;
  const picture = figure.querySelector("svg");
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", words);
  return figure;
}

/** Return a link that saves a file, and how large it is. */
export function linkTo({ name, content }) {
  const link = document.createElement("a");
  Object.assign(link, { download: name, href: URL.createObjectURL(new Blob([content])), textContent: `Download ${name}` });
  return [link, ` (${size(content.length)})`];
}

const size = bytes => bytes < 1000 ? `${bytes} bytes` : bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

let styled = false;

/** Load how it looks: no lesson needs it. */
function style() {
  if (styled) return;
  styled = true;
  const sheet = document.createElement("link");
  Object.assign(sheet, { rel: "stylesheet", href: new URL("cell.css", import.meta.url) });
  document.head.append(sheet);
}
