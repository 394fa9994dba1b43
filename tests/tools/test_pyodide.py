"""Python for the browser is got, or refused, or done without; and its prompt is right."""

import hashlib
import os
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from helpers import pages_with_snippets, printed, pycon

from website import live
from website.live import prompt, pyodide
from website.pages import DOCS, ROOT

BODIES = {name: f"the body of {name}".encode() for name in pyodide.NAMES}


def source(bodies: dict[str, bytes], asked: list[str] | None = None) -> pyodide.Source:
    """Return a source that has these files."""

    def files() -> Iterator[tuple[str, bytes]]:
        if asked is not None:
            asked.append("files")
        yield from bodies.items()

    return pyodide.Source("a shelf", files)


def unreachable() -> pyodide.Source:
    """Return a source that cannot be reached."""

    def files() -> Iterator[tuple[str, bytes]]:
        raise OSError("no way there")
        yield

    return pyodide.Source("the moon", files)


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep files in a folder of the test's own, with pins of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("NNBASICS_PYODIDE", raising=False)
    pins = {name: hashlib.sha256(body).hexdigest() for name, body in BODIES.items()}
    monkeypatch.setattr(pyodide, "SHA256", pins)


def test_first_source_that_has_it() -> None:
    """The files come from the first source that has them, and are found again."""
    assert pyodide.missing() == pyodide.NAMES
    assert pyodide.main([], (unreachable(), source(BODIES))) == 0
    assert pyodide.missing() == []
    assert all(pyodide.content(name) == body for name, body in BODIES.items())
    assert pyodide.main([], ()) == 0, "nothing is fetched twice"


