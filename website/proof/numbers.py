"""No number in a text is wrong: each is worked out, named, quoted, given or bound.

    4 + 4 + 0 = 8                      worked out: a sum that is written out must be right, and
                                       what it starts from must stand in the section
    [lesson 5](5-training-loop.md)     named: as the place it leads to, or by its turn in a list
    The squared miss is 81.            quoted: 81 stands in the code, an output or a table of its
                                       section (in `alt` and `caption`: in the figure's data), and
                                       with a digit mistyped it would hardly stand there, too
    10, 5 and 3                        in a row: three or more that stand there in this order
    <!-- given: 8.4, 10.2 -->          given: made up here, and used in this section
    It read 293{=right} of them.       bound: what the expression gives, written as it is here
    10, 5 and 3{=guesses} beside       bound: the last three numbers, by one list
    three{=len(runs)} runs             bound: a number that is a word
    It falls{=last < first}.           bound: behind another word, a condition that must hold

What an expression sees is said in `website/proof/runs.py`.
"""

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from website.marks import MARK, strip
from website.proof import kept, quotes, runs
from website.proof.numerals import DIGITS, LITERAL, NUMBER, VALUES, slips, write
from website.proof.sums import sums
from website.proof.text import GIVEN, Mark, Page, named

# A quote proves too little if more of its slips would pass, too. From another section of the page
# it proves something if it has several digits, and none of its slips stands anywhere.
GUESSED = 0.08
PART = rf"[+−-]?{DIGITS}(?: %)?"
IN_A_ROW = re.compile(rf"(?<![\w.,]){PART}(?:, {PART})+,? and {PART}")
# Lesson 5, case 3 and what they lead to: the number in a file's name, or in an anchor.
LEADS = re.compile(
    r"\b(?:lesson|lab|case) (\d+)\b[^.\]\n]*?(?:\[[^\]\n]*)?\]\("
    r"(?:[^)\s#]*/)?(?:[^)\s#/]*#[a-z]+-)?(\d+)-",
    re.I,
)
# What counts up: items of a list, headings, and the steps in a diagram.
COUNTED = re.compile(
    r"(?m)^ *(?P<item>\d+)\. |^ *#+ (?:\w+ )?(?P<heading>\d+)[.:] "
    r'|\["(?:Epoch )?(?P<box>\d+)(?:\. |<)|\b(?:Step|In epoch) (?P<step>\d+)(?:,| all)'
    r"|^(?P<other> *(?:#+ |```))|^(?P<sentence> {0,2}(?=[A-Z]))"
)


class Wrong(NamedTuple):
    """A number that is wrong: where it stands, what is said, why, and what to write instead."""

    start: int
    line: int
    said: str
    why: str
    new: str | None = None

    def __str__(self) -> str:
        """Return what stands behind the name of the page and a colon."""
        return f"{self.line}: the page says {self.said}, {self.why}"


def check(page: Page, ran: runs.Ran, guessed: float = GUESSED) -> list[Wrong]:
    """Return all that is wrong with the numbers of a page, in reading order."""
    proof = Proof(page, ran, guessed)
    proof.bound()
    proof.worked_out()
    proof.named()
    for start, end in page.sections:
        proof.quoted(start, end)
    proof.inline()
    return sorted(proof.wrong, key=lambda wrong: wrong.start)


