"""Lesson 5: one weight on its way down, and what a printed loss can hide."""

import functools
from typing import Any

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from nnbasics import SGD, softmax_cross_entropy, train
from website.figures.experiments import (
    accuracy_on,
    loss_on,
    new_network,
    sorted_by_digit,
    split,
    updates,
)
from website.look import LOSS, PREDICTION, TARGET, Table


@functools.cache
def last_batch_data(*, shuffled: bool = False) -> dict[str, float]:
    """Train on a deck sorted by digit; compare the loss of its last batch with the mean."""
    parts = split(0)
    deck = sorted_by_digit(parts.training)
    network = new_network(0)
    rng = np.random.default_rng(0) if shuffled else None
    run = updates(network, deck, learning_rate=0.1, batch_size=32, epochs=10, rng=rng)
    losses = list(run)
    return {
        "printed": losses[-1],
        "true": loss_on(network, parts.training),
        "accuracy": accuracy_on(network, parts.test),
    }


def last_batch_table() -> Table:
    """Return the printed and the true loss of the sorted deck."""
    data = last_batch_data()
    rows = [
        ["Loss of the last batch", f"{data['printed']:.2f}"],
        ["Mean loss over all practice digits", f"{data['true']:.2f}"],
        ["Right answers on new digits", f"{100 * data['accuracy']:.0f} %"],
    ]
    return Table({"After ten epochs": "", "Measured": "loss"}, rows)


def learning_rates_data() -> dict[str, Any]:
    """Train on the digits for ten epochs at six rates: the losses, and the accuracy at the end."""
    parts, losses, accuracies = split(0), {}, {}
    for rate in (0.001, 0.01, 0.1, 0.5, 2, 10):
        network = new_network(0)
        epochs = train(
            network,
            softmax_cross_entropy,
            SGD(learning_rate=rate),
            *parts.training,
            epochs=10,
            batch_size=32,
            rng=np.random.default_rng(0),
        )
        losses[str(rate)] = [epoch.loss for epoch in epochs]
        accuracies[str(rate)] = accuracy_on(network, parts.test)
    return {"losses": losses, "accuracies": accuracies, "blind guess": float(np.log(10))}


def draw_learning_rates(data: dict[str, Any]) -> Figure:
    """Draw the training loss at each rate; the first of rate 10 is far above the frame."""
    figure, axes = plt.subplots(figsize=(5, 3.5))
    slow, good, stuck = (PREDICTION, "o:"), (TARGET, "s-"), (LOSS, "^--")
    styles = dict(zip(data["losses"], (slow, slow, good, good, stuck, stuck), strict=True))
    lifts = dict(zip(data["losses"], (-0.1, 0, 0.06, -0.05, 0.01, 0.09), strict=True))
    for rate, losses in data["losses"].items():
        colour, style = styles[rate]
        shown = [loss if loss < 3 else np.nan for loss in losses]
        axes.plot(range(1, 11), shown, style, color=colour, markersize=5, markevery=3)
        axes.text(10.3, losses[-1] + lifts[rate], rate, va="center")
    axes.text(10.3, 2.82, "rate", va="center")
    axes.text(2.2, 2.6, f"too large: stuck (blind guess {data['blind guess']:.2f})")
    axes.text(5.2, 1.4, "too small: slow")
    axes.text(3.2, 0.75, "good")
    axes.set(xlabel="epoch", ylabel="training loss", xticks=[1, 4, 7, 10])
    axes.set(xlim=(0.8, 12), ylim=(-0.1, 2.95))
    return figure
