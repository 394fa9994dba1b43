"""The site as a reader meets it, in a real browser."""

import codeop
import doctest
import gzip
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import urljoin, urlsplit

import pytest
from by_hand import WATCH_SHIFTS, awake
from helpers import NewPage, objections, path_of, pycon, wait_for_quiet
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from website.pages import DOCS, ROOT
from website.proof import snippets

# The pages in reading order: the path of each source.
SOURCES = re.findall(
    r": (\S+\.(?:md|py))$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.M
)
SOURCE_OF = {path_of(source): DOCS / source for source in SOURCES}
ORDER = [*SOURCE_OF]
LESSONS = [path for path in ORDER if path.startswith("lessons/")]
LESSON = LESSONS[1]  # one that has everything: snippets, a diagram, questions, terms
NOWHERE = "lessons/nothing/here/"  # an address without a page

SETTLE = """async () => {
  await document.fonts.ready;
  for (let frame = 0; frame < 6; frame++) await new Promise(requestAnimationFrame);
}"""

# Words that stand out too little from white paper. The letter of a badge stands on a disc, which is
# printed.
PALE = """words => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d");
  const light = part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  const contrast = (colour, opacity) => {
    for (const [fill, alpha] of [["white", 1], [colour, opacity]]) {
      Object.assign(canvas, {fillStyle: fill, globalAlpha: alpha}).fillRect(0, 0, 1, 1);
    }
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map(part => light(part / 255));
    return 1.05 / (0.05 + 0.2126 * r + 0.7152 * g + 0.0722 * b);
  };
  const opacity = part => part ? getComputedStyle(part).opacity * opacity(part.parentElement) : 1;
  const known = new Map(), pale = [];
  for (const word of words) {
    const {color, fill, fontSize, fontWeight} = getComputedStyle(word);
    const [colour, alpha] = [word.closest("svg") ? fill : color, opacity(word)];
    const size = parseFloat(fontSize) * (fontWeight >= 700 ? 24 / 18.66 : 1);
    const look = `${colour} ${alpha}`;
    if (!known.has(look)) known.set(look, contrast(colour, alpha));
    if (alpha && known.get(look) < (size < 24 ? 4.5 : 3))
      pale.push(`${known.get(look).toFixed(2)} ${word.textContent.trim()}`);
  }
  return [known.size, pale];
}"""
HAS_WORDS = """part => [...part.childNodes].some(node => node.nodeType === 3 && node.data.trim())
  && part.checkVisibility() && part.getBoundingClientRect().width > 1 && !part.closest(".badge")"""
OPEN_ALL = """() => {
  document.querySelectorAll("details.question").forEach(box => box.open = true);
  document.querySelectorAll(".predict").forEach(box => box.dataset.asked = "shown");
}"""
INVISIBLE = """parts => parts
  .filter(part => !part.closest("details:not([open]) > :not(summary), .controls, .if-live"))
  .filter(part => !part.getBoundingClientRect().width || !part.getBoundingClientRect().height)
  .map(part => part.outerHTML.slice(0, 200))"""
STILL_TEXT = """content => {
  const moving = [...content.querySelectorAll(
    "figure[data-moves], .if-script, details:has(> ul > .right) > :not(summary), " +
    "noscript, .start, .start ~ *, .predict")];
  moving.forEach(figure => figure.style.display = "none");
  const text = content.innerText;
  moving.forEach(figure => figure.style.display = "");
  return text;
}"""
SHOW_LIVE = "shown => document.documentElement.classList.toggle('live-on', shown)"
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


class Look(NamedTuple):
    """How a page is looked at."""

    scheme: Literal["light", "dark"]
    width: int


DESK, PHONE = Look("light", 1280), Look("dark", 390)


class Visit(NamedTuple):
    """A page that was opened for the first time, and what happened on the way."""

    page: Page
    path: str
    look: Look
    status: int
    complaints: list[str]
    requests: list[str]
    first: int  # so many of the requests came before the reader went anywhere
    unasked: int  # and so many before the reader pressed anything
    shifts: list[str]


def visits(paths: list[str], *looks: Look) -> pytest.MarkDecorator:
    """Run a test on some pages, each opened once for all tests that look at it alike."""
    return pytest.mark.parametrize(
        "visit",
        [
            pytest.param((path, look), id=f"{path.strip('/') or 'home'}-{look.scheme}-{look.width}")
            for path in paths
            for look in looks
        ],
        indirect=True,
    )


