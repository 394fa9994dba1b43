"""Snippets run in the page: with real Python and NumPy, in a real browser, whatever goes wrong."""

import gzip
import json
import os
import re
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from axe_playwright_python.sync_playwright import Axe
from helpers import pages_with_snippets, path_of, printed, pycon, wait_until
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from serving import SiteHandler, served

from website import live, wheel
from website.live import pyodide
from website.pages import DOCS

LESSONS = sorted((DOCS / "lessons").glob("*.md"))
LESSON = LESSONS[1]
NUMPY = next(name for name in pyodide.NAMES if name.startswith("numpy"))
DONE = re.compile("^Done")
HOLDS = "What the lesson printed still holds."

OPEN_ALL = "document.querySelectorAll('details').forEach(box => box.open = true)"
COUNT_FRAMES = (
    "window.frames_seen = 0; (function f() { frames_seen++; requestAnimationFrame(f) })()"
)
# How long after a press on a button its bar says something, in milliseconds.
TIME_PRESS = """button => new Promise(done => {
  const note = button.parentNode.querySelector("[role=status]");
  const start = performance.now();
  new MutationObserver(() => done(performance.now() - start))
    .observe(note, {childList: true, characterData: true, subtree: true});
  button.click();
})"""
NO_MEMORY = "WebAssembly.instantiateStreaming = async () => { throw new Error('no memory') };\n"
LIBRARY_IS_COMPILED = """async () => (await (await caches.open("nnbasics-live")).keys())
  .some(({url}) => url.endsWith("&compiled"))"""
METERED = "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"


