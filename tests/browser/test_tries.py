"""Exercises are done in the page, and judged as the tests judge them, whatever goes wrong."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from errors_told import ERRORS
from helpers import (
    NO_STORAGE,
    NOTE_VIOLATIONS,
    NewPage,
    objections,
    path_of,
    wait_for_quiet,
)
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from website import exercises
from website.exercises import proof, reading
from website.exercises.judge import judge
from website.exercises.reading import Exercise

pytestmark = pytest.mark.usefixtures("pyodide_is_there")
ALL = [reading.read(path) for path in reading.paths()]
SEED = 3
STEPS = "build-it-yourself/"
# Runs some programs one after the other in the page's own Python, and returns their verdicts.
JUDGE_ALL = """async ([address, judge, trials]) => {
  const { session } = await import(address);
  const verdicts = [];
  for (const question of trials) {
    verdicts.push(await new Promise(done => {
      const nothing = () => {};
      const view = { say: text => { if (/still here/.test(text)) done(text); }, isBusy: nothing,
                     progress: nothing, clear: nothing, print: nothing, tell: done };
      const trial = session.addTrial(view);
      trial.question = { judge, ...question };
      session.press(trial);
    }));
  }
  return verdicts;
}"""


FIRST = ALL[0]  # the one that is done here
OTHERS = [one for one in ALL if one.page == FIRST.page]


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Return a browser in which Python is loaded once."""
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 1280, "height": 800})
    context.add_init_script(NOTE_VIOLATIONS)
    yield context
    context.close()


@pytest.fixture(scope="module")
def page(context: BrowserContext, site_address: str) -> Page:
    """Return a page with exercises, in which Python will have started."""
    page = context.new_page()
    page.goto(site_address + path_of(FIRST.page))
    return page


def opened(page: Page, exercise: Exercise) -> Locator:
    """Open an exercise, and return its box."""
    box = page.locator(f"details:has(> [data-exercise='{exercise.name}'])")
    if box.get_attribute("open") is None:
        box.locator("> summary").click()
    expect(box.get_by_role("textbox")).to_be_visible()
    return box


def afresh(page: Page, exercise: Exercise) -> Locator:
    """Open an exercise as it is at first, and return its box."""
    box = opened(page, exercise)
    press(box, "Reset")
    solution = button(box, "Solution")
    if solution.get_attribute("aria-expanded") == "true":
        solution.click()
    return box


def press(box: Locator, name: str) -> None:
    """Press a button of an exercise."""
    button(box, name).click()


def button(box: Locator, word: str) -> Locator:
    """Return a button of an exercise, whose name goes on with the title."""
    return box.get_by_role("button", name=re.compile(f"^{word} "))


def said(box: Locator) -> Locator:
    """Return the place in which the verdict stands."""
    return box.locator(".exercise-bar > [role=status]")


def check(box: Locator, code: str, verdict: str | re.Pattern[str]) -> None:
    """Write a program, press Check, and wait for the verdict."""
    box.get_by_role("textbox").fill(code)
    press(box, "Check")
    expect(said(box)).to_have_text(verdict, timeout=60_000)
    expect(button(box, "Check")).to_have_count(1)


RIGHT, WRONG = re.compile(r"^Right\."), re.compile(r"^Not yet\.")


@pytest.mark.parametrize("exercise", ALL, ids=lambda exercise: exercise.name)
def test_the_page_judges_as_the_tests_do(
    exercise: Exercise, page: Page, site_address: str, tally: dict[str, int]
) -> None:
    """Each start, solution and wrong try gets the verdict in the page that it gets in CPython."""
    before = reading.solved(reading.before(exercise, ALL))
    programs = [code for _, code, _ in proof.programs(exercise)]
    shared = {
        "check": exercise.check,
        "seed": SEED,
        "before": [list(one) for one in before],
        "given": exercise.files,
    }
    trials = [{"program": code, **shared} for code in programs]
    text = (exercises.HERE / "judge.py").read_text(encoding="utf-8")
    found = page.evaluate(JUDGE_ALL, [f"{site_address}live/page.js", text, trials])
    for code, got in zip(programs, found, strict=True):
        expected = judge(code, exercise.check, SEED, before=before, files=exercise.files)
        assert (got["kind"], got["sentence"], got["line"]) == expected[:3], code
    tally["programs judged in the page"] += len(programs)


