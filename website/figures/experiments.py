"""Runs on the digits that more than one page speaks of."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnbasics import (
    SGD,
    Batch,
    Dense,
    Network,
    ReLU,
    batches,
    load_digits,
    softmax_cross_entropy,
)


class Split(NamedTuple):
    """The digits, scaled to 0..1 and cut into three parts by a seed."""

    training: Batch
    validation: Batch
    test: Batch


def split(seed: int, n_training: int = 1280, n_validation: int = 217) -> Split:
    """Shuffle the digits and cut them: what is left after two parts is the test."""
    images, labels = load_digits()
    order = np.random.default_rng(seed).permutation(len(images))
    cuts = np.split(order, [n_training, n_training + n_validation])
    return Split(*(Batch(images[part] / 16, labels[part]) for part in cuts))


def sorted_by_digit(examples: Batch) -> Batch:
    """Return the examples in the order of their labels: all zeros, all ones, up to the nines."""
    order = np.argsort(examples.targets, kind="stable")
    return Batch(examples.inputs[order], examples.targets[order])


def new_network(seed: int, n_hidden: int = 32, n_classes: int = 10) -> Network:
    """Return an untrained network for the digits."""
    rng = np.random.default_rng(seed)
    return Network(Dense(64, n_hidden, rng=rng), ReLU(), Dense(n_hidden, n_classes, rng=rng))


def updates(
    network: Network,
    examples: Batch,
    *,
    learning_rate: float,
    batch_size: int,
    epochs: int,
    rng: np.random.Generator | None,
) -> Iterator[float]:
    """Train, and yield each batch's loss after its update. Without an rng, never shuffle."""
    optimizer = SGD(learning_rate=learning_rate)
    for _ in range(epochs):
        for batch in batches(*examples, batch_size, rng=rng):
            loss = softmax_cross_entropy(network.forward(batch.inputs), batch.targets)
            network.backward(loss.gradient)
            optimizer.update(network.parameters)
            yield float(loss)


def loss_on(network: Network, examples: Batch) -> float:
    """Return the mean loss over examples."""
    return float(softmax_cross_entropy(network.forward(examples.inputs), examples.targets))


def accuracy_on(network: Network, examples: Batch) -> float:
    """Return the share of examples whose highest score is at the right class."""
    guesses: NDArray[np.int64] = network.forward(examples.inputs).argmax(axis=1)
    return float(np.mean(guesses == examples.targets))
