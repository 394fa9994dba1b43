"""An `odd-looks` fence shows the table of odd looks: what is seen, its causes, tests and cures.

It becomes Markdown, before anything else reads the page, so that a lesson, a lab and the notebook
of a lab show the same words.
"""

import re
import textwrap

from website.odd_looks import ODD_LOOKS, Cause

FENCE = re.compile(r"^( *)```odd-looks\n\1```$", re.M)  # indented within a box
ORDER = "Try the causes in this order. Scale first: a smaller rate can hide what scaling heals."
HEAD = "| You see | It may be | One test | The cure |\n|---|---|---|---|"


def put_in(markdown: str) -> str:
    """Put the table where a page asks for it."""
    return FENCE.sub(lambda fence: textwrap.indent(_table(), fence[1]), markdown)


def _table() -> str:
    """Return all odd looks as Markdown, a row for each cause, under the order to try them in."""
    rows = [
        _row(f"**{look}**" if number == 0 else "", cause)
        for look, causes in ODD_LOOKS.items()
        for number, cause in enumerate(causes)
    ]
    return "\n".join([ORDER, "", HEAD, *rows])


def _row(look: str, cause: Cause) -> str:
    """Return one row: the look stands in the first row of its causes."""
    run = f'[run](/evidence.md#{cause.claim}){{ .evidence title="See how this was run" }}'
    return f"| {look} | {cause.cause} {run} {{ #{cause.anchor} }} | {cause.test} | {cause.cure} |"
