"""What several test files need."""

import doctest
import functools
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from bs4 import BeautifulSoup
from numpy.typing import DTypeLike, NDArray
from playwright.sync_api import Page

from nnbasics import Dense, Network, ReLU, load_digits
from website import live
from website.proof import snippets

Array = NDArray[Any]
NewPage = Callable[..., Page]  # what the fixture new_page gives: opens a page of the site
# Scripts that run in a page: before its own, or when a test asks.
NO_STORAGE = """for (const name of ["localStorage", "caches"])
  Object.defineProperty(window, name, {get() { throw new Error("forbidden") }})"""
NOTE_VIOLATIONS = """window.violations = [];
addEventListener("securitypolicyviolation",
  ({violatedDirective, blockedURI}) => violations.push(violatedDirective + " " + blockedURI))"""
SHOW_FORETOLD = """() => document.querySelectorAll(".predict").forEach(
  box => { box.dataset.asked = "shown"; })"""


def need_pyodide() -> None:
    """Skip a test, with the reason, where Python for the browser could not be had, or fail it."""
    if not live.available():
        reason = "Python for the browser is not there: run  make pyodide"
        if os.environ.get("NNBASICS_PYODIDE") == "required":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


def new_rng(seed: int = 0) -> np.random.Generator:
    """Return a fresh random number generator."""
    return np.random.default_rng(seed)


def central_difference(function: Callable[[], float], numbers: Array, step: float = 1e-5) -> Array:
    """Measure how the function's value changes as each of the numbers grows a little."""
    gradient = np.empty_like(numbers)
    for place in np.ndindex(numbers.shape):
        before = numbers[place]
        numbers[place] = before + step
        above = function()
        numbers[place] = before - step
        below = function()
        numbers[place] = before
        gradient[place] = (above - below) / (2 * step)
    return gradient


def relative_error(got: Array, expected: Array) -> float:
    """Return the largest difference, as a part of the largest expected number."""
    assert got.shape == expected.shape
    return float(np.abs(got - expected).max() / np.abs(expected).max())


def digits_network(seed: int, dtype: DTypeLike = np.float64) -> Network:
    """Return the network that the lessons train on the digits."""
    rng = new_rng(seed)
    return Network(Dense(64, 32, rng=rng, dtype=dtype), ReLU(), Dense(32, 10, rng=rng, dtype=dtype))


def shuffled_digits(seed: int) -> tuple[Array, Array]:
    """Return the digits in a random order, ink from 0 to 1."""
    images, labels = load_digits()
    order = new_rng(seed).permutation(len(labels))
    return images[order] / 16, labels[order]


def wait_until(page: Page, condition: str, argument: Any = None, seconds: float = 30) -> None:
    """Wait until a JavaScript expression is true on a page.

    Playwright's own way has the page evaluate a text, which the page's policy forbids.
    """
    end = time.monotonic() + seconds
    while not page.evaluate(condition, argument):
        assert time.monotonic() < end, f"it never came true that {condition}"
        page.wait_for_timeout(20)


def wait_for_quiet(page: Page) -> None:
    """Wait until a page has loaded what it loads by itself.

    A browser without a window sometimes forgets to tell Playwright that its network is idle.
    """
    page.wait_for_load_state("load")
    page.wait_for_timeout(500)


@functools.cache
def parsed(file: Path) -> BeautifulSoup:
    """Return a page of the built site, read once for all tests: look at it, change nothing."""
    return BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")


AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
# Most of a page's time would go into its code: of the words in there that look alike, one is read,
# and the others are plain text meanwhile.
RUN_AXE = """async ([part, rules]) => {
  const looks = word => [word, word.closest(".hll, code")]
    .map(part => getComputedStyle(part))
    .map(style => [style.color, style.backgroundColor, style.fontSize, style.fontWeight])
    .join();
  const seen = new Set();
  const folded = [...document.querySelectorAll("details:not([open]) > :not(summary)")];
  const alike = [...document.querySelectorAll(".highlight code span:not(:has(*))")].filter(
    word => word.checkVisibility() && seen.size === seen.add(looks(word)).size);
  const plain = alike.map(word => document.createTextNode(word.textContent));
  alike.forEach((word, n) => word.replaceWith(plain[n]));
  const found = await axe.run(
    {include: [part || "html"], exclude: folded},
    {resultTypes: ["violations"], ...(rules.length && {runOnly: rules})},
  ).finally(() => plain.forEach((text, n) => text.replaceWith(alike[n])));
  return found.violations.flatMap(rule => rule.nodes.map(node =>
    `${rule.id}: ${rule.help}\n  at ${node.target.join(" ")}\n` +
    `  ${node.html.slice(0, 200)}\n  ${node.failureSummary}`));
}"""


def objections(page: Page, *rules: str, part: str = "") -> list[str]:
    """Return what axe objects to on a page, or by some of its rules alone, or in a part of it."""
    page.evaluate(AXE)
    return list(map(str, page.evaluate(RUN_AXE, [part, rules])))


def path_of(source: str) -> str:
    """Return the path on the site of a page's source."""
    return re.sub(r"\.(md|py)$", "", source).removesuffix("index") + "/" * (source != "index.md")


def pycon(path: Path) -> list[snippets.Block]:
    """Return the snippets of a page."""
    return [block for block in snippets.blocks(path) if block.language == "pycon"]


def undefined(code: str) -> list[str]:
    """Return what some code uses and has not made before, as ruff says it."""
    command = [sys.executable, "-m", "ruff", "check", "-", "--isolated", "--no-cache", "--quiet"]
    options = ["--select=F821", "--output-format=json"]
    ran = subprocess.run([*command, *options], input=code, capture_output=True, encoding="utf-8")
    return [found["message"] for found in json.loads(ran.stdout)]


def printed(block: snippets.Block) -> str:
    """Return what CPython prints for a snippet: the build has compared it."""
    examples = doctest.DocTestParser().get_examples(block.text)
    return "".join(example.exc_msg or example.want for example in examples).rstrip("\n")


pages_with_snippets = pytest.mark.parametrize(
    "path", [path for path in snippets.pages() if pycon(path)], ids=lambda path: path.stem
)