class Proof:
    """Goes through a page, and notes which numbers are proved and which are wrong."""

    def __init__(self, page: Page, ran: runs.Ran, guessed: float) -> None:
        """Begin with nothing proved."""
        self.page, self.ran, self.guessed = page, ran, guessed
        self.wrong: list[Wrong] = []
        self.proved: set[int] = set()  # where a number stands that needs no more
        self.summed: dict[int, bool] = {}  # where a number of a sum stands, and if it is its end

    def refuse(self, start: int, said: str, why: str, new: str | None = None) -> None:
        """Note that a number is wrong."""
        self.wrong.append(Wrong(start, self.page.line(start), said, why, new))

    def prove(self, start: int, said: str) -> None:
        """Note that what is said at a place is looked after."""
        self.proved |= {start + m.start() for m in re.finditer(DIGITS, said)}

    def bound(self) -> None:
        """Compare what stands before each mark with what its expression gives."""
        for mark, values in zip(self.page.marks, self.ran.values, strict=True):
            if isinstance(values, str):
                self.refuse(mark.start, f"{{={mark.expression}}}", f"but {values}")
            elif any(isinstance(one, bool) for one in values):
                if not all(values):
                    said = (self.page.text[: mark.start].split() or [""])[-1]
                    self.refuse(mark.start, said, f"but it is false that {mark.expression}")
            else:
                self._compare(mark, values)

    def _compare(self, mark: Mark, values: runs.Values) -> None:
        said = before(self.page, mark, len(values))
        if len(said) != len(values):
            why = f"but {mark.expression} gives {len(values)}: {', '.join(map(str, values))}"
            self.refuse(mark.start, f"{len(said)} numbers before the mark", why)
        for (start, text), one in zip(said, values, strict=False):
            self.prove(start, text)
            right = write(one, text)
            if right != text:
                self.refuse(start, text, f"and {mark.expression} gives {right}", right)

    def worked_out(self) -> None:
        """Work out the sums of the page."""
        for one in sums(self.page.words):
            said = self.page.text[one.start : one.end]
            if not one.holds:
                self.refuse(one.start, strip(said), f"but it comes to {one.gives:g}")
            for m in re.finditer(DIGITS, self.page.words[one.start : one.end]):
                self.summed[one.start + m.start()] = one.start + m.start() >= one.result

    def named(self) -> None:
        """Compare lessons, labs and cases with what they lead to, and count lists and headings."""
        for m in LEADS.finditer(self.page.text):
            self._name(m.start(1), m[1], m[2], "but it leads to")
        last: dict[str, int] = {}
        for m in COUNTED.finditer(self.page.text):
            group = m.lastgroup or ""
            if group in ("heading", "other"):  # a heading, or a block begins or ends
                last = {key: n for key, n in last.items() if key == "heading"}
            if group == "sentence":  # which ends a list
                last.pop("item", None)
            elif group != "other" and m.start(group) not in self.proved:
                key = f"step {self._at(m.start())}" if group == "step" else group  # in a sentence
                self._name(m.start(group), m[group], str(last.get(key, 0) + 1), "where the next is")
                last[key] = int(m[group])

    def _name(self, start: int, said: str, right: str, why: str) -> None:
        self.prove(start, said)
        if said != right:
            self.refuse(start, said, f"{why} {right}")

    def quoted(self, start: int, end: int) -> None:
        """Look up the other numbers of a section where they may be quoted from, or are given."""
        words, given, used = self.page.words, self._given(start, end), set()
        rows, figures = self._rows(start, end), self._figures(start, end)
        known, ends = quotes.together(rows), self._starts(start, end)
        row = [quotes.Known(row) for row in rows] + [data for _, _, data in figures]
        for m in IN_A_ROW.finditer(words, start, end):
            texts = re.findall(DIGITS, m[0])
            if any(one.has_in_order(texts, "%" in m[0]) for one in row):
                self.prove(m.start(), m[0])
        for place, text in found_in(words, start, end):
            if place in self.proved or self.summed.get(place):
                continue
            if text in given:
                used.add(text)
                continue
            percent = words[place + len(text) :].lstrip(" \xa0").startswith("%")
            near = next((data for a, b, data in figures if a <= place < b), known)
            limit = self.guessed
            if not near.has(text, percent) and digits_in(text) > 1:
                near, limit = self._whole, 0
            if place in self.summed:
                if not near.has(text, percent) and not ends & {(0, text), (self._at(place), text)}:
                    self.refuse(place, text, "and nothing in its section does: bind or mend it")
                continue
            if not near.has(text, percent):
                self.refuse(place, text, "and nothing in its section does: bind or mend it")
                continue
            passing = {*near.slips(text, percent), *(given.keys() & set(slips(text)))}
            if len(passing) > limit * 9 * digits_in(text):
                self.refuse(place, text, f"and nobody would notice {min(passing)}: bind it")
        for text, place in given.items():
            if NUMBER.fullmatch(text) and text not in used:
                self.refuse(place, f"given: {text}", "and does not use it")

    def _at(self, place: int) -> int:
        return self.page.line(place)

    def _starts(self, start: int, end: int) -> set[tuple[int, str]]:
        """Return what a sum may start from: what ends another one, or is proved on its line."""
        found = found_in(self.page.words, start, end)
        return {
            (0 if self.summed.get(place) else self._at(place), text)
            for place, text in found
            if self.summed.get(place) or place in self.proved
        }

    def _rows(self, start: int, end: int) -> tuple[quotes.Row, ...]:
        """Return the numbers of a section's code, outputs and tables, in order."""
        blocks = self.page.code()
        printed = {b.start: out for b, out in zip(blocks, self.ran.printed, strict=False)}
        rows: list[quotes.Row] = []
        for block in self.page.blocks:
            if start <= block.start < end and block.kind == "table":
                rows += quotes.table(block.body, kept.key())
            elif start <= block.start < end and block in blocks:
                rows.append(quotes.code(f"{block.body} {printed.get(block.start, '')}"))
        return tuple(rows)

    @functools.cached_property
    def _whole(self) -> quotes.Known:
        """The numbers in all code, outputs and tables of the page."""
        return quotes.together(self._rows(0, len(self.page.text)))

    def _figures(self, start: int, end: int) -> list[tuple[int, int, quotes.Known]]:
        """Return where the figures of a section begin and end, and what their words may quote."""
        return [
            (block.start, block.end, quotes.figure(named(block.body), kept.key()))
            for block in self.page.blocks
            if block.kind == "figure" and start <= block.start < end
        ]

    def _given(self, start: int, end: int) -> dict[str, int]:
        """Return what a part of the page makes up, and where it says so."""
        return {
            one: m.start()
            for m in GIVEN.finditer(self.page.text, start, end)
            if not self.page.hides(m.start())
            for one in re.split(r", +", strip(m[1]))
        }

    def inline(self) -> None:
        """Compare the code within sentences with the code of the page, and with its marks."""
        whole = "\n".join(
            [block.body for block in self.page.code()]
            + [mark.expression for mark in self.page.marks]
            + [*self.ran.printed, *self._given(0, len(self.page.text))]
        )
        for m in self.page.inline:
            said = m[0].strip("`<>")
            if NUMBER.search(said) and not stands_in(said.rstrip(")"), whole):
                self.refuse(m.start(), m[0], "which stands in no code of the page")


