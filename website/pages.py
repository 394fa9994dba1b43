"""Know which page is being built, so that a mistake in it is reported by file and line."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page
from pymdownx.superfences import SuperFencesException

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
CACHE = Path(os.environ.get("NNBASICS_CACHE") or ROOT / ".cache")  # the tests have their own


def in_order(paths: Iterable[Path]) -> list[Path]:
    """Return files by name, and by number where names differ in one: 9 comes before 10."""

    def key(path: Path) -> list[tuple[int, str]]:
        parts = re.findall(r"\d+|\D+", path.as_posix())
        return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]

    return sorted(paths, key=key)


_current: Page | None = None
_repository = ""


class PageError(SuperFencesException, PluginError):
    """Stop the build: both the fences and MkDocs let this one through."""


def publish_from(repository: str) -> None:
    """Remember where the source can be read, or that it is not known ("")."""
    global _repository
    _repository = repository


def link_to_source(path: str) -> str:
    """Return a file's name as HTML, with a link where the source can be read."""
    name = f"<code>{path}</code>"
    return f'<a href="{_repository}/blob/main/{path}">{name}</a>' if _repository else name


def begin(page: Page) -> None:
    """Remember the page whose Markdown comes next."""
    global _current
    _current = page


def site_url() -> str:
    """Return the address that the site is built for, ending in a slash."""
    url = _current.canonical_url or "" if _current else ""
    return url.removesuffix(_current.url if _current else "")


def is_lesson() -> bool:
    """Tell whether the page is one of the lessons."""
    return _current is not None and _current.file.src_uri.startswith("lessons/")


def mistake(block: str, problem: str) -> PageError:
    """Return the error that stops the build because of a block: file, line, what is wrong."""
    return PageError(f"{_place(block)}: {problem}")


def _place(block: str) -> str:
    """Find the block's first line in its page."""
    if _current is None or _current.file.abs_src_path is None:
        return "unknown page"
    first = block.strip().partition("\n")[0].strip()
    body = [line.strip() for line in block.strip().splitlines()]
    lines = [
        line.strip()
        for line in Path(_current.file.abs_src_path).read_text(encoding="utf-8").splitlines()
    ]
    starts = [n for n, line in enumerate(lines) if line == first]
    whole = [n for n in starts if lines[n : n + len(body)] == body]
    number = next(iter(whole or starts), 0) + 1
    return f"docs/{_current.file.src_uri}:{number}"
