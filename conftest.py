"""What all tests share: the fixtures of tests/built_site.py, and a count of what was run."""

import os
from collections import Counter
from collections.abc import Iterator

import pytest

# As website/__init__.py does, and here, too, before NumPy is there.
for library in ("OMP", "OPENBLAS"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

pytest_plugins = ["built_site"]


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
    """Say how much of the site was run."""
    total: Counter[str] = Counter()
    for report in terminalreporter.getreports(""):
        if report.when == "teardown":
            for name, counted in report.user_properties:
                if name == "tally":
                    total.update(counted)
    if total:
        terminalreporter.section("the site")
        terminalreporter.line(", ".join(f"{n} {what}" for what, n in total.items()))
