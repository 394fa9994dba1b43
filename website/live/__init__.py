"""Live code: the snippets and labs run in the reader's browser, when Python for it is there.

- `pyodide.py`, `pyodide.json`: which files of Pyodide, and where they come from (`make pyodide`)
- `start.js`: in each page with snippets; `page.js`: draws and listens; `live.css`: how it looks
- `session.js`: what follows from a press; `files.js`: loads, checks and keeps what is needed
- `worker.js`: starts Python; `prompt.py`: runs a snippet as the prompt does
- `cell.js`, `cell.css`: what a lab shows in addition; `cells.py`: runs a cell as Jupyter does;
  `compare.js`: whether a plot is the one of the page
- `own_start.js`, `own.js`: a file of the reader's own; `own_data.py`: reads it; `own_run.py`: has
  the lab's code learn from it
- this file puts them onto the site
"""

import functools
import hashlib
import json
import os
import re
import shutil
from itertools import count
from pathlib import Path
from typing import Any

from website import addresses
from website.labs import OWN_DATA
from website.live import pyodide
from website.pages import ROOT
from website.wheel import NAME as WHEEL

HERE = Path(__file__).parent
FOLDER = "live"
SCRIPTS = (
    *("page.js", "session.js", "files.js", "worker.js"),
    *("cell.js", "cell.css", "compare.js", "own.js"),
)
# The site's own modules that run in the page, by their place: they import each other there, too.
MODULES = {
    "files": {"website/live/prompt.py": "Python's prompt"},
    "labs": {
        "website/look.py": "the colours of plots",
        "website/svg.py": "what fits plots into the page",
        "website/live/cells.py": "what runs a cell",
        "website/live/own_data.py": "what reads a table",
        "website/live/own_run.py": "what learns from a table",
    },
}
# Seconds: without a byte; for a slow phone to start Python; for what the reader wrote.
PATIENCE = {"silence": 8, "start": 60, "trial": 10}
BLOCK = r'(<div [^>]*class="language-{} highlight">.*?</pre>)(?=</div>)'
SNIPPET = re.compile(BLOCK.format("pycon"), re.S)
CELL = re.compile(BLOCK.format("python"), re.S)
BAR = (
    '<div class="live"><button type="button" aria-label="Run {0}">Run</button>'
    '<button type="button" aria-label="Edit {0}">Edit</button>{1}'
    '<span role="status"></span></div>'
)
ABOVE = '<button type="button" aria-label="Run all above {0}">Run all above</button>'
ABSENT = (
    '<p class="live-absent">In this copy of the site, {0}s do not run in the page: live code '
    "is not part of this build.</p>"
)
# Before the first cell of a lab. The number is that of the files.
RUNS_HERE = (
    '<p class="if-live">Or press <strong>Run</strong> below a cell: it runs right here in the '
    "page, and before it all cells above. At the first press, Python and matplotlib are loaded: "
    "{:.0f} MB, only once. Nothing leaves your computer.</p>"
)
ONLY_LIVE = re.compile(r'<div class="if-live" markdown>\n.*?</div>\n', re.S)
NOTICE = """\
What runs in the page when a reader presses Run

{files}

Pyodide {pyodide} (https://pyodide.org) is CPython and a bridge to JavaScript, compiled to
WebAssembly with Emscripten (MIT). Its source is at https://github.com/pyodide/pyodide under the
Mozilla Public License 2.0: MPL-2.0.txt. CPython (https://www.python.org) is under the PSF License:
PSF-2.0.txt. NumPy (https://numpy.org) is under the BSD 3-Clause License; its text, and those of
what NumPy contains, are inside the wheel, in the folder that ends in .dist-info/licenses. So are
those of matplotlib (https://matplotlib.org) and what it needs, which labs load, each in its wheel:
in the folder that ends in .dist-info, and for fonts in matplotlib/mpl-data/fonts.
"""


@functools.cache
def available() -> bool:
    """Tell whether Python for the browser is there, whole, and wanted."""
    return os.environ.get("NNBASICS_PYODIDE") != "none" and not pyodide.missing()


def choose(markdown: str) -> str:
    """Leave out what is said of live code, where there is none."""
    return markdown if available() else ONLY_LIVE.sub("", markdown)