@pytest.fixture(autouse=True, scope="module")
def pyodide_is_there() -> None:
    """Skip, with the reason, where Python for the browser could not be had."""
    if not live.available():
        reason = "Python for the browser is not there: run  make pyodide"
        if os.environ.get("NNBASICS_PYODIDE") == "required":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


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
        elif fault == "too short":
            body = body[: length // 2]
            length = len(body)
        elif fault == "damaged":
            body = body[:-1000] + bytes(1000)
        self.send_response(200)
        kind = "text/javascript" if ".js" in self.path else "application/octet-stream"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length))
        if fault == "compressed by the server":
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()
        if fault == "stalled":
            self.healed.wait(30)
        self.close_connection = True


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Serve the site from a server that can be made to fail."""
    with served(site, FaultyHandler) as address:
        yield address


@pytest.fixture(autouse=True)
def whole(address: str) -> Iterator[None]:
    """Begin each test with a server without faults."""
    del address
    FaultyHandler.faults.clear()
    FaultyHandler.asked.clear()
    FaultyHandler.healed.clear()
    yield
    FaultyHandler.healed.set()


OpenLesson = Callable[..., Page]


@pytest.fixture
def open_cold(browser: Browser, address: str) -> Iterator[OpenLesson]:
    """Return a function that opens a page with nothing remembered or cached."""
    contexts: list[BrowserContext] = []

    def open_page(path: Path = LESSON, script: str = "", **options: Any) -> Page:
        contexts.append(browser.new_context(reduced_motion="reduce", **options))
        if script:
            contexts[-1].add_init_script(script)
        return visit(contexts[-1].new_page(), address, path)

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """Return a browser that has loaded Python on an earlier visit."""
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 1280, "height": 800})
    page = visit(context.new_page(), address, LESSONS[0])
    press(bar(page, 0), "Run")
    finished(bar(page, 0), "Done: the same as in the lesson.")
    wait_until(page, LIBRARY_IS_COMPILED)
    page.close()
    yield context
    context.close()


@pytest.fixture
def open_warm(context: BrowserContext, address: str) -> Iterator[OpenLesson]:
    """Return a function that opens a page in the browser that has Python already."""
    pages: list[Page] = []

    def open_page(path: Path = LESSON) -> Page:
        pages.append(visit(context.new_page(), address, path))
        return pages[-1]

    yield open_page
    for page in pages:
        page.close()
    page = visit(context.new_page(), address, LESSON)
    page.evaluate("localStorage.clear()")
    page.close()


def visit(page: Page, address: str, path: Path) -> Page:
    """Open the page of a source, and all boxes on it."""
    page.goto(address + path_of(path.relative_to(DOCS).as_posix()))
    page.evaluate(OPEN_ALL)
    return page


def bar(page: Page, number: int) -> Locator:
    """Return the bar below a snippet, counted from 0."""
    return page.locator(".live").nth(number)


def press(bar: Locator, name: str) -> None:
    """Press a button of a bar."""
    bar.get_by_role("button", name=name).click()


def press_stop(bar: Locator) -> None:
    """Press Stop, later than the second half of a double click on Run would come."""
    bar.page.wait_for_timeout(600)
    press(bar, "Stop")


def note(bar: Locator) -> Locator:
    """Return what a bar says."""
    return bar.get_by_role("status")


def finished(bar: Locator, text: str | re.Pattern[str] = DONE, seconds: int = 60) -> None:
    """Wait until a snippet has run, and the bar says so."""
    expect(note(bar)).to_have_text(text, timeout=1000 * seconds)
    expect(bar.get_by_role("button", name="Run")).to_have_count(1)


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


@pages_with_snippets
def test_in_page_order(path: Path, open_warm: OpenLesson, tally: dict[str, int]) -> None:
    """Run one after the other, the snippets of a page print what CPython printed at build."""
    page = open_warm(path)
    expect(page.locator(".live")).to_have_count(len(pycon(path)))
    for number, block in enumerate(pycon(path)):
        press(bar(page, number), "Run")
        finished(bar(page, number))
        assert shown(bar(page, number)) == printed(block), f"{path.name}:{block.line}"
        tally["snippets run in the page in order"] += 1


@pages_with_snippets
def test_each_alone(path: Path, open_warm: OpenLesson, tally: dict[str, int]) -> None:
    """Run alone, from the last to the first, each snippet runs what it needs and nothing else."""
    page = open_warm(path)
    for number, block in reversed(list(enumerate(pycon(path)))):
        # All but the last have run on the way, so Python forgets everything and begins anew.
        note(bar(page, number)).evaluate("note => note.textContent = ''")  # of its run on the way
        press(bar(page, number), "Run")
        finished(bar(page, number))
        assert shown(bar(page, number)) == printed(block), f"{path.name}:{block.line}"
        above = [shown(bar(page, before)) for before in range(number)]
        assert not any(above), "what ran on the way shows nothing again"
        tally["alone"] += 1


def test_nothing_before_the_press(open_cold: OpenLesson, address: str) -> None:
    """Before the first press, nothing of live code is asked for, and nobody else ever."""
    page = open_cold()
    others: list[str] = []
    page.context.on("request", lambda request: others.append(request.url))
    page.wait_for_load_state("networkidle")
    assert [path for path in FaultyHandler.asked if "/live/" in path] == []
    press(bar(page, 1), "Run")
    finished(bar(page, 1))
    assert any("numpy" in path for path in FaultyHandler.asked)
    assert [url for url in others if not url.startswith((address, "blob:", "data:"))] == []


def test_weight_before_the_press(
    site: Path, plain_site: Path, record_property: Callable[[str, object], None]
) -> None:
    """Live code adds at most 4 kB to a page before the first press, and no request."""

    def weight(site: Path, path: Path) -> int:
        files = (
            site / path_of(path.relative_to(DOCS).as_posix()) / "index.html",
            site / "assets" / "site.css",
        )
        return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)

    added = {path.stem: weight(site, path) - weight(plain_site, path) for path in LESSONS}
    assert max(added.values()) <= 4000, added
    assert min(added.values()) > 0
    record_property("live", f"before the press: {max(added.values())} bytes more than without")
    manifest = json.loads((site / "live" / "manifest.json").read_text(encoding="utf-8"))
    total = sum(file["bytes"] for file in manifest["files"])
    assert f"about {round(total / 1e6)} MB" in LESSONS[0].read_text(encoding="utf-8")
    record_property("live", f"after it: {total} bytes")


def test_time_to_first_output(
    open_cold: OpenLesson, address: str, record_property: Callable[[str, object], None]
) -> None:
    """The second visit fetches nothing but the list of files, and is measured beside the first."""
    page = open_cold(LESSONS[0])
    plain = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    times = []
    for _ in range(2):
        FaultyHandler.asked.clear()
        start = time.perf_counter()
        press(bar(page, 0), "Run")
        expect(output(bar(page, 0))).to_have_text("25.0\n", timeout=60_000)
        times.append(time.perf_counter() - start)
        wait_until(page, LIBRARY_IS_COMPILED)
        asked = [path for path in FaultyHandler.asked if "/live/" in path or ".whl" in path]
        loaded = {path.rpartition("/")[2] for path in asked}
        page = visit(page.context.new_page(), address, LESSONS[0])
    assert loaded <= {"manifest.json", "page.js", "worker.js"}
    record_property(
        "live",
        f"first output: {times[0]:.1f} s cold, {times[1]:.1f} s warm; the page: {plain:.0f} ms",
    )


def test_edit_and_reset(open_warm: OpenLesson) -> None:
    """A changed number changes the output; what was typed survives a reload; Reset undoes it."""
    page = open_warm(LESSONS[0])
    first, second = bar(page, 0), bar(page, 1)
    press(first, "Edit")
    area = page.get_by_role("textbox", name="Code of snippet 1")
    expect(area).to_be_focused()
    expect(area).to_have_value("from nnbasics import mse\nmse(30, 25)")
    expect(first.locator("xpath=../pre[1]")).to_be_hidden()
    area.fill("from nnbasics import mse\nmse(31, 25)\nx = 7")
    press(first, "Run")
    finished(first, "Done.")
    assert shown(first) == "36.0"
    type_code(second, "x")
    press(second, "Run")
    finished(second)
    assert shown(second) == "7"

    page.reload()
    expect(area).to_have_value("from nnbasics import mse\nmse(31, 25)\nx = 7")
    press(second, "Run")  # runs the changed first one on the way, and shows what it prints
    finished(second)
    assert (shown(first), shown(second)) == ("36.0", "7")

    press(first, "Reset")
    expect(area).to_have_count(0)
    expect(first.locator("xpath=../pre[1]")).to_be_visible()
    expect(first.get_by_role("button", name="Run")).to_be_focused()
    press(first, "Run")
    finished(first, "Done: the same as in the lesson.")
    page.reload()
    expect(page.locator("textarea")).to_have_count(1)


def test_what_was_typed_for_an_older_lesson(open_warm: OpenLesson) -> None:
    """What was typed is forgotten when the lesson's own snippet has changed since."""
    page = open_warm()
    type_code(bar(page, 1), "1 + 1")
    page.reload()
    expect(page.locator("textarea")).to_have_value("1 + 1")
    page.evaluate("""() => {
      const key = "live:" + location.pathname;
      localStorage.setItem(key, localStorage.getItem(key).replace("from nnbasics", "from older"));
    }""")
    page.reload()
    press(bar(page, 0), "Edit")  # once there is one box, there would be two
    expect(page.locator("textarea")).to_have_count(1)


