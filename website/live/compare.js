// Whether the reader's plots are those of the page. Another version of matplotlib spaces a legend otherwise,
// and another processor adds up otherwise: a hair's breadth is no difference that anybody sees.

const NEAR = 4; // of the 360 dots that a plot is wide
const HERE = "\0"; // stands where a plot is taken apart: in no text it occurs

/** Tell whether plots, as SVG, show the same. */
export function areAlike(some, others) {
  return some.length === others.length && some.every((plot, n) => isAlike(words(plot), words(others[n])));
}

function isAlike(some, others) {
  return some.length === others.length && some.every((word, n) =>
    word === others[n] || n % 2 && Math.abs(word - others[n]) <= NEAR);
}

/** Take a plot apart into the numbers of its shapes, and all else, without names and packed pictures. */
function words(svg) {
  const shapes = svg.replace(/<\/[^>]*>/g, "").replace(/<[^>]*>/g, tag => tag // a browser writes <a></a> for <a/>
    .replace(/\s*\/>$/, ">")
    .replace(/ (?:id|clip-path|xmlns\S*|role|aria-label|(?:xlink:)?href)="[^"]*"/g, "")
    .replace(/\s*(-?\d+(?:\.\d+)?)\s*/g, `${HERE}$1${HERE}`));
  return shapes.split(HERE);
}
