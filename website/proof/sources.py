"""The source of something in nnbasics, as a page shows it.

What a reader of the lesson need not know is left out: docstrings, for the page around explains,
type annotations, and the methods that Python calls by itself, such as `__repr__`.
"""

import ast
import importlib.util
import inspect
import itertools
import re
import textwrap
from collections.abc import Iterator
from typing import Any

from website.pages import ROOT


def load(name: str) -> tuple[str, str]:
    """Return the source, shortened, and the file that it is in."""
    module, *attributes = _split(name)
    thing: Any = importlib.import_module(module)
    for attribute in attributes:
        thing = getattr(thing, attribute)
    path = inspect.getsourcefile(thing) or ""
    return shorten(textwrap.dedent(inspect.getsource(thing))), path.removeprefix(f"{ROOT}/")


def program(name: str) -> str:
    """Return a program of docs/frameworks/, whole."""
    return (ROOT / "docs" / "frameworks" / name).read_text(encoding="utf-8").rstrip("\n")


def shorten(code: str) -> str:
    """Leave out docstrings, type annotations, and the methods that Python calls by itself."""
    starts = [0, *itertools.accumulate(len(line) for line in code.splitlines(keepends=True))]

    def start(node: Any) -> int:
        return int(starts[node.lineno - 1] + node.col_offset)

    def end(node: Any) -> int:
        return int(starts[node.end_lineno - 1] + node.end_col_offset)

    cuts: list[tuple[int, int]] = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.arg) and node.annotation:
            cuts.append((start(node) + len(node.arg), end(node.annotation)))
        elif isinstance(node, ast.AnnAssign) and node.value:
            cuts.append((end(node.target), end(node.annotation)))
        elif isinstance(node, ast.FunctionDef) and node.returns:
            cuts.append((code.rindex(" ->", 0, start(node.returns)), end(node.returns)))
        for part in _whole(node):
            first = min([part, *getattr(part, "decorator_list", [])], key=lambda it: it.lineno)
            cuts.append((starts[first.lineno - 1], starts[part.end_lineno or 0]))
    # From the end to the start, so that no cut moves what is still to be cut.
    for first_character, after in sorted(cuts, reverse=True):
        code = code[:first_character] + code[after:]
    code = re.sub(r"\n{3,}", "\n\n", code).replace(":\n\n", ":\n")
    # What is left of a signature has room on one line.
    return re.sub(r"\(\n((?: +[\w*=. ]+,\n)+) *\):", _on_one_line, code).strip("\n")


def _whole(node: ast.AST) -> Iterator[ast.stmt]:
    """Yield the statements in a function or class of which nothing is shown."""
    if not isinstance(node, ast.FunctionDef | ast.ClassDef):
        return
    if ast.get_docstring(node) and len(node.body) > 1:
        yield node.body[0]
    if isinstance(node, ast.ClassDef):
        for part in node.body:
            if isinstance(part, ast.FunctionDef) and re.match("__(?!init__)", part.name):
                yield part
            if isinstance(part, ast.AnnAssign) and not part.value:
                yield part


def _on_one_line(signature: re.Match[str]) -> str:
    """Return the arguments side by side, defaults without spaces."""
    arguments = signature[1].replace(" = ", "=").split(",\n")
    return f"({', '.join(argument.strip() for argument in arguments if argument.strip())}):"


def _split(name: str) -> list[str]:
    """Split a.b.C.d into the module a.b and the attributes C, d."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        module = ".".join(parts[:end])
        try:
            if importlib.util.find_spec(module):
                return [module, *parts[end:]]
        except ModuleNotFoundError:
            continue
    raise ImportError(f"no module is called {parts[0]}")
