"""The site as a reader meets it, in a real browser."""

import doctest
import gzip
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from by_hand import WATCH_SHIFTS, awake
from helpers import NewPage, path_of
from playwright.sync_api import Browser, BrowserContext, Page, expect

from website.pages import ROOT
from website.proof import snippets

# The pages in reading order: the path of each source.
SOURCES = re.findall(
    r": (\S+\.(?:md|py))$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.M
)
LESSON_SOURCES = [source for source in SOURCES if source.startswith("lessons/")]


ORDER = [path_of(source) for source in SOURCES]
LESSONS = [path_of(source) for source in LESSON_SOURCES]
LESSON = LESSONS[1]  # one that has everything: snippets, a diagram, questions, terms
NOWHERE = "lessons/nothing/here/"  # an address without a page

CLIPBOARD: dict[str, Any] = {"permissions": ["clipboard-read", "clipboard-write"]}

SETTLE = """async () => {
  await document.fonts.ready;
  for (let frame = 0; frame < 6; frame++) await new Promise(requestAnimationFrame);
}"""

OPEN_ALL = "document.querySelectorAll('details.question').forEach(box => box.open = true)"
INVISIBLE = """parts => parts
  .filter(part => !part.closest("details:not([open]) > :not(summary), .controls, .if-live"))
  .filter(part => !part.getBoundingClientRect().width || !part.getBoundingClientRect().height)
  .map(part => part.outerHTML.slice(0, 200))"""
STILL_TEXT = """content => {
  const moving = [...content.querySelectorAll("figure[data-moves]")];
  moving.forEach(figure => figure.style.display = "none");
  const text = content.innerText;
  moving.forEach(figure => figure.style.display = "");
  return text;
}"""
HEAD = """() => {
  const content = selector => document.querySelector(selector)?.content;
  return [document.querySelectorAll("h1").length, document.title,
          content("meta[name=description]"), content("meta[property='og:image']")];
}"""
ROLE_AND_NAME = """pictures => pictures.map(picture => [picture.role, picture.ariaLabel ||
  picture.ariaLabelledByElements.map(element => element.textContent).join(" ")])"""
FOLLOW_FOCUS = """() => {
  window.shown = part => part.outerHTML.slice(0, 200);
  window.focused = new Set();
  document.addEventListener("focusin", event => focused.add(event.target));
}"""
# Paste each copy at one Python prompt, line by line, and count what is raised.
PASTE = """
import code, json, sys

class Prompt(code.InteractiveConsole):
    def showtraceback(self):
        raised[-1] += 1
        super().showtraceback()

    def showsyntaxerror(self, *args, **more):
        raised[-1] += 1000
        super().showsyntaxerror(*args, **more)

prompt, raised = Prompt(), []
for copy in json.load(sys.stdin):
    raised.append(0)
    for line in (*copy.splitlines(), ""):
        prompt.push(line)
print("\\n" + json.dumps(raised))
"""


class Visit(NamedTuple):
    """A page just opened for the first time, and what happened on the way."""

    page: Page
    path: str
    status: int
    complaints: list[str]
    requests: list[str]
    first: int  # so many of the requests came before the reader went anywhere


def open_for_the_first_time(context: BrowserContext, address: str, path: str) -> Visit:
    """Open a page, wake its figures, and note what is asked for and complained about."""
    complaints: list[str] = []
    requests: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
    context.add_init_script(WATCH_SHIFTS)
    page = context.new_page()
    response = page.goto(address + path)
    assert response
    page.wait_for_load_state("networkidle")
    first = len(requests)
    wake_figures(page)
    page.evaluate(SETTLE)
    return Visit(page, path, response.status, complaints, requests, first)


def wake_figures(page: Page) -> None:
    """Go to every figure that moves, and wait until it can be moved."""
    for figure in page.locator("figure[data-moves]").all():
        awake(figure)


