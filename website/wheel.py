"""Build the package's wheel onto the site, so that pip can install it from there."""

import os
import tempfile
from pathlib import Path

from flit_core import buildapi

import nnbasics
from website.pages import ROOT

NAME = f"nnbasics-{nnbasics.__version__}-py3-none-any.whl"


def build(folder: Path) -> Path:
    """Build the wheel into a folder. The same sources give the same bytes."""
    with tempfile.TemporaryDirectory() as scratch:
        here = Path.cwd()
        os.chdir(ROOT)  # where flit looks for pyproject.toml
        # One date for all files, the first that a zip knows, or two clones would differ in it.
        os.environ.setdefault("SOURCE_DATE_EPOCH", "315532800")
        try:
            name: str = buildapi.build_wheel(scratch)
        finally:
            os.chdir(here)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((Path(scratch) / name).read_bytes())
    return folder / name
