"""What checks the pages can itself fail: a wrong output is found, and mended on request."""

from pathlib import Path

import pytest

from website import snippets

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
    """Return a page of its own, in a project of its own."""
    monkeypatch.setattr(snippets, "ROOT", tmp_path)
    monkeypatch.setattr(snippets, "DOCS", tmp_path)
    path = tmp_path / "page.md"
    path.write_text(PAGE, encoding="utf-8")
    (tmp_path / "README.md").write_text("# Readme\n", encoding="utf-8")
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
    own_page.with_name("a-page.md").write_text(PAGE.replace("2\n", "3\n"), encoding="utf-8")
    assert snippets.main(False, []) == 1
    told = capsys.readouterr()
    assert told.out == snippets.run(own_page.with_name("a-page.md"))[0] + "\n"
    assert "a-page.md: 1 outputs differ\npage.md: 0 outputs differ\n" in told.err


def test_one_page_alone(own_page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only the page that is named is run, and a name that is none is refused."""
    own_page.with_name("other.md").write_text(PAGE.replace("2\n", "3\n"), encoding="utf-8")
    assert snippets.main(False, [str(own_page)]) == 0
    assert "other" not in capsys.readouterr().err
    with pytest.raises(SystemExit, match=r"gone\.md is no page with snippets, such as page\.md"):
        snippets.main(False, ["gone.md"])


def test_pages_come_in_order(own_page: Path) -> None:
    """Lesson 10 comes after lesson 9."""
    own_page.unlink()
    for number in (10, 9, 1):
        (own_page.parent / f"{number}-page.md").write_text(PAGE, encoding="utf-8")
    names = [path.name for path in snippets.pages()]
    assert names == ["1-page.md", "9-page.md", "10-page.md", "README.md"]


@pytest.mark.parametrize(
    ("right", "wrong"), [("\n1\n", "\n7\n8\n"), ("    2\n", "    3\n"), ("'x'", "'y'")]
)
def test_update_mends_outputs(own_page: Path, right: str, wrong: str) -> None:
    """An update writes the outputs that differ, and nothing else."""
    own_page.write_text(
        PAGE.replace(right, wrong, 1) if right != "'x'" else PAGE.replace("'x'\n", "'y'\n"),
        encoding="utf-8",
    )
    assert snippets.main(False, []) == 1
    assert snippets.main(True, []) == 0
    assert own_page.read_text(encoding="utf-8") == PAGE
