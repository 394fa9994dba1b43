"""The site in Firefox and in WebKit, the engine of Safari: the same as in Chromium."""

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import pytest
from by_hand import page_of
from engines.drivers import PATIENCE, Engine, firefox, playwrights, webkit
from engines.get_engines import PROGRAMS, from_debian, installed
from helpers import (
    AXE,
    RUN_AXE,
    SHOW_FORETOLD,
    need_pyodide,
    pages_with_snippets,
    path_of,
    printed,
    pycon,
)
from playwright.sync_api import Error
from serving import SiteHandler, served

from website import moving, pages
from website.pages import DOCS
from website.proof import snippets

SOURCES = sorted([*snippets.pages(), *pages.labs()])


def address_of(source: Path) -> str:
    """Return the path on the site of a page's source."""
    return path_of(source.relative_to(DOCS).as_posix())


every_page = pytest.mark.parametrize("path", [*map(address_of, SOURCES), "404.html"])

# Stands before all else on a page, a policy included, and notes whatever goes wrong from there on.
LISTEN = """<script>
window.complaints = [];
addEventListener("error", ({ message, target }) =>
  complaints.push(message ?? `${target.outerHTML} did not load`), true);
addEventListener("unhandledrejection", ({ reason }) => complaints.push(`not caught: ${reason}`));
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
  complaints.push(`against the policy ${violatedDirective}: ${blockedURI}`));
for (const kind of ["warn", "error"])
  console[kind] = (...words) => complaints.push(`console.${kind}: ${words.join(" ")}`);
</script>"""
# A page on which all goes wrong, and what is to be heard of it.
BROKEN = """<!doctype html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="
script-src 'self' 'unsafe-inline'; img-src 'none'"><title>Broken</title></head>
<script>nothing()</script>
<script src="missing.js"></script>
<script>console.warn("warned"); console.error("said"); Promise.reject("rejected")</script>
<img src="forbidden.png" alt="">"""
HEARD = [
    "nothing",
    "missing.js",
    "console.warn: warned",
    "console.error: said",
    "not caught: rejected",
    "against the policy img-src: ",
]

# What a figure shows: its picture and its words.
SHOWN = """name => {
  const figure = document.getElementById(name);
  const focused = / focus-visible| data-focus-visible-added=""/g;
  return [figure.querySelector("svg").innerHTML.replace(focused, ""),
          ...[...figure.querySelectorAll("[data-say]")].map(place => place.textContent)];
}"""
FOCUS_CONTROL = """name => {
  const parts = "[role=slider], [role=gridcell], input, select";
  const part = document.getElementById(name).querySelector(parts);
  part.focus();
  return part.getAttribute("role") ?? part.tagName;
}"""
# The last snippet's bar: the word on its first button, what it says, what is printed below it.
LAST = """() => {
  const bar = [...document.querySelectorAll(".live")].at(-1);
  return [bar.querySelector("button").textContent,
          bar.querySelector("[role=status]").textContent,
          bar.parentNode.querySelector(".live-output")?.textContent.trimEnd() ?? ""];
}"""
# The bar of a lab's last cell, or of its first that draws.
LAB = pages.labs()[2]
CELL = """cell => cell === "last"
  ? [...document.querySelectorAll(".live")].at(-1)
  : document.querySelector(".highlight:has(> .live):has(+ figure.plot) > .live")"""
OPEN_ALL = "() => document.querySelectorAll('details').forEach(box => box.open = true)"
FOCUS_PALETTE = """() => {
  const inputs = "[data-md-component=palette] input";
  (document.querySelector(`${inputs}:checked`) ?? document.querySelector(inputs)).focus();
}"""
SCHEME = "() => document.body.dataset.mdColorScheme"
# No engine but Chromium lets itself be told that it prints. So each rule for paper becomes one
# for everything, and each rule for a screen one for something that nobody has.
TO_PAPER = """() => {
  const turn = media => media.mediaText =
    media.mediaText.replace(/\\bprint\\b/g, "all").replace(/\\bscreen\\b/g, "tty");
  const walk = rules => {
    for (const rule of rules) {
      if (rule.media) turn(rule.media);
      if (rule.cssRules) walk(rule.cssRules);
    }
  };
  for (const sheet of document.styleSheets) {
    turn(sheet.media);
    walk(sheet.cssRules);
  }
}"""
VISIBLE = """selector => [...document.querySelectorAll(selector)]
  .filter(part => part.getClientRects().length).map(part => part.outerHTML.slice(0, 200))"""