MODES = [
    pytest.param((path, scheme, width), id=f"{path.strip('/') or 'home'}-{scheme}-{width}")
    for path in [*ORDER, NOWHERE]
    for scheme in ("light", "dark")
    for width in (1280, 390)
]


@pytest.fixture(scope="module", params=MODES)
def visit(request: pytest.FixtureRequest, browser: Browser, site_address: str) -> Iterator[Visit]:
    """Open a page in one palette and at one width."""
    path, scheme, width = request.param
    viewport = {"width": width, "height": 800}
    context = browser.new_context(color_scheme=scheme, viewport=viewport, reduced_motion="reduce")
    yield open_for_the_first_time(context, site_address, path)
    context.close()


@pytest.fixture(scope="module", params=LESSONS)
def lesson(request: pytest.FixtureRequest, browser: Browser, site_address: str) -> Iterator[Visit]:
    """Open a lesson as it is on a computer."""
    context = browser.new_context(reduced_motion="reduce", **CLIPBOARD)
    yield open_for_the_first_time(context, site_address, request.param)
    context.close()


def test_every_page_is_tested(site: Path) -> None:
    """The pages of the site are those of the menu, and the one for a wrong address."""
    built = {page.relative_to(site).as_posix() for page in site.rglob("*.html")}
    assert built == {f"{path}index.html" for path in ORDER} | {"404.html"}


def test_opens_quietly(visit: Visit, site_address: str) -> None:
    """A page opens without an error or a warning, and asks no other site for anything."""
    wrong = visit.path == NOWHERE
    assert visit.status == (404 if wrong else 200)
    assert [text for text in visit.complaints if not (wrong and "404 (Not Found)" in text)] == []
    assert [url for url in visit.requests if not url.startswith((site_address, "data:"))] == []


def test_fits(visit: Visit) -> None:
    """A page is as wide as the window, and nothing on it moves while it loads."""
    assert overhang(visit.page) <= 0
    assert visit.page.evaluate("shifts") == []


