// One Python for one page. Everything is fetched and checked here before Pyodide sees any of it:
// given a missing or a broken file, Pyodide itself would wait for ever, or only write to the console.

const LIMIT = 20000; // characters of output that a run may show
const LIBRARY = "python_stdlib.zip";
let run; // the function of prompt.py, once Python has started
let forget; // begins with no variables

/** A failure, told in a sentence that a reader understands. */
class Problem extends Error {}

onmessage = async ({ data }) => {
  try {
    if (data.files) {
      await start(data);
      postMessage({ done: true });
    } else if (data.forget) {
      forget();
      postMessage({ done: true });
    } else {
      runSnippet(data);
    }
  } catch (problem) {
    fail(problem);
  }
};

function fail(problem) {
  const known = problem instanceof Problem;
  postMessage({
    failed: known ? problem.message
    : run ? `Python broke down (${problem.message}). All variables are gone.`
    : `Python does not start in this browser (${problem.message}). It may be too old.`,
  });
}

function runSnippet({ name, code }) {
  let left = LIMIT;
  const show = text => {
    if (left > 0) postMessage({ printed: text.slice(0, left) });
    left -= text.length;
  };
  const stop = run(code, name, show);
  postMessage({ done: true, cut: left < 0, stop });
}

// ---- Loading ----

async function start({ files, lock, cache }) {
  const shelf = await self.caches?.open(cache).catch(() => undefined); // only in secure contexts
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  const loaded = new Map(files.map(file => [file, 0]));
  const report = (file, bytes) => {
    loaded.set(file, Math.min(bytes, file.bytes));
    const sum = [...loaded.values()].reduce((a, b) => a + b);
    const waitingFor = files.find(file => loaded.get(file) < file.bytes)?.is;
    postMessage({ loaded: sum, total, waitingFor });
  };
  const contents = await Promise.all(files.map(file => get(file, shelf, report)));
  postMessage({ starting: true });
  const byName = new Map(files.map((file, n) => [file.name, contents[n]]));

  // An earlier start has kept the standard library compiled: that saves half of the time.
  const compiledURL = files.find(file => file.name === LIBRARY).url + "&compiled";
  const compiled = await shelf?.match(compiledURL);
  if (compiled) byName.set(LIBRARY, await compiled.arrayBuffer());
  let compileLibrary;
  try {
    compileLibrary = await boot(byName, lock);
  } catch (problem) {
    await shelf?.delete(compiledURL); // in case that this was the reason
    throw problem;
  }
  if (shelf && !compiled)
    setTimeout(() => shelf.put(compiledURL, new Response(compileLibrary())).catch(() => {}), 1000);
  tidy(shelf, [...files.map(file => file.url), compiledURL]);
}

/** Return the content of a file: kept from an earlier visit, or fetched; whole in either case. */
async function get(file, shelf, report) {
  const kept = await shelf?.match(file.url);
  const old = kept && (await kept.arrayBuffer());
  if (old && (await isWhole(old, file))) {
    report(file, file.bytes);
    return old;
  }
  const content = await inflate(await download(file, report), file);
  if (!(await isWhole(content, file))) throw new Problem(`${file.is} arrived damaged.`);
  report(file, file.bytes);
  // A full disk is no reason to stop.
  await shelf?.put(file.url, new Response(content)).catch(() => {});
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
      for (let piece; !(piece = await reader.read()).done; report(file, bytes)) {
        pieces.push(piece.value);
        bytes += piece.value.length;
      }
    }
  } catch {
    throw new Problem(
      navigator.onLine
        ? `${file.is} did not arrive: the connection broke off.`
        : `You are offline, and ${file.is} is not loaded yet.`,
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
  if (!self.crypto?.subtle) return true; // only in secure contexts
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return Array.from(digest, byte => byte.toString(16).padStart(2, "0")).join("") === sha256;
}

/** Forget the files of older versions of the site. */
async function tidy(shelf, current) {
  for (const { url } of (await shelf?.keys()) ?? []) if (!current.includes(url)) shelf.delete(url);
}

// ---- Starting ----

/** Start Python, and return a function that returns its library, compiled. */
async function boot(contents, lock) {
  const { loadPyodide } = await importScript(contents.get("pyodide.mjs"));
  const { default: createPyodideModule } = await importScript(contents.get("pyodide.asm.mjs"));
  // Whatever Pyodide asks for is answered from what was checked, and nothing else is.
  self.fetch = async address => {
    const name = String(address).split("/").pop();
    const type = name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
    if (!contents.has(name)) throw new Error(`${name} is not part of this site`);
    return new Response(contents.get(name), { headers: { "content-type": type } });
  };
  // Pyodide says nothing when the WebAssembly cannot be started. So listen where it asks for it.
  const broken = new Promise((_, reject) => {
    for (const name of ["instantiate", "instantiateStreaming"]) {
      const original = WebAssembly[name];
      WebAssembly[name] = (...given) => {
        const result = original.apply(WebAssembly, given);
        result.catch(reject);
        return result;
      };
    }
    addEventListener("unhandledrejection", event => reject(event.reason));
  });
  const options = { indexURL: location.origin + "/", createPyodideModule, lockFileContents: { info: lock, packages: {} } };
  const python = await Promise.race([loadPyodide(options), broken]);
  for (const [name, content] of contents)
    if (name.endsWith(".whl")) python.unpackArchive(content, "wheel");

  const prompt = python.toPy({ __name__: "prompt" });
  python.runPython(new TextDecoder().decode(contents.get("prompt.py")), { globals: prompt });
  python.runPython("import numpy, nnbasics"); // a snippet's own time is not spent on this
  let namespace;
  forget = () => {
    namespace?.destroy();
    namespace = python.toPy({ __name__: "__main__" });
  };
  forget();
  const runInPython = prompt.get("run");
  run = (code, name, show) => {
    const stop = runInPython(code, name, namespace, show);
    return stop && { line: stop.line, message: stop.message };
  };
  return () => prompt.get("compiled_library")().toJs();
}

function importScript(content) {
  return import(URL.createObjectURL(new Blob([content], { type: "text/javascript" })));
}
