"""Train the network that reads drawings, with what the reader has drawn, if anything.

This file runs in the reader's browser, in the build and in the tests: so it needs NumPy and
nnbasics alone.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnbasics import (
    SGD,
    Batch,
    Dense,
    Network,
    ReLU,
    load_digits,
    softmax_cross_entropy,
    train,
)

COPIES = 9  # bent copies of each picture
TIMES = 10  # how often a drawing of the reader's counts, so that it is not lost among 1,280 others


class Trained(NamedTuple):
    """What the page is told, under the names that an exercise's verdict has."""

    kind: str
    sentence: str  # the weights, as JSON
    line: int = 0
    python: str = ""


def judge(program: str, _check: str, _seed: int, show: Callable[[str], object], *_: Any) -> Trained:
    """Train anew with the reader's drawings: `program` has their pictures and labels, as JSON."""
    drawn = json.loads(program)
    network, test = trained(drawn["pictures"], drawn["labels"], show=show)
    numbers = in_thousandths(network)
    right = int(np.sum(guesses(from_thousandths(numbers), test.inputs) == test.targets))
    return Trained("trained", json.dumps({"weights": numbers, "right": right}))


def trained(
    pictures: Sequence[Sequence[int]] = (),
    labels: Sequence[int] = (),
    *,
    copies: int = COPIES,
    bend: bool = True,
    show: Callable[[str], object] = lambda _: None,
) -> tuple[Network, Batch]:
    """Train as lesson 6 does, from the same first weights, but on bent copies as well.

    Returns:
        The network, and the lesson's test pictures, which it never saw.
    """
    images, answers = load_digits()
    rng = np.random.default_rng(0)
    training, _, test = np.split(rng.permutation(len(images)), [1280, 1497])
    network = Network(Dense(64, 32, rng=rng), ReLU(), Dense(32, 10, rng=rng))
    drawn = np.reshape(np.array(pictures, dtype=float), (-1, 64)).repeat(TIMES, axis=0)
    inputs = np.concatenate([images[training], drawn])
    targets = np.concatenate([answers[training], np.repeat(np.array(labels, dtype=int), TIMES)])

    more = np.tile(inputs, (copies, 1))
    inputs = np.concatenate([inputs, bent(more, rng) if bend else more]) / 16
    targets = np.tile(targets, copies + 1)
    for epoch in train(
        network,
        softmax_cross_entropy,
        SGD(learning_rate=0.1),
        inputs,
        targets,
        epochs=20,
        batch_size=32,
        rng=rng,
    ):
        if epoch.number in (1, 5, 10, 15, 20):
            show(f"Epoch {epoch.number:2}: loss {epoch.loss:.2f}\n")
    return network, Batch(images[test], answers[test])


def bent(images: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Return the pictures, each a little turned, slanted, stretched and moved, at random."""
    count = len(images)
    turn, slant = rng.normal(0, 0.2, (count, 1)), rng.normal(0, 0.3, (count, 1))
    wide, high = np.exp(rng.normal(0, 0.15, (2, count, 1)))
    right, down = rng.normal(0, 0.4, (2, count, 1))
    y, x = (each.reshape(1, 64) for each in np.mgrid[0:8, 0:8] - 3.5)
    # Where in the old picture each dot of the new one comes from. Around it lies empty paper.
    old_y = np.sin(turn) * x + np.cos(turn) * y
    old_x = (np.cos(turn) * x - np.sin(turn) * y + slant * old_y) * wide + right
    old_x, old_y = (np.clip(old + 4.5, 0, 8.999) for old in (old_x, old_y * high + down))
    column, row, which = old_x.astype(int), old_y.astype(int), np.arange(count)[:, np.newaxis]
    paper = np.pad(images.reshape(count, 8, 8), ((0, 0), (1, 2), (1, 2)))
    to_right, to_below = old_x - column, old_y - row
    above, below = (
        paper[which, at, column] * (1 - to_right) + paper[which, at, column + 1] * to_right
        for at in (row, row + 1)
    )
    new: NDArray[np.float64] = above * (1 - to_below) + below * to_below
    return new


def in_thousandths(network: Network) -> list[Any]:
    """Return weights and biases of both layers as whole thousandths: that is what travels."""
    return [(1000 * part.value).round().astype(int).tolist() for part in network.parameters]


def from_thousandths(numbers: Sequence[Any]) -> Network:
    """Return the network that has these weights and biases."""
    rng = np.random.default_rng(0)
    network = Network(Dense(64, 32, rng=rng), ReLU(), Dense(32, 10, rng=rng))
    for part, values in zip(network.parameters, numbers, strict=True):
        part.value[:] = np.array(values) / 1000
    return network


def guesses(network: Network, images: NDArray[Any]) -> NDArray[np.int64]:
    """Return the digit with the highest score for each picture."""
    highest: NDArray[np.int64] = network.forward(images / 16).argmax(axis=1)
    return highest