def overhang(page: Page) -> int:
    """Return by how many pixels a page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def test_head(visit: Visit, file_of: Callable[[str], Path]) -> None:
    """A page has one heading, a title, a description and a picture for where it is shared."""
    headings, title, description, picture = visit.page.evaluate(HEAD)
    assert (headings, bool(title), bool(description)) == (1, True, True)
    assert file_of(picture).is_file()


def test_pictures_have_names(visit: Visit) -> None:
    """Every diagram, drawing and plot says what there is to see."""
    pictures = visit.page.locator(".diagram svg, figure > svg:not([aria-hidden])")
    for role, name in pictures.evaluate_all(ROLE_AND_NAME):
        assert role in ("img", "group")  # a group where parts of it can be moved
        assert len(name.split()) > 3


def test_accessible(visit: Visit) -> None:
    """Axe finds nothing to object to, all questions open."""
    visit.page.evaluate(OPEN_ALL)
    found = Axe().run(visit.page).response["violations"]
    report = [
        f"{rule['id']}: {rule['help']}\n  at {' '.join(map(str, node['target']))}\n"
        f"  {node['html'][:200]}\n  {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]
    if report:
        pytest.fail("\n".join(report), pytrace=False)


def test_weight(
    lesson: Visit,
    file_of: Callable[[str], Path],
    record_property: Callable[[str, object], None],
) -> None:
    """A first visit to a lesson, nothing cached, takes at most 110 kB, and 115 to its end."""
    icon = lesson.page.eval_on_selector("link[rel=icon]", "link => link.href")
    files = [file_of(url) for url in [icon, *lesson.requests] if not url.startswith("data:")]
    weights = {file.name.split(".")[0] + file.suffix: kilobytes(file) for file in files}
    first, total = (sum(map(kilobytes, {*part})) for part in (files[: lesson.first + 1], files))
    parts = ", ".join(f"{name} {weight:.1f}" for name, weight in sorted(weights.items()))
    record_property("weight", f"{first:6.1f} {total:6.1f}  {lesson.path:34} {parts}")
    assert "bundle.js" in weights
    assert first <= 110
    assert total <= 115  # with every figure awake


def kilobytes(file: Path) -> float:
    """Return how much a server sends for a file."""
    body = file.read_bytes()
    return len(body if file.suffix == ".png" else gzip.compress(body, 9)) / 1000


def test_trail(lesson: Visit, site_address: str) -> None:
    """Above a lesson are links to all lessons, and this one is marked."""
    links = lesson.page.locator(".trail a")
    addresses = links.evaluate_all("links => links.map(link => link.href)")
    assert addresses == [site_address + path for path in LESSONS]
    current = lesson.page.locator(".trail [aria-current=page]")
    expect(current).to_have_text(str(LESSONS.index(lesson.path) + 1))


def test_print(lesson: Visit) -> None:
    """On paper a lesson fits the sheet, without what only a screen can use."""
    page, screen = lesson.page, lesson.page.viewport_size
    assert screen
    page.set_viewport_size({"width": 794, "height": 1123})  # A4
    page.emulate_media(media="print")
    assert overhang(page) <= 0
    expect(page.locator(".trail")).to_be_hidden()
    page.emulate_media(media="screen")
    page.set_viewport_size(screen)


def test_without_javascript(lesson: Visit, new_page: NewPage) -> None:
    """A lesson needs no JavaScript: but for Run and Edit, all is there and nothing is in vain."""
    page = new_page(lesson.path, java_script_enabled=False)
    buttons = lesson.page.add_style_tag(content=".live-on :is(.live, .if-live) { display: none }")
    text, same_text = (
        opened.locator(".md-content").evaluate(STILL_TEXT).split() for opened in (page, lesson.page)
    )
    buttons.evaluate("style => style.remove()")
    assert text == same_text
    parts = page.locator(".md-content").locator("p:not(form p), pre, table, svg, .trail a")
    assert parts.evaluate_all(INVISIBLE) == []
    page.locator(".md-nav--primary").get_by_role("link", name="3. ").click()
    expect(page).to_have_title(re.compile("^3. "))


@pytest.mark.parametrize("position", [0, -1])
def test_terms(lesson: Visit, position: int, new_page: NewPage) -> None:
    """A term of the glossary is explained where it stands, and leads to its entry."""
    page = new_page(lesson.path)
    terms = page.locator("a.term:visible")
    term = terms.nth(position)
    definition = term.get_attribute("title") or ""
    assert len(definition.split()) > 3
    term.focus()
    expect(page.locator(".md-tooltip2--active")).to_have_text(definition)
    expect(term).to_have_accessible_description(definition)
    address = term.evaluate("link => link.href")
    page.keyboard.press("Enter")
    expect(page).to_have_url(address)
    expect(page.locator(f"[id='{urlsplit(address).fragment}']")).to_be_in_viewport()


PALETTES = [("light", "default"), ("dark", "slate")]


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_palette(by: str, new_page: NewPage) -> None:
    """The colours go from the system's to light to dark and round again, and are remembered."""
    page = new_page("", color_scheme="dark")
    body = page.locator("body")

    def switch() -> None:
        if by == "mouse":
            page.locator("[data-md-component=palette] label:visible").click()
        else:
            tab_to(page, "[data-md-component=palette] input")
            page.keyboard.press("Enter")

    def has_those_of_the_system() -> None:
        for system, scheme in (*PALETTES, *PALETTES):
            page.emulate_media(color_scheme=system)
            expect(body).to_have_attribute("data-md-color-scheme", scheme)

    has_those_of_the_system()
    for _, scheme in PALETTES:
        switch()
        expect(body).to_have_attribute("data-md-color-scheme", scheme)
        page.reload()
        expect(body).to_have_attribute("data-md-color-scheme", scheme)
    switch()
    has_those_of_the_system()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_search(by: str, new_page: NewPage) -> None:
    """The / key opens the search, and its first result is a page on what was asked for."""
    page = new_page("")
    page.keyboard.press("/")
    page.keyboard.type("softmax")
    first = page.locator(".md-search-result__link").first
    expect(first).to_be_visible()
    address = first.get_attribute("href") or ""
    if by == "mouse":
        first.click()
    else:
        page.keyboard.press("Enter")
    page.wait_for_url(lambda url: urlsplit(url).path == urlsplit(address).path)
    expect(page.locator(".md-content")).to_contain_text(re.compile("softmax", re.I))


