"""What each question finds out: who chooses a wrong option believes what its reason answers."""

from collections.abc import Iterator

from markupsafe import Markup

from website.blocks import table
from website.teaching import words
from website.teaching.sheets import EMPTY, Asked, Lesson

HEAD = Markup(
    '<thead><tr><th scope="col">Question</th><th scope="col">Who answers</th>'
    '<th scope="col">May need to hear</th></tr></thead>'
)


def findings(every: list[Lesson], root: str) -> Markup:
    """Return a table for each lesson: a row for each wrong option of each question."""
    return EMPTY.join(
        Markup('<h3>{}</h3><div class="findings">{}{}<tbody>{}</tbody>{}</div>')
        .format(
            lesson.title,
            table.OPEN,
            HEAD,
            EMPTY.join(row for asked in lesson.asked for row in _rows(asked, root)),
            table.CLOSE,
        )
        for lesson in every
    )  # fmt: skip


def _rows(asked: Asked, root: str) -> Iterator[Markup]:
    wrong = [option for option in asked.question.options if not option.is_right]
    for place, option in enumerate(wrong):
        first = Markup("")
        if place == 0:
            text = words.html(asked.question.text, asked.lesson, root)
            first = Markup('<th scope="rowgroup" rowspan="{}">{} {}</th>').format(
                len(wrong), asked.name, text
            )
        label = words.html(option.label, asked.lesson, root)
        reason = words.html(option.reason, asked.lesson, root)
        yield Markup("<tr>{}<td><b>{}</b></td><td>{}</td></tr>").format(first, label, reason)
