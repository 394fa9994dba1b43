"""Lesson 2: misses, squares, and what one wild value does."""

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from nnbasics import Loss, mse
from website.figures.misses.numbers import ANSWERS, GUESSES
from website.look import INK, LOSS, PREDICTION, QUIET, TARGET, Table

HUBER_BORDER = 1  # the miss from which Huber's loss no longer squares


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


def stretched_table() -> Table:
    """Return all squared misses, each guess against each answer: what NumPy makes of the shapes."""
    columns = {"Guess": "prediction"} | {str(answer): "target" for answer in ANSWERS}
    rows = [[str(guess), *(f"{mse(guess, answer):g}" for answer in ANSWERS)] for guess in GUESSES]
    return Table(columns, rows)


def mean_absolute_error(predictions: ArrayLike, targets: ArrayLike) -> Loss:
    """Return the other loss of the lesson: the mean miss, with all minus signs left out."""
    misses = np.asarray(predictions, float) - np.asarray(targets, float)
    return Loss(np.abs(misses).mean(), np.sign(misses) / misses.size)


def outlier_data(
    *,
    loss: Callable[..., Loss] = mse,
    middle: Callable[[NDArray[np.float64]], np.floating] = np.median,
) -> dict[str, Any]:
    """Find the one guess that suits ten house prices best, with and without a typo."""
    prices = np.arange(200.0, 300.0, 10.0)
    typo = np.append(prices[:-1], 2900.0)
    guesses = np.arange(0.0, 1001.0)
    absolute = [float(mean_absolute_error(np.full(10, guess), typo)) for guess in guesses]
    winners = guesses[np.isclose(absolute, min(absolute))].tolist()

    def best(prices: np.ndarray) -> float:
        return float(guesses[np.argmin([loss(np.full(10, guess), prices) for guess in guesses])])

    return {
        "prices": prices.tolist(),
        "best for mse": best(prices),
        "best for mse with typo": best(typo),
        "median with typo": float(middle(typo)),
        "best for the absolute error": [winners[0], winners[-1]],
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


def squares_data() -> dict[str, list[float]]:
    """Return what one miss costs, squared and absolute, and the lesson's three misses."""
    misses = np.arange(-10, 10.5, 0.5)
    marks = [1.0, 2.0, 10.0]
    return {
        "misses": misses.tolist(),
        "squared": [float(mse(miss, 0)) for miss in misses],
        "absolute": np.abs(misses).tolist(),
        "marks": marks,
        "squares": [float(mse(miss, 0)) for miss in marks],
    }


def draw_squares(data: dict[str, list[float]]) -> Figure:
    """Draw the parabola over the absolute error, with the three misses."""
    figure, axes = plt.subplots()
    axes.plot(data["misses"], data["squared"], color=LOSS)
    axes.plot(data["misses"], data["absolute"], "--", color=INK, linewidth=1.5)
    axes.plot(data["marks"], data["squares"], "s", color=LOSS, markersize=7)
    places = [(-2, 31), (0, 53), (7.5, 100)]
    for miss, square, place in zip(data["marks"], data["squares"], places, strict=True):
        axes.annotate(
            f"miss {miss:g}: {square:g}",
            (miss, square),
            place,
            ha="right" if miss == 10 else "center",
            va="center",
            arrowprops={"arrowstyle": "-", "linewidth": 0.8, "color": INK},
        )
    axes.text(-8.1, 75, "squared error", ha="left")
    axes.text(10.5, 22, "absolute\nerror", ha="right", va="center")
    axes.set(xlabel="miss", ylabel="loss", ylim=(-3, 108), xticks=[-10, -5, 0, 5, 10])
    axes.grid(axis="y", color=QUIET, linewidth=0.5)
    return figure


def fitted_line(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    weigh: Callable[[NDArray[np.float64]], NDArray[np.float64]],
) -> tuple[float, float]:
    """Return slope and intercept of the line whose loss is lowest.

    `weigh` says how much each point counts, given how far the line misses it: its loss's slope
    divided by twice the miss. A weighted least-squares fit is repeated until nothing moves.
    """
    columns = np.column_stack([x, np.ones_like(x)])
    line = np.zeros(2)
    for _ in range(200):
        roots = np.sqrt(weigh(np.abs(y - columns @ line)))
        line = np.linalg.lstsq(columns * roots[:, None], y * roots, rcond=None)[0]
    return float(line[0]), float(line[1])


def line_outlier_data() -> dict[str, Any]:
    """Fit a line to 20 points of y = 3x + 5, the last of them 100 too high, by three losses."""
    x = np.linspace(0, 10, 20)
    y = 3 * x + 5
    y[-1] += 100
    weights: dict[str, Callable[[NDArray[np.float64]], NDArray[np.float64]]] = {
        "MSE": np.ones_like,
        "MAE": lambda misses: 1 / np.maximum(misses, 1e-9),
        "Huber": lambda misses: HUBER_BORDER / np.maximum(misses, HUBER_BORDER),
    }
    return {
        "x": x.tolist(),
        "y": y.tolist(),
        "lines": {name: fitted_line(x, y, weigh) for name, weigh in weights.items()},
    }


def draw_line_outlier(data: dict[str, Any]) -> Figure:
    """Draw the points as rings, and the three lines."""
    figure, axes = plt.subplots(figsize=(5, 3.5))
    x, y = data["x"], data["y"]
    axes.plot(x, y, "o", color=TARGET, fillstyle="none", markersize=7, markeredgewidth=1.2)
    ends = np.array([0.0, 10.0])
    styles = {"MSE": (LOSS, "--", 2), "MAE": (PREDICTION, "-", 2.5), "Huber": (INK, ":", 1.5)}
    for name, (slope, intercept) in data["lines"].items():
        colour, style, width = styles[name]
        axes.plot(ends, slope * ends + intercept, style, color=colour, linewidth=width)
    slopes = {name: slope for name, (slope, _) in data["lines"].items()}
    axes.text(8.6, 55, f"MSE: slope {slopes['MSE']:.2f}", ha="right")
    axes.text(
        10.1,
        12,
        f"MAE: slope {slopes['MAE']:.2f}\nHuber: slope {slopes['Huber']:.2f}",
        ha="right",
        va="top",
    )
    axes.text(9.6, y[-1], "one wild point", ha="right", va="center")
    axes.set(xlabel="x", ylabel="y", ylim=(-25, 145), xticks=[0, 5, 10], yticks=[0, 50, 100])
    return figure
