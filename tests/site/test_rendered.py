"""While serving, a page is rendered anew only if something has changed that it shows."""

from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.structure.pages import Page
from small_site import configured

from website import hooks, rendered
from website.labs import run as labs

TEXT = "---\ndescription: A page\n---\n# Page\n\n## Part\n\n[There](#part)\n"


@pytest.fixture
def times(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that gets a page's name each time that one is rendered."""
    found: list[str] = []
    render = Page.render

    def noted(page: Page, *arguments: object) -> None:
        found.append(page.file.src_uri)
        render(page, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Page, "render", noted)
    monkeypatch.setattr(labs, "CACHE", tmp_path / "cache")
    hooks.on_startup("build")
    return found


def html(folder: Path, text: str = TEXT) -> str:
    """Build a site of one page, as `make serve` does again and again, and return the page."""
    build(configured(folder, text))
    return (folder / "site" / "index.html").read_text(encoding="utf-8")


def test_what_is_as_before_is_not_rendered(tmp_path: Path, times: list[str]) -> None:
    """The second time the page is the same, with its title and what leads there."""
    assert html(tmp_path) == html(tmp_path)
    assert times == ["index.md"]


def test_a_changed_word_is_shown(tmp_path: Path, times: list[str]) -> None:
    """A page that has changed is rendered."""
    html(tmp_path)
    assert "Another page" in html(tmp_path, TEXT.replace("# Page", "# Another page"))
    assert len(times) == 2


def test_a_changed_source_renders_all(
    tmp_path: Path, times: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a change of the code, a drawing, a term or the settings, every page is rendered."""
    root = tmp_path / "root"
    monkeypatch.setattr(rendered, "ROOT", root)
    changed = ("website/blocks/a.py", "nnbasics/losses.py", "docs/glossary.md", "mkdocs.yml")
    for name in changed:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("before", encoding="utf-8")
    html(tmp_path)
    for count, name in enumerate(changed, start=1):
        (root / name).write_text("after", encoding="utf-8")
        html(tmp_path)
        assert len(times) == 1 + count, f"{name} changed, and was not noticed"


def test_each_command_begins_with_nothing(tmp_path: Path, times: list[str]) -> None:
    """A build never shows what another one rendered."""
    html(tmp_path)
    hooks.on_startup("build")
    html(tmp_path)
    assert len(times) == 2