def test_errors_are_told_alike(page: Page, site_address: str) -> None:
    """What an error is told does not depend on the version of Python, which is another one here."""
    text = (exercises.HERE / "judge.py").read_text(encoding="utf-8")
    trials = [
        {"program": code, "check": "", "seed": 0, "before": [], "given": {}}
        for code, _, _ in ERRORS
    ]
    found = page.evaluate(JUDGE_ALL, [f"{site_address}live/page.js", text, trials])
    for (code, line, sentence), got in zip(ERRORS, found, strict=True):
        assert (got["line"], got["sentence"]) == (line, f"Line {line}: {sentence}"), code


def test_nothing_is_loaded_before_it_is_opened(new_page: NewPage, site_address: str) -> None:
    """Before an exercise is opened nothing of it is loaded; then its files, once, and no Python."""
    page = new_page("")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site_address + path_of(FIRST.page))
    wait_for_quiet(page)
    assert [url for url in asked if exercises.ADDRESS in url] == []
    opened(page, FIRST)
    files = [url.rpartition("/")[2] for url in asked if f"/{exercises.ADDRESS}/" in url]
    assert sorted(files) == sorted([*exercises.SCRIPTS, f"{FIRST.name}.json"])
    opened(page, OTHERS[1])
    again = [url.rpartition("/")[2] for url in asked if f"/{exercises.ADDRESS}/" in url]
    assert again == [*files, f"{OTHERS[1].name}.json"]
    assert not [url for url in asked if not url.startswith((site_address, "data:"))]
    assert not [url for url in asked if "manifest.json" in url]


def test_verdicts(page: Page) -> None:
    """A wrong try is told its sentence and Python's words, with its line; a solution is right."""
    box = afresh(page, FIRST)
    check(box, "x = 1\nzzz", "Not yet. Line 2: Python does not know zzz. "
          "Is it set below this line, or written otherwise?")  # fmt: skip
    expect(box.locator(".live-output")).to_have_text("NameError: name 'zzz' is not defined\n")
    expect(box.get_by_role("textbox")).to_have_class(re.compile("live-lit"))
    assert box.get_by_role("textbox").evaluate("a => a.style.getPropertyValue('--line')") == "1"
    for wrong in FIRST.tries:
        words = wrong.sentence.replace("`", "").split("…")
        pattern = ".+?".join(
            map(re.escape, ["Not yet. ", *words])
            if not words[0]
            else [re.escape(f"Not yet. {words[0]}"), *map(re.escape, words[1:])]
        )
        check(box, wrong.code, re.compile(f"^{pattern}"))
    for solution in FIRST.solutions:
        check(box, solution.code, RIGHT)
        expect(box.locator("summary")).to_contain_text("✓ solved")
    mark = page.locator(".trail [aria-current]")
    expect(mark).to_have_attribute("aria-label", re.compile("1 of 3 exercises done"))
    assert page.evaluate("violations") == []


def test_the_solution_is_offered(page: Page) -> None:
    """After three tries the solution is offered in words; it is there before, too."""
    page.reload()
    box = afresh(page, FIRST)
    for number in (1, 2, 3):
        check(box, FIRST.start, WRONG)
        expect(said(box)).to_contain_text("solution" if number == 3 else "Not yet")
        assert ("a look at the solution" in (said(box).text_content() or "")) == (number == 3)
        box.get_by_role("textbox").press("End")
    press(box, "Solution")
    expect(box.locator(".solutions")).to_contain_text(FIRST.solutions[0].code.split("\n")[0])
    press(box, "Solution")
    expect(box.locator(".solutions")).to_be_hidden()


def test_hints_come_one_by_one(page: Page) -> None:
    """Each press on Hint shows one more; after the last one it is said that there are no more."""
    page.reload()
    box = afresh(page, FIRST)
    for number in range(1, len(FIRST.hints) + 1):
        press(box, "Hint")
        expect(box.locator(".hints > li:visible")).to_have_count(number)
    press(box, "Hint")
    expect(said(box)).to_have_text("Those are all hints. The solution is one press away.")


