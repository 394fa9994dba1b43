"""The loop that is stepped through: each step says what the package's run gave."""

import inspect
import re
from typing import Any

import numpy as np
import pytest
from by_hand import (
    PHONE,
    OpenFigure,
    check_that_nothing_around_moves,
    page_of,
    press,
    said,
    stop_the_clock,
)
from helpers import NewPage
from playwright.sync_api import Locator, expect

from nnbasics import SGD, Dense, Network, batches, mse, train
from nnbasics.training import training_loop
from website.figures.loop.numbers import compute


def slider(figure: Locator, name: str) -> Locator:
    """Return a slider."""
    return figure.locator(f"input[name={name}]")


def test_loop_is_the_run_of_the_package() -> None:
    """What was recorded step by step is what `train` does, and each number follows by hand."""
    data = compute()
    rng = np.random.default_rng(0)
    litres = rng.uniform(1, 4, size=(20, 1))
    network, optimizer = Network(Dense(1, 1, rng=rng)), SGD(learning_rate=data["learning_rate"])
    epochs = list(
        train(network, mse, optimizer, litres, 3 * litres + 2, epochs=10, batch_size=5, rng=rng)
    )
    assert data["means"] == pytest.approx([epoch.loss for epoch in epochs], abs=1e-6)
    losses = [loss for epoch in epochs for loss in epoch.batch_losses]
    assert data["losses"] == pytest.approx(losses, abs=1e-6)
    last = [parameter.value.item() for parameter in network.parameters]
    assert data["parameters"][-1] == pytest.approx(last, abs=1e-6)
    for number, (weight, bias) in enumerate(data["parameters"][:-1]):
        soups = data["soups"][number]
        x, y = np.array(data["litres"])[soups], np.array(data["salt"])[soups]
        misses = weight * x + bias - y
        gradients = [2 * np.mean(misses * x), 2 * np.mean(misses)]
        assert data["predictions"][number] == pytest.approx(misses + y, abs=1e-5)
        assert data["losses"][number] == pytest.approx(np.mean(misses**2), abs=1e-4)
        assert data["gradients"][number] == pytest.approx(gradients, abs=1e-4)
        assert data["lines"][number] == pytest.approx([weight + bias, 4 * weight + bias], abs=1e-5)
        moved = np.array([weight, bias]) - data["learning_rate"] * np.array(gradients)
        assert data["parameters"][number + 1] == pytest.approx(moved, abs=1e-5)
    for epoch in np.reshape(data["soups"], (10, 20)):
        assert sorted(epoch) == list(range(20))


def test_loop_falls_for_all_to_see() -> None:
    """The mean loss falls by a third or more in each epoch, and shows the package's own lines."""
    data = compute()
    means = np.array(data["means"])
    assert np.all(means[1:] < means[:-1] * 2 / 3)
    source = [line.strip() for line in inspect.getsource(training_loop).splitlines()]
    places = [source.index(data[step]) for step in ("forward", "loss", "backward", "update")]
    assert places == sorted(places)
    assert [source[place - 1][:4] for place in places] == ["# 1.", "# 2.", "# 3.", "# 4."]


@pytest.fixture(scope="module")
def session() -> dict[str, list[Any]]:
    """Run the lesson's session at a tenth of its rate, and keep all numbers."""
    rng = np.random.default_rng(0)
    litres = rng.uniform(1, 4, size=(20, 1))
    network, optimizer = Network(Dense(1, 1, rng=rng)), SGD(learning_rate=0.005)
    weight, bias = network.parameters
    kept: dict[str, list[Any]] = {"forward": [], "loss": [], "backward": [], "update": []}
    for _ in range(10):
        for batch in batches(litres, 3 * litres + 2, 5, rng=rng):
            predictions = network.forward(batch.inputs)
            kept["forward"].append((predictions.ravel(), batch.targets.ravel()))
            loss = mse(predictions, batch.targets)
            kept["loss"].append(float(loss))
            network.backward(loss.gradient)
            kept["backward"].append((weight.gradient.item(), bias.gradient.item()))
            before = weight.value.item(), bias.value.item()
            optimizer.update(network.parameters)
            kept["update"].append((before, (weight.value.item(), bias.value.item())))
    return kept


def numbers(part: Locator) -> list[float]:
    """Return the numbers in some words."""
    return [float(n) for n in re.findall(r"-?[\d.]+", part.inner_text().replace("−", "-"))]


