// Reads a drawing: brings it into the form of the training pictures, and runs the network on it.
// Fetched, with the network's weights, when the reader begins to draw.
//
// This is the one place on the site where a network runs in JavaScript. A drawing is to be read
// while it is drawn, and for that nobody should load Python's 9 MB. Nothing is trained here: the
// weights come from nnbasics, and test_drawn.py holds both steps against Python. The pictures must
// be the same, number by number, and the probabilities to 1e-12.

const [TALL, WIDE, NARROW, INK] = [27, 16, 0.45, 310]; // as in strokes.py
const SIZES = [64 * 32, 32, 32 * 10, 10];
const PATIENCE = 8; // seconds for the weights
const [SMALL, UNSURE, SURE] = [40, 0.7, 0.99];

/** Fetch the weights, or say in a sentence why there are none. */
export async function fetchNetwork(address) {
  let problem = "there is no connection, or it broke off";
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout?.(1000 * PATIENCE) });
    problem = answer.ok ? "its weights arrived damaged" : `the server answered ${answer.status}`;
    const { check, ...network } = await answer.json();
    const flat = network.weights.map(part => part.flat());
    const isWhole = SIZES.every((size, i) => flat[i].length === size) && sum(flat.map(sum)) === check;
    if (isWhole) return network;
    problem = "its weights arrived damaged";
  } catch (error) {
    if (error.name === "TimeoutError") problem = "nothing arrives";
  }
  throw new Error(`The network could not be loaded: ${problem}. Your drawing is still here. Draw on, and it is tried again.`);
}

/** Return the 64 numbers of a drawing, or nothing if there is too little of it. */
export function prepare(strokes) {
  const points = strokes.flat();
  const [lowX, highX] = ends(points.map(([x]) => x));
  const [lowY, highY] = ends(points.map(([, y]) => y));
  const [width, height] = [highX - lowX, highY - lowY];
  if (!(Math.max(width, height) >= SMALL)) return;
  const [stretchX, stretchY] = stretches(width, height);
  const [middleX, middleY] = [(lowX + highX) / 2, (lowY + highY) / 2];
  const nearest = new Float64Array(32 * 32).fill(Infinity);
  for (const stroke of strokes) {
    const placed = stroke.map(([x, y]) => [(x - middleX) * stretchX + 16, (y - middleY) * stretchY + 16]);
    for (let i = 0; i < Math.max(1, placed.length - 1); i++) bring(nearest, placed[i], placed[i + 1] ?? placed[i]);
  }
  // The pen is as wide as it must be to ink so many dots.
  const pen = nearest.slice().sort()[INK - 1];
  const picture = Array(64).fill(0);
  nearest.forEach((distance, dot) => {
    if (distance <= pen) picture[8 * (dot >> 7) + ((dot & 31) >> 2)] += 1;
  });
  return picture;
}

function stretches(width, height) {
  const stretchY = Math.min(height ? TALL / height : Infinity, width ? 3 * WIDE / width : Infinity);
  if (!width) return [0, stretchY];
  const narrow = (height ? width / height : 9) / NARROW;
  return [Math.min(WIDE, Math.max(width * stretchY, WIDE * narrow * narrow)) / width, stretchY];
}

/** Note for each dot how near it is to a piece of a line: the squared distance, if it is nearer. */
function bring(nearest, [startX, startY], [endX, endY]) {
  const [wayX, wayY] = [endX - startX, endY - startY];
  const length = wayX * wayX + wayY * wayY;
  for (let dot = 0; dot < nearest.length; dot++) {
    const x = (dot & 31) + 0.5 - startX;
    const y = (dot >> 5) + 0.5 - startY;
    const along = length ? Math.min(1, Math.max(0, (x * wayX + y * wayY) / length)) : 0;
    const [offX, offY] = [x - along * wayX, y - along * wayY];
    nearest[dot] = Math.min(nearest[dot], offX * offX + offY * offY);
  }
}

/** Return the ten probabilities that the network gives a picture. */
export function probabilities({ weights: [first, firstBias, second, secondBias] }, picture) {
  const hidden = dense(picture.map(ink => ink / 16), first, firstBias).map(value => Math.max(0, value));
  const scores = dense(hidden, second, secondBias);
  const highest = Math.max(...scores);
  const powers = scores.map(score => Math.exp(score - highest));
  return powers.map(power => power / sum(powers));
}

const dense = (inputs, weights, biases) =>
  biases.map((bias, to) => sum(inputs.map((input, from) => input * (weights[from][to] / 1000))) + bias / 1000);

/** Say what it reads, how sure it is, and if it is not, why that may be. */
export function words(chances) {
  const [first, second] = chances.map((_, digit) => digit).sort((a, b) => chances[b] - chances[a]);
  const [top, next] = [chances[first], chances[second]];
  if (top > SURE) return `It reads ${a(first)}, and is sure: ${percent(top)}.`;
  if (top >= UNSURE) return `It reads ${a(first)}, with ${percent(top)}. Next comes ${a(second)}, with ${percent(next)}.`;
  if (next > top / 3) return `It is not sure: ${a(first)} has ${percent(top)}, ${a(second)} has ${percent(next)}. Your drawing looks like both.`;
  return `It is not sure: ${a(first)} has ${percent(top)}, and the rest is spread. Your drawing is unlike its training pictures.`;
}

export const a = digit => `${digit === 8 ? "an" : "a"} ${digit}`;
export const percent = chance => `${Math.round(100 * chance)} %`;
const sum = numbers => numbers.reduce((total, number) => total + number, 0);
const ends = numbers => [Math.min(...numbers), Math.max(...numbers)];
