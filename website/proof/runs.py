"""What the code of a page gives: its outputs, and for each mark the numbers of its expression.

An expression sees, in this order,
- in the words of a figure: the keys of its data, `training loss` as training_loss,
- the names of the page's code, as they are where the mark stands; a name that is not there yet,
  as it is when it comes (so such a name never means a figure),
- the package, np and math,
- the figures and tables of the page: rates.walks, seeds_table["Training loss", "Mean"],
- the modules of website/figures and all that is in them: digits.run(3),
- the figures that the reader moves, by name: figures.loop.steps,
- project (of pyproject.toml), lessons and labs (their files).
It is worked out while the code runs, not afterwards, and on copies: it changes nothing.
One of them it must name: 12 - 10 is 2 whatever the page says.
"""

import ast
import builtins
import contextlib
import copy
import dataclasses
import doctest
import functools
import hashlib
import importlib
import importlib.util
import io
import math
import re
import tomllib
import traceback
from numbers import Real
from pathlib import Path
from typing import Any

import numpy as np

from website import figures
from website.look import Table
from website.pages import DOCS, ROOT
from website.proof import kept, snippets
from website.proof.numerals import LITERAL, value
from website.proof.text import Mark, Page, named

Values = list[float | bool | str]
TOOLS = {*dir(builtins), "np", "math"}  # which give nothing of their own


@dataclasses.dataclass
class Ran:
    """What a page's code gave.

    Attributes:
        values: For each mark what its expression gives, or a text that says why it gives nothing.
        printed: What each cell of a lab printed, by its place among the blocks of code.
        report: What is wrong with the outputs that the page shows, "" for nothing.
        updates: The outputs that differ.
    """

    values: list[Values | str]
    printed: list[str]
    report: str = ""
    updates: list[snippets.Update] = dataclasses.field(default_factory=list)


def once(path: Path, page: Page) -> Ran:
    """Return what a page's code gives: run once for each wording of its code and its marks.

    So a change of a word runs nothing. Outputs that are wrong are not kept: their lines may move.
    """
    found = [(block.start, block.kind + block.body) for block in page.code()]
    found += [(mark.start, f"{mark.expression} {mark.figure}") for mark in page.marks]
    found += [(b.start, named(b.body)) for b in page.blocks if b.kind in ("figure", "table")]
    events = [text for _, text in sorted(found)]
    digest = hashlib.sha256(repr(events).encode())
    for file in (Path(__file__), *others(page)):
        digest.update(file.read_bytes())
    name = f"page.{digest.hexdigest()[:16]}"
    before = kept.found(name)
    if before is not None:
        return Ran(**before)
    ran = run(path, page)
    if not ran.report:
        kept.keep(name, {"values": ran.values, "printed": ran.printed})
    return ran


def others(page: Page) -> list[Path]:
    """Return the other files of the project of which the marks of a page speak."""
    speaks = re.compile(r"\b(project|lessons|labs)\b")
    if not any(speaks.search(mark.expression) for mark in page.marks):
        return []
    return [ROOT / "pyproject.toml", *_lessons(), *_labs()]


def run(path: Path, page: Page) -> Ran:
    """Run the code of a page, and work out its marks on the way."""
    watcher = Watcher(page)
    if path.suffix == ".py":
        printed, report = _run_cells(page, watcher)
        return Ran(watcher.values, printed, report)
    report, updates = snippets.run(path, watcher.look)
    if report:
        report = f"{page.name}: a snippet prints something else:\n{report}"
    return Ran(watcher.values, [], report, updates)


def _run_cells(page: Page, watcher: "Watcher") -> tuple[list[str], str]:
    """Run the cells of a lab in one namespace; return what each printed, and which one failed."""
    from matplotlib import pyplot as plt  # which a lesson without figures does not need

    plt.switch_backend("svg")  # show() opens no window
    names: dict[str, Any] = {}
    printed, report = [], ""
    for block in page.code():
        line = page.line(block.start)
        watcher.look(line, names)
        out = io.StringIO()
        try:
            with contextlib.redirect_stdout(out):
                exec(compile("\n" * (line - 1) + block.body, page.name, "exec"), names)
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            lines = [frame.lineno or line for frame in frames if frame.filename == page.name]
            line = [line, *lines][-1]
            report = f"{page.name}:{line}: {type(error).__name__}: {error}"
            break
        printed.append(out.getvalue())
    watcher.look(None, names)
    plt.close("all")
    return printed, report


class Watcher:
    """Works out each mark of a page as soon as its names are there."""

    def __init__(self, page: Page, own: bool = True) -> None:
        """Begin with nothing worked out; say whether the code of the page is Python."""
        self.values: list[Values | str] = ["nothing gives it"] * len(page.marks)
        self._waiting = [(n, page.line(mark.start), mark) for n, mark in enumerate(page.marks)]
        drawn = [named(b.body) for b in page.blocks if b.kind in ("figure", "table")]
        self._figures = {name.rpartition(".")[2]: name for name in drawn}
        self._own = _names_made_by(page) if own else set()

    def look(self, line: int | None, names: dict[str, Any]) -> None:
        """Work out what stands above a line (None: the end) with the names that there are."""
        still = []
        for n, where, mark in self._waiting:
            if line is None or where < line:
                try:
                    self.values[n] = evaluate(mark, names, self._figures, self._own)
                except Exception as error:  # a name that comes later, or a mistake
                    self.values[n] = f"{type(error).__name__}: {error}"
                else:
                    continue
            still.append((n, where, mark))
        self._waiting = still


