"""A drawing, the 64 numbers that the network sees of it, and its ten probabilities."""

from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from website.figures.drawn.numbers import Sent
from website.figures.drawn.strokes import HEIGHT, WIDTH
from website.look import INK, MOVES, PREDICTION


def draw(numbers: Sent) -> Figure:
    """Draw the paper, the numbers beside it, and the bars below."""
    figure = plt.figure(figsize=(5, 4.2))
    figure.set_layout_engine("none")
    paper = figure.add_axes((0.005, 0.32, 0.46, 0.657))
    seen = figure.add_axes((0.512, 0.32, 0.48, 0.572))
    bars = figure.add_axes((0.005, 0.075, 0.99, 0.16))
    for stroke in numbers["strokes"]:
        paper.plot(*zip(*stroke, strict=True), color=INK, linewidth=5, gid=MOVES)
    for place, ink in enumerate(numbers["picture"]):
        row, column = divmod(place, 8)
        if ink:
            seen.add_patch(
                Rectangle((column, row), 1, 1, color=INK, alpha=ink / 40, linewidth=0, gid=MOVES)
            )
        seen.text(
            column + 0.5, row + 0.55, str(ink), ha="center", va="center", fontsize=11, gid=MOVES
        )
    for digit, percent in enumerate(numbers["percents"]):
        bars.add_patch(
            Rectangle((digit - 0.35, 0), 0.7, percent / 100, color=PREDICTION, gid=MOVES)
        )
        label = f"{percent} %"
        bars.text(digit, percent / 100 + 0.06, label, ha="center", fontsize=11, gid=MOVES)
    paper.set(xlim=(0, WIDTH), ylim=(HEIGHT, 0))
    seen.set(xlim=(0, 8), ylim=(8, 0), title="What it sees")
    bars.set(xlim=(-0.5, 9.5), ylim=(0, 1), xticks=range(10), yticks=[])
    bars.tick_params(axis="x", length=0)
    bars.spines["left"].set_visible(False)
    for axes in (paper, seen):
        axes.spines[:].set_visible(True)
        axes.set(xticks=[], yticks=[])
    return figure