def check_station(loop: Locator, station: int, session: dict[str, list[Any]]) -> None:
    """Compare all that is said at a station with the package's run."""
    epoch, batch, step = station // 16, station // 4 % 4, station % 4
    name, number = list(session)[step], station // 4
    where = f"Epoch {epoch + 1} of 10, batch {batch + 1} of 4: {name}"
    expect(said(loop, "where")).to_have_text(where)
    expect(slider(loop, "station")).to_have_attribute("aria-valuetext", where)
    source = inspect.getsource(training_loop)
    line = re.search(rf"# {step + 1}\. .*\n +(.+)\n", source)
    assert line
    expect(loop.locator("[aria-current=step]")).to_have_text(line[1])
    above, below = numbers(said(loop, "above")), numbers(said(loop, "below"))
    found = session[name][number]
    weight, bias = session["update"][number][step == 3]
    if name == "loss":
        assert above == pytest.approx([found], abs=0.0051)
        assert below == pytest.approx(session["loss"][number - 1 : number], abs=0.0051)
    elif name == "update":
        assert [above, below] == [
            pytest.approx(pair, abs=0.0051) for pair in zip(*found, strict=True)
        ]
    else:
        shown = [above, below] if name == "forward" else [*above, *below]
        for one, other in zip(shown, found, strict=True):
            assert one == pytest.approx(other, abs=0.0051)
    assert numbers(said(loop, "weight")) == pytest.approx([weight], abs=0.0051)
    assert numbers(said(loop, "bias")) == pytest.approx([bias], abs=0.0051)


def test_loop_goes_step_by_step(open_figure: OpenFigure, session: dict[str, list[Any]]) -> None:
    """Each press of Step makes one step of the run, and says its line and numbers."""
    loop = open_figure("loop")
    step = loop.locator(".step")
    check_station(loop, 0, session)
    for station in range(1, 6):
        step.click()
        check_station(loop, station, session)
    press(step, "Enter", "Space")
    check_station(loop, 7, session)
    expect(loop.locator("[role=status]").first).to_have_attribute("aria-live", "polite")


def test_loop_goes_anywhere_with_the_slider(
    open_figure: OpenFigure, session: dict[str, list[Any]]
) -> None:
    """The slider reaches every station; the curve has a point for each epoch that is over."""
    loop = open_figure("loop")
    station, curve = slider(loop, "station"), loop.locator("svg path.loss").last
    for at, points in ((30, 1), (31, 2), (94, 5), (95, 6)):
        station.fill(str(at))
        check_station(loop, at, session)
        assert (curve.get_attribute("d") or "").count(" ") == points
        squares = loop.locator("rect.loss[visibility=visible]").count()
        assert squares == at // 4 + (at % 4 > 0)
    press(station, "End")
    check_station(loop, 159, session)
    loop.page.keyboard.press("ArrowLeft")
    check_station(loop, 158, session)
    loop.page.keyboard.press("Home")
    check_station(loop, 0, session)


def test_loop_plays_at_a_press(open_figure: OpenFigure, session: dict[str, list[Any]]) -> None:
    """Play takes a second for each step of the first round, then speeds up; Pause stops it."""
    loop = stop_the_clock(open_figure("loop"))
    page = loop.page
    button = loop.locator(".play")
    page.clock.run_for(5000)
    check_station(loop, 0, session)
    button.click()
    for station in range(1, 5):
        check_station(loop, station, session)
        page.clock.run_for(1000)
    page.clock.run_for(8000)
    later = int(slider(loop, "station").input_value())
    assert later > 14
    button.press("Enter")
    page.clock.run_for(5000)
    check_station(loop, later, session)
    expect(button).to_have_accessible_name("Play")
    button.click()
    page.clock.run_for(60_000)
    check_station(loop, 159, session)
    expect(button).to_have_accessible_name("Play")
    loop.locator(".step").click()
    check_station(loop, 0, session)


def test_source_is_there_before_the_loop_wakes(new_page: NewPage) -> None:
    """The four lines take their room from the start, as they stand in the package."""
    page = new_page(page_of("loop"), java_script_enabled=False)
    found = re.findall(r"# \d\. .*\n +(.+)\n", inspect.getsource(training_loop))
    assert page.locator("#loop .steps code").all_text_contents() == found


def test_loop_by_finger(open_figure: OpenFigure, session: dict[str, list[Any]]) -> None:
    """On a phone a tap makes a step, goes to the end and back to the start."""
    loop = open_figure("loop", **PHONE)
    loop.locator(".step").tap()
    check_station(loop, 1, session)
    width = (slider(loop, "station").bounding_box() or {"width": 0})["width"]
    slider(loop, "station").tap(position={"x": width - 2, "y": 20})
    check_station(loop, 159, session)
    loop.locator("[type=reset]").tap()
    check_station(loop, 0, session)


def test_nothing_around_the_loop_moves(open_figure: OpenFigure) -> None:
    """While the loop plays, nothing else on a phone's page shifts."""
    check_that_nothing_around_moves(open_figure("loop", **PHONE))
