"""The questions as a notebook: each with a line to answer it on and a check that says why.

It runs with Python alone. The answers are packed, so that nobody reads them by chance.
"""

import base64
import json
import zlib
from pathlib import Path

from nbformat import NotebookNode

from website import notebooks
from website.teaching import words
from website.teaching.sheets import LETTERS, Asked, Lesson

CHECK = Path(__file__).with_name("check.py")
START = """\
# The questions of the lessons

Run the next cell first. Then put an answer between the quotes below a question and run its cell. \
You are told why it is right, or what went wrong.

The questions stand in the [lessons]({}), too."""


def notebook(every: list[Lesson], root: str) -> NotebookNode:
    """Return all questions, lesson by lesson."""
    questions = [asked for lesson in every for asked in lesson.asked]
    code = CHECK.read_text(encoding="utf-8").partition('"""\n\n')[2]
    cells = [
        notebooks.text(START.format(root)),
        notebooks.code(code.replace("PACKED", packed(questions)).rstrip()),
    ]
    for lesson in every:
        cells.append(notebooks.text(f"## {lesson.title}"))
        for asked in lesson.asked:
            cells += [notebooks.text(_asks(asked, root)), notebooks.code(_line(asked))]
    return notebooks.of(cells)


def packed(questions: list[Asked]) -> str:
    """Return the answers as letters that nobody reads by chance."""
    answers = {
        asked.question.key: {
            "typed": asked.question.is_typed,
            "options": [
                [option.value or words.plain(option.label), words.plain(option.reason)]
                for option in asked.question.options
            ],
            "right": [option.is_right for option in asked.question.options].index(True),
        }
        for asked in questions
    }
    text = json.dumps(answers, ensure_ascii=False)
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()


def unpacked(letters: str) -> dict[str, dict[str, object]]:
    """Return the answers again."""
    found: dict[str, dict[str, object]] = json.loads(zlib.decompress(base64.b64decode(letters)))
    return found


def _asks(asked: Asked, root: str) -> str:
    name, file, question = asked
    parts = [f"**{name}** {words.elsewhere(question.text, file, root)}"]
    parts.append(words.about_markdown(question, file, root))
    if not question.is_typed:
        labels = (words.elsewhere(option.label, file, root) for option in question.options)
        parts.append(
            "\n".join(f"- {a}: {label}" for a, label in zip(LETTERS, labels, strict=False))
        )
    return "\n\n".join(filter(None, parts))


def _line(asked: Asked) -> str:
    kind = "a number" if asked.question.is_typed else "a letter"
    name = f"answer_{asked.name.replace('.', '_')}"
    return f'{name} = ""  # {kind}\ncheck("{asked.question.key}", {name})'
