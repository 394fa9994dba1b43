"""Offer all exercises as one notebook, whose cells check themselves.

A notebook knows the text of each cell that was run, in a list that is called `In`. So a check finds
what the reader wrote by its first line, and runs it anew, alone, as the page does.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from nbformat import NotebookNode

from website import notebooks, wheel
from website.exercises import reading
from website.exercises.reading import Exercise
from website.labs import download

HERE = Path(__file__).parent
NAME = "exercises.ipynb"
MARK = "# exercise {}"
BEGIN = """\
# Exercises

Run the first two cells. Then write into the cell of an exercise, run it, and run the one below it:
it says what your code does. Hints and solutions are folded."""
CHECKS = """\
# @title What checks the exercises. Run this cell, and leave it as it is.
import json, pathlib, random, types

judge = types.ModuleType("judge")
exec(json.loads({judge}), judge.__dict__)
exercises = json.loads({exercises})


for exercise in exercises.values():
    for file, text in exercise["files"].items():
        if not pathlib.Path(file).exists():
            pathlib.Path(file).write_text(text, encoding="utf-8")


# All that it needs is its own: so no name that an exercise sets can break it.
def check_exercise(
    name, all=exercises, judge=judge.judge, draw=random.randrange, print=print, solved={{}}
):
    \"\"\"Say whether what was written in the cell of an exercise is right.\"\"\"
    exercise = all[name]
    written = [cell for cell in In if cell.startswith(f"# exercise {{name}}\\n")]
    if not written:
        return print("Run the cell of the exercise first.")
    before = [(step, solved.get(other, code)) for step, other, code in exercise["before"]]
    files = exercise["files"]
    verdict = judge(written[-1], exercise["check"], draw(2**31), before=before, files=files)
    if verdict.kind == "right":
        solved[name] = written[-1]
        print("Right.", exercise["right"])
    else:
        print("Not yet.", verdict.sentence, verdict.python and f"\\n{{verdict.python}}")
"""


def save(place: Path, exercises: list[Exercise], config: MkDocsConfig) -> None:
    """Write the notebook, without outputs."""
    notebooks.write(notebooks.of(_cells(exercises, config)), place)


def _cells(exercises: list[Exercise], config: MkDocsConfig) -> Iterator[NotebookNode]:
    """Yield the cells in their order."""
    yield notebooks.text(BEGIN)
    yield notebooks.code(
        f"%pip install --quiet {config.site_url}{wheel.NAME}\n{download.FROM_A_CLONE}"
    )
    hidden = notebooks.code(_checks(exercises))
    hidden.metadata |= {"cellView": "form", "jupyter": {"source_hidden": True}}
    yield hidden
    for group in dict.fromkeys(exercise.group for exercise in exercises):
        heads = {"build": "Build it yourself", "last": "The last task"}
        yield notebooks.text(f"## {heads.get(group, f'Lesson {group}')}")
        for exercise in reading.of(group, exercises):
            task = download.for_jupyter(exercise.task, exercise.page, config)
            yield notebooks.text(f"### {exercise.place}. {exercise.title}\n\n{task}")
            yield notebooks.code(f"{MARK.format(exercise.name)}\n{exercise.start.strip()}")
            yield notebooks.code(f'check_exercise("{exercise.name}")')
            yield notebooks.text("\n\n".join(_folded(exercise, config)))


def _folded(exercise: Exercise, config: MkDocsConfig) -> Iterator[str]:
    """Yield hints and solutions as boxes that the reader opens."""
    boxes = [(f"Hint {number}", hint) for number, hint in enumerate(exercise.hints, 1)]
    boxes += [("Solution", solution.text) for solution in exercise.solutions]
    for title, text in boxes:
        yield download.details(title, download.for_jupyter(text, exercise.page, config))


def _checks(exercises: list[Exercise]) -> str:
    """Return the cell in which the judge and all checks are."""
    known = {
        exercise.name: {
            "check": exercise.check,
            "right": exercise.right,
            "files": exercise.files,
            "before": [
                (one.called, one.name, one.solutions[0].code)
                for one in reading.before(exercise, exercises)
            ],
        }
        for exercise in exercises
    }
    judge = (HERE / "judge.py").read_text(encoding="utf-8")
    return CHECKS.format(judge=_quoted(judge), exercises=_quoted(known))


def _quoted(thing: object) -> str:
    """Return something as JSON in a string of Python."""
    return repr(json.dumps(thing, ensure_ascii=False))
