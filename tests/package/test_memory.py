"""Data that is larger than memory: only what is in a batch is read, and once in an epoch."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from helpers import new_rng

from nnbasics import SGD, Dense, Network, batches, mse, train

pytestmark = pytest.mark.slow  # each writes 200 MB, and starts a Python

ROWS, COLUMNS = 200_000, 256  # 205 MB of float32
LIMIT = 48 * 2**20  # what Python may ask for on top of what NumPy has when it is imported

# A mapped file that is only read is not counted by RLIMIT_DATA: what is copied from it is.
TRAIN = """
import resource, sys
import numpy as np
import nnbasics as nn

file, kind, limit = sys.argv[1], sys.argv[2], int(sys.argv[3])
inputs = np.memmap(file, {dtype}, "r", shape=({rows}, {columns}))
targets = np.zeros(({rows}, 1), np.float32)
rng = np.random.default_rng(0)
network = nn.Network(nn.Dense({columns}, 1, rng=rng, dtype=np.float32))
what = network, nn.mse, nn.SGD(learning_rate=1e-6)
kept = int(open("/proc/self/statm").read().split()[5]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_DATA, (kept + limit, -1))

if kind == "train":
    run = nn.train(*what, inputs, targets, epochs=1, batch_size=256, rng=rng)
elif kind == "function":
    run = nn.train(*what, lambda: nn.batches(inputs, targets, 256, rng=rng), epochs=1)
elif kind == "copy":
    run = nn.train(*what, inputs.copy(), targets, epochs=1, batch_size=256, rng=rng)
[epoch] = run
print("updates", len(epoch.batch_losses))
with open("/proc/self/status") as status:
    print(*(line for line in status if line.startswith(("VmData", "RssAnon"))))
"""

linux = pytest.mark.skipif(sys.platform != "linux", reason="the limit is counted by Linux alone")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return a file of zeros for each dtype: it has holes, so the disk hardly notices."""
    folder = tmp_path_factory.mktemp("large")
    made = {dtype: folder / dtype for dtype in ("float32", "uint8")}
    for dtype, path in made.items():
        with path.open("wb") as file:
            file.truncate(ROWS * COLUMNS * np.dtype(dtype).itemsize)
    return made


def train_under_limit(path: Path, kind: str) -> subprocess.CompletedProcess[str]:
    """Train on a file in a Python that may not ask for more memory than LIMIT."""
    code = TRAIN.format(dtype=repr(path.name), rows=ROWS, columns=COLUMNS)
    return subprocess.run(
        [sys.executable, "-c", code, str(path), kind, str(LIMIT)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@linux
@pytest.mark.parametrize("dtype", ["float32", "uint8"])
@pytest.mark.parametrize("kind", ["train", "function"])
def test_a_file_larger_than_the_limit(files: dict[str, Path], kind: str, dtype: str) -> None:
    """A file four times the limit, or whole numbers that would be as floats, trains within it."""
    done = train_under_limit(files[dtype], kind)
    assert done.returncode == 0, done.stderr
    assert re.search(rf"updates {-(-ROWS // 256)}\b", done.stdout)


@linux
def test_the_limit_bites(files: dict[str, Path]) -> None:
    """The same training on a copy of the file is stopped by the limit."""
    done = train_under_limit(files["float32"], "copy")
    assert done.returncode != 0
    assert "MemoryError" in done.stderr


def small_file(tmp_path: Path, name: str = "inputs") -> np.memmap:
    """Return a file of numbers, the last of which is missing."""
    numbers = np.memmap(tmp_path / name, np.float32, "w+", shape=(8, 2))
    numbers[:] = new_rng().normal(size=(8, 2))
    numbers[-1] = np.nan
    return numbers


@pytest.mark.parametrize("which", ["inputs", "targets"])
def test_a_file_is_read_batch_by_batch(tmp_path: Path, which: str) -> None:
    """Nothing is read beforehand: what is missing is found where it comes by, and is named."""
    file = small_file(tmp_path)
    pair = {"inputs": np.ones((8, 2)), "targets": np.ones((8, 1))}
    pair[which] = file if which == "inputs" else file[:, :1]
    network = Network(Dense(2, 1, rng=new_rng()))
    run = train(
        network,
        mse,
        SGD(learning_rate=0.1),
        pair["inputs"],
        pair["targets"],
        epochs=1,
        batch_size=1,
        rng=new_rng(),
    )
    place = list(new_rng().permutation(8)).index(7) + 1
    with pytest.raises(ValueError, match=rf"{which} must be finite.* in epoch 1, batch {place}:"):
        list(run)


def test_batches_of_a_file(tmp_path: Path) -> None:
    """A batch holds its own copy of the rows, in memory and no longer on the disk."""
    file = small_file(tmp_path)
    [batch, *_] = batches(file, file, 3)
    assert type(batch.inputs) is np.ndarray
    assert not np.shares_memory(batch.inputs, file)
    assert np.array_equal(batch.inputs, file[:3])