BRIGHTEST = """() => {
  const pen = document.createElement("canvas").getContext("2d");
  pen.fillStyle = getComputedStyle(document.body).backgroundColor;
  pen.fillRect(0, 0, 1, 1);
  return Math.max(...pen.getImageData(0, 0, 1, 1).data.slice(0, 3));
}"""


class ListeningHandler(SiteHandler):
    """Serve the site with an ear on every page, and note what is asked for and not there."""

    missing: ClassVar[list[str]] = []

    def do_GET(self) -> None:  # noqa: N802
        """Answer as the site does."""
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if file.name == "broken.html":
            self.send_page(BROKEN)
        elif file.suffix == ".html" and file.exists():
            self.send_page(file.read_text(encoding="utf-8"))
        else:
            super().do_GET()

    def send_page(self, text: str) -> None:
        """Send a page that listens."""
        body = text.replace("<head>", f"<head>{LISTEN}", 1).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Note what is missing."""
        self.missing.append(self.path)
        super().send_error(code, message, explain)


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Serve the site from a server that listens."""
    with served(site, ListeningHandler) as address:
        yield address


# With `--dist loadgroup` each engine has a process of its own.
@pytest.fixture(
    scope="session",
    params=[pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in PROGRAMS],
)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Start an engine, or say which line installs it."""
    name = request.param
    with ExitStack() as until_the_end:
        try:
            if installed(name):
                start = {"firefox": firefox, "webkit": webkit}[name]
            else:
                start = partial(playwrights, name, request.getfixturevalue("playwright"))
            engine = until_the_end.enter_context(start())
        except (Error, OSError, RuntimeError) as error:
            reason = (
                f"{name} does not start ({str(error).splitlines()[0]}). On Debian run as root: "
                f"{' '.join(from_debian([name]))}. Elsewhere: .venv/bin/playwright install {name}"
            )
            if os.environ.get("NNBASICS_ENGINES") == "required":
                pytest.fail(reason, pytrace=False)
            pytest.skip(reason)
        yield engine


def visit(engine: Engine, address: str) -> None:
    """Open a page, and all boxes on it."""
    ListeningHandler.missing.clear()
    engine.go(address)
    engine.call(OPEN_ALL)


def until(engine: Engine, what: str, function: str, *arguments: Any, seconds: int = 10) -> None:
    """Wait until a function of the page says yes."""
    end = time.monotonic() + seconds
    while not engine.call(function, *arguments):
        assert time.monotonic() < end, f"{what}: not within {seconds} s"
        time.sleep(0.05)


def wake_figures(engine: Engine) -> int:
    """Go to every figure that moves, wait until it can be moved, and count them."""
    names: list[str] = engine.call(
        "() => [...document.querySelectorAll('figure[data-moves]')].map(figure => figure.id)"
    )
    for name in names:
        engine.call("name => document.getElementById(name).scrollIntoView()", name)
        engine.call("name => document.querySelector(`#${name} .begin`)?.click()", name)
        awake = "name => document.getElementById(name).dataset.moves === 'awake'"
        until(engine, f"the figure {name} is awake", awake, name)
    return len(names)


def go_dark(engine: Engine) -> None:
    """Switch to the dark palette by keyboard, unless it is dark already."""
    for _ in range(3):
        if engine.call(SCHEME) != "slate":
            engine.call(FOCUS_PALETTE)
            engine.press("Enter")
    assert engine.call(SCHEME) == "slate"


def faint(engine: Engine) -> list[str]:
    """Return the texts that stand out too little from what is behind them."""
    engine.call(f"() => {{ {AXE} }}")
    found: list[str] = engine.call(RUN_AXE, ["", ["color-contrast"]])
    return found


def test_hears(engine: Engine, address: str) -> None:
    """Whatever goes wrong on a page is heard: errors, what is missing, breaches of a policy."""
    visit(engine, f"{address}broken.html")
    for expected in HEARD:
        heard = "expected => complaints.some(complaint => complaint.includes(expected))"
        until(engine, f"a complaint of {expected}", heard, expected)
    assert [path.rpartition("/")[2] for path in ListeningHandler.missing] == ["missing.js"]


@every_page
def test_opens_quietly(engine: Engine, path: str, address: str) -> None:
    """A page opens, and its figures wake, without an error, a warning or a missing file."""
    visit(engine, address + path)
    wake_figures(engine)
    assert engine.call("() => complaints") == []
    assert ListeningHandler.missing == []


@pytest.mark.parametrize("name", moving.names())
def test_figure_moves(engine: Engine, name: str, address: str) -> None:
    """A key on its first control changes what a figure shows."""
    visit(engine, address + page_of(name))
    wake_figures(engine)
    before = engine.call(SHOWN, name)
    kind = engine.call(FOCUS_CONTROL, name)
    engine.press({"SELECT": "ArrowUp", "gridcell": "Enter"}.get(kind, "ArrowRight"))
    assert engine.call(SHOWN, name) != before
    assert engine.call("() => complaints") == []


@pages_with_snippets
def test_last_snippet(engine: Engine, path: Path, address: str) -> None:
    """Run of a page's last snippet, by keyboard, prints what the lesson says."""
    need_pyodide()
    visit(engine, address + address_of(path))
    engine.call(SHOW_FORETOLD)  # the last snippet may stand in a prediction
    engine.call(
        "() => [...document.querySelectorAll('.live')].at(-1).querySelector('button').focus()"
    )
    engine.press("Enter")
    end = f"() => {{ const [word, said] = ({LAST})(); return word === 'Run' && said }}"
    until(engine, "the last snippet is done", end, seconds=PATIENCE)
    block = pycon(path)[-1]
    same = "error as" if "Traceback" in block.text else "as"
    assert engine.call(LAST) == ["Run", f"Done: the same {same} in the lesson.", printed(block)]
    assert engine.call("() => complaints") == []


