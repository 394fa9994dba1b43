"""Put pictures into the page as inline SVG that follows light and dark.

A `figure` fence names a figure that matplotlib draws from a run of nnbasics:

    figure: cross_entropy.surprise
    alt: What there is to see.
    caption: What follows from it.

calls `surprise_data()` and `draw_surprise(data)` of website/figures/cross_entropy.py.
With `moves: true` the reader can move it: see website/moving.py.
A `scene` fence names a drawing in website/scenes, in the same way.
"""

import functools
import hashlib
import html
import io
import re
from typing import Any, NamedTuple

import matplotlib as mpl
import yaml
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from website import moving, results
from website.pages import ROOT, link_to_source, mistake

mpl.use("svg")

INK = "#0a0b0c"
# Each stands for a colour of the page, which has a light and a dark value.
COLOURS = {
    INK: "currentColor",
    "#0b6bcb": "var(--nn-prediction)",
    "#15803d": "var(--nn-target)",
    "#c2410c": "var(--nn-loss)",
    "#7c3aed": "var(--nn-gradient)",
    "#c0c1c2": "var(--nn-quiet)",
}
_, PREDICTION, TARGET, LOSS, GRADIENT, QUIET = COLOURS

STYLE = {
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


class Drawing(NamedTuple):
    """A picture that matplotlib drew.

    Attributes:
        svg: The picture, as matplotlib writes it.
        axes: Where each axes lies in it, for the browser to draw on: its edges in pixels as
            `x: [left, right]` and `y: [bottom, top]`, and the values there, `xlim` and `ylim`.
    """

    svg: str
    axes: list[dict[str, list[float]]]


def figure_fence(source: str, *_: Any, **__: Any) -> str:
    """Draw a figure from computed numbers."""
    spec = _read(source, "figure", "moves")
    module, _, name = spec["figure"].partition(".")
    try:
        data, draw = results.find(module, f"{name}_data"), results.find(module, f"draw_{name}")
    except (ImportError, AttributeError) as error:
        raise mistake(source, f"there is no such figure: {error}") from error
    drawing = plot(data, draw)
    figure = framed(clean(drawing.svg), spec, f"website/figures/{module}.py")
    if not spec.get("moves"):
        return figure
    try:
        return moving.wrap(figure, name, results.of(data), drawing.axes)
    except FileNotFoundError as error:
        raise mistake(source, f"a figure that moves needs {error.filename}") from error


def scene_fence(source: str, *_: Any, **__: Any) -> str:
    """Put in a drawing of the story."""
    spec = _read(source, "scene")
    path = ROOT / "website" / "scenes" / f"{spec['scene']}.svg"
    if not path.exists():
        raise mistake(source, f"there is no drawing {path.relative_to(ROOT)}")
    svg = re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8"))
    return framed(re.sub(r">\s+<", "><", svg).strip(), spec, kind="scene")


def _read(source: str, key: str, *more: str) -> dict[str, str]:
    """Read a fence's settings and refuse one that lacks its name or its text alternative."""
    try:
        spec = yaml.safe_load(source)
    except yaml.YAMLError as error:
        raise mistake(source, f"this block cannot be read: {error}") from error
    wanted, allowed = {key, "alt"}, {key, "alt", "caption", *more}
    if not isinstance(spec, dict) or not wanted <= set(spec) <= allowed or not spec["alt"]:
        raise mistake(source, f"this block takes {key}: and alt: (what there is to see), caption:")
    return spec


@functools.cache
def plot(data: Any, draw: Any) -> Drawing:
    """Draw a figure once for each build, however many pages show it."""
    with mpl.rc_context(STYLE):
        figure, out = draw(results.of(data)), io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
        axes = _places(figure)
        plt.close(figure)
    return Drawing(out.getvalue(), axes)


def _places(figure: Figure) -> list[dict[str, list[float]]]:
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


def framed(svg: str, spec: dict[str, str], source: str = "", kind: str = "plot") -> str:
    """Add the accessible name, and the caption with the place of the code."""
    svg = re.sub("<svg", f'<svg role="img" aria-label="{html.escape(spec["alt"])}"', svg, count=1)
    caption = html.escape(spec.get("caption", ""))
    if source:
        caption += f' <span class="drawn-by">Drawn from a run by {link_to_source(source)}.</span>'
    caption = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure class="{kind}" data-search-exclude>{svg}{caption}</figure>'


def clean(svg: str) -> str:
    """Make matplotlib's SVG fit for a page: its colours, no global style, no clashing ids."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", svg, flags=re.S)
    svg = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", svg, flags=re.S)
    svg = re.sub(r'font: ([\d.]+px)[^;"]*', r"font-size: \1", svg)
    # Shorter coordinates; text between the tags stays as it is.
    svg = re.sub(r"<[^>]+>", lambda tag: re.sub(r"\d+\.\d{2,}", _shorter, tag[0]), svg)
    for colour, variable in COLOURS.items():
        svg = svg.replace(colour, variable)
    prefix = "plot-" + hashlib.sha256(svg.encode()).hexdigest()[:6] + "-"
    svg = svg.replace(f'id="{moving.PART}"', f'class="{moving.PART}"')
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg))
    svg = re.sub(r' id="([^"]+)"', lambda m: f' id="{prefix}{m[1]}"' if m[1] in used else "", svg)
    svg = re.sub(r'(href="#|url\(#)', rf"\g<1>{prefix}", svg)
    width, height = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups()  # type: ignore[union-attr]
    svg = re.sub(
        r"<svg[^>]*>",
        f'<svg viewBox="0 0 {width} {height}" xmlns:xlink="http://www.w3.org/1999/xlink">',
        svg,
        count=1,
    )
    return re.sub(r">\s+<", "><", svg).strip()


def _shorter(number: re.Match[str]) -> str:
    """Round a coordinate to a tenth of a pixel."""
    return f"{float(number[0]):.1f}"
