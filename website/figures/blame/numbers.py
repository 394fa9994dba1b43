"""Two litres of soup go through two layers, and the blame for the miss goes back."""

from typing import Any, TypedDict

import numpy as np
from numpy.typing import NDArray

from nnbasics import SGD, Dense, Loss, ReLU, mse
from website.figures.blame import steps

RATES = [0.001, 0.005, 0.01, 0.015, 0.02, 0.03, 0.05]
START = 0.01


class Sent(TypedDict):
    """What the script gets: the steps up to the update, and for each rate the last ones."""

    places: dict[str, tuple[float, float, str]]
    steps: list[steps.Step]
    rates: list[float]
    start: float
    ends: list[list[steps.Step]]


class Numbers(Sent):
    """The same, and what the text speaks of: before the update, the blame, and after it."""

    layers: int
    example: list[int]
    before: steps.Forward
    blame: steps.Backward
    after: steps.Forward
    too_far: steps.Forward


class TwoLayers:
    """One number in, two hidden ones, ReLU, one out. The biases stay 0, so that the sums are short.

    It calls its layers one by one, as `Network` does, and keeps every number on the way.
    """

    def __init__(self) -> None:
        """Begin with small whole numbers."""
        rng = np.random.default_rng(0)
        self.first, self.relu, self.last = Dense(1, 2, rng=rng), ReLU(), Dense(2, 1, rng=rng)
        self.first.weights.value[:] = [[1, -1]]
        self.last.weights.value[:] = [[3], [5]]

    def forward(self) -> tuple[steps.Forward, Loss]:
        """Go forward, and compare with the right answer."""
        raw = self.first.forward([[steps.LITRES]])
        hidden = self.relu.forward(raw)
        prediction = self.last.forward(hidden)
        loss = mse(prediction, [[steps.SALT]])
        return {
            "first": row(self.first.weights.value),
            "last": row(self.last.weights.value),
            "raw": row(raw),
            "hidden": row(hidden),
            "prediction": round(prediction.item(), 6),
            "loss": round(float(loss), 6),
        }, loss

    def backward(self, loss: Loss) -> steps.Backward:
        """Go back from the loss to the first weights."""
        hidden = self.last.backward(loss.gradient)
        raw = self.relu.backward(hidden)
        self.first.backward(raw)
        return {
            "prediction": loss.gradient.item(),
            "last": row(self.last.weights.gradient),
            "hidden": row(hidden),
            "raw": row(raw),
            "first": row(self.first.weights.gradient),
        }

    def update(self, learning_rate: float) -> None:
        """Change the weights."""
        SGD(learning_rate=learning_rate).update([self.first.weights, self.last.weights])


def row(numbers: NDArray[Any]) -> list[float]:
    """Return all numbers of an array in one row, with 0 for −0."""
    found: list[float] = (numbers.ravel().round(6) + 0).tolist()
    return found


def run(learning_rate: float) -> tuple[steps.Forward, steps.Backward, steps.Forward]:
    """Go forward, back and, after one update, forward again."""
    network = TwoLayers()
    before, loss = network.forward()
    blame = network.backward(loss)
    network.update(learning_rate)
    return before, blame, network.forward()[0]


def compute() -> Numbers:
    """Go through two layers and back, with one update at each of some rates."""
    before, blame, after = run(START)
    return {
        "places": steps.PLACES,
        "steps": [*steps.forward(before), *steps.backward(before, blame)],
        "rates": RATES,
        "start": START,
        "ends": [steps.update(rate, *run(rate)) for rate in RATES],
        "layers": 2,
        "example": [steps.LITRES, steps.SALT],
        "before": before,
        "blame": blame,
        "after": after,
        "too_far": run(RATES[-1])[2],
    }
