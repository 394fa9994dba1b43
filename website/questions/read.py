"""Read the questions of a page from its Markdown: one source for every form that a question takes.

??? question "Guesses of 10, 5 and 3 for 8, 7 and 3. What is the mean squared error?"

    What stands here, such as a listing or a picture, belongs to the question.

    - [x] **2.67{=mse(guesses, answers)}** 8 ÷ 3.
    - [ ] **8{=mistakes.forgot_the_mean(guesses, answers)}** Now divide by how many there are.

!!! question predict "What will it print?"

    - [ ] ...

    What stands behind the options opens when the reader has chosen.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from website import marks, pages

BOX = re.compile(r'(?m)^(\?\?\?|!!!) question( predict)? "(.+)"\n\n((?: {4}.*(?:\n|$)|\n)+)')
OPTIONS = re.compile(r"(?m)^- \[.*\n?(?:(?:- \[| ).*\n?)*")
OPTION = re.compile(r"(?m)^- \[(.)\] (?:\*\*(.+?)\*\* *)?(.*)$")
NUMBER = re.compile(r"[−-]?[\d,]*\.?\d+(?: %)?")


class Option(NamedTuple):
    """What the reader can answer: its words as Markdown, why it is right or what went wrong."""

    label: str
    reason: str
    is_right: bool

    @property
    def value(self) -> str:
        """Return the value of an option that is a number, "" of words."""
        if not NUMBER.fullmatch(self.label):
            return ""
        return f"{float(self.label.replace(',', '').replace('−', '-').removesuffix(' %')):.15g}"


class Question(NamedTuple):
    """A question as Markdown, in the order of the page.

    Attributes:
        box: All of it, as it stands on the page.
        text: What is asked.
        before: What is to be looked at: a listing, a picture, "" for nothing.
        options: What the reader can answer.
        after: What opens when the reader has chosen, "" for nothing.
        is_prediction: Whether it is asked before the page shows the answer.
    """

    box: str
    text: str
    before: str
    options: list[Option]
    after: str
    is_prediction: bool

    @property
    def key(self) -> str:
        """Return the key under which an answer is kept: a changed question asks anew."""
        words = "\n".join([self.text, *(option.label for option in self.options)])
        return hashlib.sha256(words.encode()).hexdigest()[:8]

    @property
    def is_typed(self) -> bool:
        """Tell whether the answer is a number that the reader types."""
        return not self.is_prediction and all(option.value for option in self.options)


def questions(markdown: str) -> Iterator[Question]:
    """Yield the questions of a text without marks that can be answered."""
    for box in BOX.finditer(markdown):
        body = re.sub(r"(?m)^ {4}", "", box[4])
        if not (found := OPTIONS.search(body)):
            continue
        options = [
            Option(label, reason, sign == "x") for sign, label, reason in OPTION.findall(found[0])
        ]
        before, after = body[: found.start()].strip(), body[found.end() :].strip()
        yield Question(box[0], box[3], before, options, after, bool(box[2]))


def of_page(path: Path) -> list[Question]:
    """Return the questions of a lesson."""
    return list(questions(marks.read(path)))


def every() -> dict[Path, list[Question]]:
    """Return the questions of all lessons."""
    return {path: of_page(path) for path in pages.lessons()}
