"""Real data, small enough to ship inside the package.

Both sets come with their licence: see `data/README.md` beside the files.
"""

from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

DATA = files("nnbasics") / "data"


def load_digits() -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Load 1,797 handwritten digits, each scanned into 8 by 8 pixels.

    Returns:
        The images, of shape (1797, 64), with ink from 0 (none) to 16 (full), row by row from
        the top; and the labels, of shape (1797,), the digits that were meant, from 0 to 9.

    Examples:
        >>> images, labels = load_digits()
        >>> images.shape, labels.shape
        ((1797, 64), (1797,))
        >>> labels[:10]
        array([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])

    Source: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, 1998,
    doi 10.24432/C50P49, CC BY 4.0; the test part of that set, as scikit-learn has it.
    """
    with (DATA / "digits.npz").open("rb") as file, np.load(file) as digits:
        return digits["images"].astype(np.float64), digits["labels"].astype(np.int64)


def load_penguins() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Load the flipper lengths and body masses of 342 penguins.

    Returns:
        The flipper lengths in millimetres and the masses in kilograms, both of shape (342, 1).

    Examples:
        >>> flipper_lengths, masses = load_penguins()
        >>> flipper_lengths[0], masses[0]  # 181 mm, 3.75 kg
        (array([181.]), array([3.75]))

    Source: K. B. Gorman, T. D. Williams and W. R. Fraser 2014, collected at Palmer
    Station; palmerpenguins by A. M. Horst, A. P. Hill and K. B. Gorman 2020, CC0. The two
    penguins that were not measured are left out.
    """
    with (DATA / "penguins.csv").open() as file:
        table: NDArray[Any] = np.loadtxt(file, delimiter=",", skiprows=1)
    return table[:, :1], table[:, 1:] / 1000
