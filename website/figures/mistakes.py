"""Mistakes that people make, as functions: what a wrong option of a question gives.

Each name says what was done, or what was left out.
"""

import math

import numpy as np

from nnbasics import mse


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
