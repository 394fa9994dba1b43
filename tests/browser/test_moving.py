"""The figures that the reader moves: by mouse, finger and keyboard, with the package's numbers."""

import gzip
import itertools
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from helpers import PHONE, NewPage, awake
from playwright.sync_api import Locator, Page, expect

from nnbasics import cross_entropy, mse, softmax, softmax_cross_entropy
from website import moving
from website.figures import cross_entropy as cross_entropy_figures
from website.figures import digits, training_loop
from website.figures import mean_squared_error as squared
from website.pages import DOCS

# Where each figure stands: the page that names it.
PAGE_OF = {
    name.rpartition(".")[2]: f"lessons/{path.stem}/"
    for path in sorted((DOCS / "lessons").glob("*.md"))
    for name in re.findall(r"figure: (\S+)\nmoves: true", path.read_text(encoding="utf-8"))
}
EVERY = pytest.mark.parametrize("name", PAGE_OF)
SCRIPTS = sorted(moving.SCRIPTS.glob("*.js"))

MOVABLE = "[role=slider], input, select"
# What a figure shows: its picture and its words.
SHOWN = """figure => [
  figure.querySelector("svg").innerHTML.replace(/ focus-visible| data-focus-visible-added=""/g, ""),
  ...[...figure.querySelectorAll("[data-say]")].map(place => place.textContent)]"""
SMALL = """parts => parts
  .map(part => part.closest("label") ?? part)
  .filter(part => part.getBoundingClientRect().height < 43.9)
  .map(part => part.outerHTML.slice(0, 200))"""


@pytest.fixture
def open_figure(new_page: NewPage) -> Callable[..., Locator]:
    """Return a function that opens the page of a figure and goes to it."""

    def find(name: str, query: str = "", **options: Any) -> Locator:
        page = new_page(PAGE_OF[name] + query, **options)
        return awake(page.locator(f"#{name}"))

    return find


OpenFigure = Callable[..., Locator]


def said(figure: Locator, place: str) -> str:
    """Return the words at a place of the figure."""
    return figure.locator(f"[data-say={place}]").inner_text()


def move_something(figure: Locator) -> None:
    """Move the figure with the keyboard: the first of its parts that can be moved."""
    part = figure.locator(MOVABLE).first
    part.focus()
    part.press("ArrowUp" if part.evaluate("part => part.tagName") == "SELECT" else "ArrowRight")
    if part.get_attribute("type") == "radio":
        part.press("Space")


def test_the_figures_are_found() -> None:
    """Every lesson from 2 to 6 has its figure, and every script and every form its figure."""
    assert {path[8] for path in PAGE_OF.values()} == set("23456")
    assert {script.stem for script in SCRIPTS} == {*PAGE_OF, "kit", "wake"}
    assert {form.stem for form in moving.CONTROLS.glob("*.html")} == {*PAGE_OF, "last"}


def test_scripts_only_draw() -> None:
    """No figure computes an exponential, a logarithm or a chance of its own."""
    for script in SCRIPTS:
        assert not re.search(
            r"Math\.(exp|log|random|pow|sqrt)", script.read_text(encoding="utf-8")
        ), script.name


def test_scripts_and_styles_are_light(site: Path) -> None:
    """All scripts and their styles together take less than 20 kB, gzipped."""
    styles = (DOCS / "assets" / "site.css").read_text(encoding="utf-8")
    part = re.search(r"/\* ---- Figures that the reader moves.*?(?=/\* ----)", styles, re.S)
    assert part
    files = [script.read_bytes() for script in (site / "assets" / "figures").glob("*.js")]
    assert len(files) == len(SCRIPTS)
    assert sum(len(gzip.compress(file, 9)) for file in [*files, part[0].encode()]) < 20_000


@EVERY
def test_data_are_light(name: str, site: Path) -> None:
    """What a figure knows takes less than 12 kB, not even compressed."""
    assert (site / "assets" / "figures" / f"{name}.json").stat().st_size < 12_000


@EVERY
def test_still_without_javascript(name: str, new_page: NewPage) -> None:
    """Without scripts there is the whole picture, and nothing to press that does nothing."""
    page = new_page(PAGE_OF[name], java_script_enabled=False)
    figure = page.locator(f"#{name}")
    assert figure.locator("svg").count() == 1
    assert figure.locator("svg .moves").count() > 0
    expect(figure.locator("svg")).to_be_visible()
    expect(figure.locator(".controls")).to_be_hidden()


