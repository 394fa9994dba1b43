"""An `install` fence shows the line that installs the wheel of this very site."""

from typing import Any

from markdown import Markdown
from markupsafe import Markup

from website import addresses, wheel
from website.blocks import block
from website.blocks.source import highlight


@block
def fence(
    _source: str, _language: str, _class: str, _options: Any, md: Markdown, **_: Any
) -> Markup:
    """Show the line."""
    return highlight(f"pip install {addresses.site()}{wheel.NAME}", "text", md)
