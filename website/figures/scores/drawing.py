"""The probabilities of the lesson's scores as bars; the right class has a ring."""

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from nnbasics import softmax
from website.figures.scores.numbers import Sent
from website.look import MOVES, PREDICTION, TARGET


def draw(numbers: Sent) -> Figure:
    """Draw the bars, the ring, and the probabilities in words."""
    figure, axes = plt.subplots(figsize=(5, 2.1))
    names, scores = numbers["classes"], numbers["start"]
    probabilities = softmax(scores)
    axes.barh(names, probabilities, height=0.6, color=PREDICTION, gid=MOVES)
    for place, probability in enumerate(probabilities):
        axes.text(
            probability + 0.02, place, f"{probability:.1%}".replace("%", " %"),
            va="center", gid=MOVES,
        )  # fmt: skip
    for bar in axes.patches:
        bar.set_gid(MOVES)
    axes.plot(
        -0.05, 0, "o", color=TARGET, fillstyle="none", markersize=11, markeredgewidth=2,
        clip_on=False, gid=MOVES,
    )  # fmt: skip
    axes.set(xlim=(-0.1, 1.2), ylim=(2.5, -0.5), xlabel="probability")
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
    axes.xaxis.set_major_formatter(lambda p, _: f"{p:.0%}")
    axes.tick_params(axis="y", length=0)
    return figure
