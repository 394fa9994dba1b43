"""Snippets run in the page: with real Python and NumPy, in a real browser, whatever goes wrong.

A start of Python takes seconds, so what can be proved without one is not proved here: what follows
from a press in website/live/session.test.js, faulty files in website/live/files.test.js.
"""

import gzip
import json
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from helpers import (
    NO_STORAGE,
    objections,
    pages_with_snippets,
    path_of,
    printed,
    pycon,
    wait_for_quiet,
    wait_until,
)
from live_code import (
    KEPT,
    LIBRARY_IS_COMPILED,
    METERED,
    FaultyHandler,
    OpenCold,
    bar,
    finished,
    note,
    output,
    press,
    press_stop,
    run,
    shown,
    type_code,
    visit,
)
from playwright.sync_api import Browser, Page, expect

from website import live, wheel
from website.live import pyodide
from website.pages import DOCS

pytestmark = pytest.mark.usefixtures("pyodide_is_there", "whole")
LESSONS = sorted((DOCS / "lessons").glob("*.md"))
LESSON = LESSONS[1]
NUMPY = next(name for name in pyodide.NAMES if name.startswith("numpy"))
HOLDS = "What the lesson printed still holds."

# As if the reader had wished to see them without a guess.
SEEN = """localStorage.answers = JSON.stringify(Object.fromEntries(
  [...document.querySelectorAll(".predict .right")].map(item => [item.dataset.key, -1])))"""
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


@pytest.fixture(scope="module")
def warm(browser: Browser, address: str) -> Iterator[Page]:
    """Return a page in which Python has started, for as many tests as can share it."""
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 1280, "height": 800})
    page = visit(context.new_page(), address, LESSON)
    run(bar(page, 0))
    wait_until(page, LIBRARY_IS_COMPILED)
    yield page
    context.close()


@pytest.fixture
def page(warm: Page) -> Page:
    """Return the page in which Python has started, with all that was typed undone."""
    resets = warm.get_by_role("button", name="Reset").locator("visible=true")
    while shown := resets.count():
        resets.first.click()
        expect(resets).to_have_count(shown - 1)  # a click is answered a moment later
    return warm


@pages_with_snippets
def test_every_snippet(path: Path, page: Page, address: str, tally: dict[str, int]) -> None:
    """Alone, the last snippet of a page runs what it needs; in page order, each prints the same."""
    if path != LESSON:
        page = visit(page.context.new_page(), address, path)
    snippets = pycon(path)
    expect(page.locator(".live")).to_have_count(len(snippets))
    last = len(snippets) - 1
    run(bar(page, last))
    assert shown(bar(page, last)) == printed(snippets[last])
    above = [shown(bar(page, number)) for number in range(last)]
    assert not any(above), "what ran on the way shows nothing again"
    tally["alone"] += 1
    for number, block in enumerate(snippets):
        run(bar(page, number))
        assert shown(bar(page, number)) == printed(block), f"{path.name}:{block.line}"
        tally["snippets run in the page in order"] += 1
    if path != LESSON:
        page.close()


def test_first_and_second_visit(
    open_cold: OpenCold, address: str, record_property: Callable[[str, object], None]
) -> None:
    """Nothing is asked for before the press, nobody else ever, and nothing twice.

    The second visit fetches nothing but the list of files, and is measured beside the first.
    Nothing of it is against the policy of the page.
    """
    page = open_cold(LESSONS[0])
    others: list[str] = []
    page.context.on("request", lambda request: others.append(request.url))
    plain = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    wait_for_quiet(page)
    assert [path for path in FaultyHandler.asked if "/live/" in path] == []
    times = []
    for _ in range(2):
        FaultyHandler.asked.clear()
        start = time.perf_counter()
        press(bar(page, 0), "Run")
        expect(output(bar(page, 0))).to_have_text("25.0\n", timeout=60_000)
        times.append(time.perf_counter() - start)
        finished(bar(page, 0))
        wait_until(page, LIBRARY_IS_COMPILED)
        asked = [path for path in FaultyHandler.asked if "/live/" in path or ".whl" in path]
        loaded = [path.rpartition("/")[2] for path in asked]
        assert len(loaded) == len(set(loaded))
        if len(times) == 1:
            assert NUMPY in loaded
            page = visit(page.context.new_page(), address, LESSONS[0])
    scripts = {"cell.js", "compare.js", "files.js", "page.js", "session.js", "worker.js"}
    assert set(loaded) <= {"manifest.json"} | scripts
    assert list(page.evaluate(KEPT)) == [f"nnbasics {address}live/"], "a name of this copy's own"
    assert [url for url in others if not url.startswith((address, "blob:", "data:"))] == []
    page.context.set_offline(True)
    type_code(bar(page, 0), "1 + 1\n1 / 0")
    run(bar(page, 0), "Python stopped in line 2.")  # once Python is there, it needs no connection
    assert shown(bar(page, 0)) == "2\nZeroDivisionError: division by zero"
    assert page.evaluate("violations") == []
    record_property(
        "live",
        f"first output: {times[0]:.1f} s cold, {times[1]:.1f} s warm; the page: {plain:.0f} ms",
    )


