"""Lesson 5: one weight on its way down, and what a printed loss can hide."""

import functools
import inspect
import re
from typing import Any

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from nnbasics import SGD, Dense, Network, batches, mse, softmax_cross_entropy, train
from nnbasics.training import training_loop
from website import moving
from website.figures.experiments import (
    accuracy_on,
    loss_on,
    new_network,
    sorted_by_digit,
    split,
    updates,
)
from website.pictures import INK, LOSS, PREDICTION, QUIET, TARGET
from website.tables import Table

AMOUNT, RIGHT = 3.0, 12.0  # litres of soup, grams of salt


def walk(learning_rate: float, n_updates: int) -> list[tuple[float, float]]:
    """Return the weight and its loss before the first update and after each."""
    weight, steps = 1.0, []
    for _ in range(n_updates + 1):
        loss = mse(weight * AMOUNT, RIGHT)
        steps.append((weight, float(loss)))
        weight -= learning_rate * float(loss.gradient) * AMOUNT
    return steps


def rates_data() -> dict[str, Any]:
    """Follow one weight for twelve updates at many learning rates, up to and past the limit.

    The limit is where a step is twice the way to the bottom: 2 over how much the gradient grows
    with the weight.
    """
    at_4, at_5 = (float(mse(weight * AMOUNT, RIGHT).gradient) * AMOUNT for weight in (4, 5))
    limit = 2 / (at_5 - at_4)
    rates = [0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1]
    rates += [0.105, 0.11, limit, 0.112, 0.115, 0.12, 0.13]
    bowl = np.linspace(-2, 10, 49)
    return {
        "names": {"slow": 0.002, "good": 0.05, "largest stable": limit, "diverges": 0.115},
        "start": 0.115,
        "rates": rates,
        "walks": [[list(map(_shorter, step)) for step in walk(rate, 12)] for rate in rates],
        "still": [[weight, float(mse(weight * AMOUNT, RIGHT))] for weight in bowl],
    }


def _shorter(number: float) -> float:
    """Round a number to five digits, so that it takes little room on its way to the reader."""
    return float(f"{number:.5g}")


def draw_rates(data: dict[str, Any]) -> Figure:
    """Draw the walks at a slow, a good and a diverging rate: down the bowl, and as losses."""
    figure, (bowl, curve) = plt.subplots(1, 2, sharey=True, figsize=(5, 3))
    bowl.plot(*zip(*data["still"], strict=True), color=QUIET)
    looks = {"slow": (PREDICTION, "o:"), "good": (TARGET, "s-"), "diverges": (LOSS, "^--")}
    for name, (colour, style) in looks.items():
        steps = data["walks"][data["rates"].index(data["names"][name])]
        weights, losses = zip(*steps, strict=True)
        look = {"color": colour, "markersize": 5, "linewidth": 1.2, "gid": moving.PART}
        bowl.plot(weights, losses, style, **look)
        curve.plot(losses, style, **look)
    places = {"slow": (4.6, 66), "good": (2, 8), "diverges": (3.6, 105)}
    for name, place in places.items():
        text = curve.text(*place, f"{data['names'][name]}: {name}")
        text.set_gid(moving.PART)
    bowl.set(xlabel="weight", ylabel="loss", xlim=(-2, 10), xticks=[0, 4, 8])
    curve.set(xlabel="update", xlim=(-0.5, 12.5), xticks=[0, 4, 8, 12], ylim=(-8, 230))
    return figure


@functools.cache
def last_batch_data() -> dict[str, float]:
    """Train on a deck sorted by digit; compare the loss of its last batch with the mean."""
    parts = split(0)
    deck = sorted_by_digit(parts.training)
    network = new_network(0)
    run = updates(network, deck, learning_rate=0.1, batch_size=32, epochs=10, rng=None)
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


N_EPOCHS, N_BATCHES, BATCH_SIZE = 10, 4, 5


def steps() -> dict[str, str]:
    """Return the lines of source under the four numbered comments of the loop, by their names."""
    found = re.findall(r"# \d\. (\w+): .*\n +(.+)\n", inspect.getsource(training_loop))
    return {name.lower(): line for name, line in found}


