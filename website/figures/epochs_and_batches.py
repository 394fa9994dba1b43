"""Lesson 4: what the batch size changes, what order does, and the last small batch."""

import functools

import numpy as np

from nnbasics import Network, batches, softmax_cross_entropy
from website.figures.experiments import accuracy_on, new_network, sorted_by_digit, split, updates
from website.tables import Table

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
    squares = []
    while len(squares) < 400:
        batch = next(batches(*examples, batch_size, rng=rng))
        squares.append(np.sum((flat_gradient(network, *batch) - true) ** 2))
    return float(np.sqrt(np.mean(squares) / np.sum(true**2)))


def mean_accuracy(learning_rate: float, batch_size: int) -> float:
    """Return the test accuracy after 20 epochs, the mean of three runs."""
    accuracies = []
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
        accuracies.append(accuracy_on(network, parts.test))
    return float(np.mean(accuracies))


def batch_size_table() -> Table:
    """Return what the batch size changes: updates, wobble, and accuracy at two rates."""
    # The second rate of each size is the best of a small search on the validation digits.
    rows = [
        [
            f"{size:,}",
            str(1280 // size),
            f"{wobble(size):.2f}",
            f"{100 * mean_accuracy(0.1, size):.0f} %",
            f"{100 * mean_accuracy(rate, size):.0f} % at {rate}",
        ]
        for size, rate in ((8, 0.3), (32, 0.8), (128, 1.0), (1280, 0.8))
    ]
    columns = {
        "Batch size": "",
        "Updates an epoch": "",
        "Wobble": "gradient",
        "Right at rate 0.1": "",
        "Right at a rate that suits": "",
    }
    return Table(columns, rows)


@functools.cache
def order_accuracies() -> dict[str, list[float]]:
    """Train on a deck sorted by digit: dealt as it lies, and shuffled for each epoch."""
    accuracies: dict[str, list[float]] = {"sorted, never shuffled": [], "shuffled each epoch": []}
    for seed in SEEDS:
        parts = split(seed)
        deck = sorted_by_digit(parts.training)
        for name, rng in zip(accuracies, (None, np.random.default_rng(seed)), strict=True):
            network = new_network(seed)
            for _ in updates(network, deck, learning_rate=0.1, batch_size=32, epochs=10, rng=rng):
                pass
            accuracies[name].append(accuracy_on(network, parts.test))
    return accuracies


def order_table() -> Table:
    """Compare the two ways of dealing."""
    rows = [[name, f"{100 * np.mean(values):.0f} %"] for name, values in order_accuracies().items()]
    return Table({"The deck": "", "Right answers on new digits": ""}, rows)


@functools.cache
def last_update(n_training: int) -> tuple[list[float], list[float]]:
    """Return the test accuracies of five runs right before and right after the last update."""
    before, after = [], []
    for seed in range(5):
        parts = split(seed, n_training, 1497 - n_training)
        network, rng = new_network(seed), np.random.default_rng(seed)
        run = updates(network, parts.training, learning_rate=0.1, batch_size=16, epochs=20, rng=rng)
        n_updates = 20 * -(-n_training // 16)
        for number, _ in enumerate(run, 1):
            if number == n_updates - 1:
                before.append(accuracy_on(network, parts.test))
        after.append(accuracy_on(network, parts.test))
    return before, after


def last_batch_table() -> Table:
    """Measure the last update of a run whose last batch holds one card, and of one that fits."""
    rows = []
    for n_training in (1297, 1280):
        before, after = last_update(n_training)
        rows.append(
            [
                f"{n_training:,}",
                str(n_training % 16 or 16),
                f"{100 * np.mean(before):.1f} %",
                f"{100 * np.mean(after):.1f} %",
                f"{100 * np.min(after):.0f} %",
            ]
        )
    columns = {
        "Examples": "",
        "In the last batch": "",
        "Correct before it": "",
        "Correct after it": "",
        "Worst of 5 runs": "",
    }
    return Table(columns, rows)
