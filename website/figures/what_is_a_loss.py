"""Lesson 1: a low loss on the practice examples can mean nothing."""

import functools

import numpy as np

from nnbasics import Batch, cross_entropy, load_digits
from website.figures.experiments import accuracy_on, loss_on, new_network, split, updates
from website.look import Table

SEEDS = range(5)


@functools.cache
def learned_by_heart(*, epochs: int = 200, labels_at_random: bool = True) -> dict[str, list[float]]:
    """Train on 100 digits with random labels; return mean loss and accuracy of five runs."""
    practice, unseen = [], []
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        parts = split(seed)
        inputs, labels = (part[:100] for part in parts.training)
        lot = Batch(inputs, rng.integers(10, size=100) if labels_at_random else labels)
        network = new_network(seed, n_hidden=64)
        for _ in updates(network, lot, learning_rate=0.1, batch_size=10, epochs=epochs, rng=rng):
            pass
        practice.append((loss_on(network, lot), accuracy_on(network, lot)))
        unseen.append((loss_on(network, parts.test), accuracy_on(network, parts.test)))
    return {
        "practice": np.mean(practice, axis=0).tolist(),
        "unseen": np.mean(unseen, axis=0).tolist(),
    }


def blind_guess() -> tuple[float, float]:
    """Return the loss and the accuracy of giving each digit the same probability."""
    n_classes = len(set(load_digits()[1].tolist()))
    return cross_entropy(np.full(n_classes, 1 / n_classes), 0), 1 / n_classes


def memorised_table() -> Table:
    """Show that there was nothing to learn from labels picked at random."""
    results = learned_by_heart()
    rows = [
        [name, f"{loss:.2f}", f"{100 * accuracy:.0f} %"]
        for name, (loss, accuracy) in (
            ("100 practice digits", results["practice"]),
            ("300 new digits", results["unseen"]),
            ("a blind guess", blind_guess()),
        )
    ]
    return Table({"Measured on": "", "Cross-entropy": "loss", "Right answers": ""}, rows)