@pytest.fixture(scope="module")
def visit(request: pytest.FixtureRequest, browser: Browser, site_address: str) -> Iterator[Visit]:
    """Open a page for the first time: nothing is remembered or cached."""
    path, look = request.param
    context = browser.new_context(
        color_scheme=look.scheme,
        viewport=ViewportSize(width=look.width, height=800),
        reduced_motion="reduce",
        permissions=["clipboard-read", "clipboard-write"],
    )
    yield open_for_the_first_time(context, site_address, path, look)
    context.close()


def open_for_the_first_time(context: BrowserContext, address: str, path: str, look: Look) -> Visit:
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
    wait_for_quiet(page)
    first = len(requests)
    wake_figures(page, ":not(:has(.begin))")
    unasked = len(requests)
    wake_figures(page, ":has(.begin)")
    page.evaluate(SETTLE)
    shifts = page.evaluate("shifts")
    # Copies: what the tests do afterwards is no part of the visit.
    return Visit(
        page, path, look, response.status, [*complaints], [*requests], first, unasked, shifts
    )


def wake_figures(page: Page, which: str = "") -> None:
    """Go to figures that move, and wait until they can be moved."""
    for figure in page.locator(f"figure[data-moves]{which}").all():
        awake(figure)


def test_every_page_is_tested(site: Path) -> None:
    """The pages of the site are those of the menu, and the one for a wrong address."""
    built = {page.relative_to(site).as_posix() for page in site.rglob("*.html")}
    assert built == {f"{path}index.html" for path in ORDER} | {"404.html"}


@visits([*ORDER, NOWHERE], DESK, PHONE)
def test_opens_quietly(visit: Visit, site_address: str) -> None:
    """A page opens without an error or a warning, and asks no other site for anything."""
    wrong = visit.path == NOWHERE
    assert visit.status == (404 if wrong else 200)
    assert [text for text in visit.complaints if not (wrong and "404 (Not Found)" in text)] == []
    assert [url for url in visit.requests if not url.startswith((site_address, "data:"))] == []


@visits([*ORDER, NOWHERE], DESK, PHONE)
def test_fits(visit: Visit) -> None:
    """A page is as wide as the window, and nothing on it moves while it loads."""
    assert overhang(visit.page) <= 0
    assert visit.shifts == []


