// Deal the deck: the cards glide from their fan into the batches, in the order in which nnbasics
// shuffled them.
import { choose, draw, place, play, say } from "../../moving/kit.js";

const list = new Intl.ListFormat("en-GB"); // 32, 32, 32 and 4
/** Say how many cards, or how many batches, there are. */
const count = (number, thing) => `${number} ${thing}${number === 1 ? "" : thing.endsWith("h") ? "es" : "s"}`;
const upTo = last => Array.from({ length: last + 1 }, (_, number) => number);

export default function start(figure, { start, cards, epochs, orders, batches, trays, columns, card, fan }) {
  const svg = figure.querySelector("svg");
  const table = draw(svg, "g");
  const note = draw(svg, "text", { x: fan.x, y: fan.note, "text-anchor": "middle" });
  const { width, height } = card;
  const sorted = upTo(cards - 1);
  const deck = sorted.map(number => draw(svg, "rect", {
    class: "card", x: -width / 2, y: -height / 2, width, height, opacity: 0.15 + 0.8 * number / cards,
  }));

  const updates = size => epochs * batches[size].length;
  const choices = {
    size: { start: start.size, values: Object.keys(batches).map(Number), words: ({ size }) => `${count(size, "card")}, ${count(batches[size].length, "batch")}` },
    dealt: { start: start.dealt, values: ({ size }) => upTo(updates(size)), words: state => where(state) },
    shuffled: { start: start.shuffled, values: [true, false] },
  };
  let now, laid;
  const change = choose(figure, choices, show);
  // Another size is another deal. This is heard before the form hears of the size.
  figure.querySelector("[name=size]").addEventListener("input", () => { now.dealt = 0; });

  play(figure.querySelector(".play"), () => {
    const all = updates(now.size);
    const dealt = now.dealt % all + 1; // from the start again when all is dealt
    change({ dealt });
    if (dealt < all) return inEpoch(now) < batches[now.size].length ? Math.max(50, 2500 / batches[now.size].length) : 1500;
  });

  /** Return the epoch that is being dealt, from 0. An epoch is over when its last batch is dealt. */
  function epochOf({ size, dealt }) {
    return Math.max(0, Math.ceil(dealt / batches[size].length) - 1);
  }

  /** Return how many batches of its epoch are dealt. */
  function inEpoch(state) {
    return state.dealt - epochOf(state) * batches[state.size].length;
  }

  function where(state) {
    return `Epoch ${epochOf(state) + 1} of ${epochs}, batch ${inEpoch(state)} of ${batches[state.size].length}`;
  }

  function show(state) {
    now = state;
    const { size, dealt, shuffled } = state;
    const lengths = batches[size];
    if (laid !== size) {
      laid = size;
      table.replaceChildren();
      for (const [x, y, width, height] of trays[size]) draw(table, "rect", { class: "tray", x, y, width, height, rx: 3 });
    }
    [...table.children].forEach((tray, batch) => tray.classList.toggle("now", batch === inEpoch(state) - 1));

    const order = shuffled ? orders[epochOf(state)] : sorted;
    let left = cards;
    order.forEach((number, position) => {
      const batch = Math.floor(position / size);
      const [x, y] = trays[size][batch];
      const inBatch = position % size;
      const row = Math.floor(inBatch / columns[size]);
      if (batch < inEpoch(state)) {
        left--;
        const column = inBatch % columns[size];
        put(deck[number], x + card.left + column * card.across + width / 2, y + card.top + row * card.down + height / 2);
      } else {
        put(deck[number], fan.x, fan.y, fan.spread * ((position + 0.5) / cards - 0.5), fan.radius, fan.width / width, fan.height / height);
      }
      deck[number].style.transitionDelay = `${inBatch % 32 * 6}ms`; // one after another
    });

    const inDeck = `${count(left, "card")} in the deck`;
    note.textContent = inDeck;
    const epoch = epochOf(state) + 1;
    const over = inEpoch(state) === lengths.length;
    const full = lengths.filter(length => length === size).length;
    const short = lengths.at(-1) < size ? ` and 1 of ${lengths.at(-1)}` : "";
    place(svg, { "aria-label": `${where(state)}. ${inDeck}.` });
    say(figure, {
      where: over ? "" : where(state),
      over: over ? `Epoch ${epoch} done, each card dealt ${["once", "twice"][epoch - 1] ?? `${epoch} times`}` : "",
      sizes: lengths.length > 1 && lengths.length < 5 ? `Batches of ${list.format(lengths.map(String))} cards` : `${count(full, "batch")} of ${count(size, "card")}${short}`,
      formula: `ceil(${cards} / ${size}) × ${epochs} = ${lengths.length} × ${epochs} = ${updates(size)}`,
      size,
      dealt,
    });
  }
}

/** Put a card in its place: turned around a point, some way above it, and as large as it looks there. */
function put(card, x, y, turn = 0, above = 0, wide = 1, high = 1) {
  card.style.transform = `translate(${x}px, ${y}px) rotate(${turn}deg) translateY(${-above}px) scale(${wide}, ${high})`;
}
