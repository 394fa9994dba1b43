"""Lesson 3: surprise, and what a blind guess costs."""

from typing import Any

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from nnbasics import cross_entropy
from website.pictures import INK, LOSS, PREDICTION
from website.tables import Table


def surprise_data() -> dict[str, Any]:
    """Return the loss for every probability given to the right answer, and four marks."""
    curve = np.geomspace(0.004, 1, 60)
    marks = [0.9, 0.8, 0.51, 0.01]

    def loss(p: float) -> float:
        return float(cross_entropy([p, 1 - p], 0))

    return {
        "curve": [curve.tolist(), [loss(p) for p in curve]],
        "marks": marks,
        "losses": [loss(p) for p in marks],
    }


def draw_surprise(data: dict[str, Any]) -> Figure:
    """Draw the curve of surprise with the lesson's points."""
    figure, axes = plt.subplots()
    axes.plot(*data["curve"], color=LOSS)
    offsets = [(6, 16), (-2, 42), (-10, 22), (12, -3)]
    for p, loss, offset in zip(data["marks"], data["losses"], offsets, strict=True):
        axes.plot(p, loss, "o", color=PREDICTION)
        axes.annotate(
            f"{p:.0%}: {loss:.2f}",
            (p, loss),
            offset,
            textcoords="offset points",
            ha="left" if p < 0.5 else "center",
            arrowprops={"arrowstyle": "-", "linewidth": 0.8, "color": INK},
        )
    axes.set(xlabel="probability given to the right answer", ylabel="loss")
    axes.set(xlim=(-0.02, 1.05), ylim=(0, 5.5), xticks=[0, 0.25, 0.5, 0.75, 1])
    axes.xaxis.set_major_formatter(lambda p, _: f"{p:.0%}")
    return figure


def blind_guess_table() -> Table:
    """Return what it costs to give every answer the same probability."""
    questions = {
        "Spam or not?": 2,
        "Cat, dog or bird?": 3,
        "Happy, sad or neutral?": 3,
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
