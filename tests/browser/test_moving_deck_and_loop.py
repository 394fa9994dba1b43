"""The deck that is dealt and the loop that is stepped through, as a reader moves them."""

import inspect
import math
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from helpers import PHONE, WATCH_SHIFTS, awake
from playwright.sync_api import Locator, Page, expect

from nnbasics import SGD, Dense, Network, batches, mse, train

DECK, LOOP = "lessons/4-epochs-and-batches/", "lessons/5-training-loop/"

# The cards that lie in a tray: by rows, and in a row from left to right.
CARDS_IN_TRAY = """(figure, number) => {
  const middle = part => {
    const {x, y, width, height} = part.getBoundingClientRect();
    return [x + width / 2, y + height / 2];
  };
  const tray = figure.querySelectorAll(".tray")[number].getBoundingClientRect();
  return [...figure.querySelectorAll(".card")]
    .map((card, number) => [number, ...middle(card)])
    .filter(([, x, y]) => x > tray.left && x < tray.right && y > tray.top && y < tray.bottom)
    .sort(([, x, y], [, otherX, otherY]) => Math.abs(y - otherY) > 2 ? y - otherY : x - otherX)
    .map(([number]) => number);
}"""
# What a picture is made of: where its shapes begin and end, and how strong they are.
SHAPES = """(figure, selector) => [...figure.querySelectorAll(selector)].map(shape => {
  const picture = figure.querySelector("svg").getBoundingClientRect();
  const {left, right, top, bottom} = shape.getBoundingClientRect();
  return [left - picture.left, right - picture.left, top - picture.top, bottom - picture.top,
    20 * Number(getComputedStyle(shape).opacity)]; // a step of shade counts as a pixel
})"""


def stop_the_clock(page: Page, name: str) -> Locator:
    """Load the page anew with a clock that goes on only when it is told to."""
    page.clock.install(time=0)
    page.reload()
    figure = awake(page.locator(f"#{name}"))
    page.clock.pause_at(1000)
    return figure


def said(figure: Locator, name: str) -> Locator:
    """Return the place of some words."""
    return figure.locator(f"[data-say={name}]")


def slider(figure: Locator, name: str) -> Locator:
    """Return a slider."""
    return figure.locator(f"input[name={name}]")


def press(page: Page, part: Locator, *keys: str) -> None:
    """Press keys on a part that has the focus."""
    part.focus()
    for key in keys:
        page.keyboard.press(key)


class Part(NamedTuple):
    """One of the two figures, just awake."""

    page: Page
    figure: Locator
    complaints: list[str]


Open = Callable[..., Part]


@pytest.fixture
def open_figure(new_page: Callable[..., Page]) -> Iterator[Open]:
    """Return a function that opens a lesson at its figure, and check that nothing complains."""
    opened: list[Part] = []

    def open_it(name: str, query: str = "", **options: Any) -> Part:
        complaints: list[str] = []
        page = new_page((DECK if name == "deck" else LOOP) + query, **options)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        opened.append(Part(page, awake(page.locator(f"#{name}")), complaints))
        return opened[-1]

    yield open_it
    assert [complaint for part in opened for complaint in part.complaints] == []


def test_deck_counts_the_updates_of_each_size(open_figure: Open) -> None:
    """With the arrow keys each size is reached, and its batches and updates are the package's."""
    page, deck, _ = open_figure("deck")
    press(page, slider(deck, "size"), "Home")
    cards, sizes = np.arange(100), []
    while not sizes or sizes[-1] < 100:
        sizes.append(int(said(deck, "size").inner_text()))
        lengths = [len(batch.inputs) for batch in batches(cards, cards, sizes[-1])]
        n = math.ceil(100 / sizes[-1])
        formula = f"ceil(100 / {sizes[-1]}) × 3 = {n} × 3 = {3 * n}"
        expect(said(deck, "formula")).to_have_text(formula)
        expect(deck.locator(".tray")).to_have_count(len(lengths))
        words = [int(number) for number in re.findall(r"\d+", said(deck, "sizes").inner_text())]
        if 1 < len(lengths) < 5:
            assert words == lengths
        else:
            full = [lengths.count(sizes[-1]), sizes[-1]]
            assert words == full + ([1, lengths[-1]] if lengths[-1] < sizes[-1] else [])
        expect(slider(deck, "dealt")).to_have_attribute("max", str(3 * n))
        expect(slider(deck, "size")).to_have_attribute(
            "aria-valuetext", re.compile(rf"^{sizes[-1]} cards?, {n} batch(es)?$")
        )
        page.keyboard.press("ArrowRight")
    assert {1, 10, 32, 100} <= set(sizes)


