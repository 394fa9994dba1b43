"""The first step of the run: five predictions, the loss to come, and both goals."""

from typing import Any

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from website.figures.loop.numbers import Numbers
from website.look import INK, MOVES, PREDICTION, QUIET, TARGET


def draw(numbers: Numbers) -> Figure:
    """Draw the soups of the first batch, all losses to come, and the way to the goals."""
    figure, grid = plt.subplot_mosaic(
        [["soups", "loss"], ["goals", "goals"]], height_ratios=[3, 1], figsize=(5, 3.5)
    )
    litres, salt, batch = (
        np.array(numbers["litres"]),
        np.array(numbers["salt"]),
        numbers["soups"][0],
    )
    ring: dict[str, Any] = {"fillstyle": "none", "color": TARGET}
    part: dict[str, Any] = {"gid": MOVES}

    soups = grid["soups"]
    soups.plot(litres, salt, "o", color=QUIET, markersize=4)
    soups.plot(numbers["ends"], numbers["lines"][0], color=PREDICTION, **part)
    soups.plot(litres[batch], salt[batch], "o", markersize=9, markeredgewidth=2, **ring, **part)
    soups.plot(
        litres[batch], numbers["predictions"][0], "o", color=PREDICTION, markersize=6, **part
    )
    soups.set(xlim=(0.8, 4.2), ylim=(-2, 15.5), xlabel="litres", xticks=[1, 2, 3, 4])
    soups.set_title("salt, grams", loc="left")

    loss = grid["loss"]
    epochs = range(1, numbers["epochs"] + 1)
    loss.plot(epochs, numbers["means"], "--", color=INK, linewidth=1)
    loss.set(
        xlim=(0.4, 10.6), ylim=(-4, 145), xlabel="epoch", xticks=[1, 4, 7, 10], yticks=[0, 50, 100]
    )
    loss.set_title("loss", loc="left")

    goals = grid["goals"]
    for row, (goal, now) in enumerate(
        zip(numbers["goals"].values(), numbers["parameters"][0], strict=True)
    ):
        goals.axhline(row, color=QUIET, linewidth=1)
        goals.plot(goal, row, "o", markersize=12, markeredgewidth=2, **ring)
        goals.plot(now, row, "o", color=INK, markersize=7, **part)
    goals.set(xlim=(-0.4, 3.5), ylim=(1.6, -0.6), xticks=[0, 1, 2, 3])
    goals.set_yticks(range(2), numbers["goals"])
    goals.tick_params(axis="y", length=0)
    goals.spines["left"].set_visible(False)
    return figure