def test_weight_before_the_press(
    site: Path, plain_site: Path, record_property: Callable[[str, object], None]
) -> None:
    """Live code adds at most 4 kB to a page before the first press, and no request."""

    def weight(site: Path, path: Path) -> int:
        page = site / path_of(path.relative_to(DOCS).as_posix()) / "index.html"
        # Without its exercises: where no code runs, all of each stands in the page.
        html = re.sub(rb'<h2 id="exercises">.*(?=</article>)', b"", page.read_bytes(), flags=re.S)
        style = (site / "assets" / "site.css").read_bytes()
        return sum(len(gzip.compress(part, 9)) for part in (html, style))

    added = {path.stem: weight(site, path) - weight(plain_site, path) for path in LESSONS}
    assert max(added.values()) <= 4000, added
    assert min(added.values()) > 0
    record_property("live", f"before the press: {max(added.values())} bytes more than without")
    manifest = json.loads((site / "live" / "manifest.json").read_text(encoding="utf-8"))
    total = sum(file["bytes"] for file in manifest["files"])
    assert f"about {round(total / 1e6)} MB" in LESSONS[0].read_text(encoding="utf-8")
    record_property("live", f"after it: {total} bytes")


def test_edit_leave_and_reset(warm: Page, address: str) -> None:
    """A changed number changes the output; what was typed is there again later; Reset undoes it."""
    page = visit(warm.context.new_page(), address, LESSONS[0])
    first, second = bar(page, 0), bar(page, 1)
    press(first, "Edit")
    area = page.get_by_role("textbox", name="Code of snippet 1")
    expect(area).to_be_focused()
    expect(area).to_have_value("from nnbasics import mse\nmse(30, 25)")
    expect(first.locator("xpath=../pre[1]")).to_be_hidden()
    area.fill("from nnbasics import mse\nmse(31, 25)\nx = 7")
    type_code(second, "x")
    page.evaluate(SEEN)  # the second stands in a prediction
    page.goto(address)
    page.go_back()
    page.reload()
    expect(area).to_have_value("from nnbasics import mse\nmse(31, 25)\nx = 7")
    run(second, "Done.")  # runs the changed first one on the way, and shows what it prints
    assert (shown(first), shown(second)) == ("36.0", "7")

    press(first, "Reset")
    expect(area).to_have_count(0)
    expect(first.locator("xpath=../pre[1]")).to_be_visible()
    expect(first.get_by_role("button", name="Run")).to_be_focused()
    run(first, "Done: the same as in the lesson.")
    page.reload()
    expect(page.locator("textarea")).to_have_count(1)
    page.evaluate("localStorage.clear()")
    page.close()


def test_what_was_typed_for_an_older_lesson(open_cold: OpenCold) -> None:
    """What was typed is forgotten when the lesson's own snippet has changed since."""
    page = open_cold(LESSON)
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


