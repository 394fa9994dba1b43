// A question is answered: its options become buttons, or a field for a number.

const STORE = "answers";

/** Return what numbers a text may mean: 2,303 is 2.303 or 2303, −3 is -3; a unit may follow. */
export function numbers(text) {
  const ways = [text.replace(",", "."), text.replace(/,/g, "")];
  return ways.flatMap(way => way.replace("−", "-").match(/-?(?:\d+\.?\d*|\.\d+)/) ?? []).map(Number);
}

const decimals = value => (String(value).split(".")[1] ?? "").length;

/** Return which option a typed number stands for, rounded to one place or more; −1 for none. */
export function meant(typed, labels) {
  const far = labels.map(label => {
    const right = Number(label.replace(/,| %/g, "").replace("−", "-"));
    const most = decimals(right);
    return Math.min(...numbers(typed).map(value => {
      const least = Math.min(most, Math.max(1, decimals(value)));
      const away = Math.abs(value - right);
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
    const reason = make("span", { className: "reason", hidden: true });
    while (label.nextSibling) reason.append(label.nextSibling);
    return { item, label, reason, text: label.textContent, isRight: item.className === "right" };
  });
  const said = make("p", { className: "said" });
  said.setAttribute("role", "status");
  const key = box.querySelector("summary").textContent + options.map(({ text }) => text).join("|");

  /** Say why an option is right or wrong. */
  const answer = (option, verdict = option.isRight ? "Right." : "Not quite.") => {
    for (const { item } of options) item.classList.toggle("chosen", option.item === item);
    const reason = option.reason.cloneNode(true);
    reason.hidden = false;
    said.replaceChildren(make("strong", { textContent: verdict }), " ", reason);
    box.dataset.asked = option.isRight ? "right" : "wrong";
    keep(key, option.text);
  };

  if (options.every(({ text }) => /^[−-]?[\d,]*\.?\d+(?: %)?$/.test(text))) {
    const field = make("input", { type: "text", inputMode: "decimal", autocomplete: "off", size: 8 });
    field.setAttribute("aria-label", "Your answer, a number");
    const form = make("form", { className: "answer" });
    const shows = make("button", { type: "button", textContent: "Show the answer" });
    form.append(field, make("button", { textContent: "Check" }), shows);
    form.onsubmit = event => {
      event.preventDefault();
      const found = options[meant(field.value, options.map(({ text }) => text))];
      if (found) answer(found);
      else if (!numbers(field.value).length) said.textContent = "Type a number, such as 2.5.";
      else said.textContent = "Not that. Work it out once more, or look at the answer.";
    };
    const right = options.find(({ isRight }) => isRight);
    shows.onclick = () => answer(right, `It is ${right.text}.`);
    list.replaceWith(form);
    form.after(said);
    field.value = kept(key) ?? "";
  } else {
    for (const option of options) {
      const button = make("button", { type: "button", textContent: option.text });
      button.onclick = () => answer(option);
      option.label.replaceWith(button);
      option.item.append(option.reason);
    }
    list.after(said);
  }
  box.dataset.asked = "open";
  const before = options.find(({ text }) => text === kept(key));
  if (before) answer(before);
}

function make(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

function all() {
  try {
    return JSON.parse(localStorage.getItem(STORE) ?? "{}");
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
