"""Whatever goes wrong in a block stops the build, with its page and line, and nothing is shown."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from mkdocs.exceptions import MkDocsException
from small_site import build_page

from website.figures import mean_squared_error
from website.figures.misses import drawing, numbers
from website.proof import evidence, kept

pytestmark = pytest.mark.slow  # each builds sites of its own


def raises(*_: Any) -> Any:
    """Fail as code does that nobody expected to fail."""
    raise ZeroDivisionError("division by zero")


def unwritable() -> Any:
    """Give what cannot be kept."""
    return {"a set": {1, 2}}


SQUARES = "```figure\nfigure: mean_squared_error.squares\nalt: A\n```"
MISSES = "```figure\nfigure: misses\nalt: A\n```"
# What is broken by hand, the block, and the words that the build must say.
BROKEN: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], str, str]] = {
    "a drawing that fails": (
        lambda patch: patch.setattr(mean_squared_error, "draw_squares", raises),
        SQUARES,
        "index.md:10: this figure fails with ZeroDivisionError: division by zero",
    ),
    "numbers that fail": (
        lambda patch: patch.setattr(mean_squared_error, "squares_data", raises),
        SQUARES,
        "index.md:10: this figure fails with ZeroDivisionError",
    ),
    "numbers that are no numbers": (
        lambda patch: patch.setattr(mean_squared_error, "squares_data", unwritable),
        SQUARES,
        "index.md:10: this figure fails with TypeError",
    ),
    "a table that fails": (
        lambda patch: patch.setattr(mean_squared_error, "arrows_table", raises),
        "```table\ntable: mean_squared_error.arrows\n```",
        "index.md:10: this table fails with ZeroDivisionError",
    ),
    "a figure to move whose drawing fails": (
        lambda patch: patch.setattr(drawing, "draw", raises),
        MISSES,
        "index.md:10: this figure fails with ZeroDivisionError",
    ),
    "a figure to move whose numbers fail": (
        lambda patch: patch.setattr(numbers, "compute", raises),
        MISSES,
        "index.md:10: this figure fails with ZeroDivisionError",
    ),
}
# Blocks that are wrong as they stand, and the words that the build must say.
WRONG = {
    "a caption that is no text": (f"{SQUARES[:-3]}caption: yes\n```", "index.md:10: this block"),
    "a figure that is a list": ("```figure\nfigure: [1]\nalt: A\n```", "index.md:10: this block"),
    "a setting of no meaning": (f"{SQUARES[:-3]}size: big\n```", "index.md:10: this block takes"),
    "an empty text alternative": (SQUARES.replace("alt: A", "alt:"), "index.md:10: this block"),
    "a link in a caption": (
        f"{SQUARES[:-3]}caption: See [there](#there).\n```",
        "index.md:10: words of a picture are plain text",
    ),
    "a scene outside of its folder": (
        "```scene\nscene: ../../docs/assets/favicon\nalt: A\n```",
        "index.md:10: there is no drawing",
    ),
    "a scene that is a number": ("```scene\nscene: 1\nalt: A\n```", "index.md:10: this block"),
    "another sort of fence": ("~~~pycon\n>>> 1 + 1\n5\n~~~", "index.md:9: ~~~pycon would be shown"),
    "a snippet with attributes": (
        '```{ .pycon title="x" }\n>>> 1 + 1\n5\n```',
        "index.md:9: ```{ .pycon",
    ),
    "a snippet with a title": ('```pycon title="x"\n>>> 1 + 1\n2\n```', "index.md:9: ```pycon t"),
    "a snippet by another name": ("```pycon3\n>>> 1 + 1\n5\n```", "index.md:9: ```pycon3 would"),
    "loose Python": ("```python\nprint(1 / 0)\n```", "index.md:9: ```python would be shown"),
    "a fence in a box": ("!!! note\n\n    ~~~pycon\n    >>> 1\n    2\n    ~~~", "index.md:11: ~~~"),
    "a snippet by indenting": ("    >>> print('a')\n    b", "index.md: the page shows 1"),
    "a snippet as HTML": ("<pre>&gt;&gt;&gt; print('a')\nb</pre>", "shows 1 loose lines with >>>"),
    "a fence without an end": ("```pycon\n>>> 1 + 1\n5\n", "index.md:9: ```pycon would be shown"),
    "a question on a page that is no lesson": (
        '!!! question predict "Which?"\n\n    - [x] **A.** It is so.\n    - [ ] **B.** It is not.',
        "index.md:9: a question that is answered stands in a lesson",
    ),
    "a figure drawn by hand": (
        '<figure class="plot" markdown>\n\nText\n\n</figure>',
        "shows 1 blocks figure, but 0 blocks figure were run or drawn",
    ),
}


def page(markdown: str, description: str = "A page") -> str:
    """Return a page whose block begins in line 9."""
    return f"---\ndescription: {description}\n---\n# Page\n\nText.\n\n\n{markdown}\n"


def refused(folder: Path, caplog: pytest.LogCaptureFixture, markdown: str) -> str:
    """Return what the build says when it refuses a page."""
    with caplog.at_level(logging.INFO), pytest.raises(MkDocsException) as stopped:
        build_page(folder, page(markdown))
    assert not (folder / "site" / "index.html").exists()
    return f"{stopped.value}\n{caplog.text}"


@pytest.mark.parametrize(("breaks", "markdown", "message"), BROKEN.values(), ids=BROKEN)
def test_what_fails_stops_the_build(
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    breaks: Callable[[pytest.MonkeyPatch], None],
    markdown: str,
    message: str,
) -> None:
    """A figure, a table or its numbers that fail are never shown as text."""
    evidence.wrong_in_rows(kept.key())  # from what is kept: below, nothing is
    monkeypatch.setattr(kept, "KEPT", tmp_path / "kept")
    breaks(monkeypatch)
    assert message in refused(tmp_path, caplog, markdown)


@pytest.mark.parametrize(("markdown", "message"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_stops_the_build(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, markdown: str, message: str
) -> None:
    """A block with wrong settings, or one that would be shown without being run, is refused."""
    assert message in refused(tmp_path, caplog, markdown)


def test_texts_are_shown_as_they_are(tmp_path: Path) -> None:
    """Quotes, brackets and backslashes come through in texts, and nothing of them becomes HTML."""
    text = r'Lower is "better" \g<all> \n & <b>more > less</b>'
    block = f"```figure\nfigure: mean_squared_error.squares\nalt: '{text}'\ncaption: '{text}'\n```"
    build_page(tmp_path, page(block, description=f"'{text}'"))
    html = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    soup = BeautifulSoup(html, "html.parser")
    figure = soup.select_one("figure.plot > svg")
    caption = soup.select_one("figure.plot > figcaption")
    assert figure is not None
    assert caption is not None
    assert figure["aria-label"] == text
    assert caption.get_text().startswith(text)
    for name in ('name="description"', 'property="og:description"'):
        found = soup.select_one(f"meta[{name}]")
        assert found is not None
        assert found["content"] == text