def test_deck_deals_the_cards_of_the_package(open_figure: Open) -> None:
    """In each tray lie the very cards of the package's batch, in its order, shuffled or not."""
    page, deck, _ = open_figure("deck", "?deck=16_21_true#deck")
    cards, rng = np.arange(100), np.random.default_rng(0)
    epochs = [list(batches(cards, cards, 16, rng=rng)) for _ in range(3)]
    for number, epoch in zip((7, 14, 21), epochs, strict=True):
        slider(deck, "dealt").fill(str(number))
        for tray, batch in enumerate(epoch):
            assert deck.evaluate(CARDS_IN_TRAY, tray) == batch.inputs.tolist()
    press(page, deck.locator("[type=checkbox]"), "Space")
    for tray, batch in enumerate(batches(cards, cards, 16)):
        assert deck.evaluate(CARDS_IN_TRAY, tray) == batch.inputs.tolist()
    press(page, slider(deck, "dealt"), "ArrowLeft")
    assert [len(deck.evaluate(CARDS_IN_TRAY, tray)) for tray in (5, 6)] == [16, 0]
    expect(deck.locator("svg text").last).to_have_text("4 cards in the deck")
    expect(deck.locator("svg")).to_have_attribute("aria-label", re.compile("batch 6 of 7. 4 cards"))


def test_deck_is_dealt_at_a_press(open_figure: Open) -> None:
    """Deal goes on batch by batch, Pause stops it, and after the last epoch it starts anew."""
    page = open_figure("deck").page
    deck = stop_the_clock(page, "deck")
    button, dealt, over = deck.locator(".play"), said(deck, "dealt"), said(deck, "over")
    page.clock.run_for(5000)
    expect(dealt).to_have_text("2")
    button.click()
    expect(dealt).to_have_text("3")
    expect(button).to_have_text("Pause")
    page.clock.run_for(700)
    expect(dealt).to_have_text("4")
    expect(over).to_have_text("Epoch 1 done, each card dealt once")
    expect(over).to_have_role("status")
    button.click()
    page.clock.run_for(5000)
    expect(dealt).to_have_text("4")
    expect(button).to_have_text("Deal")
    button.press("Enter")
    expect(said(deck, "where")).to_have_text("Epoch 2 of 3, batch 1 of 4")
    expect(over).to_be_empty()
    page.clock.run_for(20_000)
    expect(dealt).to_have_text("12")
    expect(over).to_have_text("Epoch 3 done, each card dealt 3 times")
    expect(button).to_have_text("Deal")
    button.press("Space")
    expect(dealt).to_have_text("1")
    press(page, slider(deck, "size"), "ArrowLeft")  # another size stops it, and is another deal
    page.clock.run_for(5000)
    expect(dealt).to_have_text("0")


def test_deck_wakes_as_it_was_drawn(new_page: Callable[..., Page]) -> None:
    """The still picture shows the same cards and trays as the figure when it wakes."""
    still = new_page(DECK, java_script_enabled=False).locator("#deck")
    moving = awake(new_page(DECK).locator("#deck"))
    shapes = moving.evaluate(SHAPES, ".tray, .card")
    drawn = still.evaluate(SHAPES, ".moves path")
    assert len(shapes) == len(drawn) == 104
    near = [np.abs(np.array(drawn) - shape).max(axis=1).min() for shape in shapes]
    assert max(near) < 1.5
    assert still.locator("svg text").text_content() == moving.locator("svg text").text_content()


@pytest.mark.parametrize(("motion", "seconds"), [("reduce", "0s"), ("no-preference", "0.5s")])
def test_cards_glide_unless_the_reader_wants_calm(
    motion: str, seconds: str, open_figure: Open
) -> None:
    """Cards glide into their trays; with reduced motion they are there at once."""
    _, deck, _ = open_figure("deck", reduced_motion=motion)
    expect(deck.locator(".card").first).to_have_css("transition-duration", seconds)


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
    source = inspect.getsource(train)
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


def test_loop_goes_step_by_step(open_figure: Open, session: dict[str, list[Any]]) -> None:
    """Each press of Step makes one step of the run, and says its line and numbers."""
    page, loop, _ = open_figure("loop")
    step = loop.locator(".step")
    check_station(loop, 0, session)
    for station in range(1, 6):
        step.click()
        check_station(loop, station, session)
    press(page, step, "Enter", "Space")
    check_station(loop, 7, session)
    expect(loop.locator("[role=status]").first).to_have_attribute("aria-live", "polite")


def test_loop_goes_anywhere_with_the_slider(
    open_figure: Open, session: dict[str, list[Any]]
) -> None:
    """The slider reaches every station; the curve has a point for each epoch that is over."""
    page, loop, _ = open_figure("loop")
    station, curve = slider(loop, "station"), loop.locator("svg path.loss").last
    for at, points in ((30, 1), (31, 2), (94, 5), (95, 6)):
        station.fill(str(at))
        check_station(loop, at, session)
        assert (curve.get_attribute("d") or "").count(" ") == points
        squares = loop.locator("rect.loss[visibility=visible]").count()
        assert squares == at // 4 + (at % 4 > 0)
    press(page, station, "End")
    check_station(loop, 159, session)
    page.keyboard.press("ArrowLeft")
    check_station(loop, 158, session)
    page.keyboard.press("Home")
    check_station(loop, 0, session)


