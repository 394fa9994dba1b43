"""Data sets: the real data, whole, and with their licence."""

from collections.abc import Callable
from importlib.resources import files

import numpy as np
import pytest
from helpers import Array
from sklearn import datasets

from nnbasics import load_digits, load_penguins

BOTH = pytest.mark.parametrize("load", [load_digits, load_penguins])


def test_digits_against_scikit_learn() -> None:
    """The digits are those that scikit-learn ships, in the same order."""
    images, labels = load_digits()
    expected_images, expected_labels = datasets.load_digits(return_X_y=True)
    assert np.array_equal(images, expected_images)
    assert np.array_equal(labels, expected_labels)
    assert images.dtype == np.float64
    assert labels.dtype == np.int64


def test_penguins() -> None:
    """The penguins are the 342 measured ones, in millimetres and kilograms."""
    flipper_lengths, masses = load_penguins()
    assert flipper_lengths.shape == masses.shape == (342, 1)
    assert flipper_lengths.dtype == masses.dtype == np.float64
    assert (flipper_lengths.min(), flipper_lengths.max()) == (172, 231)
    assert (masses.min(), masses.max()) == (2.7, 6.3)
    assert flipper_lengths.mean() == pytest.approx(200.9152, abs=5e-5)
    assert masses.mean() == pytest.approx(4.201754, abs=5e-7)


def test_penguins_lie_on_the_known_line() -> None:
    """Least squares gives the line in palmerpenguins' own examples: 49.69 g per mm."""
    flipper_lengths, masses = load_penguins()
    slope, intercept = np.polyfit(flipper_lengths[:, 0], masses[:, 0], deg=1)
    assert slope == pytest.approx(0.04969, abs=5e-6)
    assert intercept == pytest.approx(-5.78083, abs=5e-6)


@BOTH
def test_fresh_each_time(load: Callable[[], tuple[Array, Array]]) -> None:
    """Each call returns arrays of its own, free to change."""

    def spoil(array: Array) -> None:
        array[...] = 0

    first = load()
    for array in first:
        spoil(array)
    assert all(array.any() for array in load())


@BOTH
def test_complete(load: Callable[[], tuple[Array, Array]]) -> None:
    """Inputs and targets pair up, and no value is missing."""
    inputs, targets = load()
    assert len(inputs) == len(targets)
    assert np.isfinite(inputs).all()
    assert np.isfinite(targets).all()


def test_licences_ship_with_the_data() -> None:
    """The file beside the data names every data file, and both licences."""
    folder = files("nnbasics") / "data"
    text = (folder / "README.md").read_text(encoding="utf-8")
    for name in (entry.name for entry in folder.iterdir()):
        assert name == "README.md" or name in text
    assert "CC BY 4.0" in text
    assert "CC0" in text
