"""Runs on the digits to compare: every batch size at every rate, with two losses."""

import json
import math
from pathlib import Path
from typing import TypedDict

import numpy as np

from nnbasics import SGD, Batch, mse, softmax_cross_entropy, train
from website.figures.experiments import accuracy_on, new_network, split

BATCH_SIZES = [8, 32, 128, 1280]
RATES = [0.01, 0.1, 0.5, 2]
LOSSES = {"cross-entropy": softmax_cross_entropy, "squared error": mse}
SECONDS = Path(__file__).with_name("seconds.json")


class Run(TypedDict):
    """A run, epoch by epoch: both losses, and the percentage of right answers."""

    training: list[float]
    validation: list[float]
    right: list[int]


class Sent(TypedDict):
    """What the script gets: `runs[loss][size][rate]`, and `seconds[loss][size]` of each."""

    sizes: list[int]
    rates: list[float]
    losses: list[str]
    updates: list[int]
    seconds: list[list[float]]
    start: list[int]
    runs: list[list[list[Run]]]


def train_digits(batch_size: int, learning_rate: float, loss: str) -> Run:
    """Train as lesson 6 does, with other settings; return the losses and the right answers."""
    parts, network = split(0), new_network(0)
    training, validation = parts.training, parts.validation
    if loss == "squared error":  # the right scores are 1 for the right digit, 0 for the others
        training, validation = (
            Batch(part.inputs, np.eye(10)[part.targets]) for part in (training, validation)
        )
    epochs = train(
        network,
        LOSSES[loss],
        SGD(learning_rate=learning_rate),
        *training,
        epochs=20,
        batch_size=batch_size,
        rng=np.random.default_rng(0),
        validation=validation,
    )
    rows = [
        (epoch.loss, epoch.validation_loss or 0.0, 100 * accuracy_on(network, parts.validation))
        for epoch in epochs
    ]
    losses, validation_losses, right = np.array(rows).T
    return {
        "training": losses.round(3).tolist(),
        "validation": validation_losses.round(3).tolist(),
        "right": right.round().astype(int).tolist(),
    }


def compute() -> Sent:
    """Run every batch size at every rate with both losses, one seed."""
    times = json.loads(SECONDS.read_text(encoding="utf-8"))
    return {
        "sizes": BATCH_SIZES,
        "rates": RATES,
        "losses": list(LOSSES),
        "updates": [20 * math.ceil(1280 / size) for size in BATCH_SIZES],
        "seconds": [[times["seconds"][loss][str(size)] for size in BATCH_SIZES] for loss in LOSSES],
        "start": [32, 8, 1280],
        "runs": [
            [[train_digits(size, rate, loss) for rate in RATES] for size in BATCH_SIZES]
            for loss in LOSSES
        ],
    }
