"""The ledger of claims: marks in the lessons, and the page that shows how each claim was run.

A lesson marks a sentence with {claim: name}. The mark becomes a link to the claim's row in
docs/evidence.md, and the row links back. A mark without a claim, a claim without a mark, and
a number outside of its bounds stop the build.
"""

import re
from typing import NamedTuple

from mkdocs.exceptions import PluginError

from website import results
from website.pages import DOCS, in_order

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
    for path in in_order((DOCS / "lessons").glob("*.md")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for name in MARK.findall(line):
                place = f"docs/lessons/{path.name}:{number}"
                if name in found or name not in results.find("claims", "CLAIMS"):
                    reason = "is marked twice" if name in found else "is not in the ledger"
                    raise PluginError(f"{place}: the claim {name} {reason}")
                found[name] = path.name
    unmarked = set(results.find("claims", "CLAIMS")) - set(found)
    if unmarked:
        raise PluginError(f"website/figures/claims.py: no lesson marks {', '.join(unmarked)}")
    return found


def rows() -> dict[str, Row]:
    """Run every claim, in reading order, and refuse a number outside of its bounds."""
    claims = results.find("claims", "CLAIMS")
    table = {}
    for name in marks():
        claim = claims[name]
        number = float(results.of(claim.run))
        if not claim.low <= number <= claim.high:
            raise PluginError(
                f"website/figures/claims.py: the claim {name} does not hold: {number} is not "
                f"between {claim.low} and {claim.high}"
            )
        table[name] = Row(claim.sentence, claim.how, number, claim.low, claim.high, claim.unit)
    return table


def link_marks(markdown: str) -> str:
    """Turn the marks of a lesson into links to their rows."""
    return MARK.sub(
        r' [run](/evidence.md#\1){ #claim-\1 .evidence title="See how this was run" }', markdown
    )


def page() -> str:
    """Return the ledger as Markdown: a table for each lesson, a row for each claim."""
    places = marks()
    parts: list[str] = []
    lesson = ""
    for name, row in rows().items():
        if places[name] != lesson:
            lesson = places[name]
            title = re.search(
                r"^# (.+)$", (DOCS / "lessons" / lesson).read_text(encoding="utf-8"), re.M
            )
            number = lesson.partition("-")[0]
            parts += [f"\n## {number}. {title[1] if title else lesson}\n"]
            parts += ["| Claim | How it was run | Number | Holds |\n|---|---|---|---|"]
        bounds = (
            f"exactly {_plain(row.low)}"
            if row.low == row.high
            else f"from {_plain(row.low)} to {_plain(row.high)}"
        )
        parts += [
            f"| **{row.sentence}**{{ #{name} }} "
            f"[in the lesson](lessons/{lesson}#claim-{name}){{ .back }} "
            f"| {row.how} | **{_plain(row.number)}** {row.unit} | {bounds} |"
        ]
    return '<div class="ledger" markdown>\n' + "\n".join(parts) + "\n\n</div>"


def _plain(number: float) -> str:
    """Write a number with as many digits as it takes to read it."""
    return f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.4g}"
