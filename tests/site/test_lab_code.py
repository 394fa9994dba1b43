"""The labs' code is for a reader who knows lists, `for` and functions: the rest is explained."""

import ast
import builtins
import functools
import re
from pathlib import Path

import jupytext
import pytest
from helpers import pycon, undefined

from website import marks, pages
from website.pages import DOCS

# Lists, for, functions, and what comes with them, as Python's grammar has it.
PLAIN = (
    *(ast.Module, ast.Import, ast.ImportFrom, ast.alias, ast.Expr, ast.Constant, ast.Name),
    *(ast.FunctionDef, ast.arguments, ast.arg, ast.Return, ast.Call, ast.keyword, ast.Attribute),
    *(ast.Assign, ast.AugAssign, ast.For, ast.If, ast.List, ast.Tuple, ast.Subscript, ast.Slice),
    *(ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.JoinedStr, ast.FormattedValue),
    *(ast.operator, ast.unaryop, ast.cmpop, ast.boolop, ast.expr_context, ast.comprehension),
    *(ast.withitem, ast.ExceptHandler),  # parts of With and Try
)
PLAIN_NAMES = {
    *("abs", "float", "len", "list", "max", "min", "open", "print", "range", "round", "str", "sum"),
    *(".append", ".count", ".index", ".name"),
}
CLEVER = (ast.IfExp, ast.JoinedStr, ast.ListComp, ast.GeneratorExp, ast.DictComp, ast.SetComp)

# What a number looks like: the page on NumPy explains the first two.
FORMATS = {r"\.\d[f%]": "", r"\d+": "", r"\d+\.\df": ":5.1f", r"\d*,": ":,"}

# All else that a lab may use, and the words that explain it: in a lesson, in the lab itself, or in
# one that it says it needs.
EXPLAINED = [
    ("ListComp", "lessons/2-mean-squared-error.md", "the square brackets collect the results"),
    ("[-1]", "labs/1-feel-the-learning-rate.py", "(`weights[-1]` is the last one of the list.)"),
    (":5.1f", "labs/1-feel-the-learning-rate.py", "(In `:5.1f`, 5 is the room"),
    (":5.1f", "labs/3-when-to-stop.py", "In `epoch.loss:8.3f`,"),
    (":,", "labs/2-big-batch-or-small.py", "(`:,` puts a comma into 1,000.)"),
    ("While", "labs/2-big-batch-or-small.py", "(`while` is a loop too:"),
    ("Break", "labs/3-when-to-stop.py", "that is what `break` does"),
    ("%", "labs/3-when-to-stop.py", "`% 10` counts round"),
    ("[:] =", "labs/3-when-to-stop.py", "(`value[:] = ...` writes new numbers into an array"),
    ("Starred", "labs/3-when-to-stop.py", "The star in front of a list hands over what is in it"),
    ("With", "labs/3-when-to-stop.py", "`with` closes it when the lines below it are done"),
    ("[:] =", "labs/4-the-clinic.py", "(`value[:] = ...` writes new numbers into an array"),
    ("With", "labs/4-the-clinic.py", "Below `with warnings.catch_warnings` a warning is hidden"),
    ("Try", "labs/5-your-own-data.py", "`try` runs lines that may fail"),
    ("//", "labs/5-your-own-data.py", "(`//` divides and drops the rest.)"),
    ("~", "labs/5-your-own-data.py", "`~gap` picks the rows without one"),
    ("[:, 0]", "labs/5-your-own-data.py", "`with_gaps[:, 0]` is the first column"),
]


