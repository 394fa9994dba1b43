"""Sentences that count ("most", "never") are shown by a run, or somebody has looked at them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from website import pages
from website.proof.text import Page

# Not "all", "no" and "only": they stand in a hundred sentences, nearly all of them definitions.
COUNTS = re.compile(
    r"\b(?:most|none of|always|never|every|hardly|at least|nobody|no other|all the way)\b", re.I
)
SENTENCE = re.compile(r"\S.*?(?:[.!?:](?=[\s)\"*]|$)|$)", re.M)

ARITHMETIC = "arithmetic, shown beside it"
DEFINITION = "says what a word means, or how the code works"
INSTRUCTION = "tells what to do"
PICTURE = "belongs to a picture from daily life"
QUESTION = "asks"
SHOWN = "a snippet, a figure or a claim of the same section shows it"

REVIEWED = {
    "Better does not always mean more right answers, though:": SHOWN,
    "A number times itself is never negative, so no.": ARITHMETIC,
    "The network hardly knows.": SHOWN,
    "So sure and right costs little, unsure costs something, sure and wrong costs most.": SHOWN,
    "what would a blind guess cost, with every answer equally likely?": QUESTION,
    "And never take softmax twice.": INSTRUCTION,
    "Sure and wrong costs most.": SHOWN,
    "- See what happens when the cards do not divide, and when nobody shuffles.": INSTRUCTION,
    "Will it keep getting better with every epoch?": QUESTION,
    "16 for small data sets, 32 for most, 64 for medium, 128 for large.": "advice that the lesson quotes, and corrects",
    "It matters most.": INSTRUCTION,
    "- Which rate is too large for every batch size with cross-entropy?": QUESTION,
    "The mistakes of which the network was most sure.": SHOWN,
    "You correct at every wobble, as a network does after every **batch**.": PICTURE,
    "Always test on something new.": INSTRUCTION,
}


def counting(path: Path, text: str | None = None) -> Iterator[tuple[int, str]]:
    """Yield the line of each sentence that counts and has neither a claim nor a bound number."""
    page = Page.of(path, text)
    for found in SENTENCE.finditer(page.words):
        source = page.text[found.start() : found.end()]
        after = page.text[found.end() : found.end() + 9]
        if COUNTS.search(found[0]) and "{=" not in source and "{claim" not in source + after:
            yield page.line(found.start()), " ".join(found[0].split())


@pytest.mark.parametrize("path", pages.lessons(), ids=lambda path: path.name)
def test_a_sentence_that_counts_is_shown_or_was_looked_at(path: Path) -> None:
    """A new one needs {claim: ...}, a bound number or condition, or a reason in REVIEWED."""
    new = [f"{path.name}:{line}: {one}" for line, one in counting(path) if one not in REVIEWED]
    assert not new


def test_no_reason_outlives_its_sentence() -> None:
    """Each sentence that was looked at still stands in a lesson."""
    assert set(REVIEWED) == {one for path in pages.lessons() for _, one in counting(path)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It never fails.", ["It never fails."]),
        ("It is so. Most of them fall.", ["Most of them fall."]),
        ("Most of them fall{=1 < 2}.", []),
        ("Most of them fall. {claim: fall}", []),
        ("`every` is code.", []),
    ],
)
def test_sentences_that_count_are_found(text: str, found: list[str]) -> None:
    """A counting word in plain text is found, unless a claim or a condition stands by it."""
    assert [one for _, one in counting(Path("page.md"), text)] == found
