"""What runs on GitHub is what runs here, and its faults are found before it runs."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from website.pages import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TOOLS = Path(sys.executable).parent


def read(name: str) -> Any:
    """Return a workflow; YAML reads its `on` as true."""
    return yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8"))


def test_one_definition_of_what_must_hold() -> None:
    """Before a change lands and on GitHub, the same targets of make are run, in the same order."""
    here = re.findall(r"^make (\S+)$", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), re.M)
    steps = read("test.yml")["jobs"]["test"]["steps"]
    there = [step["run"].removeprefix("make ") for step in steps if "run" in step]
    assert {"check", "test", "test-engines"} <= set(here)
    assert here == there


def test_publishing_waits_for_every_python() -> None:
    """The site is built after the whole matrix of tests has passed, and not from its own."""
    publish, test = read("publish.yml"), read("test.yml")
    assert publish["jobs"]["test"]["uses"].endswith("/.github/workflows/test.yml")
    assert "workflow_call" in test[True]
    assert publish["jobs"]["build"]["needs"] == "test"
    assert publish["jobs"]["deploy"]["needs"] == publish["jobs"]["notebooks"]["needs"] == "build"
    oldest = re.search(r'requires-python = ">=(.+)"', (ROOT / "pyproject.toml").read_text("utf-8"))
    assert oldest
    assert oldest[1] in test["jobs"]["test"]["strategy"]["matrix"]["python"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_job_runs_for_hours(path: Path) -> None:
    """A job that hangs is stopped."""
    for name, job in read(path.name)["jobs"].items():
        assert "uses" in job or job["timeout-minutes"] <= 60, name


@pytest.mark.parametrize(
    ("tool", "right", "wrong", "finding"),
    [
        ("actionlint", "matrix.python", "matrix.pyhton", "pyhton"),
        ("actionlint", "runs-on:", "run-on:", "run-on"),
        ("zizmor", "actions/checkout@", "actions/checkout@v6 #", "unpinned-uses"),
        ("zizmor", "run: make check", "run: echo ${{ github.head_ref }}", "template-injection"),
    ],
)
def test_faults_of_workflows_are_found(
    tmp_path: Path, tool: str, right: str, wrong: str, finding: str
) -> None:
    """The checkers stop at a wrong name, an action that is not pinned, and text that is run."""
    text = (ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8")
    assert right in text
    path = tmp_path / ".github" / "workflows" / "test.yml"
    path.parent.mkdir(parents=True)
    options = ["--offline", "--no-progress"] if tool == "zizmor" else []
    for content, fails in ((text, False), (text.replace(right, wrong), True)):
        path.write_text(content, encoding="utf-8")
        run = subprocess.run(
            [TOOLS / tool, *options, path], capture_output=True, encoding="utf-8", check=False
        )
        assert bool(run.returncode) == fails, run.stdout + run.stderr
        assert (finding in run.stdout) == fails
