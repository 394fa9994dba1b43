"""A `scene` fence puts in a drawing of the story, from website/scenes.

scene: bike
alt: What there is to see.
"""

import re
from typing import Any

from markupsafe import Markup

from website.blocks import block, picture
from website.pages import ROOT, mistake

SCENES = ROOT / "website" / "scenes"


@block
def fence(source: str, *_: Any, **__: Any) -> Markup:
    """Put in a drawing by its name."""
    name, words = picture.read(source, "scene")
    drawings = {path.stem: path for path in SCENES.glob("*.svg")}
    if name not in drawings:
        raise mistake(
            source, f"there is no drawing website/scenes/{name}.svg, only {', '.join(drawings)}"
        )
    svg = re.sub(r"<!--.*?-->", "", drawings[name].read_text(encoding="utf-8"))
    return picture.framed(Markup(re.sub(r">\s+<", "><", svg).strip()), words, kind="scene")