@EVERY
def test_still_when_the_numbers_do_not_arrive(name: str, new_page: NewPage) -> None:
    """If its numbers are missing, the figure says so and stays a picture."""
    page = new_page("")
    page.route(f"**/{name}.json", lambda route: route.fulfill(status=404))
    page.goto(page.url + PAGE_OF[name])
    figure = page.locator(f"#{name}")
    figure.scroll_into_view_if_needed()
    expect(figure.get_by_text("did not arrive")).to_be_visible()
    assert figure.locator("svg .moves").count() > 0


@EVERY
def test_asleep_until_needed(name: str, new_page: NewPage) -> None:
    """A figure far below takes nothing until the reader comes near it."""
    asked: list[str] = []
    page = new_page("")
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page.url + PAGE_OF[name])
    page.wait_for_load_state("networkidle")
    if page.locator(f"#{name}").evaluate("figure => figure.getBoundingClientRect().top") > 2000:
        assert not any(f"{name}.js" in url for url in asked)
    awake(page.locator(f"#{name}"))
    assert sum(f"{name}.json" in url for url in asked) == 1


@EVERY
def test_a_link_leads_back(name: str, open_figure: OpenFigure) -> None:
    """What was chosen is in the address: another visit, and the way back, show the same."""
    figure = open_figure(name)
    page, address = figure.page, figure.page.url
    start = figure.evaluate(SHOWN)
    assert page.url == address
    move_something(figure)
    shown = figure.evaluate(SHOWN)
    assert shown != start
    page.wait_for_url(f"**?{name}=*#{name}")
    assert figure.locator(".link").evaluate("link => link.href") == page.url

    again = open_figure(name, page.url.partition(PAGE_OF[name])[2])
    assert again.evaluate(SHOWN) == shown
    page.goto(page.url.partition("lessons/")[0])
    page.go_back()
    assert awake(page.locator(f"#{name}")).evaluate(SHOWN) == shown
    page.locator(f"#{name} [type=reset]").click()
    assert awake(page.locator(f"#{name}")).evaluate(SHOWN) == start


@EVERY
def test_a_wrong_link_does_no_harm(name: str, open_figure: OpenFigure) -> None:
    """An address that no figure wrote shows the start, or what it has of known values."""
    figure = open_figure(name, f"?{name}=x_-1_999999_2_3_4_5_6_7_8_9#{name}")
    words = " ".join(figure.evaluate(SHOWN)[1:])
    assert not re.search(r"undefined|NaN|null|Infinity", words)
    assert "NaN" not in figure.locator("> svg").inner_html()


@EVERY
def test_woken_twice(name: str, open_figure: OpenFigure) -> None:
    """A script that is loaded again adds nothing to a figure that is awake."""
    figure = open_figure(name)
    before = figure.locator("svg *").count()
    address = figure.page.locator("script[src*='wake.js']").get_attribute("src")
    figure.page.evaluate("async address => { await import(address) }", f"{address}?again")
    move_something(figure)
    assert figure.locator("svg *").count() <= before + 60  # a walk or a deal may add points
    assert figure.locator("form").count() == 1
    drawn = figure.evaluate(SHOWN)
    figure.locator("[type=reset]").click()
    assert figure.evaluate(SHOWN) != drawn


@EVERY
def test_large_enough_for_a_finger(name: str, open_figure: OpenFigure) -> None:
    """On a phone everything to press is at least 44 px high, and the page still scrolls."""
    figure = open_figure(name, **PHONE)
    page = figure.page
    parts = "button:visible, select:visible, input:visible, .link, .touch"
    assert figure.locator(parts).evaluate_all(SMALL) == []
    box = figure.locator("> svg").bounding_box()
    assert box
    before = page.evaluate("scrollY")
    swipe(page, box["x"] + box["width"] / 2, max(box["y"], 100) + 150, -120)
    page.wait_for_function("before => scrollY > before + 50", arg=before)


def swipe(page: Page, x: float, y: float, way: float) -> None:
    """Put a finger down, move it up or down, and lift it."""
    client = page.context.new_cdp_session(page)
    ways = [way * step / 6 for step in range(1, 7)]
    steps = [("touchStart", [0.0]), *(("touchMove", [part]) for part in ways), ("touchEnd", [])]
    for kind, at in steps:
        points = [{"x": x, "y": y + part} for part in at]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


