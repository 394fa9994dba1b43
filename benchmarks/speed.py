"""Time nnbasics against PyTorch, scikit-learn and the bare matrix products.

All train the same network on the same data: one hidden layer, ReLU, softmax cross-entropy,
plain SGD, float32, one thread. They take turns, so that a busy moment of the machine hits
them all, and each is compared with nnbasics in the same turn. `--quick` is shorter, rougher.
"""

import argparse
import importlib
import math
import os
import platform
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any, NamedTuple

# One thread. This is read once, while NumPy is imported; VECLIB is the Mac's.
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["MKL_NUM_THREADS"] = os.environ["VECLIB_MAXIMUM_THREADS"] = "1"

import numpy as np
from numpy.typing import NDArray

import nnbasics as nn

SIZES = [((64, 32, 10), 32), ((256, 128, 10), 64), ((784, 256, 10), 128), ((784, 1024, 10), 256)]
N_EXAMPLES = 5120  # every batch size divides it
LEARNING_RATE = 0.05


class Task(NamedTuple):
    """What all of them have to learn, and how."""

    inputs: NDArray[np.float32]
    labels: NDArray[np.int64]
    sizes: tuple[int, int, int]
    batch_size: int


Train = Callable[[int], list[float]]  # trains for some epochs more, returns losses on the way


def prepare_nnbasics(task: Task) -> Train:
    """Prepare `nnbasics.train`, all its checks included."""
    rng = np.random.default_rng(0)
    n_inputs, n_hidden, n_classes = task.sizes
    first = nn.Dense(n_inputs, n_hidden, rng=rng, dtype=np.float32)
    last = nn.Dense(n_hidden, n_classes, rng=rng, dtype=np.float32)
    network, optimizer = nn.Network(first, nn.ReLU(), last), nn.SGD(learning_rate=LEARNING_RATE)
    what = network, nn.softmax_cross_entropy, optimizer, task.inputs, task.labels
    how: dict[str, Any] = {"batch_size": task.batch_size, "rng": rng}
    return lambda epochs: [epoch.loss for epoch in nn.train(*what, epochs=epochs, **how)]


def prepare_torch(task: Task) -> Train:
    """Prepare PyTorch's eager mode, in the words of its tutorials."""
    torch = importlib.import_module("torch")
    torch.set_num_threads(1)
    n_inputs, n_hidden, n_classes = task.sizes
    first, last = torch.nn.Linear(n_inputs, n_hidden), torch.nn.Linear(n_hidden, n_classes)
    model, loss_fn = torch.nn.Sequential(first, torch.nn.ReLU(), last), torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=LEARNING_RATE)
    inputs, labels = torch.from_numpy(task.inputs), torch.from_numpy(task.labels)

    def train(epochs: int) -> list[float]:
        losses = []
        for _ in range(epochs):
            # A DataLoader would fetch the examples one by one, and that would only add to
            # PyTorch's time. So would reading each loss: the last of an epoch will do.
            for index in torch.randperm(len(inputs)).split(task.batch_size):
                pred = model(inputs[index])
                loss = loss_fn(pred, labels[index])
                loss.backward()
                optimizer.step()
                optimizer.zero_grad()
            losses.append(loss.item())
        return losses

    return train


def prepare_sklearn(task: Task) -> Train:
    """Prepare scikit-learn's `MLPClassifier.fit`, told never to stop early."""
    sgd = {"solver": "sgd", "momentum": 0, "nesterovs_momentum": False, "alpha": 0}
    rate = {"learning_rate": "constant", "learning_rate_init": LEARNING_RATE}
    no_stop = {"n_iter_no_change": 10**9, "tol": 0, "warm_start": True}  # fit goes on training
    model = importlib.import_module("sklearn.neural_network").MLPClassifier(
        task.sizes[1:2], **sgd, **rate, **no_stop, batch_size=task.batch_size, shuffle=True
    )
    # max_iter epochs and no more are wanted, so its ConvergenceWarning tells nothing new.
    warnings.filterwarnings("ignore", message="Stochastic Optimizer: Maximum iterations")
    return lambda epochs: [model.set_params(max_iter=epochs).fit(task.inputs, task.labels).loss_]


