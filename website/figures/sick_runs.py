"""Training runs that go wrong on purpose: what the claims of the table of odd looks run."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
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
from website.figures.digits import overfit_data
from website.figures.experiments import new_network, split
from website.look import INK, LOSS, PREDICTION

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


def panels_data() -> dict[str, Any]:
    """Train four times on digits: three runs are sick, and one is well."""
    overfit = overfit_data()
    by_heart = {"training": overfit["training loss"], "validation": overfit["validation loss"]}
    return {"A": _watched(2.0), "B": by_heart, "C": _watched(0.001), "D": _watched(RATE)}


def _watched(rate: float) -> dict[str, Any]:
    """Return both losses of each of 20 epochs at a learning rate."""
    parts = split(0)
    run = train(
        new_network(0),
        softmax_cross_entropy,
        SGD(learning_rate=rate),
        *parts.training,
        epochs=20,
        batch_size=32,
        rng=np.random.default_rng(0),
        validation=parts.validation,
    )
    losses = [(epoch.loss, epoch.validation_loss) for epoch in run]
    training, validation = zip(*losses, strict=True)
    return {"rate": rate, "training": training, "validation": validation}


def draw_panels(data: dict[str, Any]) -> Figure:
    """Draw the losses of each run beside a blind guess."""
    figure, panels = plt.subplots(2, 2, figsize=(5, 4), sharey=True)
    for (name, run), axes in zip(data.items(), panels.flat, strict=True):
        shown = slice(None, None, len(run["training"]) // 20)  # twenty points draw a run well
        epochs = range(1, len(run["training"]) + 1)
        axes.plot(epochs[shown], run["training"][shown], "-", color=LOSS)
        axes.plot(epochs[shown], run["validation"][shown], "--", color=PREDICTION)
        axes.axhline(np.log(10), color=INK, linestyle=":", linewidth=0.8)
        axes.set_title(name)
        axes.set(ylim=(-0.1, 3), xlim=(0, len(epochs) + 1))
    figure.supxlabel("epoch")
    figure.supylabel("loss")
    return figure
