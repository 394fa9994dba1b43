"""The first runs to compare: losses above, right answers below."""

from typing import Any

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from website.figures.playground.numbers import Sent
from website.look import GRADIENT, MOVES, PREDICTION, TARGET


def draw(numbers: Sent) -> Figure:
    """Draw three runs over their epochs."""
    figure, (above, below) = plt.subplots(2, 1, sharex=True, figsize=(5, 4.1))
    epochs = range(1, 21)
    for name, size, colour in zip(
        "ABC", numbers["start"], (PREDICTION, TARGET, GRADIENT), strict=True
    ):
        run = numbers["runs"][0][numbers["sizes"].index(size)][numbers["rates"].index(0.1)]
        look: dict[str, Any] = {"color": colour, "linewidth": 1.5, "gid": MOVES}
        above.plot(epochs, run["training"], **look)
        above.plot(epochs, run["validation"], "--", **look)
        below.plot(epochs, run["right"], **look)
        epoch = {"A": 4, "B": 9, "C": 14}[name]
        for axes, curve in ((above, run["validation"]), (below, run["right"])):
            label = axes.annotate(
                name, (epoch, curve[epoch - 1]), (0, 4), textcoords="offset points", ha="center"
            )
            label.set_gid(MOVES)
    above.set(ylabel="loss", ylim=(0, 2.5), yticks=[0, 1, 2])
    below.set(ylabel="right, %", xlabel="epoch", ylim=(0, 105), yticks=[0, 50, 100])
    below.set(xlim=(0.5, 20.5), xticks=[1, 5, 10, 15, 20])
    return figure
