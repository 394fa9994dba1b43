// One Python for one page. Pyodide sees only what has arrived whole (files.js): given a missing or a
// broken file, it would wait for ever, or only write to the console.

import { collect, forget, forgetOthers, keep, kept, Problem } from "./files.js";

const LIMIT = 20000; // characters of output that a run may show
const LIBRARY = "python_stdlib.zip";
const HOME = "/home/pyodide"; // where a snippet's files go
const CELLS = "website/live/cells.py"; // is there in a lab
const SETTINGS = "/matplotlib"; // where matplotlib keeps what it likes
const PLOTS = 20; // that a run may show
let run; // the function of prompt.py or cells.py, once Python has started
let judge; // that of an exercise's judge.py
let own; // those of own_run.py, for a file of the reader's
let beginAnew;

onmessage = async ({ data }) => {
  try {
    if (data.files) await start(data);
    else if (data.anew) beginAnew();
    else if (data.judge) return runTrial(show => judge(data, show));
    else if (data.own) return runTrial(show => own(data.own, show));
    else return runSnippet(data);
    postMessage({ done: true });
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
  const screen = new Screen();
  const stop = run(code, name, screen.show);
  postMessage({ done: true, cut: screen.isFull || plots > PLOTS, stop });
}

function runTrial(ask) {
  const screen = new Screen();
  plots = 0;
  const verdict = ask(screen.show);
  postMessage({ done: true, cut: screen.isFull, verdict });
}

/** What is printed, as soon as it is printed, but no more of it than a page can bear. */
class Screen {
  #left = LIMIT;

  show = text => {
    if (this.#left > 0) postMessage({ printed: text.slice(0, this.#left) });
    this.#left -= text.length;
  };

  get isFull() {
    return this.#left < 0;
  }
}

let plots; // of this run

function showPlot(svg, words) {
  plots += 1;
  if (plots <= PLOTS) postMessage({ plot: { svg, words } });
}

function keepFile(name, content) {
  postMessage({ file: { name, content: content.toJs() } });
  content.destroy();
}

async function start({ files, lock, others }) {
  const contents = await collect(files, progress => postMessage(progress));
  postMessage({ starting: true });
  // An earlier start has kept the standard library compiled: that saves half of the time.
  const compiledURL = `${files.find(file => file.name === LIBRARY).url}&compiled`;
  const compiled = await kept(compiledURL);
  if (compiled) contents.set(LIBRARY, compiled);
  let compileLibrary;
  try {
    compileLibrary = await boot(contents, lock);
  } catch (problem) {
    await forget(compiledURL); // in case that this was the reason
    throw problem;
  }
  if (!compiled) setTimeout(keep, 1000, compiledURL, compileLibrary);
  forgetOthers([...files.map(file => file.url), ...others, compiledURL]);
}

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
  const extractDir = python.runPython("import site; site.getsitepackages()[0]");
  for (const [name, content] of contents) {
    if (name.endsWith(".whl")) {
      python.unpackArchive(content, "wheel", { extractDir });
    } else if (name.endsWith(".py")) {
      const path = `${extractDir}/${name}`;
      python.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
      python.FS.writeFile(path, new Uint8Array(content));
    }
  }
  const prompt = python.pyimport("website.live.prompt");
  // A snippet's own time is not spent on this. All that is compiled in NumPy must be there before
  // the memory is remembered: it lies partly outside.
  python.runPython("import numpy.fft, numpy.linalg.lapack_lite, numpy.random, nnbasics");
  const { run: runInPython, tidy_up: tidyUp, compiled_library: compiledLibrary } = prompt;
  const cells = contents.has(CELLS) && startCells(python);
  const namespace = python.toPy({ __name__: "__main__" });
  const restore = remember(python._module);
  beginAnew = () => {
    restore();
    tidyUp(HOME, "/tmp");
  };
  run = (code, name, show) => {
    plots = 0;
    const stop = cells ? cells(code, name, namespace, show) : runInPython(code, name, namespace, show);
    if (!stop) return;
    const { line, message } = stop;
    stop.destroy();
    return { line, message: message.slice(0, LIMIT) };
  };
  // The memory was put back before: so the judge is read anew, and nothing of it is kept.
  judge = ({ judge, program, check, seed, before, given }, show) => {
    const module = python.toPy({ __name__: "judge" });
    python.runPython(judge, { globals: module });
    const { kind, sentence, line, python: words } = module.get("judge")(program, check, seed, show, python.toPy(before), python.toPy(given));
    return { kind, sentence, line, python: words };
  };
  own = ({ name, content, decimals, lab, choices }, show) => {
    python.FS.writeFile(`${HOME}/${name}`, new Uint8Array(content));
    const { look, learn } = python.pyimport("website.live.own_run");
    return choices
      ? learn(python.toPy(lab), name, python.toPy(choices), show, keepFile, HOME)
      : look(name, HOME, python.toPy(decimals));
  };
  return () => {
    const library = compiledLibrary();
    const content = library.toJs();
    library.destroy();
    return content;
  };
}

/** Have matplotlib ready, and return a function that runs a cell. */
function startCells(python) {
  python.FS.mkdirTree(SETTINGS); // not in a folder that is emptied, and whose files are the reader's
  python.runPython(`import os; os.environ["MPLCONFIGDIR"] = "${SETTINGS}"`);
  const cells = python.pyimport("website.live.cells");
  cells.begin(showPlot);
  const folders = python.toPy([HOME, "/tmp"]);
  return (code, name, namespace, show) => cells.run(code, name, namespace, show, keepFile, folders);
}

/**
 * Return a function that takes Python back to where it is now.
 *
 * Variables are the least of what a snippet leaves behind: there are options of NumPy, patched
 * modules, random states. All of it lies in one block of memory, and so that is put back: it takes
 * hundredths of a second, and a new start takes seconds.
 */
function remember(module) {
  // What JavaScript has forgotten would be freed in a memory that does not know it.
  module.finalizationRegistry = { register() {}, unregister() {} };
  const memory = module.HEAPU8.slice();
  return () => {
    module.HEAPU8.set(memory);
    module.HEAPU8.fill(0, memory.length); // it may have grown
  };
}

/** Import what was checked. An address of the site would be fetched again, unchecked. */
async function importScript(content) {
  try {
    return await import(URL.createObjectURL(new Blob([content], { type: "text/javascript" })));
  } catch (problem) {
    if (problem instanceof SyntaxError) throw problem; // the browser is too old
    // The policy in a page does not hold in a worker; one that the server sends with it does.
    throw new Problem("This server forbids it: the policy that it sends with live/worker.js allows no scripts from blob:.");
  }
}