def evaluate(mark: Mark, names: dict[str, Any], shown: dict[str, str], own: set[str]) -> Values:
    """Return the numbers, truths or texts that an expression gives."""
    tree = ast.parse(f"({mark.expression},)", mode="eval")
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    if not used - made_in(tree) - TOOLS:
        raise ValueError("it is made of constants alone: name what gives it, or take it away")
    words = _keys(figure(mark.figure)) if mark.figure else {}
    seen = _common(kept.key()) | {name: copied(names[name]) for name in used & set(names)} | words
    for name in used - set(seen) - own:
        if name in shown:
            seen[name] = figure(shown[name])
        elif importlib.util.find_spec(f"website.figures.{name}"):
            seen[name] = Module(name)
    for name in own - set(names) - set(words):
        seen.pop(name, None)  # not yet
    return flat(eval(compile(tree, "a mark", "eval"), seen))


def made_in(tree: ast.AST) -> set[str]:
    """Return the names that code gives to its own things, such as what a loop counts with."""
    names = (node for node in ast.walk(tree) if isinstance(node, ast.Name))
    return {node.id for node in names if isinstance(node.ctx, ast.Store)}


def _names_made_by(page: Page) -> set[str]:
    """Return the names that the code of a page gives to its own things."""
    found: set[str] = set()
    for block in page.code():
        if block.kind == "pycon":
            examples = doctest.DocTestParser().get_examples(block.body)
            source = "".join(example.source for example in examples)
        else:
            source = block.body if block.kind == "cell" else ""
        try:
            tree = ast.parse(source)
        except SyntaxError:  # which is reported when the code runs
            continue
        found |= made_in(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                found.add(node.name)
    return found


def copied(found: Any) -> Any:
    """Return a copy, so that a mark changes nothing; what cannot be copied is returned itself."""
    try:
        return copy.deepcopy(found)
    except TypeError:
        return found


def flat(found: Any) -> Values:
    """Return the numbers, truths and texts in a value, however deep."""
    if isinstance(found, bool | np.bool_):
        return [bool(found)]
    if isinstance(found, Real):
        return [float(found)]
    if isinstance(found, str):
        return [found]
    parts = found.values() if isinstance(found, dict) else found
    return [one for part in parts for one in flat(part)]


# ---- What an expression sees ----


@functools.lru_cache(maxsize=1)
def _common(_key: str) -> dict[str, Any]:
    """Return what every expression sees, once for each key of what runs: the package may change."""
    nnbasics = importlib.import_module("nnbasics")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    package = {name: getattr(nnbasics, name) for name in nnbasics.__all__}
    site = {"project": project, "lessons": _lessons(), "labs": _labs()}
    return package | site | {"np": np, "math": math, "figures": Moving()}


def _lessons() -> list[Path]:
    return sorted(DOCS.glob("lessons/*.md"))


def _labs() -> list[Path]:
    return sorted(DOCS.glob("labs/*.py"))


def figure(name: str) -> Any:
    """Return the data of a figure, or the cells of a table, by the name that a page gives it."""
    module, dot, name = name.rpartition(".")
    return getattr(Module(module), name) if dot else dotted(kept.result(figures.parts(name).data))


class Moving:
    """The figures that the reader moves, by name: figures.loop."""

    def __getattr__(self, name: str) -> Any:
        """Return the data of one."""
        return figure(name)


class Module:
    """A module of website/figures, in which the name of a figure gives its data."""

    def __init__(self, name: str) -> None:
        """Remember its name: it is looked up when it is asked for."""
        self._name = name

    def __getattr__(self, name: str) -> Any:
        """Return the data of a figure, the cells of a table, or anything else in the module."""
        with contextlib.suppress(AttributeError):
            return dotted(kept.result(figures.find(self._name, f"{name}_data")))
        found = figures.find(self._name, name)
        return Cells(Table(*kept.result(found))) if name.endswith("_table") else found


class Data(dict[str, Any]):
    """A figure's data: what it calls "training loss" is also called training_loss."""

    def __getattr__(self, name: str) -> Any:
        """Return what is kept under a name, with dashes under what Python cannot write."""
        found = _keys(self)
        if name not in found:
            raise AttributeError(f"there is no {name}, only {', '.join(found)}")
        return found[name]


def dotted(found: Any) -> Any:
    """Return data whose parts, too, can be called by name."""
    if isinstance(found, dict):
        return Data({key: dotted(part) for key, part in found.items()})
    return [dotted(part) for part in found] if isinstance(found, list) else found


def _keys(data: dict[str, Any]) -> dict[str, Any]:
    return {re.sub(r"\W", "_", str(key)): part for key, part in data.items()}


class Cells:
    """A table whose cells are called by row and column: seeds_table["Training loss", "Mean"]."""

    def __init__(self, table: Table) -> None:
        """Remember the table."""
        self._table = table

    def __getitem__(self, place: tuple[str | int, str | int]) -> float:
        """Return the first number in a cell; rows and columns go by name, or count from 0."""
        row, column = place
        cells = next(c for n, c in enumerate(self._table.rows) if row in (n, c[0]))
        heads = list(self._table.columns)
        found = LITERAL.search(cells[column if isinstance(column, int) else heads.index(column)])
        if not found:
            raise ValueError(f"there is no number in {place}")
        return value(found[0])
