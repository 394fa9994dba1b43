"""A digit drawn with mouse, finger and keyboard is read as the package reads it."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

import numpy as np
import pytest
from by_hand import PHONE, WATCH_SHIFTS, OpenFigure, awake, page_of, press, said
from helpers import NewPage, need_pyodide, objections, wait_for_quiet
from playwright.sync_api import Locator, expect

from nnbasics import load_digits, softmax
from website.figures import digits
from website.figures.drawn import numbers
from website.figures.drawn.in_page import bent, from_thousandths, guesses, judge, trained
from website.figures.drawn.strokes import HEIGHT, WIDTH, Stroke, draw, drawings, prepare
from website.proof import kept

# A drawing of each digit that is read right, as a reader might draw it.
DRAWN = dict(enumerate(drawings(10, 4).strokes))
LINES: dict[str, list[Stroke]] = {
    "straight down": [[[100, 20], [100, 200]]],
    "slightly slanted": [[[100, 20], [103, 200]]],
    "flat": [[[10, 100], [190, 100]]],
    "one square on another": [[[12, 12]], [[12, 60]]],
    "twice the same point": [[[10, 10], [10, 10], [90, 200]]],
    "corner to corner": [[[0, 0], [WIDTH, HEIGHT]]],
}


@pytest.fixture(scope="module")
def found() -> numbers.Numbers:
    """Return what the page is told."""
    computed: numbers.Numbers = kept.result(numbers.compute)
    return computed


# ---- The numbers ----


def test_at_least_nine_of_ten_are_read(found: numbers.Numbers) -> None:
    """Of at least 200 drawings of all ten digits, kept aside, 90 % are read right."""
    assert found["drawings"] >= 200
    assert found["percent"] >= 90 > found["percent_of_the_lessons"]
    pictures, labels = numbers.held_back()
    assert np.bincount(labels).tolist() == [len(labels) // 10] * 10
    network = from_thousandths(found["weights"])
    right = guesses(network, pictures) == labels
    assert found["percent"] == pytest.approx(100 * np.mean(right))
    of_each = [int(np.sum(right[labels == digit])) for digit in range(10)]
    assert found["of_each_digit"] == of_each
    assert min(of_each) > 0.6 * len(labels) / 10


def test_drawings_vary() -> None:
    """They lie within the paper, in many sizes, places and widths, and none is made twice."""
    made = drawings(200, numbers.HELD_BACK).strokes
    assert len({json.dumps(each) for each in made}) == 200
    edges = np.array(
        [[np.min(points, axis=0), np.max(points, axis=0)] for points in map(all_points, made)]
    )
    assert edges.min() >= 0
    assert (edges.max(axis=(0, 1)) <= [WIDTH, HEIGHT]).all()
    size = edges[:, 1] - edges[:, 0]
    assert size[:, 1].min() < 90 < 200 < size[:, 1].max()
    assert edges[:, 0].std(axis=0).min() > 25
    assert (size[:, 0] / size[:, 1]).std() > 0.15


def all_points(strokes: list[Stroke]) -> list[list[int]]:
    """Return the points of all strokes."""
    return [point for stroke in strokes for point in stroke]


def test_it_is_the_lessons_network_but_for_the_copies() -> None:
    """Without copies it is trained as the lesson does, from the same weights, and tested alike."""
    network, test = trained(copies=0)
    lesson = digits.run()
    assert (test.inputs == lesson.test_images).all()
    same = guesses(network, test.inputs) == guesses(lesson.network, test.inputs)
    assert np.mean(same) > 0.97
    assert [part.value.shape for part in network.parameters] == [
        part.value.shape for part in lesson.network.parameters
    ]


def test_bent_copies_are_like_the_pictures() -> None:
    """A bent copy has ink from 0 to 16, about as much as before, and is not the picture itself."""
    images = load_digits()[0][:200]
    copies = bent(images, np.random.default_rng(1))
    assert copies.min() >= 0
    assert copies.max() <= 16
    assert copies.sum() == pytest.approx(images.sum(), rel=0.1)
    assert np.abs(copies - images).mean() > 1


def test_an_added_drawing_is_learned(found: numbers.Numbers) -> None:
    """Trained again with a drawing that was read wrong, the network reads it, tests as well."""
    pictures, labels = numbers.held_back()
    before = softmax(from_thousandths(found["weights"]).forward(pictures / 16))
    wrong = int(np.flatnonzero(before.argmax(axis=1) != labels)[0])
    program = {"pictures": [pictures[wrong].tolist()], "labels": [int(labels[wrong])]}
    said: list[str] = []
    verdict = judge(json.dumps(program), "", 0, said.append)
    after = json.loads(verdict.sentence)
    chance = softmax(from_thousandths(after["weights"]).forward(pictures[wrong : wrong + 1] / 16))
    assert chance[0, labels[wrong]] > before[wrong, labels[wrong]] + 0.1
    assert chance.argmax() == labels[wrong]
    assert 285 <= after["right"] <= 300
    assert said[-1].startswith("Epoch 20: loss 0.")


# ---- The same in JavaScript ----


def test_javascript_reads_as_the_package_does(open_figure: OpenFigure) -> None:
    """The 64 numbers are the same, one by one, and the probabilities to 1e-12."""
    figure = open_figure("drawn")
    folder = urljoin(figure.page.url, "../../assets/figures/drawn/")
    strokes = [*drawings(200, 7).strokes, *LINES.values()]
    images = load_digits()[0][-300:]
    made, chances, network = figure.page.evaluate(
        """async ([folder, strokes, images]) => {
          const {fetchNetwork, prepare, probabilities} = await import(folder + "read.js");
          const network = await fetchNetwork(folder + "later.json");
          const chances = images.map(image => probabilities(network, image));
          return [strokes.map(prepare), chances, network];
        }""",
        [folder, strokes, images.tolist()],
    )
    assert made == [prepare(each).tolist() for each in strokes]
    expected = softmax(from_thousandths(network["weights"]).forward(images / 16))
    assert np.abs(np.array(chances) - expected).max() < 1e-12
    assert network["weights"] == kept.result(numbers.compute)["weights"]


# ---- By mouse, finger and keyboard ----


def drawn_strokes(figure: Locator) -> list[Stroke]:
    """Return the strokes that the address of the page holds."""
    text = figure.locator(".link").evaluate("link => new URL(link.href).searchParams.get('drawn')")
    if text == "-":
        return []
    return [
        [[int(point[:2], 36), int(point[2:], 36)] for point in re.findall("....", stroke)]
        for stroke in text.split(".")
    ]


def check_reading(figure: Locator) -> int:
    """Compare all that is shown of a drawing with the package; return the digit that it reads."""
    expect(figure).not_to_have_attribute("data-reads", "")
    picture = prepare(drawn_strokes(figure))
    weights = kept.result(numbers.compute)["weights"]
    chances = softmax(from_thousandths(weights).forward(picture[np.newaxis] / 16))[0]
    seen, chart = (figure.locator("svg [role=img]").nth(place) for place in (0, 1))
    assert seen.locator("text").all_text_contents() == [str(ink) for ink in picture]
    percents = [f"{np.floor(100 * chance + 0.5):.0f} %" for chance in chances]
    assert chart.locator("text").all_text_contents() == percents
    name = chart.get_attribute("aria-label")
    assert name == "Probabilities: " + ", ".join(
        f"{digit} has {percent}" for digit, percent in enumerate(percents)
    )
    read = int(chances.argmax())
    assert re.search(rf"an? {read}\b", said(figure, "told").inner_text())
    return read


def on_paper(figure: Locator) -> Callable[[list[int]], tuple[float, float]]:
    """Return what gives the place of a point of the paper on the screen."""
    box = figure.locator(".paper").bounding_box()
    assert box
    return lambda point: (
        box["x"] + point[0] / WIDTH * box["width"],
        box["y"] + point[1] / HEIGHT * box["height"],
    )


def draw_by_mouse(figure: Locator, strokes: list[Stroke]) -> None:
    """Draw some strokes."""
    figure.locator(".paper").evaluate("paper => paper.scrollIntoView({block: 'center'})")
    at, mouse = on_paper(figure), figure.page.mouse
    for first, *others in strokes:
        mouse.move(*at(first))
        mouse.down()
        for point in others:
            mouse.move(*at(point))
        mouse.up()


@pytest.mark.parametrize("digit", [2, 3, 7])
def test_by_mouse(digit: int, open_figure: OpenFigure) -> None:
    """What the mouse draws is read, stroke after stroke: it is the digit that was drawn."""
    figure = open_figure("drawn")
    draw_by_mouse(figure, DRAWN[digit])
    assert len(drawn_strokes(figure)) == len(DRAWN[digit])
    assert check_reading(figure) == digit


def test_by_finger(open_figure: OpenFigure) -> None:
    """A finger draws, the page stays where it is, and a second finger adds nothing."""
    figure = open_figure("drawn", **PHONE)
    page = figure.page
    figure.locator(".paper").evaluate("paper => paper.scrollIntoView({block: 'center'})")
    at, before = on_paper(figure), page.evaluate("scrollY")
    client = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(points)]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    for stroke in DRAWN[3]:
        touch("touchStart", at(stroke[0]))
        for place, point in enumerate(stroke[1:]):
            touch("touchMove", at(point), *([at([10, 10 + place])] if place == 3 else []))
        touch("touchEnd")
    assert len(drawn_strokes(figure)) == len(DRAWN[3])
    assert check_reading(figure) == 3
    assert page.evaluate("scrollY") == before


def test_by_keyboard(open_figure: OpenFigure) -> None:
    """Arrows move on the paper, Space fills a square and empties it, Backspace takes back."""
    figure = open_figure("drawn")
    first = figure.get_by_role("gridcell", name="Row 1, column 1", exact=True)
    press(first, "ArrowUp", "ArrowLeft", "ArrowRight", "ArrowRight", "ArrowRight", "Space")
    here = figure.get_by_role("gridcell", name="Row 1, column 4", exact=True)
    expect(here).to_be_focused()
    expect(here).to_have_attribute("aria-selected", "true")
    expect(said(figure, "told")).to_have_text("That is too small to be read. Draw a whole digit.")
    for _ in range(9):
        figure.page.keyboard.press("ArrowDown")
        figure.page.keyboard.press("Space")
    assert check_reading(figure) == 1
    figure.page.keyboard.press("Space")
    assert len(drawn_strokes(figure)) == 9
    figure.page.keyboard.press("Backspace")
    assert len(drawn_strokes(figure)) == 10
    figure.page.keyboard.press("Control+z")
    assert len(drawn_strokes(figure)) == 9
    assert figure.locator("[role=gridcell][tabindex='0']").count() == 1
    figure.page.keyboard.press("End")
    expect(figure.get_by_role("gridcell", name="Row 10, column 8", exact=True)).to_be_focused()


def test_undo_and_clear(open_figure: OpenFigure) -> None:
    """Undo takes back what was done last, Clear empties the paper, and an empty one is not read."""
    figure = open_figure("drawn")
    told = said(figure, "told")
    expect(told).to_contain_text("An example: it reads a 3")
    undo, clear = (figure.get_by_role("button", name=name) for name in ("Undo", "Clear"))
    undo.click()
    expect(told).to_have_text("There is nothing to undo.")
    draw_by_mouse(figure, DRAWN[7])
    count = len(DRAWN[7])
    undo.click()
    assert len(drawn_strokes(figure)) == count - 1
    clear.click()
    expect(told).to_have_text("Nothing is drawn, so nothing is read.")
    assert figure.locator("svg [role=img] text").all_text_contents() == [""] * 74
    undo.click()
    assert len(drawn_strokes(figure)) == count - 1
    check_reading(figure)
    figure.get_by_role("button", name="Start again").click()
    expect(told).to_contain_text("An example")


def test_words_wait_for_the_pen_to_rest(open_figure: OpenFigure) -> None:
    """Bars follow the pen; what a screen reader is told changes once for each stroke."""
    figure = open_figure("drawn")
    draw_by_mouse(figure, DRAWN[3][:1])
    check_reading(figure)
    figure.evaluate(
        """figure => {
          window.told = [];
          const changes = {attributes: true, childList: true, characterData: true, subtree: true};
          const [told, chart] = ["[data-say=told]", "svg [role=img]:last-child"].map(
            part => figure.querySelector(part));
          new MutationObserver(() => window.told.push("")).observe(told, changes);
          window.drawn = new Set();
          new MutationObserver(() => drawn.add(chart.innerHTML)).observe(chart, changes);
        }"""
    )
    draw_by_mouse(figure, DRAWN[3][1:2])
    check_reading(figure)
    assert figure.page.evaluate("told.length") == 1
    assert figure.page.evaluate("drawn.size") > 2


def test_nothing_is_loaded_before_somebody_draws(new_page: NewPage) -> None:
    """Scripts wait for a press, weights and what reads for a stroke, what trains for its press."""
    asked: list[str] = []
    page = new_page("")
    page.on("request", lambda request: asked.append(request.url.partition("/drawn/")[2]))
    page.goto(page.url + page_of("drawn"))
    page.locator("#drawn").scroll_into_view_if_needed()
    wait_for_quiet(page)
    assert set(asked) - {""} == set()
    figure = awake(page.locator("#drawn"))
    wait_for_quiet(page)
    assert set(asked) - {""} == {"script.js", "numbers.json"}
    draw_by_mouse(figure, DRAWN[7])
    check_reading(figure)
    assert set(asked) - {""} == {"script.js", "numbers.json", "read.js", "later.json"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_begins_with_a_press(scheme: Any, new_page: NewPage) -> None:
    """A key begins it, and leads onto the paper; axe is content before, and nothing shifts."""
    page = new_page(page_of("drawn"), color_scheme=scheme)
    figure = page.locator("#drawn")
    figure.scroll_into_view_if_needed()
    wait_for_quiet(page)
    assert objections(page, part="#drawn") == []
    expect(figure.get_by_role("button")).to_have_count(1)
    page.evaluate(WATCH_SHIFTS)
    press(figure.get_by_role("button", name="Draw a digit"), "Enter")
    expect(figure.get_by_role("gridcell").first).to_be_focused()
    expect(figure.get_by_role("button", name="Draw a digit")).to_have_count(0)
    page.wait_for_timeout(700)
    assert page.evaluate("shifts") == []


# ---- What can fail ----


FAILURES: dict[str, tuple[dict[str, Any], str]] = {
    "missing": ({"status": 404}, "the server answered 404"),
    "damaged": ({"body": '{"weights": [[1, 2]], "check": 3}'}, "its weights arrived damaged"),
    "cut off": ({"body": '{"weights": [[1, 2'}, "its weights arrived damaged"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_weights_that_do_not_arrive(failure: str, new_page: NewPage) -> None:
    """The page says why there is no reading, keeps the drawing, and tries again with the next."""
    answer, why = FAILURES[failure]
    figure = awake(new_page(page_of("drawn")).locator("#drawn"))
    figure.page.route("**/later.json", lambda route: route.fulfill(**answer))
    draw_by_mouse(figure, DRAWN[7][:1])
    told = said(figure, "told")
    expect(told).to_contain_text(f"The network could not be loaded: {why}. Your drawing is still")
    assert len(drawn_strokes(figure)) == 1
    figure.page.unroute("**/later.json")
    draw_by_mouse(figure, DRAWN[7][1:])
    assert check_reading(figure) == 7


def test_what_reads_does_not_arrive(new_page: NewPage) -> None:
    """Without the script that reads there is a sentence, too."""
    figure = awake(new_page(page_of("drawn")).locator("#drawn"))
    figure.page.route("**/read.js", lambda route: route.abort())
    draw_by_mouse(figure, DRAWN[7][:1])
    expect(said(figure, "told")).to_contain_text("could not be loaded. Draw on")


@pytest.mark.parametrize("state", ["example", "drawn", "by keyboard", "empty", "failed"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_in_each_state(state: str, scheme: Any, new_page: NewPage) -> None:
    """Axe has no objection, in both palettes, and nothing else on the page has moved."""
    figure = awake(new_page(page_of("drawn"), color_scheme=scheme).locator("#drawn"))
    figure.page.evaluate(WATCH_SHIFTS)
    if state == "drawn":
        draw_by_mouse(figure, DRAWN[7])
        check_reading(figure)
    elif state == "by keyboard":
        press(figure.get_by_role("gridcell").first, "Space", "ArrowRight", "Space")
    elif state == "failed":
        figure.page.route("**/later.json", lambda route: route.fulfill(status=404))
        draw_by_mouse(figure, DRAWN[7])
        expect(said(figure, "told")).to_contain_text("could not be loaded")
    elif state == "empty":
        figure.get_by_role("button", name="Clear").click()
    assert objections(figure.page, part="#drawn") == []
    figure.page.wait_for_timeout(700)
    assert figure.page.evaluate("shifts") == []


def test_seen_with_forced_colours(open_figure: OpenFigure) -> None:
    """Where the system chooses the colours, the pen, the squares and the bars stand out."""
    figure = open_figure("drawn", forced_colors="active", color_scheme="dark")
    press(figure.get_by_role("gridcell").first, "Space")
    draw_by_mouse(figure, DRAWN[7])
    check_reading(figure)
    looks = figure.evaluate(
        """figure => {
          const look = (part, of) => getComputedStyle(figure.querySelector(part))[of];
          return [look(".pen", "stroke"), look(".cell[aria-selected=true]", "fill"),
            look("rect.prediction", "fill"), getComputedStyle(document.body).backgroundColor];
        }"""
    )
    assert not {looks[-1], "none", "rgba(0, 0, 0, 0)"} & set(looks[:-1]), looks


# ---- Train again ----


@pytest.fixture
def trainer(new_page: NewPage) -> Locator:
    """Return the figure, where there is Python for the page."""
    need_pyodide()
    return awake(new_page(page_of("drawn")).locator("#drawn"))


def test_train_again(trainer: Locator) -> None:
    """With the reader's drawing among the pictures, Python in the page gives another network."""
    figure = trainer
    again = figure.get_by_role("button", name="Train again")
    note = figure.locator(".mend [role=status]")
    again.click()
    expect(note).to_have_text("Draw a digit first.")
    draw_by_mouse(figure, DRAWN[7])
    check_reading(figure)
    again.click()
    expect(note).to_have_text("Say first which digit you drew.")
    figure.get_by_label("What you drew is").select_option("4")  # it learns what it is told
    again.click()
    expect(note).to_contain_text("Trained again, with your drawing.", timeout=120_000)
    words = note.inner_text()
    pattern = r"It gave a 4 (\d+) %, now (\d+) %\. Of the 300 .* (\d+), now (\d+)\."
    numbers_told = re.search(pattern, words)
    assert numbers_told, words
    before, after, right_before, right_after = map(int, numbers_told.groups())
    assert before < 50 < after
    assert right_before == kept.result(numbers.compute)["right"]
    assert 280 < right_after <= 300
    expect(said(figure, "told")).to_contain_text("a 4")
    program = {"pictures": [prepare(drawn_strokes(figure)).tolist()], "labels": [4]}
    here = json.loads(judge(json.dumps(program), "", 0, lambda _: None).sentence)
    assert abs(here["right"] - right_after) <= 3  # another processor, another last digit
    figure.get_by_role("button", name="Start again").click()
    draw_by_mouse(figure, DRAWN[7])
    assert check_reading(figure) == 7


