"""Questions are answered in the page, in each of their states, with and without what they need."""

import itertools
import re
from pathlib import Path

import pytest
from helpers import NO_STORAGE, NewPage, objections, parsed, path_of
from playwright.sync_api import Locator, Page, expect

from website import pages
from website.figures import orders
from website.pages import DOCS

LESSONS = [path_of(path.relative_to(DOCS).as_posix()) for path in pages.lessons()]
LESSON = LESSONS[1]  # with options to press, and numbers to type
QUESTION = ".question:has(> ul > .right)"
OPEN_ALL = """document.querySelectorAll("details.question").forEach(box => box.open = true)"""
# Press a button, and count the milliseconds until something is said.
TIME_PRESS = """button => new Promise(done => {
  const said = button.closest(".question").querySelector(".said");
  const start = performance.now();
  new MutationObserver(() => done(performance.now() - start)).observe(said, {childList: true});
  button.click();
})"""
TRANSLATE = """labels => labels.forEach(label => {
  label.textContent = label.textContent.replace(".", ",");
})"""


def asked(page: Page) -> list[Locator]:
    """Open all questions of a page, and come near each."""
    page.evaluate(OPEN_ALL)
    questions = page.locator(QUESTION).all()
    for question in questions:
        question.scroll_into_view_if_needed()
        expect(question).to_have_attribute("data-asked", re.compile("open|right|wrong"))
    return questions


def written(site: Path, path: str) -> list[list[tuple[str, str, bool]]]:
    """Return what stands on a page without scripts: the options, their reasons, the key."""
    found = []
    for right in parsed(site / path / "index.html").select(".question > ul > li.right"):
        assert right.parent
        options = []
        for item in right.parent.select(":scope > li"):
            label = item.select_one("strong")
            assert label
            text = item.get_text().removeprefix(label.get_text())
            text = " ".join(f"{text} {item.get('data-gave', '')}".split())
            options.append((label.get_text(), text, item is right))
        found.append(options)
    return found


def said(question: Locator) -> Locator:
    """Return the place in which the answer is judged."""
    return question.locator(".said")


@pytest.mark.parametrize("path", LESSONS)
def test_every_option_is_answered(path: str, site: Path, new_page: NewPage) -> None:
    """Whatever is pressed or typed gets its verdict and its own reason, and asks for nothing."""
    page = new_page(path)
    questions, expected = asked(page), written(site, path)
    assert len(questions) == len(expected)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    for question, options in zip(questions, expected, strict=True):
        for label, reason, is_right in options if not question.locator(".step").count() else []:
            verdict = "Right." if is_right else "Not quite."
            if question.locator("form.answer").count():
                question.get_by_role("textbox").fill(label.replace(".", ","))
                question.get_by_role("button", name="Check").click()
            else:
                button = question.get_by_role("button", name=label, exact=True)
                assert button.evaluate(TIME_PRESS) < 100
            expect(said(question)).to_have_text(f"{verdict} {reason}")
        expect(said(question)).to_have_attribute("role", "status")
    assert requests == []


def test_every_order_was_run(new_page: NewPage) -> None:
    """Each of the 24 orders is answered with what it gave when it was run, and with a reason."""
    page = new_page(LESSONS[4])
    question = next(one for one in asked(page) if one.locator(".step").count())
    outcomes, told = orders.outcomes(), set()
    for order in itertools.permutations(orders.STEPS):
        for place, step in enumerate(order):
            up = question.get_by_role("button", name=f"Move up: {orders.STEPS[step]}")
            lines = question.locator(".step > code").all_text_contents()
            for _ in range(lines.index(orders.STEPS[step]) - place):
                up.click()
                expect(up).to_be_focused()
        question.get_by_role("button", name="Run this order").click()
        gave = outcomes[" ".join(order)]
        words = gave["error"] or ", ".join(f"{loss:.2f}" for loss in gave["losses"])
        expect(said(question)).to_contain_text(f"{words}.")
        is_right = order == tuple(orders.STEPS)
        expect(question).to_have_attribute("data-asked", "right" if is_right else "wrong")
        told.add(said(question).inner_text())
    assert len(told) == 5  # reasons, and what was given
    question.get_by_role("button", name="Move down").first.click()
    expect(said(question)).to_have_text("Now it is step 2 of 4.")
    question.get_by_role("button", name="Run this order").click()
    page.reload()
    question = next(one for one in asked(page) if one.locator(".step").count())
    expect(said(question)).to_contain_text("When it was run")


def foretold(question: Locator) -> list[Locator]:
    """Return what a prediction foretells: printed lines, or what stands behind the options."""
    return question.locator("code > span:has(.go), ul:has(> .right) ~ :not(.said, button)").all()


