"""The site is whole: all blocks arrive in the pages, and a fault in a page stops the build."""

import logging
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from helpers import parsed
from mkdocs.exceptions import MkDocsException
from small_site import build_page

import nnbasics
from website import glossary, hooks, page_weight, wheel
from website.labs import run as labs
from website.pages import DOCS, ROOT
from website.proof import kept, snippets, sources

pytestmark = pytest.mark.slow  # each builds sites of its own


BLOCKS = {
    "pycon": ".language-pycon.highlight",
    "mermaid": ".diagram > svg[role=img]",
    "figure": "figure.plot > svg[role=img]",
    "scene": "figure.scene > svg[role=img]",
    "table": ".table > table.computed",
    "source": ".package-source",
    "program": ".program",
}

DIAGRAM = "```mermaid\nflowchart TD\n  accTitle: A\n  accDescr: B\n  {}\n```"
FAULTS = {
    "a diagram that is misspelt": (DIAGRAM.format("A[ --> B"), "index.md:9: this diagram cannot"),
    "a diagram of no known kind": (DIAGRAM.format("A --> B").replace("flow", "flaw"), "cannot be"),
    "a diagram without words": (
        "```mermaid\nflowchart TD\n  A --> B\n```",
        "index.md:9: this diag",
    ),
    "a diagram without a title": (
        DIAGRAM.format("A --> B").replace("accTitle: A", ""),
        "needs a line accTitle",
    ),
    "a diagram too wide for a phone": (
        DIAGRAM.format("A[" + "wide " * 20 + "] --> B\n  C[" + "wide " * 20 + "]"),
        "a phone shows 358",
    ),
    "an output that is wrong": ("```pycon\n>>> 1 + 1\n3\n```", "prints something else"),
    "a snippet that fails": ("```pycon\n>>> 1 / 0\n3\n```", "ZeroDivisionError"),
    "a number that is wrong": (
        "It is 3{=mse(1, 0) + 1}.",
        "index.md:8: the page says 3, and mse(1, 0) + 1 gives 2",
    ),
    "a mark that proves nothing": (
        "It is 2{=1 + math.exp(0)}.",
        "index.md:8: the page says {=1 + math.exp(0)}, but ValueError: it is made of constants",
    ),
    "a number from nowhere": (
        "It is 37.",
        "index.md:8: the page says 37, and nothing in its section",
    ),
    "a figure that is gone": ("```figure\nfigure: digits.gone\nalt: A\n```", "no such figure"),
    "a figure without words": ("```figure\nfigure: digits.progress\n```", "index.md:9: this block"),
    "a figure that is not YAML": ("```figure\nfigure: [\n```", "cannot be read"),
    "a scene that is gone": ("```scene\nscene: gone\nalt: A\n```", "there is no drawing"),
    "a table that is gone": ("```table\ntable: digits.gone\n```", "there is no such table"),
    "a table of no module": ("```table\ntable: gone.gone\n```", "there is no such table"),
    "a function that is gone": ("```source\nnnbasics.losses.gone\n```", "there is no source of"),
    "a program that is gone": ("```program\ngone.py\n```", "there is no program gone.py"),
    "a module that is gone": ("```source\ngone.gone\n```", "no module is called gone"),
    "a link to no page": ("[A](gone.md)", "gone.md"),
    "a link to no place": ("[A](#gone)", "there is no such anchor"),
    "a picture that is gone": ("![A](gone.svg)", "gone.svg"),
}


def html_of(site: Path, path: Path) -> BeautifulSoup:
    """Return the built page of a Markdown file."""
    place = path.relative_to(DOCS).with_suffix("")
    folder = site / (place.parent if place.name == "index" else place)
    return parsed(folder / "index.html")