def test_stop_training(trainer: Locator) -> None:
    """While it trains, the button stops it; the network is as it was."""
    figure = trainer
    draw_by_mouse(figure, DRAWN[7])
    figure.get_by_label("What you drew is").select_option("4")
    figure.get_by_role("button", name="Train again").click()
    stop = figure.get_by_role("button", name="Stop")
    expect(stop).to_be_visible()
    figure.page.wait_for_timeout(700)  # a double click is no wish to stop
    stop.click()
    expect(figure.locator(".mend [role=status]")).to_have_text("Stopped. The network is as it was.")
    assert check_reading(figure) == 7


def test_what_trains_does_not_arrive(trainer: Locator) -> None:
    """A file that is missing is told in a sentence, and the next press tries again."""
    figure = trainer
    draw_by_mouse(figure, DRAWN[7])
    figure.get_by_label("What you drew is").select_option("7")
    figure.page.route("**/in_page.py", lambda route: route.fulfill(status=404))
    figure.get_by_role("button", name="Train again").click()
    note = figure.locator(".mend [role=status]")
    expect(note).to_contain_text("What trains could not be loaded. Your drawing is still here.")


def test_a_drawing_can_be_handed_on(new_page: NewPage, open_figure: OpenFigure) -> None:
    """A link with a drawing shows it, and how it is read; a false one shows the example."""
    figure = open_figure("drawn")
    draw_by_mouse(figure, DRAWN[2])
    link = figure.locator(".link").evaluate("link => link.href")
    page = new_page("")
    page.goto(link)
    figure = awake(page.locator("#drawn"))
    press(figure.get_by_role("button", name="Undo"))  # so that the address is known to the figure
    figure.get_by_role("gridcell").first.press("Space")
    assert len(drawn_strokes(figure)) == len(DRAWN[2]) + 1
    for wrong in ("zzzz", "12", "0000..0000", "%3Cb%3E"):
        page.goto(re.sub(r"drawn=[^#]*", f"drawn={wrong}", link))
        expect(said(awake(page.locator("#drawn")), "told")).to_contain_text("An example")


def test_draw_is_fixed_by_its_seed() -> None:
    """The same seed gives the same drawing, so what the page says can be run again."""
    assert draw(5, np.random.default_rng(2)) == draw(5, np.random.default_rng(2))
