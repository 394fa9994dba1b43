"""Recorded runs beside each other: what is told of them is what the package gives."""

import json

import pytest
from by_hand import OpenFigure, said

from website.figures.playground.numbers import BATCH_SIZES, LOSSES, SECONDS, train_digits


def test_playground(open_figure: OpenFigure) -> None:
    """Three chosen runs show the losses, right answers and updates of such a run by the package."""
    figure = open_figure("playground")
    chosen = [("A", 1280, 0.5, "cross-entropy"), ("B", 32, 2, "squared error")]
    for name, size, rate, loss in chosen:
        for choice, value in (("size", size), ("rate", rate), ("loss", loss)):
            figure.locator(f"[name={choice}{name}]").select_option(str(value))
        run = train_digits(size, rate, loss)
        told = said(figure, f"told{name}").inner_text()
        assert told.startswith(f"{25600 // size:,} updates in 0.0")
        assert told.endswith(
            f"Loss {run['training'][-1]:.3f}, validation {run['validation'][-1]:.3f}. "
            f"{run['right'][-1]} % right."
        )
    assert figure.locator("path.gradient").first.get_attribute("d")
    figure.locator("[name=sizeC]").press("Home")
    figure.locator("[name=sizeC]").select_option("0")
    assert said(figure, "toldC").inner_text() == "No run."
    assert not figure.locator("path.gradient").first.get_attribute("d")


def test_playground_is_the_lessons_run() -> None:
    """At the lesson's settings the playground ends where the lesson does, give or take a seed."""
    run = train_digits(32, 0.1, "cross-entropy")
    assert run["training"][-1] == pytest.approx(0.12, abs=0.02)
    assert 94 <= run["right"][-1] <= 99


def test_seconds_are_whole() -> None:
    """Every run of the playground has a time, and the file says on what it was measured."""
    times = json.loads(SECONDS.read_text(encoding="utf-8"))
    assert "one core" in times["on"]
    assert {
        loss: [int(size) for size in row] for loss, row in times["seconds"].items()
    } == dict.fromkeys(LOSSES, BATCH_SIZES)
    # Fewer updates take less time: each batch size up to 128 is quicker than the one before.
    for row in times["seconds"].values():
        assert row["8"] > row["32"] > row["128"] > 0
