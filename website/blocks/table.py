"""A `table` fence names a table that code computes.

    table: mean_squared_error.arrows

shows what `arrows_table()` of website/figures/mean_squared_error.py returns.
"""

from typing import Any

from markupsafe import Markup

from website.blocks import block
from website.look import Table
from website.pages import mistake
from website.proof import kept

# A table scrolls inside itself, and the keyboard can reach it to scroll it.
OPEN = Markup(
    '<div class="table" tabindex="0" role="group" aria-label="Table"><table class="numbers">'
)
CLOSE = Markup("</table></div>")
EMPTY = Markup("")


@block
def fence(source: str, *_: Any, **__: Any) -> Markup:
    """Compute a table and show it."""
    table = load(source)
    heads = [
        Markup('<th scope="col" class="{}">{}</th>').format(role, heading)
        if role
        else Markup('<th scope="col">{}</th>').format(heading)
        for heading, role in table.columns.items()
    ]
    rows = [
        Markup("<tr>{}</tr>").format(EMPTY.join(Markup("<td>{}</td>").format(c) for c in row))
        for row in table.rows
    ]
    start = OPEN.replace("numbers", "numbers computed")
    head = Markup("<thead><tr>{}</tr></thead>").format(EMPTY.join(heads))
    return start + head + Markup("<tbody>{}</tbody>").format(EMPTY.join(rows)) + CLOSE


def load(source: str) -> Table:
    """Return the table that a fence names."""
    key, _, name = source.strip().partition(": ")
    if key != "table":
        raise mistake(source, "this block takes one line, table: module.name")
    try:
        return kept.table(name)
    except (ImportError, AttributeError) as error:
        raise mistake(source, f"there is no such table: {error}") from error
