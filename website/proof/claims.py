"""Claims: sentences of the lessons that a run can show, each marked with {claim: name}.

A mark without a claim, a claim without a mark, and a number outside of its bounds stop the build.
"""

import re
from typing import NamedTuple

from mkdocs.exceptions import PluginError

from website import figures, pages
from website.marks import strip
from website.proof import kept

MARK = re.compile(r" ?\{claim: ([\w-]+)\}")


class Row(NamedTuple):
    """A claim as the page shows it."""

    sentence: str
    how: str
    number: float
    low: float
    high: float
    unit: str


def marks() -> dict[str, str]:
    """Return {claim: page that marks it}, in reading order; refuse a second mark."""
    found: dict[str, str] = {}
    for path in pages.lessons():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for name in MARK.findall(line):
                place = f"docs/lessons/{path.name}:{number}"
                if name in found or name not in figures.find("claims", "CLAIMS"):
                    no_run = "has no run in website/figures/claims.py"
                    reason = "is marked twice" if name in found else no_run
                    raise PluginError(f"{place}: the claim {name} {reason}")
                found[name] = path.name
    unmarked = set(figures.find("claims", "CLAIMS")) - set(found)
    if unmarked:
        raise PluginError(f"website/figures/claims.py: no lesson marks {', '.join(unmarked)}")
    return found


def rows() -> dict[str, Row]:
    """Run every claim, in reading order, and refuse a number outside of its bounds."""
    claims = figures.find("claims", "CLAIMS")
    table = {}
    for name in marks():
        claim = claims[name]
        number = float(kept.result(claim.run))
        if not claim.low <= number <= claim.high:
            raise PluginError(
                f"website/figures/claims.py: the claim {name} does not hold: {number} is not "
                f"between {claim.low} and {claim.high}"
            )
        sentence, how, unit = map(strip, (claim.sentence, claim.how, claim.unit))
        table[name] = Row(sentence, how, number, claim.low, claim.high, unit)
    return table
