"""Claims as a reader meets them: a mark behind a sentence, and a row that shows how it was run.

A mark links to its row on the page that has a `claims` fence, and the row links back.
"""

import math
import platform
import re
from importlib.metadata import version

from website import marks, pages
from website.proof import claims

FENCE = "```claims\n```"


def link_marks(markdown: str) -> str:
    """Turn the marks of a lesson into links to their rows."""
    return claims.MARK.sub(
        r' [run](/evidence.md#\1){ #claim-\1 .evidence title="See how this was run" }', markdown
    )


def put_in(markdown: str) -> str:
    """Put the table of claims where a page asks for it."""
    return markdown.replace(FENCE, _tables()) if FENCE in markdown else markdown


def _tables() -> str:
    """Return all claims as Markdown: a table for each lesson, a row for each claim."""
    places = claims.marks()
    used = f"NumPy {version('numpy')}, matplotlib {version('matplotlib')}"
    python = platform.python_version()
    parts = [f"This site was made with Python {python}, {used}.\n{{ #made-with }}"]
    lesson = ""
    for name, row in claims.rows().items():
        page = places[name].partition("#")[0]
        if page != lesson:
            lesson = page
            title = re.search(r"^# (.+)$", marks.read(pages.DOCS / "lessons" / lesson), re.M)
            parts += [f"\n## {lesson.partition('-')[0]}. {title[1] if title else lesson}\n"]
            parts += ["| Claim | How it was run | Number | Holds | What would break it |"]
            parts += ["|---|---|---|---|---|"]
        bounds = (
            f"exactly {_plain(row.low)}"
            if row.low == row.high
            else f"from {_plain(row.low)} to {_plain(row.high)}"
        )
        parts += [
            f"| **{row.sentence}**{{ #{name} }} "
            f"[in the lesson](lessons/{places[name]}){{ .back }} "
            f"| {row.how} | **{_plain(row.number)}** {row.unit} | {bounds} "
            f"| {row.broken_by}: **{_plain(row.broken)}** |"
        ]
    return '<div class="claims" markdown>\n' + "\n".join(parts) + "\n\n</div>"


def _plain(number: float) -> str:
    """Write a number with as many digits as it takes to read it."""
    if math.isinf(number):
        return "no end"
    return f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.4g}"