def test_loop_plays_at_a_press(open_figure: Open, session: dict[str, list[Any]]) -> None:
    """Play takes a second for each step of the first round, then speeds up; Pause stops it."""
    page = open_figure("loop").page
    loop = stop_the_clock(page, "loop")
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
    expect(button).to_have_text("Play")
    button.click()
    page.clock.run_for(60_000)
    check_station(loop, 159, session)
    expect(button).to_have_text("Play")
    loop.locator(".step").click()
    check_station(loop, 0, session)


def test_both_are_moved_with_a_finger(open_figure: Open, session: dict[str, list[Any]]) -> None:
    """On a phone a tap reaches every control, and each is large enough for a finger."""
    parts = [open_figure(name, **PHONE) for name in ("deck", "loop")]
    for page, figure, _ in parts:
        for control in figure.locator(
            ".controls :is(button, .link, label, input[type=range])"
        ).all():
            box = control.bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= 44
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    deck, loop = (part.figure for part in parts)
    deck.locator("label", has_text="Shuffle").tap()
    slider(deck, "dealt").tap(position={"x": 2, "y": 20})
    expect(said(deck, "dealt")).to_have_text("0")
    deck.locator(".play").tap()
    expect(said(deck, "dealt")).to_have_text("1")
    assert deck.evaluate(CARDS_IN_TRAY, 0) == list(range(32))
    loop.locator(".step").tap()
    check_station(loop, 1, session)
    width = (slider(loop, "station").bounding_box() or {"width": 0})["width"]
    slider(loop, "station").tap(position={"x": width - 2, "y": 20})
    check_station(loop, 159, session)
    loop.locator("[type=reset]").tap()
    check_station(loop, 0, session)


@pytest.mark.parametrize(
    ("name", "keys", "state"),
    [("deck", "ArrowLeft ArrowLeft Tab ArrowRight", "25_1_true"), ("loop", "End ArrowLeft", "158")],
)
def test_address_leads_back(name: str, keys: str, state: str, open_figure: Open) -> None:
    """What was chosen is in the address, and whoever opens it finds the same."""
    page, figure, _ = open_figure(name, f"?{name}=999_999_maybe")  # nothing known
    start = figure.locator(".controls").inner_text()
    press(page, figure.locator("input[type=range]").first, *keys.split())
    page.wait_for_url(re.compile(rf"\?{name}={state}#{name}$"))
    chosen = figure.locator(".controls").inner_text()
    assert chosen != start
    page.reload()
    assert awake(page.locator(f"#{name}")).locator(".controls").inner_text() == chosen
    figure.locator("[type=reset]").click()
    assert figure.locator(".controls").inner_text() == start


@pytest.mark.parametrize("name", ["deck", "loop"])
def test_nothing_around_moves(name: str, open_figure: Open) -> None:
    """Neither when a figure wakes nor while it plays does anything on a phone's page shift."""
    page = open_figure(name, **PHONE).page
    figure = stop_the_clock(page, name)
    button = figure.locator(".play")
    button.click()
    page.wait_for_timeout(600)  # from now on a shift is nobody's doing
    page.clock.run_for(60_000)
    expect(button).not_to_have_text("Pause")
    page.evaluate(WATCH_SHIFTS)
    page.wait_for_timeout(100)
    assert page.evaluate("shifts") == []


@pytest.mark.parametrize("name", ["deck", "loop"])
def test_accessible_when_awake(name: str, open_figure: Open) -> None:
    """Axe finds nothing to object to, in the dark and in the light."""
    page = open_figure(name, **PHONE).page
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, context=f"#{name}").response["violations"]
        assert [rule["id"] for rule in found] == []


def test_source_is_there_before_the_loop_wakes(new_page: Callable[..., Page]) -> None:
    """The four lines take their room from the start, as they stand in the package."""
    page = new_page(LOOP, java_script_enabled=False)
    found = re.findall(r"# \d\. .*\n +(.+)\n", inspect.getsource(train))
    assert page.locator("#loop .steps code").all_text_contents() == found


@pytest.mark.parametrize("name", ["deck", "loop"])
def test_on_paper_the_words_stay(name: str, open_figure: Open) -> None:
    """In print a figure keeps its words and loses what only a screen can use."""
    page, figure, _ = open_figure(name)
    page.emulate_media(media="print")
    expect(said(figure, "where")).to_be_visible()
    expect(figure.locator(".controls :is(button, input):visible")).to_have_count(0)
