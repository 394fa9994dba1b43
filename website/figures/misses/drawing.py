"""Each miss as a true square, and all squares poured into a column as wide as one."""

from typing import Any

from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from nnbasics import mse
from website.figures.misses.numbers import Numbers
from website.look import INK, LOSS, MOVES, PREDICTION, TARGET


def draw(numbers: Numbers) -> Figure:
    """Draw guesses, answers, misses and squares."""
    figure, axes = plt.subplots(figsize=(5, 3.5))
    reach, floor = numbers["reach"], 0.0
    unit: dict[str, Any] = {"alpha": 0.25, "gid": MOVES, "color": LOSS}
    ring: dict[str, Any] = {"color": TARGET, "fillstyle": "none", "markersize": 18}
    for column, guess, answer in zip(
        numbers["columns"], numbers["guesses"], numbers["answers"], strict=True
    ):
        side, square = abs(guess - answer), float(mse(guess, answer))
        axes.add_patch(Rectangle((column, min(guess, answer)), side, side, **unit))
        axes.add_patch(Rectangle((numbers["total"], floor), reach, square / reach, **unit))
        floor += square / reach
        axes.plot([column] * 2, [answer, guess], color=LOSS, gid=MOVES)
        axes.plot(column, answer, "o", **ring, markeredgewidth=2, gid=MOVES)
        axes.plot(column, guess, "o", color=PREDICTION, markersize=13, gid=MOVES)
    axes.add_patch(Rectangle((numbers["total"], 0), reach, floor / 3, **unit))
    for third in (1, 2):
        height = third * floor / 3
        ends = [numbers["total"], numbers["total"] + reach]
        axes.plot(ends, [height] * 2, "--", color=INK, linewidth=1, gid=MOVES)
    axes.set(xlim=(0, 20.2), ylim=(0, 13), yticks=[0, 4, 8, 12], aspect="equal")
    middles = [column + 1.5 for column in numbers["columns"]]
    axes.set_xticks(
        [*middles, numbers["total"] + reach / 2], ["first", "second", "third", "together"]
    )
    axes.tick_params(axis="x", length=0)
    return figure
