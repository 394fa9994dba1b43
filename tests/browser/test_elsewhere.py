"""The site where a browser or a server is not as one would like it to be."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from by_hand import awake, page_of
from helpers import NewPage, wait_until
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, expect
from serving import SiteHandler, served

from website import live, wheel

# Whoever blocks cookies and site data blocks all of these: even to look at them is an error.
BLOCKED = """
const denied = { get() { throw new DOMException("denied", "SecurityError") } };
for (const name of ["localStorage", "sessionStorage", "caches", "indexedDB"])
  Object.defineProperty(window, name, denied);
Object.defineProperty(document, "cookie", { ...denied, set: denied.get });"""
LAB = "labs/1-feel-the-learning-rate/"


class PlainHandler(SiteHandler):
    """Serve scripts as plain text, as a server does that does not know them."""

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """Know every kind of file but scripts."""
        return "text/plain" if str(path).endswith(".js") else super().guess_type(path)


class OpenHandler(SiteHandler):
    """Let other sites use the files, as GitHub Pages does."""

    def end_headers(self) -> None:
        """Add the header that says so."""
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Return a browser in which nothing is remembered, on a dark system."""
    with browser.new_context(color_scheme="dark", reduced_motion="reduce") as context:
        yield context


def works_without_memory(page: Page, place: Page | FrameLocator, complaints: list[str]) -> None:
    """Palette, copy buttons and figures work, and nothing complains."""
    body = place.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    for scheme in ("default", "slate", "slate", "default"):  # light, dark, the system's, light
        place.locator("[data-md-component=palette] label:visible").click()
        expect(body).to_have_attribute("data-md-color-scheme", scheme)
    figure = awake(place.locator("#misses"))
    guess = figure.get_by_role("slider").first
    guess.press("ArrowUp")
    expect(guess).to_have_attribute("aria-valuenow", "10.1")
    figure.locator(".link").click()
    expect(figure.locator("[data-say=linked]")).not_to_be_empty()
    page.wait_for_timeout(300)  # by then the address tells what was chosen
    expect(place.locator(".language-pycon .md-code__button").first).to_be_attached()
    assert complaints == []


def complaints_of(context: BrowserContext) -> list[str]:
    """Return a list that fills with what goes wrong in the pages of a browser."""
    complaints: list[str] = []
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    return complaints


def test_without_storage(context: BrowserContext, site_address: str) -> None:
    """Where nothing may be kept, all works as long as the page is open."""
    context.add_init_script(BLOCKED)
    complaints = complaints_of(context)
    page = context.new_page()
    page.goto(site_address + page_of("misses"))
    works_without_memory(page, page, complaints)
    # That Python runs, too, is tested with all that is said of it.


def test_in_a_locked_frame(context: BrowserContext, site: Path) -> None:
    """In a frame that has no origin, all works but Run, which says why."""
    complaints = complaints_of(context)
    page = context.new_page()
    with served(site, OpenHandler) as address:
        page.set_content(
            f'<iframe sandbox="allow-scripts" src="{address}{page_of("misses")}" '
            'width="1200" height="700"></iframe>'
        )
        frame = page.frame_locator("iframe")
        works_without_memory(page, frame, complaints)
        if live.available():
            bar = frame.locator(".live").first
            bar.get_by_role("button", name="Run").click()
            expect(bar.get_by_role("status")).to_contain_text("in a locked frame")
            assert complaints == []
        page.close()


def test_scripts_served_as_text(context: BrowserContext, site: Path) -> None:
    """Where the server calls scripts plain text, the page says so, of a figure and of Run."""
    page = context.new_page()
    with served(site, PlainHandler) as address:
        page.goto(address + page_of("misses"))
        figure, words = page.locator("#misses"), "this server calls its scripts text/plain"
        figure.scroll_into_view_if_needed()
        expect(figure.get_by_text("did not arrive")).to_contain_text(words)
        if live.available():
            bar = page.locator(".live").first
            bar.get_by_role("button", name="Run").click()
            expect(bar.get_by_role("status")).to_contain_text(words)
        page.close()


def test_the_line_that_installs(new_page: NewPage, site_address: str) -> None:
    """The line names the address at which the page is read; without JavaScript, the clone."""
    line = "[data-wheel] code"
    page, where = new_page(""), "in the folder of this site's source"
    expect(page.locator(line)).to_have_text(f"pip install {site_address}{wheel.NAME}")
    expect(page.get_by_text(where)).to_have_count(0)
    still = new_page("", java_script_enabled=False)
    expect(still.locator(line)).to_have_text("pip install .")
    expect(still.get_by_text(where)).to_be_visible()


def test_a_notebook_names_where_it_is_from(new_page: NewPage, site_address: str) -> None:
    """A downloaded notebook installs from the site that it was downloaded from, and links there."""
    page = new_page(LAB)
    with page.expect_download() as download:
        page.locator("a[download]").click()
    assert download.value.suggested_filename == f"{LAB.split('/')[1]}.ipynb"
    text = download.value.path().read_text(encoding="utf-8")
    code = next(cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code")
    assert "".join(code["source"]).startswith(f"%pip install --quiet {site_address}{wheel.NAME} ")
    assert "http://127.0.0.1/" not in text, "the address that the site was built for"
    assert f"]({site_address}lessons/" in text


def test_home_in_ten_seconds(new_page: NewPage) -> None:
    """On a phone, the first screen says what it is, and holds a figure that a finger moves."""
    page = new_page("", viewport={"width": 390, "height": 844}, has_touch=True)
    figure = page.locator("figure[data-moves]").first
    wait_until(page, "document.querySelector('[data-moves]').dataset.moves === 'awake'")
    assert page.evaluate("scrollY") == 0
    for part in (page.locator("h1"), figure.locator("> svg"), figure.get_by_text("MSE =")):
        box = part.bounding_box()
        assert box
        assert box["y"] + box["height"] <= 844
    guess = figure.get_by_role("slider").first
    box = guess.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    client = page.context.new_cdp_session(page)
    for kind, points in (
        ("touchStart", [{"x": x, "y": y}]),
        ("touchMove", [{"x": x, "y": y + 30}]),
        ("touchEnd", []),
    ):
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert float(guess.get_attribute("aria-valuenow") or "nan") < 10
    expect(page.get_by_role("link", name="Start with lesson 1")).to_be_visible()
