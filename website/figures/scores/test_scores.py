"""Three scores become the package's probabilities and loss."""

import pytest
from by_hand import OpenFigure, said

from nnbasics import softmax, softmax_cross_entropy


@pytest.mark.parametrize("scores", [(2, 1, 0), (-3, 3, 0), (3, -3, -3), (1, 1, 1), (0, 3, 2)])
def test_scores(scores: tuple[int, int, int], open_figure: OpenFigure) -> None:
    """Pushed scores become the package's probabilities, and the loss of the chosen class."""
    figure = open_figure("scores")
    for name, score in zip(("cat", "dog", "bird"), scores, strict=True):
        slider = figure.locator(f"[name={name}]")
        slider.press("Home")
        for _ in range(score + 3):
            slider.press("ArrowRight")
    shares = [f"{100 * p:.1f} %" for p in softmax(scores)]
    assert figure.locator("svg text").all_text_contents()[-3:] == shares
    for label, truth in enumerate(("cat", "dog", "bird")):
        figure.get_by_label(f"a {truth}").click()
        assert said(figure, "p").inner_text() == shares[label]
        assert said(figure, "loss").inner_text() == f"{softmax_cross_entropy(scores, label):.2f}"
