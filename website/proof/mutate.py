"""Mistype every digit of every number, one at a time, and see what notices.

    python -m website.proof.mutate

Each page is proved anew with the slip in it, as the build would; nothing is run again, since a slip
in a text changes no run. What nobody notices is listed.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from website import results
from website.proof import check, evidence, numbers, runs
from website.proof.numerals import NUMBER, VALUES
from website.proof.text import Page

Proves = Callable[[str], bool]


class Number(NamedTuple):
    """A number in a text: where it stands, what it says, and what kind of text it stands in."""

    start: int
    said: str
    kind: str


class Slip(NamedTuple):
    """A number with one digit mistyped, and whether that was noticed."""

    place: str
    kind: str
    said: str
    slip: str
    noticed: bool


def numbers_of(page: Page) -> Iterator[Number]:
    """Yield every number that a reader reads, however it is proved."""
    for m in NUMBER.finditer(page.words):
        yield Number(m.start(), m[0], _kind(page, m.start()))
    for span in page.inline:
        for m in NUMBER.finditer(span[0]):
            yield Number(span.start() + m.start(), m[0], "inline code")


def _kind(page: Page, place: int) -> str:
    kind = next((b.kind for b in page.blocks if b.start <= place < b.end), "")
    if kind == "mermaid":
        return "diagrams"
    begin = page.source.rfind("\n", 0, place) + 1
    line = page.source[begin:place].lstrip()
    if line.startswith(("alt:", "# %% alt=")):
        return "text alternatives"
    return "captions" if line.startswith("caption:") else "prose"


def slips_in(path: Path) -> Iterator[tuple[str, str, Number, Proves]]:
    """Yield the numbers of a page, each with what tells whether a text in its place is right."""
    page = Page.of(path)
    ran = runs.kept(path, page)

    def proves(text: str) -> bool:
        return not numbers.check(Page.of(path, text), ran)

    if not proves(page.source):
        raise SystemExit(f"{page.name} is wrong as it is: run  make check PAGE={page.name}")
    for number in numbers_of(page):
        yield f"{page.name}:{page.line(number.start)}", page.source, number, proves


def slips_in_rows() -> Iterator[tuple[str, str, Number, Proves]]:
    """Yield the numbers in the rows of Evidence likewise."""
    for name, claim in results.find("claims", "CLAIMS").items():
        page, _ = evidence.row(claim)
        text = "\n".join([claim.sentence, claim.how, claim.unit])

        def proves(text: str, claim: object = claim) -> bool:
            return not numbers.check(*evidence.row(claim, text), evidence.GUESSED)

        for number in numbers_of(page):
            if number.start < len(text):
                yield f"Evidence: {name}", text, number._replace(kind="rows of Evidence"), proves


def tried(path: Path | None) -> list[Slip]:
    """Mistype each number of a page, or of Evidence, in every way."""
    found = []
    for place, text, (start, said, kind), proves in slips_in(path) if path else slips_in_rows():
        for at, digit in enumerate(said):
            for other in "0123456789".replace(digit, "") * digit.isdigit():
                slip = said[:at] + other + said[at + 1 :]
                noticed = not proves(text[:start] + slip + text[start + len(said) :])
                found.append(Slip(place, kind, said, slip, noticed))
    return found


def words_of(path: Path) -> tuple[int, int]:
    """Return how many words of a page may count something, and how many of them are bound."""
    page = Page.of(path)
    words = [m.end() for m in re.finditer(r"[A-Za-z]+", page.words) if m[0].lower() in VALUES]
    return len(words), len({mark.start for mark in page.marks} & set(words))


def main() -> int:
    """Try every slip of every page, and print what was noticed and what was not."""
    pages = check.pages()
    with ProcessPoolExecutor() as pool:
        found = [slip for slips in pool.map(tried, [None, *pages]) for slip in slips]
    for one in sorted({(slip.place, slip.said) for slip in found if not slip.noticed}):
        others = [
            slip.slip for slip in found if (slip.place, slip.said) == one and not slip.noticed
        ]
        print(f"{one[0]}: {one[1]} may become {', '.join(others)}")
    totals = Counter(slip.kind for slip in found)
    noticed = Counter(slip.kind for slip in found if slip.noticed)
    for kind, total in [*totals.items(), ("all", totals.total())]:
        some = noticed[kind] if kind != "all" else noticed.total()
        print(f"{kind:18} {some:6} of {total:6} slips noticed: {some / total:.1%}")
    words, bound = (sum(counts) for counts in zip(*map(words_of, pages), strict=True))
    print(f"{bound} of {words} words that may count something are bound")
    return 0


if __name__ == "__main__":
    sys.exit(main())