@EVERY
def test_printed(name: str, open_figure: OpenFigure) -> None:
    """On paper there is the picture with its words, and nothing to press."""
    figure = open_figure(name)
    figure.page.emulate_media(media="print")
    expect(figure.locator("> svg")).to_be_visible()
    for part in figure.locator("button, [type=range], .link").all():
        expect(part).to_be_hidden()


# ---- Mean squared error ----


def test_the_one_formula_is_the_packages(open_figure: OpenFigure) -> None:
    """The formula that lives in JavaScript agrees with `mse` over a grid, to 1e-12."""
    figure = open_figure("misses")
    values = np.linspace(-2, 12, 71).round(1).tolist()
    grid = [(first, second, 7.3) for first, second in itertools.product(values, values[::7])]
    script = figure.page.locator("script[src*='wake.js']").evaluate("script => script.src")
    found = figure.page.evaluate(
        """async ([address, grid, answers]) => {
          const {squared, mean} = await import(address);
          return grid.map(guesses => mean(guesses.map((guess, i) => squared(guess, answers[i]))));
        }""",
        [script.replace("wake.js", "misses.js"), grid, squared.ANSWERS],
    )
    assert len(found) == 71 * 11
    expected = [mse(guesses, squared.ANSWERS) for guesses in grid]
    assert found == pytest.approx(expected, abs=1e-12, rel=1e-12)


def guesses_of(figure: Locator) -> list[float]:
    """Return where the three guesses stand."""
    handles = figure.locator("[role=slider]").all()
    return [float(handle.get_attribute("aria-valuenow") or "nan") for handle in handles]


def check_misses(figure: Locator) -> list[float]:
    """Compare all that the figure says and draws with the package; return the guesses."""
    guesses = guesses_of(figure)
    losses = [mse(guess, answer) for guess, answer in zip(guesses, squared.ANSWERS, strict=True)]
    assert said(figure, "squares") == " + ".join(f"{loss:.2f}" for loss in losses)
    assert said(figure, "mse") == f"{mse(guesses, squared.ANSWERS):.2f}"
    handles = figure.locator("[role=slider]").all()
    for handle, guess, answer, loss in zip(handles, guesses, squared.ANSWERS, losses, strict=True):
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
    assert check_misses(figure) == squared.GUESSES
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
    assert after[1:] == squared.GUESSES[1:]
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
    assert check_misses(figure)[1] > squared.GUESSES[1] + 1
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


def test_half_the_loss_costs_less_for_two(open_figure: OpenFigure) -> None:
    """The lesson's bet: one guess needs 2.0, two need 1.2 in all."""
    data = squared.misses_data()
    figure = open_figure("misses")
    first = figure.get_by_role("slider", name="The first guess")
    for _ in range(20):
        assert said(figure, "verdict") == ""
        first.press("ArrowDown")
    assert [said(figure, place) for place in ("moved", "way", "verdict")] == ["1", "2.0", "Halved."]
    figure.get_by_role("button", name="Start again").click()
    second = figure.get_by_role("slider", name="The second guess")
    for _ in range(6):
        assert said(figure, "verdict") == ""
        first.press("ArrowDown")
        second.press("ArrowUp")
    assert [said(figure, place) for place in ("moved", "way", "verdict")] == ["2", "1.2", "Halved."]
    assert [data["way of one guess"], data["way of two guesses"]] == [2.0, 1.2]


# ---- Cross-entropy ----


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
            assert said(figure, "loss") == loss
            words = f"{percent} % cat, {100 - percent} % dog. It is {truth}: loss {loss}"
            assert slider.get_attribute("aria-valuetext") == words
            slider.press("ArrowRight")


def test_surprise_by_finger(open_figure: OpenFigure) -> None:
    """A tap on the slider and a tap on the truth choose."""
    figure = open_figure("surprise", **PHONE)
    figure.get_by_role("slider").tap(position={"x": 3, "y": 20})
    figure.get_by_text("a cat").tap()
    assert said(figure, "guess") == "1 % cat, 99 % dog"
    assert said(figure, "loss") == "4.61"
    figure.get_by_text("a dog").tap()
    assert said(figure, "loss") == "0.01"


def test_marks_are_where_the_curve_is() -> None:
    """Sure and wrong, a coin flip and 90 %: 4.61, 0.69 and 0.11."""
    data = cross_entropy_figures.surprise_data()
    assert np.round(data["marks cost"], 2).tolist() == [4.61, 0.69, 0.11]
    assert data["losses"]["cat"] == data["losses"]["dog"][::-1]


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
        assert said(figure, "p") == shares[label]
        assert said(figure, "loss") == f"{softmax_cross_entropy(scores, label):.2f}"


