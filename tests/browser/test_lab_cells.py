"""The cells of the labs run in the page, plots included, and give what the build gave."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import jupytext
import pytest
from by_hand import WATCH_SHIFTS
from helpers import NOTE_VIOLATIONS, objections, wait_for_quiet, wait_until
from live_code import (
    DONE,
    LIBRARY_IS_COMPILED,
    METERED,
    FaultyHandler,
    OpenCold,
    bar,
    finished,
    note,
    press,
    press_stop,
    run,
    type_code,
    visit,
)
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from website import live, marks
from website.live import pyodide
from website.pages import DOCS

pytestmark = pytest.mark.usefixtures("pyodide_is_there", "whole")
LABS = sorted((DOCS / "labs").glob("*.py"))
LAB = LABS[4]
LESSON = DOCS / "lessons" / "1-what-is-a-loss.md"
SAME = re.compile(r"^Done: the same as in the lab\.|^Done\. It prints nothing\.")
WITH_PLOT = "Done: the same as in the lab."
HOLDS = "What the lab printed still holds."
LITTLE = "Object.defineProperty(navigator, 'deviceMemory', {value: 1})"
# A page that breaks down is gone without a word. Its own listeners hear nothing here either.
CRASHES = """addEventListener(
  "pagehide", event => window.crashes && event.stopImmediatePropagation(), true)"""
NO_ROOM = (
    "Cache.prototype.put = async () => { throw new DOMException('full', 'QuotaExceededError') }"
)
# What only labs load, by the end of its address, and what the page calls it.
FILES = {file["name"]: file["is"] for file in pyodide.PINNED["labs"]} | {
    Path(name).name: what for name, what in live.MODULES["labs"].items()
}


def cells_of(lab: Path) -> list[str]:
    """Return the code of a lab's cells."""
    cells = jupytext.reads(marks.read(lab), fmt="py:percent").cells
    return [cell.source for cell in cells if cell.cell_type == "code"]


DRAWS = next(n for n, code in enumerate(cells_of(LAB)) if "plt.show()" in code)
WRITES = next(n for n, code in enumerate(cells_of(LAB)) if "write_csv" in code)


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Return a browser in which what a lab needs is loaded once."""
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 1280, "height": 800})
    context.add_init_script(NOTE_VIOLATIONS)
    context.add_init_script(WATCH_SHIFTS)
    yield context
    context.close()


@pytest.fixture(scope="module")
def page(context: BrowserContext, address: str) -> Page:
    """Return lab 5, in which Python will have started."""
    return visit(context.new_page(), address, LAB)


def own(bar: Locator) -> Locator:
    """Return the place of what the reader's own code gave."""
    return bar.locator("xpath=../following-sibling::div[contains(@class, 'cell-own')][1]")


def built(bar: Locator) -> Locator:
    """Return the plot that was drawn when the page was built."""
    return bar.locator("xpath=../following-sibling::figure[1]")


@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.stem)
def test_every_cell(
    lab: Path, context: BrowserContext, address: str, tally: dict[str, int]
) -> None:
    """Each cell of each lab gives in the page what the build gave, and nothing moves."""
    page = visit(context.new_page(), address, lab)
    cells = cells_of(lab)
    expect(page.locator(".live")).to_have_count(len(cells))
    for number, code in enumerate(cells):
        run(bar(page, number), WITH_PLOT if "plt.show()" in code else SAME)
        tally["cells run in the page"] += 1
    assert page.evaluate("violations") == []
    assert page.evaluate("shifts") == []
    page.close()


def test_the_last_cell_alone(page: Page) -> None:
    """The last cell runs all cells above first, and again from the first on."""
    last = page.locator(".live").count() - 1
    for _ in range(2):
        run(bar(page, last), SAME)


def test_an_own_plot(page: Page) -> None:
    """A changed plot takes the place of the page's, without its description, until Reset."""
    plot = bar(page, DRAWS)
    code = cells_of(LAB)[DRAWS]
    written = built(plot).locator("svg").get_attribute("aria-label") or ""
    type_code(plot, code.replace('"-"', '":"').replace("mass in kg", "kilograms"))
    run(plot, "Done.")
    expect(built(plot)).to_be_hidden()
    picture = own(plot).locator("figure > svg")
    expect(picture).to_be_visible()
    label = picture.get_attribute("aria-label") or ""
    assert "kilograms" in label
    assert label != written
    expect(own(plot)).to_contain_text("The page describes its own plot. This one is yours")
    colours = set()
    for scheme in ("slate", "default"):
        page.evaluate("to => document.body.setAttribute('data-md-color-scheme', to)", scheme)
        line = own(plot).locator("svg [stroke='currentColor']").first
        colours.add(line.evaluate("line => getComputedStyle(line).stroke"))
    assert len(colours) == 2, "it follows the palette"
    press(plot, "Reset")
    expect(built(plot)).to_be_visible()
    expect(own(plot).locator("figure")).to_have_count(0)