def test_without_storage(open_cold: OpenLesson) -> None:
    """A browser that keeps nothing runs snippets all the same."""
    nothing = """for (const name of ["localStorage", "caches"])
      Object.defineProperty(window, name, {get() { throw new Error("forbidden") }})"""
    page = open_cold(script=nothing)
    type_code(bar(page, 1), "print(2 + 3)")
    press(bar(page, 1), "Run")
    finished(bar(page, 1), "Done.")
    assert shown(bar(page, 1)) == "5"


def test_endless_loop(open_warm: OpenLesson) -> None:
    """An endless loop leaves the page alive; Stop ends it within 0.2 s and says what is lost."""
    page = open_warm()
    first = bar(page, 0)
    type_code(first, "print('begun')\nwhile True:\n    pass")
    press(first, "Run")
    expect(output(first)).to_have_text("begun\n", timeout=60_000)
    page.evaluate(COUNT_FRAMES)
    wait_until(page, "frames_seen > 20", seconds=3)
    stop = first.get_by_role("button", name="Stop")
    assert stop.evaluate(TIME_PRESS) < 200
    finished(first, re.compile("variables are gone"))
    assert shown(first) == "begun", "what it printed stays"
    type_code(first, "print('x' in globals())")
    press(first, "Run")
    finished(first)
    assert shown(first) == "False"


def test_stop_while_loading(open_cold: OpenLesson) -> None:
    """Stop ends the loading as well, and Run starts it again."""
    FaultyHandler.faults[NUMPY] = "stalled"
    page = open_cold()
    press(bar(page, 0), "Run")
    expect(note(bar(page, 0))).to_have_text(re.compile(r"Loading Python: \d\.\d MB"))
    expect(page.get_by_role("progressbar", name="Loading Python")).to_be_visible()
    press_stop(bar(page, 0))
    finished(bar(page, 0), re.compile("^Stopped"))
    expect(page.locator("progress")).to_have_count(0)
    FaultyHandler.faults.clear()
    press(bar(page, 0), "Run")
    finished(bar(page, 0))


