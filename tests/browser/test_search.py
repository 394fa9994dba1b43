"""What a reader types leads to the place that answers it, in a real browser."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

import pytest
from bs4 import Tag
from by_hand import WATCH_SHIFTS
from helpers import NewPage, objections, parsed, wait_for_quiet
from playwright.sync_api import Browser, Locator, Page, expect
from serving import SiteHandler, served

LESSON = "lessons/2-mean-squared-error/"
WAIT = "Loading"


class Wanted(NamedTuple):
    """What somebody types, the beginning of the page's path, and words of the part to get to."""

    typed: str
    page: str
    words: str
    within: int = 3  # so many results may be looked at


WANTED = [
    Wanted("nan", "glossary", "not a number"),
    Wanted("drop_last", "lessons/4", "drop_last"),
    Wanted("early stopping", "labs/3", "patience"),
    Wanted("huber", "lessons/2", "Huber", 1),
    Wanted("csv", "labs/5", "CSV"),
    Wanted("overfitting", "glossary", "by heart", 1),
    Wanted("overfitting", "lessons/7", "by heart"),
    Wanted("loss stuck", "labs/4", "stuck", 1),
    Wanted("stuck at 2.30", "labs/4", "2.30", 1),
    Wanted("1.46", "lessons/7", "softmax", 1),
    Wanted("13.33", "lessons/2", "13.33", 1),
    Wanted("what is a batch", "glossary", "small stack of examples", 1),
    Wanted("batch size", "lessons/4", "batch size", 1),
    Wanted("why square", "lessons/2", "cancel", 1),
    Wanted("learning rate too large", "lessons/5", "learning rate"),
    Wanted("Softmax", "glossary", "raw scores", 1),
    Wanted("softmax twice", "lessons/7", "softmax", 1),
    Wanted("dead relu", "glossary", "positive"),
    Wanted("outlier", "glossary", "far away", 1),
    Wanted("mae", "lessons/2", "mean absolute error", 1),
    Wanted("loss not decreasing", "lessons/5", "learns to read digits"),
    Wanted("loss goes up", "lessons/7", "if the inputs are scaled", 1),
    Wanted("normalize", "lessons/7", "scale", 2),
    Wanted("memorize", "glossary", "by heart", 1),
    Wanted("backprop", "glossary", "the way back", 1),
    Wanted("random seed", "glossary", "random draw", 1),
    Wanted("save the network", "labs/3", "np.savez", 1),
    Wanted("penguins", "lessons/6", "penguin", 1),
    Wanted("draw a digit", "lessons/6", "paper"),
    Wanted("SGD", "reference", "learning_rate", 2),
    Wanted("pip install", "", "pip install", 2),
    Wanted("exercises", "lessons/", "Write a few lines"),
    Wanted("build it yourself", "build-it-yourself", "eight steps", 1),
    Wanted("softmax overflow", "lessons/3", "never overflows"),
    Wanted("a network can learn random labels", "evidence", "by heart"),
    Wanted("one wild value", "lessons/2", "wild", 1),
    Wanted("how sure", "lessons/3", "sure", 1),
    Wanted("lesson plan", "teach", "45 minutes"),
    Wanted("moodle", "teach", "Moodle", 1),
    Wanted("worksheet", "worksheet", "letter", 2),
    Wanted("erase my answers", "my-answers", "copy", 2),
    Wanted("codes of a class", "class", "codes"),
    Wanted("pytorch", "frameworks", "PyTorch", 1),
    Wanted("torchrun", "more-than-one-cook", "torchrun", 1),
    Wanted("memmap", "more-than-one-cook", "memory", 1),
    Wanted("set_epoch", "more-than-one-cook", "set_epoch", 1),
    Wanted("zero_grad", "frameworks", "zero_grad", 1),
    Wanted("from_logits", "frameworks", "from_logits", 1),
    # Typos, other endings, words that are not finished.
    Wanted("overfiting", "glossary", "by heart", 1),
    Wanted("gradeint", "glossary", "grew a little"),
    Wanted("shufle", "lessons/4", "shuffles", 2),
    Wanted("stopped", "labs/3", "stop", 2),
    Wanted("crossentropy", "lessons/3", "cross-entropy"),
    Wanted("softm", "lessons/7", "softmax"),
    # Errors, as they are pasted.
    Wanted(
        "ValueError: predictions and targets must have the same shape, got (4, 1) and (4,): "
        "use np.reshape(targets, (-1, 1)) (lesson 2)",
        "lessons/2",
        "must have the same shape",
        1,
    ),
    Wanted(
        "ValueError: the loss must stay finite, got nan in epoch 2, batch 1: scale the inputs to "
        "be around 1, and if they are, lower the learning rate to a tenth (lesson 6)",
        "lessons/6",
        "must stay finite",
        1,
    ),
    Wanted("labels must have shape (3,), got (3, 10)", "lessons/3", "logits", 1),
    Wanted("probabilities must add up to 1 in each row", "lessons/3", "probabilities", 1),
    Wanted("inputs must be finite numbers, got nan", "lessons/6", "finite"),
    Wanted("rng must be a numpy.random.Generator, got 42", "reference", "rng", 1),
    Wanted("loss_function must be a function, got 'mse'", "reference", "loss_function", 1),
]


