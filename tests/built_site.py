"""The built site, a server for it, and a browser."""

import fcntl
import functools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from by_hand import OpenFigure, awake, page_of
from get_browser import installed
from helpers import NewPage
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page
from serving import SUB_PATH, served

from website import wheel

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all processes of this test run share."""
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    folder = tmp_path_factory.getbasetemp()
    return folder if alone else folder.parent


@pytest.fixture(scope="session")
def site(shared: Path) -> Path:
    """Build the site once, strictly, into a folder whose name has spaces."""
    return once(shared / "a folder with spaces" / "site", build)


@pytest.fixture(scope="session")
def plain_site(shared: Path) -> Path:
    """Build the site as it is where Python for the browser could not be had."""
    return once(shared / "plain" / "site", functools.partial(build, NNBASICS_PYODIDE="none"))


@pytest.fixture(scope="session")
def installed_wheel(shared: Path, site: Path) -> Path:
    """Install the site's own wheel into a folder of its own, as the notebooks do."""
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]

    def install(folder: Path) -> None:
        subprocess.run([*pip, "--target", folder, site / wheel.NAME], check=True)

    return once(shared / "install" / "packages", install)


def once(folder: Path, make: Callable[[Path], None]) -> Path:
    """Make a folder, unless another process of this test run has done so."""
    folder.parent.mkdir(exist_ok=True)
    with (folder.parent / "lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            unfinished = folder.with_name("unfinished")
            make(unfinished)
            unfinished.rename(folder)
    return folder


def build(folder: Path, **environment: str) -> None:
    """Build the site into a folder."""
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        env=os.environ
        | {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": f"http://127.0.0.1{SUB_PATH}"}
        | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    if run.returncode:
        pytest.fail(f"the site cannot be built:\n{run.stdout}", pytrace=False)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what needs no site: meanwhile another process builds it."""
    built = {"site", "plain_site"}
    items.sort(key=lambda item: not built.isdisjoint(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def site_address(site: Path) -> Iterator[str]:
    """Serve the site and return its address."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def file_of(site: Path) -> Callable[[str], Path]:
    """Return a function that finds the file of the site behind an address."""

    def find(address: str) -> Path:
        path = unquote(urlsplit(address).path)
        assert path.startswith(SUB_PATH)
        return site / path.removeprefix(SUB_PATH) / ("index.html" if path.endswith("/") else "")

    return find


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start an installed Chromium if there is one, and let it ask the network for nothing."""
    return browser_type_launch_args | {
        "executable_path": installed(),
        "args": [
            *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        ],
    }


@pytest.fixture(scope="session")
def browser(launch_browser: Callable[[], Browser]) -> Iterator[Browser]:
    """Start the browser, or say which line installs one."""
    try:
        browser = launch_browser()
    except Error as error:
        reason = (
            f"no browser starts ({error.message.splitlines()[0]}). On Debian run: "
            "apt-get install chromium-headless-shell. "
            "Elsewhere: .venv/bin/playwright install chromium"
        )
        if os.environ.get("NNBASICS_BROWSER") == "required":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    yield browser
    browser.close()


@pytest.fixture
def new_page(browser: Browser, site_address: str) -> Iterator[NewPage]:
    """Return a function that opens a page of the site, with nothing remembered or cached."""
    contexts: list[BrowserContext] = []

    def open_page(path: str, **options: Any) -> Page:
        contexts.append(browser.new_context(**{"reduced_motion": "reduce", **options}))
        page = contexts[-1].new_page()
        page.goto(site_address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def open_figure(new_page: NewPage) -> Iterator[OpenFigure]:
    """Return a function that opens the page of a figure that moves and goes to it.

    Whatever the page complains about in the console fails the test.
    """
    complaints: list[str] = []

    def find(name: str, query: str = "", **options: Any) -> Locator:
        page = new_page(page_of(name) + query, **options)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return awake(page.locator(f"#{name}"))

    yield find
    assert complaints == []


MEASURED = {
    "weight": "kilobytes of a first visit, gzipped: at once, to its end",
    "live": "snippets run in the page",
}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the browser tests measure: the weight of each lesson, and what Run costs."""
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    for name, title in MEASURED.items():
        # A report may come twice, if a test is run again.
        measured = {
            (report.nodeid, value): value
            for report in reports
            if report.when == "call"
            for property_name, value in report.user_properties
            if property_name == name
        }
        if measured:
            terminalreporter.section(title)
            for value in measured.values():
                terminalreporter.write_line(value)
