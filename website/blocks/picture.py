"""Make an SVG fit for a page: its colours, its name for those who do not see it, its caption."""

from typing import NotRequired, TypedDict

import yaml
from markupsafe import Markup, escape

from website import svg
from website.pages import mistake


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
    if "](" in str(spec):
        raise mistake(source, "words of a picture are plain text: a link belongs below it")
    if "caption" in spec:
        words["caption"] = spec["caption"]
    return spec[key], words


def framed(drawing: Markup, words: Words, source: str = "", kind: str = "plot") -> Markup:
    """Add the accessible name, and the caption with a link to the code that drew the picture."""
    named = Markup('<svg role="img" aria-label="{}"').format(words["alt"])
    picture = drawing.replace(Markup("<svg"), named, 1)
    caption = escape(words.get("caption", ""))
    if source:
        link = ' <a href="{}" title="See the run that drew this, and how">code</a>'
        caption += Markup(link).format(source)
    if caption:
        caption = Markup("<figcaption>{}</figcaption>").format(caption)
    figure = Markup('<figure class="{}">{}{}</figure>')
    return figure.format(kind, picture, caption)


def clean(drawn: str) -> Markup:
    """Make matplotlib's SVG fit for a page: its colours, no global style, no clashing ids."""
    return Markup(svg.clean(drawn))
