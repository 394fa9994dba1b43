"""What holds for every figure that the reader moves. Its own numbers are tested in its folder."""

import gzip
import re
from pathlib import Path

import pytest
from by_hand import PHONE, OpenFigure, awake, go_to, page_of, said, swipe
from helpers import NewPage, objections, wait_for_quiet, wait_until
from playwright.sync_api import Locator, Page, expect

from website import figures, moving

NAMES = moving.names()
PAGES = sorted({page_of(name) for name in NAMES})
EVERY_PAGE = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.split("/")[1])
EVERY = pytest.mark.parametrize("name", NAMES)
SHARED = [moving.HERE / "kit.js", moving.HERE / "start-when-near.js"]
SCRIPTS = [*SHARED, *moving.FIGURES.glob("*/script.js")]
ON_DEMAND = {"read.js", "again.js"}  # of the drawn digit: fetched when it is needed

MOVABLE = "[role=gridcell], [role=slider], input, select"
# What a figure shows: its picture and its words.
SHOWN = """figure => [
  figure.querySelector("svg").innerHTML.replace(/ focus-visible| data-focus-visible-added=""/g, ""),
  ...[...figure.querySelectorAll("[data-say]")].map(place => place.textContent)]"""
SMALL = """parts => parts
  .map(part => part.closest("label") ?? part)
  .filter(part => part.getBoundingClientRect().height < 43.9)
  .map(part => part.outerHTML.slice(0, 200))"""


def figures_of(page: Page) -> list[Locator]:
    """Return the figures of a page that move, each asleep or awake."""
    found = page.locator("figure[data-moves]").all()
    assert found
    return found


def move_something(figure: Locator) -> None:
    """Move the figure with the keyboard: the first of its parts that can be moved."""
    part = figure.locator(MOVABLE).first
    part.focus()
    part.press("ArrowUp" if part.evaluate("part => part.tagName") == "SELECT" else "ArrowRight")
    if part.get_attribute("type") == "radio" or part.get_attribute("role") == "gridcell":
        part.press("Space")
    expect(figure).not_to_have_attribute("data-reads", "")


def test_the_figures_are_found() -> None:
    """Every lesson from 2 to 6 has its figure, and each folder has all its parts."""
    assert {page[8] for page in PAGES} == set("23456")
    folders = {path.parent.name for path in moving.FIGURES.glob("*/__init__.py")}
    assert folders == set(NAMES)
    for name in NAMES:
        parts = {part.name for part in (moving.FIGURES / name).iterdir()}
        assert {"numbers.py", "drawing.py", "controls.html", f"test_{name}.py"} <= parts


def test_scripts_only_draw() -> None:
    """No figure computes an exponential, a logarithm or a chance of its own.

    But one: drawn/read.js runs a network that Python trained, and test_drawn.py holds it to Python.
    """
    for script in SCRIPTS:
        text = script.read_text(encoding="utf-8")
        assert not re.search(r"Math\.(exp|log|random|pow|sqrt)", text), script


def test_scripts_read_no_words() -> None:
    """No figure reads its values from what is written on the page: a browser may translate it."""
    written = r"\.(?:textContent|innerText|innerHTML|nodeValue|data|firstChild|lastChild)\b"
    for script in SCRIPTS:
        text = script.read_text(encoding="utf-8")
        assert not re.search(rf"{written}(?! =[^=])", text), script


@EVERY
def test_a_script_gets_what_it_asks_for(name: str) -> None:
    """The names that a script takes are those of the type `Sent`, the places of its axes aside."""
    script = (moving.FIGURES / name / "script.js").read_text(encoding="utf-8")
    taken = re.search(r"export default function start\(figure, \{([^}]*)\}\)", script)
    assert taken
    names = {word.partition(":")[0].strip() for word in taken[1].split(",")} - {""}
    assert names - {"axes"} == set(figures.parts(name).sent or ())


def test_scripts_and_styles_are_light(site: Path) -> None:
    """All scripts and styles take less than 21 kB, gzipped, and what waits for a press 4 kB."""
    assets = site / "assets"
    sent = [*assets.glob("moving/*.js"), *assets.glob("figures/*/script.js")]
    assert len(sent) == len(SCRIPTS) - 1  # start-when-near.js stands in the pages
    files = [*(script.read_bytes() for script in sent), moving.style().encode()]
    assert sum(len(gzip.compress(file, 9)) for file in files) < 21_000
    later = [path for path in assets.glob("figures/*/*.js") if path not in sent]
    assert {path.name for path in later} == ON_DEMAND
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in later) < 4_000


@EVERY
def test_data_are_light(name: str, site: Path) -> None:
    """What a figure knows takes less than 12 kB, not even compressed."""
    assert (site / "assets" / "figures" / name / "numbers.json").stat().st_size < 12_000


@EVERY_PAGE
def test_still_without_javascript(path: str, new_page: NewPage) -> None:
    """Without scripts there is the whole picture, and nothing to press that does nothing."""
    for figure in figures_of(new_page(path, java_script_enabled=False)):
        assert figure.locator("svg .moves").count() > 0
        expect(figure.locator("svg")).to_be_visible()
        expect(figure.locator(".controls")).to_be_hidden()


