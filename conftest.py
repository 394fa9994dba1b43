"""What the tests share: NumPy for the doctests, and a count of what was run."""

from collections import Counter

import numpy as np
import pytest

COUNTED = pytest.StashKey[Counter[str]]()


@pytest.fixture(autouse=True)
def _numpy_in_doctests(doctest_namespace: dict[str, object]) -> None:
    doctest_namespace["np"] = np


@pytest.fixture(scope="session")
def tally(pytestconfig: pytest.Config) -> Counter[str]:
    """Count things here, such as tally["diagrams"]: the closing lines tell the numbers."""
    return pytestconfig.stash.setdefault(COUNTED, Counter())


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say how much of the site was run."""
    counted = config.stash.get(COUNTED, None)
    if counted:
        terminalreporter.section("the site")
        terminalreporter.line(", ".join(f"{n} {what}" for what, n in counted.items()))
