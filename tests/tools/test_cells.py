"""A cell of a lab runs in the page as it does in Jupyter: here in CPython, without a browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pytest
from matplotlib import pyplot as plt

from website.live import cells
from website.live.prompt import IN_A_LAB, Stop

DRAW = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\n"


class Notebook:
    """A page of cells that remembers what it was given."""

    def __init__(self, folder: Path) -> None:
        """Start with nothing."""
        self.folders = (str(folder),)
        self.namespace: dict[str, Any] = {"__name__": "__main__"}
        self.plots: list[tuple[str, str]] = []
        self.forget()

    def forget(self) -> None:
        """Forget what was shown."""
        self.printed = ""
        self.files: dict[str, bytes] = {}
        self.plots.clear()

    def run(self, code: str) -> Stop | None:
        """Run a cell."""
        self.forget()

        def show(text: str) -> None:
            self.printed += text

        keep = self.files.__setitem__
        return cells.run(code, "<cell 1>", self.namespace, show, keep, self.folders)


@pytest.fixture
def notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Notebook]:
    """Return a page for whose cells matplotlib draws."""
    monkeypatch.chdir(tmp_path)
    before = mpl.get_backend()
    notebook = Notebook(tmp_path)
    with mpl.rc_context():
        cells.begin(lambda svg, words: notebook.plots.append((svg, words)))
        yield notebook
    plt.switch_backend(before)


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("1 + 1\n2 + 2", "4\n"),
        ("1 + 1\nx = 2", ""),
        ("[1, 2]\nNone", ""),
        ("print('a')\n'b'", "a\n'b'\n"),
        ("6 * 7;", ""),
        ("", ""),
    ],
)
def test_a_cell_shows_its_last_value_alone(code: str, printed: str, notebook: Notebook) -> None:
    """What stands last is shown if it is a value, unless a semicolon ends it."""
    assert notebook.run(code) is None
    assert notebook.printed == printed


def test_a_plot_is_handed_over_once(notebook: Notebook) -> None:
    """plt.show() hands over all figures; what was drawn without it comes at the cell's end."""
    assert notebook.run(f"{DRAW}plt.show()\nplt.show()\nplt.figure()\nplt.title('Second');") is None
    assert len(notebook.plots) == 2
    assert notebook.printed == ""
    assert all(svg.startswith('<svg viewBox="0 0') for svg, _ in notebook.plots)
    assert notebook.run("x = 1") is None
    assert notebook.plots == []


def test_a_plot_looks_as_the_site_draws(notebook: Notebook) -> None:
    """A plot has the colours of the page, light or dark, and no style or id of its own."""
    notebook.run(DRAW)
    [(svg, _)] = notebook.plots
    assert 'stroke="var(--nn-prediction)"' in svg
    assert "currentColor" in svg
    assert "style=" not in svg
    assert "<style" not in svg


def test_what_is_known_of_a_plot_is_said(notebook: Notebook) -> None:
    """Nobody has described it: so its title, its axes and how many lines there are."""
    notebook.run(f"{DRAW}plt.title('A run')\nplt.xlabel('epoch')\nplt.xlim(0, 10)")
    [(_, words)] = notebook.plots
    assert "nobody has described it. Title: A run. Left to right: epoch, from 0 to 10." in words
    assert words.endswith("Lines or rows of points: 1.")


def test_a_half_drawn_figure_stays_in_its_cell(notebook: Notebook) -> None:
    """After an error, nothing of its figure appears in the next cell."""
    stop = notebook.run(f"{DRAW}1 / 0")
    assert stop == (3, "ZeroDivisionError: division by zero")
    assert notebook.plots == []
    assert notebook.run("plt.gcf().axes == []") is None
    assert notebook.printed == "True\n"


def test_a_plot_that_is_too_large_is_told(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plot that would make the page slow is not shown, and a sentence says what to do."""
    monkeypatch.setattr(cells, "MOST", 1000)
    assert notebook.run(DRAW) is None
    assert notebook.plots == []
    assert "too large for this page. Draw fewer points." in notebook.printed


def test_a_module_that_is_not_there(notebook: Notebook) -> None:
    """Who imports more than a lab needs is told what there is."""
    stop = notebook.run("\nimport not_there")
    assert stop == (2, f"ModuleNotFoundError: No module named 'not_there'\n{IN_A_LAB}")
    assert "matplotlib" in IN_A_LAB


def test_files_of_a_cell_are_handed_over(notebook: Notebook) -> None:
    """What a cell has written or changed is kept, and what lay there before is not."""
    start = "from pathlib import Path\nimport os\nos.mkdir('deep')\n"
    assert notebook.run(f"{start}Path('deep/a.csv').write_text('1');") is None
    assert notebook.files == {"a.csv": b"1"}
    assert notebook.run("Path('b.csv').touch()") is None
    assert notebook.files == {"b.csv": b""}
    assert notebook.run("Path('deep/a.csv').write_text('12')\nos.remove('b.csv')") is None
    assert notebook.files == {"a.csv": b"12"}
    assert notebook.run("1") is None
    assert notebook.files == {}


def test_an_error_loses_no_file(notebook: Notebook) -> None:
    """What was written before an error is there all the same."""
    assert notebook.run("from pathlib import Path\nPath('a.csv').write_text('1')\n1 / 0")
    assert notebook.files == {"a.csv": b"1"}