def overhang(page: Page) -> int:
    """Return by how many pixels a page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


@visits([*ORDER, NOWHERE], DESK)
def test_head(visit: Visit, file_of: Callable[[str], Path]) -> None:
    """A page has one heading, a title, a description and a picture for where it is shared."""
    headings, title, description, picture = visit.page.evaluate(HEAD)
    assert (headings, bool(title), bool(description)) == (1, True, True)
    assert file_of(picture).is_file()


@visits([*ORDER, NOWHERE], DESK)
def test_pictures_have_names(visit: Visit) -> None:
    """Every diagram, drawing and plot says what there is to see."""
    pictures = visit.page.locator(".diagram svg, figure > svg:not([aria-hidden])")
    for role, name in pictures.evaluate_all(ROLE_AND_NAME):
        assert role in ("img", "group")  # a group where parts of it can be moved
        assert len(name.split()) > 3


@visits([*ORDER, NOWHERE], DESK, PHONE)
def test_accessible(visit: Visit) -> None:
    """Axe finds nothing to object to, all questions open."""
    visit.page.evaluate(OPEN_ALL)
    refuse(objections(visit.page))


@visits(["", LESSON, "evidence/", NOWHERE], DESK, PHONE)
def test_legible_in_the_other_palette(visit: Visit) -> None:
    """What only a wide window shows is legible in the dark, what only a phone shows in the light.

    That is the frame, which all pages share, and the form of some tables.
    """
    visit.page.emulate_media(color_scheme="light" if visit.look == PHONE else "dark")
    visit.page.evaluate(SETTLE)
    found = objections(visit.page, "color-contrast")
    visit.page.emulate_media(color_scheme=visit.look.scheme)
    refuse(found)


def refuse(found: list[str]) -> None:
    """Fail with what was found on a page, if anything was."""
    if found:
        pytest.fail("\n".join(found), pytrace=False)


@visits(LESSONS, DESK)
def test_weight(
    visit: Visit,
    file_of: Callable[[str], Path],
    record_property: Callable[[str, object], None],
) -> None:
    """A first visit to a lesson, nothing cached, takes at most 95 kB, to its very end.

    That is with every figure that wakes when the reader comes near; nothing is pressed.
    """
    icon = visit.page.eval_on_selector("link[rel=icon]", "link => link.href")
    files = [
        file_of(url)
        for url in [icon, *visit.requests[: visit.unasked]]
        if not url.startswith("data:")
    ]
    weights = {file.name.split(".")[0] + file.suffix: kilobytes(file) for file in files}
    first, total = (sum(map(kilobytes, {*part})) for part in (files[: visit.first + 1], files))
    parts = ", ".join(f"{name} {weight:.1f}" for name, weight in sorted(weights.items()))
    record_property("weight", f"{first:6.1f} {total:6.1f}  {visit.path:34} {parts}")
    assert "bundle.js" in weights
    assert total <= 95  # 5 of it is practice


def kilobytes(file: Path) -> float:
    """Return how much a server sends for a file."""
    body = file.read_bytes()
    return len(body if file.suffix == ".png" else gzip.compress(body, 9)) / 1000


@visits(LESSONS, DESK)
def test_trail(visit: Visit, site_address: str) -> None:
    """Above a lesson are links to all lessons, and this one is marked."""
    links = visit.page.locator(".trail a")
    addresses = links.evaluate_all("links => links.map(link => link.href)")
    assert addresses == [site_address + path for path in LESSONS]
    current = visit.page.locator(".trail [aria-current=page]")
    expect(current).to_have_text(str(LESSONS.index(visit.path) + 1))


@visits(LESSONS, DESK)
def test_print(visit: Visit) -> None:
    """On paper a lesson fits the sheet, without what only a screen can use."""
    page, screen = visit.page, visit.page.viewport_size
    assert screen
    page.set_viewport_size(ViewportSize(width=794, height=1123))  # A4
    page.emulate_media(media="print")
    assert overhang(page) <= 0
    expect(page.locator(".trail")).to_be_hidden()
    page.emulate_media(media="screen")
    page.set_viewport_size(screen)


@visits([*ORDER, NOWHERE], DESK)
def test_legible_on_paper(visit: Visit) -> None:
    """Paper is light where the system is dark: words stand out from white, as it is printed."""
    visit.page.emulate_media(color_scheme="dark")
    expect(visit.page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    refuse(pale_on_paper(visit, "dark"))


@pytest.mark.parametrize("chosen", ["slate", "default"])
@visits([LESSON], DESK)
def test_legible_on_paper_in_each_palette(visit: Visit, chosen: str) -> None:
    """Paper is light, whatever palette the reader has chosen."""
    body = visit.page.locator("body")
    body.evaluate("(body, name) => body.setAttribute('data-md-color-scheme', name)", chosen)
    refuse(pale_on_paper(visit, "light", with_backgrounds=True))


def pale_on_paper(
    visit: Visit, system: Literal["light", "dark"], *, with_backgrounds: bool = False
) -> list[str]:
    """Return what stands out too little on paper. With backgrounds, it looks as on a screen."""
    page = visit.page
    page.evaluate(OPEN_ALL)
    page.emulate_media(media="print", color_scheme=system)
    found = objections(page, "color-contrast") if with_backgrounds else []
    looks, pale = page.locator("body *").evaluate_all(
        f"parts => ({PALE})(parts.filter({HAS_WORDS}))"
    )
    assert looks > 1
    found += pale
    page.emulate_media(media="screen", color_scheme=visit.look.scheme)
    body = page.locator("body")
    body.evaluate("body => body.setAttribute('data-md-color-scheme', 'default')")
    return found


@pytest.fixture(scope="module")
def still_page(browser: Browser) -> Iterator[Page]:
    """Return a page in which no JavaScript runs."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@visits(LESSONS, DESK)
def test_without_javascript(visit: Visit, still_page: Page, site_address: str) -> None:
    """A lesson needs no JavaScript: but for Run and Edit, all is there and nothing is in vain."""
    still_page.goto(site_address + visit.path)
    visit.page.evaluate(SHOW_LIVE, False)
    texts = []
    for page in (still_page, visit.page):
        page.evaluate(OPEN_ALL)
        texts.append(page.locator(".md-content").evaluate(STILL_TEXT).split())
    visit.page.evaluate(SHOW_LIVE, True)
    assert texts[0] == texts[1]
    parts = still_page.locator(".md-content").locator(
        "p:not(form p, .start, :has(> .if-script)), pre, table, svg, .trail a"
    )
    assert parts.evaluate_all(INVISIBLE) == []


# What a page without scripts may ask for all the same.
ASKED = {
    "Press the ln button on a calculator, and change the sign.": "of a calculator",
    "One odd card can then push the weights the wrong way, right at the end.": "of a card",
    "point at it, or press it, and you get here.": "of a link",
}
ASKS = re.compile(
    r"(?:^|\b(?:then|and|or) )(?:press|drag|click|tap|pull|push|slide|step through)\b", re.I
)


