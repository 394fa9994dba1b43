"""A worksheet for print without answers, and a key apart: what the questions ask, in site order.

Each stands on a page of its own, where a fence says `worksheet` or `key`. A question is
called by its lesson and its place in it, 2.3, in all that a teacher gets.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from website import addresses, marks
from website.pages import DOCS
from website.questions import read
from website.questions.read import Question
from website.teaching import words

LETTERS = "ABCDEFGHI"
EMPTY = Markup("")


class Asked(NamedTuple):
    """A question with its name, such as 2.3, and the lesson that asks it."""

    name: str
    lesson: str
    question: Question

    @property
    def address(self) -> str:
        """Return the address of the lesson on the site."""
        return addresses.leads("", self.lesson)


class Lesson(NamedTuple):
    """A lesson: its file under docs/, its title, and what it asks."""

    file: str
    title: str
    asked: list[Asked]


def lessons(every: Mapping[Path, list[Question]] | None = None) -> list[Lesson]:
    """Return the lessons that ask something, in site order."""
    found = []
    for path, questions in (read.every() if every is None else every).items():
        file = path.relative_to(DOCS).as_posix()
        number = path.name.partition("-")[0]
        asked = [
            Asked(f"{number}.{place}", file, question)
            for place, question in enumerate(questions, 1)
        ]
        if asked:
            found.append(Lesson(file, f"{number}. {title(path)}", asked))
    return found


def title(path: Path) -> str:
    """Return the title of a lesson."""
    lines = marks.read(path).splitlines()
    return words.plain(next(line[2:] for line in lines if line.startswith("# ")))


def worksheet(every: list[Lesson], root: str) -> Markup:
    """Return all questions as HTML: with options to tick or a line to write on, no answers."""
    head = Markup('<p class="sheet-name">Name: <span></span> Date: <span></span></p>')
    return head + EMPTY.join(_sheet(lesson, _question(lesson, root)) for lesson in every)


def key(every: list[Lesson], root: str) -> Markup:
    """Return all answers as HTML: the right one and the wrong ones, each with its reason."""
    return EMPTY.join(_sheet(lesson, _answer(lesson, root)) for lesson in every)


def _sheet(lesson: Lesson, items: Iterator[Markup]) -> Markup:
    sheet = Markup('<h2>{}</h2><ul class="sheet">{}</ul>')
    return sheet.format(lesson.title, EMPTY.join(items))


def _question(lesson: Lesson, root: str) -> Iterator[Markup]:
    for name, file, question in lesson.asked:
        about = words.about_html(question, file, root, with_pictures=True)
        if question.is_typed:
            answer = Markup('<p class="sheet-line">Your answer: <span></span></p>')
        else:
            labels = (words.html(option.label, file, root) for option in question.options)
            options = EMPTY.join(
                Markup("<li><b>{}</b> <span>{}</span></li>").format(letter, label)
                for letter, label in zip(LETTERS, labels, strict=False)
            )
            answer = Markup('<ul class="sheet-options">{}</ul>').format(options)
        yield _item(name, question, file, root, about + answer)


def _answer(lesson: Lesson, root: str) -> Iterator[Markup]:
    for name, file, question in lesson.asked:
        options = []
        for letter, option in zip(LETTERS, question.options, strict=False):
            said = Markup('<li class="{}"><b>{}</b> <strong>{}</strong> <span>{}</span></li>')
            sign = "✓" if option.is_right else "✗"
            options.append(
                said.format(
                    "key-right" if option.is_right else "key-wrong",
                    sign if question.is_typed else f"{sign} {letter}",
                    words.html(option.label, file, root),
                    words.html(option.reason, file, root),
                )
            )
        listed = Markup('<ul class="key-options">{}</ul>').format(EMPTY.join(options))
        yield _item(name, question, file, root, listed)


def _item(name: str, question: Question, file: str, root: str, rest: Markup) -> Markup:
    item = Markup('<li data-key="{}"><p><b>{}</b> <strong>{}</strong></p>{}</li>')
    return item.format(question.key, name, words.html(question.text, file, root), rest)
