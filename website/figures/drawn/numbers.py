"""How well drawings are read, measured on drawings that nobody chose anything by."""

import functools
from typing import Any, NamedTuple, TypedDict

import numpy as np
from numpy.typing import NDArray

from nnbasics import softmax
from website.figures import digits
from website.figures.drawn.in_page import COPIES, from_thousandths, guesses, in_thousandths, trained
from website.figures.drawn.strokes import Stroke, draw, drawings, prepare

# How to stretch and to bend was chosen on drawings of seed 1. Those of this seed were made when
# that was done.
HELD_BACK, COUNT = 20261129, 500
UNSURE, SURE = 0.7, 0.99


class Sent(TypedDict):
    """What the script gets at once: a drawing to begin with, how it is read, and in words."""

    strokes: list[Stroke]
    picture: list[int]
    percents: list[int]
    told: str


class Later(TypedDict):
    """What it gets when the reader draws: the network, and how many test pictures it reads.

    The weights are in thousandths, and `check` is their sum.
    """

    weights: list[Any]
    check: int
    right: int
    tests: int


class Numbers(Sent, Later):
    """The same, and what was measured, in counts of drawings and in percent, for the text."""

    copies: int
    drawings: int
    percent: float
    percent_of_the_lessons: float
    unsure_below: float
    unsure: int
    unsure_and_right: int
    sure_above: float
    sure: int
    sure_and_right: int
    among_two: float
    of_each_digit: list[int]


class Measured(NamedTuple):
    """A network, and what it says of the drawings that were held back."""

    weights: list[Any]
    right: int
    tests: int
    probabilities: NDArray[np.floating[Any]]


@functools.cache
def held_back() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pictures of the drawings that were held back, and their labels."""
    strokes, labels = drawings(COUNT, HELD_BACK)
    return np.array([prepare(each) for each in strokes]), labels


@functools.cache
def measured(*, bend: bool = True) -> Measured:
    """Train, round the weights as they travel, and read the drawings that were held back."""
    network, test = trained(bend=bend)
    weights = in_thousandths(network)
    network = from_thousandths(weights)
    right = int(np.sum(guesses(network, test.inputs) == test.targets))
    probabilities = softmax(network.forward(held_back()[0] / 16))
    return Measured(weights, right, len(test.targets), probabilities)


def percent_right(*, bend: bool = True) -> float:
    """Return how many of a hundred drawings are read right."""
    return 100 * float(np.mean(measured(bend=bend).probabilities.argmax(axis=1) == held_back()[1]))


def compute() -> Numbers:
    """Train on bent copies, and measure it beside the lesson's own network."""
    pictures, labels = held_back()
    found = measured()
    guess, top = found.probabilities.argmax(axis=1), found.probabilities.max(axis=1)
    second = np.argsort(found.probabilities, axis=1)[:, -2]
    right, unsure, sure = guess == labels, top < UNSURE, top > SURE
    strokes = draw(3, np.random.default_rng(3))
    picture = prepare(strokes)
    read = softmax(from_thousandths(found.weights).forward(picture[np.newaxis] / 16))[0]
    percents = (100 * read).round().astype(int).tolist()
    return {
        "strokes": strokes,
        "picture": picture.tolist(),
        "percents": percents,
        "told": f"An example: it reads a {read.argmax()}, with {max(percents)} %. Draw your own.",
        "weights": found.weights,
        "check": sum(int(np.sum(part)) for part in found.weights),
        "right": found.right,
        "copies": COPIES,
        "drawings": len(labels),
        "percent": percent_right(),
        "percent_of_the_lessons": 100
        * float(np.mean(guesses(digits.run().network, pictures) == labels)),
        "unsure_below": 100 * UNSURE,
        "unsure": int(unsure.sum()),
        "unsure_and_right": int((unsure & right).sum()),
        "sure_above": 100 * SURE,
        "sure": int(sure.sum()),
        "sure_and_right": int((sure & right).sum()),
        "among_two": 100 * float(np.mean(right | (second == labels))),
        "of_each_digit": [int(right[labels == digit].sum()) for digit in range(10)],
        "tests": found.tests,
    }
