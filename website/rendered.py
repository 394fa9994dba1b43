"""Render a page anew only if something has changed that it shows.

`make serve` builds all pages at each change of one, and most of that time goes into Markdown.
"""

import functools
import hashlib
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from website.pages import ROOT

# What the Markdown of a page draws on: its blocks, what they run, and the terms.
SOURCES = ("website", "nnbasics", "docs/frameworks", "docs/glossary.md", "mkdocs.yml")
# What rendering gives, but for the links to other pages.
GIVEN = ("content", "toc", "_title_from_render", "present_anchor_ids")
REFERENCE = "\n::: "  # its plugin takes notes while it renders, and needs them in each build

_rendered: dict[str, tuple[Any, dict[str, Any]]] = {}
_sources = ""


def forget() -> None:
    """Begin with nothing, as each command does."""
    _rendered.clear()


def begin() -> None:
    """Look at the sources once for each build."""
    global _sources
    digest = hashlib.sha256()
    for source in SOURCES:
        path = ROOT / source
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            if file.is_file() and file.suffix != ".pyc":
                digest.update(file.as_posix().encode() + file.read_bytes())
    _sources = digest.hexdigest()


def only_if_changed(page: Page) -> None:
    """Have MkDocs render a page anew only if it must."""
    page.render = functools.partial(render, page)  # type: ignore[method-assign]


def render(page: Page, config: MkDocsConfig, files: Files) -> None:
    """Render a page as MkDocs does, or give it what it had when all was the same."""
    key = (page.markdown, _sources, sorted(file.src_uri for file in files))
    before, given = _rendered.get(page.file.src_uri, (None, {}))
    if key != before or REFERENCE in (page.markdown or ""):
        Page.render(page, config, files)
        given = {name: getattr(page, name) for name in GIVEN}
        given["links"] = {to.src_uri: links for to, links in (page.links_to_anchors or {}).items()}
        _rendered[page.file.src_uri] = key, given
    links = {files.get_file_from_path(to): links for to, links in given["links"].items()}
    vars(page).update({name: given[name] for name in GIVEN}, links_to_anchors=links)
