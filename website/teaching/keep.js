// What this site keeps in the browser: to be looked at, copied into a file, brought back, erased.

const OWN = /^(answers|exercises|exercise:.*|progress)$/;
const LIVE = "live:"; // what was typed into snippets, by the path of the page
const SIGN = "nnbasics";

/** Return where the browser keeps things, or undefined if it keeps nothing. */
export function store() {
  try {
    localStorage.setItem("keeps", "");
    localStorage.removeItem("keeps");
    return localStorage;
  } catch {
    return undefined;
  }
}

/** Return the keys of what this site keeps; with what was typed into its snippets, if asked for. */
export function keys(storage, path, withSnippets) {
  const all = Array.from({ length: storage.length }, (_, place) => storage.key(place));
  return all.filter(key => OWN.test(key) || (withSnippets && key.startsWith(LIVE + path))).sort();
}

/** Return the answers that are kept, by the key of each question. */
export function answers(storage) {
  try {
    const kept = JSON.parse(storage.getItem("answers"));
    // Below 0 is none: a prediction was looked at without a guess.
    return Object.fromEntries(Object.entries(kept).filter(([, option]) => option >= 0));
  } catch {
    return {}; // something else is in there
  }
}

/** Return all that is kept as the text of a file, wherever on the web the site may stand. */
export function exported(storage, path, withSnippets) {
  const kept = keys(storage, path, withSnippets).map(key => [key.replace(LIVE + path, LIVE), storage.getItem(key)]);
  return JSON.stringify({ [SIGN]: 1, kept: Object.fromEntries(kept) }, null, 1);
}

/** Keep what stands in the text of a file, and return how many things; none if it is another file. */
export function imported(storage, path, text) {
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    return 0;
  }
  if (file?.[SIGN] !== 1 || typeof file.kept !== "object") return 0;
  const known = Object.entries(file.kept ?? {}).filter(([key, value]) =>
    typeof value === "string" && (OWN.test(key) || key.startsWith(LIVE)));
  for (const [key, value] of known) storage.setItem(key.startsWith(LIVE) ? LIVE + path + key.slice(LIVE.length) : key, value);
  return known.length;
}

/** Erase all that is kept, and return how many things. */
export function erased(storage, path, withSnippets) {
  const all = keys(storage, path, withSnippets);
  for (const key of all) storage.removeItem(key);
  return all.length;
}