CHOOSE = (
    f'<div class="own-data if-live" data-package="{WHEEL}">'
    '<p><label for="own-file">Choose a CSV file</label> '
    '<input type="file" id="own-file" accept=".csv,.tsv,.txt,text/csv"></p>'
    '<div class="exercise-bar own-bar"><button type="button" hidden>Look at it</button>'
    '<span role="status"></span></div></div>'
)


def add_buttons(html: str, is_lab: bool = False) -> str:
    """Put the buttons below each snippet of a page or cell of a lab, or say that there are none."""
    block, kind = (CELL, "cell") if is_lab else (SNIPPET, "snippet")
    first = block.search(html)
    if not first:
        return html
    if not available():
        absent = ABSENT.format(kind)
        return f"{html.replace(OWN_DATA, absent)}\n{absent}"
    number = count(1)

    def with_bar(found: re.Match[str]) -> str:
        name = f"{kind} {next(number)}"
        above = ABOVE.format(name) if is_lab and found.start() != first.start() else ""
        return found[1] + BAR.format(name, above)

    whole = block.sub(with_bar, html).replace(OWN_DATA, CHOOSE)
    if not is_lab:
        return whole
    return whole[: first.start()] + RUNS_HERE.format(_megabytes()) + whole[first.start() :]


def _megabytes() -> float:
    """Return how much a lab loads at its first press, in megabytes: all that is pinned."""
    return sum(pyodide.kept(name).stat().st_size for name in pyodide.NAMES) / 1e6


def add_script(html: str, page_url: str) -> str:
    """Put the script that shows the buttons into the head of a page that has some."""
    if '<div class="live">' not in html:
        return html
    names = ["start.js", *(["own_start.js"] if CHOOSE in html else [])]
    scripts = "".join(addresses.inline(HERE / name, page_url) for name in names)
    return html.replace("</head>", f"{scripts}</head>", 1)


def style() -> str:
    """Return the style of the buttons."""
    return (HERE / "live.css").read_text(encoding="utf-8") if available() else ""


def publish(site: Path, wheel: Path) -> None:
    """Put onto the site what a press on Run loads. The same sources give the same bytes."""
    if not available():
        return
    folder = site / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(HERE / "licences", folder)
    for name in SCRIPTS:
        shutil.copyfile(HERE / name, folder / name)
    manifest: dict[str, Any] = {"lock": pyodide.PINNED["lock"], "patience": PATIENCE}
    for part, modules in MODULES.items():
        files = manifest[part] = []
        for file in pyodide.PINNED[part]:
            name, what = file["name"], file["is"]
            path = folder / pyodide.kept(name).name
            shutil.copyfile(pyodide.kept(name), path)
            files.append(_entry(name, what, path, folder, pyodide.SHA256[name], _length(name)))
        for name, what in modules.items():
            path = folder / Path(name).name
            shutil.copyfile(ROOT / name, path)
            files.append(_made(name, what, path, folder))
    manifest["files"].append(_made(wheel.name, "the package nnbasics", wheel, folder))
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    licences = [f"{file['name']}: {file['licence']}" for file in pyodide.FILES]
    notice = NOTICE.format(files="\n".join(licences), pyodide=pyodide.PINNED["pyodide"])
    (folder / "NOTICE.txt").write_text(notice, encoding="utf-8")


@functools.cache
def _length(name: str) -> int:
    """Return how long a pinned file is, unpacked: the same in every build of `make serve`."""
    return len(pyodide.content(name))


def _made(name: str, what: str, path: Path, folder: Path) -> dict[str, Any]:
    """Describe a file of this site's own."""
    content = path.read_bytes()
    return _entry(name, what, path, folder, hashlib.sha256(content).hexdigest(), len(content))


def _entry(
    name: str, what: str, path: Path, folder: Path, sha256: str, length: int
) -> dict[str, Any]:
    """Describe a file: where it is, how much is sent, and what must have arrived in the end."""
    url = Path(os.path.relpath(path, folder)).as_posix()
    return {
        "name": name,
        "is": what,
        "url": f"{url}?{sha256[:8]}",  # a new version is never taken for an old one
        "bytes": path.stat().st_size,
        "length": length,
        "sha256": sha256,
    }
