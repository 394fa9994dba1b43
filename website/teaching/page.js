// What the pages of readers and of teachers share: their parts, tables, and the questions.

export const site = new URL("../../", import.meta.url).href;

/** Load the questions. They are asked for on these pages alone. */
export async function questions() {
  const answer = await fetch(new URL("all.json", import.meta.url));
  if (!answer.ok) throw Error(`all.json: ${answer.status}`);
  return answer.json();
}

export function make(tag, properties, ...inside) {
  const part = Object.assign(document.createElement(tag), properties);
  part.append(...inside);
  return part;
}

/** Return words in a row: a, b and c. */
export const list = words => words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;

export const page = {
  part: name => document.querySelector(`[data-part=${name}]`),
  doing: name => document.querySelector(`[data-do=${name}]`),
  found: name => document.querySelector(`[data-say=${name}]`),
  said: name => page.found(name).textContent,
  say: (name, ...words) => page.found(name).replaceChildren(...words),
  on: (name, act) => Object.assign(page.doing(name), { disabled: false, onclick: act }),
  /** Begin, or say that something did not arrive. */
  start: begin => begin().catch(problem => {
    page.say("state", "Something of this page did not arrive: a file is missing, or there is no connection. Load the page again to try once more.");
    console.warn("not started:", problem);
  }),
};

/** Return a table that scrolls inside itself. A head is its words, or an object of a th's own. */
export function table(name, heads, rows) {
  const cells = heads.map(head => head.nodeType ? head : make("th", { scope: "col", textContent: head }));
  const body = rows.map(([first, ...rest]) => {
    const row = make("tr", {}, make("th", { scope: "row" }, first));
    row.append(...rest.map(cell => make("td", {}, cell)));
    return row;
  });
  const box = make("div", { className: "table", tabIndex: 0 });
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", name);
  const caption = make("caption", { textContent: name });
  box.append(make("table", { className: "numbers" }, caption, make("thead", {}, make("tr", {}, ...cells)), make("tbody", {}, ...body)));
  return box;
}
