"""Mistype every digit of every number, one at a time, and see what notices.

    python -m website.proof.mutate

Each page is proved anew with the slip in it, as the build would; nothing is run again, since a slip
in a text changes no run. What nobody notices is listed.
"""

import functools
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from website import figures
from website.proof import check, evidence, numbers, runs
from website.proof.numerals import NUMBER, VALUES, slips
from website.proof.text import Page


class Slip(NamedTuple):
    """A number with one digit mistyped, and whether that was noticed.

    Attributes:
        path: The page, None for the rows of Evidence.
        where: The name of the page and the line, or the name of the claim.
        kind: The kind of text that it stands in.
        start: Where the number stands.
        said: What it says.
        slip: What it says mistyped.
        noticed: Whether the build refuses it.
    """

    path: Path | None
    where: str
    kind: str
    start: int
    said: str
    slip: str
    noticed: bool = False


def every_slip() -> Iterator[Slip]:
    """Yield every slip of every number that a reader reads, not yet tried."""
    for path in check.pages():
        page = Page.of(path)
        for start, said, kind in _numbers(page):
            for slip in slips(said):
                yield Slip(path, f"{page.name}:{page.line(start)}", kind, start, said, slip)
    for name, claim in figures.find("claims", "CLAIMS").items():
        page = Page(evidence.words(claim))
        for start, said, _ in _numbers(page):
            for slip in slips(said):
                yield Slip(None, name, "rows of Evidence", start, said, slip)


def tried(slip: Slip) -> Slip:
    """Prove a page, or a row of Evidence, with a slip in it."""
    text, wrong_in = _proof(slip.path, slip.where if slip.path is None else "")
    end = slip.start + len(slip.said)
    return slip._replace(noticed=wrong_in(text[: slip.start] + slip.slip + text[end:]))


@functools.lru_cache(maxsize=200)
def _proof(path: Path | None, claim_name: str) -> tuple[str, Callable[[str], bool]]:
    """Return a text, and what tells whether such a text is wrong."""
    if path is None:
        claim = figures.find("claims", "CLAIMS")[claim_name]
        return evidence.words(claim), lambda text: bool(
            numbers.check(*evidence.row(claim, text), evidence.GUESSED)
        )
    page = Page.of(path)
    ran = runs.once(path, page)
    if numbers.check(page, ran):
        raise ValueError(f"{page.name} is wrong as it is: run  make check PAGE={page.name}")
    return page.source, lambda text: bool(numbers.check(Page.of(path, text), ran))


def _numbers(page: Page) -> Iterator[tuple[int, str, str]]:
    """Yield every number that a reader reads: where it stands, what it says, in what kind."""
    for m in NUMBER.finditer(page.words):
        yield m.start(), m[0], _kind(page, m.start())
    for span in page.inline:
        for m in NUMBER.finditer(span[0]):
            yield span.start() + m.start(), m[0], "inline code"


def _kind(page: Page, place: int) -> str:
    if any(b.kind == "mermaid" and b.start <= place < b.end for b in page.blocks):
        return "diagrams"
    line = page.source[page.source.rfind("\n", 0, place) + 1 : place].lstrip()
    if line.startswith(("alt:", "# %% alt=")):
        return "text alternatives"
    return "captions" if line.startswith("caption:") else "prose"


def words_that_count(path: Path) -> tuple[int, int]:
    """Return how many words of a page may count something, and how many of them are bound."""
    page = Page.of(path)
    ends = {m.end() for m in re.finditer(r"[A-Za-z]+", page.words) if m[0].lower() in VALUES}
    return len(ends), sum(mark.start in ends for mark in page.marks)


def main() -> int:
    """Try every slip of every page, and print what was noticed and what was not."""
    with ProcessPoolExecutor() as pool:
        found = list(pool.map(tried, every_slip(), chunksize=200))
    survivors: dict[tuple[str, str], list[str]] = {}
    for slip in found:
        if not slip.noticed:
            survivors.setdefault((slip.where, slip.said), []).append(slip.slip)
    for (where, said), others in survivors.items():
        print(f"{where}: {said} may become {', '.join(others)}")
    totals = Counter(slip.kind for slip in found)
    noticed = Counter(slip.kind for slip in found if slip.noticed)
    for kind, total in totals.items():
        print(
            f"{kind:18} {noticed[kind]:6} of {total:6} slips noticed: {noticed[kind] / total:.1%}"
        )
    print(f"{'all':18} {noticed.total():6} of {len(found):6}: {noticed.total() / len(found):.1%}")
    words, bound = map(sum, zip(*map(words_that_count, check.pages()), strict=True))
    print(f"{bound} of {words} words that may count something are bound")
    return 0


if __name__ == "__main__":
    sys.exit(main())