@pytest.fixture(scope="module")
def searching(browser: Browser, site_address: str) -> Iterator[Page]:
    """Open the search of one page, to type into it again and again."""
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(site_address)
    page.get_by_role("button", name="Search").click()
    expect(said(page)).not_to_contain_text(WAIT)
    yield page
    context.close()


def said(page: Page) -> Locator:
    """Return the line that says how much was found."""
    return page.locator(".search [role=status]")


def results(page: Page) -> Locator:
    """Return what was found."""
    return page.locator(".search [role=option]")


def ask(page: Page, typed: str) -> None:
    """Type something new into the search: all but the end at once, since each letter searches."""
    field = page.locator(".search input")
    field.fill(typed[:-1])
    field.press(typed[-1])


@pytest.mark.parametrize("wanted", WANTED, ids=[f"{one.typed[:40]}-{one.page}" for one in WANTED])
def test_leads_there(
    wanted: Wanted, searching: Page, site_address: str, file_of: Callable[[str], Path]
) -> None:
    """What a learner types leads to the part of the page that answers it."""
    ask(searching, wanted.typed)
    found = results(searching).evaluate_all("all => all.map(option => option.href)")
    near = [address.removeprefix(site_address) for address in found[: wanted.within]]
    there = [
        address
        for address in near
        if (address.startswith(wanted.page) if wanted.page else address.startswith("#"))
        and wanted.words.lower() in part_at(site_address + address, file_of).lower()
    ]
    assert there, f"“{wanted.typed}” leads to {near}"


def part_at(address: str, file_of: Callable[[str], Path]) -> str:
    """Return what stands at an address: a row, or all from a heading to the next one."""
    place = parsed(file_of(address)).find(id=address.partition("#")[2])
    assert isinstance(place, Tag), f"{address} leads nowhere"
    if row := place.find_parent("tr") or (place if place.name == "tr" else None):
        return row.get_text()
    words = [place.get_text()]
    for text in place.find_all_next(string=True):
        if text.find_parent(re.compile("^h[1-6]$")) not in (None, place):
            break
        words.append(text)
    return " ".join("".join(words).split())


def test_every_part_can_be_reached(site: Path, site_address: str, file_of: Any) -> None:
    """All parts of all pages are in the index, and the ids that it leads to are there."""
    found = json.loads((site / "search" / "parts.json").read_text(encoding="utf-8"))
    built = {page.relative_to(site).parent.as_posix() for page in site.rglob("index.html")}
    assert {page.rstrip("/") or "." for page, *_ in found} == built
    for page, _, parts, explained in found:
        ids = {tag["id"] for tag in parsed(file_of(site_address + page)).find_all(id=True)}
        headings = parsed(file_of(site_address + page)).select("article :is(h1, h2, h3, h4)[id]")
        assert {heading["id"] for heading in headings} <= {part[0] for part in parts}
        assert {part[0] for part in parts} | {error[0] for error in explained} <= ids | {""}


def test_nothing_of_a_page_is_left_out(site: Path) -> None:
    """Every word that a lesson shows is in the index: code, outputs and answers as well."""
    found = json.loads((site / "search" / "parts.json").read_text(encoding="utf-8"))
    for page, _, parts, _ in found:
        if not page.startswith("lessons/"):
            continue
        article = parsed(site / page / "index.html").select_one("article")
        assert article
        shown = article.select(
            "p:not(form p):not(.live-absent), li:not(form li), pre, td, summary, figcaption"
        )
        words = {
            word
            for part in shown
            if not part.find_parent(class_=["trail", "live"])
            for word in re.findall(r"[\w.]+", part.get_text(" "))
        }
        known = " ".join(f"{heading} {text}" for _, heading, text in parts)
        assert {word for word in words if word not in known} <= {"run"}


def test_nothing_is_loaded_before(browser: Browser, site_address: str) -> None:
    """Before the search is used, no page loads more of it than the script that opens it."""
    page = browser.new_page()
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url.rpartition("/")[2]))
    page.goto(site_address + LESSON)
    wait_for_quiet(page)
    assert [name for name in loaded if name in ("dialog.js", "rank.js", "parts.json")] == []
    assert "start.js" in loaded
    page.keyboard.press("/")
    expect(said(page)).to_contain_text("Type a word")
    assert {"dialog.js", "rank.js", "parts.json"} <= {*loaded}
    again = loaded.count("parts.json")
    page.keyboard.press("Escape")
    expect(page.locator(".search")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.locator(".search input")).to_be_focused()
    assert loaded.count("parts.json") == again
    page.close()


