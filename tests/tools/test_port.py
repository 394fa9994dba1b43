"""A port that will not do is told from one that is in use."""

import os
import re
import shutil
import socket
import subprocess

import pytest

from tools import port
from website.pages import ROOT


def test_a_free_port_will_do() -> None:
    """Nothing is said."""
    with socket.socket() as here:
        here.bind(("127.0.0.1", 0))
        free = here.getsockname()[1]
    assert port.trouble(str(free)) == ""


def test_a_port_in_use() -> None:
    """The next one is offered."""
    with socket.socket() as here:
        here.bind(("127.0.0.1", 0))
        here.listen()
        taken = here.getsockname()[1]
        assert port.trouble(str(taken)).startswith(f"Port {taken} is in use")
        assert port.trouble(str(taken)).endswith(f"make serve PORT={taken + 1}")


@pytest.mark.parametrize("name", ["abc", "99999", "0", "-1", "", "80 80", "٣٣٣٣", "8000; ls"])
def test_what_is_no_port(name: str) -> None:
    """It is called no port, and the line to type names one."""
    told = port.trouble(name)
    assert "is no port" in told
    offered = re.search(r"make serve PORT=(\d+)$", told)
    assert offered
    assert "is no port" not in port.trouble(offered[1])


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
@pytest.mark.parametrize("name", ["abc", "99999"])
def test_make_serve_says_so(name: str) -> None:
    """`make serve PORT=abc` says so before it does anything else."""
    own = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    run = subprocess.run(
        ["make", "serve", f"PORT={name}"],
        cwd=ROOT,
        env=own,  # without what a make that runs the tests says to others
        capture_output=True,
        encoding="utf-8",
    )
    assert run.returncode
    assert run.stderr.startswith(f"{name} is no port")
    assert run.stdout == ""
