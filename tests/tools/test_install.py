"""Packages are installed in place, and a failure leaves what works alone."""

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import metadata
from pathlib import Path

import pytest

from tools import install
from website.pages import ROOT

PROBE = "mkdocs"  # that there is one to go on with is what --if-possible looks for


def wheel(folder: Path, name: str, version: str, files: dict[str, str]) -> str:
    """Write a wheel, and return the line of a lock that pins it."""
    info = f"{name}-{version}.dist-info"
    files = files | {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{info}/RECORD"] = "".join(f"{file},,\n" for file in files)
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in files.items():
            archive.writestr(file, text)
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


class Clone:
    """A clone of the repository whose lock pins two small wheels."""

    def __init__(self, folder: Path) -> None:
        """Copy what `make serve` needs to begin, and write the wheels."""
        self.root = folder / "clone"
        self.wheels = folder / "wheels"
        self.wheels.mkdir()
        shutil.copytree(ROOT / "nnbasics", self.root / "nnbasics")
        shutil.copytree(ROOT / "tools", self.root / "tools")
        for name in ("pyproject.toml", "README.md", "LICENSE", "Makefile"):
            shutil.copy(ROOT / name, self.root / name)
        (self.root / "requirements").mkdir()
        (self.root / "requirements" / "pip.txt").touch()
        flit = metadata.distribution("flit-core")
        code = {
            str(file): file.read_text(encoding="utf-8")
            for file in flit.files or []
            if file.suffix == ".py" and ".dist-info" not in str(file)
        }
        self.flit = wheel(self.wheels, "flit_core", flit.version, code)
        self.pin("1.0", wheel(self.wheels, PROBE, "1.0", {f"{PROBE}.py": "version = '1.0'\n"}))

    def pin(self, version: str, line: str = "") -> None:
        """Pin a version of the probe, which is there or not."""
        line = line or f"{PROBE}=={version} --hash=sha256:{'0' * 64}\n"
        lock = self.root / "requirements" / "serve.txt"
        lock.write_text(self.flit + line, encoding="utf-8")

    def install(self, *options: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run the installer as make does, with the wheels for all of the network."""
        own = {key: value for key, value in os.environ.items() if not key.startswith("PIP_")}
        pip = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1", "PIP_NO_INDEX": "1"}
        return subprocess.run(
            [sys.executable, "tools/install.py", "serve", *options],
            cwd=self.root,
            env=own | pip | {"PIP_FIND_LINKS": str(self.wheels)} | settings,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def version(self) -> str:
        """Return the version of the probe that the clone's Python finds."""
        code = f"import {PROBE}, flit_core; print({PROBE}.version)"
        python = self.root / ".venv" / "bin" / "python"
        run = subprocess.run([python, "-c", code], capture_output=True, encoding="utf-8", cwd="/")
        return run.stdout.strip() or run.stderr


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """Return a clone in which everything is installed."""
    clone = Clone(tmp_path_factory.mktemp("made"))
    run = clone.install()
    assert run.returncode == 0, run.stderr + install.LOG.read_text(encoding="utf-8")
    assert clone.version() == "1.0"
    return clone


def closed_port() -> int:
    """Return a port at which nobody answers."""
    with socket.socket() as here:
        here.bind(("127.0.0.1", 0))
        return int(here.getsockname()[1])


def offline() -> dict[str, str]:
    """Return pip's settings on a computer that reaches no index."""
    return {
        "PIP_NO_INDEX": "0",
        "PIP_FIND_LINKS": "",
        "PIP_INDEX_URL": f"http://127.0.0.1:{closed_port()}/simple/",
    }


class BrokenOff(BaseHTTPRequestHandler):
    """An index whose every download stops after its first bytes."""

    def do_GET(self) -> None:
        """List one wheel, and send a part of it."""
        if self.path.endswith(".whl"):
            self.send_response(200)
            self.send_header("Content-Length", "100000")
            self.end_headers()
            self.wfile.write(b"PK" * 250)
            return
        page = f'<a href="/{PROBE}-4.0-py3-none-any.whl">{PROBE}</a>'.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_: object) -> None:
        """Keep the test's output free of requests."""


@contextmanager
def broken_off() -> Iterator[dict[str, str]]:
    """Serve such an index, and give pip's settings for it."""
    with HTTPServer(("127.0.0.1", 0), BrokenOff) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/simple/"
        yield {"PIP_NO_INDEX": "0", "PIP_FIND_LINKS": "", "PIP_INDEX_URL": address}
        server.shutdown()


pytestmark = pytest.mark.slow


def test_what_is_installed_needs_no_network(made: Clone) -> None:
    """Files that are newer but say the same change nothing: pip is not even asked."""
    for file in made.root.rglob("*.t*"):
        if ".venv" not in file.parts:
            file.touch()
    run = made.install(**offline())
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_without_network_the_packages_of_before_stay(made: Clone) -> None:
    """A lock that changed while offline: one sentence, and what was installed goes on working."""
    made.pin("3.0")
    run = made.install(**offline())
    assert run.returncode == 1
    assert run.stderr == (
        "The packages could not be installed: this computer cannot reach the package index. "
        "Run it again when it is online\n"
    )
    assert made.version() == "1.0"
    run = made.install("--if-possible", **offline())
    assert run.returncode == 0, "make serve goes on"
    assert run.stderr.endswith("Going on with the packages of before.\n")
    made.pin("1.0", wheel(made.wheels, PROBE, "1.0", {f"{PROBE}.py": "version = '1.0'\n"}))
    assert made.install().returncode == 0


def test_a_download_that_breaks_off(made: Clone) -> None:
    """The packages of before stay, and the reason is told."""
    made.pin("4.0")
    with broken_off() as settings:
        run = made.install(**settings)
    assert run.returncode == 1
    assert run.stderr.count("\n") == 1
    assert made.version() == "1.0"


def test_another_wheel_than_the_pinned_one_is_refused(made: Clone) -> None:
    """What has another hash is not installed."""
    wheel(made.wheels, PROBE, "5.0", {f"{PROBE}.py": "version = '5.0'\n"})
    made.pin("5.0")
    run = made.install()
    assert run.returncode == 1
    assert "HASH" in run.stderr.upper()
    assert made.version() == "1.0"


def test_a_new_lock_is_installed_in_place(made: Clone) -> None:
    """What differs is installed into the .venv that is there, and all else in it stays."""
    left = made.root / ".venv" / "left-by-hand"
    left.touch()
    made.pin("2.0", wheel(made.wheels, PROBE, "2.0", {f"{PROBE}.py": "version = '2.0'\n"}))
    assert made.install().returncode == 0
    assert made.version() == "2.0"
    assert left.exists()


def test_a_clone_that_was_moved_is_set_up_again(made: Clone, tmp_path: Path) -> None:
    """Its package is the one in its new place."""
    moved = Clone.__new__(Clone)
    moved.root, moved.wheels = tmp_path / "moved", made.wheels
    shutil.copytree(made.root, moved.root, symlinks=True)
    assert moved.install().returncode == 0
    python = moved.root / ".venv" / "bin" / "python"
    code = "from importlib.util import find_spec as find; print(find('nnbasics').origin)"
    run = subprocess.run([python, "-c", code], capture_output=True, encoding="utf-8", cwd="/")
    assert run.stdout.startswith(str(moved.root))


def test_a_venv_that_is_half_there_is_mended(made: Clone) -> None:
    """Without pip, as after a broken-off start or a new Python, the rest is made again in place."""
    for folder in (made.root / ".venv" / "lib").glob("python*/site-packages/pip"):
        shutil.rmtree(folder)
    run = made.install()
    assert run.returncode == 0, run.stderr
    assert made.version()[1:] == ".0"


def test_a_folder_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The true reason comes first, with a line that makes a copy to work in."""
    monkeypatch.setattr(install, "ROOT", tmp_path)
    monkeypatch.setattr(install, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(install, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
    assert install.main(["serve"]) == 1
    told = capsys.readouterr()
    assert told.err.startswith(f"You cannot write to {tmp_path}, where .venv belongs.")
    assert told.err.count("\n") == 1
    assert not list(tmp_path.iterdir())