def beyond(node: ast.AST) -> str:
    """Return what a part of some code needs beyond lists, for and functions, or ""."""
    match node:
        case ast.FunctionDef(decorator_list=[_, *_]):
            return "a decorator"
        case ast.FunctionDef(body=body) if any(isinstance(line, ast.FunctionDef) for line in body):
            return "a function in a function"
        case ast.FunctionDef(args=ast.arguments(vararg=ast.arg()) | ast.arguments(kwarg=ast.arg())):
            return "a star in a signature"
        case ast.FunctionDef(args=ast.arguments(kwonlyargs=[_, *_])):
            return "a sign in a signature"
        case ast.keyword(arg=None):
            return "two stars"
        case ast.keyword(arg="strict" | "key" as name):
            return f"{name}="
        case ast.ListComp(generators=[_, _, *_] | [ast.comprehension(ifs=[_, *_])]):
            return "a chain in brackets"
        case ast.ListComp(elt=inner) if any(isinstance(n, CLEVER[2:]) for n in ast.walk(inner)):
            return "brackets in brackets"
        case ast.FormattedValue(format_spec=ast.JoinedStr(values=parts)) if len(parts) > 1:
            return "a format made of formats"
        case ast.FormattedValue(value=inner) if any(isinstance(n, CLEVER) for n in ast.walk(inner)):
            return "logic in a text"
        case ast.FormattedValue(format_spec=ast.JoinedStr(values=[ast.Constant(value=str(spec))])):
            return next((how for form, how in FORMATS.items() if re.fullmatch(form, spec)), spec)
        case ast.Tuple(elts=inner, ctx=ast.Store()) if any(isinstance(n, ast.Tuple) for n in inner):
            return "a pair in a pair"
        case ast.Starred(ctx=ast.Store()):
            return "a star on the left"
        case ast.Subscript(slice=ast.UnaryOp(op=ast.USub())):
            return "[-1]"
        case ast.Subscript(slice=ast.Slice(lower=None, upper=None), ctx=ast.Store()):
            return "[:] ="
        case ast.Subscript(slice=ast.Tuple()):
            return "[:, 0]"
        case ast.Slice(step=ast.expr()):
            return "a slice with a step"
        case ast.BinOp(op=ast.Mod()):
            return "%"
        case ast.BinOp(op=ast.FloorDiv()):
            return "//"
        case ast.UnaryOp(op=ast.Invert()):
            return "~"
        case _ if isinstance(node, PLAIN):
            return ""
    return type(node).__name__


def name_of(node: ast.AST) -> str:
    """Return the name of Python's, of a library or of a method that a part of some code uses."""
    match node:
        case ast.Name(id="_"):  # a doctest that ran before has made it a builtin
            return ""
        case ast.Name(id=name) if hasattr(builtins, name):
            return name
        case ast.Attribute(
            value=ast.Name(id="np" | "math" | "csv" | "time" | "tempfile" as module)
        ):
            return f"{module}.{node.attr}"
        case ast.keyword(arg="newline" | "encoding" as name):
            return name
        case ast.Attribute() if not re.match(r"(plt|axes|grid)\b", ast.unparse(node)):
            return f".{node.attr}"
    return ""


def too_hard(lab: Path) -> list[str]:
    """Return the lines of a lab that need what nothing above them explains."""
    source = marks.read(lab)
    earlier = [*pages.lessons(), *needed(lab)]
    read = "\n".join(marks.read(path) for path in earlier)
    found = []
    for node in ast.walk(ast.parse(source)):
        line = getattr(node, "lineno", 1)
        above = "\n".join(source.splitlines()[: line - 1])
        needs, name = beyond(node), name_of(node)
        if needs and not explained(needs, lab, above, earlier):
            found.append((line, needs))
        if name and name not in PLAIN_NAMES | names_of_lessons() and not told(name, read + above):
            found.append((line, name))
    return [f"{lab.name}:{line}: {what}" for line, what in sorted(set(found))]


def explained(needs: str, lab: Path, above: str, earlier: list[Path]) -> bool:
    """Tell whether the place that explains something comes before its use."""
    return any(
        words in above if DOCS / place == lab else DOCS / place in earlier
        for what, place, words in EXPLAINED
        if what == needs
    )


def told(name: str, text: str) -> bool:
    """Tell whether a text speaks of a name."""
    word = name.rpartition(".")[2]
    return bool(re.search(rf"`([^`\n]*\W)?{word}\b", text))


def needed(lab: Path) -> list[Path]:
    """Return the labs that one says its reader needs, and those that they need."""
    need = "".join(re.findall(r"(?ms)^# You need: .*?\n\n", marks.read(lab)))
    found = [lab.parent / name for name in re.findall(r"\]\((\d[^)/]*\.py)\)", need)]
    return [*found, *(more for one in found for more in needed(one))]


def labs() -> list[Path]:
    """Return the labs in reading order."""
    return pages.in_order((DOCS / "labs").glob("*.py"))


@functools.cache
def names_of_lessons() -> set[str]:
    """Return the names that the snippets of the lessons use."""
    code = [
        re.sub(r"(?m)^(>>>|\.\.\.) ?|^(?!>>>|\.\.\.).*$", "", block.text)
        for path in pages.lessons()
        for block in pycon(path)
    ]
    parts = [node for text in code for node in ast.walk(ast.parse(text))]
    return {name_of(node) for node in parts}


