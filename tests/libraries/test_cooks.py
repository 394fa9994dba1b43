"""Several cooks train as one does, and whatever goes wrong ends with a sentence.

Real processes are started by torchrun, where PyTorch is installed. Elsewhere these tests are
skipped. Seconds are not judged here, but whatever hangs is ended: unless told, it waits 30 minutes.
"""

import json
import sys
from pathlib import Path
from typing import Any

import prose
import pytest
from other_libraries import installed, need

from benchmarks import cooks
from website.figures import cooks as shown
from website.figures import frameworks
from website.pages import DOCS

RECORD: Any = frameworks.read("cooks.json")
OURS = frameworks.read("frameworks.json")["losses"]["nnbasics"]

# A mapped file that is only read is not counted by RLIMIT_DATA: what is copied from it is.
LIMITED = """
import resource
import nnbasics
kept = int(open("/proc/self/statm").read().split()[5]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_DATA, (kept + 64 * 10**6, -1))
"""


@pytest.fixture(scope="module", autouse=True)
def read_once() -> None:
    """Have PyTorch read from the disk: after an installation that can take longer than a wait."""
    if "PyTorch" in installed():
        cooks.run([cooks.PYTHON, "-c", "import torch.distributed.run"], {}, patience=300)


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 2, 4])
def test_the_same_losses(number: int) -> None:
    """One cook, two and four end well, with nnbasics' losses in all epochs."""
    need("PyTorch")
    found = cooks.losses(cooks.torchrun(cooks.PROGRAMS / cooks.PROGRAM, cooks=number))
    assert len(found) == 20
    assert frameworks.off(found, OURS) < 1e-12


@pytest.mark.slow
def test_two_machines_meet() -> None:
    """The line for many machines: two torchruns that meet give the losses of one cook."""
    need("PyTorch")
    first, second = cooks.two_machines()
    assert second.status == 0, second.errors
    found = cooks.losses(first) or cooks.losses(second)  # who is cook 0 is not said beforehand
    assert len(found) == 20
    assert frameworks.off(found, OURS) < 1e-12


@pytest.mark.slow
@pytest.mark.parametrize("name", cooks.FAULTS)
def test_a_fault_ends_with_a_sentence(name: str, tmp_path: Path) -> None:
    """Whatever goes wrong, all cooks end, the status tells, and what it was is said."""
    need("PyTorch")
    ended = cooks.suffer(name, tmp_path)
    assert ended.status != 0
    assert cooks.FAULTS[name].words in ended.said + ended.errors


@pytest.mark.slow
def test_one_who_waits_for_others_in_vain_says_so() -> None:
    """Started by hand, a cook whose mate does not come gives up with a sentence."""
    need("PyTorch")
    ended = cooks.alone()
    assert ended.status == 1
    assert ended.errors.splitlines()[-1].startswith("The cooks did not meet: ")


@pytest.mark.slow
@pytest.mark.parametrize("run", range(3))
def test_a_clean_end(run: int) -> None:  # noqa: ARG001
    """Its work done, no cook crashes on its way out; `make record-cooks PARTS=ends` tries more."""
    need("PyTorch")
    ended = cooks.torchrun(cooks.PROGRAMS / cooks.PROGRAM)
    assert ended.status == 0, ended.errors


@pytest.mark.slow
@pytest.mark.parametrize("number", ["1", "2"])
def test_what_changes_is_as_recorded(number: str) -> None:
    """Batch, order, shares and statistics come out as the page shows them."""
    need("PyTorch")
    path = cooks.PROGRAMS / "cooks_changes.py"
    found = json.loads(cooks.torchrun(path, cooks=int(number)).said)
    wanted: Any = RECORD["changes"][number]
    assert found == {
        name: value if isinstance(value, bool) else pytest.approx(value, rel=1e-9)
        for name, value in wanted.items()
    }


def test_what_changes() -> None:
    """As the page says of each: equal, or not, and in which direction."""
    one, two = RECORD["changes"]["1"], RECORD["changes"]["2"]
    for name, mate in [("right", "right"), ("batch_32", "batch_32"), ("batch_64", "batch_64")]:
        assert frameworks.off(two[name], one[mate]) < 1e-12
    assert frameworks.off(two["right"], OURS) < 1e-12
    assert frameworks.off(two["uneven_weighed"], two["right"]) < 1e-12
    assert frameworks.off(two["batch_32_each"], one["batch_64"]) < 1e-12
    assert frameworks.off(two["uneven"], two["right"]) > 1e-4
    assert frameworks.off(two["batch_norm"], one["batch_norm"]) > 1e-2
    assert two["batch_32_each"][-1] > 1.3 * two["batch_32"][-1]
    assert two["same_order"]
    assert not two["same_order_after_set_epoch"]
    assert two["of_1281_twice"] == two["of_1281_dropped"] == 1


