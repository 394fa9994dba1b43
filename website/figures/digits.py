"""The run on handwritten digits: lesson 6, and wherever its progress is shown."""

import functools
from typing import Any, NamedTuple

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from numpy.typing import NDArray

from nnbasics import (
    SGD,
    Dense,
    Epoch,
    Network,
    ReLU,
    load_digits,
    mse,
    softmax,
    softmax_cross_entropy,
    train,
)
from website.figures.experiments import accuracy_on, new_network, split
from website.look import INK, LOSS, PREDICTION, QUIET, Table

SEEDS = range(3)


class Run(NamedTuple):
    """A trained network, how it went, and the test examples that it never saw."""

    first_weights: NDArray[np.floating]
    network: Network
    epochs: list[Epoch]
    test_images: NDArray[np.float64]
    test_labels: NDArray[np.int64]


@functools.cache
def run(seed: int = 0, *, learning_rate: float = 0.1) -> Run:
    """Train on the digits exactly as lesson 6 does."""
    images, labels = load_digits()
    rng = np.random.default_rng(seed)
    training, validation, test = np.split(rng.permutation(len(images)), [1280, 1497])
    inputs = images / 16
    network = Network(Dense(64, 32, rng=rng), ReLU(), Dense(32, 10, rng=rng))
    first_weights = network.parameters[0].value.copy()
    epochs = train(
        network,
        softmax_cross_entropy,
        SGD(learning_rate=learning_rate),
        inputs[training],
        labels[training],
        epochs=20,
        batch_size=32,
        rng=rng,
        validation=(inputs[validation], labels[validation]),
    )
    return Run(first_weights, network, list(epochs), images[test], labels[test])


def progress_data() -> dict[str, list[float]]:
    """Return the training and validation loss of each epoch."""
    epochs = run().epochs
    return {
        "epoch": [epoch.number for epoch in epochs],
        "training loss": [epoch.loss for epoch in epochs],
        "validation loss": [epoch.validation_loss or 0.0 for epoch in epochs],
    }


def draw_progress(data: dict[str, list[float]]) -> Figure:
    """Draw both losses over the epochs."""
    figure, axes = plt.subplots()
    axes.plot(data["epoch"], data["training loss"], "s-", color=LOSS, markersize=5)
    axes.plot(data["epoch"], data["validation loss"], "o--", color=PREDICTION, markersize=4)
    axes.text(1.6, data["training loss"][0], "training", va="center")
    axes.text(0.6, 0.14, "validation", va="center")
    axes.set(xlabel="epoch", ylabel="loss", ylim=(0, None), xticks=[1, 5, 10, 15, 20])
    axes.grid(axis="y")
    return figure


def mistakes_data() -> dict[str, Any]:
    """Return the test digits that the network gets wrong, the surest mistakes first."""
    trained = run()
    probabilities = softmax(trained.network.forward(trained.test_images / 16))
    guesses = probabilities.argmax(axis=1)
    surest = probabilities.max(axis=1)
    wrong = np.flatnonzero(guesses != trained.test_labels)
    wrong = wrong[np.argsort(-surest[wrong])]
    return {
        "count": len(wrong),
        "images": trained.test_images[wrong].tolist(),
        "labels": trained.test_labels[wrong].tolist(),
        "guesses": guesses[wrong].tolist(),
        "probabilities": surest[wrong].tolist(),
    }


def draw_mistakes(data: dict[str, Any]) -> Figure:
    """Draw the six surest mistakes, each with the guess and the right answer."""
    figure, grid = plt.subplots(2, 3, figsize=(5, 4.2))
    for axes, image, label, guess, p in zip(
        grid.flat,
        data["images"],
        data["labels"],
        data["guesses"],
        data["probabilities"],
        strict=False,
    ):
        axes.imshow(np.reshape(image, (8, 8)), cmap="Greys", interpolation="none")
        axes.set_title(f"{p:.0%} sure: {guess}\nit is a {label}")
        axes.set(xticks=[], yticks=[])
    return figure


