"""Lesson 3: surprise, what a blind guess costs, and why not the squared error."""

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from nnbasics import (
    Dense,
    Loss,
    binary_cross_entropy,
    cross_entropy,
    load_digits,
    mse,
    softmax_cross_entropy,
)
from website.figures.experiments import new_network
from website.look import INK, LOSS, PREDICTION, QUIET, Table


def blind_guess_table() -> Table:
    """Return what it costs to give every answer the same probability."""
    questions = {
        "Is this mail spam or not?": 2,
        "Is the photo a cat, a dog or a bird?": 3,
        "Is the review happy, sad or neutral?": 3,
        "Which of ten digits?": 10,
    }
    rows = [
        [question, str(n), f"{1 / n:.2f}", f"{cross_entropy(np.full(n, 1 / n), 0):.3f}"]
        for question, n in questions.items()
    ]
    columns = {"Question": "", "Answers": "", "Blind guess": "prediction", "Loss": "loss"}
    return Table(columns, rows)


def softmax_table() -> Table:
    """Return softmax by hand for three scores."""
    scores = {"cat": 2.0, "dog": 1.0, "bird": 0.0}
    total = sum(np.exp(score) for score in scores.values())
    rows = [
        [name, f"{score:g}", f"{np.exp(score):.2f}", f"{np.exp(score) / total:.3f}"]
        for name, score in scores.items()
    ]
    rows.append(["total", "", f"{total:.2f}", f"{1:.3f}"])
    return Table({"Class": "", "Score": "", "e to the score": "", "Share": "prediction"}, rows)


def climb(score: float, loss_function: Callable[..., Loss], n_updates: int) -> list[float]:
    """Train one yes/no output whose right answer is yes; return p before and after each update.

    The score is weight * 1 + bias, and the probability is 1 / (1 + exp(-score)).
    """
    weight, bias, probabilities = score, 0.0, []
    for _ in range(n_updates + 1):
        p = 1 / (1 + np.exp(-(weight + bias)))
        probabilities.append(float(p))
        # A score that grows a little moves p by p * (1 - p) as much.
        gradient = float(loss_function(p, 1).gradient) * p * (1 - p)
        weight -= 0.5 * gradient
        bias -= 0.5 * gradient
    return probabilities


def sure_and_wrong_data() -> dict[str, Any]:
    """Train with both losses from an unsure start, and from a sure and wrong one."""
    losses = {"cross-entropy": binary_cross_entropy, "squared error": mse}
    starts = {"unsure": 0.6, "sure and wrong": -8.0}
    data: dict[str, Any] = {"start": {}, "updates to 90 %": {}, "probabilities": {}}
    for start, score in starts.items():
        runs = {name: climb(score, loss, 2000) for name, loss in losses.items()}
        data["start"][start] = runs["squared error"][0]
        data["updates to 90 %"][start] = {
            name: int(np.argmax(np.array(run) >= 0.9)) for name, run in runs.items()
        }
        data["probabilities"][start] = {name: run[:41] for name, run in runs.items()}
    return data


def draw_sure_and_wrong(data: dict[str, Any]) -> Figure:
    """Draw the probability of the right answer over the updates, one panel for each start."""
    figure, grid = plt.subplots(1, 2, sharey=True, figsize=(5, 3))
    styles = {"cross-entropy": (LOSS, "s-", 5), "squared error": (PREDICTION, "o--", 5)}
    for axes, (start, runs) in zip(grid, data["probabilities"].items(), strict=True):
        for name, probabilities in runs.items():
            colour, style, size = styles[name]
            axes.plot(probabilities, style, color=colour, markersize=size, markevery=10)
        first = data["start"][start]
        share = f"{first:.0%}" if first > 0.01 else f"{first:.2%}"
        axes.set(title=f"{start}: {share}", xlabel="steps", xticks=[0, 20, 40])
        axes.set(ylim=(-0.06, 1.12), yticks=[0, 0.5, 1])
        axes.grid(axis="y", linewidth=0.5)
    unsure, wrong = grid
    late = data["updates to 90 %"]["sure and wrong"]["squared error"]
    unsure.text(9, 0.68, "squared error")
    unsure.text(40, 1.02, "cross-entropy", ha="right")
    wrong.text(15, 0.6, "cross-\nentropy")
    wrong.text(15, 0.07, f"squared\nerror: 90%\nat {late:,}")
    unsure.yaxis.set_major_formatter(lambda p, _: f"{p:.0%}")
    unsure.set(ylabel="right answer gets")
    return figure


def first_loss_data() -> dict[str, Any]:
    """Return the loss of untrained networks whose last weights are small, for 2 to 10 digits."""
    images, labels = load_digits()
    sizes, losses = [2, 3, 5, 10], []
    for size in sizes:
        network = new_network(0, n_classes=size)
        last = network.layers[-1]
        assert isinstance(last, Dense)
        last.weights.value *= 0.01
        shown = labels < size
        scores = network.forward(images[shown] / 16)
        losses.append(float(softmax_cross_entropy(scores, labels[shown])))
    curve = np.geomspace(1, 11, 25)
    return {"classes": sizes, "losses": losses, "curve": [curve.tolist(), np.log(curve).tolist()]}


def draw_first_loss(data: dict[str, Any]) -> Figure:
    """Draw the first losses as squares on the curve of ln(number of classes)."""
    figure, axes = plt.subplots(figsize=(5, 2.9))
    axes.plot(*data["curve"], color=INK, linewidth=1.2)
    axes.plot(data["classes"], data["losses"], "s", color=LOSS, markersize=8)
    for size, loss in zip(data["classes"], data["losses"], strict=True):
        axes.annotate(
            f"{loss:.3f}", (size, loss), (4, -8), textcoords="offset points", ha="left", va="top"
        )
    axes.text(7, np.log(7) + 0.16, "blind guess: ln(classes)", ha="right")
    axes.set(xlabel="classes", ylabel="loss before training", xticks=data["classes"])
    axes.set(xlim=(0.8, 11.6), ylim=(0, 2.75), yticks=[0, 1, 2])
    axes.grid(axis="y", color=QUIET, linewidth=0.5)
    return figure
