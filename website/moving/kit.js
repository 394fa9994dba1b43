// What the moving figures share. Their numbers were computed by nnbasics when the site was built;
// here they are only drawn.

/** Add an element to a picture, and return it. */
export function draw(parent, tag, attributes = {}, text = "") {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  element.textContent = text;
  parent.append(element);
  return place(element, attributes);
}

/** Set attributes of an element, and return it. */
export function place(element, attributes) {
  for (const name in attributes) element.setAttribute(name, attributes[name]);
  return element;
}

/** Return functions from values to pixels, and back for y, of axes as Python laid them out. */
export function scales({ x, y, xlim, ylim }) {
  const from = ([a, b], [start, end]) => value => start + (value - a) / (b - a) * (end - start);
  return { x: from(xlim, x), y: from(ylim, y), valueAtY: from(y, ylim) };
}

/** Add a part to a picture that is cut off at the edge of the axes: an SVG in the SVG does that. */
export function frame(svg, { x: [left, right], y: [bottom, top] }) {
  const [width, height] = [right - left, bottom - top];
  return draw(svg, "svg", { x: left, y: top, width, height, viewBox: `${left} ${top} ${width} ${height}` });
}

/** Return the path through some points. */
export const path = points => points.map(([x, y], i) => `${i ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");

/** Write a number with so many decimals, and with a true minus sign. */
export function fixed(value, decimals = 2) {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) ? `−${text}` : text;
}

/** Put words into the places that the figure keeps for them. */
export function say(figure, words) {
  for (const name in words) figure.querySelector(`[data-say=${name}]`).textContent = words[name];
}

/**
 * Let the reader choose, and show the picture for each choice. What is chosen is kept in the
 * address of the page, so that a link leads back to it.
 *
 * @param figure - the <figure>; in its form, inputs carry the names of the choices
 * @param choices - for each name its recorded `values`, or `values(state)` where they depend on
 *     what was chosen before, the value to `start` with, and what a screen reader says for a
 *     state: `words(state)`; or, where there are no such values, what reads one in an address:
 *     `read(text)`
 * @param show - draws a state: for each name its value
 * @returns a function that takes changes of the state, as from a handle in the picture
 */
export function choose(figure, choices, show) {
  const form = figure.querySelector("form");
  const link = figure.querySelector(".link");
  const names = Object.keys(choices);
  const state = {};
  let soon;

  function valuesOf(name) {
    const { values } = choices[name];
    return typeof values === "function" ? values(state) : values;
  }

  function update(changes) {
    Object.assign(state, changes);
    for (const name of names.filter(name => !choices[name].read)) {
      const values = valuesOf(name);
      if (!values.includes(state[name])) state[name] = values.at(-1);
      const input = form.elements[name];
      if (!input) continue; // chosen in the picture
      if (input.type === "range") {
        input.max = values.length - 1;
        input.value = values.indexOf(state[name]);
        input.setAttribute("aria-valuetext", choices[name].words(state));
      } else if (input.type === "select-one") input.value = state[name];
      else if (input.type === "checkbox") input.checked = state[name];
      else for (const option of input) option.checked = option.value === String(state[name]);
    }
    show(state);
  }

  function change(changes) {
    update(changes);
    const address = new URL(location);
    address.searchParams.set(figure.id, names.map(name => state[name]).join("_"));
    address.hash = figure.id;
    link.href = address;
    clearTimeout(soon); // browsers refuse an address that changes many times a second
    soon = setTimeout(() => history.replaceState(history.state, "", address), 200);
  }

  form.addEventListener("input", ({ target: { name, type, value, checked } }) => {
    if (!(name in choices)) return;
    const values = valuesOf(name);
    const chosen = { range: () => values[value], checkbox: () => checked }[type];
    change({ [name]: chosen ? chosen() : values.find(known => String(known) === value) });
  });
  const start = () => Object.fromEntries(names.map(name => [name, choices[name].start]));
  form.addEventListener("reset", event => {
    event.preventDefault();
    change(start());
  });
  form.addEventListener("submit", event => event.preventDefault());
  link.addEventListener("click", async event => {
    event.preventDefault();
    change({});
    // A browser may have no clipboard, or refuse it.
    const copied = await navigator.clipboard?.writeText(link.href).then(() => true, () => false);
    say(figure, { linked: copied ? "Copied." : "It is in the address bar." });
    setTimeout(() => say(figure, { linked: "" }), 4000);
  });

  Object.assign(state, start());
  const linked = new URLSearchParams(location.search).get(figure.id)?.split("_") ?? [];
  names.forEach((name, i) => {
    const { read } = choices[name];
    const known = read ? read(linked[i] ?? "") : valuesOf(name).find(value => String(value) === linked[i]);
    if (known !== undefined) state[name] = known;
  });
  update({});
  return change;
}

/**
 * Let a button play and pause, until the reader chooses something else.
 *
 * @param button - in the form of the figure; in it stand both of its names, one of them hidden
 * @param advance - makes a step, told how many came before it since the button was pressed, and
 *     returns the pause after it in milliseconds, or nothing at the end
 * @returns a function that stops
 */
export function play(button, advance) {
  const [idle, playing] = button.children;
  let timer;
  function name(isPlaying) {
    idle.hidden = isPlaying;
    playing.hidden = !isPlaying;
  }
  function stop() {
    clearTimeout(timer);
    timer = undefined;
    name(false);
  }
  function go(step) {
    const pause = advance(step);
    if (pause) timer = setTimeout(go, pause, step + 1);
    else stop();
  }
  button.addEventListener("click", () => {
    if (timer) return stop();
    name(true);
    go(0);
  });
  for (const change of ["input", "reset"]) button.form.addEventListener(change, stop);
  return stop;
}
