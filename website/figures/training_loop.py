"""Lesson 5: one weight on its way down, and what a printed loss can hide."""

import functools
from typing import Any

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from nnbasics import mse
from website.figures.experiments import (
    accuracy_on,
    loss_on,
    new_network,
    sorted_by_digit,
    split,
    updates,
)
from website.pictures import LOSS, PREDICTION, QUIET
from website.tables import Table

AMOUNT, RIGHT = 3.0, 12.0  # litres of soup, grams of salt


def walk(learning_rate: float, n_updates: int) -> list[tuple[float, float]]:
    """Return the weight and its loss before the first update and after each."""
    weight, steps = 1.0, []
    for _ in range(n_updates + 1):
        loss = mse(weight * AMOUNT, RIGHT)
        steps.append((weight, float(loss)))
        weight -= learning_rate * float(loss.gradient) * AMOUNT
    return steps


def rates_data() -> dict[str, Any]:
    """Follow one weight for six updates at three learning rates."""
    return {
        "rates": {str(rate): walk(rate, 6) for rate in (0.01, 0.05, 0.115)},
        "limit": 1 / AMOUNT**2,
    }


def draw_rates(data: dict[str, Any]) -> Figure:
    """Draw the bowl, and the way down it at each rate."""
    figure, grid = plt.subplots(1, 3, sharey=True, figsize=(5, 2.8))
    bowl = np.linspace(-1, 9, 41)
    losses = [float(mse(weight * AMOUNT, RIGHT)) for weight in bowl]
    for axes, (rate, steps) in zip(grid, data["rates"].items(), strict=True):
        axes.plot(bowl, losses, color=QUIET)
        axes.plot(*zip(*steps, strict=True), "o-", color=LOSS, markersize=5, linewidth=1.2)
        axes.plot(*steps[0], "o", color=PREDICTION, markersize=8)
        axes.set(title=f"rate {rate}", xlabel="weight", xticks=[0, 4, 8], ylim=(-8, 200))
    grid[0].set(ylabel="loss")
    return figure


@functools.cache
def last_batch_data() -> dict[str, float]:
    """Train on a deck sorted by digit; compare the loss of its last batch with the mean."""
    parts = split(0)
    deck = sorted_by_digit(parts.training)
    network = new_network(0)
    run = updates(network, deck, learning_rate=0.1, batch_size=32, epochs=10, rng=None)
    losses = list(run)
    return {
        "printed": losses[-1],
        "true": loss_on(network, parts.training),
        "accuracy": accuracy_on(network, parts.test),
    }


def last_batch_table() -> Table:
    """Return the printed and the true loss of the sorted deck."""
    data = last_batch_data()
    rows = [
        ["Loss of the last batch", f"{data['printed']:.2f}"],
        ["Mean loss over all practice digits", f"{data['true']:.2f}"],
        ["Right answers on new digits", f"{100 * data['accuracy']:.0f} %"],
    ]
    return Table({"After ten epochs": "", "Measured": "loss"}, rows)