def test_what_cannot_be_kept(open_cold: OpenCold) -> None:
    """A page without storage, and a library that cannot be compiled, cost time and nothing else."""
    page = open_cold(LESSON, NO_STORAGE)
    type_code(bar(page, 0), "import builtins\nbuiltins.max = None\nx = 5")
    run(bar(page, 0), "Done. It prints nothing.")
    workers = page.workers
    page.wait_for_timeout(2000)  # after 1 s it tries
    type_code(bar(page, 1), "print(x)")
    run(bar(page, 1), "Done.")
    assert shown(bar(page, 1)) == "5"
    assert page.workers == workers, "it is still the same Python"


def test_endless_loop(page: Page) -> None:
    """An endless loop leaves the page alive; Stop ends it within 0.2 s and says what is lost."""
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
    run(first)
    assert shown(first) == "False"


def test_much_output_is_cut_off(page: Page) -> None:
    """A loop that prints without end fills no memory, and leaves the page alive."""
    type_code(bar(page, 0), "print('é' * 50_000)")
    run(bar(page, 0))
    assert shown(bar(page, 0)) == "é" * 20_000 + "\n… The rest is cut off."
    end = "from time import time\nend = time() + 1.5\nn = 0\nwhile time() < end:\n"
    type_code(bar(page, 0), f"{end}    print(n)\n    n += 1")
    press(bar(page, 0), "Run")
    expect(output(bar(page, 0))).to_contain_text("1000\n")
    page.evaluate(COUNT_FRAMES)
    wait_until(page, "frames_seen > 20", seconds=3)
    finished(bar(page, 0))
    assert len(shown(bar(page, 0))) <= 20_100


ERRORS = [
    ("from nnbasics import mse\nmse([1, 2], [1])\nx = 2", 2, "ValueError: predictions and targets"),
    ("x = 1\n\nx = = 2", 3, "SyntaxError: invalid syntax"),
    ("def f():\n    return gone\nf()", 2, "NameError: name 'gone' is not defined"),
    ("import matplotlib", 1, "ModuleNotFoundError: No module named 'matplotlib'\nHere are"),
    ("f = lambda n: f(n)\nf(1)", 1, "RecursionError"),
    ("raise SystemExit", 1, "SystemExit"),
]


def test_errors(page: Page) -> None:
    """An error shows what Python and the package say, lights its line, and ends nothing."""
    run(bar(page, 1))
    for code, line, message in ERRORS:
        area = type_code(bar(page, 1), code)
        run(bar(page, 1), f"Python stopped in line {line}.")
        assert shown(bar(page, 1)).startswith(message)
        expect(area).to_have_class(re.compile("live-lit"))
        assert area.evaluate("area => area.style.getPropertyValue('--line')") == str(line - 1)
    run(bar(page, 2), re.compile("A snippet above ends in an error"))
    expect(note(bar(page, 2)).get_by_role("link")).to_have_attribute("href", "#snippet-2")
    press(bar(page, 1), "Reset")
    run(bar(page, 2))


def test_errors_of_the_lesson(page: Page) -> None:
    """An error that the lesson shows lights its line there."""
    number = next(n for n, block in enumerate(pycon(LESSON)) if "Traceback" in block.text)
    run(bar(page, number), "Done: the same error as in the lesson.")
    expect(page.locator("code .live-lit")).to_have_count(1)
    expect(page.locator("code .live-lit")).to_have_text(
        re.compile(r">>> mse\(column, \[8, 7, 3\]\)")
    )


TRACES = """\
import builtins, os, random, warnings
import numpy as np
import nnbasics
np.set_printoptions(precision=1)
np.seterr(over="raise")
np.random.seed(0)
random.seed(0)
nnbasics.mse = nnbasics.Dense.forward = np.sum = builtins.max = None
warnings.simplefilter("error")
os.environ["TRACE"] = "1"
open("trace", "w").close()
os.makedirs("/tmp/traces/deep")
os.chdir("/tmp")
grown = np.ones(10_000_000)  # the memory grows
1 + 1"""
ANEW = """\
import builtins, os, random, warnings
import numpy as np
import nnbasics
print(hasattr(builtins, "_"), [name for name in globals() if not name.startswith("__")])
print(np.array([1 / 3]), np.geterr()["over"])
print(np.random.rand() == 0.5488135039273248, random.random() == 0.8444218515250481)
print(nnbasics.mse(30, 25), max(np.sum([1, 2]), 1))
print(nnbasics.Dense(1, 1, rng=np.random.default_rng(0)).forward([[1.0]]).shape)
print(len(warnings.filters), "TRACE" in os.environ, os.getcwd(), os.listdir(), os.listdir("/tmp"))
"""


