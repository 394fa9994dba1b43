"""Time the runs of lesson 6's playground, and write website/figures/playground/seconds.json.

A time differs from run to run, and a site must come out the same when it is built twice. So it
is measured here, by hand, and kept in the repository with what it was measured on.
"""

import json
import os
import platform
import statistics
import time

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np

from website.figures.playground.numbers import BATCH_SIZES, LOSSES, SECONDS, train_digits

REPEATS = 5


def seconds(batch_size: int, loss: str) -> float:
    """Return the median time of a run; the learning rate makes no difference to it."""
    times = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        train_digits(batch_size, 0.1, loss)
        times.append(time.perf_counter() - begin)
    return float(f"{statistics.median(times):.2g}")


def main() -> None:
    """Measure every batch size with each loss."""
    times = {loss: {str(size): seconds(size, loss) for size in BATCH_SIZES} for loss in LOSSES}
    measured = {
        "on": f"one core, {platform.machine()}, Python {platform.python_version()}, "
        f"NumPy {np.__version__}; the median of {REPEATS} runs",
        "seconds": times,
    }
    SECONDS.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")
    print(SECONDS.read_text(encoding="utf-8"), end="")


if __name__ == "__main__":
    main()
