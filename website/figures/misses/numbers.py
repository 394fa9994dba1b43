"""The lesson's guesses, and how far they must move to halve their loss."""

from collections.abc import Callable
from typing import TypedDict

import numpy as np

from nnbasics import Loss, mse

GUESSES, ANSWERS = [10, 5, 3], [8, 7, 3]


class Sent(TypedDict):
    """What the script gets: guesses and answers, the loss to get down to, and where all stands."""

    guesses: list[int]
    answers: list[int]
    goal: float
    reach: int
    columns: list[float]
    total: int


class Numbers(Sent):
    """The same, and the shortest ways to the goal, for the text."""

    way_of_one_guess: float
    way_of_two_guesses: float


def compute(*, loss: Callable[..., Loss] = mse) -> Numbers:
    """Try all ways in tenths to halve the loss with the first guess, and with the first two."""
    goal = float(loss(GUESSES, ANSWERS)) / 2
    tenths = (np.arange(21) / 10).tolist()
    ways = {
        (first, second)
        for first in tenths
        for second in tenths
        if loss([GUESSES[0] - first, GUESSES[1] + second, GUESSES[2]], ANSWERS) <= goal + 1e-9
    }
    return {
        "guesses": GUESSES,
        "answers": ANSWERS,
        "goal": goal,
        # Squares grow to the right of a column, so they have room for the reach.
        "reach": 4,
        "columns": [0.8, 5.8, 10.8],
        "total": 16,
        "way_of_one_guess": min(first for first, second in ways if second == 0),
        "way_of_two_guesses": round(min(first + second for first, second in ways), 1),
    }
