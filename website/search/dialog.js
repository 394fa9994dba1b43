// Shows what was found, and lets the reader choose: with the arrows and Enter, or a press.
import { excerpt, find } from "./rank.js";

const MOST = 20;

// Begins to answer what is typed into the dialog from now on, and what has been typed already.
export function start(dialog, site) {
  const [field, status, list] = ["input", "[role=status]", "[role=listbox]"].map(part => dialog.querySelector(part));
  const home = new URL("..", import.meta.url);
  let chosen;

  const choose = option => {
    chosen?.setAttribute("aria-selected", "false");
    chosen = option;
    chosen?.setAttribute("aria-selected", "true");
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) field.setAttribute("aria-activedescendant", chosen.id);
    else field.removeAttribute("aria-activedescendant");
  };

  const answer = () => {
    const typed = field.value.trim();
    const { found, meant } = find(site, typed);
    list.replaceChildren(...found.slice(0, MOST).map((part, number) => option(part, meant, number, home)));
    field.setAttribute("aria-expanded", String(found.length > 0));
    list.scrollTop = 0;
    choose(list.firstElementChild);
    status.textContent = said(typed, found.length);
  };

  field.addEventListener("input", answer);
  field.addEventListener("keydown", event => {
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!way || !chosen) return;
    event.preventDefault();
    const options = [...list.children];
    choose(options.at((options.indexOf(chosen) + way) % options.length));
  });
  dialog.querySelector("form").addEventListener("submit", () => chosen?.click());
  list.addEventListener("click", ({ ctrlKey, metaKey, shiftKey }) => {
    if (!ctrlKey && !metaKey && !shiftKey) dialog.close(); // the place may be on this very page
  });
  answer();
}

function said(typed, count) {
  if (!typed) return "Type a word, what you see, or an error. ↑ and ↓ choose, Enter goes there, Esc closes.";
  if (!count) return `Nothing here has “${typed}”. Another word for it? The glossary has all terms.`;
  if (count > MOST) return `The best ${MOST} of ${count} parts`;
  return count === 1 ? "One part" : `${count} parts`;
}

function option({ url, id, title, heading, text, error }, meant, number, home) {
  const link = element("a");
  link.href = new URL(`${url}#${id}`, home);
  link.id = `found-${number}`;
  link.tabIndex = -1;
  link.setAttribute("role", "option");
  link.setAttribute("aria-selected", "false");
  const around = element("span");
  around.append(...excerpt(text, meant).map(([words, isMeant]) => isMeant ? element("mark", words) : words));
  link.append(element("strong", error ? `Error: ${heading}` : heading), element("small", title), around);
  return link;
}

function element(name, text = "") {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
