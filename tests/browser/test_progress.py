"""What was read, answered and solved is marked, in the reader's own browser alone."""

import json
import re

from helpers import NO_STORAGE, NewPage, objections, path_of
from playwright.sync_api import Page, expect

from website import pages
from website.pages import DOCS
from website.questions import read

FIRST, SECOND, *_ = [path_of(path.relative_to(DOCS).as_posix()) for path in pages.lessons()]
QUESTIONS = read.of_page(pages.lessons()[0])
RIGHT = {one.key: [option.is_right for option in one.options].index(True) for one in QUESTIONS}


def go(page: Page, path: str) -> None:
    """Go to another page of the site in the same browser."""
    page.goto(re.sub("(?<=/sub/path/).*", path, page.url))


def to_the_end(page: Page) -> None:
    """Scroll to the end of a page, and wait until that was noticed."""
    page.locator(".md-footer").scroll_into_view_if_needed()
    page.locator("article > :last-child").scroll_into_view_if_needed()
    expect(page.locator(".trail [aria-current]")).to_have_attribute(
        "aria-label", re.compile(r": read")
    )


def test_what_was_read_is_marked(new_page: NewPage) -> None:
    """Whoever reached the end has read a lesson: the row of lessons and the home page say so."""
    page = new_page(FIRST)
    mark = page.locator(".trail a").first
    expect(mark).to_have_attribute("aria-label", "1. What is a loss?")
    to_the_end(page)
    expect(mark).to_have_attribute("aria-label", "1. What is a loss?: read")
    go(page, SECOND)
    expect(mark).to_have_attribute("aria-label", "1. What is a loss?: read")
    expect(mark).to_have_attribute("data-progress", "read")
    assert objections(page, part=".trail") == []
    go(page, "")
    expect(page.locator("#the-lessons ~ ol li").first).to_contain_text("✓ read (")
    expect(page.locator(".progress")).to_have_count(1)
    assert objections(page, part="article") == []


def test_what_was_answered_is_marked(new_page: NewPage) -> None:
    """Right answers are counted at once; a question that was changed since counts no longer."""
    page = new_page(FIRST)
    box = page.locator(".predict").first
    box.scroll_into_view_if_needed()
    mark = page.locator(".trail a").first
    box.locator(".option > button").first.click()
    expect(mark).to_have_attribute("aria-label", "1. What is a loss?")
    box.locator(".right > button").click()
    label = f"1. What is a loss?: 1 of {len(QUESTIONS)} questions right"
    expect(mark).to_have_attribute("aria-label", label)
    page.evaluate("answers => localStorage.setItem('answers', answers)", json.dumps(RIGHT))
    page.reload()
    to_the_end(page)
    label = f"1. What is a loss?: read, {len(RIGHT)} of {len(RIGHT)} questions right"
    expect(mark).to_have_attribute("aria-label", label)
    expect(mark).to_have_attribute("data-progress", "done")
    changed = json.dumps({f"x{key[1:]}": place for key, place in RIGHT.items()})
    page.evaluate("answers => localStorage.setItem('answers', answers)", changed)
    page.reload()
    expect(mark).to_have_attribute("aria-label", "1. What is a loss?: read")


def test_a_solved_exercise_is_marked(new_page: NewPage) -> None:
    """Solved exercises are counted; one whose task was changed since counts no longer."""
    page = new_page(FIRST)
    tasks = page.locator("[data-exercise]").evaluate_all(
        "places => places.map(({ dataset }) => [dataset.exercise, dataset.of])"
    )
    (first, of), (second, _), (third, last) = tasks
    solved = json.dumps({first: of, second: "older", third: last})
    page.evaluate("solved => localStorage.setItem('exercises', solved)", solved)
    page.reload()
    mark = page.locator(".trail a").first
    expect(mark).to_have_attribute("aria-label", "1. What is a loss?: 2 of 3 exercises done")


def test_go_on(new_page: NewPage) -> None:
    """The home page leads back to where the reader was, and on from what was read to its end."""
    page = new_page("")
    way = page.locator(".way-in .md-button--primary")
    expect(way).to_have_text("Start with lesson 1")
    go(page, SECOND)
    page.locator("#mind-the-unit").evaluate("heading => heading.scrollIntoView()")
    go(page, "")
    expect(way).to_have_text("Go on: Mean squared error")
    way.click()
    expect(page).to_have_url(re.compile(f"{SECOND}#mind-the-unit$"))
    to_the_end(page)
    go(page, "")
    expect(way).to_have_text("Go on: Cross-entropy")
    assert re.search(r"3-cross-entropy/$", way.get_attribute("href") or "")


def test_without_storage_nothing_is_marked(new_page: NewPage) -> None:
    """A browser that keeps nothing shows the site as to a new reader, and complains of nothing."""
    page = new_page("")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(NO_STORAGE)
    go(page, FIRST)
    page.locator("article > :last-child").scroll_into_view_if_needed()
    go(page, "")
    expect(page.locator(".way-in .md-button--primary")).to_have_text("Start with lesson 1")
    expect(page.locator("[data-progress]")).to_have_count(0)
    assert errors == []


def test_what_is_kept_by_somebody_else(new_page: NewPage) -> None:
    """What is in the storage under the same name, and is no progress, breaks nothing."""
    page = new_page("")
    for other in ("no JSON", "null", '"a text"', '{"last": {"page": "lessons/9-gone"}}'):
        page.evaluate("other => localStorage.setItem('progress', other)", other)
        page.reload()
        expect(page.locator(".way-in .md-button--primary")).to_have_text("Start with lesson 1")
        go(page, FIRST)
        expect(page.locator(".trail a").first).to_have_attribute("aria-label", re.compile("loss"))
        go(page, "")