def test_what_differs_is_told(page: Page) -> None:
    """A cell below a changed one says that it differs, and why."""
    type_code(bar(page, 0), cells_of(LAB)[0] + "\nload_penguins = lambda: ([181], [3.75])")
    run(bar(page, WRITES), "Done. It differs from the lab, because a cell above was changed.")
    press(bar(page, 0), "Reset")


def test_all_above(page: Page) -> None:
    """Run all above begins anew, shows what each gives, and stops before the cell itself."""
    third = bar(page, 2)
    type_code(bar(page, 1), cells_of(LAB)[1] + "\nprint('seen')")
    press(third, "Run all above")
    finished(third, "All cells above have run, from the first one on.")
    expect(own(bar(page, 1))).to_contain_text("seen")
    press(bar(page, 1), "Reset")
    expect(bar(page, 0).get_by_role("button", name="Run all above")).to_have_count(0)


def test_a_file_can_be_downloaded(page: Page, tmp_path: Path) -> None:
    """A file that a cell writes lies in the page alone, and can be saved."""
    FaultyHandler.asked.clear()
    run(bar(page, WRITES), SAME)
    link = own(bar(page, WRITES)).get_by_role("link", name="Download penguins.csv")
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "penguins.csv"
    download.value.save_as(tmp_path / "penguins.csv")
    saved = (tmp_path / "penguins.csv").read_text(encoding="utf-8")
    assert saved.startswith("flipper_mm,mass_kg\n181.0,3.75\n")
    assert not any("penguins" in path for path in FaultyHandler.asked)


def test_an_error_and_stop(page: Page) -> None:
    """An error lights its line and leaves no half-drawn plot; an endless loop is stopped."""
    first = bar(page, 0)
    type_code(first, "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nimport scipy")
    run(first, "Python stopped in line 3.")
    expect(own(first)).to_contain_text("Here are Python, NumPy, matplotlib and nnbasics alone.")
    type_code(first, "plt.show()\nraise ValueError('long' * 20_000)")
    run(first, "Python stopped in line 1.")  # the name plt is gone: it began anew
    type_code(first, "raise ValueError('long' * 20_000)")
    run(first, "Python stopped in line 1.")
    assert len(own(first).text_content() or "") <= 20_100
    type_code(first, "while True:\n    pass")
    press(first, "Run")
    expect(note(first)).to_have_text(re.compile("^(Running|Still)"))
    press_stop(first)
    finished(first, re.compile("^Stopped.*the first cell"))
    press(first, "Reset")


def test_all_that_is_compiled_is_there_from_the_start(page: Page) -> None:
    """What lies partly outside of the memory that is put back is loaded before; but for Tk's."""
    type_code(
        bar(page, 0),
        "import glob, site, sys\n"
        "files = {str(getattr(m, '__file__', '')) for m in list(sys.modules.values())}\n"
        "there = glob.glob(site.getsitepackages()[0] + '/**/*.so', recursive=True)\n"
        "print([name for name in there if name not in files and 'tk' not in name])",
    )
    run(bar(page, 0), "Done.")
    expect(own(bar(page, 0)).locator("pre")).to_have_text("[]\n")
    press(bar(page, 0), "Reset")


