"""In lab 5 a reader's own file is looked at and learned from, in the page alone."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from helpers import NOTE_VIOLATIONS, objections, path_of, wait_for_quiet
from playwright.sync_api import Browser, Locator, Page, Request, expect

from website.live import own_run
from website.wheel import NAME

pytestmark = pytest.mark.usefixtures("pyodide_is_there")
LAB = path_of("labs/5-your-own-data.py")
PLAIN = "size,age,price,sort\n" + "".join(
    f"{n},{n % 7},{3 * n + n % 5},{'small' if n < 30 else 'LARGE'}\n" for n in range(60)
)


@pytest.fixture(scope="module")
def page(browser: Browser, site_address: str) -> Iterator[Page]:
    """Return lab 5, in which Python will have started."""
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 1280, "height": 800})
    context.add_init_script(NOTE_VIOLATIONS)
    page = context.new_page()
    page.goto(site_address + LAB)
    yield page
    assert page.evaluate("violations") == []
    context.close()


def give(page: Page, name: str, content: bytes | str) -> Locator:
    """Choose a file, and return what is said of it when it has been looked at."""
    raw = content if isinstance(content, bytes) else content.encode()
    note = page.locator(".own-bar > [role=status]")
    note.evaluate("note => note.textContent = ''")
    file: Any = {"name": name, "mimeType": "text/csv", "buffer": raw}
    page.locator("#own-file").set_input_files(file)
    expect(note).to_contain_text(name.split(".", maxsplit=1)[0], timeout=60_000)
    return note


def train(page: Page, said: str) -> None:
    """Press the button that trains, and wait for what is said."""
    page.get_by_role("button", name="Train on it").click()
    note = page.locator(".own-bar > [role=status]")
    expect(note).to_contain_text(said, timeout=60_000)


FILES: list[tuple[str, bytes | str, str]] = [
    ("semicolons.csv", PLAIN.replace(",", ";").replace("\n", ",5\n"), "It has semicolons"),
    ("bom.csv", b"\xef\xbb\xbf" + PLAIN.encode(), "Rows that fit the header: 60."),
    ("windows.csv", PLAIN.replace("\n", "\r\n").replace("small", "süß").encode("cp1252"), "older"),
    ("blank.csv", PLAIN.replace("\n5,", "\n\n\n5,"), "Empty rows were skipped: 2."),
    ("again.csv", PLAIN + "size,age,price,sort\n", "was skipped: 1 times."),
    (
        "dates.csv",
        PLAIN.replace("size", "day").replace("\n", "\n2024-01-"),
        "make a column of days",
    ),
    ("thousands.csv", "a;b\n" + "".join(f"4.{n}00;{n}\n" for n in range(1, 9)), "stands 4.100."),
    ("constant.csv", PLAIN.replace(",", ",7,").replace("age,7,", "age,same,"), "It never changes"),
    ("labels.csv", PLAIN.replace("small", "0").replace("LARGE", "1"), "Rows that fit"),
    ("large.csv", b"1,2\n" * 5_000_000, "has 20.0 MB, and 5 MB is the most"),
    ("empty.csv", "\n\n", "empty.csv is empty."),
    ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(100), "is a picture, and not a CSV file."),
    ("ragged.csv", PLAIN + "1,2\n" * 30, "row 62: it has 2 cells, the header has 4"),
]


@pytest.mark.parametrize(("name", "content", "sentence"), FILES, ids=[file[0] for file in FILES])
def test_a_file_gets_a_sentence(name: str, content: bytes | str, sentence: str, page: Page) -> None:
    """Each kind of file that people have is read, or told what it is; none ends in a traceback."""
    give(page, name, content)
    box = page.locator(".own-data")
    expect(box).to_contain_text(sentence)
    expect(box).not_to_contain_text("Traceback")
    expect(box).not_to_contain_text("broke")
    if name == "ragged.csv":
        expect(box).to_contain_text("and 10 more")


def test_what_is_unclear_is_asked(page: Page) -> None:
    """Whether 4.100 is a little more than four, or thousands, the reader says."""
    give(page, *FILES[6][:2])
    choice = page.get_by_label("In a stands 4.100. It is")
    expect(page.locator(".own-table")).to_contain_text("4.1 to 4.8")
    choice.select_option("4100")
    expect(page.locator(".own-table")).to_contain_text("4100 to 4800", timeout=30_000)


def test_it_learns_here_alone(page: Page, tmp_path: Path) -> None:
    """The lab's functions learn from a file; nothing is asked of any server; it is all saved."""
    wait_for_quiet(page)
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    give(page, "houses.csv", PLAIN)
    expect(page.locator(".own-data figure svg")).to_have_count(1)
    page.get_by_label("Predict", exact=True).select_option("price")
    train(page, "Done: this is what the lab's own functions learned")
    printed = page.locator(".own-data .live-output")
    expect(printed).to_contain_text("baseline, always")
    expect(printed).to_contain_text("on test rows")
    expect(printed).to_contain_text("The network beats the baseline")
    with page.expect_download() as download:
        page.get_by_role("link", name=f"Download {own_run.NOTEBOOK}").click()
    download.value.save_as(tmp_path / "all.ipynb")
    cells = json.loads((tmp_path / "all.ipynb").read_text(encoding="utf-8"))["cells"]
    assert "weights = [[[" in cells[-1]["source"]
    wheel = urljoin(page.url, f"../../{NAME}")
    assert cells[0]["source"] == f"%pip install --quiet {wheel} matplotlib"
    page.get_by_label("Predict", exact=True).select_option("sort")
    train(page, "Done")
    expect(printed).to_contain_text("2 kinds: large, small")
    page.remove_listener("request", note)
    assert [url for url in asked if not url.startswith(("blob:", "data:"))] == []


def test_what_cannot_be_learned_is_told(page: Page) -> None:
    """Too few rows: a sentence, and what is wrong with the others."""
    give(page, "few.csv", "a,b\n1,2\n2,3\n3,4\nx,5\n")
    train(page, "Only 3 rows can be used, and it takes 10.")
    expect(page.locator(".own-bar")).to_contain_text("row 5: a should be a number, got x")


def test_accessible(page: Page) -> None:
    """With a table, choices and results, axe objects to nothing, and all fits on a phone."""
    give(page, "houses.csv", PLAIN + "1,2\n" * 30)
    train(page, "Done")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("slate", "default"):
            page.evaluate("to => document.body.setAttribute('data-md-color-scheme', to)", scheme)
            assert objections(page, part=".own-data") == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.set_viewport_size({"width": 1280, "height": 800})
