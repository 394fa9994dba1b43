"""Run a cell of a lab as Jupyter does: show its last value alone, and hand over what it draws.

This file runs in the reader's browser. It is a backend of matplotlib as well, the shortest one that
shows a figure: `plt.show()` hands each over as SVG, and so does the end of a cell.

It needs nothing of a browser, though: the tests run it in CPython as well.
"""

import ast
import importlib
import io
import linecache
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib._pylab_helpers import Gcf
from matplotlib.axes import Axes
from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from website import svg
from website.live.prompt import IN_A_LAB, Screen, Stop, line_of, message_of
from website.look import STYLE

MOST = 3_000_000  # characters of a plot: with more, a page becomes slow
LARGE = "A plot of {:.0f} MB is too large for this page. Draw fewer points."

# All that is compiled must be there before the memory is remembered (worker.js): it lies partly
# outside. This is what pyplot does not import by itself.
COMPILED = (
    "contourpy",
    "PIL._imagingft",
    "PIL._imagingmath",
    "PIL._imagingmorph",
    "PIL._webp",
    "matplotlib._qhull",
    "matplotlib._tri",
    "matplotlib.backends.backend_agg",
)

Draw = Callable[[str, str], object]  # gets a plot as SVG, and what there is to see
Keep = Callable[[str, bytes], object]  # gets the name of a file, and what is in it


class FigureManager(FigureManagerBase):
    """Shows a figure by handing it over, once."""

    draw: Draw
    tell: Callable[[str], object]

    @classmethod
    def pyplot_show(cls, *, block: bool | None = None) -> None:
        """Show all figures, as plt.show() does in a notebook."""
        del block
        for manager in Gcf.get_all_fig_managers():
            manager.show()

    def show(self) -> None:
        """Show this figure, cut to what was drawn, as in a notebook."""
        Gcf.destroy(self)
        figure, drawn = self.canvas.figure, io.StringIO()
        metadata = {"Date": None, "Creator": None}
        figure.savefig(drawn, format="svg", bbox_inches="tight", metadata=metadata)
        if drawn.tell() > MOST:
            self.tell(LARGE.format(drawn.tell() / 1e6) + "\n")
        else:
            FigureManager.draw(svg.clean(drawn.getvalue()), words_of(figure))


class FigureCanvas(FigureCanvasSVG):
    """Draws a figure as SVG."""

    manager_class = FigureManager


def begin(draw: Draw) -> None:
    """Have matplotlib draw for the page, in the style of the site."""
    for name in COMPILED:
        importlib.import_module(name)
    mpl.use(f"module://{__name__}")
    mpl.rcParams.update(STYLE)
    # The page's own font draws the text. The fonts here only measure it: which one is no news.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    FigureManager.draw = staticmethod(draw)


def run(
    code: str,
    name: str,
    namespace: dict[str, Any],
    show: Callable[[str], object],
    keep: Keep,
    folders: tuple[str, ...],
) -> Stop | None:
    """Run a cell: show what it prints and its last value, and keep the files that it writes."""
    # Tracebacks and warnings quote lines from here.
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
    FigureManager.tell = staticmethod(show)
    before = dict(files_in(folders))
    screen = Screen(show)
    stop = None
    with redirect_stdout(screen), redirect_stderr(screen):
        try:
            body = ast.parse(code, name).body
            ends_in_value = body and isinstance(body[-1], ast.Expr)
            last = [body.pop()] if ends_in_value and not code.rstrip().endswith(";") else []
            exec(compile(ast.Module(body, []), name, "exec"), namespace)
            exec(compile(ast.Interactive(last), name, "single"), namespace)
            plt.show()  # what was drawn without it
        except BaseException as error:  # whatever it is, the page lives on
            plt.close("all")  # half drawn: nothing of it belongs into the next cell
            stop = Stop(line_of(error, name), message_of(error, IN_A_LAB))
    for path, state in files_in(folders):
        if before.get(path) != state:
            with open(path, "rb") as file:
                keep(os.path.basename(path), file.read())
    return stop


def files_in(folders: tuple[str, ...]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield each file in some folders: where it is, and what changes when it is written anew."""
    for folder in folders:
        for place, _, names in os.walk(folder):
            for path in (os.path.join(place, name) for name in sorted(names)):
                state = os.stat(path)
                yield path, (state.st_mtime_ns, state.st_size)


def words_of(figure: Figure) -> str:
    """Say what can be known of a plot without looking at it: titles, and what the axes count."""
    sentences = [sentence for axes in figure.axes for sentence in _words_of(axes)]
    return " ".join(["A plot drawn by your code, so nobody has described it.", *sentences])


def _words_of(axes: Axes) -> Iterator[str]:
    if title := axes.get_title():
        yield f"Title: {title}."
    for way, axis in (("Left to right", axes.xaxis), ("Bottom to top", axes.yaxis)):
        if axis.get_label_text() and len(axis.get_ticklocs()):
            first, last = axis.get_view_interval()
            yield f"{way}: {axis.get_label_text()}, from {first:.3g} to {last:.3g}."
    if axes.lines:
        yield f"Lines or rows of points: {len(axes.lines)}."