@pytest.mark.parametrize("name", pyodide.NAMES)
def test_another_file_is_refused(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is not the pinned one is not kept, wherever it comes from."""
    assert pyodide.main([], (source(BODIES | {name: b"something else"}),)) == 1
    assert name in pyodide.missing()
    assert not pyodide.kept(name).exists()
    told = capsys.readouterr()
    assert f"its {name} is refused" in told.out
    assert "make pyodide" in told.err
    assert pyodide.main([], (source(BODIES),)) == 0


def test_a_file_that_was_damaged_later() -> None:
    """What is kept is checked each time, and got again if it was damaged."""
    pyodide.main([], (source(BODIES),))
    for name in pyodide.NAMES:
        pyodide.kept(name).write_bytes(pyodide.kept(name).read_bytes()[:-3])
    assert pyodide.missing() == pyodide.NAMES
    assert pyodide.main([], (source(BODIES),)) == 0


def test_without_a_source(capsys: pytest.CaptureFixture[str]) -> None:
    """Where it cannot be had, one sentence says what to do, and the exit code tells."""
    assert pyodide.main([], (unreachable(),)) == 1
    told = capsys.readouterr()
    assert "no way there" in told.out
    assert told.err.count("\n") == 1
    assert "make pyodide" in told.err


class BrokenOff(BaseHTTPRequestHandler):
    """A server that stops in the middle, or speaks no HTTP."""

    def do_GET(self) -> None:
        """Promise more than is sent."""
        self.wfile.write(
            b"HTTP/1.0 200 OK\r\nContent-Length: 100000\r\n\r\n" + b"x" * 500
            if "broken" in self.path
            else b"220 This is no web server\r\n"
        )

    def log_message(self, *_: object) -> None:
        """Keep the test's output free of requests."""


@pytest.mark.parametrize(
    ("address", "told"), [("broken", "IncompleteRead(500 bytes read"), ("other", "220 This is no")]
)
def test_a_download_that_breaks_off(
    address: str, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The next source is asked, and if there is none, `make serve` goes on."""
    with HTTPServer(("127.0.0.1", 0), BrokenOff) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        release = f"http://127.0.0.1:{server.server_port}/{address}/"
        monkeypatch.setitem(pyodide.PINNED, "release", release)
        first = pyodide.Source("the release", pyodide.from_release)
        assert pyodide.main(["--try"], (first,)) == 0
        assert f"not from there: {told}" in capsys.readouterr().out
        assert pyodide.main([], (first, source(BODIES))) == 0
        server.shutdown()
    assert pyodide.missing() == []


@pytest.mark.parametrize(("arguments", "code"), [([], 1), (["--try"], 0)])
def test_a_folder_that_cannot_be_written(
    arguments: list[str],
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """That is found out before anything is fetched, and the line to type names another folder."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    asked: list[str] = []
    assert pyodide.main(arguments, (source(BODIES, asked),)) == code
    assert not asked
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert f"cannot write to {tmp_path}/file/nnbasics" in told
    assert "XDG_CACHE_HOME=/tmp/cache make pyodide" in told


def test_without_a_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a user that the system does not know, files are kept in the clone; or not, if so told."""

    def unknown() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", unknown)
    assert pyodide.folder().is_relative_to(ROOT / ".cache")
    monkeypatch.setenv("NNBASICS_PYODIDE", "none")
    assert pyodide.main(["--try"], ()) == 0


def test_trying(monkeypatch: pytest.MonkeyPatch) -> None:
    """`make serve` and `make test` do without it, and do not ask again for some minutes."""
    asked: list[str] = []
    nothing = (source({}, asked),)
    assert [pyodide.main(["--try"], nothing) for _ in range(3)] == [0, 0, 0]
    assert len(asked) == 1
    long_ago = time.time() - pyodide.PAUSE - 1
    os.utime(pyodide.folder() / "failed", (long_ago, long_ago))
    pyodide.main(["--try"], nothing)
    assert len(asked) == 2
    monkeypatch.setenv("NNBASICS_PYODIDE", "required")
    assert pyodide.main(["--try"], nothing) == 1
    monkeypatch.setenv("NNBASICS_PYODIDE", "none")
    assert pyodide.main(["--try"], nothing) == 0
    assert len(asked) == 3


def test_the_pins() -> None:
    """Every file has its hash and its licence; NumPy is the one that its package index knows."""
    for file in pyodide.PINNED["files"]:
        assert len(file["sha256"]) == 64
        assert file["licence"]
        assert file["is"]
    assert any(name.endswith("wasm32.whl") for name in pyodide.NAMES)


def test_without_pyodide(plain_site: Path) -> None:
    """A build without it says so on each page with snippets, and promises nothing."""
    assert not (plain_site / live.FOLDER).exists()
    for path in [*sorted((DOCS / "lessons").glob("*.md")), DOCS / "index.md"]:
        place = path.relative_to(DOCS).with_suffix("")
        folder = plain_site / (place.parent if place.name == "index" else place)
        html = (folder / "index.html").read_text(encoding="utf-8")
        assert "live code is not part of this build" in html
        assert "if-live" not in html
        assert 'class="live"' not in html
        assert "page.js" not in html


@pages_with_snippets
def test_prompt_in_cpython(path: Path) -> None:
    """What runs snippets in the page prints in CPython what the page shows."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    for number, block in enumerate(pycon(path)):
        text: list[str] = []
        stop = prompt.run(code(block.text), f"<snippet {number}>", namespace, text.append)
        shown = "".join(text) + (stop.message if stop else "")
        assert shown.rstrip("\n") == printed(block), f"{path.name}:{block.line}"


def code(transcript: str) -> str:
    """Return the code of a snippet, as page.js reads it from the page."""
    lines = [line for line in dedent(transcript).splitlines() if line.startswith((">>>", "..."))]
    return "\n".join(line[4:].rstrip() for line in lines)


ERRORS = [
    ("1\n\n1 / 0", 3, "ZeroDivisionError: division by zero"),
    ("x = (1,\n", 1, "SyntaxError: '(' was never closed"),
    ("def f():\n  return [][0]\n\nf()", 2, "IndexError: list index out of range"),
    ("import gone.away", 1, f"ModuleNotFoundError: No module named 'gone'\n{prompt.HERE}"),
    ("raise KeyboardInterrupt", 1, "KeyboardInterrupt"),
    ("exec('1 +')", 1, "SyntaxError: invalid syntax"),
]


@pytest.mark.parametrize(("snippet", "line", "message"), ERRORS)
def test_prompt_errors(snippet: str, line: int, message: str) -> None:
    """An error comes back with the line of the snippet that led to it."""
    text: list[str] = []
    assert prompt.run(snippet, "<snippet>", {}, text.append) == (line, message)
    assert text == (["1", "\n"] if snippet[0] == "1" else [])
