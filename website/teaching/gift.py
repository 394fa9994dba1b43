r"""The questions as GIFT, the text that Moodle and others import.

The form is the one that Moodle's own importer reads (question/format/gift/format.php): a backslash
before ~ = # { } : and \, no empty line inside of a question, $CATEGORY: on a line of its own. A
number is right within half of its last digit, or rounded to fewer places, as in the page; a number
that is a known mistake gets no points and its own reason; any other gets a kind word.
"""

import re
from collections.abc import Iterator

from markupsafe import Markup

from website.questions.read import Question
from website.teaching import words
from website.teaching.sheets import Asked, Lesson

COURSE = "Neural network basics"
SPECIAL = re.compile(r"[\\~=#{}:]")
OTHER = "Not that. Work it out once more."


def gift(every: list[Lesson], root: str) -> str:
    """Return all questions, a category for each lesson."""
    parts = []
    for lesson in every:
        parts.append(f"$CATEGORY: {COURSE}/{lesson.title.replace('/', '//')}")
        parts += [_question(asked, root) for asked in lesson.asked]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    r"""Return a text in which nothing means anything to GIFT, on one line.

    >>> print(escaped("a = {b}"))
    a \= \{b\}
    """
    return SPECIAL.sub(r"\\\g<0>", text).replace("\n", r"\n")


def _question(asked: Asked, root: str) -> str:
    name, file, question = asked
    about = words.about_html(question, file, root, with_pictures=False)
    text = Markup("<p>{}</p>").format(words.html(question.text, file, root)) + about
    if question.is_typed:
        text += _unit(question)
    answers = _numbers(asked, root) if question.is_typed else _options(asked, root)
    opens = "{#" if question.is_typed else "{"
    head = f"::{escaped(f'{name} ({question.key})')}::[html]{escaped(text)}{opens}"
    return "\n".join([head, *answers, "}"])


def _unit(question: Question) -> Markup:
    """Return what to leave out when the options have a unit."""
    percent = any(option.label.endswith("%") for option in question.options)
    return Markup("<p><em>Type the number alone, without %.</em></p>" if percent else "")


def _options(asked: Asked, root: str) -> Iterator[str]:
    for option in asked.question.options:
        label = words.html(option.label, asked.lesson, root)
        reason = words.html(option.reason, asked.lesson, root)
        yield f"\t{'=' if option.is_right else '~'}{escaped(label)}#{escaped(reason)}"


def _numbers(asked: Asked, root: str) -> Iterator[str]:
    """Yield the right number, the known mistakes, each as it may be rounded, and all others."""
    values = [option.value for option in asked.question.options]
    for option in asked.question.options:
        reason = escaped(words.html(option.reason, asked.lesson, root))
        weight = "" if option.is_right else "%0%"
        yield f"\t={weight}{option.value}:{tolerance(option.value, values)}#{reason}"
        for number in rounded(option.value, values):
            yield f"\t={weight}{number}:0#{reason}"
    yield f"\t~#{escaped(OTHER)}"


def tolerance(value: str, values: list[str]) -> str:
    """Return half of the last digit of a number with a decimal point, nothing for a whole one.

    It is less where another option is near: Moodle takes the first that fits, not the nearest.

    >>> tolerance("2.67", ["2.67", "8"]), tolerance("8", ["2.67", "8"])
    ('0.005', '0')
    >>> tolerance("2.7", ["2.67", "2.7"])
    '0.0147'
    """
    places = len(value.partition(".")[2])
    away = (abs(float(value) - float(other)) for other in values if other != value)
    return f"{min(0.5 * 10**-places, 0.49 * min(away)):.6g}" if places else "0"


def rounded(value: str, values: list[str]) -> list[str]:
    """Return a number rounded to fewer places, unless that means another of the numbers.

    >>> rounded("2.303", ["2.303", "2.3"])
    []
    >>> rounded("2.67", ["2.67", "8"])
    ['2.7']
    """
    places = len(value.partition(".")[2])
    found = [f"{float(value):.{fewer}f}" for fewer in range(places - 1, 0, -1)]
    others = [float(other) for other in values if other != value]

    def means_this(number: str) -> bool:
        away = abs(float(number) - float(value))
        return all(away < abs(float(number) - other) for other in others)

    return [number for number in found if means_this(number)]
