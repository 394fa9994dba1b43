"""Know where the site will be and where its source can be read, once MkDocs has said so."""

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig

_site = ""
_repository = ""


def begin(config: MkDocsConfig) -> None:
    """Remember the addresses of this build."""
    global _site, _repository
    _site, _repository = config.site_url or "", config.extra["repository"]


def site() -> str:
    """Return the address that the site is built for, ending in a slash."""
    return _site


def source_link(path: str) -> Markup:
    """Return the name of a file as HTML, with a link where its repository is known."""
    name = Markup("<code>{}</code>").format(path)
    if not _repository:
        return name
    return Markup('<a href="{}/blob/main/{}">{}</a>').format(_repository, path, name)
