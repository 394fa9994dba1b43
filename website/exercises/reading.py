"""Read the exercises, and refuse one that is not complete, by file and line."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from website import pages
from website.pages import DOCS, ROOT, PageError

FOLDER = DOCS / "exercises"
SIZES = ("small", "middle", "large")
STEP = "step"
LAST = "last"
PAGES = {  # of those that belong to no lesson: whose they are, and what stands above them
    "build-it-yourself.md": ("build", "Eight steps"),
    "last-task.md": ("last", "The task"),
}
STEPS = 8
NAME = re.compile(r"(build|last|\d+)-(\d+)-[a-z0-9-]+")
TOP = re.compile(r"---\n(.*?)\n---\n", re.S)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
QUOTE = re.compile(r"(?m)^> ?(.*)$")
KNOWN = ("Start", "Hint", "Right", "Solution", "Wrong try", "Check")
ONCE = ("Start", "Right", "Check")


class Solution(NamedTuple):
    """A way to do it: the words with their pieces of code, and these pieces as one program."""

    text: str
    code: str


class Try(NamedTuple):
    """A mistake that learners make: a program, and the sentence that it gets."""

    code: str
    sentence: str


class Exercise(NamedTuple):
    """What one file says: everything is there and nothing is empty."""

    path: Path
    title: str
    size: str
    task: str
    start: str
    hints: list[str]
    right: str
    solutions: list[Solution]
    tries: list[Try]
    check: str
    check_line: int  # the line of the file before the check's first
    files: dict[str, str]  # what its programs find in their folder

    @property
    def name(self) -> str:
        """Return what the exercise is called in addresses: `2-1-mae`."""
        return self.path.stem

    @property
    def called(self) -> str:
        """Return what it is called in a sentence."""
        return f"step {self.place}"

    @property
    def group(self) -> str:
        """Return the lesson's number, "build" or "last"."""
        return self.name.partition("-")[0]

    @property
    def page(self) -> str:
        """Return the source of the page that it stands on, as seen from docs/."""
        for source, (group, _) in PAGES.items():
            if group == self.group:
                return source
        names = (path.name for path in pages.lessons())
        return next(f"lessons/{name}" for name in names if name.startswith(f"{self.group}-"))

    @property
    def place(self) -> int:
        """Return which one of its lesson, or which step, it is."""
        return int(self.name.split("-")[1])


def paths(folder: Path = FOLDER) -> list[Path]:
    """Return the files of all exercises, in the order in which they are done."""
    return pages.in_order(folder.glob("*.md"))


def read_all(folder: Path = FOLDER) -> list[Exercise]:
    """Read all exercises in their order, and refuse a lesson that has not exactly its three."""
    exercises = [read(path) for path in paths(folder)]
    for group in dict.fromkeys(exercise.group for exercise in exercises):
        ours = [exercise for exercise in exercises if exercise.group == group]
        sizes = {"build": [STEP] * STEPS, LAST: [LAST]}.get(group, [*SIZES])
        count = len(sizes)
        if [exercise.place for exercise in ours] != [*range(1, count + 1)]:
            raise _mistake(ours[0].path, 1, f"`{group}` has {len(ours)} exercises, not {count}")
        for exercise, size in zip(ours, sizes, strict=True):
            if exercise.size != size:
                raise _mistake(exercise.path, 1, f"its size is {exercise.size}, not {size}")
    return exercises


def of(group: str, exercises: Iterable[Exercise]) -> list[Exercise]:
    """Return the exercises of a lesson, by its number, or the steps of "build"."""
    return [exercise for exercise in exercises if exercise.group == group]


def before(exercise: Exercise, exercises: Iterable[Exercise]) -> list[Exercise]:
    """Return the steps that a step builds upon."""
    steps = [one for one in exercises if one.size == exercise.size == STEP]
    return sorted((one for one in steps if one.place < exercise.place), key=lambda one: one.place)


def solved(steps: Iterable[Exercise]) -> list[tuple[str, str]]:
    """Return steps as the judge runs them before another one, all of them solved."""
    return [(one.called, one.solutions[0].code) for one in steps]


class _Section(NamedTuple):
    """A part of a file: its heading, its text, and the line of its heading."""

    heading: str
    text: str
    line: int


