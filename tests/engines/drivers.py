"""Firefox and WebKit behind one small interface: go to an address, call a script, press a key.

Playwright drives only its own builds of the two. Debian's are driven by the commands of the W3C's
WebDriver standard: WebKit comes with a program that takes them over HTTP, and Firefox itself takes
them over a socket, in a wrapping that Mozilla calls Marionette. Three commands are all that is
needed here, so a library that sends them would be more than what it saves.
"""

import itertools
import json
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from playwright.sync_api import Page, Playwright

# Where the standard has its commands, for who speaks HTTP.
PATHS = {"Navigate": "url", "ExecuteScript": "execute/sync", "PerformActions": "actions"}
# The standard's names of keys that write nothing: places in Unicode that no letter has.
KEYS = {"ArrowUp": "\ue013", "ArrowRight": "\ue014", "Enter": "\ue007"}
PATIENCE = 180  # seconds, for Python to start in a page of a busy computer


class Engine(Protocol):
    """A browser with one page."""

    def go(self, address: str) -> None:
        """Open an address, and wait until the page is loaded."""

    def call(self, function: str, *arguments: Any) -> Any:
        """Call a JavaScript function in the page and return what it gives, awaited."""

    def press(self, key: str) -> None:
        """Press a key on what has the focus."""


class Playwrights:
    """Playwright's own build of an engine."""

    def __init__(self, page: Page) -> None:
        """Take a page that is open."""
        self.page = page

    def go(self, address: str) -> None:
        """Open an address, and wait until the page is loaded."""
        self.page.goto(address)

    def call(self, function: str, *arguments: Any) -> Any:
        """Call a JavaScript function in the page and return what it gives, awaited."""
        return self.page.evaluate(f"arguments => ({function})(...arguments)", arguments)

    def press(self, key: str) -> None:
        """Press a key on what has the focus."""
        self.page.keyboard.press(key)


class Standard:
    """An engine that takes the commands of the WebDriver standard."""

    def command(self, name: str, parameters: dict[str, Any]) -> Any:
        """Send a command and return its result."""
        raise NotImplementedError

    def go(self, address: str) -> None:
        """Open an address, and wait until the page is loaded."""
        self.command("Navigate", {"url": address})

    def call(self, function: str, *arguments: Any) -> Any:
        """Call a JavaScript function in the page and return what it gives, awaited."""
        script = f"return ({function})(...arguments)"
        return self.command("ExecuteScript", {"script": script, "args": arguments})

    def press(self, key: str) -> None:
        """Press a key on what has the focus."""
        ways = [{"type": way, "value": KEYS[key]} for way in ("keyDown", "keyUp")]
        keyboard = {"type": "key", "id": "keyboard", "actions": ways}
        self.command("PerformActions", {"actions": [keyboard]})


class Firefox(Standard):
    """Firefox, by Marionette: `length:[0, number, command, parameters]` and back."""

    def __init__(self, port: int) -> None:
        """Begin a session with the Firefox that listens at a port."""
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.answers = self.socket.makefile("rb")
        self.numbers = itertools.count()
        self.read()  # who it is
        self.command("NewSession", {})

    def read(self) -> Any:
        """Return the next message."""
        length = b""
        while (letter := self.answers.read(1)) != b":":
            if not letter:
                raise ConnectionError("Firefox has ended")
            length += letter
        return json.loads(self.answers.read(int(length)))

    def command(self, name: str, parameters: dict[str, Any]) -> Any:
        """Send a command and return its result."""
        body = json.dumps([0, next(self.numbers), f"WebDriver:{name}", parameters]).encode()
        self.socket.sendall(b"%d:%b" % (len(body), body))
        _, _, error, result = self.read()
        if error:
            raise RuntimeError(f"Firefox answers {name} with {error['error']}: {error['message']}")
        return result.get("value", result)

    def close(self) -> None:
        """Hang up."""
        self.answers.close()
        self.socket.close()


class WebKit(Standard):
    """WebKit, by the program that comes with it."""

    def __init__(self, port: int) -> None:
        """Begin a session with the program that listens at a port: it starts the browser."""
        self.connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.session = "/session"
        started = self.command("", {"capabilities": {}})
        self.session += f"/{started['sessionId']}/"

    def command(self, name: str, parameters: dict[str, Any]) -> Any:
        """Send a command and return its result."""
        path = self.session + PATHS.get(name, "")
        self.connection.request("POST", path, json.dumps(parameters))
        response = self.connection.getresponse()
        result = json.loads(response.read())["value"]
        if response.status != 200:
            raise RuntimeError(f"WebKit answers {name} with {result['error']}: {result['message']}")
        return result

    def close(self) -> None:
        """Hang up."""
        self.connection.close()


@contextmanager
def playwrights(name: str, playwright: Playwright) -> Iterator[Engine]:
    """Start Playwright's own build of an engine."""
    browser = getattr(playwright, name).launch()
    yield Playwrights(browser.new_page(reduced_motion="reduce"))
    browser.close()


@contextmanager
def firefox() -> Iterator[Engine]:
    """Start Firefox with a profile of its own, without a window."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        Path(profile, "user.js").write_text(
            'user_pref("marionette.port", 0); user_pref("ui.prefersReducedMotion", 1);',
            encoding="utf-8",
        )
        command = ["firefox-esr", "--headless", "--marionette", "--no-remote", "--profile", profile]
        port = Path(profile, "MarionetteActivePort")
        with running(command):
            wait_for(lambda: port.exists() and port.read_text(encoding="utf-8"), "Firefox")
            with closing(Firefox(int(port.read_text(encoding="utf-8")))) as engine:
                yield engine


@contextmanager
def webkit() -> Iterator[Engine]:
    """Start the small browser that comes with WebKit, on a screen that nobody sees."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    read, write = os.pipe()
    with running(["Xvfb", "-displayfd", str(write), "-nolisten", "tcp"], pass_fds=[write]):
        os.close(write)
        with open(read, encoding="utf-8") as screens:
            screen = screens.readline().strip()
        environment = os.environ | {"DISPLAY": f":{screen}"}
        if os.geteuid() == 0:  # who may do everything has no sandbox
            environment["WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS"] = "1"
        with running(["WebKitWebDriver", f"--port={port}"], env=environment):
            wait_for(lambda: answers(port), "WebKitWebDriver")
            with closing(WebKit(port)) as engine:
                yield engine


@contextmanager
def running(command: list[str], **options: Any) -> Iterator[None]:
    """Run a program until it is no longer needed."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet, **options) as process:
        try:
            yield
        finally:
            process.terminate()


def answers(port: int) -> bool:
    """Tell whether a program listens at a port."""
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


def wait_for(ready: Callable[[], object], what: str) -> None:
    """Wait until something is ready."""
    end = time.monotonic() + PATIENCE
    while not ready():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} does not start within {PATIENCE} s")
        time.sleep(0.05)
