"""What is installed in .venv-frameworks, the environment of the other libraries."""

import functools
import os
from typing import Any

import pytest

from benchmarks import record
from website.pages import ROOT

PYTHON = ROOT / ".venv-frameworks" / "bin" / "python"


@functools.cache
def installed() -> dict[str, str]:
    """Return the versions of what is installed there."""
    found: Any = record.found_by(python=str(PYTHON)) if PYTHON.exists() else {"versions": {}}
    versions: dict[str, str] = found["versions"]
    return versions


def need(*libraries: str) -> None:
    """Skip a test where what it needs is not installed, or fail if everything has to be."""
    missing = [one for one in libraries if one not in installed()]
    if missing:
        told = pytest.fail if os.environ.get("NNBASICS_FRAMEWORKS") == "required" else pytest.skip
        told(f"{' and '.join(missing)} not installed: make packages-frameworks gets all")
