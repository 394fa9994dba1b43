"""Press the buttons of live code in a browser, on a site whose server can be made to fail.

Its fixtures are there for all tests; a file of tests says at its top which of them all of it uses.
"""

import json
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from helpers import NOTE_VIOLATIONS, SHOW_FORETOLD, need_pyodide, path_of
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from serving import SiteHandler, served

from website.pages import DOCS

OpenCold = Callable[..., Page]
DONE = re.compile("^Done")
# But exercises: they have tests of their own (test_tries.py).
OPEN_ALL = "document.querySelectorAll('details:not(.exercise)').forEach(box => box.open = true)"
METERED = "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
KEPT = """async () => {
  const all = {};
  for (const name of await caches.keys())
    all[name] = (await (await caches.open(name)).keys()).map(({url}) => url);
  return all;
}"""
LIBRARY_IS_COMPILED = f"async () => JSON.stringify(await ({KEPT})()).includes('&compiled')"


class FaultyHandler(SiteHandler):
    """Serve the site, note what is asked for, and spoil what a test wants spoilt."""

    faults: ClassVar[dict[str, str]] = {}
    asked: ClassVar[list[str]] = []
    healed = threading.Event()

    def do_GET(self) -> None:  # noqa: N802
        """Answer as the site does, or with the fault that is set for the end of the path."""
        path = self.path.partition("?")[0]
        self.asked.append(path)
        fault = next((what for end, what in self.faults.items() if path.endswith(end)), "")
        if not fault:
            super().do_GET()
        elif fault == "missing":
            self.send_error(404)
        else:
            self.spoil(fault, Path(self.translate_path(path)).read_bytes())

    def spoil(self, fault: str, body: bytes) -> None:
        """Send a file so that it does not arrive as it should."""
        length = len(body)
        if fault in ("cut off", "stalled"):
            body = body[: length // 2]
        elif fault == "damaged":
            body = body[:-1] + bytes([body[-1] ^ 1])
        elif fault == "impatient":
            body = json.dumps(
                json.loads(body) | {"patience": {"silence": 0.3, "start": 60}}
            ).encode()
            length = len(body)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(self.translate_path(self.path)))
        self.send_header("Content-Length", str(length))
        if fault == "with a policy":
            self.send_header("Content-Security-Policy", "script-src 'self' 'wasm-unsafe-eval'")
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()
        if fault == "stalled":
            self.healed.wait(30)
        self.close_connection = True


@pytest.fixture(scope="module")
def pyodide_is_there() -> None:
    """Skip, with the reason, where Python for the browser could not be had."""
    need_pyodide()


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Serve the site from a server that can be made to fail."""
    with served(site, FaultyHandler) as address:
        yield address


@pytest.fixture
def whole(address: str) -> Iterator[None]:
    """Begin each test with a server without faults."""
    del address
    FaultyHandler.faults.clear()
    FaultyHandler.asked.clear()
    FaultyHandler.healed.clear()
    yield
    FaultyHandler.healed.set()


@pytest.fixture
def open_cold(browser: Browser, address: str) -> Iterator[OpenCold]:
    """Return a function that opens a page with nothing remembered or cached."""
    contexts: list[BrowserContext] = []

    def open_page(path: Path, script: str = "") -> Page:
        contexts.append(browser.new_context(reduced_motion="reduce"))
        contexts[-1].add_init_script(f"{NOTE_VIOLATIONS}\n{script}")
        return visit(contexts[-1].new_page(), address, path)

    yield open_page
    for context in contexts:
        context.close()


def visit(page: Page, address: str, path: Path) -> Page:
    """Open the page of a source, and all boxes on it; what predictions foretell is shown."""
    page.goto(address + path_of(path.relative_to(DOCS).as_posix()))
    page.evaluate(OPEN_ALL)
    page.evaluate(SHOW_FORETOLD)
    return page


def bar(page: Page, number: int) -> Locator:
    """Return the bar below a snippet, counted from 0."""
    return page.locator(".live").nth(number)


def button(bar: Locator, word: str) -> Locator:
    """Return the button of a bar with this word on it, and no other."""
    return bar.get_by_role("button").and_(bar.page.get_by_text(word, exact=True))


def press(bar: Locator, name: str) -> None:
    """Press a button of a bar."""
    button(bar, name).click()


def press_stop(bar: Locator) -> None:
    """Press Stop with a key: a click so soon after the one on Run would be taken for its second."""
    button(bar, "Stop").press("Enter")


def note(bar: Locator) -> Locator:
    """Return what a bar says."""
    return bar.get_by_role("status")


def run(bar: Locator, text: str | re.Pattern[str] = DONE) -> None:
    """Press Run, and wait until the snippet has run and the bar says so."""
    note(bar).evaluate("note => note.textContent = ''")  # what it said of an earlier run
    press(bar, "Run")
    finished(bar, text)


def finished(bar: Locator, text: str | re.Pattern[str] = DONE, seconds: int = 60) -> None:
    """Wait until a snippet has run, and the bar says so."""
    expect(note(bar)).to_have_text(text, timeout=1000 * seconds)
    expect(button(bar, "Run")).to_have_count(1)


def output(bar: Locator) -> Locator:
    """Return the box below a bar in which the output appears."""
    return bar.locator("xpath=following-sibling::pre")


def type_code(bar: Locator, code: str) -> Locator:
    """Edit a snippet."""
    if not bar.locator("xpath=../textarea").count():
        press(bar, "Edit")
    area = bar.locator("xpath=../textarea")
    area.fill(code)
    return area


def shown(bar: Locator) -> str:
    """Return the output below a snippet."""
    return (output(bar).text_content() or "").rstrip("\n")
