"""A class without a server: codes made on one page are read on another; data is the reader's."""

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from helpers import NO_STORAGE, NewPage, objections
from playwright.sync_api import Browser, Locator, Page, expect

from website import live
from website.pages import lessons
from website.teaching import data, loads, sheets

QUESTIONS: list[Any] = data(sheets.lessons())
MINE, CLASS = "my-answers/", "class/"
SIZES = [(1280, "light"), (390, "dark")]
OPEN_ALL = """document.querySelectorAll("details:not(.exercise)").forEach(
  box => { box.open = true; })"""


def chosen(shift: int) -> dict[str, int]:
    """Return answers: each third question has none, and of the others some are wrong."""
    return {
        one["key"]: (one["right"] + (place + shift) % 2) % len(one["options"])
        for place, one in enumerate(QUESTIONS)
        if (place + shift) % 3
    }


def open_mine(new_page: NewPage, answers: dict[str, int] | None = None, **options: Any) -> Page:
    """Open the page of a reader who has answered something."""
    page = new_page(MINE, **options)
    if answers is not None:
        page.evaluate("answers => localStorage.answers = answers", json.dumps(answers))
        page.reload()
    expect(part(page, "state")).not_to_contain_text("in a moment")
    return page


def part(page: Page, name: str) -> Locator:
    """Return a place of the page's words."""
    return page.locator(f"[data-say={name}]")


def code(page: Page) -> str:
    """Return the code that a reader hands in, with the name."""
    return part(page, "code").inner_text()


def count(page: Page, text: str) -> None:
    """Put codes into the page of the teacher, and have them counted."""
    page.get_by_role("textbox", name="Codes or links").fill(text)
    page.get_by_role("button", name="Count them").click()


def rows(page: Page, table: str) -> list[list[str]]:
    """Return the cells of a table."""
    found = page.locator(f"[data-name={table}] tbody tr").all()
    return [row.locator("th, td").all_inner_texts() for row in found]


def listen(page: Page) -> tuple[list[str], list[str]]:
    """Return lists that fill with what a page complains about, and with what it asks for."""
    complaints: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    return complaints, requests


def test_codes_are_read_by_the_teacher(new_page: NewPage) -> None:
    """What was answered comes out in the tables: by code or link, with a name or without."""
    mine = open_mine(new_page, chosen(0))
    expect(part(mine, "state")).to_contain_text(
        f"You answered {len(chosen(0))} of {len(QUESTIONS)} questions"
    )
    assert len(mine.locator("[data-say=answers] tbody tr").all()) == len(chosen(0))
    lines = [code(mine)]
    mine.get_by_role("textbox", name="Name or nickname").fill("Zoë & Tom")
    lines.append(mine.get_by_role("link", name="The same as a link").get_attribute("href") or "")
    other = open_mine(new_page, chosen(1))
    other.get_by_role("textbox", name="Name or nickname").fill("Mia")
    assert code(other).startswith("Mia: ")
    lines.append(code(other).lower())

    page = new_page(CLASS)
    complaints, requests = listen(page)
    count(page, "\n".join(lines))
    expect(part(page, "state")).to_have_text("3 of 3 lines counted.")
    assert [row[1] for row in rows(page, "reader")] == ["no name", "Zoë & Tom", "mia"]
    page.get_by_role("button", name="Question", exact=True).first.click()
    given = [chosen(0), chosen(0), chosen(1)]
    wrong: list[list[str]] = []
    for row, one in zip(rows(page, "question"), QUESTIONS, strict=True):
        picks = [answers[one["key"]] for answers in given if one["key"] in answers]
        right = picks.count(one["right"])
        expected = [len(picks) - right, right, len(picks)]
        assert row == [f"{one['name']} {one['text']}", *map(str, expected)]
        wrong += [
            [row[0], str(picks.count(place)), label, reason]
            for place, (label, reason) in enumerate(one["options"])
            if place != one["right"] and place in picks
        ]
    assert rows(page, "mistake") == wrong
    assert (complaints, requests) == ([], [])


def test_a_link_is_enough(new_page: NewPage, site_address: str) -> None:
    """Who follows a link of a reader finds it counted, and the address is clean again."""
    mine = open_mine(new_page, chosen(0))
    link = mine.locator("[data-part=link]").get_attribute("href") or ""
    page = new_page(CLASS)
    complaints, _ = listen(page)
    page.goto("about:blank")
    page.goto(link)
    expect(part(page, "state")).to_have_text("1 of 1 line counted.")
    assert page.url == site_address + CLASS
    assert complaints == []