def before(page: Page, mark: Mark, count: int) -> list[tuple[int, str]]:
    """Return the last numbers before a mark, on its line: where they stand, and what they say."""
    begin = page.text.rfind("\n", 0, mark.start) + 1
    words = page.words[begin : mark.start]
    if page.text[begin:].lstrip().startswith("<!-- given: "):  # what is given may be bound, too
        words = MARK.sub(lambda m: " " * len(m[0]), page.text[begin : mark.start])
    word = re.search(r"[A-Za-z]+$", words)
    if count == 1 and word and word[0].lower() in VALUES:
        return [(begin + word.start(), word[0])]
    return [(begin + m.start(), m[0]) for m in LITERAL.finditer(words)][-count:]


def found_in(words: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield where each number in a part of a text stands, and what it says."""
    for m in NUMBER.finditer(words, start, end):
        yield m.start(), m[0]


def digits_in(text: str) -> int:
    """Count the digits of a number."""
    return sum(map(str.isdigit, text))


def stands_in(code: str, whole: str) -> bool:
    """Tell whether code stands in other code, and does not end within a number."""
    return re.search(rf"(?<!\w){re.escape(code)}(?![\d.]*\d)", whole) is not None


def wrong_on(path: Path) -> str:
    """Return what is wrong with a page, its snippets and its numbers, "" for nothing."""
    page = Page.of(path)
    others = tuple(file.read_bytes() for file in runs.others(page))
    return _wrong_on(path, page.source, (kept.key(), *others))


@functools.lru_cache(maxsize=100)
def _wrong_on(path: Path, text: str, _depends_on: tuple[object, ...]) -> str:
    page = Page.of(path, text)
    ran = runs.once(path, page)
    if ran.report:
        return ran.report
    return "\n".join(f"{page.name}:{one}" for one in check(page, ran))