@pytest.mark.parametrize("path", [*ORDER, NOWHERE])
def test_asks_for_nothing_that_does_nothing(path: str, still_page: Page, site_address: str) -> None:
    """Without JavaScript no sentence asks to press, drag, pull or step through anything."""
    still_page.goto(site_address + path)
    still_page.evaluate(OPEN_ALL)
    text = still_page.locator("body").inner_text()
    sentences = re.findall(r"\S.*?(?:[.!?:](?=[\s)])|$)", text, re.M)
    assert [one for one in sentences if ASKS.search(one) and one not in ASKED] == []
    expect(still_page.locator(".if-script:visible")).to_have_count(0)


@visits([path for path in ORDER if 'class="if-script"' in SOURCE_OF[path].read_text("utf-8")], DESK)
def test_asks_for_what_can_be_done(visit: Visit) -> None:
    """Where scripts run, a figure that moves is said to do so."""
    assert visit.page.locator(".if-script").evaluate_all(INVISIBLE) == []


def test_next_and_previous(still_page: Page, site_address: str) -> None:
    """Without JavaScript, Next leads through all pages, Previous back, and the menu anywhere."""
    still_page.goto(site_address)
    links = {way: still_page.locator(f".md-footer__link--{way}") for way in ("next", "prev")}
    expect(links["prev"]).to_have_count(0)
    for before, path in pairwise(ORDER):
        links["next"].click()
        expect(still_page).to_have_url(site_address + path)
        back = links["prev"].get_attribute("href") or ""
        assert urljoin(still_page.url, back) == site_address + before
    expect(links["next"]).to_have_count(0)
    links["prev"].click()
    expect(still_page).to_have_url(site_address + ORDER[-2])
    still_page.locator(".md-nav--primary").get_by_role("link", name="3. ").click()
    expect(still_page).to_have_title(re.compile("^3. "))


@visits(LESSONS, DESK)
def test_terms(visit: Visit) -> None:
    """A term of the glossary is explained where it stands, and leads to its entry."""
    page = visit.page.context.new_page()
    for position in (0, -1):
        page.goto(visit.page.url)
        term = page.locator("a.term:visible").nth(position)
        definition = term.get_attribute("title") or ""
        assert len(definition.split()) > 3
        term.focus()
        expect(page.locator(".md-tooltip2--active")).to_have_text(definition)
        expect(term).to_have_accessible_description(definition)
        address = term.evaluate("link => link.href")
        page.keyboard.press("Enter")
        expect(page).to_have_url(address)
        expect(page.locator(f"[id='{urlsplit(address).fragment}']")).to_be_in_viewport()
    page.close()


PALETTES: list[tuple[Literal["light", "dark"], str]] = [("light", "default"), ("dark", "slate")]


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


@visits([path for path in ORDER if pycon(SOURCE_OF[path])], DESK)
def test_copies_run(visit: Visit, tally: dict[str, int]) -> None:
    """Copied with its button and pasted into Python, a snippet is just what the build has run."""
    page, blocks = visit.page, pycon(SOURCE_OF[visit.path])
    page.evaluate(OPEN_ALL)
    buttons = page.locator(".language-pycon.highlight button[data-clipboard-target]")
    expect(buttons).to_have_count(len(blocks))
    for button, block in zip(buttons.all(), blocks, strict=True):
        button.click()
        assert pasted(page.evaluate("navigator.clipboard.readText()")) == statements(block)
    tally["snippets copied and pasted"] += len(blocks)


@visits([LESSON], DESK)
def test_selection(visit: Visit) -> None:
    """Who selects a line of a snippet can quote it: an output, an error, or code without prompt."""
    page = visit.page
    page.evaluate(OPEN_ALL)
    kinds = Counter[str]()
    for line in page.locator(".language-pycon.highlight code > span").all():
        prompt, text = line.locator(".gp").all_text_contents(), line.text_content() or ""
        code = text.strip().removeprefix("".join(prompt).strip()).strip()
        if not code:
            continue  # a prompt alone
        line.select_text()
        page.keyboard.press("ControlOrMeta+c")
        assert page.evaluate("navigator.clipboard.readText()").strip() == code
        kinds["code" if prompt else "error" if "Error: " in code else "output"] += 1
    assert min(kinds["code"], kinds["output"], kinds["error"]) > 0


def statements(block: snippets.Block) -> list[str]:
    """Return what the build runs of a snippet, one after the other."""
    return [part.source.rstrip() for part in doctest.DocTestParser().get_examples(block.text)]


def pasted(text: str) -> list[str]:
    """Return the statements that a Python prompt finds in a text pasted there line by line."""
    found: list[str] = []
    waiting: list[str] = []
    for line in (*text.splitlines(), ""):
        waiting.append(line)
        if codeop.compile_command("\n".join(waiting), symbol="single"):  # else it waits for more
            found.append("\n".join(waiting).rstrip())
            waiting.clear()
    assert not waiting
    return [statement for statement in found if statement]
