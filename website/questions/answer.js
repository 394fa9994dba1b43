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
  const list = box.querySelector(":scope > ul:has(> .right)");
  const options = [...list.children].map(item => {
    const label = item.querySelector(":scope > strong");
    const reason = make("span", { className: "reason" });
    while (label.nextSibling) reason.append(label.nextSibling);
    item.append(reason);
    return { item, label, reason, text: label.textContent };
  });
  const right = options.find(({ item }) => item.classList.contains("right"));
  const key = right.item.dataset.key;
  const said = make("p", { className: "said" });
  said.setAttribute("role", "status");
  list.after(said);
  const shows = press("Show me without a guess", () => {
    keep(key, -1); // it is no answer, and is there again
    say("shown");
  });

  const say = (state, ...words) => {
    box.dataset.asked = state;
    said.replaceChildren(...words);
    shows.remove();
  };
  const tell = (option, verdict) => {
    const { gave = "" } = option.item.dataset;
    say(option === right ? "right" : "wrong", make("strong", { textContent: verdict }), ...option.reason.cloneNode(true).childNodes, ` ${gave}`);
  };
  /** Say why an option is right or wrong, and keep it. */
  const answer = (option, verdict = option === right ? "Right." : "Not quite.") => {
    for (const { item } of options) item.classList.toggle("chosen", option.item === item);
    tell(option, verdict);
    keep(key, options.indexOf(option));
  };

  const steps = box.querySelector(":scope > ol:has(> .step)");
  if (steps) {
    import("./order.js").then(({ arrange }) => {
      const place = arrange(steps, right.item.dataset.answers, kept(key), said);
      list.before(press("Run this order", () => answer(options[place()])));
      list.classList.add("typed");
    });
  } else if (right.item.dataset.value) {
    const values = options.map(({ item }) => Number(item.dataset.value));
    const field = make("input", { type: "text", inputMode: "decimal", autocomplete: "off", size: 8 });
    field.setAttribute("aria-label", "Your answer, a number");
    const form = make("form", { className: "answer" });
    form.append(field, make("button", { textContent: "Check" }), press("Show the answer", () => tell(right, `It is ${right.text}.`)));
    form.onsubmit = event => {
      event.preventDefault();
      const found = options[meant(field.value, values)];
      if (found) answer(found);
      else if (!numbers(field.value).length) said.textContent = "Type a number, such as 2.5.";
      else said.textContent = "Not that. Work it out once more, or look at the answer.";
    };
    list.classList.add("typed");
    list.after(form);
    field.value = options[kept(key)]?.text ?? "";
  } else {
    for (const option of options) option.item.prepend(press(option.text, () => answer(option)));
  }
  list.classList.add("ready"); // the screen shows the buttons, and paper the list as it was
  box.dataset.asked = "open";
  if (box.matches(".predict")) said.after(shows);
  const before = options[kept(key)];
  if (before) answer(before);
  else if (kept(key) === -1) say("shown");
}

function make(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

export function press(textContent, onclick) {
  return make("button", { type: "button", textContent, onclick });
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

/** Keep which option was chosen, under a key that is another one when the question is changed. */
function keep(key, option) {
  try {
    localStorage.setItem(STORE, JSON.stringify({ ...all(), [key]: option }));
  } catch {} // no storage: it lasts until the page is left
  dispatchEvent(new Event("answered"));
}
