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
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from website import snippets

ROOT = Path(__file__).resolve().parent.parent
# The pages in reading order: the path of each source.
SOURCES = re.findall(r": (\S+\.md)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.M)
LESSON_SOURCES = [source for source in SOURCES if source.startswith("lessons/")]


def path_of(source: str) -> str:
    """Return the path on the site of a page's source."""
    return source.removesuffix(".md").removesuffix("index") + "/" * (source != "index.md")


ORDER = [path_of(source) for source in SOURCES]
LESSONS = [path_of(source) for source in LESSON_SOURCES]
LESSON = LESSONS[1]  # one that has everything: snippets, a diagram, questions, terms
EVERY_LESSON = pytest.mark.parametrize("lesson", LESSONS)

WATCH_SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => {
  for (const shift of list.getEntries())
    if (!shift.hadRecentInput)
      shifts.push(`${shift.value}: ` + shift.sources.map(source => source.node?.outerHTML ??
        source.node?.textContent).join(" | ").slice(0, 300));
}).observe({type: "layout-shift", buffered: true});
"""
SETTLE = """async () => {
  await document.fonts.ready;
  for (let frame = 0; frame < 6; frame++) await new Promise(requestAnimationFrame);
}"""


class Visit(NamedTuple):
    """A page just opened, and what happened on the way."""

    page: Page
    path: str
    status: int
    complaints: list[str]
    requests: list[str]


NewPage = Callable[..., Page]


@pytest.fixture
def new_page(browser: Browser, site_address: str) -> Iterator[NewPage]:
    """Return a function that opens a page of the site in a context of its own."""
    contexts: list[BrowserContext] = []

    def open_page(path: str, **options: Any) -> Page:
        contexts.append(browser.new_context(**{"reduced_motion": "reduce"} | options))
        page = contexts[-1].new_page()
        page.goto(site_address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


MODES = [
    pytest.param((path, scheme, width), id=f"{path or 'home'}-{scheme}-{width}")
    for path in [*ORDER, "404.html"]
    for scheme in ("light", "dark")
    for width in (1280, 390)
]


@pytest.fixture(scope="module", params=MODES)
def visit(request: pytest.FixtureRequest, browser: Browser, site_address: str) -> Iterator[Visit]:
    """Open a page for the first time, in one palette and at one width."""
    path, scheme, width = request.param
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 800}, reduced_motion="reduce"
    )
    context.add_init_script(WATCH_SHIFTS)
    complaints: list[str] = []
    requests: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
    page = context.new_page()
    # Nothing has this address, so the server answers with 404.html.
    response = page.goto(site_address + path.replace("404.html", "lessons/nothing/here/"))
    page.evaluate(SETTLE)
    assert response
    yield Visit(page, path, response.status, complaints, requests)
    context.close()


def test_every_page_is_tested(site: Path) -> None:
    """The pages of the site are those of the menu, and the one for a wrong address."""
    built = {page.relative_to(site).as_posix() for page in site.rglob("*.html")}
    assert built == {f"{path}index.html" for path in ORDER} | {"404.html"}


def test_opens_quietly(visit: Visit, site_address: str) -> None:
    """A page opens without an error or a warning, and asks no other site for anything."""
    assert visit.status == (404 if visit.path == "404.html" else 200)
    complaints = [text for text in visit.complaints if "404 (Not Found)" not in text]
    assert complaints == []
    assert [url for url in visit.requests if not url.startswith((site_address, "data:"))] == []


def test_fits(visit: Visit) -> None:
    """A page is as wide as the window, and nothing on it moves while it loads."""
    assert visit.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert visit.page.evaluate("shifts") == []


def test_head(visit: Visit, site: Path) -> None:
    """A page has one heading, a title, a description and a picture for where it is shared."""
    page = visit.page
    expect(page.locator("h1")).to_have_count(1)
    assert page.title()
    assert page.locator("meta[name=description]").get_attribute("content")
    picture = page.locator("meta[property='og:image']").get_attribute("content")
    assert file_of(site, picture or "").is_file()


def test_pictures_have_names(visit: Visit) -> None:
    """Every diagram, drawing and plot says what there is to see."""
    page = visit.page
    for picture in page.locator(".diagram svg, figure svg:not([aria-hidden])").all():
        expect(picture).to_have_role("img")
        expect(picture).to_have_accessible_name(re.compile(r"\w+ \w+"))


def test_accessible(visit: Visit) -> None:
    """Axe finds nothing to object to."""
    violations = Axe().run(visit.page).response["violations"]
    report = [
        f"{rule['id']}: {rule['help']}\n  at {' '.join(map(str, node['target']))}\n"
        f"  {node['html'][:200]}\n  {node.get('failureSummary', '')}"
        for rule in violations
        for node in rule["nodes"]
    ]
    assert not report, "\n".join(report)


def file_of(site: Path, url: str) -> Path:
    """Return the file of the site behind an address."""
    path = unquote(urlsplit(url).path).removeprefix("/sub/path/")
    return site / path / "index.html" if path.endswith("/") or not path else site / path


@EVERY_LESSON
def test_weight(
    lesson: str,
    browser: Browser,
    site_address: str,
    site: Path,
    record_property: Callable[[str, object], None],
) -> None:
    """A first visit to a lesson, nothing cached, takes at most 110 kB."""
    context = browser.new_context()
    urls: set[str] = set()
    context.on("request", lambda request: urls.add(request.url))
    page = context.new_page()
    page.goto(site_address + lesson, wait_until="networkidle")
    urls.add(page.eval_on_selector("link[rel=icon]", "link => link.href"))
    context.close()
    weights = {
        file.name.split(".")[0] + file.suffix: weight(file)
        for file in (file_of(site, url) for url in urls if not url.startswith("data:"))
    }
    total = sum(weights.values())
    parts = ", ".join(f"{name} {kb:.1f}" for name, kb in sorted(weights.items()))
    record_property("weight", f"{total:6.1f}  {lesson}  ({parts})")
    assert total <= 110


def weight(file: Path) -> float:
    """Return how many kilobytes a server sends for a file."""
    body = file.read_bytes()
    return len(body if file.suffix == ".png" else gzip.compress(body, 9)) / 1000


PALETTES = [("light", "default"), ("dark", "slate")]


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_palette(by: str, new_page: NewPage) -> None:
    """The colours go from the system's to light to dark and round again, and are remembered."""
    page = new_page("", color_scheme="dark")

    def switch() -> None:
        if by == "mouse":
            page.locator("[data-md-component=palette] label:visible").click()
        else:
            tab_to(page, "[data-md-component=palette] input")
            page.keyboard.press("Enter")

    body = page.locator("body")
    for _ in range(2):
        for system, scheme in (*PALETTES, *PALETTES):
            page.emulate_media(color_scheme=system)
            expect(body).to_have_attribute("data-md-color-scheme", scheme)
        for _, scheme in PALETTES:
            switch()
            expect(body).to_have_attribute("data-md-color-scheme", scheme)
            page.reload()
            expect(body).to_have_attribute("data-md-color-scheme", scheme)
        switch()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(300):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")


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
    page = new_page("")
    for direction, order in (("next", ORDER), ("prev", ORDER[::-1])):
        link = page.locator(f".md-footer__link--{direction}")
        for path in order[1:]:
            link.click()
            expect(page).to_have_url(site_address + path)
        expect(link).to_have_count(0)


