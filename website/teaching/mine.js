// The page of one reader: what was answered, a code to hand in, and what the browser keeps.
import { encode, hash } from "./codes.js";
import * as keep from "./keep.js";
import { list, make, page, questions, site, table } from "./page.js";

const storage = keep.store();
const path = new URL(site).pathname;
const withSnippets = () => page.part("snippets").checked;
const things = count => count === 1 ? "1 thing" : `${count} things`;
let all = [];

/** Return the chosen options in site order. What was answered to a question that has changed is left out. */
function chosen() {
  const kept = storage ? keep.answers(storage) : {};
  return all.map(({ key, options }) => options[kept[key]] ? kept[key] : undefined);
}

function show() {
  const mine = chosen();
  const count = mine.filter(option => option !== undefined).length;
  const right = mine.filter((option, place) => option === all[place].right).length;
  const others = storage ? Object.keys(keep.answers(storage)).length - count : 0;
  page.say("state", [
    storage ? `You answered ${count} of ${all.length} questions, ${right} of them right.` : "Your browser keeps nothing for this site, so your answers last only until you leave a lesson. There is nothing to hand in, to copy or to erase.",
    others > 0 ? ` ${others} more belong to questions that have changed since.` : "",
  ].join(""));
  const rows = all.flatMap((question, place) => {
    const option = mine[place];
    if (option === undefined) return [];
    const link = make("a", { href: site + question.page, textContent: question.name });
    const verdict = option === question.right ? "right" : "not quite";
    return [[link, question.text, question.options[option][0], verdict]];
  });
  page.say("answers", rows.length ? table("Your answers", ["Lesson", "Question", "You said", "It is"], rows) : "");
  showCode();
}

function showCode() {
  const name = page.part("name").value.trim();
  const code = encode(chosen(), all.map(({ key }) => key));
  const address = `${site}class/${hash(code, name)}`;
  page.say("code", (name ? `${name}: ` : "") + code);
  page.part("link").href = address;
  page.say("hand", "");
}

async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    page.say("hand", `${what} is copied.`);
  } catch {
    page.say("hand", "Your browser lets no page copy. Select the code, and copy it yourself.");
  }
}

function download() {
  const file = new Blob([keep.exported(storage, path, withSnippets())], { type: "application/json" });
  const link = make("a", { href: URL.createObjectURL(file), download: "my-answers.json" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  page.say("keep", `A copy of ${things(keep.keys(storage, path, withSnippets()).length)} is in your downloads.`);
}

const WORDS = { answers: "your answers", exercises: "your exercises", progress: "what you have read" };

function askBeforeErasing() {
  const kept = keep.keys(storage, path, withSnippets());
  const called = kept.map(key => WORDS[key.replace(/^exercise:.*/, "exercises")]);
  const snippets = called.filter(words => !words).length;
  const words = [...new Set(called)].filter(Boolean);
  if (snippets) words.push(`what you typed into snippets on ${snippets === 1 ? "1 page" : `${snippets} pages`}`);
  if (!words.length) {
    page.say("keep", "There is nothing to erase.");
    return;
  }
  page.say("keep", `This erases ${list(words)}, for good. Do you want that? The colours that you chose stay.`);
  page.part("sure").hidden = false;
  page.doing("keep").focus();
}

function answered(words) {
  page.part("sure").hidden = true;
  page.say("keep", words);
  page.doing("erase").focus();
}

async function bringBack({ target }) {
  const [file] = target.files;
  if (!file) return;
  const text = await file.text();
  target.value = "";
  try {
    const count = keep.imported(storage, path, text);
    page.say("keep", count ? `Brought back: ${things(count)}.` : `${file.name} is no copy that this page has made. Nothing was changed.`);
  } catch {
    page.say("keep", "Your browser has no room for all of that copy.");
  }
  show();
}

page.start(async () => {
  all = await questions();
  page.part("name").oninput = showCode;
  page.on("copy-code", () => copy(page.said("code"), "The code"));
  page.on("copy-link", () => copy(page.part("link").href, "The link"));
  if (storage) {
    page.on("export", download);
    page.on("erase", askBeforeErasing);
    page.on("keep", () => answered("Nothing was erased."));
    page.on("erase-now", () => {
      const count = keep.erased(storage, path, withSnippets());
      show();
      answered(`Erased: ${things(count)}.`);
    });
    page.part("file").disabled = false;
    page.part("file").onchange = bringBack;
  }
  show();
  addEventListener("storage", show); // answered in another window meanwhile
  addEventListener("pageshow", ({ persisted }) => persisted && show());
});
