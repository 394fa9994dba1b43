// All answers of a reader as a short code, and many codes as counts. Nothing here knows of a page.
//
// KXB 10320 11302 QFM: three letters for the edition, which is made of the keys of all questions;
// a digit for each question in site order, 0 for no answer, else the place of the option; three
// letters that change with any of them, so that a slip of the hand is noticed. The letters I, L and
// O are not used: who types one means 1 or 0.

export const LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"; // 23, a prime: what is added up below needs one
const SYMBOLS = "0123456789" + LETTERS;
const CODE = /(?=\b([A-Z]{3})[\s-]*((?:[0-9OIL][\s-]*)+)([A-Z]{3})\b)/gi;

const letters = number => [529, 23, 1].map(place => LETTERS[Math.floor(number / place) % 23]).join("");
/** Return a number that another symbol, or two in another order, would change: 31 and 30 share no factor with 23. */
const sum = values => values.reduce((total, value) => (total * 31 + value + 1) % 12167, 7);

/** Return the three letters of an edition: other questions, other letters. */
export const edition = keys => letters(sum([...keys.join(" ")].map(letter => letter.charCodeAt(0))));

const check = text => letters(sum([...text].map(symbol => SYMBOLS.indexOf(symbol))));

/** Return the code of the chosen options (undefined for none), in the order of the keys. */
export function encode(chosen, keys) {
  const digits = keys.map((_, place) => (chosen[place] ?? -1) + 1).join("");
  const begin = edition(keys);
  return [begin, ...digits.match(/.{1,5}/g) ?? [], check(begin + digits)].join(" ");
}

/** Return the chosen options of a code in a text, or why there are none: none, typo, edition. */
export function decode(text, keys) {
  let found;
  for (const one of text.matchAll(CODE)) if (!found || one[2].length > found[2].length) found = one;
  if (!found) return { why: "none" };
  const [, begin, middle, end] = found;
  const digits = middle.replace(/[\s-]/g, "").replace(/o/gi, "0").replace(/[il]/gi, "1");
  const all = (begin + digits + end).toUpperCase();
  const place = { from: found.index, to: found.index + text.slice(found.index).indexOf(middle) + middle.length + 3 };
  if (check(all.slice(0, -3)) !== all.slice(-3)) return { why: "typo", ...place };
  if (all.slice(0, 3) !== edition(keys) || digits.length !== keys.length) return { why: "edition", ...place };
  return { chosen: [...digits].map(digit => digit === "0" ? undefined : digit - 1), ...place };
}

/** Return what stands in the part of a link behind #, for a code and a name. */
export function hash(code, name) {
  const parts = new URLSearchParams({ answers: code.replace(/ /g, "") });
  if (name) parts.set("name", name);
  return `#${parts}`;
}

/** Return a line as it would be typed, of a line that may hold a link. */
export function unlinked(line) {
  const link = line.match(/\S*#(\S*\banswers=\S+)/);
  if (!link) return line;
  const parts = new URLSearchParams(link[1]);
  const beside = line.replace(link[0], " ").trim();
  return `${parts.get("name") || beside}: ${parts.get("answers")}`;
}

/** Return what a reader's name is, of a line without its code. */
const named = text => text.replace(/^[\s:;,=–-]+|[\s:;,=–-]+$/g, "").replace(/\s+/g, " ");

/** Read many lines: who chose what, and for each other line its number and what is wrong. */
export function read(text, keys) {
  const codes = [], problems = [], seen = new Map();
  text.split(/\r?\n/).forEach((raw, index) => {
    const line = unlinked(raw), number = index + 1;
    if (!line.trim()) return;
    const { chosen, why, from, to } = decode(line, keys);
    if (why) {
      problems.push({ number, why, text: raw.trim() });
      return;
    }
    const name = named(line.slice(0, from) + " " + line.slice(to));
    const same = `${name.toLowerCase()} ${chosen}`;
    if (name && seen.has(same)) problems.push({ number, why: "twice", of: seen.get(same), text: raw.trim() });
    else {
      seen.set(same, number);
      codes.push({ number, name, chosen });
    }
  });
  return { codes, problems };
}

/** Count for each question who answered, who was right, and how often each option was chosen. */
export function tally(codes, questions) {
  return questions.map(({ options, right }, place) => {
    const chose = options.map((_, option) => codes.filter(({ chosen }) => chosen[place] === option).length);
    const answered = chose.reduce((total, count) => total + count, 0);
    return { chose, answered, right: chose[right], wrong: answered - chose[right] };
  });
}
