"""A page that a browser translates works as before: its words are no place for values."""

import re

import pytest
from by_hand import awake, page_of
from helpers import NewPage, printed, pycon
from playwright.sync_api import Locator, Page, expect

from website import live, moving
from website.pages import DOCS

LESSON = next((DOCS / "lessons").glob("2-*.md"))
# As Chrome translates: it puts each text into elements of its own, and leaves out what is not for
# translation. Whoever wraps even that does no harm either.
WRAPPED = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    if (!text.data.trim() || text.parentNode.closest("script, svg, option, textarea")) continue;
    const font = document.createElement("font");
    text.replaceWith(font);
    font.append(text);
  }
}"""
REPLACED = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (!text.parentNode.closest("script, [translate=no]"))
      text.data = text.data.replace(/\\p{L}+/gu, "Wort").replace(/\\d/g, "7");
  }
}"""
# What a figure shows by its lines and values, and of its words those that it writes itself.
STATE = """figure => JSON.stringify([
  [...figure.querySelectorAll("svg :not(text, text *)")].map(part =>
    ["d", "x", "y", "cx", "cy", "width", "height", "transform", "visibility", "aria-valuenow"]
      .map(name => part.getAttribute(name)).concat(part.style.transform)),
  [...figure.querySelectorAll("input, select")].map(({ value, checked, disabled }) =>
    [value, checked, disabled]),
  figure.querySelector("svg").ariaLabel,
  [...figure.querySelectorAll("[aria-pressed]")].map(part => part.ariaPressed),
])"""


def walk_through(figure: Locator) -> list[object]:
    """Do with a figure all that it offers, and return what it shows after each step."""
    states = [figure.evaluate(STATE)]
    keys = {"radio": "Space", "checkbox": "Space", "select-one": "ArrowDown"}
    parts = figure.locator("[role=slider], input, select, .choices button, .step, [type=reset]")
    for part in parts.all():
        part.press(keys.get(str(part.evaluate("part => part.type")), "ArrowRight"))
        if part.evaluate("part => part.tagName") == "BUTTON":
            part.click()
        states.append(figure.evaluate(STATE))
    return states


@pytest.mark.parametrize("name", moving.names())
def test_a_figure_survives(name: str, new_page: NewPage) -> None:
    """Translated before it wakes or after, a figure shows what it shows else."""
    page = new_page(page_of(name))
    expected = walk_through(awake(page.locator(f"#{name}")))
    complaints: list[str] = []
    for when in ("asleep", "awake"):
        page = new_page(page_of(name))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        figure = page.locator(f"#{name}")
        if when == "awake":
            awake(figure)
        page.evaluate(REPLACED)
        page.evaluate(WRAPPED)
        assert walk_through(awake(figure)) == expected
        said = " ".join(figure.locator("[data-say], button").all_text_contents())
        assert not re.search("undefined|NaN|null", said)
        assert complaints == []


@pytest.mark.parametrize("name", [name for name in moving.names() if name in ("deck", "loop")])
def test_a_button_has_its_name_in_both_languages(name: str, new_page: NewPage) -> None:
    """A button that plays and pauses keeps the names that a translation has given it."""
    button = awake(new_page(page_of(name)).locator(f"#{name}")).locator(".play")
    both = button.locator("span")
    both.first.evaluate("name => name.textContent = 'Los'")
    both.last.evaluate("name => name.textContent = 'Halt'")
    for expected in ("Halt", "Los"):
        button.click()
        expect(button).to_have_accessible_name(expected)


def test_a_snippet_survives(new_page: NewPage) -> None:
    """Translated before the first press and again after it, a snippet runs and prints the same."""
    if not live.available():
        pytest.skip("live code is not part of this build: run  make pyodide")
    page = new_page(page_of("misses"))
    first, second = page.locator(".live").nth(0), page.locator(".live").nth(1)
    same = "Done: the same as in the lesson."
    page.evaluate(WRAPPED)
    press_run(first, same)
    page.evaluate(REPLACED)
    press_run(second, same)
    output = second.locator("xpath=following-sibling::pre")
    assert (output.text_content() or "").rstrip() == printed(pycon(LESSON)[1])


def press_run(bar: Locator, words: str) -> None:
    """Press Run, the first button of a bar, whatever it is called now."""
    bar.locator("button").first.click()
    expect(bar.get_by_role("status")).to_have_text(words, timeout=90_000)


@pytest.mark.parametrize("path", ["", page_of("misses"), "labs/4-the-clinic/", "reference/"])
def test_code_is_not_for_translation(path: str, new_page: NewPage) -> None:
    """Code and what it prints are marked as such."""
    page: Page = new_page(path)
    code = page.locator("code, pre:not(:has(code), .linenodiv pre)")
    assert code.count() > 0
    assert code.evaluate_all("parts => parts.filter(part => part.translate)") == []
