"""Lab 5's own code learns from a file of the reader's, and the notebook of it does the same."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jupytext
import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import pyplot as plt

from website import marks
from website.live import cells, own_run
from website.pages import DOCS

SOURCE = marks.read(DOCS / "labs" / "5-your-own-data.py")
LAB = [cell.source for cell in jupytext.reads(SOURCE, fmt="py:percent").cells]
LAB = [source for source in LAB if "import numpy" in source or "def " in source]
AMOUNT: dict[str, Any] = {
    "decimals": {}, "target": "price", "inputs": ["size", "age"], "is_kind": False, "gaps": "fill",
    "wheel": "https://example.org/nnbasics-1-py3-none-any.whl",
}  # fmt: skip
KIND = AMOUNT | {"target": "sort", "is_kind": True, "gaps": "leave out"}


def houses() -> str:
    """Return made-up houses: semicolons, decimal commas, a gap, a slip of the pen."""
    rng = np.random.default_rng(0)
    lines = ["size;age;price;sort"]
    for n in range(120):
        size, age = rng.uniform(40, 200), rng.uniform(0, 90)
        price = 2000 * size - 500 * age + rng.normal(0, 4000)
        sort = "house" if size > 120 else "Flat"
        lines.append(f"{size:.1f};{age:.0f};{price:.2f};{sort}".replace(".", ","))
        if n == 5:
            lines.append(";12;90000,5;Flat")
        if n == 9:
            lines.append("8o,5;12;90000,5;Flat")
    return "\n".join(lines) + "\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder with a file, in which matplotlib draws for a page."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "houses.csv").write_text(houses(), encoding="utf-8")
    before = mpl.get_backend()
    with mpl.rc_context():
        cells.begin(lambda *_: None)
        cells.FigureManager.tell = staticmethod(lambda *_: None)
        yield tmp_path
    plt.switch_backend(before)


def learn(folder: Path, choices: dict[str, Any]) -> tuple[str, str, dict[str, bytes]]:
    """Return what is said, what is printed, and the files."""
    printed: list[str] = []
    files: dict[str, bytes] = {}
    keep = files.__setitem__
    said = own_run.learn(LAB, "houses.csv", choices, printed.append, keep, str(folder))
    return said, "".join(printed), files


@pytest.mark.parametrize("choices", [AMOUNT, KIND], ids=["an amount", "a kind"])
def test_it_learns_and_the_notebook_does_the_same(choices: dict[str, Any], folder: Path) -> None:
    """Baseline, training and test are told; the notebook, run elsewhere, prints the same."""
    said, printed, files = learn(folder, choices)
    assert said == ""
    assert "row 13: size should be a number, got 8o,5" in printed
    assert ("row 8: size is missing" in printed) == (choices["gaps"] == "leave out")
    assert "baseline, always" in printed
    assert printed.endswith("these columns say something about it.\n")
    notebook = json.loads(files[own_run.NOTEBOOK])
    install, *code = [cell["source"] for cell in notebook["cells"]]
    assert install == f"%pip install --quiet {AMOUNT['wheel']} matplotlib"
    code.append("print(all((p.value == w).all() for p, w in zip(network.parameters, weights)))")
    (folder / "all.py").write_text("\n\n".join(code), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "all.py"],
        cwd=folder,
        env=os.environ | {"MPLBACKEND": "svg"},
        capture_output=True,
        encoding="utf-8",
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout == f"{printed}True\n"


def test_what_cannot_be_learned_from(folder: Path) -> None:
    """Too few rows, no column, one kind, too many kinds: each a sentence, and nothing is run."""
    assert learn(folder, AMOUNT | {"inputs": []})[0].startswith("Choose at least one column")
    few = "\n".join(houses().splitlines()[:8])
    (folder / "houses.csv").write_text(few, encoding="utf-8")
    assert learn(folder, AMOUNT)[0].startswith("Only 7 rows can be used, and it takes 10.")
    rows = "\n".join(f"{n};{n};{n};{'x' * (n + 1)}" for n in range(20))
    (folder / "houses.csv").write_text(f"size;age;price;sort\n{rows}", encoding="utf-8")
    assert learn(folder, KIND)[0] == "sort has 20 kinds in 20 rows: too many."
    (folder / "houses.csv").write_text("size;age;price;sort\n" + "1;2;3;x\n" * 20, encoding="utf-8")
    assert learn(folder, KIND)[0] == "All rows have the same sort: there is nothing to learn."


def test_what_is_found_in_a_file(folder: Path) -> None:
    """The columns are described, and a file that is none is refused in a sentence."""
    found = json.loads(own_run.look("houses.csv", str(folder), {}))
    assert found["rows"] == 122
    assert [column["kind"] for column in found["columns"]] == ["number", "number", "number", "kind"]
    assert found["columns"][0]["gaps"] == "1"
    (folder / "a.png").write_bytes(b"\x89PNG....")
    refused = json.loads(own_run.look("a.png", str(folder), {}))
    assert refused["refused"].startswith("a.png is a picture")