def test_much_output_is_cut_off(open_warm: OpenLesson) -> None:
    """A loop that prints without end fills no memory, and can be stopped."""
    page = open_warm()
    type_code(bar(page, 0), "print('é' * 50_000)")
    press(bar(page, 0), "Run")
    finished(bar(page, 0))
    assert shown(bar(page, 0)) == "é" * 20_000 + "\n… The rest is cut off."
    type_code(bar(page, 0), "n = 0\nwhile True:\n    print(n)\n    n += 1")
    press(bar(page, 0), "Run")
    expect(output(bar(page, 0))).to_contain_text("1000\n")
    page.evaluate(COUNT_FRAMES)
    wait_until(page, "frames_seen > 20", seconds=3)
    assert len(shown(bar(page, 0))) <= 20_100
    press_stop(bar(page, 0))
    finished(bar(page, 0), re.compile("^Stopped"))


ERRORS = [
    ("from nnbasics import mse\nmse([1, 2], [1])\nx = 2", 2, "ValueError: predictions and targets"),
    ("x = 1\n\nx = = 2", 3, "SyntaxError: invalid syntax"),
    ("def f():\n    return gone\nf()", 2, "NameError: name 'gone' is not defined"),
    ("import matplotlib", 1, "ModuleNotFoundError: No module named 'matplotlib'\nHere are"),
    ("f = lambda n: f(n)\nf(1)", 1, "RecursionError"),
    ("raise SystemExit", 1, "SystemExit"),
]


def test_errors(open_warm: OpenLesson) -> None:
    """An error shows what Python and the package say, lights its line, and ends nothing."""
    page = open_warm()
    press(bar(page, 1), "Run")
    finished(bar(page, 1))
    for code, line, message in ERRORS:
        area = type_code(bar(page, 1), code)
        press(bar(page, 1), "Run")
        finished(bar(page, 1), f"Python stopped in line {line}.")
        assert shown(bar(page, 1)).startswith(message)
        expect(area).to_have_class(re.compile("live-lit"))
        assert area.evaluate("area => area.style.getPropertyValue('--line')") == str(line - 1)
    press(bar(page, 2), "Run")
    finished(bar(page, 2), re.compile("A snippet above ends in an error"))
    expect(note(bar(page, 2)).get_by_role("link")).to_have_attribute("href", "#snippet-2")
    press(bar(page, 1), "Reset")
    press(bar(page, 2), "Run")
    finished(bar(page, 2))


def test_errors_of_the_lesson(open_warm: OpenLesson) -> None:
    """An error that the lesson shows lights its line there, and snippets below it go on."""
    page = open_warm()
    number = next(n for n, block in enumerate(pycon(LESSON)) if "Traceback" in block.text)
    press(bar(page, number), "Run")
    finished(bar(page, number), "Done: the same error as in the lesson.")
    expect(page.locator("code .live-lit")).to_have_count(1)
    expect(page.locator("code .live-lit")).to_have_text(
        re.compile(r">>> mse\(column, \[8, 7, 3\]\)")
    )


FAILURES = [
    *[
        (name, fault)
        for name in ("pyodide.asm.wasm.gz", "python_stdlib.zip", NUMPY, wheel.NAME, "manifest.json")
        for fault in ("missing", "cut off")
    ],
    ("pyodide.mjs.gz", "missing"),
    ("pyodide.asm.mjs.gz", "cut off"),
    ("prompt.py", "missing"),
    ("pyodide.asm.wasm.gz", "damaged"),
    ("python_stdlib.zip", "too short"),
    (NUMPY, "stalled"),
    ("manifest.json", "stalled"),
    ("worker.js", "missing"),
    ("page.js", "missing"),
    ("page.js", "stalled"),
]


@pytest.mark.parametrize(("name", "fault"), FAILURES)
def test_failures(name: str, fault: str, open_cold: OpenLesson) -> None:
    """Whatever is missing, a sentence says so within 10 s, and what was printed stays."""
    FaultyHandler.faults[name] = fault
    page = open_cold()
    press(bar(page, 0), "Run")
    said = re.compile(f"{HOLDS}|What is printed here still holds")
    expect(note(bar(page, 0))).to_have_text(said, timeout=10_000)
    expect(bar(page, 0).get_by_role("button", name="Run")).to_have_count(1)
    expect(page.locator("progress")).to_have_count(0)
    expect(page.locator(".live + pre:visible")).to_have_count(0)
    transcript = bar(page, 0).locator("xpath=../pre[1]")
    expect(transcript).to_be_visible()
    assert printed(pycon(LESSON)[0]).splitlines()[-1] in (transcript.text_content() or "")


