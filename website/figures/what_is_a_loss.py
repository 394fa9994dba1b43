"""Lesson 1: a low loss on the practice examples can mean nothing."""

import numpy as np

from nnbasics import Batch
from website.figures.experiments import accuracy_on, loss_on, new_network, split, updates
from website.tables import Table


def memorised_table() -> Table:
    """Train on 100 digits whose labels were drawn by lot: there is nothing to learn."""
    seeds = range(5)
    practice, unseen = [], []
    for seed in seeds:
        rng = np.random.default_rng(seed)
        parts = split(seed)
        lot = Batch(parts.training.inputs[:100], rng.integers(10, size=100))
        network = new_network(seed, n_hidden=64)
        for _ in updates(network, lot, learning_rate=0.1, batch_size=10, epochs=200, rng=rng):
            pass
        practice.append((loss_on(network, lot), accuracy_on(network, lot)))
        unseen.append((loss_on(network, parts.test), accuracy_on(network, parts.test)))
    rows = [
        [name, f"{loss:.2f}", f"{100 * accuracy:.0f} %"]
        for name, (loss, accuracy) in (
            ("100 practice digits", np.mean(practice, axis=0)),
            ("300 new digits", np.mean(unseen, axis=0)),
        )
    ]
    return Table({"Measured on": "", "Loss": "loss", "Right answers": ""}, rows)