@pytest.mark.parametrize("cell", ["with a plot", "last"])
def test_a_cell_of_a_lab(engine: Engine, cell: str, address: str) -> None:
    """Run of a cell, by keyboard, runs those above, and prints and draws what the lab shows."""
    need_pyodide()
    visit(engine, address + address_of(LAB))
    engine.call(f"cell => ({CELL})(cell).querySelector('button').focus()", cell)
    engine.press("Enter")
    said = f"""cell => {{
      const bar = ({CELL})(cell);
      const [button, note] = [bar.querySelector("button"), bar.querySelector("[role=status]")];
      return button.textContent === "Run" && note.textContent;
    }}"""
    until(engine, f"the {cell} cell is done", said, cell, seconds=PATIENCE)
    assert engine.call(said, cell) == "Done: the same as in the lab."
    assert engine.call("() => complaints") == []


@every_page
def test_dark(engine: Engine, path: str, address: str) -> None:
    """Switched to dark by keyboard, a page is dark, and all its text can be read."""
    visit(engine, address + path)
    go_dark(engine)
    wake_figures(engine)
    assert engine.call(BRIGHTEST) < 60  # of 255: red, green or blue of what is behind all
    assert faint(engine) == []


@every_page
def test_paper(engine: Engine, path: str, address: str) -> None:
    """On paper there is nothing to press, all text can be read, and no picture is lost."""
    visit(engine, address + path)
    go_dark(engine)
    count = wake_figures(engine)
    engine.call(TO_PAPER)
    assert engine.call(VISIBLE, "button, [type=range], .link, .live, .trail") == []
    assert len(engine.call(VISIBLE, "figure[data-moves] > svg")) == count
    assert len(engine.call(VISIBLE, "h1")) == 1
    assert faint(engine) == []