@pytest.mark.parametrize("path", snippets.pages(), ids=lambda path: path.name)
def test_every_block_arrives_in_the_page(site: Path, path: Path, tally: dict[str, int]) -> None:
    """A page shows as many snippets, diagrams, figures and tables as its source holds."""
    soup = html_of(site, path)
    for language, selector in BLOCKS.items():
        written = sum(block.language == language for block in snippets.blocks(path))
        # Not those of docstrings: they run as doctests of the package.
        shown = [block for block in soup.select(selector) if not block.find_parent(class_="doc")]
        assert len(shown) == written, f"{path.name}: {language}"
        if language != "pycon":
            tally[f"{language.replace('mermaid', 'diagram')}s"] += written
    assert "```" not in soup.get_text()


@pytest.mark.parametrize(("markdown", "message"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_stops_the_build(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, markdown: str, message: str
) -> None:
    """A page with a fault does not come out, and the message says what and where."""
    page = f"---\ndescription: A page\n---\n# Page\n\nText.\n\n{markdown}\n"
    with caplog.at_level(logging.INFO), pytest.raises(MkDocsException) as stopped:
        build_page(tmp_path, page)
    assert message in f"{stopped.value}\n{caplog.text}"
    assert "index.md" in f"{stopped.value}\n{caplog.text}"


def test_a_page_without_faults_is_built(tmp_path: Path) -> None:
    """The same small site comes out when nothing is wrong."""
    build_page(tmp_path, f"---\ndescription: A page\n---\n# Page\n\n{DIAGRAM.format('A --> B')}\n")
    assert (tmp_path / "site" / "index.html").exists()


def test_what_serving_keeps_is_left_alone(site: Path, tmp_path: Path) -> None:
    """The tests have a cache of their own, and in it no small build empties that of the site."""
    assert site.exists()
    for folder in (labs.CACHE, kept.KEPT, hooks.TEMPLATES):
        assert folder.is_relative_to(os.environ["NNBASICS_CACHE"])
        assert folder.parent != ROOT / ".cache"
    outputs = {*labs.CACHE.rglob("*.json")}
    build_page(tmp_path, "---\ndescription: A page\n---\n# Page\n")
    assert outputs
    assert {*labs.CACHE.rglob("*.json")} >= outputs


def test_a_page_needs_a_description(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A page that search engines could not describe stops the build."""
    with pytest.raises(MkDocsException):
        build_page(tmp_path, "# Page\n\nText.\n")
    assert "docs/index.md:1: the page needs a description" in caplog.text


def test_nothing_in_the_browser_draws_or_fetches(site: Path) -> None:
    """No page names another site's script, style, font or picture, nor leaves a diagram to draw."""
    for page in site.rglob("*.html"):
        soup = parsed(page)
        assert not soup.select(".mermaid"), page
        for element in soup.select("script[src], link[rel=stylesheet], img[src], iframe"):
            address = element.get("src") or element.get("href") or ""
            assert "//" not in address, f"{page}: {address}"


def test_every_public_name_is_in_the_reference(site: Path) -> None:
    """Whatever can be imported from nnbasics has its entry."""
    headings = {str(h["id"]) for h in html_of(site, DOCS / "reference.md").select(".doc-heading")}
    names = {heading.rpartition(".")[2] for heading in headings}
    assert set(nnbasics.__all__) <= names


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("https://example.org/sub/", f"https://example.org/sub/{wheel.NAME}"),
        ("http://127.0.0.1:8000/", "."),  # from there it may be served on any port
        ("http://localhost/", "."),
    ],
)
def test_the_line_that_installs(
    address: str, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before any script runs, the line names the site's address, or says where a clone's is run."""
    monkeypatch.setenv("SITE_URL", address)
    build_page(tmp_path, "---\ndescription: A page.\n---\n# Page\n\n```install\n```\n")
    page = parsed(tmp_path / "site" / "index.html")
    line = page.select_one("[data-wheel] code")
    assert line
    assert line.get_text().strip() == f"pip install {place}"
    said = [words.get_text() for words in page.select("[data-wheel] p")]
    assert said == ["Run it in the folder of this site's source, in which mkdocs.yml lies."] * (
        place == "."
    )


@pytest.mark.parametrize("repository", ["", "https://example.org/project"])
def test_the_code_of_a_figure_is_a_link(
    repository: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A caption ends in a link to the code where that can be read, and names no file."""
    monkeypatch.setenv("REPOSITORY_URL", repository)
    figure = "```figure\nfigure: mean_squared_error.squares\nalt: A picture.\ncaption: Look.\n```"
    build_page(tmp_path, f"---\ndescription: A page.\n---\n# Page\n\n{figure}\n")
    caption = parsed(tmp_path / "site" / "index.html").select_one("figcaption")
    assert caption
    assert caption.get_text() == ("Look. code" if repository else "Look.")
    assert [str(link["href"]) for link in caption.select("a")] == (
        [f"{repository}/blob/main/website/figures/mean_squared_error.py"] if repository else []
    )


def test_no_space_that_counts_is_lost() -> None:
    """A page loses the indentation of its templates, and no space of code or of a script."""
    kept = "<pre>\n  a\n\n  b</pre><script>\n  c\n</script><textarea>\n\n d</textarea>"
    html = f"<p>\n\n    one\n  two</p>\n{kept}\n   <i>x  y</i>"
    assert page_weight.without_indentation(html) == f"<p>\none\ntwo</p>\n{kept}\n<i>x  y</i>"


def test_the_wheel_on_the_site_can_be_installed(site: Path, installed_wheel: Path) -> None:
    """Pip installs the wheel that the pages name, with its data, and it works from there."""
    home = html_of(site, DOCS / "index.md").select_one("[data-wheel]")
    assert home
    assert (site / str(home["data-wheel"])).is_file()
    code = "import nnbasics as n; print(n.__file__, n.mse(30, 25), n.load_digits()[0].shape)"
    path = f"import sys; sys.path.insert(0, {str(installed_wheel)!r})"
    run = subprocess.run(
        [sys.executable, "-I", "-c", f"{path}; {code}"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert run.stdout.startswith(str(installed_wheel))
    assert "25.0 (1797, 64)" in run.stdout
    assert list(installed_wheel.rglob("data/README.md")), "the licence of the data is missing"


def test_two_clones_give_the_same_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers fetch it again only when its sources differ, not when their times or rights do."""
    here = wheel.build(tmp_path / "here").read_bytes()
    clone = tmp_path / "clone"
    shutil.copytree(ROOT / "nnbasics", clone / "nnbasics")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, clone / name)
    for file in clone.rglob("*"):
        os.utime(file, (1e9, 1e9))
        file.chmod(file.stat().st_mode | 0o020)
    monkeypatch.setattr(wheel, "ROOT", clone)
    assert wheel.build(tmp_path / "there").read_bytes() == here
    with (clone / "nnbasics" / "losses.py").open("a", encoding="utf-8") as losses:
        losses.write("# another\n")
    assert wheel.build(tmp_path / "other").read_bytes() != here


def test_source_is_found_by_name() -> None:
    """A name gives the function's own source, without its docstring, and its file."""
    code, path = sources.load("nnbasics.training.training_loop")
    assert path == "nnbasics/training.py"
    assert code.startswith("def training_loop(")
    assert '"""' not in code
    assert "# 1. Forward: make predictions" in code


def test_glossary_terms_link_once(site: Path) -> None:
    """A lesson links each term at its first use, with the definition as its tooltip."""
    for page in sorted((DOCS / "lessons").glob("*.md")):
        links = html_of(site, page).select("a.term")
        terms = [link["href"] for link in links]
        assert len(terms) == len(set(terms)) > 3, page.name
        assert all(link["title"] for link in links)


def test_every_term_is_used(site: Path) -> None:
    """Every entry of the glossary is linked from some lesson."""
    linked = {
        str(link["href"]).partition("#")[2]
        for page in (DOCS / "lessons").glob("*.md")
        for link in html_of(site, page).select("a.term")
    }
    anchors = {
        anchor
        for anchor, _ in glossary.entries(glossary.SOURCE.read_text(encoding="utf-8")).values()
    }
    assert anchors <= linked, anchors - linked
