"""Figures that the reader moves: Python computes and draws, the browser moves what moves.

Each is a folder of website/figures, named on its page as `figure: misses`:

- `numbers.py`: `compute()` gives the numbers. What the script gets of them is the type `Sent`
- `drawing.py`: `draw(numbers)` draws the still picture; parts that the browser draws anew carry
  the gid `look.MOVES`
- `controls.html`: its buttons and sliders, and the places of its words. With a button `begin`, all
  else waits until that is pressed: for one that is heavy
- `script.js`: draws the figure for what the reader chose
- `style.css`: the looks of what only this figure has, if anything
- its test

What only few readers need is fetched when the script asks for it: other scripts beside it, the
numbers of a type `Later` as later.json, and `in_page.py`, which Python runs in the reader's page.

The numbers go onto the site beside the script, with the places of the axes. A text among them
also fills the place of its name in the controls, so that the room for it is there at once.

This folder holds what they share: `kit.js`, `style.css`, the end of all controls, and
`start-when-near.js`, which stands in each page that has such a figure. On the site the two folders
lie beside each other as they do here.
"""

import json
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypedDict

from markupsafe import Markup, escape

from website import addresses
from website.figures import Parts
from website.pages import ROOT

HERE = Path(__file__).parent
FIGURES = ROOT / "website" / "figures"

_numbers: dict[str, dict[str, str]] = {}  # of each figure, the files with what its script gets


class Axes(TypedDict):
    """Where axes lie: their edges in pixels (left and right, bottom and top), the values there."""

    x: list[float]
    y: list[float]
    xlim: list[float]
    ylim: list[float]


def names() -> list[str]:
    """Return the figures that move."""
    return sorted(path.parent.name for path in FIGURES.glob("*/script.js"))


def wrap(
    figure: Markup, name: str, numbers: Mapping[str, Any], parts: Parts, axes: list[Axes]
) -> Markup:
    """Add the controls to a still figure, and keep what its script gets for the site."""
    folder = FIGURES / name
    if not (folder / "script.js").exists():
        raise FileNotFoundError(f"a figure that moves needs website/figures/{name}/script.js")
    _numbers[name] = {"numbers.json": _written({**_some(numbers, parts.sent or ()), "axes": axes})}
    if parts.later:
        _numbers[name]["later.json"] = _written(_some(numbers, parts.later))
    controls = "".join(
        line.strip()
        for part in (folder / "controls.html", HERE / "controls-end.html")
        for line in part.read_text(encoding="utf-8").splitlines()
    )
    controls = re.sub(
        r'(data-say="(\w+)"[^>]*>)(?=<)',
        lambda place: f"{place[1]}{_text(numbers.get(place[2]))}",
        controls,
    )
    form = Markup('<form class="controls" autocomplete="off">{}</form>').format(Markup(controls))
    begin = Markup('<figure id="{}" data-moves ').format(name)
    figure = figure.replace(Markup("<figure "), begin, 1)
    return figure.replace(Markup("</svg>"), Markup("</svg>") + form, 1)


def _some(numbers: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    """Return some of the numbers, in an order that does not change."""
    return {key: numbers[key] for key in sorted(keys)}


def _written(numbers: Mapping[str, Any]) -> str:
    """Write numbers for a script, without spaces."""
    return json.dumps(numbers, separators=(",", ":"))


def _text(found: Any) -> str:
    """Return a text as HTML, and nothing for other data."""
    return escape(found if isinstance(found, str) else "")


def add_script(html: str, page_url: str) -> str:
    """Put the script that wakes the figures into a page that has some, behind the last of them."""
    if "<figure id=" not in html:
        return html
    return addresses.behind_article(html, HERE / "start-when-near.js", page_url)


def style() -> str:
    """Return the looks of all figures that move."""
    sheets = [HERE / "style.css", *sorted(FIGURES.glob("*/style.css"))]
    return "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


def publish(site: Path) -> None:
    """Write scripts and numbers of the moving figures where their pages look for them."""
    shared = site / "assets" / "moving"
    shared.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(HERE / "kit.js", shared / "kit.js")
    for name, files in _numbers.items():
        folder = site / "assets" / "figures" / name
        folder.mkdir(parents=True, exist_ok=True)
        for script in (*(FIGURES / name).glob("*.js"), *(FIGURES / name).glob("in_page.py")):
            if not script.name.endswith(".test.js"):
                shutil.copyfile(script, folder / script.name)
        for file, numbers in files.items():
            (folder / file).write_text(numbers, encoding="utf-8")
