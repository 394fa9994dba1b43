"""What is typed stays text, and a script that slips in does not run."""

import pytest
from by_hand import OpenFigure, awake, page_of
from helpers import NewPage, wait_until
from playwright.sync_api import Page, expect

HOSTILE = "<img src=x onerror=\"window.hit='yes'\"><script>window.hit='yes'</script>'\"</pre>"
WATCH = """window.broken = [];
addEventListener("securitypolicyviolation", event => broken.push(event.effectiveDirective));"""
SLIP_IN = {
    "a script": """const script = document.createElement("script");
      script.textContent = "window.hit = 'yes'"; document.body.append(script);""",
    "a handler": """document.body.insertAdjacentHTML("beforeend",
      "<img src=x onerror=\\"window.hit = 'yes'\\">");""",
    "code as text": """setTimeout("window.hit = 'yes'", 0);""",
    "another site": """fetch("http://127.0.0.1:9/").catch(() => {});""",
    "a style": """document.body.insertAdjacentHTML("beforeend", "<p style='color: red'>");""",
}


def is_untouched(page: Page) -> None:
    """No hostile text has become a part of the page, or has run."""
    page.wait_for_timeout(100)
    assert page.evaluate("window.hit") is None
    assert page.locator("img[src=x]").count() == 0


@pytest.mark.parametrize("code", SLIP_IN.values(), ids=SLIP_IN)
def test_what_slips_in_is_stopped(code: str, new_page: NewPage) -> None:
    """The page's policy stops a script, a handler, code as text, a request and a style."""
    page = new_page("glossary/")
    page.evaluate(WATCH)
    page.evaluate(f"() => {{ {code} }}")
    wait_until(page, "broken.length > 0")
    assert page.evaluate("window.hit") is None


def test_hostile_search(new_page: NewPage) -> None:
    """What is typed into the search, or stands in the address for it, is never HTML."""
    page = new_page("")
    page.keyboard.press("/")
    page.keyboard.type(HOSTILE)
    page.wait_for_timeout(500)
    is_untouched(page)
    page.goto(f"{page.url}?q={HOSTILE}")
    page.wait_for_timeout(500)
    is_untouched(page)


def test_hostile_address(open_figure: OpenFigure) -> None:
    """What the address says of a figure is never HTML."""
    figure = open_figure("scores")
    page = figure.page
    page.goto(f"{page.url}?scores={HOSTILE}_{HOSTILE}#scores")
    awake(page.locator("#scores"))
    is_untouched(page)


def test_hostile_code(new_page: NewPage) -> None:
    """What is typed as code is never HTML: in the editor, kept for the next visit, or run."""
    page = new_page(page_of("misses"))
    if not page.locator(".live").count():
        pytest.skip("live code is not part of this build: run  make pyodide")
    bar = page.locator(".live").first
    bar.get_by_role("button", name="Edit").click()
    page.locator("textarea").fill(f"print({HOSTILE!r})\n{HOSTILE}")
    is_untouched(page)
    page.reload()
    expect(page.locator("textarea")).to_have_value(f"print({HOSTILE!r})\n{HOSTILE}")
    is_untouched(page)
    page.locator("textarea").fill(f"print({HOSTILE!r})\nraise ValueError({HOSTILE!r})")
    bar.get_by_role("button", name="Run").click()
    expect(page.locator("pre", has_text="ValueError")).to_have_count(1, timeout=60_000)
    is_untouched(page)