@pytest.mark.parametrize("lab", labs(), ids=lambda lab: lab.stem)
def test_the_code_is_at_the_level_of_its_reader(lab: Path) -> None:
    """A lab uses lists, for, functions, what the lessons taught, and what the text above says."""
    assert not too_hard(lab)


@pytest.mark.parametrize(("what", "place", "words"), EXPLAINED)
def test_what_is_explained_is_explained(what: str, place: str, words: str) -> None:
    """The words that explain a way to write stand where the list says."""
    assert words in marks.read(DOCS / place), what


@pytest.mark.parametrize("lab", labs(), ids=lambda lab: lab.stem)
def test_what_draws_need_not_be_read(lab: Path) -> None:
    """A lab says so above its first plot, and it holds: no other cell needs what a plot makes."""
    cells = jupytext.reads(marks.read(lab), fmt="py:percent").cells
    draws = ["plt.show()" in cell.source for cell in cells]
    above = [cell.source for cell in cells[: draws.index(True)] if cell.cell_type == "markdown"]
    assert "Cells with `plt` only draw: run them, no need to read them." in "\n".join(above)
    rest = [
        cell.source
        for cell, drawn in zip(cells, draws, strict=True)
        if cell.cell_type == "code" and not drawn
    ]
    assert undefined("\n".join(rest)) == []


@pytest.mark.parametrize(
    "code",
    [
        "raise ValueError('no') from None",
        "costs = {'mse': mse}",
        "costs = {name: 0 for name in names}",
        "first, *_, last = epochs",
        "for (a, b), c in pairs: print(a)",
        "class Softmax: pass",
        "best = a if a < b else b",
        "[n for n in numbers if n > 0]",
        "[n for row in table for n in row]",
        "[[n for n in row] for row in table]",
        "sum(n for n in numbers)",
        "zip(a, b, strict=True)",
        "sorted(names, key=len)",
        "f'{loss:{width}.2f}'",
        "f'{a if a else b}'",
        "f'{[n for n in numbers]}'",
        "def ever():\n    yield 1",
        "def total(*numbers): return sum(numbers)",
        "def total(a, *, b): return a + b",
        "def outer():\n    def inner(): return 1\n    return inner",
        "fit(**settings)",
        "lambda n: n",
        "print(n := 1)",
        "@cache\ndef one(): return 1",
        "numbers[::2]",
        "assert numbers",
    ],
)
def test_clever_code_is_refused(code: str) -> None:
    """What beginners have not met is found, and no page explains it."""
    needs = {beyond(node) for node in ast.walk(ast.parse(code))} - {""}
    assert needs - {what for what, _, _ in EXPLAINED}


def test_what_another_lab_explains_is_unknown_unless_it_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lab may use what another explains only if it says that its reader needs that one."""
    monkeypatch.setattr(f"{__name__}.DOCS", tmp_path)
    lab, other = tmp_path / "labs" / "4-x.py", tmp_path / "labs" / "1-feel-the-learning-rate.py"
    lab.parent.mkdir()
    other.write_text("# `np.cbrt` takes a root\n", encoding="utf-8")
    use, need = "n = np.cbrt(numbers[-1])\n", "# You need: lesson 6, and [lab 1]({})\n\n"
    lab.write_text(need.format("https://example.org") + use, encoding="utf-8")
    assert too_hard(lab) == ["4-x.py:3: [-1]", "4-x.py:3: np.cbrt"]
    lab.write_text(need.format(other.name) + use, encoding="utf-8")
    assert not too_hard(lab)


def test_an_explanation_comes_before_the_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name, or a way to write, that the text tells of only later is refused."""
    lab = tmp_path / "docs" / "labs" / "3-when-to-stop.py"
    lab.parent.mkdir(parents=True)
    use, words = "n = np.cbrt(7) % 10\n", "# `% 10` counts round, `np.cbrt` takes a root\n"
    monkeypatch.setattr(f"{__name__}.DOCS", tmp_path / "docs")
    lab.write_text(words + use, encoding="utf-8")
    assert not too_hard(lab)
    lab.write_text(use + words, encoding="utf-8")
    assert too_hard(lab) == [f"{lab.name}:1: %", f"{lab.name}:1: np.cbrt"]