def progress_table() -> Table:
    """Return the losses at the epochs that the lesson shows."""
    data = progress_data()
    rows = [
        [str(number), f"{loss:.2f}", f"{validation:.2f}"]
        for number, loss, validation in zip(*data.values(), strict=True)
        if number in (1, 5, 10, 20)
    ]
    return Table({"Epoch": "", "Training loss": "loss", "Validation loss": "loss"}, rows)


def accuracy(run: Run) -> float:
    """Return the share of test digits that a run gets right."""
    guesses = run.network.forward(run.test_images / 16).argmax(axis=1)
    return float(np.mean(guesses == run.test_labels))


def seeds_table() -> Table:
    """Repeat the run with ten seeds, each with its own heaps and first weights."""
    runs = [run(seed) for seed in range(1, 11)]
    accuracies = [accuracy(one) for one in runs]
    losses = [one.epochs[-1].loss for one in runs]
    rows = [
        ["Training loss", f"{min(losses):.2f}", f"{np.mean(losses):.2f}", f"{max(losses):.2f}"],
        ["Right on new digits", *(f"{100 * f(accuracies):.0f} %" for f in (min, np.mean, max))],
    ]
    return Table({"Ten other seeds": "", "Lowest": "", "Mean": "", "Highest": ""}, rows)


def bend_data(*, seed: int = 0) -> dict[str, Any]:
    """Let two layers learn a valley, without ReLU between them and with it: how each run ends."""
    heats, complaints = np.array([[-1.0], [0.0], [1.0]]), np.array([[1.0], [0.0], [1.0]])
    ends = {}
    for name, between in {"without ReLU": [], "with ReLU": [ReLU()]}.items():
        rng = np.random.default_rng(seed)
        network = Network(Dense(1, 32, rng=rng), *between, Dense(32, 1, rng=rng))
        run = train(
            network,
            mse,
            SGD(learning_rate=0.02),
            heats,
            complaints,
            epochs=1000,
            batch_size=3,
            rng=rng,
        )
        loss = list(run)[-1].loss
        ends[name] = {"predictions": network.forward(heats).ravel().tolist(), "loss": loss}
    return {"heats": heats.ravel().tolist(), "answers": complaints.ravel().tolist(), **ends}


def bend_table() -> Table:
    """Return what two layers say of soup that is too cold, just right and too hot."""
    data = bend_data()
    rows = [["Target", *(f"{answer:.0f}" for answer in data["answers"]), ""]]
    for name in ("without ReLU", "with ReLU"):
        said = [f"{abs(round(one, 2)):.2f}" for one in data[name]["predictions"]]
        rows.append([f"Two layers {name}", *said, f"{data[name]['loss']:.2f}"])
    columns = {"Answers": "", "Too cold": "", "Just right": "", "Too hot": "", "Loss": "loss"}
    return Table(columns, rows)


@functools.cache
def right_after(n_hidden: int, epochs: int) -> float:
    """Return the share of validation digits that are right, the mean of three runs."""
    shares = []
    for seed in SEEDS:
        parts, network = split(seed), new_network(seed, n_hidden)
        run = train(
            network,
            softmax_cross_entropy,
            SGD(learning_rate=0.1),
            *parts.training,
            epochs=epochs,
            batch_size=32,
            rng=np.random.default_rng(seed),
        )
        list(run)
        shares.append(accuracy_on(network, parts.validation))
    return float(np.mean(shares))


def choices_table() -> Table:
    """Return how well the digits are read with other sizes and epochs than the lesson's."""
    choices = ((8, 20), (32, 5), (32, 20), (32, 40), (128, 20))
    rows = [[str(size), str(n), f"{100 * right_after(size, n):.0f} %"] for size, n in choices]
    return Table({"Hidden numbers": "", "Epochs": "", "Right on validation digits": ""}, rows)


