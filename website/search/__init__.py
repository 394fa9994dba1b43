"""Search: what stands on the pages, part by part, is looked through in the reader's browser.

Nothing of it is loaded before it is asked for, but for the few lines of `start.js`. Then
`dialog.js` shows what `rank.js` finds in `parts.json`, which this module writes: of each page its
parts, from heading to heading, with all words that stand there. A row of a table that has an id
is a part too, and so is each error of the package: it leads to the place that explains it.

Why it is the site's own: the theme's search loads with every page, knows no rows and forgives no
typo, and its plugin reads all pages anew at every change. Pagefind loads more (WebAssembly, which
the page's policy forbids), ranks whole pages, and needs a program for each kind of computer.
"""

import functools
import html
import json
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from mkdocs.structure.pages import Page

from website.search import errors

HERE = Path(__file__).parent
SCRIPTS = ("start.js", "dialog.js", "rank.js")

_pages: list[Page] = []

# What is no text: drawings, formulas, numbers of lines, buttons, and links that all read alike.
NO_TEXT = re.compile(
    r"<(svg|math|form)\b.*?</\1>"
    r'|<td class="linenos">.*?</td>'
    r'|<div class="live".*?</div>'
    r'|<a [^>]*class="(?:headerlink|evidence|back)".*?</a>',
    re.S,
)
HEADING = re.compile(r'<h[1-6] id="([^"]+)"[^>]*>(.*?)</h[1-6]>', re.S)
ROW = re.compile(r"<tr\b.*?</tr>", re.S)
# A row can be led to if it has an id, or a cell of it, or the first thing in a cell.
ID = re.compile(r'<(?:tr|td)[^>]* id="([^"]+)"|<td[^>]*>\s*<\w+ id="([^"]+)"')
CELL = re.compile(r"<td[^>]*>(.*?)</td>", re.S)
BREAK = re.compile(r"</?(?:p|li|ul|ol|t[dhr]|h\d|div|pre|summary|dt|dd|br)\b[^>]*>|\n")
TAG = re.compile(r"<[^>]+>")


class Part(NamedTuple):
    """A place on a page: the id to go to, its heading, and all words up to the next part."""

    id: str
    heading: str
    text: str


def begin(pages: Iterable[Page]) -> None:
    """Remember the pages in reading order: of parts that answer alike, the first comes first."""
    _pages[:] = pages


def publish(site: Path) -> None:
    """Write the scripts and the parts of all pages into the site."""
    folder = site / "search"
    folder.mkdir(exist_ok=True)
    for name in SCRIPTS:
        shutil.copyfile(HERE / name, folder / name)
    found = [
        [page.url, page.title, parts(page.content or ""), errors.explained_on(page.url)]
        for page in _pages
    ]
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    (folder / "parts.json").write_text(text, encoding="utf-8")


@functools.lru_cache(64)  # `make serve` builds all pages again, and most of them are as before
def parts(content: str) -> list[Part]:
    """Cut a page into its parts, in the order of the page."""
    found: list[Part] = []
    _, *pieces = HEADING.split(NO_TEXT.sub(" ", content))
    for place, heading, body in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
        rest = ROW.sub(lambda row: "" if ID.search(row[0]) else row[0], body)
        found += [Part(place, plain(heading), plain(rest)), *_rows(body)]
    return found


def _rows(body: str) -> Iterator[Part]:
    """Yield the rows that can be led to."""
    look = ""
    for row in ROW.findall(body):
        if target := ID.search(row):
            first, *others = map(plain, CELL.findall(row))
            look = first or look  # an empty cell goes on with what stands above it
            cells = [look, *others]
            named = row[: target.start()].count("<td") + 1  # its id stands in the last of these
            heading, text = ": ".join(cells[:named]), " ".join(cells[named:])
            yield Part(target[1] or target[2], heading, text)


def plain(markup: str) -> str:
    """Return the words of some HTML."""
    return " ".join(html.unescape(TAG.sub("", BREAK.sub(" ", markup))).split())
