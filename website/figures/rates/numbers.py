"""One weight on its way down, at many learning rates."""

from typing import TypedDict

from nnbasics import mse

AMOUNT, RIGHT = 3.0, 12.0  # litres of soup, grams of salt


class Sent(TypedDict):
    """What the script gets: for each rate its walk, a list of weight and loss."""

    names: dict[str, float]
    start: float
    rates: list[float]
    walks: list[list[list[float]]]


class Numbers(Sent):
    """The same, and the weight at which the loss is 0."""

    goal: float


def walk(learning_rate: float, n_updates: int) -> list[tuple[float, float]]:
    """Return the weight and its loss before the first update and after each."""
    weight, steps = 1.0, []
    for _ in range(n_updates + 1):
        loss = mse(weight * AMOUNT, RIGHT)
        steps.append((weight, float(loss)))
        weight -= learning_rate * float(loss.gradient) * AMOUNT
    return steps


def compute() -> Numbers:
    """Follow one weight for twelve updates at many learning rates, up to and past the limit.

    The limit is where a step is twice the way to the bottom: 2 over how much the gradient grows
    with the weight.
    """
    at_4, at_5 = (float(mse(weight * AMOUNT, RIGHT).gradient) * AMOUNT for weight in (4, 5))
    limit = 2 / (at_5 - at_4)
    rates = [0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1]
    rates += [0.105, 0.11, limit, 0.112, 0.115, 0.12, 0.13]
    return {
        "names": {"slow": 0.002, "good": 0.05, "largest stable": limit, "diverges": 0.115},
        "start": 0.115,
        "rates": rates,
        "goal": RIGHT / AMOUNT,
        "walks": [[list(map(_shorter, step)) for step in walk(rate, 12)] for rate in rates],
    }


def _shorter(number: float) -> float:
    """Round a number to five digits, so that it takes little room on its way to the reader."""
    return float(f"{number:.5g}")
