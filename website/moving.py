"""Let the reader move a figure: Python computes and draws it, the browser moves what moves.

A `figure` fence with `moves: true` and the name `mean_squared_error.misses` is made of
- `misses_data()` and `draw_misses(data)`, as for every figure; the parts that the browser draws
  anew carry the gid `PART` in the drawing,
- website/controls/misses.html, its buttons and sliders and the places of its words,
- docs/assets/figures/misses.js, which draws the figure for what the reader chose.
The data goes onto the site as assets/figures/misses.json, with the places of the axes. A text in
it also fills the place of its name in the controls, so that the room for it is there at once.
What only the still drawing needs is kept under the name "still", and stays at home.
"""

import html
import json
import re
from pathlib import Path
from typing import Any

from website.pages import ROOT

PART = "moves"
CONTROLS = ROOT / "website" / "controls"
SCRIPTS = ROOT / "docs" / "assets" / "figures"

_numbers: dict[str, str] = {}


def wrap(figure: str, name: str, data: Any, axes: list[dict[str, list[float]]]) -> str:
    """Add the controls to a still figure, and keep its numbers for the site."""
    for needed in (CONTROLS / f"{name}.html", SCRIPTS / f"{name}.js"):
        if not needed.exists():
            raise FileNotFoundError(2, "not there", str(needed.relative_to(ROOT)))
    moves = {key: value for key, value in data.items() if key != "still"}
    _numbers[name] = json.dumps({**moves, "axes": axes}, separators=(",", ":"))
    controls = "".join(
        line.strip()
        for part in (name, "last")
        for line in (CONTROLS / f"{part}.html").read_text(encoding="utf-8").splitlines()
    )
    controls = re.sub(
        r'(data-say="(\w+)"[^>]*>)(?=<)',
        lambda place: place[1] + _text(data.get(place[2])),
        controls,
    )
    form = f'<form class="controls" autocomplete="off">{controls}</form>'
    figure = figure.replace("<figure ", f'<figure id="{name}" data-moves ', 1)
    return figure.replace("</svg>", f"</svg>{form}", 1)


def _text(found: Any) -> str:
    """Return a text as HTML, and nothing for other data."""
    return html.escape(found) if isinstance(found, str) else ""


def publish(site: Path) -> None:
    """Write the numbers of the moving figures where their scripts look for them."""
    for name, numbers in _numbers.items():
        file = site / "assets" / "figures" / f"{name}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(numbers, encoding="utf-8")
