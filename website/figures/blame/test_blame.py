"""The way back through two layers: each step says what the package's run gave."""

import re
from itertools import count, pairwise

import numpy as np
import pytest
from by_hand import PHONE, OpenFigure, press, said
from helpers import central_difference
from playwright.sync_api import Locator, expect

from nnbasics import SGD, Dense, Network, Parameter, ReLU, mse
from website.figures.blame.numbers import Numbers, compute
from website.proof.sums import sums

LAST = 11


@pytest.fixture(scope="module")
def data() -> Numbers:
    """Compute the numbers behind the figure."""
    return compute()


def network_of(data: Numbers) -> Network:
    """Return the network as a reader would build it."""
    rng = np.random.default_rng(0)
    first, last = Dense(1, 2, rng=rng), Dense(2, 1, rng=rng)
    first.weights.value = np.array([data["before"]["first"]])
    last.weights.value = np.array(data["before"]["last"]).reshape(2, 1)
    return Network(first, ReLU(), last)


def weights_of(network: Network) -> list[Parameter]:
    """Return the weights of both layers."""
    return [network.parameters[0], network.parameters[2]]


def loss_of(network: Network, data: Numbers) -> float:
    """Return the loss of the figure's one example."""
    litres, salt = data["example"]
    return float(mse(network.forward([[litres]]), [[salt]]))


def test_blame_is_what_a_nudge_shows(data: Numbers) -> None:
    """The blame of each weight is how the loss changes when that weight is nudged."""
    network = network_of(data)
    for weights, name in zip(weights_of(network), ("first", "last"), strict=True):
        nudged = central_difference(lambda: loss_of(network, data), weights.value)
        assert nudged.ravel() == pytest.approx(data["blame"][name], abs=1e-6)  # type: ignore[literal-required]


def test_updates_are_those_of_the_package(data: Numbers) -> None:
    """At each rate, the network's own backward and SGD come to the weights and the loss shown."""
    litres, salt = data["example"]
    for rate, (update, again) in zip(data["rates"], data["ends"], strict=True):
        network = network_of(data)
        network.backward(mse(network.forward([[litres]]), [[salt]]).gradient)
        SGD(learning_rate=rate).update(weights_of(network))
        shown = [number(text) for text in update["shows"].values()]
        moved = np.concatenate([weights.value.ravel() for weights in weights_of(network)])
        assert shown == pytest.approx(moved)
        assert number(again["shows"]["loss"]) == pytest.approx(loss_of(network, data), abs=0.0051)
        word = "falls" if loss_of(network, data) < data["before"]["loss"] else "grows"
        assert f"The loss {word} from 4 to" in again["sums"]


def test_some_rates_help_and_some_do_not(data: Numbers) -> None:
    """The recorded rates fall into those that lower the loss, and larger ones that raise it."""
    words = [re.findall(r"falls|grows", again["sums"])[0] for _, again in data["ends"]]
    assert words[0] == "falls"
    assert words[-1] == "grows"
    assert sum(one != other for one, other in pairwise(words)) == 1


def test_sums_are_right_and_use_what_is_shown(data: Numbers) -> None:
    """Each sum that is written out is right, and its result is what the step shows."""
    found, miss = 0, data["before"]["prediction"] - data["example"][1]
    for step in [*data["steps"], *(step for steps in data["ends"] for step in steps)]:
        for each in sums(step["sums"]):
            assert each.holds, step
            found += 1
            shown = [number(text) for text in step["shows"].values()]
            assert round(each.gives, 9) in [*shown, miss], step
    assert found == 2 + 1 + 1 + 1 + 2 + 2 + 2 + 2 * len(data["rates"])


def number(text: str) -> float:
    """Read a number as it is written in the figure."""
    return float(text.replace("−", "-").removeprefix("×"))


def check(figure: Locator, data: Numbers, at: int, rate: float | None = None) -> None:
    """Compare what the figure says and shows at a step with the run."""
    rate = rate or data["start"]
    steps = [*data["steps"], *data["ends"][data["rates"].index(rate)]]
    expect(said(figure, "name")).to_have_text(steps[at]["name"])
    expect(said(figure, "sums")).to_have_text(steps[at]["sums"])
    shown = {name: text for step in steps[: at + 1] for name, text in step["shows"].items()}
    texts = figure.locator("text[dy]:visible")
    assert sorted(texts.all_text_contents()) == sorted(shown.values())
    new = figure.locator("svg .now").all_text_contents()
    assert sorted(new) == sorted(steps[at]["shows"].values())


def test_blame_goes_step_by_step(open_figure: OpenFigure, data: Numbers) -> None:
    """Step goes on and Back goes back, by mouse and keyboard, and each says its sums."""
    figure = open_figure("blame")
    step, back = figure.locator(".step"), figure.locator(".back")
    for at in count():
        check(figure, data, at)
        if at == LAST:
            break
        step.click()
    press(back, "Enter", "Space")
    check(figure, data, LAST - 2)
    press(step, "Enter")
    check(figure, data, LAST - 1)
    step.click()
    step.click()
    check(figure, data, 0)
    back.click()
    check(figure, data, 0)
    expect(figure.get_by_role("status").first).to_contain_text("2 litres")


def test_blame_at_a_rate_of_ones_own(open_figure: OpenFigure, data: Numbers) -> None:
    """Each rate has an update and an end of its own, and the way before it stays the same."""
    figure = open_figure("blame")
    rate = figure.get_by_role("slider")
    rate.press("Home")
    for each in data["rates"]:
        check(figure, data, 0, each)
        assert rate.get_attribute("aria-valuetext") == f"{each:g}"
        rate.press("ArrowRight")
    for _ in range(LAST):
        figure.locator(".step").click()
    for each in reversed(data["rates"]):
        check(figure, data, LAST, each)
        rate.press("ArrowLeft")


def test_blame_is_whole_on_paper(open_figure: OpenFigure, data: Numbers) -> None:
    """Paper shows the way forward and back, whatever step the reader has come to."""
    figure = open_figure("blame")
    figure.locator(".step").click()
    figure.page.emulate_media(media="print")
    shown = {name: text for step in data["steps"] for name, text in step["shows"].items()}
    texts = figure.locator("text[dy]:visible")
    assert sorted(texts.all_text_contents()) == sorted(shown.values())


def test_blame_by_finger(open_figure: OpenFigure, data: Numbers) -> None:
    """On a phone a tap makes a step, and goes back to the start."""
    figure = open_figure("blame", **PHONE)
    figure.locator(".step").tap()
    figure.locator(".step").tap()
    check(figure, data, 2)
    figure.locator("[type=reset]").tap()
    check(figure, data, 0)
