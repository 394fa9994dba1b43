"""Turn a mermaid fence into inline SVG while the site is built.

Nothing is drawn in the browser and nothing is fetched. The SVG takes its colours from the
page, so that it is right in light and dark, and it carries a title and a description.
"""

import hashlib
import html
import re
from typing import Any

from markupsafe import Markup
from mermaid_render import mermaid_to_svg
from mermaid_render.renderer import RenderError

from website.blocks import block
from website.pages import mistake
from website.svg import as_attributes

# What each colour of the renderer's "dark" theme is for.
ROLES = {
    "#1F2020": "--diagram-background",
    "#EEEEEE": "--diagram-text",
    "#BBBBBB": "--diagram-text",
    "#CCCCCC": "--diagram-line",
    "#303640": "--diagram-box",
    "#252A32": "--diagram-box",
    "#8A9BB5": "--diagram-border",
    "#8AAEED": "--diagram-border",
}
PHONE_WIDTH = 358  # px: a 390 px screen less its margins


@block
def fence(source: str, *_: Any, **__: Any) -> Markup:
    """Render one diagram, or stop the build and say where and why."""
    try:
        svg = mermaid_to_svg(source, theme="dark").decode()
    except RenderError as error:
        raise mistake(source, f"this diagram cannot be drawn: {error}") from error
    title = re.search(r"<title[^>]*>(.+?)</title>", svg, re.S)
    description = re.search(r"<desc[^>]*>(.+?)</desc>", svg, re.S)
    if not title or not description:
        raise mistake(source, "this diagram needs a line accTitle: ... and a line accDescr: ...")
    width, height = map(float, re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups())  # type: ignore[union-attr]
    if width > PHONE_WIDTH:
        raise mistake(
            source,
            f"this diagram is {width:.0f} px wide, and a phone shows {PHONE_WIDTH}: "
            "break lines with <br/>, or turn it with flowchart TD",
        )
    body = re.sub(r"<(title|desc)\b.*?</\1>", "", svg[svg.index(">") + 1 :], flags=re.S)
    body = re.sub(r' (?:id|data-id|xml:space)="[^"]*"', "", body)
    body = re.sub(r' style="([^"]*)"', as_attributes, body)
    for colour, role in ROLES.items():
        body = body.replace(colour, f"var({role})")
    key = "diagram-" + hashlib.sha256(source.encode()).hexdigest()[:8]
    return Markup(
        '<div class="diagram">'
        '<svg viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" '
        'role="img" aria-labelledby="{key}-title {key}-text">'
        '<title id="{key}-title">{title}</title><desc id="{key}-text">{description}</desc>'
        "{body}</div>"
    ).format(
        width=width,
        height=height,
        key=key,
        title=html.unescape(title[1]),
        description=html.unescape(description[1]),
        body=Markup(body.strip()),
    )
