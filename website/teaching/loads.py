"""What a class of tablets loads, counted in the finished site.

A page says `loads` in a fence, and gets a table whose numbers are filled in at the end of the
build, when all files are there. What is sent is counted as a server sends it, compressed.
"""

import gzip
import html
import json
from pathlib import Path

from website.blocks import table as frame
from website.live import FOLDER as LIVE

TABLETS = 30
PAGES = ("index.html", "lessons/*/index.html", "my-answers/index.html")
SHARED = (
    "assets/site.css",
    "assets/teaching.css",
    "assets/favicon.svg",
    "assets/javascripts/bundle.*.js",
    "assets/moving/*",
    "assets/figures/*/*",
    "assets/questions/*.js",
    "assets/questions/all.json",
    "search/start.js",
)
SEARCH = ("search/dialog.js", "search/rank.js", "search/parts.json")
RUN = ("page.js", "session.js", "files.js", "worker.js", "manifest.json")
PLACE = '<td data-loads="{}"></td>'


def table() -> str:
    """Return the table with places for the numbers."""
    rows = {
        "lessons": "Home, all lessons, their figures and questions",
        "search": "The search, when it is first used",
        "python": "Python, at the first press of a Run button",
        "all": "Together",
    }
    cells = "".join(
        f'<tr><th scope="row">{what}</th>{PLACE.format(f"{name} 1")}'
        f"{PLACE.format(f'{name} {TABLETS}')}</tr>"
        for name, what in rows.items()
    )
    head = "".join(
        f'<th scope="col">{words}</th>' for words in ("What", "One tablet", f"{TABLETS} tablets")
    )
    inside = f"<thead><tr>{head}</tr></thead><tbody>{cells}</tbody>"
    return f"{frame.OPEN}{inside}{frame.CLOSE}"


def counted(site: Path) -> dict[str, int]:
    """Return how many bytes one tablet loads, once, for each part of the site."""
    found = {
        "lessons": _sent(site, *PAGES, *SHARED),
        "search": _sent(site, *SEARCH),
        "python": _sent(site, *(f"{LIVE}/{name}" for name in RUN)) + _python(site),
    }
    return {**found, "all": sum(found.values())}


def fill(site: Path) -> None:
    """Write the numbers into the pages that ask for them."""
    numbers = counted(site)
    for page in site.glob("*/index.html"):
        text = page.read_text(encoding="utf-8")
        if "data-loads=" not in text:
            continue
        for name, count in numbers.items():
            for tablets in (1, TABLETS):
                place = PLACE.format(f"{name} {tablets}")
                said = place.replace("></", f">{html.escape(size(count * tablets))}</")
                text = text.replace(place, said)
        page.write_text(text, encoding="utf-8")


def size(count: int) -> str:
    """Return a number of bytes in words, never too small.

    >>> size(0), size(91_200), size(9_300_000), size(279_000_000)
    ('nothing', '92 kB', '9.3 MB', '279 MB')
    """
    if not count:
        return "nothing"
    if count < 1e6:
        return f"{-(-count // 1000)} kB"
    tenths = -(-count // 100_000)
    return f"{tenths / 10:.1f} MB" if tenths < 1000 else f"{-(-count // 1_000_000)} MB"


def _sent(site: Path, *patterns: str) -> int:
    files = {file for pattern in patterns for file in site.glob(pattern)}
    return sum(len(gzip.compress(file.read_bytes(), 6)) for file in files)


def _python(site: Path) -> int:
    """Return how much the page itself says that it loads: nothing where Python is not there."""
    manifest = site / LIVE / "manifest.json"
    if not manifest.exists():
        return 0
    return sum(file["bytes"] for file in json.loads(manifest.read_text(encoding="utf-8"))["files"])