def read(path: Path) -> Exercise:
    """Read an exercise, and refuse one that is not complete."""
    if not NAME.fullmatch(path.stem):
        raise _mistake(path, 1, "its name is not <lesson>-<1|2|3>-<slug>.md")
    text = path.read_text(encoding="utf-8")
    title, size, files = _top(path, text)
    task, *sections = _sections(text)
    found: dict[str, list[_Section]] = {heading: [] for heading in KNOWN}
    for section in sections:
        if section.heading not in KNOWN:
            raise _mistake(path, section.line, f"there is no part called `{section.heading}`")
        if not section.text.strip():
            raise _mistake(path, section.line, f"`{section.heading}` is empty")
        found[section.heading].append(section)
    problems = [
        (not task.text.strip(), "it has no task"),
        *((len(found[one]) != 1, f"it needs one `## {one}`") for one in ONCE),
        (not 2 <= len(found["Hint"]) <= 3, "it needs two or three `## Hint`"),
        (not found["Solution"], "it has no `## Solution`"),
        (len(found["Wrong try"]) < 2, "it needs two `## Wrong try` or more"),
    ]
    for is_wrong, problem in problems:
        if is_wrong:
            raise _mistake(path, 1, problem)
    tries = [_try(path, section) for section in found["Wrong try"]]
    known = set[str]()
    for one, section in zip(tries, found["Wrong try"], strict=True):
        if one.sentence in known:
            raise _mistake(path, section.line, "another wrong try gets the same sentence")
        known.add(one.sentence)
    check = found["Check"][0]
    return Exercise(
        path,
        title,
        size,
        task.text.strip(),
        _code(path, found["Start"][0]),
        [section.text.strip() for section in found["Hint"]],
        found["Right"][0].text.strip(),
        [Solution(one.text.strip(), _code(path, one)) for one in found["Solution"]],
        tries,
        _code(path, check),
        check.line + check.text.partition("```python")[0].count("\n") + 1,
        files,
    )


def _top(path: Path, text: str) -> tuple[str, str, dict[str, str]]:
    """Return the title and the size of an exercise, and the files that it needs."""
    found = TOP.match(text)
    try:
        top = yaml.safe_load(found[1]) if found else {}
        title, size = top["title"], top["size"]
    except (LookupError, TypeError, yaml.YAMLError):
        raise _mistake(path, 1, "it needs a title and a size at its top") from None
    if size not in (*SIZES, STEP, LAST):
        raise _mistake(path, 1, f"a size is one of {', '.join((*SIZES, STEP, LAST))}")
    if not isinstance(title, str) or not title.strip():
        raise _mistake(path, 1, "its title is not some words")
    files = {}
    for name in top.get("files", "").replace(",", " ").split():
        try:
            files[name] = path.with_name(name).read_text(encoding="utf-8")
        except OSError:
            raise _mistake(path, 1, f"there is no file {name} beside it") from None
    return title, size, files


def _sections(text: str) -> Iterator[_Section]:
    """Cut a file at its headings, which code has none of: the first part is the task."""
    top = TOP.match(text)
    first = text[: top.end()].count("\n") + 1 if top else 1
    heading, line, lines, in_code = "", first, list[str](), False
    for number, this in enumerate(text.splitlines()[first - 1 :], first):
        if this.startswith("```"):
            in_code = not in_code
        if this.startswith("## ") and not in_code:
            yield _Section(heading, "\n".join(lines), line)
            heading, line, lines = this[3:].strip(), number, []
            continue
        lines.append(this)
    yield _Section(heading, "\n".join(lines), line)


def _code(path: Path, section: _Section) -> str:
    """Return the code of a part: all its pieces as one program."""
    pieces = [found[2] for found in FENCE.finditer(section.text) if found[1] == "python"]
    if not pieces or not all(piece.strip() for piece in pieces):
        raise _mistake(path, section.line, f"`{section.heading}` has no code")
    return "\n".join(piece.strip("\n") + "\n" for piece in pieces)


def _try(path: Path, section: _Section) -> Try:
    """Return a wrong try, with its sentence."""
    sentence = " ".join(" ".join(QUOTE.findall(FENCE.sub("", section.text))).split())
    if not sentence:
        raise _mistake(path, section.line, "this wrong try has no sentence: > ...")
    return Try(_code(path, section), sentence)


def _mistake(path: Path, line: int, problem: str) -> PageError:
    """Return the error that stops the build: file, line, what is wrong."""
    name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
    return PageError(f"{name}:{line}: {problem}")
