"""How sure, what the truth is, and what that costs: by keyboard and finger."""

import numpy as np
from by_hand import PHONE, OpenFigure, said

from nnbasics import cross_entropy
from website.figures.surprise.numbers import compute


def test_surprise_by_keyboard(open_figure: OpenFigure) -> None:
    """From 1 % to 99 %, cat or dog: each loss is the package's."""
    figure = open_figure("surprise")
    slider = figure.get_by_role("slider")
    for truth, label in (("a cat", 0), ("a dog", 1)):
        figure.get_by_label(truth, exact=True).press("Space")
        slider.press("Home")
        for percent in range(1, 100):
            p = percent / 100
            loss = f"{cross_entropy([p, 1 - p], label):.2f}"
            right = (p, 1 - p)[label]
            assert figure.locator("text.large").text_content() == f"p = {right:.2f} → {loss}"
            assert said(figure, "loss").inner_text() == loss
            words = f"{percent} % cat, {100 - percent} % dog. It is {truth}: loss {loss}"
            assert slider.get_attribute("aria-valuetext") == words
            slider.press("ArrowRight")


def test_surprise_by_finger(open_figure: OpenFigure) -> None:
    """A tap on the slider and a tap on the truth choose."""
    figure = open_figure("surprise", **PHONE)
    figure.get_by_role("slider").tap(position={"x": 3, "y": 20})
    figure.get_by_text("a cat").tap()
    assert said(figure, "guess").inner_text() == "1 % cat, 99 % dog"
    assert said(figure, "loss").inner_text() == "4.61"
    figure.get_by_text("a dog").tap()
    assert said(figure, "loss").inner_text() == "0.01"


def test_marks_are_where_the_curve_is() -> None:
    """Sure and wrong, a coin flip and 90 %: 4.61, 0.69 and 0.11."""
    data = compute()
    assert np.round(data["marks_cost"], 2).tolist() == [4.61, 0.69, 0.11]
    assert data["losses"]["cat"] == data["losses"]["dog"][::-1]
