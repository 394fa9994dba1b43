"""Two layers with every number of the way forward, and below each its blame."""

from typing import Any

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from website.figures.blame.numbers import Sent
from website.look import GRADIENT, INK, LOSS, MOVES, PREDICTION, QUIET, TARGET

COLOURS = {
    "ink": INK,
    "prediction": PREDICTION,
    "target": TARGET,
    "loss": LOSS,
    "gradient": GRADIENT,
}
LINES = {
    ("litres", "raw 1"): QUIET,
    ("litres", "raw 2"): QUIET,
    ("raw 1", "hidden 1"): QUIET,
    ("raw 2", "hidden 2"): QUIET,
    ("hidden 1", "prediction"): QUIET,
    ("hidden 2", "prediction"): QUIET,
    ("prediction", "target"): LOSS,
}
HEADS = {
    "litres": "litres",
    "raw 1": "hidden",
    "hidden 1": "ReLU",
    "prediction": "prediction",
    "target": "target",
}
RADIUS = 18  # in points


def draw(numbers: Sent) -> Figure:
    """Draw the network with the numbers of all steps before the update."""
    figure, axes = plt.subplots(figsize=(5, 2.9))
    axes.set(xlim=(0, 100), ylim=(0, 61))
    axes.set_axis_off()
    places = numbers["places"]
    middle: dict[str, Any] = {"ha": "center", "va": "center"}
    for (start, end), colour in LINES.items():
        line = {"arrowstyle": "-", "shrinkA": RADIUS, "shrinkB": RADIUS, "color": colour}
        axes.annotate("", places[end][:2], places[start][:2], arrowprops=line)
    for name in dict.fromkeys(name for ends in LINES for name in ends):
        x, y, colour = places[name]
        axes.plot(x, y, "o", markersize=2 * RADIUS, color=COLOURS[colour], fillstyle="none")
    for name, head in HEADS.items():
        axes.text(places[name][0], 58, head, **middle)
    axes.text(places["loss"][0], 45, "loss", **middle)
    for step in numbers["steps"]:
        for name, text in step["shows"].items():
            x, y, colour = places[name]
            axes.text(x, y, text, color=COLOURS[colour], gid=MOVES, **middle)
    return figure