def loop_data() -> dict[str, Any]:
    """Record each step of the lesson's session with 20 soups, at a tenth of its learning rate."""
    rng, learning_rate = np.random.default_rng(0), 0.005
    litres = rng.uniform(1, 4, size=(N_BATCHES * BATCH_SIZE, 1))
    salt = 3 * litres + 2
    ends = np.array([[1.0], [4.0]])  # of the line through all that the network can say
    network, optimizer = Network(Dense(1, 1, rng=rng)), SGD(learning_rate=learning_rate)
    run: dict[str, list[Any]] = {
        name: [] for name in ("soups", "predictions", "losses", "gradients", "parameters", "lines")
    }

    def note(name: str, *arrays: Any) -> None:
        run[name].append(np.concatenate([np.ravel(array) for array in arrays]).round(6).tolist())

    def note_parameters() -> None:
        note("parameters", *(parameter.value for parameter in network.parameters))
        note("lines", network.forward(ends))

    note_parameters()
    for _ in range(N_EPOCHS):
        for batch in batches(litres, salt, BATCH_SIZE, rng=rng):
            run["soups"].append([int(np.flatnonzero(litres == soup)[0]) for soup in batch.inputs])
            predictions = network.forward(batch.inputs)
            note("predictions", predictions)
            loss = mse(predictions, batch.targets)
            run["losses"].append(round(float(loss), 6))
            network.backward(loss.gradient)
            note("gradients", *(parameter.gradient for parameter in network.parameters))
            optimizer.update(network.parameters)
            note_parameters()
    means = np.reshape(run["losses"], (N_EPOCHS, N_BATCHES)).mean(axis=1)
    return {
        **steps(),
        "learning rate": learning_rate,
        "goals": {"weight": 3, "bias": 2},
        "epochs": N_EPOCHS,
        "batches": N_BATCHES,
        "ends": ends.ravel().tolist(),
        "litres": litres.ravel().round(6).tolist(),
        "salt": salt.ravel().round(6).tolist(),
        "means": means.round(6).tolist(),
        "last": {
            "loss": float(means[-1]),
            "weight": run["parameters"][-1][0],
            "bias": run["parameters"][-1][1],
        },
        **run,
    }


def draw_loop(data: dict[str, Any]) -> Figure:
    """Draw the first step of the run: five predictions, the loss to come, and both goals."""
    places = [["soups", "loss"], ["goals", "goals"]]
    figure, grid = plt.subplot_mosaic(places, height_ratios=[3, 1], figsize=(5, 3.5))
    litres, salt, batch = np.array(data["litres"]), np.array(data["salt"]), data["soups"][0]
    ring, part = {"fillstyle": "none", "color": TARGET}, {"gid": moving.PART}

    soups = grid["soups"]
    soups.plot(litres, salt, "o", color=QUIET, markersize=4)
    soups.plot(data["ends"], data["lines"][0], color=PREDICTION, **part)
    soups.plot(litres[batch], salt[batch], "o", markersize=9, markeredgewidth=2, **ring, **part)
    soups.plot(litres[batch], data["predictions"][0], "o", color=PREDICTION, markersize=6, **part)
    soups.set(xlim=(0.8, 4.2), ylim=(-2, 15.5), xlabel="litres", xticks=[1, 2, 3, 4])
    soups.set_title("salt, grams", loc="left")

    loss = grid["loss"]
    epochs = range(1, data["epochs"] + 1)
    loss.plot(epochs, data["means"], "--", color=INK, linewidth=1)
    loss.set(
        xlim=(0.4, 10.6), ylim=(-4, 145), xlabel="epoch", xticks=[1, 4, 7, 10], yticks=[0, 50, 100]
    )
    loss.set_title("loss", loc="left")

    goals = grid["goals"]
    for row, (goal, now) in enumerate(
        zip(data["goals"].values(), data["parameters"][0], strict=True)
    ):
        goals.axhline(row, color=QUIET, linewidth=1)
        goals.plot(goal, row, "o", markersize=12, markeredgewidth=2, **ring)
        goals.plot(now, row, "o", color=INK, markersize=7, **part)
    goals.set(xlim=(-0.4, 3.5), ylim=(1.6, -0.6), xticks=[0, 1, 2, 3])
    goals.set_yticks(range(2), data["goals"])
    goals.tick_params(axis="y", length=0)
    goals.spines["left"].set_visible(False)
    return figure