@pytest.mark.parametrize("key", ["/", "s", "f"])
def test_keyboard(key: str, new_page: NewPage) -> None:
    """A key opens it, arrows choose, Enter goes there, and Escape leads back."""
    page = new_page(LESSON)
    page.keyboard.press(key)
    page.keyboard.type("softmax")  # at once: what is typed before the index is there counts, too
    expect(results(page).first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    second = results(page).nth(1)
    expect(second).to_have_attribute("aria-selected", "true")
    expect(page.locator(".search input")).to_have_attribute(
        "aria-activedescendant", second.get_attribute("id") or ""
    )
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(results(page).last).to_have_attribute("aria-selected", "true")
    expect(results(page).last).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator(".search")).to_be_hidden()
    page.keyboard.press(key)
    expect(page.locator(".search input")).to_have_value("softmax")
    page.keyboard.type("huber")  # over what was typed before
    expect(results(page)).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"{LESSON}#what-one-wild-value-does$"))
    expect(page.locator(".search")).to_be_hidden()
    expect(page.locator("#what-one-wild-value-does")).to_be_in_viewport()


def test_typing_elsewhere(new_page: NewPage) -> None:
    """Where a reader types, these keys are letters."""
    page = new_page("")
    page.evaluate(
        "document.querySelector('.md-content').append(document.createElement('textarea'))"
    )
    page.locator("textarea").last.press_sequentially("s/f")
    expect(page.locator("textarea").last).to_have_value("s/f")
    expect(page.locator(".search")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_open(width: int, scheme: str, new_page: NewPage) -> None:
    """It has names and contrast, fits the window, is pressed with a finger, and moves nothing."""
    page = new_page(LESSON, viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.evaluate(WATCH_SHIFTS)
    button = page.get_by_role("button", name="Search")
    for part in (button, page.get_by_role("button", name="Close")):
        button.click() if part is not button else None
        box = part.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44
    dialog = page.get_by_role("dialog", name="Search")
    dialog.get_by_role("combobox", name="What to search for").fill("loss")
    expect(dialog.get_by_role("listbox", name="What was found")).to_be_visible()
    expect(dialog.get_by_role("option")).to_have_count(20)
    expect(said(page)).to_contain_text(re.compile(r"best 20 of \d+"))
    assert objections(page, part=".search") == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    inside = dialog.evaluate("part => part.scrollWidth <= part.clientWidth")
    assert inside
    assert page.evaluate("shifts") == []
    if width == 1280:
        page.mouse.click(10, 400)  # beside it
    else:
        page.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()


def test_press(new_page: NewPage) -> None:
    """A press on what was found goes there, and another page opens at the place."""
    page = new_page("?q=csv")  # an address may hold what to search for
    expect(page.locator(".search input")).to_have_value("csv")
    results(page).filter(has_text="A file").first.click()
    expect(page).to_have_url(re.compile("labs/5-your-own-data/#a-file$"))
    expect(page.locator("#a-file")).to_be_in_viewport()


def test_nothing_found(new_page: NewPage) -> None:
    """Who finds nothing is told so, and what may help."""
    page = new_page("?q=zebra")
    expect(said(page)).to_contain_text("Nothing here has “zebra”")
    expect(page.locator(".search input")).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    expect(page.locator(".search")).to_be_visible()


class MissingHandler(SiteHandler):
    """Serve the site without one of its files."""

    missing: ClassVar[str] = ""

    def do_GET(self) -> None:  # noqa: N802
        """Answer as the site does, but for what is missing."""
        if self.missing and self.path.endswith(self.missing):
            self.send_error(404)
        else:
            super().do_GET()


@pytest.mark.parametrize("file", ["dialog.js", "rank.js", "parts.json"])
def test_missing_file(
    file: str, site: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that does not arrive is said, and the next try may bring it."""
    monkeypatch.setattr(MissingHandler, "missing", f"/search/{file}")
    with served(site, MissingHandler) as address, browser.new_context() as context:
        page = context.new_page()
        page.goto(address + LESSON)
        page.keyboard.press("/")
        expect(said(page)).to_contain_text("did not arrive")
        MissingHandler.missing = ""
        if file == "parts.json":  # of a script that failed some browsers try no other time
            page.keyboard.press("Escape")
            expect(page.locator(".search")).to_be_hidden()
            page.locator(".search-open").click()
            expect(said(page)).to_contain_text("Type a word")


NO_STORAGE = """for (const store of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, store,
    {get() { throw new DOMException("no", "SecurityError"); }});"""


def test_without_storage(browser: Browser, site_address: str) -> None:
    """Where a browser keeps nothing for the site, the search works all the same."""
    context = browser.new_context()
    context.add_init_script(NO_STORAGE)
    page = context.new_page()
    page.goto(site_address)
    page.keyboard.press("/")
    page.keyboard.type("huber")
    expect(results(page)).to_have_count(1)
    context.close()


def test_in_a_sandbox(browser: Browser, site_address: str) -> None:
    """Inside of a frame that may load nothing more, the search says so."""
    page = browser.new_page()
    around = f'<iframe sandbox="allow-scripts" src="{site_address}" height="600"></iframe>'
    page.route("**/around", lambda route: route.fulfill(body=around, content_type="text/html"))
    page.goto(f"{site_address}around")
    frame = page.frame_locator("iframe")
    frame.get_by_role("button", name="Search").click()
    expect(frame.locator(".search [role=status]")).to_contain_text("did not arrive")
    page.close()
