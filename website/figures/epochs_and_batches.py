"""Lesson 4: what the batch size changes, what order does, and the last small batch."""

import functools
from typing import Any

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from nnbasics import Network, batches, softmax_cross_entropy
from website.figures.experiments import (
    accuracy_on,
    new_network,
    sorted_by_digit,
    split,
    updates,
)
from website.look import GRADIENT, INK, LOSS, PREDICTION, Table

SEEDS = range(3)


def flat_gradient(network: Network, inputs: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return all gradients of a batch as one long row."""
    network.backward(softmax_cross_entropy(network.forward(inputs), labels).gradient)
    return np.concatenate([parameter.gradient.ravel() for parameter in network.parameters])


def wobble(batch_size: int) -> float:
    """Return how far a batch's gradient is off, as a multiple of the true gradient's size."""
    rng = np.random.default_rng(0)
    network, examples = new_network(0), split(0).training
    true = flat_gradient(network, *examples)
    squares: list[float] = []
    while len(squares) < 400:
        batch = next(batches(*examples, batch_size, rng=rng))
        squares.append(float(np.sum((flat_gradient(network, *batch) - true) ** 2)))
    return float(np.sqrt(np.mean(squares) / np.sum(true**2)))


def wobble_data() -> dict[str, Any]:
    """Return the wobble of 400 batches of each size, and 1 / sqrt(batch size) from the first."""
    sizes = [1, 4, 16, 64, 256]
    wobbles = [wobble(size) for size in sizes]
    line = [wobbles[0] / size**0.5 for size in sizes]
    return {"sizes": sizes, "wobbles": wobbles, "one over the root": line}


def draw_wobble(data: dict[str, Any]) -> Figure:
    """Draw the wobble over the batch size; both axes grow by equal factors."""
    figure, axes = plt.subplots()
    axes.plot(data["sizes"], data["one over the root"], "--", color=INK, linewidth=1.2)
    axes.plot(data["sizes"], data["wobbles"], "v", color=GRADIENT, markersize=9)
    for size, measured in zip(data["sizes"], data["wobbles"], strict=True):
        axes.annotate(
            f"{measured:.2f}", (size, measured), (8, 3), textcoords="offset points", va="bottom"
        )
    axes.text(14, 5, "dashed: half the wobble\nfor four times the cards", va="center")
    axes.set(xscale="log", yscale="log", xlabel="batch size", ylabel="wobble")
    axes.set_xticks(data["sizes"], map(str, data["sizes"]))
    axes.set_yticks([0.5, 1, 2, 4], ["0.5", "1", "2", "4"])
    axes.xaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_minor_locator(NullLocator())
    axes.set(xlim=(0.75, 600), ylim=(0.25, 9))
    return figure


@functools.cache
def accuracies(learning_rate: float, batch_size: int) -> list[float]:
    """Return the test accuracy after 20 epochs, for each of three seeds."""
    found = []
    for seed in SEEDS:
        parts, network = split(seed), new_network(seed)
        rng = np.random.default_rng(seed)
        for _ in updates(
            network,
            parts.training,
            learning_rate=learning_rate,
            batch_size=batch_size,
            epochs=20,
            rng=rng,
        ):
            pass
        found.append(accuracy_on(network, parts.test))
    return found


@functools.cache
def order_data(*, is_sorted: bool = True) -> dict[str, Any]:
    """Train on a deck sorted by digit: dealt as it lies, and shuffled for each epoch.

    Returns the test accuracy after each of ten epochs, a list for each of three seeds, and how
    many of the 300 test digits are read as a 9 after the first epoch of the sorted deck.
    """
    found: dict[str, list[list[float]]] = {"sorted, never shuffled": [], "shuffled each epoch": []}
    nines: list[int] = []
    for seed in SEEDS:
        parts = split(seed)
        deck = sorted_by_digit(parts.training) if is_sorted else parts.training
        for name, rng in zip(found, (None, np.random.default_rng(seed)), strict=True):
            network = new_network(seed)
            found[name].append([])
            for _ in range(10):
                for _ in updates(
                    network, deck, learning_rate=0.1, batch_size=32, epochs=1, rng=rng
                ):
                    pass
                found[name][-1].append(accuracy_on(network, parts.test))
                if rng is None and len(nines) == seed:
                    guesses = network.forward(parts.test.inputs).argmax(axis=1)
                    nines.append(int(np.sum(guesses == 9)))
    return {"accuracies": found, "nines after one epoch": nines}


def draw_order(data: dict[str, Any]) -> Figure:
    """Draw each run's accuracy over the epochs, three for each way of dealing."""
    figure, axes = plt.subplots()
    looks = [("^--", LOSS), ("o-", PREDICTION)]
    for runs, (style, colour) in zip(data["accuracies"].values(), looks, strict=True):
        for run in runs:
            axes.plot(
                range(1, 11), 100 * np.array(run), style, color=colour, markersize=5, linewidth=1.2
            )
    axes.text(10, 82, "shuffled for each epoch", ha="right", va="center")
    axes.text(10, 9, "sorted, never shuffled", ha="right", va="center")
    axes.set(xlabel="epoch", ylabel="right answers, %", xticks=[1, 4, 7, 10])
    axes.set(ylim=(0, 102), yticks=[0, 25, 50, 75, 100])
    axes.grid(axis="y", linewidth=0.5)
    return figure


def order_table() -> Table:
    """Return the mean accuracies at the end of the runs of `order_data`."""
    rows = [
        [name, f"{100 * np.mean([run[-1] for run in runs]):.0f} %"]
        for name, runs in order_data()["accuracies"].items()
    ]
    return Table({"The deck": "", "Right answers on new digits": ""}, rows)


@functools.cache
def lost_in_last_updates(n_training: int) -> list[float]:
    """Return the points of test accuracy that the last update of an epoch costs.

    Ten runs with batches of 16, and of each run the epochs 11 to 20: a hundred updates. Most
    cost nothing and a few cost a lot, so fewer would be a matter of luck.
    """
    lost = []
    n_batches = -(-n_training // 16)
    for seed in range(10):
        parts = split(seed, n_training, 1497 - n_training)
        network, rng = new_network(seed), np.random.default_rng(seed)
        run = updates(network, parts.training, learning_rate=0.1, batch_size=16, epochs=20, rng=rng)
        before = 0.0
        for number, _ in enumerate(run, 1):
            epoch, batch = divmod(number - 1, n_batches)
            if epoch >= 10 and batch == n_batches - 2:
                before = accuracy_on(network, parts.test)
            if epoch >= 10 and batch == n_batches - 1:
                lost.append(100 * (before - accuracy_on(network, parts.test)))
    return lost


def last_batch_table() -> Table:
    """Compare decks whose last batch holds one card, and a whole batch."""
    rows = []
    for n_training in (1297, 1280):
        lost = lost_in_last_updates(n_training)
        rows.append(
            [
                f"{n_training:,}",
                str(n_training % 16 or 16),
                f"{max(np.mean(lost), 0.0):.1f}",
                f"{max(lost):.1f}",
            ]
        )
    columns = {"Examples": "", "In the last batch": "", "Points lost, mean": "", "Worst": ""}
    return Table(columns, rows)