def test_by_keyboard(page: Page) -> None:
    """With keys alone: wrong, a hint, right; the focus stays, and it is solved after a reload."""
    page.evaluate("localStorage.clear()")
    page.reload()
    box = page.locator(f"details:has(> [data-exercise='{FIRST.name}'])")
    box.locator("> summary").press("Enter")
    area = box.get_by_role("textbox")
    area.focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text("def f():")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("return 1")
    expect(area).to_have_value("def f():\n    return 1")
    page.keyboard.press("Control+Enter")
    expect(said(box)).to_have_text(WRONG, timeout=60_000)
    expect(area).to_be_focused()
    page.keyboard.press("Tab")
    expect(button(box, "Check")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(box.locator(".hints > li:visible")).to_have_count(1)
    expect(button(box, "Hint")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(area).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(FIRST.solutions[0].code)
    page.keyboard.press("Control+Enter")
    expect(said(box)).to_have_text(RIGHT, timeout=60_000)
    expect(area).to_be_focused()
    stored = page.evaluate("JSON.parse(localStorage.exercises)")
    assert stored == {FIRST.name: exercises.fingerprint(FIRST)}
    page.reload()
    box = opened(page, FIRST)
    expect(box.get_by_role("textbox")).to_have_value(FIRST.solutions[0].code)
    expect(box.locator("summary")).to_contain_text("✓ solved")
    page.evaluate(f'localStorage[\'exercise:{FIRST.name}\'] = \'{{"of": "older", "code": "x"}}\'')
    page.evaluate(f'localStorage.exercises = \'{{"{FIRST.name}": "older"}}\'')
    page.reload()
    box = opened(page, FIRST)  # it has changed since: it asks anew
    expect(box.get_by_role("textbox")).to_have_value(FIRST.start.rstrip("\n"))
    expect(box.locator("summary")).not_to_contain_text("solved")


def test_an_endless_loop(page: Page) -> None:
    """An endless loop is stopped by itself, and says so; Stop ends it at once; the next runs."""
    box = afresh(page, FIRST)
    box.get_by_role("textbox").fill("while True:\n    print('x' * 1000)")
    press(box, "Check")
    expect(said(box)).to_have_text(
        re.compile("^Your program was stopped: after 10 sec"), timeout=60_000
    )
    expect(button(box, "Check")).to_have_count(1)
    assert len(box.locator(".live-output").text_content() or "") <= 20_000
    box.get_by_role("textbox").fill("while True: pass")
    press(box, "Check")
    expect(said(box)).to_have_text("Running …", timeout=60_000)
    button(box, "Stop").press("Enter")
    expect(said(box)).to_have_text("Stopped. What you wrote is still here.")
    check(box, FIRST.solutions[0].code, RIGHT)


def test_much_output_is_cut(page: Page) -> None:
    """Of much output a page shows what it can bear, and says that the rest is cut off."""
    box = afresh(page, FIRST)
    check(box, f"print('x' * 10 ** 6)\n{FIRST.solutions[0].code}", RIGHT)
    expect(box.locator(".live-output .live-cut")).to_have_count(1)
    assert len(box.locator(".live-output").text_content() or "") < 21_000


def test_snippets_run_all_the_same(page: Page) -> None:
    """Before and after an exercise, the snippets of the lesson print what they should."""
    snippet = page.locator(".live").first
    box = afresh(page, FIRST)
    for _ in range(2):
        snippet.get_by_role("button", name="Run").click()
        expect(snippet.get_by_role("status")).to_have_text(
            "Done: the same as in the lesson.", timeout=60_000
        )
        evil = "import numpy as np\nnp.set_printoptions(precision=1)\nnp.mean = print = None\n"
        check(box, f"{FIRST.solutions[0].code}\n{evil}", RIGHT)


def test_without_storage(new_page: NewPage, site_address: str) -> None:
    """Where nothing may be kept, all else works."""
    page = new_page("")
    page.add_init_script(NO_STORAGE)
    page.goto(site_address + path_of(FIRST.page))
    box = opened(page, FIRST)
    check(box, FIRST.solutions[0].code, RIGHT)
    expect(box.locator("summary")).to_contain_text("✓ solved")


@pytest.mark.parametrize("name", ["exercise.js", "words.js", "judge.py", "exercise.css", ".json"])
def test_what_does_not_arrive(name: str, new_page: NewPage, site_address: str) -> None:
    """If a file does not arrive, the page says so; opened again, it tries again."""
    page = new_page("")
    page.route(f"**/{exercises.ADDRESS}/*{name}", lambda route: route.abort())
    page.goto(site_address + path_of(FIRST.page))
    box = page.locator("details.exercise").first
    box.locator("> summary").click()
    expect(box.locator(".start")).to_have_text(re.compile("^The rest does not arrive: a file of"))
    if not name.endswith(".js"):  # of a script, some browsers remember that it failed
        page.unroute_all()
        box.locator("> summary").click()
        box.locator("> summary").click()
        expect(box.get_by_role("textbox")).to_be_visible()


STEP = [one for one in ALL if one.group == "build"]


def test_later_steps_use_earlier_ones(context: BrowserContext, site_address: str) -> None:
    """A step runs after what the reader has solved before it, and else after the site's own."""
    page = context.new_page()
    page.goto(site_address + STEPS)
    first, second = opened(page, STEP[0]), opened(page, STEP[1])
    expect(second.locator("> p:visible").last).to_contain_text("Our step 1 runs first")
    check(second, f"{STEP[1].solutions[0].code}\nprint(mine)", re.compile("does not know mine"))
    check(first, f"{STEP[0].solutions[0].code}\nmine = 'by hand'", RIGHT)
    check(second, f"{STEP[1].solutions[0].code}\nprint(mine)", RIGHT)
    expect(second.locator(".live-output")).to_contain_text("by hand")
    expect(second.get_by_text("Your own step 1 runs first.")).to_be_visible()
    page.reload()
    third = opened(page, STEP[2])
    expect(third.get_by_text("Your own step 1 and step 2 run first.")).to_be_visible()
    check(third, STEP[2].start, WRONG)
    page.evaluate("localStorage.clear()")
    page.close()


@pytest.mark.parametrize(("width", "height", "scheme"), [(1280, 24, "light"), (390, 44, "dark")])
def test_in_each_state(page: Page, width: int, height: int, scheme: Any) -> None:
    """Open, with a hint, wrong, stopped, solution, right: axe objects to nothing, all fits."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.reload()
    box = afresh(page, FIRST)
    part = f"details:has(> [data-exercise='{FIRST.name}'])"
    states: list[Callable[[], None]] = [
        lambda: None,
        lambda: press(box, "Hint"),
        lambda: check(box, FIRST.tries[0].code, WRONG),
        lambda: check(box, "zzz  # " + "a long line " * 20, WRONG),
        lambda: press(box, "Solution"),
        lambda: check(box, FIRST.solutions[0].code, RIGHT),
    ]
    for state in states:
        state()
        assert objections(page, part=part) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    for button in box.locator(".exercise-bar > button").all():
        shape = button.bounding_box()
        assert shape
        assert shape["height"] >= height
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="light")


def test_forced_colours_and_paper(page: Page) -> None:
    """In forced colours the line and the buttons are seen; on paper there are task and start."""
    box = afresh(page, FIRST)
    check(box, "zzz", WRONG)
    page.emulate_media(forced_colors="active")
    outline = box.get_by_role("textbox").evaluate("area => getComputedStyle(area).outlineStyle")
    assert outline != "none"
    border = button(box, "Check").evaluate("b => getComputedStyle(b).borderStyle")
    assert border == "solid"
    page.emulate_media(forced_colors="none", media="print")
    expect(box.locator(":is(button, textarea, .live-output):visible")).to_have_count(0)
    expect(box.locator(".paper")).to_have_text(FIRST.start.rstrip("\n"))
    expect(box.locator(".paper")).to_be_visible()
    page.emulate_media(media="screen")
    expect(box.locator(".paper")).to_be_hidden()


def test_without_javascript(new_page: NewPage) -> None:
    """Without scripts a text has all of it, and a notebook checks."""
    page = new_page(path_of(FIRST.page), java_script_enabled=False)
    links = page.locator("noscript a")
    text = page.request.get(links.nth(0).evaluate("link => link.href"))
    assert FIRST.hints[-1] in text.text()
    assert FIRST.solutions[0].text in text.text()
    assert page.request.get(links.nth(1).evaluate("link => link.href")).json()["cells"]
