"""An `install` fence shows the line that installs the package.

It names the wheel of this very site. A site that is built for this computer alone may be served
from anywhere on it, so there the line is the one for a clone, and says where it is to be run. Where
scripts run, `here.js` puts in the address at which the page is being read, and the same into the
notebooks of the labs.
"""

from pathlib import Path
from typing import Any

from markdown import Markdown
from markupsafe import Markup

from website import addresses, wheel
from website.blocks import block
from website.blocks.source import highlight

SCRIPT = Path(__file__).with_name("here.js")


@block
def fence(
    _source: str, _language: str, _class: str, _options: Any, md: Markdown, **_: Any
) -> Markup:
    """Show the line."""
    local = addresses.is_local()
    place = "." if local else f"{addresses.site()}{wheel.NAME}"
    line = highlight(f"pip install {place}", "text", md)
    where = (
        Markup("<p>Run it in the folder of this site's source, in which mkdocs.yml lies.</p>")
        if local
        else ""
    )
    return Markup('<div data-wheel="{}">{}{}</div>').format(wheel.NAME, line, where)


def add_script(html: str, page_url: str) -> str:
    """Put the script into a page that says how something is installed."""
    if "data-wheel=" not in html and "data-built-for=" not in html:
        return html
    return addresses.behind_article(html, SCRIPT, page_url)
