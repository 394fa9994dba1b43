"""Get a browser for the browser tests, unless there is one. Never fails: the tests report it."""

import os
import shutil
import subprocess
import sys

# The first has no window to draw: pages open in half the time.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)


def installed() -> str | None:
    """Return the path of an installed Chromium or Chrome."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def downloaded() -> bool:
    """Tell whether Playwright has a Chromium of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return os.path.exists(playwright.chromium.executable_path)


def get() -> None:
    """Install Chromium the way that this computer allows."""
    commands = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get") and os.geteuid() == 0:
        commands = [
            ["apt-get", "update"],
            ["apt-get", "install", "--yes", NAMES[0]],  # with the fonts that it recommends
        ]
    print("Getting Chromium for the browser tests ...")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in commands:
        run = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8")
        if run.returncode:
            print(f"No browser: {' '.join(command)} failed. The browser tests will be skipped.")
            return


if __name__ == "__main__" and not installed() and not downloaded():
    get()
