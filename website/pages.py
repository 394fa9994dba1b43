"""Know which page is being built, so that a mistake in it is reported by file and line."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page
from pymdownx.superfences import SuperFencesException

from website import marks

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


class PageError(SuperFencesException, PluginError):  # type: ignore[misc]  # it has no types
    """Stop the build: both the fences and MkDocs let this one through."""


def begin(page: Page) -> None:
    """Remember the page whose Markdown comes next."""
    global _current
    _current = page


def end() -> None:
    """Forget the page: what comes next belongs to none."""
    global _current
    _current = None


def lessons() -> list[Path]:
    """Return the lessons in reading order."""
    return in_order((DOCS / "lessons").glob("*.md"))


def labs() -> list[Path]:
    """Return the labs in reading order."""
    return in_order((DOCS / "labs").glob("*.py"))


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
    lines = [line.strip() for line in marks.read(Path(_current.file.abs_src_path)).splitlines()]
    starts = [n for n, line in enumerate(lines) if line == first]
    whole = [n for n in starts if lines[n : n + len(body)] == body]
    number = next(iter(whole or starts), 0) + 1
    return f"docs/{_current.file.src_uri}:{number}"
