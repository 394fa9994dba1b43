"""Lesson 2: misses, squares, and what one wild value does."""

from typing import Any

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from nnbasics import mse
from website.pictures import LOSS, PREDICTION, TARGET
from website.tables import Table

GUESSES, ANSWERS = [10, 5, 3], [8, 7, 3]


def arrows_table() -> Table:
    """Return the three guesses of the lesson, step by step."""
    rows = []
    for guess, answer in zip(GUESSES, ANSWERS, strict=True):
        miss = guess - answer
        rows.append(
            [str(guess), str(answer), f"{miss:+d}" if miss else "0", f"{mse(guess, answer):g}"]
        )
    columns = {"Guess": "prediction", "Right answer": "target", "Miss": "", "Miss × miss": "loss"}
    return Table(columns, rows)


def outlier_data() -> dict[str, Any]:
    """Find the one guess that suits ten house prices best, with and without a typo."""
    prices = np.arange(200.0, 300.0, 10.0)
    typo = np.append(prices[:-1], 2900.0)
    guesses = np.arange(0.0, 1001.0)

    def best(prices: np.ndarray, loss: Any) -> float:
        return float(guesses[np.argmin([loss(np.full(10, guess), prices) for guess in guesses])])

    def mean_absolute_error(predictions: np.ndarray, targets: np.ndarray) -> float:
        return float(np.abs(predictions - targets).mean())

    return {
        "prices": prices.tolist(),
        "best for mse": best(prices, mse),
        "best for mse with typo": best(typo, mse),
        "median with typo": float(np.median(typo)),
        "mean absolute error at the median": mean_absolute_error(np.full(10, 245.0), typo),
    }


def draw_outlier(data: dict[str, Any]) -> Figure:
    """Draw the prices as rings and the best guess as a line, before and after the typo."""
    figure, (before, after) = plt.subplots(2, 1, sharex=True, figsize=(5, 3.2))
    prices = data["prices"]
    for axes, best, title in (
        (before, data["best for mse"], "ten prices"),
        (after, data["best for mse with typo"], "the same, 290 typed as 2,900"),
    ):
        shown = prices if axes is before else prices[:-1]
        axes.plot(shown, [0] * len(shown), "o", color=TARGET, fillstyle="none", markersize=9)
        axes.axvline(best, color=PREDICTION)
        axes.annotate(f"best guess {best:.0f}", (best + 8, 0.55), color=PREDICTION)
        axes.set_title(title, loc="left")
        axes.set(yticks=[], ylim=(-1, 1))
        axes.spines["left"].set_visible(False)
    after.annotate("2,900 →", (690, -0.25), ha="right", color=LOSS)
    after.set(xlabel="price in thousand dollars", xlim=(180, 700))
    return figure