def prepare_products(task: Task) -> Train:
    """Prepare the five matrix products of each update, into arrays that are ready, no more."""
    rng, (n_inputs, n_hidden, n_classes) = np.random.default_rng(0), task.sizes
    weights_1 = rng.normal(size=(n_inputs, n_hidden)).astype(np.float32)
    weights_2 = rng.normal(size=(n_hidden, n_classes)).astype(np.float32)
    gradient_1, gradient_2 = np.empty_like(weights_1), np.empty_like(weights_2)
    hidden, hidden_gradient = np.empty((2, task.batch_size, n_hidden), np.float32)
    outputs = np.empty((task.batch_size, n_classes), np.float32)
    batches = np.split(task.inputs, N_EXAMPLES // task.batch_size)

    def train(epochs: int) -> list[float]:
        for inputs in epochs * batches:
            np.matmul(inputs, weights_1, out=hidden)
            np.matmul(hidden, weights_2, out=outputs)
            np.matmul(hidden.T, outputs, out=gradient_2)
            np.matmul(outputs, weights_2.T, out=hidden_gradient)
            np.matmul(inputs.T, hidden_gradient, out=gradient_1)
        return []

    return train


def make_task(sizes: tuple[int, int, int], batch_size: int) -> Task:
    """Draw random inputs, with labels that can be learned: which of some sums is the largest."""
    rng = np.random.default_rng(0)
    inputs = rng.normal(size=(N_EXAMPLES, sizes[0])).astype(np.float32)
    labels = (inputs @ rng.normal(size=(sizes[0], sizes[2]))).argmax(axis=1)
    return Task(inputs, labels, sizes, batch_size)


def measure(task: Task, seconds: float, repeats: int) -> dict[str, NDArray[np.float64]]:
    """Return the microseconds per update of each contender, one number for each repeat."""
    trains = {name: prepare(task) for name, (_, prepare) in CONTENDERS.items() if version(name)}
    losses = {name: train(1) for name, train in trains.items()}  # this warms up, too
    start = time.perf_counter()
    trains["nnbasics"](2)
    epochs = max(2, round(2 * seconds / (time.perf_counter() - start)))
    times: dict[str, list[float]] = {name: [] for name in trains}
    for _ in range(repeats):
        for name, train in trains.items():
            start = time.perf_counter()
            losses[name] += train(epochs)
            times[name].append(time.perf_counter() - start)
        print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    for name, curve in losses.items():
        if curve and not (all(map(math.isfinite, curve)) and curve[-1] < curve[0]):
            raise RuntimeError(f"{name} did not learn, its losses were {curve}")
    n_updates = epochs * N_EXAMPLES // task.batch_size
    return {name: np.array(times[name]) / n_updates * 1e6 for name in times}


def version(name: str) -> str | None:
    """Return the version of what a contender needs, or None where that is not installed."""
    try:
        return str(importlib.import_module(CONTENDERS[name][0]).__version__)
    except ImportError:
        return None


def spread(values: NDArray[np.float64], decimals: int = 2) -> str:
    """Write the median, and in brackets the range that holds the middle half of the values."""
    low, median, high = statistics.quantiles(values.tolist(), method="inclusive")
    return f"{median:.{decimals}f} ({low:.{decimals}f}-{high:.{decimals}f})"


CONTENDERS = {  # what to import, and how to begin
    "nnbasics": ("nnbasics", prepare_nnbasics),
    "PyTorch": ("torch", prepare_torch),
    "scikit-learn": ("sklearn", prepare_sklearn),
    "NumPy's products": ("numpy", prepare_products),
}
INSTALL = {"PyTorch": "make packages-torch", "scikit-learn": "make bench"}


def main() -> None:
    """Measure every size, and print the table."""
    parser = argparse.ArgumentParser(description="Time nnbasics against others.")
    parser.add_argument("--quick", action="store_true", help="a shorter, rougher run")
    seconds, repeats = (0.1, 3) if parser.parse_args().quick else (0.4, 9)

    blas: Any = np.show_config(mode="dicts")
    blas = blas["Build Dependencies"]["blas"]
    print(f"Python {platform.python_version()} on {platform.platform()}, one thread, float32")
    print(f"NumPy {np.__version__} with {blas['name']} {blas['version']}")
    for name in ("nnbasics", "PyTorch", "scikit-learn"):
        missing = f"skipped: {name} is not installed ({INSTALL.get(name)} gets it)"
        print(f"{name} {version(name)}" if version(name) else missing)

    print(f"\nMedians of {repeats} turns, and in brackets the range of the middle half of them:")
    titles = ["us per update", "PyTorch/nnbasics", "scikit-learn/nnbasics", "nnbasics/products"]
    print("\nnetwork      batch" + "".join(f"{title:>23}" for title in titles))
    for sizes, batch_size in SIZES:
        network = "-".join(map(str, sizes))
        print(f"measuring {network} ", end="", file=sys.stderr, flush=True)
        times = measure(make_task(sizes, batch_size), seconds, repeats)
        ours, products = times["nnbasics"], times["NumPy's products"]
        cells = [
            spread(ours, decimals=0),
            *(spread(times[name] / ours) if name in times else "skipped" for name in INSTALL),
            spread(ours / products),
        ]
        print(f"{network:<11}{batch_size:>7}" + "".join(f"{cell:>23}" for cell in cells))


if __name__ == "__main__":
    main()
