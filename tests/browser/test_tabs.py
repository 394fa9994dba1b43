"""The programs in tabs: shown by mouse and by keyboard, without scripts, on paper, and copied."""

import re
from typing import Any

import pytest
from helpers import NewPage, objections
from playwright.sync_api import Page, expect

from website.pages import DOCS

PATH = "frameworks/"
TEXT = (DOCS / "frameworks.md").read_text(encoding="utf-8")
# Of each tab, the files of its programs.
TABS = {
    part.partition('"')[0]: re.findall(r"```program\n +(\S+)\n", part)
    for part in TEXT.partition("\n## What their")[0].split('\n=== "')[1:]
}
PHONE: Any = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def check_shown(page: Page, name: str) -> None:
    """Compare the programs that are visible with the files of one tab."""
    shown = page.locator(".program code:visible")
    expect(shown).to_have_count(len(TABS[name]))
    for code, file in zip(shown.all(), TABS[name], strict=True):
        assert code.inner_text().strip() == (DOCS / "frameworks" / file).read_text("utf-8").strip()


def test_every_program_has_its_place() -> None:
    """The page shows each program of the same loop, in one tab."""
    programs = {path.name for path in (DOCS / "frameworks").glob("loop_*.py")}
    assert {file for files in TABS.values() for file in files} == programs
    assert sum(map(len, TABS.values())) == len(programs)


@pytest.mark.parametrize("options", [{}, PHONE, {"java_script_enabled": False}])
def test_a_tab_shows_its_programs(new_page: NewPage, options: Any) -> None:
    """A press shows a tab and hides the rest, on a phone and without scripts, too."""
    page = new_page(PATH, **options)
    check_shown(page, "nnbasics")
    for name in [*TABS, "nnbasics"]:
        page.locator(".tabbed-labels label", has_text=re.compile(f"^{name}$")).click()
        check_shown(page, name)
    if options.get("java_script_enabled", True):
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("scripts", [True, False])
def test_the_keyboard_changes_tabs(new_page: NewPage, scripts: bool) -> None:
    """Arrows lead from one tab to the next, and that they have the focus is seen."""
    page = new_page(PATH, java_script_enabled=scripts)
    page.locator(".tabbed-set > input").first.focus()
    for name in [*TABS][1:]:
        page.keyboard.press("ArrowRight")
        check_shown(page, name)
        row = page.locator(".tabbed-labels")
        assert row.evaluate("row => getComputedStyle(row).outlineStyle") == "solid"


def test_a_copy_is_the_program(new_page: NewPage) -> None:
    """What the button copies is the file, which the tests run."""
    page = new_page(PATH, permissions=["clipboard-read", "clipboard-write"])
    for name, files in TABS.items():
        page.locator(".tabbed-labels label", has_text=re.compile(f"^{name}$")).click()
        for file in files:
            title = page.locator(".program", has_text=file)
            title.locator("button[data-clipboard-target]").click()
            program = (DOCS / "frameworks" / file).read_text(encoding="utf-8")
            assert page.evaluate("navigator.clipboard.readText()").strip() == program.strip()


def test_paper_shows_all(new_page: NewPage) -> None:
    """On paper every program is there, below its name."""
    page = new_page(PATH)
    page.emulate_media(media="print")
    expect(page.locator(".program code:visible")).to_have_count(sum(map(len, TABS.values())))
    tops = page.locator(".tabbed-labels label, .tabbed-block").evaluate_all(
        "parts => parts.map(part => [part.getBoundingClientRect().top, part.className])"
    )
    kinds = ["block" if name else "label" for _, name in sorted(tops)]
    assert kinds == ["label", "block"] * len(TABS)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_tab_is_accessible(new_page: NewPage, scheme: Any) -> None:
    """Axe finds nothing to object to in any tab."""
    page = new_page(PATH, color_scheme=scheme)
    for name in TABS:
        page.locator(".tabbed-labels label", has_text=re.compile(f"^{name}$")).click()
        assert objections(page, part=".tabbed-set") == []