def test_accessible(page: Page) -> None:
    """With plots, files and errors of the reader's own, axe objects to nothing, and all fits."""
    run(bar(page, WRITES), SAME)
    type_code(bar(page, DRAWS), cells_of(LAB)[DRAWS].replace('"-"', '":"'))
    run(bar(page, DRAWS), "Done.")
    type_code(bar(page, DRAWS + 1), "1 / 0")
    run(bar(page, DRAWS + 1), "Python stopped in line 1.")
    for width, height in ((1280, 24), (390, 44)):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("slate", "default"):
            page.evaluate("to => document.body.setAttribute('data-md-color-scheme', to)", scheme)
            assert objections(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        boxes = [button.bounding_box() for button in page.locator(".live > button:visible").all()]
        assert min(box["height"] for box in boxes if box) >= height
    page.set_viewport_size({"width": 1280, "height": 800})
    for number in (DRAWS, DRAWS + 1):
        press(bar(page, number), "Reset")


def test_first_and_second_visit(
    open_cold: OpenCold, address: str, record_property: Callable[[str, object], None]
) -> None:
    """Nothing is asked for before the press, nobody else ever, and nothing twice.

    A lesson loads nothing of it, and leaves it where it is.
    """
    page = open_cold(LAB)
    others: list[str] = []
    page.context.on("request", lambda request: others.append(request.url))
    wait_for_quiet(page)
    assert [path for path in FaultyHandler.asked if "/live/" in path] == []
    page.evaluate(TIME_PLOT, DRAWS)
    run(bar(page, DRAWS), SAME)
    cold = page.evaluate("seconds")
    wait_until(page, LIBRARY_IS_COMPILED)
    asked = [path.rpartition("/")[2] for path in FaultyHandler.asked if "/live/" in path]
    assert len(asked) == len(set(asked))
    assert set(FILES) <= set(asked)
    page = visit(page.context.new_page(), address, LESSON)
    run(bar(page, 0))
    page.wait_for_timeout(1500)
    page = visit(page.context.new_page(), address, LAB)
    FaultyHandler.asked.clear()
    page.evaluate(TIME_PLOT, DRAWS)
    run(bar(page, DRAWS), SAME)
    warm = page.evaluate("seconds")
    loaded = {path.rpartition("/")[2] for path in FaultyHandler.asked}
    assert not loaded & {*FILES, *pyodide.NAMES}
    assert [url for url in others if not url.startswith((address, "blob:", "data:"))] == []
    assert page.evaluate("violations") == []
    record_property("live", f"first plot of a lab: {cold:.1f} s cold, {warm:.1f} s warm")


# How long after now a plot of the reader's own is drawn below a cell.
TIME_PLOT = """number => {
  const start = performance.now();
  const note = document.querySelectorAll(".live")[number].querySelector("[role=status]");
  new MutationObserver(() => {
    if (/^Done/.test(note.textContent)) window.seconds = (performance.now() - start) / 1000;
  }).observe(note, {childList: true, characterData: true, subtree: true});
}"""


def test_a_lesson_loads_nothing_of_it(browser: Browser, address: str) -> None:
    """A press in a lesson loads no byte of what only labs need."""
    context = browser.new_context(reduced_motion="reduce")
    page = visit(context.new_page(), address, LESSON)
    run(bar(page, 0))
    asked = {path.rpartition("/")[2] for path in FaultyHandler.asked}
    assert not asked & set(FILES)
    context.close()


FAULTS = {
    "missing": "is missing: the server answered 404",
    "cut off": "did not arrive: the connection broke off",
    "damaged": "arrived damaged",
}


@pytest.mark.parametrize("name", FILES)
def test_failures(name: str, open_cold: OpenCold) -> None:
    """A file that is missing, cut off or damaged is told in words, and what was printed stays."""
    page = open_cold(LAB)
    for fault, sentence in FAULTS.items():
        FaultyHandler.faults[name] = fault
        press(bar(page, DRAWS), "Run")
        expected = f"{FILES[name]} {sentence}. {HOLDS} Press Run to try again."
        expect(note(bar(page, DRAWS))).to_have_text(expected, timeout=10_000)
        expect(built(bar(page, DRAWS))).to_be_visible()


def test_no_room(open_cold: OpenCold) -> None:
    """Where nothing can be kept, the lab runs all the same."""
    page = open_cold(LAB, NO_ROOM)
    run(bar(page, DRAWS), SAME)


def test_cautions(open_cold: OpenCold) -> None:
    """Bytes that may cost money, and little memory, are told before anything is loaded."""
    page = open_cold(LAB, f"{METERED};{LITTLE}")
    run(
        bar(page, 0),
        re.compile(r"^Python with matplotlib is 1\d\.\d MB.*only 1 GB.*Press Run again"),
    )
    assert not any("numpy" in path for path in FaultyHandler.asked)
    run(bar(page, 0), SAME)


def test_a_page_that_broke_down(open_cold: OpenCold, address: str) -> None:
    """Who comes back after a crash is told, and nothing is loaded before two presses.

    Who only left while it loaded is told nothing.
    """
    FaultyHandler.faults["pillow-12.2.0-cp314-cp314-pyemscripten_2026_0_wasm32.whl"] = "stalled"
    page = open_cold(LAB, CRASHES)
    press(bar(page, 2), "Run")
    expect(note(bar(page, 2))).to_have_text(re.compile("^Loading"))
    page.goto(address)
    page = visit(page, address, LAB)
    wait_for_quiet(page)
    expect(note(bar(page, 2))).to_have_text("")
    press(bar(page, 2), "Run")
    expect(note(bar(page, 2))).to_have_text(re.compile("^Loading"))
    page.evaluate("window.crashes = true")
    page.goto(address)
    FaultyHandler.asked.clear()
    page = visit(page, address, LAB)
    told = re.compile(f"^When Python with matplotlib was loaded here before.*{HOLDS}$")
    expect(note(bar(page, 2))).to_have_text(told)
    press(bar(page, 0), "Run")
    expect(note(bar(page, 0))).to_have_text(re.compile("broke down.*Press Run again to load it"))
    assert not any(".whl" in path for path in FaultyHandler.asked)
    FaultyHandler.faults.clear()
    run(bar(page, 0), DONE)
    page.reload()
    wait_for_quiet(page)
    expect(note(bar(page, 2))).to_have_text("")
