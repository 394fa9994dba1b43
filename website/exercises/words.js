// What an exercise says and keeps, without the page. Tests run it in Node (words.test.js).

const SOLVED = "exercises"; // {name: of} of all that were solved; `of` stands for task and start

/** Cut a sentence at its `code`: every second piece is some. */
export function pieces(sentence) {
  return sentence.split("`").map((text, place) => ({ text, isCode: place % 2 === 1 }));
}

/** Return what Enter puts in behind some code: a line as far in as the last, or one step further. */
export function newLine(before) {
  const line = before.slice(before.lastIndexOf("\n") + 1);
  return "\n" + line.match(/^ */)[0] + (/:\s*(#.*)?$/.test(line) ? "    " : "");
}

/** Say whose steps run before this one. */
export function runsFirst(steps) {
  const [own, ours] = [true, false].map(mine => steps.filter(({ isMine }) => isMine === mine).map(({ name }) => name));
  const join = names => names.join(", ").replace(/, (?=[^,]*$)/, " and ");
  const runs = names => (names.length > 1 ? "run" : "runs");
  const rest = `our ${join(ours)}`;
  const why = "solve it, and yours runs in its place.";
  if (!steps.length) return "";
  if (!ours.length) return `Your own ${join(own)} ${runs(own)} first.`;
  if (!own.length) return `O${rest.slice(1)} ${runs(ours)} first: ${why}`;
  return `Your own ${join(own)} ${runs(own)} first, and ${rest}: ${why}`;
}

/** What is kept from visit to visit; where nothing can be kept, it lasts until the page is left. */
export class Shelf {
  #here = new Map();
  #storage;

  /** `storage` is a function, since some browsers refuse even to name theirs. */
  constructor(storage) {
    this.#storage = storage;
  }

  /** Return what was typed for an exercise, and what was right of it: if it is still the same one. */
  kept(name, of) {
    const kept = this.#read(`exercise:${name}`);
    return kept?.of === of ? kept : {};
  }

  keep(name, of, news) {
    this.#write(`exercise:${name}`, { ...this.kept(name, of), of, ...news });
  }

  isSolved(name, of) {
    return this.#read(SOLVED)?.[name] === of;
  }

  solve(name, of) {
    this.#write(SOLVED, { ...this.#read(SOLVED), [name]: of });
  }

  #read(key) {
    try {
      return JSON.parse(this.#storage().getItem(key)) ?? this.#here.get(key);
    } catch {
      return this.#here.get(key); // no storage, or something else is in there
    }
  }

  #write(key, value) {
    this.#here.set(key, value);
    try {
      this.#storage().setItem(key, JSON.stringify(value));
    } catch {} // no storage
  }
}
