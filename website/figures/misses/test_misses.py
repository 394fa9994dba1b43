"""The three guesses, by mouse, finger and keyboard, with the package's numbers."""

import itertools
from urllib.parse import urljoin

import numpy as np
import pytest
from by_hand import PHONE, OpenFigure, said, swipe
from playwright.sync_api import Locator

from nnbasics import mse
from website.figures.misses.numbers import ANSWERS, GUESSES, compute


def test_the_one_formula_is_the_packages(open_figure: OpenFigure) -> None:
    """The formula that lives in JavaScript agrees with `mse` over a grid, to 1e-12."""
    figure = open_figure("misses")
    script = urljoin(figure.page.url, "../../assets/figures/misses/script.js")
    values = np.linspace(-2, 12, 71).round(1).tolist()
    grid = [(first, second, 7.3) for first, second in itertools.product(values, values[::7])]
    found = figure.page.evaluate(
        """async ([address, grid, answers]) => {
          const {squared, mean} = await import(address);
          return grid.map(guesses => mean(guesses.map((guess, i) => squared(guess, answers[i]))));
        }""",
        [script, grid, ANSWERS],
    )
    assert len(found) == 71 * 11
    expected = [mse(guesses, ANSWERS) for guesses in grid]
    assert found == pytest.approx(expected, abs=1e-12, rel=1e-12)


def guesses_of(figure: Locator) -> list[float]:
    """Return where the three guesses stand."""
    handles = figure.locator("[role=slider]").all()
    return [float(handle.get_attribute("aria-valuenow") or "nan") for handle in handles]


def check_misses(figure: Locator) -> list[float]:
    """Compare all that the figure says and draws with the package; return the guesses."""
    guesses = guesses_of(figure)
    losses = [mse(guess, answer) for guess, answer in zip(guesses, ANSWERS, strict=True)]
    assert said(figure, "squares").inner_text() == " + ".join(f"{loss:.2f}" for loss in losses)
    assert said(figure, "mse").inner_text() == f"{mse(guesses, ANSWERS):.2f}"
    handles = figure.locator("[role=slider]").all()
    for handle, guess, answer, loss in zip(handles, guesses, ANSWERS, losses, strict=True):
        words = f"{guess:.1f}, target {answer:.1f}, squared error {loss:.2f}"
        assert handle.get_attribute("aria-valuetext") == words
    boxes = figure.locator("rect.loss").evaluate_all(
        "rects => rects.map(rect => [rect.width.baseVal.value, rect.height.baseVal.value])"
    )
    squares, shares = boxes[:3], boxes[3:6]
    for (width, height), (wide, high) in zip(squares, shares, strict=True):
        assert width == pytest.approx(height)
        assert width * height == pytest.approx(wide * high, rel=1e-4)
    return guesses


def test_misses_by_mouse(open_figure: OpenFigure) -> None:
    """A guess follows the mouse, and lets go."""
    figure = open_figure("misses")
    assert check_misses(figure) == GUESSES
    handle = figure.get_by_role("slider", name="The first guess")
    box = handle.bounding_box()
    assert box
    mouse = figure.page.mouse
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    mouse.down()
    mouse.move(box["x"], box["y"] - 20)
    mouse.move(box["x"], box["y"] + box["height"] / 2 + 57, steps=5)
    mouse.up()
    after = check_misses(figure)
    assert after[0] < 9.5
    assert after[1:] == GUESSES[1:]
    mouse.move(box["x"], box["y"] + 150)
    assert check_misses(figure) == after


def test_misses_by_finger(open_figure: OpenFigure) -> None:
    """A guess follows a finger, and the page stays where it is."""
    figure = open_figure("misses", **PHONE)
    page = figure.page
    box = figure.get_by_role("slider", name="The second guess").bounding_box()
    assert box
    before = page.evaluate("scrollY")
    swipe(page, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, -30)
    assert check_misses(figure)[1] > GUESSES[1] + 1
    assert page.evaluate("scrollY") == before


def test_misses_by_keyboard(open_figure: OpenFigure) -> None:
    """Arrows move a guess by a tenth, Page keys by one, Home and End to the ends."""
    figure = open_figure("misses")
    handle = figure.get_by_role("slider", name="The first guess")
    handle.focus()
    for key, expected in (
        ("ArrowDown", 9.9),
        ("ArrowRight", 10.0),
        ("PageUp", 11.0),
        ("End", 12.0),
        ("ArrowUp", 12.0),
        ("Home", 4.0),
        ("PageDown", 4.0),
    ):
        handle.press(key)
        assert check_misses(figure)[0] == expected


def told(figure: Locator) -> list[str]:
    """Return how many guesses moved, how far, and the verdict."""
    return [said(figure, place).inner_text() for place in ("moved", "way", "verdict")]


def test_half_the_loss_costs_less_for_two(open_figure: OpenFigure) -> None:
    """The lesson's bet: one guess needs 2.0, two need 1.2 in all."""
    data = compute()
    figure = open_figure("misses")
    first = figure.get_by_role("slider", name="The first guess")
    for _ in range(20):
        assert said(figure, "verdict").inner_text() == ""
        first.press("ArrowDown")
    assert [said(figure, place).inner_text() for place in ("moved", "way", "verdict")] == [
        "1",
        "2.0",
        "Halved.",
    ]
    figure.get_by_role("button", name="Start again").click()
    second = figure.get_by_role("slider", name="The second guess")
    for _ in range(6):
        assert said(figure, "verdict").inner_text() == ""
        first.press("ArrowDown")
        second.press("ArrowUp")
    assert [said(figure, place).inner_text() for place in ("moved", "way", "verdict")] == [
        "2",
        "1.2",
        "Halved.",
    ]
    assert [data["way_of_one_guess"], data["way_of_two_guesses"]] == [2.0, 1.2]
