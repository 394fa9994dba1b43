"""What all tests share: fixtures of tests/built_site.py, a cache, a count of what was run."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest_plugins = ["built_site", "live_code"]

ROOT = Path(__file__).resolve().parent
SLOW = {"site", "plain_site", "browser"}  # fixtures: what needs one of them is marked as slow

# As website/__init__.py does, and here, too, before NumPy is there.
for library in ("OMP", "OPENBLAS"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")
# Tests build sites of one page, of faults and of nothing: what `make serve` keeps is not theirs.
os.environ.setdefault("NNBASICS_CACHE", str(ROOT / ".cache" / "tests"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the built site or a browser: `make check` leaves it out."""
    for item in items:
        if SLOW & set(getattr(item, "fixturenames", ())):
            item.add_marker("slow")


@pytest.fixture(autouse=True)
def _numpy_in_doctests(doctest_namespace: dict[str, object]) -> None:
    import numpy as np

    doctest_namespace["np"] = np


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Iterator[Counter[str]]:
    """Count things here, such as tally["diagrams"]: the closing lines tell the numbers."""
    counted: Counter[str] = Counter()
    yield counted
    # With the report, this gets from any process to the one that tells the numbers.
    request.node.user_properties.append(("tally", dict(counted)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much of the site was run, and which files took longest."""
    total: Counter[str] = Counter()
    seconds: dict[str, float] = defaultdict(float)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                seconds[report.location[0]] += report.duration
                if report.when == "teardown":
                    for name, counted in report.user_properties:
                        if name == "tally" and isinstance(counted, dict):
                            total.update(counted)
    if len(seconds) > 5:
        terminalreporter.section("slowest files")
        for file in sorted(seconds, key=seconds.__getitem__, reverse=True)[:5]:
            terminalreporter.line(f"{seconds[file]:6.1f} s  {file}")
    if total:
        terminalreporter.section("the site")
        terminalreporter.line(", ".join(f"{n} {what}" for what, n in total.items()))
