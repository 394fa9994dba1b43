// The page of the teacher: codes become tables by question and by what went wrong. Nothing leaves it.
import { encode, read, tally } from "./codes.js";
import { make, page, questions, table } from "./page.js";

const WHY = {
  none: "holds no code. A code is three letters, many digits, and three letters.",
  typo: "has a code with a slip: a letter or a digit is not right. Ask for it once more.",
  edition: "has a code of another edition of the lessons, with other questions. Ask the reader to load “My answers” again.",
};
const BY = [["place", "Question"], ["wrong", "Went wrong"]];
let all = [], sorted = "wrong";

/** Return some rows in the order that was chosen: as on the site, or what went wrong most often first. */
const inOrder = rows => sorted === "wrong" ? [...rows].sort((a, b) => b.wrong - a.wrong || a.place - b.place) : rows;

/** Return a head that sorts both tables when it is pressed. */
function sorter(by, words, redraw) {
  const button = make("button", { type: "button", textContent: words });
  button.dataset.sort = by;
  button.onclick = () => {
    const { name } = button.closest("[data-table]").dataset;
    sorted = by;
    redraw();
    document.querySelector(`[data-table][data-name=${name}] [data-sort=${by}]`).focus();
  };
  const head = make("th", { scope: "col" }, button);
  if (sorted === by) head.setAttribute("aria-sort", by === "wrong" ? "descending" : "ascending");
  return head;
}

function draw(codes) {
  const redraw = () => draw(codes);
  const counts = tally(codes, all);
  const questionRows = counts.map((count, place) => ({ ...count, ...all[place], place }));
  const mistakes = questionRows.flatMap(row => row.options.flatMap(([label, reason], option) =>
    option === row.right || !row.chose[option] ? [] : [{ ...row, wrong: row.chose[option], label, reason }]));
  const [question, wrong] = BY.map(([by, words]) => () => sorter(by, words, redraw));
  const byQuestion = inOrder(questionRows).map(row =>
    [`${row.name} ${row.text}`, String(row.wrong), String(row.chose[row.right]), String(row.answered)]);
  const byMistake = inOrder(mistakes).map(row =>
    [`${row.name} ${row.text}`, String(row.wrong), row.label, row.reason]);
  const byReader = codes.map(({ number, name, chosen }) => {
    const given = chosen.filter(option => option !== undefined).length;
    const right = chosen.filter((option, place) => option === all[place].right).length;
    return [`line ${number}`, name || "no name", String(given), String(right), String(given - right)];
  });
  const tables = [
    ["question", "By question", [question(), wrong(), "Right", "Answered"], byQuestion],
    ["mistake", "By what went wrong", [question(), wrong(), "They said", "They may need to hear"], byMistake],
    ["reader", "By reader", ["Line", "Name", "Answered", "Right", "Went wrong"], byReader],
  ];
  page.say("tables", ...tables.filter(([, , , rows]) => rows.length).map(([id, name, heads, rows]) => {
    const box = table(name, heads, rows);
    Object.assign(box.dataset, { table: "", name: id });
    return box;
  }));
}

function count() {
  const { codes, problems } = read(page.part("codes").value, all.map(({ key }) => key));
  const lines = codes.length + problems.length;
  const left = problems.length ? ` Look at ${problems.length === 1 ? "the other one" : `the other ${problems.length}`}:` : "";
  page.say("state", lines ? `${codes.length} of ${lines} ${lines === 1 ? "line" : "lines"} counted.${left}` : "There is no code yet. Put one on each line.");
  const told = problems.map(({ number, why, of, text }) => make("li", {},
    make("strong", { textContent: `Line ${number}` }),
    ` ${WHY[why] ?? `is the same as line ${of}, name and all. It is counted once.`} `,
    make("code", { textContent: text.slice(0, 60) })));
  page.say("problems", told.length ? make("ul", {}, ...told) : "");
  if (codes.length) draw(codes);
  else page.say("tables");
}

/** Return the codes of five made-up readers, and a line with a slip. */
function example() {
  const keys = all.map(({ key }) => key);
  const lines = ["Ada", "Ben", "Cleo", "Dan", "Eve"].map((name, reader) => {
    const chosen = all.map(({ options, right }, place) =>
      (place + reader) % 4 ? right : (place * 7 + reader) % 3 ? (right + 1) % options.length : undefined);
    return `${name}: ${encode(chosen, keys)}`;
  });
  const slip = lines[0].replace("Ada", "Fay").replace(/\d/, digit => (Number(digit) + 1) % 10);
  return [...lines, slip].join("\n");
}

/** Take over the code of a link that was followed, and take it out of the address. */
function fromLink() {
  if (!/\banswers=/.test(location.hash)) return;
  page.part("codes").value = location.href;
  history.replaceState(null, "", location.pathname);
  count();
}

page.start(async () => {
  all = await questions();
  page.on("count", count);
  page.on("example", () => {
    page.part("codes").value = example();
    count();
  });
  addEventListener("hashchange", fromLink);
  fromLink();
});
