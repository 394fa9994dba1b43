"""How long a page or a part of it takes: one rule, for reading alone and with trying.

The home page names the rule. It was set by one careful reading by a newcomer: 69 minutes for the
seven lessons and 140 with trying (30 of them for lesson 5), 45 for lab 5 and 60 for the clinic, as
they were then. For the same texts it gives 72 and 149 (31), 43 and 53.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from website.proof.text import CODE, Page, named

# Reading alone
WORDS_A_MINUTE = 200
SECONDS_A_LINE = 2  # of code, or of what it prints
SECONDS_A_PICTURE = 15  # and for each table or diagram
# With trying, this comes on top.
SECONDS_A_LINE_TRIED = 4
SECONDS_A_QUESTION = 30
SECONDS_A_TASK = 60  # and for each figure that the reader moves

RULE = (
    f"These times are worked out: a minute for {WORDS_A_MINUTE} words, {SECONDS_A_LINE} seconds "
    f"for a line of code, {SECONDS_A_PICTURE} for a picture or a table. With trying, a line takes "
    f"{SECONDS_A_LINE_TRIED} seconds more, a question {SECONDS_A_QUESTION}, a task or a figure "
    f"that moves {SECONDS_A_TASK}. You may be quicker, or slower."
)
# In a lab, each line of text begins where its comment did: a little to the right.
HEADING = re.compile(r"(?m)^ *(#+) (.+)$")
QUESTION = re.compile(r'(?m)^ *\?\?\? question "(?!Answers)')
TASKS = re.compile(r"(?m)^ *(?:!!! try .*|## Change something)\n((?:(?! *(?:\?\?\?|#)).*\n)*)")


class Minutes(NamedTuple):
    """How many minutes something takes: to read it, and with trying (reading included)."""

    read: int
    tried: int

    def __str__(self) -> str:
        """Return both in words."""
        return f"read {_shown(self.read)}, with trying {_shown(self.tried)}"

    @classmethod
    def sum(cls, parts: Iterable["Minutes"]) -> "Minutes":
        """Add up what is shown, so that a reader who adds up gets the same."""
        return cls(*map(sum, zip(*parts, strict=True)))


def minutes(page: Page, *parts: tuple[int, int]) -> Minutes:
    """Return how long a page takes, or some parts of it."""
    title = HEADING.search(page.text)  # what is above it is not shown
    whole = (title.start() if title else 0, len(page.text))
    seconds = [_seconds(page, start, end) for start, end in parts or [whole]]
    return Minutes(*(max(1, round(sum(each) / 60)) for each in zip(*seconds, strict=True)))


def _seconds(page: Page, start: int, end: int) -> tuple[float, float]:
    """Return how long a part of a page takes to read, and with trying."""
    blocks = [block for block in page.blocks if start <= block.start < end]
    lines = sum(len(block.body.split("\n")) for block in blocks if block.kind in CODE)
    pictures = [block for block in blocks if block.kind not in CODE]
    moves = [block for block in pictures if block.kind == "figure" and "." not in named(block.body)]
    read = len(_words(page, start, end)) * 60 / WORDS_A_MINUTE
    read += SECONDS_A_LINE * lines + SECONDS_A_PICTURE * len(pictures)
    tried = read + SECONDS_A_LINE_TRIED * lines
    tried += SECONDS_A_QUESTION * len(QUESTION.findall(page.text, start, end))
    tried += SECONDS_A_TASK * (_tasks(page.text[start:end]) + len(moves))
    return read, tried


def _words(page: Page, start: int, end: int) -> list[str]:
    """Return the words of a part: of a picture its caption alone."""
    text = page.words[start:end]
    for block in reversed(page.blocks):
        if start <= block.start < end:
            captions = re.findall(r"(?m)^ *caption: .*$", page.words[block.start : block.end])
            text = text[: block.start - start] + " ".join(captions) + text[block.end - start :]
    return re.findall(r"[\w’]+", text)


def _tasks(text: str) -> int:
    """Count what there is to do: the items of each "Your turn", or one if it is no list."""
    return sum(max(1, len(re.findall(r"(?m)^ *- ", box))) for box in TASKS.findall(text))


def _shown(minutes: int) -> str:
    hours, left = divmod(minutes, 60)
    return f"{hours} h {left} min" if hours else f"{left} min"