def test_bad_lines_are_told(new_page: NewPage) -> None:
    """A slip, another edition and a line without a code are told by line; nothing is lost."""
    good = code(open_mine(new_page, chosen(0)))
    slip = re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), good, count=1)
    page = new_page(CLASS)
    page.route(
        "**/all.json", lambda route: route.fulfill(json=[{**one, "key": "x"} for one in QUESTIONS])
    )
    page.reload()
    count(page, good)
    expect(part(page, "problems")).to_contain_text("Line 1 has a code of another edition")
    page.unroute("**/all.json")
    page.reload()
    count(page, f"Mia {good}\n\n{slip}\nTom was ill\nMia {good}\n")
    expect(part(page, "state")).to_have_text("1 of 4 lines counted. Look at the other 3:")
    expect(part(page, "problems").get_by_role("listitem")).to_have_text(
        [
            re.compile("Line 3 has a code with a slip"),
            re.compile("Line 4 holds no code.*Tom was ill"),
            re.compile("Line 5 is the same as line 1"),
        ]
    )
    count(page, " ")
    expect(part(page, "state")).to_contain_text("There is no code yet")
    expect(page.locator("[data-say=tables] table")).to_have_count(0)


def test_sorted_by_what_went_wrong(new_page: NewPage) -> None:
    """The heads sort both tables, by keys as well, and say how; the focus stays."""
    page = new_page(CLASS)
    page.get_by_role("button", name="Try it with a made-up class").click()
    expect(part(page, "problems")).to_contain_text("Line 6 has a code with a slip")
    numbers = [int(row[1]) for row in rows(page, "question")]
    assert numbers == sorted(numbers, reverse=True) != sorted(numbers)
    head = page.locator("[data-name=mistake] [data-sort=place]")
    head.press("Enter")
    expect(page.locator("[data-name=mistake] [data-sort=place]")).to_be_focused()
    for table in ("question", "mistake"):
        sorted_by = page.locator(f"[data-name={table}] th[aria-sort]")
        expect(sorted_by).to_have_text("Question")
        expect(sorted_by).to_have_attribute("aria-sort", "ascending")
        names = [row[0].split()[0] for row in rows(page, table)]
        assert names == sorted(names, key=lambda name: [int(part) for part in name.split(".")])


KEPT = {
    "exercises": '{"a": [1]}',
    "exercise:1-1-a": '{"code": "x = 1"}',
    "progress": "{}",
    "live:/sub/path/lessons/x/": "print(1)",
    "live:/elsewhere/": "not ours",
}
ALL = "() => ({...localStorage})"


def test_copied_erased_and_brought_back(new_page: NewPage, tmp_path: Path) -> None:
    """After a copy, one question and erasing, the copy brings the same back."""
    page = open_mine(new_page, chosen(0))
    page.evaluate("kept => Object.assign(localStorage, kept)", KEPT)
    before = page.evaluate(ALL)
    page.get_by_role("checkbox", name="Also what I typed").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download a copy").click()
    copy = tmp_path / "copy.json"
    download.value.save_as(copy)
    expect(part(page, "keep")).to_contain_text("5 things")

    page.get_by_role("button", name="Erase all of it").click()
    expect(part(page, "keep")).to_contain_text(
        "erases your answers, your exercises, "
        "what you have read and what you typed into snippets on 1 page"
    )
    expect(page.get_by_role("button", name="No, keep it")).to_be_focused()
    page.keyboard.press("Enter")
    expect(part(page, "keep")).to_have_text("Nothing was erased.")
    assert page.evaluate(ALL) == before
    page.get_by_role("button", name="Erase all of it").click()
    page.get_by_role("button", name="Yes, erase it").click()
    expect(part(page, "keep")).to_have_text("Erased: 5 things.")
    expect(part(page, "state")).to_contain_text("You answered 0 of")
    assert not {"answers", *KEPT} - {"live:/elsewhere/"} & {*page.evaluate(ALL)}

    other = tmp_path / "other.json"
    other.write_text('{"a": 1}', encoding="utf-8")
    page.get_by_label("Bring a copy back").set_input_files(other)
    expect(part(page, "keep")).to_contain_text("other.json is no copy that this page has made")
    page.get_by_label("Bring a copy back").set_input_files(copy)
    expect(part(page, "keep")).to_have_text("Brought back: 5 things.")
    assert page.evaluate(ALL) == before
    expect(part(page, "state")).to_contain_text(f"You answered {len(chosen(0))} of")


