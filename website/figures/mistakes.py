"""Mistakes that people make, as functions: what a wrong option of a question gives.

Each name says what was done, or what was left out.
"""

import math

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from nnbasics import mse

Numbers = NDArray[np.integer]


def forgot_the_mean(predictions: list[float], targets: list[float]) -> float:
    """Add the squares up, and do not divide."""
    return float(mse(predictions, targets)) * len(targets)


def forgot_to_square(predictions: list[float], targets: list[float]) -> float:
    """Take the mean of the misses as they are."""
    return float(np.mean(np.subtract(predictions, targets)))


def left_out_the_signs(predictions: list[float], targets: list[float]) -> float:
    """Take the mean of the misses without their signs."""
    return float(np.mean(np.abs(np.subtract(predictions, targets))))


def took_the_log_of_ten(probability: float) -> float:
    """Press log, which counts in powers of ten, where ln is meant."""
    return -math.log10(probability)


def took_the_other_class(probability: float) -> float:
    """Work out the surprise at the wrong answer of two."""
    return -math.log(1 - probability)


def rounded_down(examples: int, batch_size: int, epochs: int) -> int:
    """Leave out the last batch, which is not full."""
    return examples // batch_size * epochs


def forgot_the_epochs(examples: int, batch_size: int) -> int:
    """Count the updates of one epoch alone."""
    return math.ceil(examples / batch_size)


def went_with_the_gradient(weight: float, rate: float, gradient: float) -> float:
    """Add where the update takes away."""
    return weight + rate * gradient


def forgot_the_rate(weight: float, gradient: float) -> float:
    """Take the whole gradient away."""
    return weight - gradient


def doubled(prediction: float, target: float) -> float:
    """Take the miss times two, where it is to be squared."""
    return 2 * abs(prediction - target)


def forgot_the_root(predictions: list[float], targets: list[float]) -> float:
    """Read the mean squared error as if it had the unit of the guesses."""
    return float(mse(predictions, targets))


def halved(square: float) -> float:
    """Take half, where the root is asked for."""
    return square / 2


def stretched(predictions: list[float], targets: list[float]) -> NDArray[np.floating]:
    """Take each target from each prediction: a column less a row."""
    return np.stack([np.subtract(one, targets) for one in predictions])


def mean_of_means(losses: list[float]) -> float:
    """Count a small batch as much as a large one."""
    return float(np.mean(losses))


def last_one_alone(losses: list[float]) -> float:
    """Print the loss of the last batch."""
    return losses[-1]


def shuffled(inputs: Numbers, targets: Numbers, rng: Generator) -> tuple[Numbers, Numbers]:
    """Shuffle the inputs in one order, and the targets in another."""
    inputs = inputs[rng.permutation(len(inputs))]
    targets = targets[rng.permutation(len(targets))]
    return inputs, targets


def pairs_left(n: int = 100) -> int:
    """Return how many pairs stay together when a deck is shuffled so."""
    inputs, targets = shuffled(np.arange(n), np.arange(n), np.random.default_rng(0))
    return int(np.sum(inputs == targets))
