"""How things look: the colours with their meaning, matplotlib's style, and what a table is.

It imports nothing of the site, so that whoever draws needs nothing else of it.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

INK = "#0a0b0c"
PREDICTION = "#0b6bcb"
TARGET = "#15803d"
LOSS = "#c2410c"
GRADIENT = "#7c3aed"
QUIET = "#c0c1c2"

# Each stands for a colour of the page, which has a light and a dark value.
COLOURS = {
    INK: "currentColor",
    PREDICTION: "var(--nn-prediction)",
    TARGET: "var(--nn-target)",
    LOSS: "var(--nn-loss)",
    GRADIENT: "var(--nn-gradient)",
    QUIET: "var(--nn-quiet)",
}

# The gid of the parts of a drawing that the browser draws anew, where the reader moves them.
MOVES = "moves"

STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "nnbasics",
    "font.family": "sans-serif",
    "font.size": 12,
    "axes.titlesize": 12,
    # 5 inches are 360 points, the width of a phone: text of 12 points is 12 pixels there.
    "figure.figsize": (5, 3.1),
    "figure.constrained_layout.use": True,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.titlecolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "grid.color": QUIET,
    "legend.frameon": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "lines.linewidth": 2,
    "axes.prop_cycle": f"cycler('color', {[PREDICTION, LOSS, TARGET, GRADIENT]})",
}


class Table(NamedTuple):
    """A table of text and numbers.

    Attributes:
        columns: The heading of each column, with its colour code (prediction, target, loss,
            gradient) or "".
        rows: The cells, formatted as they are to be read.
    """

    columns: dict[str, str]
    rows: Sequence[Sequence[str]]
