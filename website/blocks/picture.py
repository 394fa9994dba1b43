"""Make an SVG fit for a page: its colours, its name for those who do not see it, its caption."""

import hashlib
import re
from typing import NotRequired, TypedDict

import yaml
from markupsafe import Markup, escape

from website.look import COLOURS, MOVES
from website.pages import mistake

IN_STYLE_SHEET = ("font-family", "image-rendering")


class Words(TypedDict):
    """What is said of a picture: what there is to see, and what follows from it."""

    alt: str
    caption: NotRequired[str]


def read(source: str, key: str) -> tuple[str, Words]:
    """Read a fence: the name under its key, and its words. Refuse one that lacks either."""
    try:
        spec = yaml.safe_load(source)
    except yaml.YAMLError as error:
        raise mistake(source, f"this block cannot be read: {error}") from error
    if (
        not isinstance(spec, dict)
        or not {key, "alt"} <= set(spec) <= {key, "alt", "caption"}
        or not all(isinstance(value, str) and value for value in spec.values())
    ):
        raise mistake(
            source,
            f"this block takes {key}: and alt: (what there is to see), caption:, each a text",
        )
    words = Words(alt=spec["alt"])
    if "caption" in spec:
        words["caption"] = spec["caption"]
    return spec[key], words


def framed(svg: Markup, words: Words, source: str = "", kind: str = "plot") -> Markup:
    """Add the accessible name, and the caption with a link to the code that drew the picture."""
    named = Markup('<svg role="img" aria-label="{}"').format(words["alt"])
    picture = svg.replace(Markup("<svg"), named, 1)
    caption = escape(words.get("caption", ""))
    if source:
        link = ' <a href="{}" title="See the run that drew this, and how">code</a>'
        caption += Markup(link).format(source)
    if caption:
        caption = Markup("<figcaption>{}</figcaption>").format(caption)
    figure = Markup('<figure class="{}">{}{}</figure>')
    return figure.format(kind, picture, caption)


def clean(svg: str) -> Markup:
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
    return Markup(re.sub(r">\s+<", "><", svg).strip())


def as_attributes(style: re.Match[str]) -> str:
    """Write a style as attributes, which a page's policy allows; the style sheet has the rest."""
    pairs = (declaration.split(":") for declaration in style[1].split(";") if declaration.strip())
    named = {name.strip(): value.strip() for name, value in pairs}
    kept = {name: value for name, value in named.items() if name not in IN_STYLE_SHEET}
    return "".join(f' {name}="{value.removesuffix("px")}"' for name, value in kept.items())


def _shorter(number: re.Match[str]) -> str:
    """Round a coordinate to a tenth of a pixel."""
    return f"{float(number[0]):.1f}"
