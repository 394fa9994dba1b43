"""How long a page takes: one rule, and sums that are right."""

import re
from pathlib import Path

import pytest
from helpers import parsed
from mkdocs.exceptions import PluginError

from website import pages
from website.blocks import lessons, times
from website.blocks.times import Minutes
from website.pages import DOCS
from website.proof.text import Page

HOME = (DOCS / "index.md").read_text(encoding="utf-8")
(FENCE,) = lessons.WAYS.finditer(HOME)
WAYS = lessons.ways(FENCE[1])
SHOWN = re.compile(r"read (?:(\d+) h )?(\d+) min, with trying (?:(\d+) h )?(\d+) min")


def seconds(markdown: str) -> tuple[int, int]:
    """Return what the rule gives for a page of 2,000 words with something in it, less the words."""
    text = "word " * 1996
    with_words = times.minutes(Page(f"# Page\n\nText. {text}\n{markdown}", "page"))
    return with_words.read - 10, with_words.tried - 10


@pytest.mark.parametrize(
    ("markdown", "read", "tried"),
    [
        ("", 0, 0),
        ("word " * 600, 3, 3),
        ("```pycon\n" + ">>> 1\n" * 59 + "1\n```", 2, 6),
        ("```table\ntable: digits.seeds\n```\n\n" * 8, 2, 2),
        ("```figure\nfigure: digits.seeds\nalt: A " + "word " * 900 + "\n```\n\n", 0, 0),
        ("```figure\nfigure: misses\nalt: A\n```\n\n" * 4, 1, 5),
        ("```figure\nfigure: a.b\nalt: A\ncaption: " + "word " * 550 + "\n```\n\n", 3, 3),
        ('??? question "Why?"\n\n    So.\n\n' * 4, 0, 2),
        (
            '!!! try "Your turn"\n\n    - One.\n    - Two.\n\n??? question "Answers"\n\n    - a\n',
            0,
            2,
        ),
        ('!!! try "A bet"\n\n    Drag it.\n\nText.\n- no task\n', 0, 1),
        ("## Change something\n\n- One.\n- Two.\n- Three.\n\n## More\n\n- no task\n", 0, 3),
        ("<!-- given: " + "9, " * 900 + " -->", 0, 0),
    ],
)
def test_the_rule(markdown: str, read: int, tried: int) -> None:
    """Words, lines of code and pictures take time to read; what is to do takes time to try."""
    assert seconds(markdown) == (read, tried)


both = pytest.mark.parametrize(
    "path", [*pages.lessons(), *pages.labs()], ids=lambda path: path.stem
)


@both
def test_parts_add_up_to_the_page(path: Path) -> None:
    """What comes before the first section and all sections together take as long as the page."""
    page = Page.of(path)
    title, *parts = lessons.sections(page).values()
    top = [part for part in parts if not any(p.start < part.start < p.end for p in parts)]
    spans = [(title.start, top[0].start), *((part.start, part.end) for part in top)]
    assert times.minutes(page, *spans) == times.minutes(page)


def test_a_section_holds_its_own_parts() -> None:
    """A section ends where one as high begins, not at the first heading inside; code has none."""
    page = Page("# Page\n## One\n### Inside\nText.\n```pycon\n## no\n```\n## Two, a [link](x.md)\n")
    found = {
        anchor: page.text[part.start : part.end] for anchor, part in lessons.sections(page).items()
    }
    assert list(found) == ["page", "one", "inside", "two-a-link"]
    assert found["one"].endswith("```\n")
    assert "Two" not in found["inside"] + found["one"]


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [("Ten minutes", 8, 10), ("An hour", 50, 65), ("All of it", 240, 480)],
)
def test_a_way_takes_as_long_as_its_name_says(name: str, least: int, most: int) -> None:
    """With trying, ten minutes are ten at most, and an hour is about an hour."""
    assert least <= Minutes.sum(part.minutes for part in WAYS[name]).tried <= most
    assert len(WAYS) == 3


def test_sums_are_what_the_reader_adds_up() -> None:
    """Each sum on the home page is the sum of the times that stand above it."""
    shown = lessons.put_in(HOME)
    sums = 0
    above = Minutes(0, 0)
    for line in shown.splitlines():
        for time in SHOWN.findall(line):
            hours, left, hours_tried, left_tried = (int(part or 0) for part in time)
            minutes = Minutes(60 * hours + left, 60 * hours_tried + left_tried)
            if line.startswith("Together"):
                assert minutes == above
                above, sums = Minutes(0, 0), sums + 1
            else:
                above = Minutes.sum([above, minutes])
    assert (sums, above) == (5, Minutes(0, 0))


def test_the_whole_is_all_there_is() -> None:
    """The longest way takes as long as all lessons and all labs."""
    every = [times.minutes(Page.of(path)) for path in (*pages.lessons(), *pages.labs())]
    assert Minutes.sum(part.minutes for part in WAYS["All of it"]) == Minutes.sum(every)


@pytest.mark.parametrize(
    "address",
    ["lessons/1-what-is-a-loss.md#no-such-part", "lessons/9-more.md", "glossary.md", "3"],
)
def test_a_way_that_leads_nowhere_stops_the_build(address: str) -> None:
    """A page or a section that is not there is refused, with the place of the block."""
    with pytest.raises(PluginError, match="this block names no ways"):
        lessons.put_in(f"```ways\nA minute:\n  - {address}\n```\n")


@both
@pytest.mark.slow
def test_a_page_says_how_long_it_takes(site: Path, path: Path) -> None:
    """What stands above a lesson or a lab is what the home page says of it."""
    page = parsed(site / path.parent.name / path.stem / "index.html")
    said = str(times.minutes(Page.of(path)))
    assert [said.capitalize() in trail.get_text() for trail in page.select(".trail")] == [True]
    assert said in parsed(site / "index.html").get_text()
