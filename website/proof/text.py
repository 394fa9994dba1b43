"""A page as its reader reads it: its words, where each of its sections ends, and its marks."""

import contextlib
import functools
import re
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from website.marks import MARK
from website.pages import ROOT
from website.proof import sources
from website.proof.snippets import FENCE

READ = ("figure", "scene", "mermaid")  # blocks whose words are read
# Blocks that a text may quote.
CODE = ("pycon", "source", "program", "cell", "python", "text", "console")
GIVEN = re.compile(r"<!-- given: (.+?) -->")
UNREAD = re.compile(
    r"\]\([^)\n]*\)"  # where a link leads
    r"|<!--.*?-->|<[^<>\n]*>"  # comments and tags
    r"|\{[ :#.a-z][^}\n]*\}",  # attributes and claims
    re.S,
)


class Block(NamedTuple):
    """Code, a figure, a table or a diagram: where it stands, its kind and its text."""

    start: int
    end: int
    kind: str
    body: str


class Mark(NamedTuple):
    """A mark: where it stands, its expression, and the figure that it speaks of ("" for none)."""

    start: int
    expression: str
    figure: str


class Page:
    """A page. Every place is the same in its text, in its words, and in its source.

    Attributes:
        text: The page as Markdown.
        source: The file that it comes from: of a lab, Python.
        blocks: Its code, figures, tables and diagrams.
        marks: What binds its numbers.
        sections: Where each begins and ends.
    """

    def __init__(self, text: str, name: str = "", blocks: list[Block] | None = None) -> None:
        """Find what a page is made of; a fenced block of Markdown is found by its fence."""
        self.text = self.source = text
        self.name = name
        found = ((*m.span(), re.split("[ {]", m[3].strip())[0], m[4]) for m in FENCE.finditer(text))
        self.blocks = [_read(Block(*block)) for block in found] if blocks is None else blocks
        self._hidden = [(block.start, block.end) for block in self.blocks if block.kind not in READ]
        spans = re.finditer(r"`[^`\n]+`|<https?:[^>\n]+>", text)
        self.inline = [m for m in spans if not self.hides(m.start())]
        self._hidden += [m.span() for m in self.inline]
        heads = [m.start() for m in re.finditer(r"(?m)^ *#{2,6} ", text)]
        cuts = [0, *(head for head in heads if not self.hides(head)), len(text) + 1]
        self.sections = list(pairwise(cuts))
        self.marks = [
            Mark(m.start(), m[1] or m[2], self.figure_at(m.start()))
            for m in MARK.finditer(text)
            if not self.hides(m.start())
        ]

    @classmethod
    def of(cls, path: Path, text: str | None = None) -> "Page":
        """Read a page: a lesson, or a lab."""
        return cls._of(path, path.read_text(encoding="utf-8") if text is None else text)

    @classmethod
    @functools.lru_cache(64)  # several ask for the same page, and `make serve` at each change
    def _of(cls, path: Path, text: str) -> "Page":
        name = str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path.name)
        if path.suffix != ".py":
            return cls(text, name)
        page = _lab(text, name)
        page.source = text
        return page

    def line(self, place: int) -> int:
        """Return the line of a place, from 1."""
        return self.text.count("\n", 0, place) + 1

    def section(self, place: int) -> tuple[int, int]:
        """Return where the section of a place begins and ends: from heading to heading."""
        return next((start, end) for start, end in self.sections if start <= place < end)

    def figure_at(self, place: int) -> str:
        """Return the name of the figure whose words stand at a place, "" for none."""
        bodies = (b.body for b in self.blocks if b.kind == "figure" and b.start <= place < b.end)
        return next((named(body) for body in bodies), "")

    def code(self, start: int = 0, end: int | None = None) -> list[Block]:
        """Return the blocks of code in a part of the page."""
        end = len(self.text) if end is None else end
        return [b for b in self.blocks if b.kind in CODE and start <= b.start < end]

    @functools.cached_property
    def words(self) -> str:
        """The text with all that is not read as words blanked out."""
        parts, end = [], 0
        for start, after in sorted(self._hidden):
            parts += [self.text[end:start], _blank(self.text[start:after])]
            end = after
        text = MARK.sub(lambda m: _blank(m[0]), "".join(parts) + self.text[end:])
        text = UNREAD.sub(_unread, text)
        return re.sub(r"(?m)^ *(?:figure|scene|moves):.*$", lambda m: _blank(m[0]), text)

    def hides(self, place: int) -> bool:
        """Tell whether a place lies in code."""
        return any(start <= place < end for start, end in self._hidden)


def _read(block: Block) -> Block:
    """Return a block with the text that its reader sees: of a `source` block, the source."""
    if block.kind == "program":
        with contextlib.suppress(OSError):
            return block._replace(body=sources.program(block.body.strip()))
    if block.kind != "source":
        return block
    with contextlib.suppress(ImportError, AttributeError, TypeError, ValueError):
        return block._replace(body=sources.load(block.body.strip())[0])
    return block  # the block itself says, with its line, that there is no such source


def named(body: str) -> str:
    """Return what a block of a figure or a table names: module.name, or module.name_table."""
    found = re.search(r"(?m)^ *(figure|table): *(\S+)", body)
    return found[2] + "_table" * (found[1] == "table") if found else ""


def _unread(markup: re.Match[str]) -> str:
    """Blank out markup; the text alternative of a picture is read."""
    before, alt, words = markup[0].partition('alt="')
    read, quote, after = words.partition('"')
    return _blank(before + alt) + read + _blank(quote + after)


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _lab(text: str, name: str) -> Page:
    """Read a lab: its comments become text, and its cells blocks."""
    heads = list(re.finditer(r"(?m)^# %%.*\n", text))
    first = heads[0].start() if heads else len(text)
    shown, blocks = [_blank(text[:first])], []
    for head, after in zip(heads, [*heads[1:], None], strict=True):
        body = text[head.end() : after.start() if after else len(text)]
        if "[markdown]" in head[0]:
            shown += [_blank(head[0]), re.sub(r"(?m)^# ?", lambda m: " " * len(m[0]), body)]
        else:
            alt = re.sub(r'^.*?(?:alt="|$)', lambda m: _blank(m[0]), head[0], count=1)
            shown += [alt, body]
            blocks.append(Block(head.end(), head.end() + len(body), "cell", body))
    return Page("".join(shown), name, blocks)
