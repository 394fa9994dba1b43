"""Training runs that go wrong on purpose: what the claims of the table of odd looks run."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from nnbasics import (
    SGD,
    Batch,
    Dense,
    Loss,
    Network,
    ReLU,
    load_penguins,
    mse,
    softmax_cross_entropy,
    train,
)
from website.figures.experiments import split

RATE = 0.1  # which is right for the healthy run
SEEDS = range(3)


def fitted(
    network: Network, examples: Batch, *, rate: float = RATE, epochs: int = 10, seed: int = 0
) -> float:
    """Train a network on digits, and return the loss of the last epoch in blind guesses."""
    run = train(
        network,
        softmax_cross_entropy,
        SGD(learning_rate=rate),
        *examples,
        epochs=epochs,
        batch_size=32,
        rng=np.random.default_rng(seed),
    )
    return [epoch.loss for epoch in run][-1] / math.log(10)


def with_ink(seed: int, *, scaled: bool) -> Batch:
    """Return the training digits with a column more, the ink of each picture from 0 to 16."""
    inputs, labels = split(seed).training
    ink = 16 * inputs.sum(axis=1, keepdims=True)
    if scaled:
        ink = (ink - ink.mean()) / ink.std()
    return Batch(np.hstack([inputs, ink]), labels)


def ink_network(seed: int) -> Network:
    """Return an untrained network for digits with that column."""
    rng = np.random.default_rng(seed)
    return Network(Dense(65, 32, rng=rng), ReLU(), Dense(32, 10, rng=rng))


def alive(network: Network, inputs: NDArray[np.floating]) -> int:
    """Count the hidden numbers that are above 0 for some input."""
    first, relu, _ = network.layers
    return int((relu.forward(first.forward(inputs)) > 0).any(axis=0).sum())


def growth(
    loss: Callable[..., Loss], rate: float, inputs: NDArray[np.floating] | None = None
) -> float:
    """Return the loss of a line after an update with all penguins, over that before.

    Its inputs are the scaled flippers, if no others are given.
    """
    flippers, masses = load_penguins()
    if inputs is None:
        inputs = (flippers - flippers.mean()) / flippers.std()
    network = Network(Dense(1, 1, rng=np.random.default_rng(0)))
    before = loss(network.forward(inputs), masses)
    network.backward(before.gradient)
    SGD(learning_rate=rate).update(network.parameters)
    return loss(network.forward(inputs), masses) / before


def swapped_mse(predictions: NDArray[np.floating], targets: NDArray[np.floating]) -> Loss:
    """Return the mean squared error as a call in the wrong order does."""
    return mse(targets, predictions)


def line_on_flippers(seed: int, *, rate: float, scaled: bool) -> dict[str, float]:
    """Train a line on penguins; return how far off it, the best one and a blind guess are, in kg.

    And the slopes of both lines in grams for each millimetre.
    """
    flippers, masses = load_penguins()
    rng = np.random.default_rng(seed)
    training, test = np.split(rng.permutation(len(flippers)), [274])
    mean, spread = flippers[training].mean(), flippers[training].std()
    inputs = (flippers - mean) / spread if scaled else flippers
    line = Network(Dense(1, 1, rng=rng))
    for _ in train(
        line, mse, SGD(learning_rate=rate), inputs[training], masses[training],
        epochs=20, batch_size=32, rng=rng,
    ):  # fmt: skip
        pass
    best = np.polyfit(flippers[training, 0], masses[training, 0], 1)
    blind = np.full_like(masses[test], masses[training].mean())
    weight = line.parameters[0].value.item() / (spread if scaled else 1)
    return {
        "off": mse(line.forward(inputs[test]), masses[test]) ** 0.5,
        "best off": mse(np.polyval(best, flippers[test]), masses[test]) ** 0.5,
        "blind off": mse(blind, masses[test]) ** 0.5,
        "slope": 1000 * weight,
        "best slope": 1000 * float(best[0]),
    }