# ---- The learning rate ----


def test_guess_first(open_figure: OpenFigure) -> None:
    """Before the guess there is no walk and no choice of rate; then the verdict."""
    for guess, verdict in (("grows", "You guessed it."), ("falls", "Not this time.")):
        figure = open_figure("rates", **PHONE)
        assert figure.locator("circle").count() == 2
        expect(figure.get_by_role("slider")).to_be_disabled()
        expect(figure.get_by_role("button", name="diverges")).to_be_hidden()
        figure.get_by_text(guess).tap()
        assert said(figure, "verdict").startswith(verdict)
        assert figure.locator("circle").count() == 2 * 13
        expect(figure.get_by_role("slider")).to_be_enabled()


def test_every_rate_says_what_its_walk_does(open_figure: OpenFigure) -> None:
    """At each recorded rate the words agree with a new walk, and the limit is between the two."""
    data = training_loop.rates_data()
    limit = data["names"]["largest stable"]
    assert limit == pytest.approx(1 / 9, abs=1e-15)
    figure = open_figure("rates")
    figure.get_by_label("grows").press("Space")
    slider = figure.get_by_role("slider")
    slider.press("Home")
    for rate in data["rates"]:
        before, after = 81, training_loop.walk(rate, 12)[-1][1]
        word = "falls" if rate < limit else "grows" if rate > limit else "stays"
        name = "1/9" if rate == limit else f"{rate:g}"
        assert said(figure, "rate") == name
        assert slider.get_attribute("aria-valuetext") == f"{name}: the loss {word}"
        if word == "stays":
            assert said(figure, "verdict").endswith("stays at 81.")
        else:
            end = f"{after:.2f}" if after < 10 else f"{after:,.0f}"
            assert said(figure, "verdict").endswith(f"the loss {word} from {before} to {end}.")
        slider.press("ArrowRight")


def test_named_rates(open_figure: OpenFigure) -> None:
    """The four named rates are a press away."""
    figure = open_figure("rates")
    figure.get_by_label("falls").click()
    for name, rate in (("slow", "0.002"), ("good", "0.05"), ("largest stable", "1/9")):
        figure.get_by_role("button", name=name).click()
        assert said(figure, "rate") == rate
        expect(figure.locator("[aria-pressed=true]")).to_contain_text(name)


# ---- The playground ----


def test_playground(open_figure: OpenFigure) -> None:
    """Three chosen runs show the losses, right answers and updates of such a run by the package."""
    figure = open_figure("playground")
    chosen = [("A", 1280, 0.5, "cross-entropy"), ("B", 32, 2, "squared error")]
    for name, size, rate, loss in chosen:
        for choice, value in (("size", size), ("rate", rate), ("loss", loss)):
            figure.locator(f"[name={choice}{name}]").select_option(str(value))
        run = digits.train_for_playground(size, rate, loss)
        told = said(figure, f"told{name}")
        assert told.startswith(f"{25600 // size:,} updates in 0.0")
        assert told.endswith(
            f"Loss {run['training'][-1]:.3f}, validation {run['validation'][-1]:.3f}. "
            f"{run['right'][-1]} % right."
        )
    assert figure.locator("path.gradient").first.get_attribute("d")
    figure.locator("[name=sizeC]").press("Home")
    figure.locator("[name=sizeC]").select_option("0")
    assert said(figure, "toldC") == "No run."
    assert not figure.locator("path.gradient").first.get_attribute("d")


def test_playground_is_the_lessons_run() -> None:
    """At the lesson's settings the playground ends where the lesson does, give or take a seed."""
    run = digits.train_for_playground(32, 0.1, "cross-entropy")
    assert run["training"][-1] == pytest.approx(0.12, abs=0.02)
    assert 94 <= run["right"][-1] <= 99


def test_run_times_are_whole() -> None:
    """Every run of the playground has a time, and the file says on what it was measured."""
    times = json.loads(digits.RUN_TIMES.read_text(encoding="utf-8"))
    assert "one core" in times["on"]
    assert {
        loss: [int(size) for size in row] for loss, row in times["seconds"].items()
    } == dict.fromkeys(digits.LOSSES, digits.BATCH_SIZES)
    # Fewer updates take less time: each batch size up to 128 is quicker than the one before.
    for row in times["seconds"].values():
        assert row["8"] > row["32"] > row["128"] > 0
