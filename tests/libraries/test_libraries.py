"""The same loop in other libraries gives the same losses, and their defaults hide what is said.

The libraries live in an environment of their own, .venv-frameworks, and each program runs there in
a process of its own. Where they are not installed, these tests are skipped.
"""

import ast
import functools
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import prose
import pytest
from other_libraries import PYTHON, need

from benchmarks import record
from nnbasics import SGD, Dense, Network, ReLU, load_digits, softmax_cross_entropy, train
from website.figures import frameworks
from website.pages import DOCS, ROOT

FOLDER = DOCS / "frameworks"
IMPORTS = {"nnbasics": set(), "PyTorch": {"torch"}, "JAX": {"jax"}, "Keras": {"keras", "os"}}
IMPORTS |= {"scikit-learn": {"sklearn"}}
BELOW = {"Keras": ["JAX"], "Keras on PyTorch": ["PyTorch"]}  # what Keras computes with
IN_FLOAT32 = "Keras on PyTorch"
RECORD = frameworks.read("frameworks.json")
DEFAULTS = RECORD["defaults"]


def library(name: str) -> str:
    """Return the library of a program by its name in the record: "JAX, scan" is one in JAX."""
    return name.partition(",")[0].partition(" on ")[0]


@functools.cache
def ours() -> list[float]:
    """Return the losses of lesson 6's run, from the package of this very folder."""
    images, labels = load_digits()
    rng = np.random.default_rng(0)
    training = np.split(rng.permutation(1797), [1280, 1497])[0]
    network = Network(Dense(64, 32, rng=rng), ReLU(), Dense(32, 10, rng=rng))
    what = network, softmax_cross_entropy, SGD(learning_rate=0.1), images[training] / 16
    run = train(*what, labels[training], epochs=20, batch_size=32, rng=rng)
    return [epoch.loss for epoch in run]


def off(losses: list[float], others: list[float]) -> float:
    """Return the largest difference between the losses of any epoch."""
    assert len(losses) == len(others) == 20
    return frameworks.off(losses, others)


@pytest.mark.slow  # a library takes seconds to import
@pytest.mark.parametrize("name", record.LOOPS)
def test_the_same_losses(name: str, tmp_path: Path) -> None:
    """Copied to another folder, a program gives nnbasics' losses in all epochs, as recorded."""
    need(library(name), *BELOW.get(name, []))
    program, *words = record.LOOPS[name]
    copy = shutil.copy(FOLDER / program, tmp_path / "copied.py")
    losses = record.found_by(str(copy), *words, python=str(PYTHON))
    if name == IN_FLOAT32:
        assert 1e-9 < off(losses, ours()) < 1e-6
        assert off(losses, RECORD["losses"][name]) < 1e-6
    else:
        assert off(losses, ours()) < 1e-12
        assert off(losses, RECORD["losses"][name]) < 1e-12


@pytest.mark.slow
@pytest.mark.parametrize("name", record.DEFAULTS)
def test_what_defaults_hide_is_as_recorded(name: str) -> None:
    """What the defaults of a library do comes out as the page shows it."""
    need(library(name), *BELOW.get(name, []))
    found = record.found_by(*record.DEFAULTS[name], python=str(PYTHON))
    assert found == {key: as_recorded(name, key, value) for key, value in DEFAULTS[name].items()}


def as_recorded(name: str, key: str, value: Any) -> Any:
    """Return what a number must come near to; a truth or a word must be the same.

    On another processor the last digit may differ. Of float32 it is the seventh, and where
    gradients add up and the run goes astray, each step makes such a difference larger.
    """
    if isinstance(value, bool | str):
        return value
    tolerance = 1e-2 if key == "no_zero_grad" else 1e-4 if name == "JAX" else 1e-9
    return pytest.approx(value, rel=tolerance)


def test_the_record_is_of_this_package() -> None:
    """What was recorded of nnbasics is what the package of this folder gives."""
    assert off(RECORD["losses"]["nnbasics"], ours()) < 1e-12
    assert [*RECORD["losses"]] == [*record.LOOPS]
    assert [*DEFAULTS] == [*record.DEFAULTS]
    assert {*IMPORTS} < {*RECORD["versions"]}


def test_the_recorded_losses_are_equal() -> None:
    """The differences that the page shows are below what it promises."""
    shown = frameworks.equal_data()["off"]
    assert 1e-9 < shown.pop(IN_FLOAT32) < 1e-6
    assert max(shown.values()) < 1e-12


