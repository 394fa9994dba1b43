"""Nothing is used before it is explained: terms of the glossary, and what code takes of NumPy.

Which words explain a term stands in explained.toml; each name of NumPy has a row in docs/numpy.md.
"""

import ast
import doctest
import functools
import re
import textwrap
import tomllib
from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path

import pytest
import yaml
from helpers import undefined

from website import glossary, marks, numpy_names, pages
from website.blocks import lessons
from website.pages import PageError
from website.proof import snippets
from website.proof.text import Page

NAMES = [path.name for path in pages.lessons()]
EXPLAINED = tomllib.loads(Path(__file__).with_name("explained.toml").read_text(encoding="utf-8"))
PLACES = {
    term: (f"{lesson}.md", words)
    for lesson, terms in EXPLAINED.items()
    for term, words in terms.items()
}
TERMS = glossary.pattern(glossary.entries(marks.read(glossary.SOURCE)))
ROWS = numpy_names.rows(numpy_names.SOURCE.read_text(encoding="utf-8"))
# What a lesson says of itself beforehand announces terms, and uses none.
TITLES = re.compile(r"\A---\n(?s:.*?)\n---\n|^#+ .*$|^!!! you-will .*\n(?:\n| {4}.*\n)+", re.M)
SENTENCE = re.compile(r"[.!?:]\s+|\n\s*\n|\n- |\|")

all_lessons = pytest.mark.parametrize("name", NAMES)


@functools.cache
def lesson(name: str) -> Page:
    """Return a lesson."""
    return Page.of(pages.DOCS / "lessons" / name)


def read(page: Page) -> str:
    """Return the words of a lesson without its titles, each where it stands in the page."""
    words = re.sub(r":::\w+", lambda style: " " * len(style[0]), page.words)  # of a diagram's box
    for title in TITLES.finditer(page.text):
        words = words[: title.start()] + " " * len(title[0]) + words[title.end() :]
    return words


def told(page: Page, words: str) -> re.Match[str] | None:
    """Return where a page says some words."""
    return re.search(r"\s+".join(map(re.escape, words.split())), page.words)


def explained(page: Page, words: str) -> int:
    """Return where the sentence begins that holds some words, or say that there is none."""
    found = told(page, words)
    assert found, f"{page.name} does not say {words!r}: mend tests/site/explained.toml"
    return max((m.end() for m in SENTENCE.finditer(page.words, 0, found.start())), default=0)


def too_early(term: str, before: list[Page], page: Page, words: str) -> Iterator[str]:
    """Yield where a term is used in the pages before, or on a page before what explains it."""
    ends = [(one, len(one.text)) for one in before] + [(page, explained(page, words))]
    return used(term, ends, Path(page.name).name)


def used(term: str, ends: Iterable[tuple[Page, int]], name: str) -> Iterator[str]:
    """Yield where a term is used on some pages, on each up to a place.

    A line that links to the page which explains it may name it.
    """
    link = f"]({name}"
    for one, end in ends:
        for found in TERMS.finditer(read(one), 0, end):
            line = one.line(found.start())
            if found[1].lower() == term and link not in one.text.splitlines()[line - 1]:
                yield f"{one.name}:{line}"


def test_each_term_has_a_place() -> None:
    """The glossary and the list of places name the same terms, and each place is a lesson."""
    assert set(PLACES) == set(glossary.entries(marks.read(glossary.SOURCE)))
    assert {name for name, _ in PLACES.values()} <= set(NAMES)


@pytest.mark.parametrize("term", PLACES)
def test_no_term_comes_before_its_explanation(term: str) -> None:
    """No lesson uses a term before the sentence that explains it."""
    name, words = PLACES[term]
    before = [lesson(one) for one in takewhile(lambda one: one != name, NAMES)]
    assert list(too_early(term, before, lesson(name), words)) == []


@all_lessons
def test_code_uses_no_term_that_comes_later(name: str) -> None:
    """A name in a snippet that is a term is explained on the same page, or on one before."""
    code = " ".join(block.body for block in lesson(name).blocks if block.kind == "pycon")
    words = re.sub(r"_|(?<=[a-z])(?=[A-Z])", " ", code)
    later = NAMES[NAMES.index(name) + 1 :]
    terms = {found[1].lower() for found in TERMS.finditer(words)}
    assert [term for term in terms if PLACES[term][0] in later] == []


# ---- The ways of the home page, which leave parts out ----

WAYS = yaml.safe_load(lessons.WAYS.findall(marks.read(pages.DOCS / "index.md"))[0])
all_cuts = pytest.mark.parametrize("way", [way for way in WAYS if "lessons" not in WAYS[way]])


@functools.cache
def cut(address: str) -> Page:
    """Return the sections of a lesson that an address names, as a page of their own."""
    path, *anchors = address.split("#")
    page = lesson(Path(path).name)
    found = lessons.sections(page)
    anchors = anchors or [next(iter(found))]  # the title's section is the whole page
    return Page("\n".join(page.text[found[a].start : found[a].end] for a in anchors), page.name)


def until_told(parts: Iterable[Page], name: str, words: str) -> Iterator[tuple[Page, int]]:
    """Yield each part of a way up to its end, the last one up to the words that explain a term."""
    for part in parts:
        if part.name.endswith(name) and told(part, words):
            yield part, explained(part, words)
            return
        yield part, len(part.text)


@all_cuts
def test_a_way_explains_its_terms(way: str) -> None:
    """A way leaves no section out that explains a term which it uses, or only after its use."""
    parts = [cut(address) for address in WAYS[way]]
    for term, (name, words) in PLACES.items():
        assert list(used(term, until_told(parts, name, words), name)) == [], term