@EVERY_LESSON
def test_trail(lesson: str, new_page: NewPage, site_address: str) -> None:
    """Above a lesson are links to all lessons, and this one is marked."""
    page = new_page(lesson)
    links = page.get_by_role("navigation", name="Lessons", exact=True).locator(".trail a")
    links = page.locator(".trail a")
    addresses = [link.evaluate("link => link.href") for link in links.all()]
    assert addresses == [site_address + path for path in LESSONS]
    current = page.locator(".trail [aria-current=page]")
    expect(current).to_have_text(str(LESSONS.index(lesson) + 1))


def code(block: snippets.Block) -> list[str]:
    """Return the lines that a reader should get from a snippet."""
    examples = doctest.DocTestParser().get_examples(block.text)
    return lines("".join(example.source for example in examples))


def lines(text: str) -> list[str]:
    """Return the lines that are not blank."""
    return [line for line in text.splitlines() if line.strip()]


def pycon(source: str) -> list[snippets.Block]:
    """Return the snippets of a page."""
    blocks = snippets.blocks(ROOT / "docs" / source)
    return [block for block in blocks if block.language == "pycon"]


# Run each copy in one namespace, one statement after the other, and count what is raised.
RUN = """
import ast, json, sys
namespace, raised = {"__name__": "__main__"}, []
for copy in json.load(sys.stdin):
    raised.append(0)
    for statement in ast.parse(copy).body:
        try:
            exec(compile(ast.Module([statement], []), "copy", "exec"), namespace)
        except Exception:
            raised[-1] += 1
print("\\n" + json.dumps(raised))
"""
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


