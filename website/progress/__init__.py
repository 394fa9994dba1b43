"""What the reader has read, answered and solved: kept in the reader's own browser, and marked.

- `start.js`: remembers it on lessons and labs, and marks it there and on the home page
- `progress.css`: how the marks look
"""

from pathlib import Path

from website import addresses

HERE = Path(__file__).parent


def add_script(html: str, page_url: str) -> str:
    """Put the script behind the text of the home page, the lessons and the labs."""
    if page_url and not page_url.startswith(("lessons/", "labs/")):
        return html
    return addresses.behind_article(html, HERE / "start.js", page_url)


def style() -> str:
    """Return the looks of the marks."""
    return (HERE / "progress.css").read_text(encoding="utf-8")
