"""The picture that is shown where someone shares a link to the site."""

import functools
import io

from matplotlib import pyplot as plt

from website.figures import digits

CREAM, INK, PAPRIKA, BLUE = "#fff6e9", "#2b2521", "#b23a1e", "#1f5fa8"


@functools.cache
def card() -> bytes:
    """Draw 1200 by 630 pixels: the name, and the loss of the digits run as it falls."""
    epochs = digits.progress_data()["epoch"]
    losses = digits.progress_data()["training loss"]
    with plt.rc_context({"font.family": "sans-serif"}):
        figure = plt.figure(figsize=(12, 6.3), dpi=100, facecolor=CREAM)
        axes = figure.add_axes((0.08, 0.1, 0.84, 0.42), facecolor="none")
        axes.plot(epochs, losses, "s-", color=PAPRIKA, linewidth=5, markersize=11)
        axes.set_axis_off()
        figure.text(0.08, 0.80, "Neural network basics", fontsize=50, weight="bold", color=INK)
        figure.text(
            0.08,
            0.66,
            "What a loss is, and how a network trains.\nEvery number computed.",
            fontsize=25,
            color=INK,
            va="center",
            linespacing=1.4,
        )
        out = io.BytesIO()
        figure.savefig(out, format="png", metadata={"Software": None})
        plt.close(figure)
    return out.getvalue()
