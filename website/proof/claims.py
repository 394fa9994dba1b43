"""Claims: sentences of the lessons that a run can show, each marked with {claim: name}.

A row of the table of odd looks marks its claim, too, where no sentence does.

A mark without a claim, a claim without a mark, and a number outside of its bounds stop the build.
So does a claim whose number stays within them under the change that should break it.
"""

import inspect
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from mkdocs.exceptions import PluginError

from website import figures, pages
from website.marks import strip
from website.odd_looks import CAUSES
from website.proof import kept

MARK = re.compile(r" ?\{claim: ([\w-]+)\}")
ODD_LOOKS = "```odd-looks"


class Row(NamedTuple):
    """A claim as the page shows it."""

    sentence: str
    how: str
    number: float
    low: float
    high: float
    unit: str
    broken_by: str
    broken: float


def place(claim: Any) -> str:
    """Return the file and the line of a claim's code."""
    file = Path(inspect.getfile(claim.run)).relative_to(pages.ROOT)
    return f"{file}:{inspect.getsourcelines(claim.run)[1]}"


def marks() -> dict[str, str]:
    """Return {claim: page#anchor of its mark}, in reading order; refuse a second mark."""
    claims = figures.find("claims", "CLAIMS")
    found: dict[str, str] = {}
    for place, name, address in _marked():
        if name in found or name not in claims:
            no_run = "has no run in website/figures/claims.py"
            reason = "is marked twice" if name in found else no_run
            raise PluginError(f"{place}: the claim {name} {reason}")
        found[name] = address
    if unmarked := set(claims) - set(found):
        raise PluginError(f"website/figures/claims.py: no lesson marks {', '.join(unmarked)}")
    return found


def _marked() -> Iterator[tuple[str, str, str]]:
    """Yield for each mark its file and line, its claim, and its page#anchor."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in pages.lessons()}
    in_sentences = {name for text in texts.values() for name in MARK.findall(text)}
    rows = [cause for cause in CAUSES if cause.claim not in in_sentences]
    for page, text in texts.items():
        for number, line in enumerate(text.splitlines(), 1):
            place = f"docs/lessons/{page}:{number}"
            for name in MARK.findall(line):
                yield place, name, f"{page}#claim-{name}"
            if line.strip() == ODD_LOOKS:
                for cause in rows:
                    yield place, cause.claim, f"{page}#{cause.anchor}"
                rows = []  # of the lessons that show the table, the first counts


def rows() -> dict[str, Row]:
    """Run every claim and its change, in reading order; refuse one that its bounds do not tell."""
    claims = figures.find("claims", "CLAIMS")
    table = {}
    for name in marks():
        claim = claims[name]
        bounds = f"between {claim.low} and {claim.high}"
        number = float(kept.result(claim.run))
        if not claim.low <= number <= claim.high:
            refuse(name, f"does not hold: {number} is not {bounds}")
        if not (claim.broken_by and claim.change):
            refuse(name, "names no change that breaks it: add @broken_by below @claim")
        broken = float(kept.result(claim.run, **claim.change))
        if math.isnan(broken) or claim.low <= broken <= claim.high:
            problem = "no number" if math.isnan(broken) else f"{broken}, {bounds}"
            refuse(name, f"is not broken by {strip(claim.broken_by)!r}, which gives {problem}")
        texts = map(strip, (claim.sentence, claim.how, claim.unit, claim.broken_by))
        sentence, how, unit, broken_by = texts
        table[name] = Row(sentence, how, number, claim.low, claim.high, unit, broken_by, broken)
    return table


def refuse(name: str, problem: str) -> NoReturn:
    """Stop the build because of a claim."""
    claim = figures.find("claims", "CLAIMS")[name]
    raise PluginError(f"{place(claim)}: the claim {name} {problem}")