@pytest.mark.parametrize("source", [source for source in SOURCES if pycon(source)])
def test_copies_run(source: str, new_page: NewPage, tmp_path: Path) -> None:
    """Copied with their buttons and run in page order, the snippets do what the page says."""
    blocks = pycon(source)
    page = new_page(path_of(source), **CLIPBOARD)
    page.evaluate("document.querySelectorAll('details').forEach(box => box.open = true)")
    snippets_shown = page.locator(".language-pycon.highlight")
    expect(snippets_shown).to_have_count(len(blocks))
    copies = []
    for shown, block in zip(snippets_shown.all(), blocks, strict=True):
        shown.locator("button[data-clipboard-target]").click()
        copies.append(page.evaluate("navigator.clipboard.readText()"))
        assert lines(copies[-1]) == code(block)
    run = subprocess.run(
        [sys.executable, "-c", RUN],
        input=json.dumps(copies),
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    raised = json.loads(run.stdout.splitlines()[-1])
    assert raised == [block.text.count("Traceback (most recent") for block in blocks]


def test_selection(new_page: NewPage) -> None:
    """Who selects a snippet and copies gets code, too: no prompts and no outputs."""
    page = new_page(LESSON, **CLIPBOARD)
    blocks = pycon(LESSON_SOURCES[1])
    for shown, block in zip(page.locator(".language-pycon.highlight").all(), blocks, strict=True):
        if shown.is_visible():
            shown.locator("code").select_text()
            page.keyboard.press("ControlOrMeta+c")
            assert lines(page.evaluate("navigator.clipboard.readText()")) == code(block)


@EVERY_LESSON
def test_without_javascript(lesson: str, new_page: NewPage, site_address: str) -> None:
    """A lesson needs no JavaScript: its text, code, pictures and links are all there."""
    page, scripted = new_page(lesson, java_script_enabled=False), new_page(lesson)
    content = page.locator(".md-content")
    assert content.inner_text().split() == scripted.locator(".md-content").inner_text().split()
    for part in content.locator("p, pre, table, svg").all():
        if not part.evaluate("part => part.closest('details:not([open]), defs, svg svg')"):
            box = part.bounding_box()
            assert box
            assert box["width"] * box["height"] > 0, part.evaluate("part => part.outerHTML")
    following = ORDER[ORDER.index(lesson) + 1]
    page.locator(".md-footer__link--next").click()
    expect(page).to_have_url(site_address + following)
    page.locator(".md-nav--primary").get_by_role("link", name="2. ").click()
    expect(page).to_have_url(site_address + LESSONS[1])


@EVERY_LESSON
def test_terms(lesson: str, new_page: NewPage) -> None:
    """A term of the glossary is explained where it stands, and leads to its entry."""
    page = new_page(lesson)
    terms = page.locator("a.term:visible")
    assert terms.count() >= 1
    term = terms.first
    explanation = explained(term)
    assert len(explanation.split()) > 3
    for term in terms.all():
        assert explained(term)
    address = term.evaluate("link => link.href")
    term.click()
    expect(page).to_have_url(address)
    entry = page.locator(f"[id='{urlsplit(address).fragment}']")
    expect(entry).to_be_in_viewport()


def explained(term: Locator) -> str:
    """Return what a term's tooltip says."""
    return term.get_attribute("title") or ""


def test_keyboard(new_page: NewPage) -> None:
    """Tab leads to the way past the menu first, then to all buttons and questions."""
    page = new_page(LESSON)
    page.keyboard.press("Tab")
    skip = page.locator(".md-skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    reached = set()
    wanted = page.locator(".md-content :is(summary, button, a:not(details a))")
    page.keyboard.press("Enter")
    wanted.evaluate_all("parts => parts.forEach((part, number) => part.dataset.number = number)")
    numbers = {part.get_attribute("data-number") for part in wanted.all() if part.is_visible()}
    for _ in range(300):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.dataset.number"))
    assert numbers <= reached, [
        wanted.nth(int(n or 0)).evaluate("e => e.outerHTML") for n in numbers - reached
    ]
    question = page.locator("details").first
    question.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(question).to_have_attribute("open", "")


@EVERY_LESSON
def test_print(lesson: str, new_page: NewPage) -> None:
    """On paper a lesson fits the sheet, without what only a screen can use."""
    page = new_page(lesson, viewport={"width": 794, "height": 1123})
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    expect(page.locator(".trail")).to_be_hidden()