@all_cuts
def test_a_way_makes_what_its_code_uses(way: str) -> None:
    """No snippet on a way needs a name of a section that the way leaves out."""
    for part in map(cut, WAYS[way]):
        code = [block.body for block in part.blocks if block.kind == "pycon"]
        inputs = doctest.DocTestParser().get_examples("\n".join(map(textwrap.dedent, code)))
        assert undefined("".join(one.source for one in inputs)) == [], part.name


PAGE = """---
description: A word.
---

# A word

!!! you-will "In this lesson"

    - Learn of a word.

{before}

Now it comes. A word is
what you say.
"""


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("Nothing.", []),
        ("Two words.", ["page.md:11"]),
        ("Alike:\n\n```figure\nalt: A word.\n```", ["page.md:14"]),
        ("```pycon\n>>> word\n```", []),
        ("A word, as [here](page.md) said.", []),
    ],
    ids=["later", "before", "in a picture", "in code", "with a link"],
)
def test_a_term_that_comes_too_early_is_found(
    before: str, found: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Titles announce a term; words and pictures before its sentence use it."""
    monkeypatch.setitem(globals(), "TERMS", glossary.pattern(["word"]))
    page = Page(PAGE.format(before=before), "page.md")
    assert list(too_early("word", [], page, "A word is what you say")) == found


@all_lessons
def test_source_is_shown_without_types(name: str) -> None:
    """The package's code on a page has no annotation: no lesson explains them."""
    for block in lesson(name).blocks:
        nodes = ast.walk(ast.parse(block.body)) if block.kind == "source" else ()
        for node in nodes:
            assert not isinstance(node, ast.AnnAssign), ast.unparse(node)
            assert not getattr(node, "annotation", None), ast.unparse(node)
            assert not getattr(node, "returns", None), ast.unparse(node)


def test_a_term_is_no_verb() -> None:
    """The average is a term, what somebody means is not; so with wobbles."""
    text = "It means that. Does it mean so? The mean of all. Their mean. It wobbles. Its wobble."
    found = glossary.pattern(["mean", "wobble"]).finditer(text)
    assert [text[term.start() - 4 : term.end()] for term in found] == [
        "The mean", "eir mean", "Its wobble"
    ]  # fmt: skip


# ---- NumPy ----


@all_lessons
def test_numpy_is_explained(name: str) -> None:
    """What a lesson takes of NumPy, in code, outputs and sentences, has a row on its page."""
    blocks = snippets.blocks(pages.DOCS / "lessons" / name)
    used = {one for block in blocks for one in numpy_names.in_code(block.language, block.text)}
    for code in lesson(name).inline:
        used.update(numpy_names.in_sentence(code[0].strip("`")))
    assert used <= set(ROWS), used - set(ROWS)


def test_no_row_outlives_its_use() -> None:
    """Each row explains a name that some lesson uses, and has an address of its own."""
    used = set(numpy_names.before("the end"))
    rows = numpy_names.ROW.findall(numpy_names.SOURCE.read_text(encoding="utf-8"))
    for code, _ in rows:
        names = [name for name, row in ROWS.items() if f"`{row.code}`" in code]
        assert used & set(names), code
    assert len({row.anchor for row in ROWS.values()}) == len(rows)


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("np.full(10, guess)", ["np.full"]),
        ("np.random.default_rng(0)", ["np.random.default_rng"]),
        ("losses.argmax(axis=1)", ["axis=", ".argmax"]),
        ("softmax(scores).round(2)", [".round"]),
        ("network.forward(inputs)", []),
        ("labels[validation]", ["a[b]"]),
        ("labels[3]", []),
        ("[[1.0], [2.0]]", ["[[...]]"]),
        ("[[0.5, 0.5]] * 10", ["[...] * n", "[[...]]"]),
        ("2 * 3", []),
        ("inputs @ weights + biases", ["a @ b"]),
        ("f'{loss:.3f} {share:.0%} {n}'", [":.nf", ":.n%"]),
    ],
)
def test_names_are_found_in_code(code: str, names: list[str]) -> None:
    """What a reader of lists, for and functions does not know is found by parsing."""
    assert list(numpy_names.used(code)) == names


@pytest.mark.parametrize(
    ("output", "names"),
    [
        ("array([1, inf])", ["array", "inf"]),
        ("(3,)", ["(n,)"]),
        ("(3, 1)", []),
        ("got nan in", ["nan"]),
        ("the information", []),
    ],
)
def test_names_are_found_in_outputs(output: str, names: list[str]) -> None:
    """An array, its shape, and what is no ordinary number are found where they are printed."""
    assert list(numpy_names.shown(output)) == names


SNIPPET = "```pycon\n>>> {}\n```"


def test_the_first_use_of_a_name_links_to_its_row() -> None:
    """Below a snippet stands a link for each new name; none for what is known already."""
    first, again = SNIPPET.format("np.median(prices)"), SNIPPET.format("np.median([1])")
    told = numpy_names.link(f"{first}\n\n{again}\n", NAMES[0])
    assert told.startswith(
        f"{first}\n\nNew here: [`np.median(prices)`](/numpy.md#np-median-prices '"
    )
    assert told.endswith(f"{{: .new-names }}\n\n\n{again}\n")
    assert numpy_names.link(again, NAMES[-1]) == again


def test_an_unknown_name_stops_the_build() -> None:
    """A name without a row is refused with what to do."""
    with pytest.raises(PageError, match=r"np\.tile is explained nowhere: give it a row in docs/nu"):
        numpy_names.link(SNIPPET.format("np.tile(prices, 2)"), NAMES[0])
