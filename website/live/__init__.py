"""Live code: the snippets of the pages run in the reader's browser, when Python for it is there.

- `pyodide.py`, `pyodide.json`: which files of Pyodide, and where they come from (`make pyodide`)
- `start.js`: in each page with snippets; `page.js`: draws and listens; `live.css`: how it looks
- `session.js`: what follows from a press; `files.js`: loads, checks and keeps what is needed
- `worker.js`: starts Python; `prompt.py`: runs a snippet as the prompt does
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
from website.live import pyodide

HERE = Path(__file__).parent
FOLDER = "live"
# Seconds: without a byte; for a slow phone to start Python; for what the reader wrote.
PATIENCE = {"silence": 8, "start": 60, "trial": 10}
SNIPPET = re.compile(r'(<div [^>]*class="language-pycon highlight">.*?</pre>)(?=</div>)', re.S)
BAR = (
    '<div class="live"><button type="button" aria-label="Run snippet {0}">Run</button>'
    '<button type="button" aria-label="Edit snippet {0}">Edit</button>'
    '<span role="status"></span></div>'
)
ABSENT = (
    '<p class="live-absent">In this copy of the site, snippets do not run in the page: live code '
    "is not part of this build.</p>"
)
ONLY_LIVE = re.compile(r'<div class="if-live" markdown>\n.*?</div>\n', re.S)
NOTICE = """\
What runs in the page when a reader presses Run

{files}

Pyodide {pyodide} (https://pyodide.org) is CPython and a bridge to JavaScript, compiled to
WebAssembly with Emscripten (MIT). Its source is at https://github.com/pyodide/pyodide under the
Mozilla Public License 2.0: MPL-2.0.txt. CPython (https://www.python.org) is under the PSF License:
PSF-2.0.txt. NumPy (https://numpy.org) is under the BSD 3-Clause License; its text, and those of
what NumPy contains, are inside the wheel, in the folder that ends in .dist-info/licenses.
"""


@functools.cache
def available() -> bool:
    """Tell whether Python for the browser is there, whole, and wanted."""
    return os.environ.get("NNBASICS_PYODIDE") != "none" and not pyodide.missing()


def choose(markdown: str) -> str:
    """Leave out what is said of live code, where there is none."""
    return markdown if available() else ONLY_LIVE.sub("", markdown)


def add_buttons(html: str) -> str:
    """Put the buttons below each snippet of a page, or say that there are none."""
    if not SNIPPET.search(html):
        return html
    if not available():
        return f"{html}\n{ABSENT}"
    number = count(1)
    return SNIPPET.sub(lambda snippet: snippet[1] + BAR.format(next(number)), html)


def add_script(html: str, page_url: str) -> str:
    """Put the script that shows the buttons into the head of a page that has some."""
    if '<div class="live">' not in html:
        return html
    script = addresses.inline(HERE / "start.js", page_url)
    return html.replace("</head>", f"{script}</head>", 1)


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
    for name in ("page.js", "session.js", "files.js", "worker.js", "prompt.py"):
        shutil.copyfile(HERE / name, folder / name)
    files = []
    for file in pyodide.PINNED["files"]:
        name = file["name"]
        path = folder / pyodide.kept(name).name
        shutil.copyfile(pyodide.kept(name), path)
        files.append(_entry(name, file["is"], path, folder, pyodide.SHA256[name], _length(name)))
    for path, what in ((folder / "prompt.py", "Python's prompt"), (wheel, "the package nnbasics")):
        content = path.read_bytes()
        sha256 = hashlib.sha256(content).hexdigest()
        files.append(_entry(path.name, what, path, folder, sha256, len(content)))
    manifest = {"lock": pyodide.PINNED["lock"], "patience": PATIENCE, "files": files}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    licences = [f"{file['name']}: {file['licence']}" for file in pyodide.PINNED["files"]]
    notice = NOTICE.format(files="\n".join(licences), pyodide=pyodide.PINNED["pyodide"])
    (folder / "NOTICE.txt").write_text(notice, encoding="utf-8")


@functools.cache
def _length(name: str) -> int:
    """Return how long a pinned file is, unpacked: the same in every build of `make serve`."""
    return len(pyodide.content(name))


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
