"""NumPy in the lessons: below the code that first uses a name stands a link to what it means.

So it is with the parts of Python that go beyond lists, `for` and functions.

docs/numpy.md explains each in a row of its list. A name without a row stops the build.
"""

import ast
import contextlib
import doctest
import functools
import itertools
import operator
import re
from collections.abc import Iterator
from types import ModuleType
from typing import NamedTuple

import numpy as np

from website import pages
from website.proof import snippets, sources

SOURCE = pages.DOCS / "numpy.md"
ROW = re.compile(r"(?m)^- (`[^`]+`(?:, `[^`]+`)*): (.+)$")
METHODS = {name for kind in (np.ndarray, np.random.Generator) for name in dir(kind)}
SHOWN = re.compile(r"\b(?:array|inf|nan)\b|\(\d+,\)")


class Row(NamedTuple):
    """What the page on NumPy says of some names: as code, in words, and where."""

    code: str
    meaning: str
    anchor: str


def used(code: str) -> Iterator[str]:
    """Yield what code uses of NumPy, and of the ways to write that come with it."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Attribute(attr=name):
                whole = ast.unparse(node)
                if re.fullmatch(r"np(\.\w+)+", whole):
                    if not _is_module(whole):
                        yield whole
                elif name in METHODS:
                    yield f".{name}"
            case ast.Call(func=ast.Attribute(attr=name) as called, keywords=keywords):
                if name in METHODS or ast.unparse(called).startswith("np."):
                    yield from (f"{keyword.arg}=" for keyword in keywords)
            case ast.BinOp(op=ast.MatMult()):
                yield "a @ b"
            case ast.BinOp(left=ast.List(), op=ast.Mult()):
                yield "[...] * n"
            case ast.List(elts=[ast.List(), *_]):
                yield "[[...]]"
            case ast.Subscript(slice=ast.Name()):
                yield "a[b]"
            case ast.ClassDef() | ast.With() | ast.IfExp() | ast.GeneratorExp():
                yield type(node).__name__  # Python that a beginner may not have met
            case ast.BinOp(left=ast.Name(), op=ast.Mod()):
                yield "a % b"
            case ast.Starred(ctx=ast.Store()):
                yield "a, *b = c"
            case ast.FormattedValue(format_spec=ast.JoinedStr(values=[ast.Constant(value=how)])):
                yield ":" + re.sub(r"\d+", "n", str(how))


def shown(output: str) -> Iterator[str]:
    """Yield what an output shows that a reader has to be told."""
    yield from (re.sub(r"\d+", "n", found[0]) for found in SHOWN.finditer(output))


@functools.cache
def in_code(language: str, text: str) -> tuple[str, ...]:
    """Return the names in a block of a page, each once, as they come."""
    names: list[str] = []
    if language == "pycon":
        for example in doctest.DocTestParser().get_examples(text):
            names += [*used(example.source), *shown(example.want)]
    elif language == "source":
        names += used(sources.load(text.strip())[0])
    return tuple(dict.fromkeys(names))


def in_sentence(code: str) -> Iterator[str]:
    """Yield the names in code that stands in a sentence, if it is Python."""
    with contextlib.suppress(SyntaxError):
        yield from used(code)
        yield from shown(code)


def rows(text: str) -> dict[str, Row]:
    """Return {name: its row} of a page that explains them; the first row of a name counts."""
    found: dict[str, Row] = {}
    for row in ROW.finditer(text):
        for code in re.findall("`(.+?)`", row[1]):
            meaning = re.sub(r"\]\(.*?\)|[\[`]", "", row[2])
            for name in in_sentence(code):
                found.setdefault(name, Row(code, meaning, _anchor(row[1])))
    return found


def link(markdown: str, lesson: str) -> str:
    """Put a line below each block of a lesson that uses names no lesson used before."""
    explained = rows(SOURCE.read_text(encoding="utf-8"))
    seen = {explained[name].code for name in before(lesson) if name in explained}

    def below(block: re.Match[str]) -> str:
        names = in_code(snippets.language(block), block[4])
        if unknown := [name for name in names if name not in explained]:
            problem = f"{', '.join(unknown)} is explained nowhere: give it a row in docs/numpy.md"
            raise pages.mistake(block[4], problem)
        new = {explained[name].code: _link(explained[name]) for name in names}
        links = [link for code, link in new.items() if code not in seen]
        if not links:
            return block[0]
        seen.update(new)
        indent = block[1]
        return f"{block[0]}\n\n{indent}New here: {', '.join(links)}\n{indent}{{: .new-names }}\n"

    return snippets.FENCE.sub(below, markdown)


def before(lesson: str) -> Iterator[str]:
    """Yield the names in the code of all lessons before one."""
    for path in itertools.takewhile(lambda path: path.name != lesson, pages.lessons()):
        for block in snippets.blocks(path):
            yield from in_code(block.language, block.text)


def anchor_rows(markdown: str) -> str:
    """Give each row of the page on NumPy an address."""
    return ROW.sub(lambda row: f"- {row[1]}{{ #{_anchor(row[1])} }}: {row[2]}", markdown)


def _link(row: Row) -> str:
    return f"[`{row.code}`](/numpy.md#{row.anchor} '{row.meaning.replace(chr(39), '’')}')"


def _anchor(codes: str) -> str:
    return re.sub(r"\W+", "-", codes).strip("-").lower()


def _is_module(name: str) -> bool:
    with contextlib.suppress(AttributeError):
        return isinstance(operator.attrgetter(name.removeprefix("np."))(np), ModuleType)
    return False