def test_next_and_previous(new_page: NewPage, site_address: str) -> None:
    """Next leads through all pages in the order of the menu, and Previous leads back."""
    page = new_page("", java_script_enabled=False)
    for direction, order in (("next", ORDER), ("prev", ORDER[::-1])):
        link = page.locator(f".md-footer__link--{direction}")
        for path in order[1:]:
            link.click()
            expect(page).to_have_url(site_address + path)
        expect(link).to_have_count(0)


def test_keyboard(new_page: NewPage) -> None:
    """Tab leads to the way past the menu, then to every button, link and question."""
    page = new_page(LESSON)
    wake_figures(page)
    page.keyboard.press("Tab")
    expect(page.locator(".md-skip")).to_be_focused()
    expect(page.locator(".md-skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.evaluate(FOLLOW_FOCUS)
    parts = page.locator(
        ".md-content :is(summary, button, a:not(.trail a), [role=slider], input, select):visible"
    )
    for _ in range(parts.count() + 20):
        page.keyboard.press("Tab")
    assert parts.evaluate_all("parts => parts.filter(part => !focused.has(part)).map(shown)") == []
    question = page.locator("details").first
    question.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(question).to_have_attribute("open", "")


def pycon(source: str) -> list[snippets.Block]:
    """Return the snippets of a page."""
    blocks = snippets.blocks(ROOT / "docs" / source)
    return [block for block in blocks if block.language == "pycon"]


def code(block: snippets.Block) -> list[str]:
    """Return the lines that a reader should get from a snippet."""
    return lines("".join(part.source for part in doctest.DocTestParser().get_examples(block.text)))


def lines(text: str) -> list[str]:
    """Return the lines that are not blank."""
    return [line for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("source", [source for source in SOURCES if pycon(source)])
def test_copies_run(source: str, new_page: NewPage, tmp_path: Path, tally: dict[str, int]) -> None:
    """Copied with their buttons and pasted into Python in turn, snippets do what the page says."""
    blocks = pycon(source)
    page = new_page(path_of(source), **CLIPBOARD)
    page.evaluate(OPEN_ALL)
    buttons = page.locator(".language-pycon.highlight button[data-clipboard-target]")
    expect(buttons).to_have_count(len(blocks))
    copies = []
    for button, block in zip(buttons.all(), blocks, strict=True):
        button.click()
        copies.append(page.evaluate("navigator.clipboard.readText()"))
        assert lines(copies[-1]) == code(block)
    run = subprocess.run(
        [sys.executable, "-c", PASTE],
        input=json.dumps(copies),
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    raised = json.loads(run.stdout.splitlines()[-1])
    assert raised == [block.text.count("Traceback (most recent") for block in blocks], run.stderr
    tally["snippets copied and pasted"] += len(copies)


def test_selection(new_page: NewPage) -> None:
    """Who selects a snippet and copies it gets code, too: no prompts and no outputs."""
    page = new_page(LESSON, **CLIPBOARD)
    page.evaluate(OPEN_ALL)
    snippets_shown = page.locator(".language-pycon.highlight code")
    for shown, block in zip(snippets_shown.all(), pycon(LESSON_SOURCES[1]), strict=True):
        shown.select_text()
        page.keyboard.press("ControlOrMeta+c")
        assert lines(page.evaluate("navigator.clipboard.readText()")) == code(block)
