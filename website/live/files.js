// The way of a file from the site to the reader: it arrives whole, or a sentence says what is wrong.
// What has arrived is kept for the next visit, and is checked again then.

// All sites of one user.github.io share what a browser keeps: so this copy's folder is in the name.
const SHELF = `nnbasics ${new URL(".", import.meta.url)}`;

/** A failure, told in a sentence that a reader understands. */
export class Problem extends Error {}

/** Fetch the list of files: never an old one, since the package changes with the site. */
export async function loadList(url, signal) {
  let problem = "there is no connection, or it broke off";
  try {
    const answer = await fetch(url, { cache: "no-cache", signal });
    problem = answer.ok ? "it is damaged" : `the server answered ${answer.status}`;
    const list = await answer.json();
    const found = files => files.map(file => ({ ...file, url: new URL(file.url, url).href }));
    return { ...list, files: found(list.files), labs: found(list.labs) };
  } catch {
    throw new Problem(`The list of Python's files could not be loaded: ${problem}.`);
  }
}

/** Return how many bytes are not kept from an earlier visit. */
export async function bytesToLoad(files) {
  const shelf = await open();
  const kept = await Promise.all(files.map(file => shelf?.match(file.url)));
  return sum(files.map((file, n) => (kept[n] ? 0 : file.bytes)));
}

/** Return the contents of all files by name, kept or fetched, and tell meanwhile how far it is. */
export async function collect(files, tell) {
  const shelf = await open();
  const total = sum(files.map(file => file.bytes));
  const arrived = files.map(() => 0);
  const contents = await Promise.all(files.map((file, n) => get(file, shelf, bytes => {
    arrived[n] = Math.min(bytes, file.bytes);
    const waitingFor = files.find((file, n) => arrived[n] < file.bytes)?.is;
    tell({ loaded: sum(arrived), total, waitingFor });
  })));
  return new Map(files.map((file, n) => [file.name, contents[n]]));
}

/** Keep something that was made here, with its hash. If it cannot be made or kept, nothing happens. */
export async function keep(url, make) {
  try {
    const shelf = await open();
    if (!shelf) return;
    const content = make();
    await shelf.put(url, new Response(content, { headers: { sha256: await hash(content) } }));
  } catch {}
}

/** Return what was made and kept on an earlier visit, if it is there and whole. */
export async function kept(url) {
  return take(await open(), url);
}

/** Forget one file. */
export async function forget(url) {
  await (await open())?.delete(url);
}

/** Forget the files of older versions of this site. */
export async function forgetOthers(current) {
  const shelf = await open();
  for (const { url } of (await shelf?.keys()) ?? []) if (!current.includes(url)) shelf.delete(url);
}

/** Open what is kept. Some browsers keep nothing, and none does where the page is not secure. */
async function open() {
  try {
    return await caches.open(SHELF);
  } catch {}
}

async function take(shelf, url, sha256) {
  const answer = await shelf?.match(url);
  const content = await answer?.arrayBuffer();
  if (content && (await hash(content)) === (sha256 ?? answer.headers.get("sha256"))) return content;
}

async function get(file, shelf, report) {
  let content = await take(shelf, file.url, file.sha256);
  if (!content) {
    content = await inflate(await download(file, report), file);
    if (!(await isWhole(content, file))) throw new Problem(`${file.is} arrived damaged.`);
    // A full disk is no reason to stop.
    await shelf?.put(file.url, new Response(content)).catch(() => {});
  }
  report(file.bytes);
  return content;
}

async function download(file, report) {
  let answer;
  const pieces = [];
  try {
    answer = await fetch(file.url);
    if (answer.ok) {
      const reader = answer.body.getReader();
      let bytes = 0;
      for (let piece; !(piece = await reader.read()).done; report(bytes)) {
        pieces.push(piece.value);
        bytes += piece.value.length;
      }
    }
  } catch {
    throw new Problem(
      navigator.onLine === false
        ? `You are offline, and ${file.is} is not loaded yet.`
        : `${file.is} did not arrive: the connection broke off.`,
    );
  }
  if (!answer.ok) throw new Problem(`${file.is} is missing: the server answered ${answer.status}.`);
  return new Blob(pieces);
}

/** Unpack what the site keeps compressed, unless the server has done so already. */
async function inflate(blob, file) {
  const [first, second] = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
  if (first !== 0x1f || second !== 0x8b) return blob.arrayBuffer();
  try {
    const stream = blob.stream().pipeThrough(new DecompressionStream("gzip"));
    return await new Response(stream).arrayBuffer();
  } catch {
    throw new Problem(`${file.is} arrived damaged.`);
  }
}

async function isWhole(content, { length, sha256 }) {
  if (content.byteLength !== length) return false;
  return !globalThis.crypto?.subtle || (await hash(content)) === sha256; // only in secure contexts
}

async function hash(content) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return Array.from(digest, byte => byte.toString(16).padStart(2, "0")).join("");
}

function sum(numbers) {
  return numbers.reduce((a, b) => a + b, 0);
}
