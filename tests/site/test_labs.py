"""The labs run as downloaded, and their pages show what they did."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jupytext
import prose
import pytest
from bs4 import BeautifulSoup
from helpers import parsed
from mkdocs.config import load_config
from small_site import build_page

from website import hooks, marks, wheel
from website.labs import download, run
from website.pages import DOCS, ROOT
from website.proof import kept

pytestmark = pytest.mark.slow  # each builds sites of its own


LABS = sorted((DOCS / "labs").glob("*.py"))
all_labs = pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.stem)


def page_of(site: Path, lab: Path) -> BeautifulSoup:
    """Return the built page of a lab."""
    return parsed(site / "labs" / lab.stem / "index.html")


@all_labs
def test_a_download_runs(
    site: Path, installed_wheel: Path, lab: Path, tmp_path: Path, tally: dict[str, int]
) -> None:
    """The notebook as downloaded runs with the site's wheel, elsewhere, without warnings."""
    notebook = json.loads((site / "labs" / f"{lab.stem}.ipynb").read_text(encoding="utf-8"))
    cells = ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "code"]
    install, *code = cells
    assert install.startswith(f"%pip install --quiet http://127.0.0.1/sub/path/{wheel.NAME} ")
    assert install.endswith(download.FROM_A_CLONE)
    check = f"import nnbasics; assert nnbasics.__file__.startswith({str(installed_wheel)!r})"
    script = tmp_path / "lab.py"
    script.write_text("\n\n".join([check, *code]), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-W", "error", script],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(installed_wheel), "MPLBACKEND": "svg"},
        capture_output=True,
        encoding="utf-8",
    )
    assert run.returncode == 0, run.stderr
    printed = "".join(pre.get_text() for pre in page_of(site, lab).select(".lab-output pre"))
    assert run.stdout.split() == printed.split(), "the page shows other outputs"
    tally["labs"] += 1


@all_labs
def test_a_download_holds_no_outputs(site: Path, lab: Path) -> None:
    """The notebook comes without outputs, and its links lead to the site."""
    text = (site / "labs" / f"{lab.stem}.ipynb").read_text(encoding="utf-8")
    notebook = json.loads(text)
    assert not any(cell.get("outputs") for cell in notebook["cells"])
    assert "](../" not in text
    assert "??? " not in text


@all_labs
def test_a_lab_is_shown_whole(site: Path, lab: Path) -> None:
    """The page shows every cell, and a text alternative that was written for each plot."""
    cells = jupytext.reads(marks.read(lab), fmt="py:percent").cells
    soup = page_of(site, lab)
    code = [cell for cell in cells if cell.cell_type == "code"]
    assert len(soup.select(".language-python.highlight")) == len(code)
    plots = [svg["aria-label"] for svg in soup.select("figure.plot > svg")]
    assert plots == [cell.metadata["alt"] for cell in code if "alt" in cell.metadata]
    assert all(len(alt) > 40 for alt in plots)


@all_labs
def test_a_lab_is_easy_to_read(lab: Path) -> None:
    """A lab's Flesch-Kincaid grade is 7 or lower."""
    assert prose.grade(text_of(lab)) <= 7


def test_a_case_gives_one_thing_away_at_a_time(site: Path) -> None:
    """In each case of the clinic, test, cause, cure and proof are closed, one after the other."""
    page = page_of(site, DOCS / "labs" / "4-the-clinic.py")
    cases = [head for head in page.select("h2") if head.get_text().startswith("Case ")]
    for case, after in zip(cases, [*cases[1:], None], strict=True):
        boxes = [*case.find_next_siblings("details")]
        if after:
            rest = after.find_next_siblings("details")
            boxes = boxes[: len(boxes) - len(rest)]
        assert not any(box.has_attr("open") for box in boxes)
        titles = [box.select("summary")[0].get_text() for box in boxes]
        kinds = [title.split()[-1] for title in titles]
        assert list(dict.fromkeys(kinds)) == ["test", "cause", "cure", "proof"]
        assert boxes[-1].select(".lab-output"), f"{case.get_text()}: the proof shows no run"


def test_a_closed_cell_is_closed_in_jupyter(site: Path) -> None:
    """In the notebook the code of a box is hidden, too, under the title of the box."""
    notebook = json.loads((site / "labs" / "4-the-clinic.ipynb").read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    closed = [cell for cell in code if "".join(cell["source"]).startswith("# @title The proof")]
    assert len(closed) == 10
    for cell in closed:
        assert cell["metadata"]["jupyter"] == {"source_hidden": True}
        assert cell["metadata"]["cellView"] == "form"


def text_of(lab: Path) -> str:
    """Return the Markdown of a lab."""
    cells = jupytext.reads(marks.read(lab), fmt="py:percent").cells
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()", "a text alternative"),
    ],
    ids=["an error", "a plot without words"],
)
def test_a_fault_in_a_lab_stops_the_build(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, cell: str, message: str
) -> None:
    """A cell that fails, or a plot that says nothing to those who do not see it."""
    lab = tmp_path / "docs" / "labs" / "lab.py"
    lab.parent.mkdir(parents=True)
    header = "# ---\n# jupyter:\n#   kernelspec:\n#     display_name: Python 3\n"
    header += "#     language: python\n#     name: python3\n# ---\n"
    lab.write_text(
        f"{header}\n# %% [markdown]\n# # Lab\n#\n# Text.\n\n# %%\n{cell}\n", encoding="utf-8"
    )
    with pytest.raises(Exception) as stopped:  # noqa: PT011 (nbclient's own kind, or MkDocs')
        build_page(tmp_path, "---\ndescription: A page\n---\n# Page\n\n[Lab](labs/lab.py)\n")
    assert message in f"{stopped.value}\n{caplog.text}"


def test_outputs_are_kept_under_the_newest_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """While serving, a changed package is noticed before the labs' kept outputs are chosen."""
    calls: list[str] = []
    monkeypatch.setattr(kept, "refresh", lambda: calls.append("refresh"))
    monkeypatch.setattr(run, "prepare", lambda _: calls.append("prepare"))
    hooks.on_config(load_config(str(ROOT / "mkdocs.yml")))
    assert calls == ["refresh", "prepare"]


@pytest.mark.parametrize(
    ("repository", "address"),
    [
        ("https://github.com/some/where", "github/some/where/blob/notebooks/1-x.ipynb"),
        ("", None),
        ("https://example.org/some/where", None),
    ],
)
def test_colab_opens_the_notebooks_of_the_repository(repository: str, address: str | None) -> None:
    """A lab links to Colab if the site comes from GitHub, and else does not speak of it."""
    box = download.ways_to_run("1-x", repository)
    assert 'href="../1-x.ipynb"' in box
    assert (address in box) if address else ("Colab" not in box)
