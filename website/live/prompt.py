"""Run a snippet as Python's prompt does, and start quicker the next time.

This file runs in the reader's browser.

It needs nothing of a browser, though: the tests run it in CPython as well.
"""

import ast
import io
import linecache
import marshal
import os
import random
import shutil
import sys
import zipfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from importlib.util import MAGIC_NUMBER
from traceback import TracebackException, walk_tb
from typing import Any, NamedTuple
from zipimport import zipimporter

import numpy

HERE = "Here are Python, NumPy and nnbasics alone. For more, download a lab and run it yourself."
IN_A_LAB = HERE.replace("NumPy", "NumPy, matplotlib").replace("a lab", "this lab")


class Stop(NamedTuple):
    """An error that ended a snippet: its line there (0 if unknown), and what Python says."""

    line: int
    message: str


class Screen(io.TextIOBase):
    """Pass on what is printed as soon as it is printed: an endless loop has no end to wait for."""

    def __init__(self, show: Callable[[str], object]) -> None:
        """Remember who shows it."""
        self.show = show

    def write(self, text: str) -> int:
        """Show some text."""
        if text:
            self.show(text)
        return len(text)


def run(
    code: str, name: str, namespace: dict[str, Any], show: Callable[[str], object]
) -> Stop | None:
    """Run statement after statement, and show each value as the prompt does."""
    # Tracebacks and warnings quote lines from here.
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
    screen = Screen(show)
    with redirect_stdout(screen), redirect_stderr(screen):
        try:
            for statement in ast.parse(code, name).body:
                exec(compile(ast.Interactive([statement]), name, "single"), namespace)
        except BaseException as error:  # whatever it is, the page lives on
            return Stop(line_of(error, name), message_of(error))
    return None


def line_of(error: BaseException, name: str) -> int:
    """Return the line of the snippet that led to an error."""
    if isinstance(error, SyntaxError) and error.filename == name:
        return error.lineno or 0
    lines = [
        line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename == name
    ]
    return lines[-1] if lines else 0


def message_of(error: BaseException, here: str = HERE) -> str:
    """Return what Python says about an error, without the way to it."""
    if isinstance(error, ModuleNotFoundError):
        return f"ModuleNotFoundError: No module named {error.name!r}\n{here}"
    lines = list(TracebackException.from_exception(error).format_exception_only())
    if isinstance(error, SyntaxError):
        lines = lines[-1:]  # the page lights the line itself
    return "".join(lines).rstrip()


def tidy_up(home: str, *others: str) -> None:
    """Do what is left to do when Python's memory is put back: empty folders, and let chance in."""
    os.chdir(home)
    for folder in (home, *others):
        for entry in os.scandir(folder):
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path)
            else:
                os.unlink(entry.path)
    random.seed()
    numpy.random.seed()  # noqa: NPY002 -- a snippet may have used it


def compiled_library() -> bytes:
    """Return the standard library with what was compiled of it so far.

    Pyodide ships it as source. To compile it takes more than half of the time of a start.
    """
    unchecked = MAGIC_NUMBER + (1).to_bytes(4, "little") + bytes(8)  # PEP 552: a .pyc to be trusted
    path = next(path for path in sys.path if path.endswith(".zip"))
    with open(path, "rb") as file:
        library = io.BytesIO(file.read())
    with zipfile.ZipFile(library, "a") as archive:
        present = set(archive.namelist())
        for module in list(sys.modules.values()):
            spec = getattr(module, "__spec__", None)
            if not spec or not isinstance(spec.loader, zipimporter):
                continue
            name = f"{spec.loader.get_filename(spec.name)[len(path) + 1 :]}c"
            if name not in present:
                present.add(name)
                code = spec.loader.get_code(spec.name)
                archive.writestr(name, unchecked + marshal.dumps(code))
    return library.getvalue()
