"""Get Firefox and WebKit, unless they are there. Never fails: the tests report it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

# The programs that an engine needs, and the packages of Debian that they are in.
PROGRAMS = {
    "firefox": {"firefox-esr": "firefox-esr"},
    "webkit": {"WebKitWebDriver": "webkit2gtk-driver", "Xvfb": "xvfb"},
}


def installed(engine: str) -> bool:
    """Tell whether Debian's programs for an engine are installed."""
    return all(map(shutil.which, PROGRAMS[engine]))


def downloaded(engine: str, playwright: Playwright) -> bool:
    """Tell whether Playwright has a build of an engine of its own."""
    return Path(getattr(playwright, engine).executable_path).exists()


def from_debian(engines: list[str]) -> list[str]:
    """Return the command that installs engines on Debian."""
    packages = [package for engine in engines for package in PROGRAMS[engine].values()]
    return ["apt-get", "install", "--yes", "--no-install-recommends", *packages]


def get(engines: list[str]) -> None:
    """Install engines the way that this computer allows."""
    commands = [[sys.executable, "-m", "playwright", "install", *engines]]
    if shutil.which("apt-get") and os.geteuid() == 0:
        commands = [["apt-get", "update"], from_debian(engines)]
    print(f"Getting {' and '.join(engines)} for the tests of the engines ...")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in commands:
        run = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8")
        if run.returncode:
            print(f"{' '.join(command)} failed. The tests of what is missing will be skipped.")
            return


def missing() -> list[str]:
    """Return the engines that are neither installed nor downloaded."""
    with sync_playwright() as playwright:
        return [
            engine
            for engine in PROGRAMS
            if not installed(engine) and not downloaded(engine, playwright)
        ]


if __name__ == "__main__" and (engines := missing()):
    get(engines)