def test_begun_anew_is_anew(page: Page) -> None:
    """Run again finds Python as it was after its start: whatever was set, patched or written."""
    first = bar(page, 0)
    type_code(first, ANEW)
    run(first, "Done.")
    fresh = shown(first)
    lines = fresh.splitlines()
    assert lines[0].startswith("False ['builtins', "), "no _ of an earlier snippet"
    assert lines[1] == "[0.33333333] warn"
    assert lines[-1].endswith("False /home/pyodide [] []")
    for _ in range(3):
        type_code(first, TRACES)
        run(first, "Done.")
        type_code(first, ANEW)
        run(first, "Done.")
        assert shown(first) == fresh


def test_all_of_numpy_is_there_from_the_start(page: Page, site: Path) -> None:
    """What is compiled in NumPy is loaded before the memory is remembered, for it lies outside."""
    with zipfile.ZipFile(site / "live" / NUMPY) as numpy:
        compiled = [name for name in numpy.namelist() if name.endswith(".so")]
    files = "{str(getattr(module, '__file__', '')) for module in list(sys.modules.values())}"
    code = f"import sys\nprint(sum(file.endswith('.so') for file in {files}))"
    type_code(bar(page, 0), code)
    run(bar(page, 0), "Done.")
    assert shown(bar(page, 0)) == str(len(compiled))


def holds(page: Page) -> None:
    """Check that a failure has left nothing behind, and that what was printed stays."""
    expect(bar(page, 0).get_by_role("button", name="Run")).to_have_count(1)
    expect(page.locator("progress")).to_have_count(0)
    expect(page.locator(".live + pre:visible")).to_have_count(0)
    transcript = bar(page, 0).locator("xpath=../pre[1]")
    expect(transcript).to_be_visible()
    assert printed(pycon(LESSON)[0]).splitlines()[-1] in (transcript.text_content() or "")


FAILURES = [
    ("page.js", "missing", "The buttons do not work: a file of this site is missing"),
    ("session.js", "missing", "The buttons do not work: a file of this site is missing"),
    ("manifest.json", "missing", "The list of Python's files could not be loaded: .* 404"),
    ("worker.js", "missing", "Python's helper could not be loaded"),
    ("files.js", "missing", "The buttons do not work: a file of this site is missing"),
    ("worker.js", "with a policy", "This server forbids it"),
    ("pyodide.asm.wasm.gz", "cut off", "Python did not arrive: the connection broke off"),
    (NUMPY, "missing", "NumPy is missing: the server answered 404"),
    (wheel.NAME, "missing", "the package nnbasics is missing: the server answered 404"),
    ("prompt.py", "missing", "Python's prompt is missing: the server answered 404"),
    (NUMPY, "stalled", "Nothing arrives any more: .* is not complete"),
]


@pytest.mark.parametrize(("name", "fault", "sentence"), FAILURES)
def test_failures(name: str, fault: str, sentence: str, open_cold: OpenCold) -> None:
    """Whatever goes wrong on the way, a sentence says so, and what was printed stays."""
    FaultyHandler.faults[name] = fault
    if fault == "stalled":
        FaultyHandler.faults["manifest.json"] = "impatient"
    page = open_cold(LESSON)
    press(bar(page, 0), "Run")
    expect(note(bar(page, 0))).to_have_text(re.compile(f"^{sentence}.*still holds"), timeout=10_000)
    holds(page)


def test_a_script_that_does_not_arrive(open_cold: OpenCold) -> None:
    """If the page's own script does not arrive, the page says so within 10 s."""
    FaultyHandler.faults["page.js"] = "stalled"
    page = open_cold(LESSON)
    page.clock.install()
    press(bar(page, 0), "Run")
    page.clock.fast_forward(10_000)
    expect(note(bar(page, 0))).to_have_text(re.compile("^The buttons do not work"))
    holds(page)