@EVERY_PAGE
def test_still_when_the_numbers_do_not_arrive(path: str, new_page: NewPage) -> None:
    """If its numbers are missing, a figure says so and stays a picture."""
    page = new_page("")
    page.route("**/numbers.json", lambda route: route.fulfill(status=404))
    page.goto(page.url + path)
    for figure in figures_of(page):
        go_to(figure)
        expect(figure.get_by_text("did not arrive")).to_be_visible()
        assert figure.locator("svg .moves").count() > 0


@EVERY_PAGE
def test_asleep_until_needed_and_awake_once(path: str, new_page: NewPage) -> None:
    """A figure far below takes nothing until the reader comes near, and then each file once."""
    asked: list[str] = []
    page = new_page("")
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page.url + path)
    wait_for_quiet(page)
    for figure in figures_of(page):
        name = figure.get_attribute("id")
        if figure.evaluate("figure => figure.getBoundingClientRect().top") > 2000:
            assert not any(f"/{name}/" in url for url in asked)
        awake(figure)
        assert sum(f"/{name}/numbers.json" in url for url in asked) == 1
    for figure in figures_of(page):
        before = figure.locator("svg *").count()
        move_something(figure)
        assert figure.locator("svg *").count() <= before + 60  # a walk or a deal may add points
        assert figure.locator("form").count() == 1


@EVERY_PAGE
def test_a_link_leads_back(path: str, new_page: NewPage) -> None:
    """What was chosen is in the address: another visit, and the way back, show the same."""
    page = new_page(path)
    address = page.url
    for figure in figures_of(page):
        name = figure.get_attribute("id")
        start = awake(figure).evaluate(SHOWN)
        move_something(figure)
        shown = figure.evaluate(SHOWN)
        assert shown != start
        page.wait_for_url(f"**?*{name}=*#{name}")
        link = page.url
        assert figure.locator(".link").evaluate("link => link.href") == link

        page.goto(address)
        assert awake(figure).evaluate(SHOWN) == start
        page.goto(link)
        assert awake(figure).evaluate(SHOWN) == shown
        page.goto("about:blank")
        page.go_back()
        assert awake(figure).evaluate(SHOWN) == shown
        figure.locator("[type=reset]").click()
        assert figure.evaluate(SHOWN) == start


@EVERY_PAGE
def test_a_wrong_link_does_no_harm(path: str, new_page: NewPage) -> None:
    """An address that no figure wrote shows the start, or what it has of known values."""
    names = [name for name in NAMES if page_of(name) == path]
    page = new_page(f"{path}?{'&'.join(f'{name}=x_-1_999999_2_3_4_5_6_7_8_9' for name in names)}")
    for figure in figures_of(page):
        words = " ".join(awake(figure).evaluate(SHOWN)[1:])
        assert not re.search(r"undefined|NaN|null|Infinity", words)
        assert "NaN" not in figure.locator("> svg").inner_html()


@EVERY_PAGE
def test_by_finger_and_for_everyone(path: str, new_page: NewPage) -> None:
    """On a phone what can be pressed is 44 px high, the page still scrolls, and axe is content."""
    page = new_page(path, **PHONE)
    for figure in figures_of(page):
        awake(figure)
        parts = "button:visible, select:visible, input:visible, .link, .touch"
        assert figure.locator(parts).evaluate_all(SMALL) == []
        box = figure.locator("> svg").bounding_box()
        assert box
        before = page.evaluate("scrollY")
        swipe(page, box["x"] + box["width"] / 2, max(box["y"], 100) + 150, -120)
        wait_until(page, "before => scrollY > before + 50", before)
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        assert objections(page, part="figure[data-moves]") == []


@EVERY_PAGE
def test_printed(path: str, new_page: NewPage) -> None:
    """On paper there is the picture with its words, and nothing to press."""
    page = new_page(path)
    for figure in figures_of(page):
        awake(figure)
    page.emulate_media(media="print")
    for figure in figures_of(page):
        expect(figure.locator("> svg")).to_be_visible()
        expect(figure.locator("[data-say]:visible").first).to_be_visible()
        buttons = ":is(button, [type=range], [type=checkbox], .link):visible"
        expect(figure.locator(buttons)).to_have_count(0)


@pytest.mark.parametrize(
    ("clipboard", "words"),
    [
        ("{writeText: async text => { window.copied = text }}", "Copied."),
        ("{writeText: async () => { throw new Error('refused') }}", "It is in the address bar."),
        ("undefined", "It is in the address bar."),
    ],
    ids=["given", "refused", "none"],
)
def test_link_to_this(clipboard: str, words: str, open_figure: OpenFigure) -> None:
    """The link is copied, or the figure says where it is: a browser may refuse the clipboard."""
    figure = open_figure("misses")
    figure.page.evaluate(
        f"Object.defineProperty(navigator, 'clipboard', {{value: {clipboard}, configurable: true}})"
    )
    figure.locator(".link").click()
    expect(said(figure, "linked")).to_have_text(words)
    link = figure.locator(".link").evaluate("link => link.href")
    assert link.endswith("#misses")
    assert figure.page.evaluate("window.copied") == (link if words == "Copied." else None)
