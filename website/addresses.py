"""Know where the site will be and where its source can be read, once MkDocs has said so."""

import posixpath
import re
from pathlib import Path
from urllib.parse import urlsplit

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_relative_url

_site = ""
_repository = ""


def begin(config: MkDocsConfig) -> None:
    """Remember the addresses of this build."""
    global _site, _repository
    _site, _repository = config.site_url or "", config.extra["repository"]


def site() -> str:
    """Return the address that the site is built for, ending in a slash."""
    return _site


def is_local() -> bool:
    """Tell whether the site is built to be looked at on this computer alone."""
    return urlsplit(_site).hostname in (None, "127.0.0.1", "localhost")


def source_of(path: str) -> str:
    """Return where a file of the repository can be read, or nothing if that is unknown."""
    return f"{_repository}/blob/main/{path}" if _repository else ""


def leads(to: str, source: str) -> str:
    """Return the address on the site of what a link leads to, in a source under docs/.

    >>> leads("3-cross-entropy.md#softmax", "lessons/2-mean-squared-error.md")
    'lessons/3-cross-entropy/#softmax'
    >>> leads("#here", "lessons/2-mean-squared-error.md")
    'lessons/2-mean-squared-error/#here'
    >>> leads("/index.md", "lessons/2-mean-squared-error.md")
    ''
    """
    path, hash_, anchor = to.partition("#")
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(source), path or source))
    if not path:
        joined = source
    page = re.sub(r"(?:index)?\.(?:md|py)$", "", joined.lstrip("/"))
    return page + "/" * bool(page and page != joined.lstrip("/")) + hash_ + anchor


def behind_article(html: str, script: Path, page_url: str) -> str:
    """Put a script behind the text of a page."""
    return html.replace("</article>", f"</article>{inline(script, page_url)}", 1)


def inline(script: Path, page_url: str) -> Markup:
    """Return a script that stands in a page: without comments, `SITE/` as seen from there."""
    code = re.sub(r"(?m)^\s*//.*\n|^ +| //.*", "", script.read_text(encoding="utf-8"))
    code = code.replace("SITE/", f"{get_relative_url('.', page_url)}/")
    return Markup("<script>{}</script>").format(Markup(code))
