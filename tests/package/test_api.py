"""The public surface: what is there, that it is explained, and what it needs."""

import ast
import inspect
import sys
from pathlib import Path

import pytest

import nnbasics

PACKAGE = Path(nnbasics.__file__).parent
PUBLIC = [getattr(nnbasics, name) for name in nnbasics.__all__]


def test_all_is_complete() -> None:
    """__all__ holds every public name that is no module, sorted."""
    public = {
        name
        for name, value in vars(nnbasics).items()
        if not name.startswith("_") and not inspect.ismodule(value)
    }
    assert set(nnbasics.__all__) == public

    def constants_classes_functions(name: str) -> tuple[bool, bool, str]:
        return not name.isupper(), name[0].islower(), name

    assert nnbasics.__all__ == sorted(nnbasics.__all__, key=constants_classes_functions)


@pytest.mark.parametrize("public", PUBLIC, ids=nnbasics.__all__)
def test_docstrings(public: object) -> None:
    """Every public name and each of its public methods says what it is for."""
    methods = [
        value
        for name, value in vars(public).items()
        if not name.startswith("_") and inspect.isfunction(value)
    ]
    for explained in (public, *methods):
        first_line, *_ = (explained.__doc__ or "").splitlines() or [""]
        assert first_line.endswith((".", "?"))


@pytest.mark.parametrize("module", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.stem)
def test_imports(module: Path) -> None:
    """The package imports NumPy and the standard library, and nothing else."""
    imported = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute, so that a reader can follow them"
            imported.add(str(node.module).split(".")[0])
    assert imported <= {"numpy", "nnbasics", *sys.stdlib_module_names}


def test_typed() -> None:
    """Type checkers may trust the package's own types."""
    assert (PACKAGE / "py.typed").is_file()


def test_no_module_is_named_like_a_public_object() -> None:
    """`nnbasics.train` is the function, never a module."""
    assert not {path.stem for path in PACKAGE.glob("*.py")} & set(nnbasics.__all__)
