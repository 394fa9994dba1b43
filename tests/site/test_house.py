"""Each module of the site has its place, and the data flows one way."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import website
from website.pages import ROOT

HERE = ROOT / "website"
ROOMS = re.findall(r"`(\w+)`:", website.__doc__ or "")
MODULES = sorted(path for path in HERE.rglob("*.py") if not path.name.startswith("test_"))


def room(path: Path) -> str:
    """Return the module or folder right under website/ that a file belongs to."""
    return path.relative_to(HERE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    """Yield the rooms of the site that a module imports, inside of functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "website":
            names = [f"website.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            continue
        yield from (name.split(".")[1] for name in names if name.startswith("website."))


def test_every_room_is_listed() -> None:
    """The list in website/__init__ names each module and folder once."""
    rooms = {room(path) for path in MODULES} - {"__init__"}
    assert sorted(ROOMS) == sorted(rooms)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(HERE).as_posix())
def test_data_flow_one_way(path: Path) -> None:
    """A module imports only rooms that stand above its own in that list, or its own."""
    if path.parent == HERE and path.name == "__init__.py":
        return
    allowed = ROOMS[: ROOMS.index(room(path)) + 1]
    assert set(imported(path)) <= set(allowed)


def test_the_package_knows_nothing_of_the_site() -> None:
    """No module of nnbasics imports the site, and no page is imported by Python."""
    for path in (ROOT / "nnbasics").rglob("*.py"):
        assert list(imported(path)) == []
    assert not [path for path in MODULES if re.search(r"\bimport docs\b", path.read_text("utf-8"))]
