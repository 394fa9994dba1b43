"""Run the code on the pages: every block, in page order, one namespace for each page.

    python -m website.snippets            compare every output
    python -m website.snippets PAGE       compare those of one page, or of some
    python -m website.snippets --update   write the outputs that differ into the pages

After an update, look at `git diff`: a number that changed is a finding.
"""

import doctest
import functools
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from website.pages import DOCS, ROOT, in_order

FENCE = re.compile(r"^( *)(```+)([^\n`]*)\n(.*?)^\1\2 *$", re.M | re.S)


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
    return in_order(DOCS.rglob("*.md"))


def blocks(path: Path) -> Iterator[Block]:
    """Yield the fenced blocks of a page."""
    text = path.read_text(encoding="utf-8")
    for match in FENCE.finditer(text):
        language = re.split(r"[ {]", match[3].strip(), maxsplit=1)[0]
        yield Block(language, match[4], text.count("\n", 0, match.start()) + 2)


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

    def __init__(self) -> None:
        """Compare to the letter, apart from `...` in tracebacks."""
        super().__init__(optionflags=doctest.ELLIPSIS)
        self.updates: list[Update] = []

    def report_failure(self, out: Any, test: Any, example: Any, got: str) -> None:
        """Note the right output, then report as usual."""
        first = example.lineno + len(example.source.splitlines())
        got = re.sub(r"(?m)^(Traceback .+\n)(?: .*\n)+", r"\1    ...\n", got)
        lines = [
            " " * example.indent + line if line else "<BLANKLINE>" for line in got.splitlines()
        ]
        self.updates.append(Update(first, first + example.want.count("\n"), lines))
        super().report_failure(out, test, example, got)


def run(path: Path) -> tuple[str, list[Update]]:
    """Run a page's snippets; return the report of what failed ("" for nothing)."""
    report: list[str] = []
    runner = Runner()
    runner.run(examples(path), out=report.append)
    return "".join(report), runner.updates


@functools.cache
def report(path: Path, text: str, key: str) -> str:
    """Return what is wrong with a page's snippets: run once for each wording and `results.key`."""
    del text, key  # they only tell one call from another
    return run(path)[0]


def chosen(names: list[str]) -> list[Path]:
    """Return the pages of these names, or without any, every page and the README."""
    every = [*pages(), ROOT / "README.md"]
    asked = [Path(name).resolve() for name in names]
    for name, path in zip(names, asked, strict=True):
        if path not in every:
            sys.exit(f"{name} is no page with snippets, such as {every[-2].relative_to(ROOT)}")
    return asked or every


def main(update: bool, names: list[str]) -> int:
    """Compare, or update, some pages, or every page."""
    failed = False
    for path in chosen(names):
        report, updates = run(path)
        print(f"{path.relative_to(ROOT)}: {len(updates)} outputs differ", file=sys.stderr)
        wrong = bool(report)
        if update:
            lines = path.read_text(encoding="utf-8").splitlines()
            for change in reversed(updates):
                first, last = change.first, change.last
                while lines[first].strip() == "...":  # the line that ends a block
                    first, last = first + 1, last + 1
                lines[first:last] = change.lines
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
            wrong = report.count("\nException raised:") > 0
        if wrong:
            print(report)
        failed |= wrong
    return int(failed)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    sys.exit(main("--update" in arguments, [name for name in arguments if name != "--update"]))