@pytest.mark.parametrize("fault", ["missing", "stalled"])
def test_again_after_a_failure(fault: str, open_cold: OpenLesson) -> None:
    """Once the fault is gone, the next press on Run runs, and loads only what was missing."""
    FaultyHandler.faults[NUMPY] = fault
    page = open_cold()
    press(bar(page, 0), "Run")
    finished(bar(page, 0), re.compile(HOLDS))
    FaultyHandler.faults.clear()
    press(bar(page, 0), "Run")
    finished(bar(page, 0))


def test_offline(open_cold: OpenLesson) -> None:
    """Without a connection the page says so; once Python is there, it runs without one."""
    page = open_cold()
    page.evaluate("import('../../live/page.js')")  # as after an earlier press
    page.context.set_offline(True)
    press(bar(page, 0), "Run")
    finished(bar(page, 0), re.compile(f"connection.*{HOLDS}"), seconds=10)
    page.context.set_offline(False)
    press(bar(page, 0), "Run")
    finished(bar(page, 0))
    page.context.set_offline(True)
    type_code(bar(page, 0), "1 + 1")
    press(bar(page, 0), "Run")
    finished(bar(page, 0))


@pytest.mark.parametrize("gone", ["DecompressionStream", "WebAssembly", "Worker"])
def test_old_browsers(gone: str, open_cold: OpenLesson) -> None:
    """A browser that cannot do it says so, and loads nothing for it."""
    page = open_cold(script=f"delete globalThis.{gone}")
    press(bar(page, 0), "Run")
    finished(bar(page, 0), f"This browser is too old to run Python. {HOLDS}", seconds=10)
    assert not any("numpy" in path for path in FaultyHandler.asked)


def test_a_browser_that_cannot_start_it(open_cold: OpenLesson) -> None:
    """Where the WebAssembly is whole and does not start, the page says so."""
    page = open_cold()
    page.context.route(
        "**/worker.js",
        lambda route: route.fulfill(
            content_type="text/javascript",
            body=NO_MEMORY + route.fetch().text(),
        ),
    )
    press(bar(page, 0), "Run")
    finished(bar(page, 0), re.compile(rf"does not start in this browser \(no memory\).*{HOLDS}"))


def test_a_server_that_compresses(open_cold: OpenLesson) -> None:
    """It is the same to the page whether the server unpacks what is packed, or not."""
    FaultyHandler.faults[".gz"] = "compressed by the server"
    page = open_cold()
    press(bar(page, 0), "Run")
    finished(bar(page, 0))


def test_metered_connection(open_cold: OpenLesson) -> None:
    """Where bytes may cost money, the page says how many they are before it loads any."""
    page = open_cold(script=METERED)
    press(bar(page, 0), "Run")
    finished(bar(page, 0), re.compile(r"Python is \d\.\d MB.*Press Run again"))
    assert not any("numpy" in path for path in FaultyHandler.asked)
    press(bar(page, 0), "Run")
    finished(bar(page, 0))
    page.reload()
    press(bar(page, 0), "Run")  # nothing is left to load, so there is nothing to ask
    finished(bar(page, 0))


def test_keyboard(open_warm: OpenLesson) -> None:
    """All is done with the keyboard: Tab leads on, Ctrl and Enter run."""
    page = open_warm()
    first = bar(page, 0)
    run = first.get_by_role("button", name="Run")
    run.focus()
    page.keyboard.press("Enter")
    finished(first)
    expect(run).to_be_focused()
    page.keyboard.press("Tab")
    expect(first.get_by_role("button", name="Edit")).to_be_focused()
    page.keyboard.press("Enter")
    area = page.locator("textarea")
    expect(area).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text("6 * 7")
    page.keyboard.press("Control+Enter")
    finished(first, "Done.")
    assert shown(first) == "42"
    expect(area).to_have_value("6 * 7")
    expect(area).to_be_focused()
    page.keyboard.press("Tab")
    expect(run).to_be_focused()
    page.keyboard.press("Tab")
    expect(first.get_by_role("button", name="Reset")).to_be_focused()
    page.keyboard.press("Enter")
    expect(area).to_have_count(0)


