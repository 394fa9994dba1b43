"""Run the code on the pages: every block, in page order, one namespace for each page."""

import doctest
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from website.pages import DOCS, ROOT, in_order

FENCE = re.compile(r"^( *)(```+)([^\n`]*)\n(.*?)^\1\2 *$", re.M | re.S)
Watch = Callable[[int | None, dict[str, Any]], None]


class Block(NamedTuple):
    """A fenced block of a page: its language, its text, and the line of its first line."""

    language: str
    text: str
    line: int


class Update(NamedTuple):
    """An output that a page gets wrong: the lines it stands on, and the right one."""

    first: int
    last: int
    lines: list[str]


def pages() -> list[Path]:
    """Return every page, in order of names: the lessons come in reading order."""
    return in_order({*DOCS.rglob("*.md")} - {*DOCS.glob("exercises/*.md")})


def blocks(path: Path) -> Iterator[Block]:
    """Yield the fenced blocks of a page."""
    text = path.read_text(encoding="utf-8")
    for match in FENCE.finditer(text):
        yield Block(language(match), match[4], text.count("\n", 0, match.start()) + 2)


def language(fence: re.Match[str]) -> str:
    """Return the language of a block that FENCE found."""
    return re.split(r"[ {]", fence[3].strip(), maxsplit=1)[0]


def examples(path: Path) -> doctest.DocTest:
    """Return all snippets of a page as one doctest, each on the line where it stands."""
    lines = [""] * (path.read_text(encoding="utf-8").count("\n") + 2)
    for block in blocks(path):
        if block.language == "pycon":
            body = block.text.splitlines()
            lines[block.line - 1 : block.line - 1 + len(body)] = body
    name = str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path.name)
    return doctest.DocTestParser().get_doctest("\n".join(lines), {}, name, name, 0)


class Runner(doctest.DocTestRunner):
    """Run a page's examples and remember which outputs differ."""

    def __init__(self, watch: Watch) -> None:
        """Compare to the letter, apart from `...` in tracebacks."""
        super().__init__(optionflags=doctest.ELLIPSIS)
        self.updates: list[Update] = []
        self._watch = watch

    def report_start(self, out: Any, test: Any, example: Any) -> None:
        """Show the names as they are before an example runs."""
        self._watch(example.lineno + 1, test.globs)
        super().report_start(out, test, example)

    def report_failure(self, out: Any, test: Any, example: Any, got: str) -> None:
        """Note the right output, then report as usual."""
        first = example.lineno + len(example.source.splitlines())
        got = re.sub(r"(?m)^(Traceback .+\n)(?: .*\n)+", r"\1    ...\n", got)
        lines = [
            " " * example.indent + line if line else "<BLANKLINE>" for line in got.splitlines()
        ]
        self.updates.append(Update(first, first + example.want.count("\n"), lines))
        super().report_failure(out, test, example, got)


def run(path: Path, watch: Watch = lambda _line, _names: None) -> tuple[str, list[Update]]:
    """Run a page's snippets; return the report of what failed ("" for nothing).

    `watch` is shown the names before each example, with the line of the example, and those at
    the end, with None.
    """
    report: list[str] = []
    runner, test = Runner(watch), examples(path)
    runner.run(test, out=report.append, clear_globs=False)
    watch(None, test.globs)
    return "".join(report), runner.updates