def test_snippets_stay_unless_asked_for(new_page: NewPage) -> None:
    """What was typed into snippets is not erased by the way."""
    page = open_mine(new_page, chosen(0))
    page.evaluate("kept => Object.assign(localStorage, kept)", KEPT)
    page.get_by_role("button", name="Erase all of it").click()
    expect(part(page, "keep")).not_to_contain_text("snippets")
    page.get_by_role("button", name="Yes, erase it").click()
    assert {key for key in page.evaluate(ALL) if key in KEPT} == {*KEPT} - {
        "exercise:1-1-a",
        "exercises",
        "progress",
    }
    page.get_by_role("button", name="Erase all of it").click()
    expect(part(page, "keep")).to_have_text("There is nothing to erase.")


def test_the_code_is_copied(new_page: NewPage) -> None:
    """The buttons copy the code and the link; where that is forbidden, the page says so."""
    page = open_mine(new_page, chosen(0), permissions=["clipboard-read", "clipboard-write"])
    for name, text in (
        ("Copy the code", code(page)),
        ("Copy the link", page.locator("[data-part=link]").get_attribute("href")),
    ):
        page.get_by_role("button", name=name).click()
        expect(part(page, "hand")).to_contain_text("is copied")
        assert page.evaluate("navigator.clipboard.readText()") == text
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject() }")
    page.get_by_role("button", name="Copy the code").click()
    expect(part(page, "hand")).to_contain_text("copy it yourself")


def test_without_storage_scripts_or_questions(new_page: NewPage) -> None:
    """Where nothing is kept, runs or arrives, the page says so, and nothing is in vain."""
    page = new_page("")
    complaints, _ = listen(page)
    page.add_init_script(NO_STORAGE)
    page.goto(page.url + MINE)
    expect(part(page, "state")).to_contain_text("Your browser keeps nothing for this site")
    for name in ("Download a copy", "Erase all of it"):
        expect(page.get_by_role("button", name=name)).to_be_disabled()
    assert complaints == []
    for path in (MINE, CLASS):
        still = new_page(path, java_script_enabled=False)
        expect(still.get_by_text("This part needs JavaScript").first).to_be_visible()
        expect(still.locator(".tool :is(button, input, textarea):visible")).to_have_count(0)
        lost = new_page("")
        lost.route("**/all.json", lambda route: route.abort())
        lost.goto(lost.url + path)
        expect(part(lost, "state")).to_contain_text("did not arrive")


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_in_each_state(width: int, scheme: str, new_page: NewPage) -> None:
    """With answers and codes: axe objects to nothing, a thumb can press all of it, it all fits."""
    look: dict[str, Any] = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    mine = open_mine(new_page, chosen(0), **look)
    mine.get_by_role("button", name="Erase all of it").click()
    page = new_page(CLASS, **look)
    page.get_by_role("button", name="Try it with a made-up class").click()
    for one in (mine, page):
        assert objections(one, part=".md-content") == []
        for control in one.locator(".tool :is(button, input:not([type=checkbox]), label)").all():
            if control.is_visible():
                box = control.bounding_box()
                assert box
                assert box["height"] >= 44, control.inner_text()
        assert one.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_paper(new_page: NewPage) -> None:
    """On paper there are the tables and nothing to press, and the worksheet fits the sheet."""
    page = new_page(CLASS, viewport={"width": 794, "height": 1123})
    page.get_by_role("button", name="Try it with a made-up class").click()
    page.emulate_media(media="print")
    expect(page.locator(".tool :is(input, textarea):visible")).to_have_count(0)
    expect(page.locator("[data-name=mistake] table")).to_be_visible()
    for path in (CLASS, "worksheet/", "key/", "teach/"):
        sheet = new_page(path, viewport={"width": 794, "height": 1123})
        sheet.emulate_media(media="print")
        assert sheet.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_what_a_tablet_loads(
    browser: Browser, site: Path, site_address: str, file_of: Callable[[str], Path]
) -> None:
    """Who reads all lessons loads no more than the teacher was told, and not much less."""
    asked: set[str] = set()
    with browser.new_context(reduced_motion="reduce") as context:
        context.on("request", lambda request: asked.add(request.url.partition("?")[0]))
        page = context.new_page()
        for path in ["", *(f"lessons/{path.stem}/" for path in lessons()), MINE]:
            page.goto(site_address + path, wait_until="load")
            for figure in page.locator("figure[data-moves], .predict").all():
                figure.scroll_into_view_if_needed()
            page.evaluate(OPEN_ALL)
            page.wait_for_timeout(150)
        files = [file_of(url) for url in asked if url.startswith(site_address)]
    sent = sum(len(gzip.compress(file.read_bytes(), 6)) for file in files)
    told = loads.counted(site)["lessons"]
    assert 0.8 * told <= sent <= told
    assert bool(loads.counted(site)["python"] > 1e6) == live.available()
