"""The pages tell the truth: their snippets run, and their text is plain."""

import io
from contextlib import redirect_stdout
from itertools import pairwise
from pathlib import Path

import prose
import pytest
import yaml

from website.pages import DOCS, ROOT
from website.proof import snippets

PAGES = snippets.pages()
LESSONS = sorted((DOCS / "lessons").glob("*.md"))
FENCES = {"pycon", "mermaid", "figure", "scene", "table", "source", "install", "claims", "order"}
FENCES |= {"program", "lessons", "labs", "ways", "odd-looks", "plans", "teaching"}

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
def test_lessons_are_easy_to_read(path: Path) -> None:
    """A lesson's Flesch-Kincaid grade is 7 or lower."""
    assert prose.grade(_body(path)) <= 7


def test_lessons_follow_the_reading_order() -> None:
    """The navigation lists every lesson once, in the order of the file names."""

    class Loader(yaml.SafeLoader):
        """Reads mkdocs.yml without importing what it names."""

    Loader.add_multi_constructor("", lambda *_: None)
    nav = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Loader)["nav"]
    listed = [next(iter(lesson.values())) for lesson in nav[1]["Lessons"]]
    assert listed == [f"lessons/{path.name}" for path in LESSONS]


def _body(path: Path) -> str:
    """Return a page without its front matter."""
    return path.read_text(encoding="utf-8").split("---\n", 2)[2]
