"""Make the SVG that matplotlib writes fit for a page.

It runs in the reader's browser as well, where a lab's plots are drawn: so it needs the standard
library and the colours alone.
"""

import hashlib
import re

from website.look import COLOURS, MOVES

IN_STYLE_SHEET = ("font-family", "image-rendering")


def clean(svg: str) -> str:
    """Make matplotlib's SVG fit for a page: its colours, no global style, no clashing ids."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", svg, flags=re.S)
    svg = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", svg, flags=re.S)
    svg = re.sub(r'font: ([\d.]+px)[^;"]*', r"font-size: \1", svg)
    # Shorter coordinates; text between the tags stays as it is.
    svg = re.sub(r"<[^>]+>", lambda tag: re.sub(r"\d+\.\d{2,}", _shorter, tag[0]), svg)
    svg = re.sub(r' style="([^"]*)"', as_attributes, svg)
    for colour, variable in COLOURS.items():
        svg = svg.replace(colour, variable)
    prefix = "plot-" + hashlib.sha256(svg.encode()).hexdigest()[:6] + "-"
    svg = svg.replace(f'id="{MOVES}"', f'class="{MOVES}"')
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg))
    svg = re.sub(r' id="([^"]+)"', lambda m: f' id="{prefix}{m[1]}"' if m[1] in used else "", svg)
    svg = re.sub(r'(href="#|url\(#)', rf"\g<1>{prefix}", svg)
    size = re.search(r'viewBox="0 0 [\d.]+ [\d.]+"', svg)
    if size is None:
        raise ValueError("a picture by matplotlib has a viewBox, and this one has none")
    svg = re.sub(
        r"<svg[^>]*>", f'<svg {size[0]} xmlns:xlink="http://www.w3.org/1999/xlink">', svg, count=1
    )
    return re.sub(r">\s+<", "><", svg).strip()


def as_attributes(style: re.Match[str]) -> str:
    """Write a style as attributes, which a page's policy allows; the style sheet has the rest."""
    pairs = (declaration.split(":") for declaration in style[1].split(";") if declaration.strip())
    named = {name.strip(): value.strip() for name, value in pairs}
    kept = {name: value for name, value in named.items() if name not in IN_STYLE_SHEET}
    return "".join(f' {name}="{value.removesuffix("px")}"' for name, value in kept.items())


def _shorter(number: re.Match[str]) -> str:
    """Round a coordinate to a tenth of a pixel."""
    return f"{float(number[0]):.1f}"