def test_the_record_is_of_the_pinned_versions() -> None:
    """Newer versions were recorded anew: make record-frameworks."""
    pinned = "".join(
        (ROOT / "requirements" / f"{group}.txt").read_text(encoding="utf-8")
        for group in ("frameworks", "torch")
    )
    packages = {"NumPy": "numpy", "PyTorch": "torch", "JAX": "jax", "Keras": "keras"}
    for name, package in (packages | {"scikit-learn": "scikit-learn"}).items():
        assert f"\n{package}=={RECORD['versions'][name]} " in f"\n{pinned}", name


@pytest.mark.parametrize("name", [name for name in record.LOOPS if name != IN_FLOAT32])
def test_a_program_needs_nothing_else(name: str) -> None:
    """A program imports its library, NumPy and nnbasics, and begins like all the others."""
    code = (FOLDER / record.LOOPS[name][0]).read_text(encoding="utf-8")
    tree = ast.parse(code)
    named = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    named += [
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    ]
    assert {one.partition(".")[0] for one in named} == {"numpy", "nnbasics"} | IMPORTS[
        library(name)
    ]
    start = code[code.index("images, labels") :].partition("\n\n")[0]
    first = (FOLDER / "loop_nnbasics.py").read_text(encoding="utf-8")
    assert start in first


def test_what_pytorch_hides() -> None:
    """Softmax twice cannot get below 1.46; gradients add up; a sorted deck prints too little."""
    found = DEFAULTS["PyTorch"]
    assert found["right"] == pytest.approx(ours()[-1], abs=1e-12)
    assert found["softmax_before"] > 1.46 > 10 * found["right"]
    assert found["no_zero_grad"] > np.log(10) > found["right"]
    assert found["as_it_lies_printed"] < found["as_it_lies_true"] / 2
    assert found["shuffled_printed"] > found["shuffled_true"]


def test_what_jax_hides() -> None:
    """It computes with 32 bits, and takes the label −1 for the last class."""
    found = DEFAULTS["JAX"]
    assert found["bits"] == 32
    assert 1e-9 < off(found["losses"], ours()) < 1e-5
    assert found["label_minus_1"] == found["label_9"]
    assert found["label_10_is_nan"] is True


def test_what_keras_hides() -> None:
    """The bar shows a mean over the epoch so far, and its loss takes probabilities unless told."""
    found = DEFAULTS["Keras"]
    assert found["bits"] == 32
    assert found["printed"] == found["bar_after_40"] == pytest.approx(ours()[0], abs=1e-12)
    assert found["true_after"] < found["last_batch"] < found["printed"] < found["bar_after_1"]
    assert found["probabilities_expected"] > np.log(10)
    assert found["targets_first"] == pytest.approx(-np.log(0.8))
    assert found["predictions_first"] > 10 * found["targets_first"]


def test_what_scikit_learn_hides() -> None:
    """Its batch is 200, a penalty is added, steps have momentum, and swapped arguments raise."""
    found = DEFAULTS["scikit-learn"]
    assert found["right"] == pytest.approx(ours()[-1], abs=1e-12)
    assert found["batch_by_default"] == found["batch_of_200"] > 3 * found["right"]
    assert 0 < found["penalty_by_default"] - found["right"] < 0.001
    assert found["momentum_by_default"] < found["right"] / 2
    assert found["targets_first"] == pytest.approx(-np.log([0.8, 0.9]).mean())
    assert found["predictions_first"] == "ValueError"


def test_the_times_are_of_one_run() -> None:
    """The table of times has every library, in the versions of the losses, and nnbasics is 1."""
    speed = frameworks.read("speed.json")
    assert speed["versions"] == RECORD["versions"]
    for network in speed["networks"]:
        assert {*network["ratios"]} == {*frameworks.LINES, frameworks.PRODUCTS}
        assert network["ratios"]["nnbasics"] == [1, 1, 1]
        for low, median, high in network["ratios"].values():
            assert 0 < low <= median <= high


def test_the_page_is_easy_to_read() -> None:
    """The page is for those who have read the lessons: its Flesch-Kincaid grade is 7 or lower."""
    assert prose.grade((DOCS / "frameworks.md").read_text("utf-8").split("---\n", 2)[2]) <= 7