def test_twice_gives_the_same(open_warm: OpenLesson) -> None:
    """A second Run begins as the first did: what that left behind is gone."""
    page = open_warm(LESSONS[4])
    update = next(
        number for number, block in enumerate(pycon(LESSONS[4])) if "optimizer.update" in block.text
    )
    for _ in range(2):
        press(bar(page, update), "Run")
        finished(bar(page, update), "Done: the same as in the lesson.")
    type_code(bar(page, 0), "kept = 1")
    press(bar(page, 0), "Run")
    finished(bar(page, 0))
    type_code(bar(page, 0), "kept")
    press(bar(page, 0), "Run")
    finished(bar(page, 0), "Python stopped in line 1.")


def test_a_change_above_is_named(open_warm: OpenLesson) -> None:
    """If an output differs because of a change further up, the page says so."""
    page = open_warm(LESSONS[1])
    source = pycon(LESSONS[1])[0].text
    assert "[10, 5, 3]" in source
    type_code(bar(page, 0), "guesses, answers = [9, 5, 3], [8, 7, 3]")
    press(bar(page, 1), "Run")
    finished(bar(page, 1), re.compile("because a snippet above was changed"))


def test_double_click(open_warm: OpenLesson) -> None:
    """Who clicks twice, as on a file, wants to run and not to stop."""
    page = open_warm()
    bar(page, 0).get_by_role("button", name="Run").dblclick()
    finished(bar(page, 0))
    bar(page, 1).get_by_role("button", name="Edit").dblclick()
    expect(page.get_by_role("textbox", name="Code of snippet 2")).to_have_count(1)


def test_several_presses(open_warm: OpenLesson) -> None:
    """Snippets that are asked for while one runs come after it."""
    page = open_warm()
    for number in (2, 0, 1):
        press(bar(page, number), "Run")
    for number in range(3):
        finished(bar(page, number))
        assert shown(bar(page, number)) == printed(pycon(LESSON)[number])


def test_leaving_and_coming_back(open_warm: OpenLesson, address: str) -> None:
    """After leaving and coming back, what was typed is there, and Run runs."""
    page = open_warm()
    type_code(bar(page, 0), "print(123)")
    press(bar(page, 0), "Run")
    finished(bar(page, 0))
    page.goto(address)
    page.go_back()
    expect(page.locator("textarea")).to_have_value("print(123)")
    press(bar(page, 0), "Run")
    finished(bar(page, 0))
    assert shown(bar(page, 0)) == "123"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_accessible(scheme: str, width: int, open_cold: OpenLesson) -> None:
    """Run, edited and stopped, axe objects to nothing, all fits, and a thumb can press it."""
    page = open_cold(color_scheme=scheme, viewport={"width": width, "height": 800})
    press(bar(page, 0), "Run")
    finished(bar(page, 0))
    type_code(bar(page, 1), "mse([1], [1, 2])  # " + "a long line " * 20)
    press(bar(page, 1), "Run")
    finished(bar(page, 1), re.compile("^Python stopped"))
    press(bar(page, 10), "Run")
    finished(bar(page, 10), re.compile("A snippet above"))
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    boxes = [button.bounding_box() for button in page.locator(".live > button:visible").all()]
    assert min(box["height"] for box in boxes if box) >= (44 if width == 390 else 24)


def test_print(open_warm: OpenLesson) -> None:
    """On paper there are no buttons."""
    page = open_warm()
    page.emulate_media(media="print")
    expect(page.locator(".live:visible")).to_have_count(0)


def test_the_same_sources_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    """What live code adds to the site is the same each time."""
    live.publish(tmp_path, wheel.build(tmp_path))
    files = sorted(path.name for path in (site / "live").iterdir())
    assert files == sorted(path.name for path in (tmp_path / "live").iterdir())
    assert "pyodide.asm.wasm.gz" in files
    for name in files:
        assert (site / "live" / name).read_bytes() == (tmp_path / "live" / name).read_bytes()


def test_licences_are_beside_the_files(site: Path) -> None:
    """Who passes on Pyodide, CPython and NumPy passes on their licences, too."""
    folder = site / "live"
    notice = (folder / "NOTICE.txt").read_text(encoding="utf-8")
    assert all(name in notice for name in pyodide.NAMES)
    assert "Mozilla Public License Version 2.0" in (folder / "MPL-2.0.txt").read_text(
        encoding="utf-8"
    )
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in (folder / "PSF-2.0.txt").read_text(
        encoding="utf-8"
    )
    with zipfile.ZipFile(folder / NUMPY) as numpy:
        assert any(name.endswith(".dist-info/licenses/LICENSE.txt") for name in numpy.namelist())
