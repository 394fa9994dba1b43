"""Guess first, then choose a rate: each says what its walk does."""

import pytest
from by_hand import PHONE, OpenFigure, said
from playwright.sync_api import expect

from website.figures.rates.numbers import compute, walk


def test_guess_first(open_figure: OpenFigure) -> None:
    """Before the guess there is no walk and no choice of rate; then the verdict."""
    for guess, verdict in (("grows", "You guessed it."), ("falls", "Not this time.")):
        figure = open_figure("rates", **PHONE)
        assert figure.locator("circle").count() == 2
        expect(figure.get_by_role("slider")).to_be_disabled()
        expect(figure.get_by_role("button", name="diverges")).to_be_hidden()
        figure.get_by_text(guess).tap()
        assert said(figure, "verdict").inner_text().startswith(verdict)
        assert figure.locator("circle").count() == 2 * 13
        expect(figure.get_by_role("slider")).to_be_enabled()


def test_every_rate_says_what_its_walk_does(open_figure: OpenFigure) -> None:
    """At each recorded rate the words agree with a new walk, and the limit is between the two."""
    data = compute()
    limit = data["names"]["largest stable"]
    assert limit == pytest.approx(1 / 9, abs=1e-15)
    figure = open_figure("rates")
    figure.get_by_label("grows").press("Space")
    slider = figure.get_by_role("slider")
    slider.press("Home")
    for rate in data["rates"]:
        before, after = 81, walk(rate, 12)[-1][1]
        word = "falls" if rate < limit else "grows" if rate > limit else "stays"
        name = "1/9" if rate == limit else f"{rate:g}"
        assert said(figure, "rate").inner_text() == name
        assert slider.get_attribute("aria-valuetext") == f"{name}: the loss {word}"
        if word == "stays":
            assert said(figure, "verdict").inner_text().endswith("stays at 81.")
        else:
            end = f"{after:.2f}" if after < 10 else f"{after:,.0f}"
            assert (
                said(figure, "verdict")
                .inner_text()
                .endswith(f"the loss {word} from {before} to {end}.")
            )
        slider.press("ArrowRight")


def test_named_rates(open_figure: OpenFigure) -> None:
    """The four named rates are a press away."""
    figure = open_figure("rates")
    figure.get_by_label("falls").click()
    for name, rate in (("slow", "0.002"), ("good", "0.05"), ("largest stable", "1/9")):
        figure.get_by_role("button", name=name).click()
        assert said(figure, "rate").inner_text() == rate
        expect(figure.locator("[aria-pressed=true]")).to_contain_text(name)