def test_offline(open_cold: OpenCold) -> None:
    """Without a connection the page says so."""
    page = open_cold(LESSON)
    page.evaluate("import('../../live/page.js')")  # as after an earlier press
    page.context.set_offline(True)
    run(bar(page, 0), re.compile(f"connection.*{HOLDS}"))


@pytest.mark.parametrize("gone", ["DecompressionStream", "WebAssembly", "Worker"])
def test_old_browsers(gone: str, open_cold: OpenCold) -> None:
    """A browser that cannot do it says so, and loads nothing for it."""
    page = open_cold(LESSON, f"delete globalThis.{gone}")
    run(bar(page, 0), f"This browser is too old to run Python. {HOLDS}")
    assert not any("numpy" in path for path in FaultyHandler.asked)


def test_a_browser_that_cannot_start_it(open_cold: OpenCold) -> None:
    """Where the WebAssembly is whole and does not start, the page says so."""
    page = open_cold(LESSON)
    page.context.route(
        "**/worker.js",
        lambda route: route.fulfill(
            content_type="text/javascript",
            body=NO_MEMORY + route.fetch().text(),
        ),
    )
    run(bar(page, 0), re.compile(rf"does not start in this browser \(no memory\).*{HOLDS}"))


def test_metered_connection(open_cold: OpenCold) -> None:
    """Where bytes may cost money, the page says how many they are; Stop ends the loading."""
    FaultyHandler.faults[NUMPY] = "stalled"
    page = open_cold(LESSON, METERED)
    first = bar(page, 0)
    run(first, re.compile(r"Python is \d\.\d MB.*Press Run again"))
    assert not any("numpy" in path for path in FaultyHandler.asked)
    press(first, "Run")
    expect(note(first)).to_have_text(re.compile(r"Loading Python: \d\.\d MB"))
    expect(page.get_by_role("progressbar", name="Loading Python")).to_be_visible()
    press_stop(first)
    finished(first, re.compile("^Stopped"))
    holds(page)


def test_keyboard(page: Page) -> None:
    """All is done with the keyboard: Tab leads on, Ctrl and Enter run."""
    first = bar(page, 0)
    note(first).evaluate("note => note.textContent = ''")
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


def test_twice_gives_the_same(page: Page) -> None:
    """A second Run begins as the first did: what that left behind is gone."""
    type_code(bar(page, 0), "kept = globals().get('kept', 0) + 1\nkept")
    for _ in range(2):
        run(bar(page, 0), "Done.")
        assert shown(bar(page, 0)) == "1"


def test_double_click(page: Page) -> None:
    """Who clicks twice, as on a file, wants to run and not to stop."""
    note(bar(page, 0)).evaluate("note => note.textContent = ''")
    bar(page, 0).get_by_role("button", name="Run").dblclick()
    finished(bar(page, 0))
    bar(page, 1).get_by_role("button", name="Edit").dblclick()
    expect(page.get_by_role("textbox", name="Code of snippet 2")).to_have_count(1)


def test_accessible(page: Page) -> None:
    """Run, edited and stopped, axe objects to nothing, all fits, and a thumb can press it."""
    run(bar(page, 0))
    type_code(bar(page, 1), "mse([1], [1, 2])  # " + "a long line " * 20)
    run(bar(page, 1), re.compile("^Python stopped"))
    run(bar(page, 10), re.compile("A snippet above"))
    for width, height in ((1280, 24), (390, 44)):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("slate", "default"):
            page.evaluate("to => document.body.setAttribute('data-md-color-scheme', to)", scheme)
            assert objections(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        boxes = [button.bounding_box() for button in page.locator(".live > button:visible").all()]
        assert min(box["height"] for box in boxes if box) >= height
    page.set_viewport_size({"width": 1280, "height": 800})


def test_print(page: Page) -> None:
    """On paper there are no buttons."""
    page.emulate_media(media="print")
    expect(page.locator(".live:visible")).to_have_count(0)
    page.emulate_media(media="screen")


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
