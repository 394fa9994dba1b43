"""What is pinned: with hashes, without addresses, and once."""

import re
import tomllib

import pytest

from website.pages import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PINNED = re.compile(r"^([a-z0-9._-]+)==(\S+)(?: ; (.+?))?(?= \\$)", re.M)


def names(groups: list[str]) -> set[str]:
    """Return the packages that some locks pin."""
    return {
        match[1]
        for group in groups
        for match in PINNED.finditer(
            (ROOT / "requirements" / f"{group}.txt").read_text(encoding="utf-8")
        )
    }


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_every_package_has_hashes_and_none_an_address(lock: str) -> None:
    """A lock takes packages from wherever pip is told to, and only the right ones."""
    lines = [
        line
        for line in (ROOT / "requirements" / lock).read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    assert "://" not in "\n".join(lines)
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if "==" in line:
            assert PINNED.match(line), line
            assert following.startswith("    --hash=sha256:"), line


def test_a_package_has_one_version_in_all_locks() -> None:
    """Whichever groups are installed, and in whichever order, the same versions stand."""
    seen: dict[tuple[str, str], set[str]] = {}
    for lock in LOCKS:
        for match in PINNED.finditer(lock.read_text(encoding="utf-8")):
            seen.setdefault((match[1], match[3] or ""), set()).add(match[2])
    assert len(seen) > 100
    assert not {key: versions for key, versions in seen.items() if len(versions) > 1}


def test_what_the_groups_name_is_pinned() -> None:
    """A package that was added to a group was locked as well; the tests' tools do not serve."""
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for group, wanted in groups["dependency-groups"].items():
        pinned = names([group, *({"test"} & {group} and {"serve"})])
        assert {re.split(r"[^a-z0-9._-]", name)[0] for name in wanted} <= pinned
    assert not {"playwright", "pytest", "mypy", "scikit-learn", "scipy"} & names(["serve"])


def test_what_serves_builds_the_same_pages() -> None:
    """The reference breaks long signatures with ruff, and without it only says so in the log."""
    assert "ruff" in names(["serve"])
