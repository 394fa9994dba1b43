"""What checks the pages can itself fail: a wrong output is found, and mended on request."""

from pathlib import Path

import pytest

from website.pages import DOCS, in_order
from website.proof import check, kept, snippets

PAGE = """# Page

```pycon
>>> for n in range(2):
...     print(n)
...
0
1
```

!!! note

    ```pycon
    >>> n + 1
    2
    >>> int("x")
    Traceback (most recent call last):
        ...
    ValueError: invalid literal for int() with base 10: 'x'
    ```
"""


@pytest.fixture
def own_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a page of its own, which keeps its results to itself."""
    monkeypatch.setattr(kept, "KEPT", tmp_path / "kept")
    path = tmp_path / "page.md"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_right_outputs_pass(own_page: Path) -> None:
    """A page that is right gives no report, and its blocks share one namespace."""
    assert snippets.run(own_page) == ("", [])


@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [("\n1\n", "\n7\n", 4), ("    2\n", "    3\n", 14), ("'x'", "'y'", 16), ("n + 1", "m + 1", 14)],
    ids=["after a block", "in a box", "an error", "a name that is gone"],
)
def test_wrong_outputs_are_found(own_page: Path, right: str, wrong: str, line: int) -> None:
    """A difference is reported with the page and the line."""
    own_page.write_text(PAGE.replace(right, wrong), encoding="utf-8")
    report, _ = snippets.run(own_page)
    assert f'File "page.md", line {line}' in report


def test_only_the_guilty_page_is_reported(
    own_page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page that is right is not reported because one before it is wrong."""
    guilty = own_page.with_name("a-page.md")
    guilty.write_text(PAGE.replace("2\n", "3\n"), encoding="utf-8")
    assert check.main([guilty, own_page], update=False) == 1
    told = capsys.readouterr()
    report, _ = snippets.run(guilty)
    assert told.out == f"a-page.md: a snippet prints something else:\n{report}\n"
    assert "a-page.md: 1 differ\npage.md: 0 differ\n" in told.err


def test_one_page_alone() -> None:
    """A page can be named, and a name that is none is refused with one that is."""
    assert check.chosen(["docs/glossary.md"]) == [DOCS / "glossary.md"]
    assert len(check.chosen([])) > 15
    with pytest.raises(SystemExit, match=r"gone\.md is no page that is checked, such as docs/"):
        check.chosen(["gone.md"])


def test_pages_come_in_order() -> None:
    """Lesson 10 comes after lesson 9."""
    found = [
        Path("lessons/10-b.md"),
        Path("lessons/9-a.md"),
        Path("index.md"),
        Path("lessons/1.md"),
    ]
    names = [path.stem for path in in_order(found)]
    assert names == ["index", "1", "9-a", "10-b"]


@pytest.mark.parametrize(
    ("right", "wrong"), [("\n1\n", "\n7\n8\n"), ("    2\n", "    3\n"), ("'x'", "'y'")]
)
def test_update_mends_outputs(own_page: Path, right: str, wrong: str) -> None:
    """An update writes the outputs that differ, and nothing else."""
    own_page.write_text(
        PAGE.replace(right, wrong, 1) if right != "'x'" else PAGE.replace("'x'\n", "'y'\n"),
        encoding="utf-8",
    )
    assert check.main([own_page], update=False) == 1
    assert check.main([own_page], update=True) == 0
    assert own_page.read_text(encoding="utf-8") == PAGE
