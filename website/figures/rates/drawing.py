"""The walks at a slow, a good and a diverging rate: down the bowl, and as losses."""

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from nnbasics import mse
from website.figures.rates.numbers import AMOUNT, RIGHT, Sent
from website.look import LOSS, MOVES, PREDICTION, QUIET, TARGET


def draw(numbers: Sent) -> Figure:
    """Draw the bowl, and three walks in it and over the updates."""
    figure, (bowl, curve) = plt.subplots(1, 2, sharey=True, figsize=(5, 3))
    weights = np.linspace(-2, 10, 49)
    bowl.plot(weights, [mse(weight * AMOUNT, RIGHT) for weight in weights], color=QUIET)
    looks = {"slow": (PREDICTION, "o:"), "good": (TARGET, "s-"), "diverges": (LOSS, "^--")}
    for name, (colour, style) in looks.items():
        steps = numbers["walks"][numbers["rates"].index(numbers["names"][name])]
        walked, losses = zip(*steps, strict=True)
        look = {"color": colour, "markersize": 5, "linewidth": 1.2, "gid": MOVES}
        bowl.plot(walked, losses, style, **look)
        curve.plot(losses, style, **look)
    places = {"slow": (4.6, 66), "good": (2, 8), "diverges": (3.6, 105)}
    for name, place in places.items():
        text = curve.text(*place, f"{numbers['names'][name]}: {name}")
        text.set_gid(MOVES)
    bowl.set(xlabel="weight", ylabel="loss", xlim=(-2, 10), xticks=[0, 4, 8])
    curve.set(xlabel="update", xlim=(-0.5, 12.5), xticks=[0, 4, 8, 12], ylim=(-8, 230))
    return figure
