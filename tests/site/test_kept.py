"""Results are kept for as long as what made them stays the same, and no longer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from website.proof import kept

RUNS: list[int] = []


def one_number() -> float:
    """Count how often this is run."""
    RUNS.append(1)
    return 1.5


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a project of its own, with a package and a figure module."""
    monkeypatch.setattr(kept, "ROOT", tmp_path)
    monkeypatch.setattr(kept, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(kept, "forget", lambda: None)
    for source in kept.SOURCES:
        (tmp_path / source).mkdir(parents=True)
        (tmp_path / source / "code.py").write_text("x = 1\n", encoding="utf-8")
    kept.key.cache_clear()
    RUNS.clear()
    yield tmp_path
    kept.key.cache_clear()


def test_a_result_is_kept(project: Path) -> None:
    """The second time, nothing is run."""
    assert project.exists()
    assert kept.result(one_number) == kept.result(one_number) == 1.5
    assert len(RUNS) == 1


@pytest.mark.parametrize("source", kept.SOURCES)
@pytest.mark.parametrize("change", ["edit", "add", "remove"])
def test_a_changed_source_runs_again(project: Path, source: str, change: str) -> None:
    """After a change of the package, its data or a figure module, nothing old is shown."""
    kept.result(one_number)
    if change == "edit":
        (project / source / "code.py").write_text("x = 2\n", encoding="utf-8")
    elif change == "add":
        (project / source / "data.csv").write_text("1\n", encoding="utf-8")
    else:
        (project / source / "code.py").unlink()
    kept.refresh()
    kept.result(one_number)
    assert len(RUNS) == 2


def test_files_that_do_not_belong_are_passed_over(project: Path) -> None:
    """What a computer leaves in every folder does not stop the build."""
    kept.of(one_number)
    (project / "kept" / ".DS_Store").touch()
    (project / "nnbasics" / "code.py").write_text("x = 2\n", encoding="utf-8")
    kept.refresh()
    assert [path.name for path in (project / "kept").iterdir()] == [".DS_Store"]


def test_old_results_are_thrown_away(project: Path) -> None:
    """What was kept for sources that are gone does not pile up."""
    kept.result(one_number)
    (project / "nnbasics" / "code.py").write_text("x = 2\n", encoding="utf-8")
    kept.refresh()
    kept.result(one_number)
    assert len(list((project / "kept").iterdir())) == 1
