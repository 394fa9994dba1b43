"""`make serve` shows what changed, wherever it was."""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tools import port
from website.pages import ROOT

pytestmark = pytest.mark.slow
PATIENCE = 300  # seconds: on a busy computer a build may take long


class Served:
    """A copy of the repository, served with live reload."""

    def __init__(self, folder: Path) -> None:
        """Copy it, and begin to serve it."""
        self.root = folder / "clone"
        for name in ("docs", "nnbasics", "website"):
            shutil.copytree(ROOT / name, self.root / name)
        for name in ("mkdocs.yml", "pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(ROOT / name, self.root / name)
        free = next(str(number) for number in range(8100, 9000) if not port.trouble(str(number)))
        self.address = f"http://127.0.0.1:{free}/"
        self.log = folder / "log"
        with self.log.open("w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{free}"],
                cwd=self.root,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def shows(self, path: str, text: str) -> None:
        """Wait until a page of the site holds a text."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            try:
                with urlopen(self.address + path, timeout=PATIENCE) as answer:
                    if text in answer.read().decode():
                        return
            except OSError:
                pass  # it begins, or begins again
            time.sleep(0.2)
        pytest.fail(f"{text} is not shown:\n{self.log.read_text(encoding='utf-8')[-3000:]}")

    def change(self, file: Path, old: str, new: str) -> None:
        """Write something else into a file."""
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve a copy of the repository that a test may change."""
    served = Served(tmp_path_factory.mktemp("served"))
    try:
        served.shows("", "</html>")
        yield served
    finally:
        served.process.terminate()
        served.process.wait()


@pytest.mark.parametrize(
    ("pattern", "old", "new", "shown_on"),
    [
        ("docs/index.md", "\n# ", "\n# Zebra: ", ""),
        ("website/**/main.html", "{% block extrahead %}", "{% block extrahead %}<!--zebu-->", ""),
        ("website/**/bike.svg", "<path ", '<path data-zorro="" ', "lessons/7-recap/"),
    ],
    ids=["text", "template", "drawing"],
)
def test_a_change_is_shown(served: Served, pattern: str, old: str, new: str, shown_on: str) -> None:
    """The page that somebody looks at is built again."""
    (file,) = served.root.glob(pattern)
    served.change(file, old, new)
    (mark,) = re.findall(r"[Zz]\w+", new)
    served.shows(shown_on, mark)


def test_code_is_shown_and_a_slip_in_it_stops_nothing(served: Served) -> None:
    """After a slip in the site's own code the server waits, and shows what mends it."""
    lessons = served.root / "website" / "blocks" / "lessons.py"
    served.change(lessons, "def put_in(", "def put_in((")
    end = time.monotonic() + PATIENCE
    while "cannot be imported" not in served.log.read_text(encoding="utf-8"):
        assert time.monotonic() < end
        time.sleep(0.2)
    served.change(lessons, "def put_in((", "def put_in(")
    served.change(lessons, "Together: {total", "Zigzags: {total")
    served.shows("", "Zigzags")
