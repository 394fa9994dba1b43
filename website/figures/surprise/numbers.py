"""What each answer of the network costs, if it is a cat and if it is a dog."""

from typing import TypedDict

import numpy as np

from nnbasics import cross_entropy


class Sent(TypedDict):
    """What the script gets: the loss at each percentage for the cat, by what it is."""

    start: int
    percents: list[int]
    losses: dict[str, list[float]]


class Numbers(Sent):
    """The same, the curve, and three answers that the still picture marks."""

    curve: list[list[float]]
    marks: dict[str, float]
    marks_cost: list[float]
    start_costs: float


def compute() -> Numbers:
    """Return what every whole percentage costs."""
    percents = list(range(1, 100))

    def loss(p_cat: float, label: int) -> float:
        return round(float(cross_entropy([p_cat, 1 - p_cat], label)), 2)  # as it is read

    return {
        "start": 80,
        "percents": percents,
        "losses": {
            name: [loss(percent / 100, label) for percent in percents]
            for label, name in enumerate(("cat", "dog"))
        },
        "curve": [
            [p, float(cross_entropy([p, 1 - p], 0))] for p in np.geomspace(0.004, 1, 60).tolist()
        ],
        "marks": {"sure and wrong": 0.01, "coin flip": 0.5, "90 %": 0.9},
        "marks_cost": [loss(0.01, 0), loss(0.5, 0), loss(0.9, 0)],
        "start_costs": loss(0.8, 0),
    }
