"""A `table` fence names a table that code computes.

    table: mean_squared_error.arrows

shows what `arrows_table()` of website/figures/mean_squared_error.py returns.
"""

import html
from typing import Any

from website.look import Table
from website.pages import mistake
from website.proof import kept

# A table scrolls inside itself, and the keyboard can reach it to scroll it.
OPEN = '<div class="table" tabindex="0" role="group" aria-label="Table"><table class="numbers">'
CLOSE = "</table></div>"


def fence(source: str, *_: Any, **__: Any) -> str:
    """Compute a table and show it."""
    table = load(source)
    head = "".join(
        f'<th scope="col"{f" class={role}" if role else ""}>{html.escape(heading)}</th>'
        for heading, role in table.columns.items()
    )
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
        for row in table.rows
    )
    computed = OPEN.replace("numbers", "numbers computed")
    return f"{computed}<thead><tr>{head}</tr></thead><tbody>{body}</tbody>{CLOSE}"


def load(source: str) -> Table:
    """Return the table that a fence names."""
    key, _, name = source.strip().partition(": ")
    if key != "table":
        raise mistake(source, "this block takes one line, table: module.name")
    try:
        return kept.table(name)
    except (ImportError, AttributeError) as error:
        raise mistake(source, f"there is no such table: {error}") from error