@pytest.mark.parametrize("path", LESSONS)
def test_a_prediction_opens_what_it_foretells(path: str, new_page: NewPage) -> None:
    """What comes is hidden until the reader has guessed, right or wrong, or wants to see it."""
    page = new_page(path)
    predictions = [one for one in asked(page) if one.evaluate("box => box.matches('.predict')")]
    assert len(predictions) >= 2
    for number, question in enumerate(predictions):
        assert foretold(question)
        for part in foretold(question):
            expect(part).to_be_hidden()
        skip = question.get_by_role("button", name="Show me without a guess")
        (skip if number == 0 else question.locator("li > button").nth(number % 3)).click()
        for part in foretold(question):
            expect(part).to_be_visible()
        expect(skip).to_have_count(0)
        expect(said(question)).to_have_text("" if number == 0 else re.compile("Right|Not quite"))
    page.reload()
    for part in page.locator(".predict").all():
        expect(part).to_have_attribute("data-asked", re.compile("shown|right|wrong"))
    still = new_page(path, java_script_enabled=False).locator(".predict").first
    for part in foretold(still):
        expect(part).to_be_visible()


def test_numbers(new_page: NewPage) -> None:
    """What is no number, or none that is known, is told kindly; the answer can be looked at."""
    page = new_page(LESSON)
    question = next(one for one in asked(page) if one.locator("form.answer").count())
    field = question.get_by_role("textbox", name="Your answer, a number")
    for typed, words in (("two", "Type a number"), ("", "Type a number"), ("3", "Not that.")):
        field.fill(typed)
        field.press("Enter")
        expect(said(question)).to_contain_text(words)
    question.get_by_role("button", name="Show the answer").click()
    expect(said(question)).to_contain_text("It is 2.67. The squares")


def test_translated(new_page: NewPage) -> None:
    """In a page that the browser has translated, a number is still the number that it was."""
    page = new_page(LESSON)
    page.locator(f"{QUESTION} li > strong").evaluate_all(TRANSLATE)
    question = next(one for one in asked(page) if one.locator("form.answer").count())
    question.get_by_role("textbox").fill("2.67")
    question.get_by_role("textbox").press("Enter")
    expect(said(question)).to_contain_text("Right.")


def test_what_was_answered_is_there_again(new_page: NewPage) -> None:
    """After another visit the answer stands there, until the question is another one."""
    page = new_page(LESSON)
    asked(page)[0].get_by_role("button").first.click()
    page.reload()
    question = asked(page)[0]
    expect(said(question)).to_contain_text("Not quite.")
    page.evaluate("localStorage.answers = localStorage.answers.replace('\"', '\"another ')")
    page.reload()
    expect(said(asked(page)[0])).to_be_empty()


def test_by_keyboard(new_page: NewPage) -> None:
    """A question is opened, answered and left with keys alone, and the focus stays."""
    page = new_page(LESSON)
    question = page.locator(f"details{QUESTION}").first
    question.locator("summary").press("Enter")
    expect(question).to_have_attribute("data-asked", "open")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(said(question)).to_contain_text("Right.")
    expect(question.get_by_role("button").nth(1)).to_be_focused()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_in_each_state(width: int, scheme: str, new_page: NewPage) -> None:
    """Unanswered, wrong and right: axe objects to nothing, a thumb can press it, all fits."""
    page = new_page(LESSON, viewport={"width": width, "height": 800}, color_scheme=scheme)
    questions = asked(page)
    for option in (None, "first", "last"):
        for question in questions if option else []:
            if question.locator("form.answer").count():
                question.get_by_role("textbox").fill("0" if option == "first" else "2.67")
                question.get_by_role("button", name="Check").click()
            else:
                getattr(question.locator("li > button"), option or "first").click()
        assert objections(page, part=".question[data-asked]") == []
    for part in page.locator(
        ".question[data-asked] > :is(ul, ol, form, button) :is(button, input)"
    ).all():
        box = part.bounding_box()
        assert box
        assert box["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_its_script_or_storage(new_page: NewPage) -> None:
    """Where the script does not arrive the list is there; without storage all else works."""
    page = new_page("")
    page.route("**/questions/answer.js", lambda route: route.abort())
    page.goto(page.url + LESSON)
    question = page.locator(f"details{QUESTION}").first
    question.locator("summary").click()
    expect(question.locator("li.right")).to_be_visible()
    still = new_page(LESSON, java_script_enabled=False)
    still.locator(f"details{QUESTION} > summary").first.click()
    expect(still.locator("details li.right").first).to_be_visible()
    blocked = new_page("")
    blocked.add_init_script(NO_STORAGE)
    blocked.goto(blocked.url + LESSON)
    first = asked(blocked)[0]
    first.get_by_role("button").first.click()
    expect(said(first)).to_contain_text(re.compile("Right|Not quite"))


def test_on_paper(new_page: NewPage) -> None:
    """On paper there is the list with its reasons, and nothing to press."""
    page = new_page(LESSON)
    for question in asked(page):
        expect(question.locator(".reason:visible")).to_have_count(0)
    page.emulate_media(media="print")
    for question in page.locator(".predict").all():
        for part in foretold(question):
            expect(part).to_be_visible()
    for question in asked(page):
        expect(question.locator(":is(button, input):visible")).to_have_count(0)
        expect(question.locator("li > strong:visible")).not_to_have_count(0)
        for reason in question.locator(".reason").all():
            expect(reason).to_be_visible()
