"""Build a site of one page, to see what the build says of it."""

from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from website.labs import run as labs
from website.pages import ROOT


def configured(folder: Path, text: str) -> MkDocsConfig:
    """Return what MkDocs builds a site of one page from."""
    docs = folder / "docs"
    (docs / "assets").mkdir(parents=True, exist_ok=True)
    (docs / "assets" / "site.css").touch()
    (docs / "index.md").write_text(text, encoding="utf-8")
    return load_config(
        str(ROOT / "mkdocs.yml"),
        docs_dir=str(docs),
        site_dir=str(folder / "site"),
        nav=[{"Page": "index.md"}],
    )


def build_page(folder: Path, text: str) -> None:
    """Build a site of one page, as strictly as the real one, with a cache of its own."""
    config = configured(folder, text)
    config.plugins.on_startup(command="build", dirty=False)
    with pytest.MonkeyPatch.context() as patch:
        # A build throws away what is kept of the labs that it does not have: here, of all.
        patch.setattr(labs, "CACHE", folder / "cache")
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
