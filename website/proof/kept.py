"""Keep what the runs compute, by the content of everything that it depends on.

A result is kept under a key made of the package, its data, the code of the runs, and the
versions of Python, NumPy and matplotlib: not of what only the browser gets, nor of tests. When one
of them changes, so does the key, and everything is run again: nothing stale is ever shown.
"""

import functools
import hashlib
import json
import logging
import os
import platform
import shutil
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from website import figures
from website.look import Table
from website.pages import CACHE, ROOT

SOURCES = ("nnbasics", "website/figures")
NOT_RUN = (".pyc", ".js", ".css", ".html")
KEPT = CACHE / "results"

log = logging.getLogger("mkdocs.kept")


@functools.cache
def key() -> str:
    """Return the key of everything that results depend on."""
    versions = (platform.python_version(), version("numpy"), version("matplotlib"))
    digest = hashlib.sha256(" ".join(versions).encode())
    files = (path for source in SOURCES for path in (ROOT / source).rglob("*"))
    for path in sorted(files):
        if path.is_file() and path.suffix not in NOT_RUN and not path.name.startswith("test_"):
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def result(run: Callable[..., Any], **change: Any) -> Any:
    """Return what a run gives: plain numbers, lists and texts, kept from the last time.

    What it gives under a change is kept as well: which change, its source says, and so the key.
    """
    name = f"{run.__module__.removeprefix('website.figures.')}.{run.__name__}"
    name += "".join(f".{argument}" for argument in change)

    def running() -> Any:
        log.info("Running %s", name)
        return run(**change)

    return _found_or(running, name)


def made(name: str, make: Callable[[], Any], *code: Path, of: str = "") -> Any:
    """Return what the site's own code makes, kept for as long as it is the same code.

    Args:
        name: What is made, for the file that keeps it.
        make: Makes plain numbers, lists and texts.
        code: The files whose code does so, beside those of the key.
        of: The text it is made of, if it is.
    """
    digest = hashlib.sha256(of.encode())
    for file in code:
        digest.update(file.read_bytes())
    return _found_or(make, f"{name}.{digest.hexdigest()[:16]}")


def _found_or(make: Callable[[], Any], name: str) -> Any:
    """Return what was kept, or make it, keep it, and return it as it will be found."""
    kept = found(name)
    if kept is None:
        keep(name, make())
        kept = found(name)
    return kept


def found(name: str) -> Any:
    """Return what was kept under a name from the last time, None for nothing."""
    file = KEPT / key() / f"{name}.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else None


def table(name: str) -> Table:
    """Return a table by the name that a page calls it: module.name."""
    module, _, function = name.partition(".")
    return Table(*result(figures.find(module, f"{function}_table")))


def keep(name: str, result: Any) -> None:
    """Keep plain numbers, lists and texts for the next time."""
    file = KEPT / key() / f"{name}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(f".{os.getpid()}")
    unfinished.write_text(json.dumps(result), encoding="utf-8")
    unfinished.replace(file)  # whole or not at all


def refresh() -> None:
    """Notice sources that changed since the last build, and forget what came from them."""
    before = key()
    key.cache_clear()
    if key() != before:
        forget()
    for folder in KEPT.glob("*"):
        if folder.is_dir() and folder.name != key():
            shutil.rmtree(folder)


def forget() -> None:
    """Drop the modules that runs come from, so that they are imported anew."""
    for module in list(sys.modules):
        if module.partition(".")[0] == "nnbasics" or module.startswith("website.figures"):
            del sys.modules[module]
