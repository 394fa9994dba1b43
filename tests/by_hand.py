"""Move a figure in a browser as a reader does: with a mouse, a finger or the keyboard."""

import functools
import re
from collections.abc import Callable
from typing import Any

from helpers import path_of
from playwright.sync_api import Locator, Page, expect

from website import pages

OpenFigure = Callable[..., Locator]
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}

# Notes in `shifts` whatever moves on a page without the reader having done something just before.
WATCH_SHIFTS = """
window.shifts = [];
new PerformanceObserver(list => {
  for (const shift of list.getEntries())
    if (!shift.hadRecentInput)
      shifts.push(`${shift.value}: ` + shift.sources.map(source => source.node?.outerHTML ??
        source.node?.textContent).join(" | ").slice(0, 300));
}).observe({type: "layout-shift", buffered: true});
"""


@functools.cache
def page_of(figure: str) -> str:
    """Return the path on the site of the lesson that shows a figure: it has snippets, too."""
    for lesson in pages.lessons():
        if re.search(rf"(?m)^figure: {figure}$", lesson.read_text(encoding="utf-8")):
            return path_of(f"lessons/{lesson.name}")
    raise LookupError(f"no lesson shows the figure {figure}")


def go_to(figure: Locator) -> None:
    """Go to a figure, and begin it if it waits to be pressed."""
    figure.scroll_into_view_if_needed()
    if figure.get_attribute("data-moves") == "" and figure.locator(".begin").count():
        figure.locator(".begin").click()


def awake(figure: Locator) -> Locator:
    """Go to a figure and wait until it can be moved."""
    go_to(figure)
    expect(figure).to_have_attribute("data-moves", "awake")
    return figure


def said(figure: Locator, name: str) -> Locator:
    """Return the place of some words of the figure."""
    return figure.locator(f"[data-say={name}]")


def press(part: Locator, *keys: str) -> None:
    """Press keys on a part that gets the focus."""
    part.focus()
    for key in keys:
        part.page.keyboard.press(key)


def swipe(page: Page, x: float, y: float, way: float) -> None:
    """Put a finger down, move it up or down, and lift it."""
    client = page.context.new_cdp_session(page)
    ways = [way * step / 6 for step in range(1, 7)]
    steps = [("touchStart", [0.0]), *(("touchMove", [part]) for part in ways), ("touchEnd", [])]
    for kind, at in steps:
        points = [{"x": x, "y": y + part} for part in at]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def stop_the_clock(figure: Locator) -> Locator:
    """Load the page anew with a clock that goes on only when it is told to."""
    page, name = figure.page, figure.get_attribute("id")
    page.clock.install(time=0)
    page.reload()
    figure = awake(page.locator(f"#{name}"))
    page.clock.pause_at(1000)
    return figure


def check_that_nothing_around_moves(figure: Locator) -> None:
    """Play a figure to its end; nothing else on the page may shift."""
    page, figure = figure.page, stop_the_clock(figure)
    button = figure.locator(".play")
    button.click()
    page.wait_for_timeout(600)  # from now on a shift is nobody's doing
    page.clock.run_for(60_000)
    expect(button).not_to_have_accessible_name("Pause")
    page.evaluate(WATCH_SHIFTS)
    page.wait_for_timeout(100)
    assert page.evaluate("shifts") == []
