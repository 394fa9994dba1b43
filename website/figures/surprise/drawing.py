"""The curve of surprise, three marks on it, and the detective's answer."""

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from website.figures.surprise.numbers import Numbers
from website.look import LOSS, MOVES, PREDICTION


def draw(numbers: Numbers) -> Figure:
    """Draw the curve over all probabilities, and the start as what moves."""
    figure, axes = plt.subplots(figsize=(5, 3.3))
    axes.plot(*zip(*numbers["curve"], strict=True), color=LOSS)
    offsets, sides = [(12, 3), (6, 14), (-4, 22)], ["left", "left", "center"]
    for (name, p), loss, offset, side in zip(
        numbers["marks"].items(), numbers["marks_cost"], offsets, sides, strict=True
    ):
        axes.plot(p, loss, "s", color=LOSS, markersize=6)
        axes.annotate(f"{name}: {loss:.2f}", (p, loss), offset, textcoords="offset points", ha=side)
    p, loss = numbers["start"] / 100, numbers["start_costs"]
    axes.plot(p, loss, "o", color=PREDICTION, markersize=10, gid=MOVES)
    axes.text(0.62, 3, f"p = {p:.2f} → {loss:.2f}", fontsize=18, ha="center", gid=MOVES)
    axes.set(xlabel="probability given to the right answer", ylabel="loss")
    axes.set(xlim=(-0.02, 1.05), ylim=(0, 5.5), xticks=[0, 0.25, 0.5, 0.75, 1])
    axes.xaxis.set_major_formatter(lambda p, _: f"{p:.0%}")
    return figure
