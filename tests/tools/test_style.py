"""The code of the pages' snippets is as clean as the package's."""

from pathlib import Path

import pytest

from tools.style import style

PAGE = """# Page

```pycon
>>> import math
>>> math.sqrt(4)
2.0
```

Text.

!!! note

    ```pycon
    >>> def half(number):
    ...     return number / 2
    ...
    >>> half(4)
    2.0
    ```
"""


@pytest.fixture
def clean_page(tmp_path: Path) -> Path:
    """Return a page whose code is clean."""
    path = tmp_path / "page.md"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_clean_code_passes(clean_page: Path) -> None:
    """What is right at a prompt is right: values by name alone, no docstrings, no empty lines."""
    assert style([clean_page]) == []


def test_no_page_is_clean() -> None:
    """Where only a lab was asked for, there is nothing to look at."""
    assert style([]) == []


def test_a_page_without_code_is_clean(clean_page: Path) -> None:
    """A page that has no snippet, as the glossary, has nothing to find."""
    clean_page.write_text("# Page\n\nText.\n", encoding="utf-8")
    assert style([clean_page]) == []


@pytest.mark.parametrize(
    ("clean", "other", "told"),
    [
        ("math.sqrt(4)", "2.0", "page.md:4: F401 `math` imported but unused"),
        ("half(4)", "halve(4)", "page.md:17: F821 Undefined name `halve`"),
        ("math.sqrt(4)", "math.sqrt( 4 )", "page.md:5: ruff formats this as\n    math.sqrt(4)"),
        ("number / 2", "number/2", "page.md:14: ruff formats this as\n    def half(number):"),
    ],
    ids=["not used", "gone", "spaces", "in a block"],
)
def test_what_is_not_clean_is_told(clean_page: Path, clean: str, other: str, told: str) -> None:
    """A finding names the page and the line where it stands."""
    clean_page.write_text(PAGE.replace(clean, other), encoding="utf-8")
    (finding,) = style([clean_page])
    assert finding.startswith(told)


def test_findings_name_the_guilty_page(clean_page: Path, tmp_path: Path) -> None:
    """Of two pages, the one that is right is not named."""
    other = tmp_path / "other.md"
    other.write_text(PAGE.replace("half(4)", "halve(4)"), encoding="utf-8")
    assert [finding.partition(":")[0] for finding in style([clean_page, other])] == ["other.md"]