@functools.cache
def overfit_data(*, n_wrong: int = 20) -> dict[str, Any]:
    """Train far too long on 100 digits, 20 of them with a wrong label: the mean of three runs.

    Returns the mean losses for each epoch, where the validation loss is lowest, and the same
    epoch of each run.
    """
    runs = []
    for seed in SEEDS:
        parts, rng = split(seed), np.random.default_rng(seed)
        labels = parts.training.targets[:100].copy()
        labels[:n_wrong] = (labels[:n_wrong] + rng.integers(1, 10, size=n_wrong)) % 10
        epochs = train(
            new_network(seed, n_hidden=64),
            softmax_cross_entropy,
            SGD(learning_rate=0.1),
            parts.training.inputs[:100],
            labels,
            epochs=150,
            batch_size=10,
            rng=rng,
            validation=(parts.validation.inputs, parts.validation.targets),
        )
        runs.append([(epoch.loss, epoch.validation_loss or 0.0) for epoch in epochs])
    training, validation = np.mean(runs, axis=0).T
    return {
        "epoch": list(range(1, len(training) + 1)),
        "training loss": training.tolist(),
        "validation loss": validation.tolist(),
        "best epoch": int(np.argmin(validation)) + 1,
        "best validation loss": float(validation.min()),
        "last losses": [float(training[-1]), float(validation[-1])],
        "best epoch of each run": (np.argmin(runs, axis=1)[:, 1] + 1).tolist(),
    }


def draw_overfit(data: dict[str, Any]) -> Figure:
    """Draw both losses, and the epoch where the validation loss is lowest."""
    figure, axes = plt.subplots()
    shown = slice(None, None, 3)
    epochs, best = data["epoch"][shown], data["best epoch"]
    axes.plot(epochs, data["training loss"][shown], "s-", color=LOSS, markevery=10, markersize=5)
    axes.plot(
        epochs, data["validation loss"][shown], "o--", color=PREDICTION, markevery=10, markersize=5
    )
    axes.axvline(best, color=INK, linewidth=0.8)
    axes.text(best + 3, 1.95, f"best: epoch {best}")
    axes.text(120, 1.05, "validation", va="center")
    axes.text(120, 0.2, "training", va="center")
    axes.set(xlabel="epoch", ylabel="loss", ylim=(0, None))
    axes.grid(axis="y", color=QUIET, linewidth=0.5)
    return figure


def weights_data() -> dict[str, list[Any]]:
    """Return the 64 weights of eight hidden numbers, before training and after."""
    trained = run()
    last = trained.network.parameters[0].value
    moved = np.linalg.norm(last - trained.first_weights, axis=0)
    most = np.argsort(-moved)[:8]
    return {
        "before": trained.first_weights.T[most].tolist(),
        "after": last.T[most].tolist(),
    }


def draw_weights(data: dict[str, list[Any]]) -> Figure:
    """Draw each hidden number's weights where its dots are: purple above 0, orange below.

    The eight pictures of a row are one image, with see-through columns in between.
    """
    figure, (before, after, key) = plt.subplots(
        3, 1, figsize=(5, 2.2), gridspec_kw={"height_ratios": [8, 8, 1.5]}
    )
    limit = 0.8
    style = {
        "cmap": plt.get_cmap("PuOr", 11),
        "vmin": -limit,
        "vmax": limit,
        "interpolation": "none",
    }
    for axes, (name, units) in zip((before, after), data.items(), strict=True):
        row = np.full((8, 8 * 9 - 1), np.nan)
        for place, weights in enumerate(units):
            row[:, 9 * place : 9 * place + 8] = np.reshape(weights, (8, 8))
        axes.imshow(row, **style)
        axes.set_title(f"{name} training", loc="left")
        axes.set_axis_off()
    key.imshow(np.linspace(-limit, limit, 11)[None], **style)
    key.set(yticks=[])
    key.set_xticks([0, 5, 10], [f"≤ −{limit}", "0", f"≥ {limit}"])
    key.spines[:].set_visible(False)
    return figure
