// A question is answered: its options become buttons, or a field for a number.

const STORE = "answers";

/** Return what numbers a text may mean: 2,303 is 2.303 or 2303, −3 is -3; a unit may follow. */
export function numbers(text) {
  const ways = [text.replace(",", "."), text.replace(/,/g, "")];
  return ways.flatMap(way => way.replace("−", "-").match(/-?(?:\d+\.?\d*|\.\d+)/) ?? []).map(Number);
}

const decimals = value => (String(value).split(".")[1] ?? "").length;

/** Return which of some values a typed number is, rounded to one place or more; −1 for none. */
export function meant(typed, values) {
  const far = values.map(known => {
    const most = decimals(known);
    return Math.min(...numbers(typed).map(value => {
      const least = Math.min(most, Math.max(1, decimals(value)));
      const away = Math.abs(value - known);
      return away <= 0.5 * 10 ** -least * (most > 0) + 1e-9 ? away : Infinity;
    }));
  });
  const nearest = Math.min(...far);
  return nearest < Infinity ? far.indexOf(nearest) : -1;
}

/** Make a question one that can be answered, and show what was answered before. */
export function ask(box) {
  const list = box.querySelector(":scope > ul");
  const options = [...list.children].map(item => {
    const label = item.querySelector(":scope > strong");
    const reason = make("span", { className: "reason" });
    while (label.nextSibling) reason.append(label.nextSibling);
    item.append(reason);
    return { item, label, reason, text: label.textContent, isRight: item.classList.contains("right") };
  });
  const said = make("p", { className: "said" });
  said.setAttribute("role", "status");
  const key = box.querySelector("summary").textContent + options.map(({ text }) => text).join("|");

  /** Say why an option is right or wrong. */
  const answer = (option, verdict = option.isRight ? "Right." : "Not quite.") => {
    for (const { item } of options) item.classList.toggle("chosen", option.item === item);
    said.replaceChildren(make("strong", { textContent: verdict }), ...option.reason.cloneNode(true).childNodes);
    box.dataset.asked = option.isRight ? "right" : "wrong";
    keep(key, option.text);
  };

  const values = options.map(({ item }) => Number(item.dataset.value));
  if (!values.some(Number.isNaN)) {
    const field = make("input", { type: "text", inputMode: "decimal", autocomplete: "off", size: 8 });
    field.setAttribute("aria-label", "Your answer, a number");
    const form = make("form", { className: "answer" });
    const shows = make("button", { type: "button", textContent: "Show the answer" });
    form.append(field, make("button", { textContent: "Check" }), shows);
    form.onsubmit = event => {
      event.preventDefault();
      const found = options[meant(field.value, values)];
      if (found) answer(found);
      else if (!numbers(field.value).length) said.textContent = "Type a number, such as 2.5.";
      else said.textContent = "Not that. Work it out once more, or look at the answer.";
    };
    const right = options.find(({ isRight }) => isRight);
    shows.onclick = () => answer(right, `It is ${right.text}.`);
    list.classList.add("typed");
    list.after(form);
    field.value = kept(key) ?? "";
  } else {
    for (const option of options) {
      const button = make("button", { type: "button", textContent: option.text });
      button.onclick = () => answer(option);
      option.item.prepend(button);
    }
  }
  list.classList.add("ready"); // the screen shows the buttons, and paper the list as it was
  box.append(said);
  box.dataset.asked = "open";
  const before = options.find(({ text }) => text === kept(key));
  if (before) answer(before);
}

function make(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

function all() {
  try {
    return JSON.parse(localStorage.getItem(STORE)) ?? {};
  } catch {
    return {}; // no storage, or something else is in there
  }
}

function kept(key) {
  return all()[key];
}

function keep(key, text) {
  try {
    localStorage.setItem(STORE, JSON.stringify({ ...all(), [key]: text }));
  } catch {} // no storage: it lasts until the page is left
}
