// Finds the parts of the site that answer what was typed. A part counts the more, the rarer the
// words are that it shares with what was typed, and most of all if they stand in its heading (the
// formula is BM25). What was typed may be cut short, have another ending, or be misspelt.

const WORD = /\d+(?:\.\d+)+|[\p{L}\p{N}_]+(?:[-'’][\p{L}\p{N}_]+)*/gu;
const SMALL = new Set("a an and are as at be by can do does for from get gets go goes have how i if in is it its me my of on or should so that the this to too up was what when where which who why will with you your".split(" "));

// What learners say, and what the lessons say.
const SAME = [
  "grow explode diverge increase", "fall decrease drop decline", "stuck plateau flat",
  "large high big", "small low tiny", "rate lr", "infinite finite inf", "scale normalize standardize",
  "heart memorize overfit", "gap missing", "kind category",
];

const REPHRASED = [
  [/\b(?:go|goes|going|went|blows?|blew|blowing) up\b/gi, "grows"],
  [/\b(?:go|goes|going|went) down\b/gi, "falls"],
];

const IN_HEADING = 5; // a word of the heading counts like so many of the text
const IN_TITLE = 0.5; // one of the page's name
const SATURATION = 1.2; // the second time that a word stands in a part counts less than the first
const LENGTH = 0.4; // how much more a long part has to share
const NAMED = 1.3; // what was typed is the heading, or stands in it as it was typed
const LOOKED_UP = [[/^evidence\//, 0.7], [/^reference\//, 0.8]]; // a lesson explains more
const PASTED = 0.6; // an error is meant only if so much of its words was typed,
const ERROR = 3; // and then it is what was meant

const OTHER_ENDING = 0.8;
const LONGER = 0.5;
const SAME_MEANING = 0.25;
const MISSPELT = 0.35;

// The words of a text as they are looked up: those inside of drop_last and cross-entropy as well.
export function wordsOf(text) {
  return (text.toLowerCase().match(WORD) ?? []).flatMap(lookedUp);
}

function lookedUp(word) {
  const pieces = word.replace(/['’]/g, "").split(/[-_]+/).filter(Boolean);
  return pieces.length > 1 ? [...pieces, pieces.join("")] : pieces;
}

const ENDINGS = [
  [/ies$/, "y"],
  [/(?<=ss|x|z|ch|sh)es$/, ""],
  [/(?<=[^su])s$/, ""],
  [/(?<=[aeiouy].+)(?:ing|ed)$/, ""],
  [/(?<=[aeiouy].*)([bdgmnprt])\1$/, "$1"],
  [/(?<=...)e$/, ""],
];

// Cuts off the usual endings: stops, stopped and stopping have one stem.
export function stem(word) {
  return word.length < 4 ? word : ENDINGS.reduce((rest, [ending, other]) => rest.replace(ending, other), word);
}

const MEANING = new Map(SAME.flatMap((words, meaning) => words.split(" ").map(word => [stem(word), meaning])));

// Reads the pages, each [address, title, parts, errors], for any number of searches. A part is
// [id, heading, text]; an error too, and what it says is its heading.
export function read(pages) {
  const parts = pages.flatMap(([url, title, ...kinds]) => kinds.flatMap((kind, error) =>
    kind.map(([id, heading, text]) => ({ url, title, error, id, heading, text, words: 0 }))));
  const places = new Map(); // of each word: the number of each part that has it, and how often
  parts.forEach((part, number) => {
    for (const [text, weight] of [[part.title, IN_TITLE], [part.heading, IN_HEADING], [part.text, 1]])
      for (const word of wordsOf(text)) {
        if (!places.has(word)) places.set(word, new Map());
        const of = places.get(word);
        of.set(number, (of.get(number) ?? 0) + weight);
        part.words += 1;
      }
  });
  const stems = new Map([...places.keys()].map(word => [word, stem(word)]));
  const usual = parts.reduce((sum, part) => sum + part.words, 0) / parts.length;
  return { parts, places, stems, usual };
}

// The parts that share a word with what was typed, the best answer first. `meant` holds the words
// of the site that may have been meant.
export function find({ parts, places, stems, usual }, typed) {
  const words = wordsOf(REPHRASED.reduce((rest, [said, meant]) => rest.replace(said, meant), typed));
  const large = words.filter(word => !SMALL.has(word));
  const asked = new Set(large.length ? large : words);
  const meant = new Set();
  const scores = new Map(); // by number of the part: its points, and how much of the question it shares
  let all = 0;
  for (const word of asked) {
    const often = new Map(); // how often each part says this word, or one like it
    for (const [like, weight] of alike(word, stems)) {
      meant.add(like);
      for (const [number, times] of places.get(like))
        often.set(number, Math.max(often.get(number) ?? 0, times * weight));
    }
    const rarity = Math.log(1 + (parts.length - often.size + 0.5) / (often.size + 0.5));
    all += rarity;
    for (const [number, times] of often) {
      const expected = SATURATION * (1 - LENGTH + LENGTH * parts[number].words / usual);
      const [points, shared] = scores.get(number) ?? [0, 0];
      scores.set(number, [points + rarity * times / (times + expected), shared + rarity]);
    }
  }
  const found = [...scores].map(([number, [points, shared]]) => {
    const part = parts[number];
    return { ...part, points: points * (shared / all) ** 2 * worth(part, asked, typed) };
  });
  found.sort((one, other) => other.points - one.points);
  for (const part of found) // an error may only know its page: here is where on it
    part.id ||= found.find(({ id, url }) => id && url === part.url)?.id ?? "";
  const told = new Set(); // a row that several pages show, or errors of one place: the best is enough
  return { meant, found: found.filter(({ points, error, url, id, heading, text }) =>
    points && told.size !== told.add(error ? `${url}#${id}` : `${heading} ${text}`).size) };
}

function worth({ url, heading, error }, asked, typed) {
  const large = wordsOf(heading).filter(word => !SMALL.has(word));
  const shared = large.filter(word => asked.has(word)).length / large.length;
  if (error) return shared < PASTED ? 0 : ERROR;
  const whole = shared === 1 && large.length === asked.size;
  const named = whole || /\S\s+\S/.test(typed) && heading.toLowerCase().includes(typed.toLowerCase().trim());
  return (LOOKED_UP.find(([address]) => address.test(url))?.[1] ?? 1) * (named ? NAMED : 1);
}

// The words of the site that a typed word may mean, and how sure that is.
function alike(word, stems) {
  const found = [];
  const bare = stem(word);
  for (const [other, itsStem] of stems) {
    if (other === word) found.push([other, 1]);
    else if (itsStem === bare) found.push([other, OTHER_ENDING]);
    else if (MEANING.has(bare) && MEANING.get(bare) === MEANING.get(itsStem)) found.push([other, SAME_MEANING]);
  }
  if (found.length) return found;
  const known = [...stems.keys()];
  const longer = known.filter(other => word.length > 1 && other.startsWith(word));
  if (longer.length) return longer.map(other => [other, LONGER]);
  if (word.length < 4 || /\d/.test(word)) return [];
  const slips = word.length < 8 ? 1 : 2;
  return known
    .filter(other => other[0] === word[0] && distance(word, other, slips) <= slips)
    .map(other => [other, MISSPELT]);
}

// How many letters were left out, added, mistaken or swapped. Beyond the limit it does not matter.
export function distance(one, other, limit) {
  if (Math.abs(one.length - other.length) > limit) return Infinity;
  let before = [];
  let row = [...Array(other.length + 1).keys()];
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] !== other[j - 1]));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row[other.length];
}

const BEFORE = 60; // letters in front of the first word that was meant
const SHOWN = 180;

// A few words of a text around what was meant, cut into [words, were they meant?].
export function excerpt(text, meant) {
  const hits = [...text.matchAll(WORD)].filter(([word]) => lookedUp(word.toLowerCase()).some(piece => meant.has(piece)));
  const first = best(hits);
  const start = first > BEFORE ? text.indexOf(" ", first - BEFORE) + 1 : 0;
  const cut = text.length > start + SHOWN;
  const end = cut ? Math.max(text.lastIndexOf(" ", start + SHOWN), start) : text.length;
  const pieces = start ? [["… ", false]] : [];
  let at = start;
  for (const { index, 0: word } of hits) {
    if (index < start) continue;
    if (index + word.length > end) break;
    pieces.push([text.slice(at, index), false], [word, true]);
    at = index + word.length;
  }
  pieces.push([text.slice(at, end) + (cut ? " …" : ""), false]);
  return pieces.filter(([words]) => words);
}

// Where the stretch begins that has most of them, each counted once.
function best(hits) {
  const counts = hits.map(({ index }) =>
    new Set(hits.filter(other => other.index >= index && other.index < index + SHOWN - BEFORE).map(([word]) => word.toLowerCase())).size);
  return hits[counts.indexOf(Math.max(...counts))]?.index ?? 0;
}
