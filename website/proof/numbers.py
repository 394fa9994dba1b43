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
from numbers import Real
from pathlib import Path
from typing import Any, NamedTuple

from website.marks import MARK, strip
from website.proof import kept, runs
from website.proof.numerals import DIGITS, LITERAL, NUMBER, VALUES, numbers, slips, write
from website.proof.sums import sums
from website.proof.text import GIVEN, Mark, Page, named

# A quote proves too little if more of its slips would pass, too: from its own section, or, if it
# has several digits, from another one.
GUESSED, GUESSED_ELSEWHERE = 0.2, 0.05
Row = tuple[float, ...]
IN_A_ROW = re.compile(
    rf"(?<![\w.,]){DIGITS}(?: %)?(?:, [+−-]?{DIGITS}(?: %)?)+,? and [+−-]?{DIGITS}"
)
# Lesson 5, Case 3 and what they lead to: the first number of a file's name, or of an anchor.
LEADS = re.compile(
    r"\b(?:lesson|lab|case|step) (\d+)\b[^.\]\n]*?(?:\[[^\]\n]*)?\]\((?:[^)\s#]*/)?"
    r"(?:[^)\s#/]*#[a-z]+-)?(\d+)-",
    re.I,
)
COUNTED = re.compile(
    r"(?m)^ *(?P<item>\d+)\. |^ *(?P<level>#+) (?:\w+ )?(?P<head>\d+)[.:] "
    r'|(?P<box>\[")(?P<step>\d+)\. '
    r"|\b(?:Step|Epoch|In epoch) (?P<turn>\d+)(?:,|<| all)|^ *(?P<plain>#+) |^ *```"
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


def check(page: Page, ran: runs.Ran) -> list[Wrong]:
    """Return all that is wrong with the numbers of a page, in reading order."""
    proof = Proof(page, ran)
    proof.bound()
    proof.worked_out()
    proof.named()
    for start, end in page.sections:
        proof.section(start, end)
    proof.inline()
    return sorted(proof.wrong, key=lambda wrong: wrong.start)


class Known:
    """Numbers that may be quoted."""

    def __init__(self, numbers: Row) -> None:
        """Remember them, and what they are when rounded."""
        self.numbers = numbers
        self._rounded: dict[tuple[int, int], frozenset[float]] = {}

    def has(self, text: str, percent: bool) -> bool:
        """Tell whether a number stands here, rounded as it is written: a whole one is whole."""
        if re.match(r"0\d", text):
            return False
        decimals, number = len(text.partition(".")[2]), float(text.replace(",", ""))
        if number in self._round(decimals, 1):
            return True
        return percent and number in self._round(decimals, 100)

    def _round(self, decimals: int, times: int) -> frozenset[float]:
        key = decimals, times
        if key not in self._rounded:
            exact = not decimals and times == 1
            self._rounded[key] = frozenset(
                n if exact else round(times * n, decimals) for n in self.numbers
            )
        return self._rounded[key]


class Proof:
    """Goes through a page, and notes which numbers are proved and which are wrong."""

    def __init__(self, page: Page, ran: runs.Ran) -> None:
        """Begin with nothing proved."""
        self.page, self.ran = page, ran
        self.wrong: list[Wrong] = []
        self.proved: set[int] = set()  # where a number stands that needs no more
        self.summed: dict[int, bool] = {}  # where a number of a sum stands, and if it is its end

    def refuse(self, start: int, said: str, why: str, new: str | None = None) -> None:
        """Note that a number is wrong."""
        self.wrong.append(Wrong(start, self.page.line(start), said, why, new))

    def prove(self, start: int, said: str) -> None:
        """Note that what is said at a place is looked after."""
        self.proved |= {start + m.start() for m in re.finditer(DIGITS, said)}

    # -- bound --

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

    # -- worked out --

    def worked_out(self) -> None:
        """Work out the sums of the page."""
        for one in sums(self.page.words):
            said = self.page.text[one.start : one.end]
            if not one.holds:
                self.refuse(one.start, said, f"but it comes to {one.gives:g}")
            for m in re.finditer(DIGITS, said):
                self.summed[one.start + m.start()] = one.start + m.start() >= one.result

    # -- named --

    def named(self) -> None:
        """Compare lessons, labs and cases with what they lead to, and count lists and headings."""
        for m in LEADS.finditer(self.page.text):
            self._name(m.start(1), m[1], m[2])
        last: dict[str, int] = {}
        for m in COUNTED.finditer(self.page.text):
            group = next((g for g in ("item", "head", "step", "turn") if m[g]), "")
            if not group:  # a heading or a block ends the list above it
                last = {
                    g: n for g, n in last.items() if g != "item" and (g != "head" or not m["plain"])
                }
            elif m.start(group) not in self.proved:
                turn = last.get(group, 0) + 1
                self._name(m.start(group), m[group], "1" if m[group] == "1" else str(turn))
                last[group] = int(m[group])

    def _name(self, start: int, said: str, right: str) -> None:
        self.prove(start, said)
        if said != right:
            self.refuse(start, said, f"where {right} comes, or leads to {right}")

    # -- quoted and given --

    def section(self, start: int, end: int) -> None:
        """Look up the other numbers of a section in its code, its tables and its figures."""
        page = self.page
        rows = self._rows(start, end)
        known = Known(tuple(n for row in rows for n in row))
        figures = [
            (b.start, b.end, Known(drawn(named(b.body))))
            for b in page.blocks
            if b.kind == "figure" and start <= b.start < end
        ]
        given, used = self._given(start, end), set()
        # A sum starts from what stands in its section, ends another sum, or is proved on its line.
        ends: set[tuple[int, str]] = set()
        for place, text in found_in(page.words, start, end):
            if self.summed.get(place):
                ends.add((0, text))
            elif place in self.proved:
                ends.add((page.line(place), text))
        for m in IN_A_ROW.finditer(page.words, start, end):
            said = [(m.start() + n.start(), n[0]) for n in re.finditer(DIGITS, m[0])]
            texts = [text for _, text in said]
            if any(
                in_order(texts, "%" in m[0], row)
                for row in [*rows, *(f[2].numbers for f in figures)]
            ):
                self.proved |= {place for place, _ in said}
        for place, text in found_in(page.words, start, end):
            if place in self.proved or self.summed.get(place):
                continue
            if text in given:
                used.add(text)
                continue
            near = next((data for a, b, data in figures if a <= place < b), known)
            percent = page.words[place + len(text) :].lstrip(" \xa0").startswith("%")
            limit = GUESSED
            if digits_in(text) > 1 and not near.has(text, percent):
                near, limit = self.whole, GUESSED_ELSEWHERE
            if not near.has(text, percent):
                if place not in self.summed or not ends & {(0, text), (page.line(place), text)}:
                    self.refuse(place, text, "and nothing in its section does: bind or mend it")
            elif place not in self.summed:
                passing = [slip for slip in slips(text) if slip in given or near.has(slip, percent)]
                if len(passing) > limit * 9 * digits_in(text):
                    self.refuse(place, text, f"and nobody would notice {passing[0]}: bind it")
        for text, place in given.items():
            if NUMBER.fullmatch(text) and text not in used:
                self.refuse(place, f"given: {text}", "and does not use it")

    @functools.cached_property
    def whole(self) -> Known:
        """The numbers in all code, outputs and tables of the page."""
        return Known(tuple(n for row in self._rows(0, len(self.page.text)) for n in row))

    def _rows(self, start: int, end: int) -> list[Row]:
        """Return the numbers of a section's code, outputs and tables, in order."""
        rows = []
        outputs = dict(zip((b.start for b in self.page.code()), self.ran.printed, strict=False))
        for block in self.page.blocks:
            if start <= block.start < end:
                if block.kind == "table":
                    rows += table_rows(block.body)
                elif block in self.page.code(start, end):
                    rows.append(numbers(f"{block.body} {outputs.get(block.start, '')}"))
        return rows

    def _given(self, start: int, end: int) -> dict[str, int]:
        """Return what a part of the page makes up, and where it says so."""
        comments = GIVEN.finditer(self.page.text, start, end)
        return {one: m.start() for m in comments for one in re.split(r", +", strip(m[1]))}

    def inline(self) -> None:
        """Compare the code within sentences with the code of the page, and with its marks."""
        page = self.page
        whole = "\n".join(
            [block.body for block in page.code()]
            + [mark.expression for mark in page.marks]
            + [*self.ran.printed, *self._given(0, len(page.text))]
        )
        for m in page.inline:
            said = m[0].strip("`<>")
            if re.search(r"(?<![\w.])\d", said) and not stands_in(said.rstrip(")"), whole):
                self.refuse(m.start(), m[0], "which stands in no code of the page")


def before(page: Page, mark: Mark, count: int) -> list[tuple[int, str]]:
    """Return the last numbers before a mark, on its line: where they stand, and what they say."""
    begin = page.text.rfind("\n", 0, mark.start) + 1
    words = page.words[begin : mark.start]
    if page.text[begin:].lstrip().startswith("<!-- given: "):  # what is given may be bound, too
        words = MARK.sub(lambda m: " " * len(m[0]), page.text[begin : mark.start])
    spelled = [
        (m.start(), m[0]) for m in re.finditer(r"[A-Za-z]+", words) if m[0].lower() in VALUES
    ]
    if count == 1 and spelled and not words[spelled[-1][0] + len(spelled[-1][1]) :].strip():
        return [(begin + spelled[-1][0], spelled[-1][1])]
    written = [(begin + m.start(), m[0]) for m in LITERAL.finditer(words)]
    return written[-count:]


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


def in_order(texts: list[str], percent: bool, row: Row) -> bool:
    """Tell whether numbers follow each other somewhere in a row."""
    parts = [Known((n,)) for n in row]
    return any(
        all(part.has(text, percent) for text, part in zip(texts, parts[n:], strict=False))
        for n in range(len(row) - len(texts) + 1)
    )


def table_rows(body: str) -> list[Row]:
    """Return the numbers in each row of a table."""
    try:
        table = kept.table(named(body).removesuffix("_table"))
    except Exception:  # the block itself says, with its line, what is wrong with it
        return []
    return [numbers(" ".join(row)) for row in table.rows]


def drawn(name: str) -> Row:
    """Return the numbers of a figure that are few enough to be spoken of one by one."""
    try:
        return tuple(_few(runs.figure(name)))
    except Exception:  # the block itself says, with its line, what is wrong with it
        return ()


def _few(data: Any) -> Iterator[float]:
    if isinstance(data, Real):
        yield abs(float(data))
    elif isinstance(data, str):
        yield from numbers(data)
    elif isinstance(data, dict):
        for key, part in data.items():
            yield from _few(key)
            yield from _few(part)
    elif len(data) <= 20:
        for part in data:
            yield from _few(part)


# ---- For the build ----


def refuse(path: Path) -> str:
    """Return what is wrong with a page, its snippets and its numbers, "" for nothing."""
    page = Page.of(path)
    ran = runs.once(path, page)
    if ran.report:
        return f"{page.name}: a snippet prints something else:\n{ran.report}"
    return "\n".join(f"{page.name}:{one}" for one in check(page, ran))