def test_the_record_is_good() -> None:
    """The losses are equal, and each fault was over within half a minute, but for a frozen cook."""
    assert shown.equal_data()["off"] < 1e-12
    assert shown.equal_data()["off_nnbasics"] < 1e-12
    assert RECORD["ends"] == {"runs": 50, "clean": 50}
    assert [*shown.faults_data()] == [*cooks.FAULTS, "alone"]
    for name, (status, seconds) in RECORD["faults"].items():
        assert status != 0
        assert seconds < (60 if name == "frozen" else 30), name
    versions = frameworks.read("frameworks.json")["versions"]
    assert RECORD["versions"] == versions  # which are compared with the lock


def test_what_the_table_quotes_is_what_is_said() -> None:
    """The words of each fault on the page are those that the tests look for."""
    for name, fault in cooks.FAULTS.items():
        quoted = shown.FAULTS[name][1]
        assert fault.words.split()[0].lower() in quoted.lower() or name == "error"
    program = (DOCS / "frameworks" / cooks.PROGRAM).read_text(encoding="utf-8")
    assert "The cooks did not meet" in program
    assert f"seconds={shown.WAITS}" in program


def test_the_calculation_is_near_what_was_measured() -> None:
    """Of each network, two cooks took no less than 0.9 and no more than 1.5 times as calculated."""
    talk = shown.talk_data()
    assert all(-0.1 < above < 0.5 for above in talk["above"])
    assert talk["faster"][0] < 1 < talk["faster"][-1]
    assert all(one[0] == 1 for one in talk["calculated_faster"])


def test_the_calculation_by_hand() -> None:
    """With no talk two cooks halve what can be shared; each message more costs its wait."""
    network = {"one": 10.0, "half": 6.0, "weights": 100}
    assert shown.took(network, 1, 1, 1) == 10
    assert shown.took(network, 2, 0, 0) == 6  # 2 that nobody shares, and half of 8
    assert shown.took(network, 4, 0, 0) == 4
    assert shown.took(network, 2, 1, 0.01) == 6 + 1 + 1
    assert shown.took(network, 4, 1, 0.01) == 4 + 3 + 1.5


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the limit is counted by Linux alone")
def test_a_file_that_does_not_fit(tmp_path: Path) -> None:
    """Allowed 64 MB, the program trains on its 205 MB; loaded as a whole they are refused."""
    mapped = cooks.memory(tmp_path, sys.executable, first=LIMITED)
    assert mapped.status == 0, mapped.errors
    found = cooks.taken(mapped)
    assert found["file"] == 200_000 * 256 * 4
    assert found["memory"] < 10e6
    loaded = cooks.memory(tmp_path, sys.executable, cooks.LOADED, LIMITED)
    assert loaded.status != 0
    assert "MemoryError" in loaded.errors


@pytest.mark.slow
def test_a_file_trains_as_an_array(tmp_path: Path) -> None:
    """From the file comes the very loss that comes from the memory, and as recorded."""
    ways = {"mapped": cooks.MAPPED, "loaded": cooks.LOADED}
    found = {way: cooks.taken(cooks.memory(tmp_path, sys.executable, ways[way])) for way in ways}
    assert found["mapped"]["loss"] == found["loaded"]["loss"]
    assert found["loaded"]["memory"] > 205e6 > 20 * found["mapped"]["memory"]
    for way, recorded in RECORD["memory"].items():
        assert found[way]["loss"] == pytest.approx(recorded["loss"], rel=1e-4)  # float32
        assert found[way]["memory"] == pytest.approx(recorded["memory"], rel=0.2)


def test_the_page_is_easy_to_read() -> None:
    """The page is for those who have read the lessons: its Flesch-Kincaid grade is 7 or lower."""
    text = (DOCS / "more-than-one-cook.md").read_text("utf-8").split("---\n", 2)[2]
    assert prose.grade(text) <= 7
