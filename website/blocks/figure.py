"""A `figure` fence names a figure that matplotlib draws from a run of nnbasics.

    figure: cross_entropy.first_loss
    alt: What there is to see.
    caption: What follows from it.

calls `first_loss_data()` and `draw_first_loss(data)` of website/figures/cross_entropy.py.
A name without a dot is a folder of website/figures: a figure that the reader moves. See
website/moving.
"""

import functools
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib as mpl
from markupsafe import Markup
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from website import figures, moving
from website.addresses import source_of
from website.blocks import block, picture
from website.look import STYLE
from website.moving import Axes
from website.pages import ROOT, mistake
from website.proof import kept

mpl.use("svg")
CODE = (Path(__file__), ROOT / "website" / "look.py")


class Drawing(NamedTuple):
    """A picture as matplotlib writes it, and where each axes lies in it."""

    svg: str
    axes: list[Axes]


@block
def fence(source: str, *_: Any, **__: Any) -> Markup:
    """Draw a figure from computed numbers."""
    name, words = picture.read(source, "figure")
    try:
        parts = figures.parts(name)
    except (ImportError, AttributeError) as error:
        raise mistake(source, f"there is no such figure: {error}") from error
    drawing = plot(parts.data, parts.draw)
    figure = picture.framed(picture.clean(drawing.svg), words, source_of(parts.place))
    if parts.sent is None:
        return figure
    return moving.wrap(figure, name, kept.result(parts.data), parts, drawing.axes)


def still(name: str) -> Markup:
    """Return a figure's picture alone, for where a question asks about it."""
    parts = figures.parts(name)
    return picture.clean(plot(parts.data, parts.draw).svg)


@functools.cache
def plot(data: Callable[[], Any], draw: Callable[[Any], Figure]) -> Drawing:
    """Draw a figure once, however many pages show it, and keep it for the next build."""

    def drawn() -> Drawing:
        with mpl.rc_context(STYLE):
            figure, out = draw(kept.result(data)), io.StringIO()
            figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
            axes = _places(figure)
            plt.close(figure)
        return Drawing(out.getvalue(), axes)

    return Drawing(*kept.made(f"{draw.__module__}.{draw.__name__}", drawn, *CODE))


def _places(figure: Figure) -> list[Axes]:
    """Return where each axes of a drawn figure lies; in a file, y grows downwards."""
    (width, height), inch = figure.get_size_inches(), 72
    return [
        {
            "x": [round(box.x0 * width * inch, 2), round(box.x1 * width * inch, 2)],
            "y": [round((1 - box.y0) * height * inch, 2), round((1 - box.y1) * height * inch, 2)],
            "xlim": [float(end) for end in axes.get_xlim()],
            "ylim": [float(end) for end in axes.get_ylim()],
        }
        for axes in figure.axes
        for box in [axes.get_position()]
    ]
