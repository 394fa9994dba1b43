"""Time nnbasics against PyTorch, JAX, Keras, scikit-learn and the bare matrix products.

All train the same network on the same data: one hidden layer, ReLU, softmax cross-entropy,
plain SGD, float32, one thread. They take turns, so that a busy moment of the machine hits
them all, and each is compared with nnbasics in the same turn. `--quick` is shorter, rougher.
`--write` keeps the table for the site, in website/figures/speed.json.
"""

import argparse
import functools
import importlib
import json
import math
import os
import platform
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

sys.path.append(str(Path(__file__).resolve().parent.parent))
# One thread. This is read once, while NumPy is imported; VECLIB is the Mac's, XLA is JAX's.
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["MKL_NUM_THREADS"] = os.environ["VECLIB_MAXIMUM_THREADS"] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
os.environ["KERAS_BACKEND"] = "jax"

import numpy as np
from numpy.typing import NDArray

import nnbasics as nn
from benchmarks import run

ROOT = Path(__file__).resolve().parent.parent
RECORD = ROOT / "website" / "figures" / "speed.json"
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


def prepare_torch(task: Task, loader: bool = False) -> Train:
    """Prepare PyTorch's eager mode, in the words of its tutorials; with a DataLoader or without."""
    torch = importlib.import_module("torch")
    torch.set_num_threads(1)
    n_inputs, n_hidden, n_classes = task.sizes
    first, last = torch.nn.Linear(n_inputs, n_hidden), torch.nn.Linear(n_hidden, n_classes)
    model, loss_fn = torch.nn.Sequential(first, torch.nn.ReLU(), last), torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=LEARNING_RATE)
    inputs, labels = torch.from_numpy(task.inputs), torch.from_numpy(task.labels)
    data = importlib.import_module("torch.utils.data")
    cards = data.TensorDataset(inputs, labels)

    def deal() -> Any:
        if loader:  # it fetches the examples one by one
            return data.DataLoader(cards, batch_size=task.batch_size, shuffle=True)
        order = torch.randperm(len(inputs)).split(task.batch_size)
        return ((inputs[index], labels[index]) for index in order)

    def train(epochs: int) -> list[float]:
        losses = []
        for _ in range(epochs):
            # To read each loss would only add to PyTorch's time: the last of an epoch will do.
            for batch, answers in deal():
                pred = model(batch)
                loss = loss_fn(pred, answers)
                loss.backward()
                optimizer.step()
                optimizer.zero_grad()
            losses.append(loss.item())
        return losses

    return train


def prepare_jax(task: Task, scan: bool = False) -> Train:
    """Prepare JAX as its users do: a step is compiled, or with a scan the loop of an epoch."""
    jax = importlib.import_module("jax")
    jnp, (n_inputs, n_hidden, n_classes) = jax.numpy, task.sizes
    shapes, keys = (
        [(n_inputs, n_hidden), (n_hidden, n_classes)],
        jax.random.split(jax.random.key(0)),
    )
    params = [
        {"w": jax.random.normal(key, shape) * math.sqrt(2 / shape[0]), "b": jnp.zeros(shape[1])}
        for key, shape in zip(keys, shapes, strict=True)
    ]
    inputs, labels = jnp.array(task.inputs), jnp.array(task.labels)

    def loss_fn(params: Any, inputs: Any, labels: Any) -> Any:
        hidden = jax.nn.relu(inputs @ params[0]["w"] + params[0]["b"])
        logits = hidden @ params[1]["w"] + params[1]["b"]
        right = jnp.take_along_axis(jax.nn.log_softmax(logits), labels[:, None], axis=1)
        return -right.mean()

    def update(params: Any, inputs: Any, labels: Any, index: Any) -> Any:
        loss, grads = jax.value_and_grad(loss_fn)(params, inputs[index], labels[index])
        return jax.tree.map(lambda p, g: p - LEARNING_RATE * g, params, grads), loss

    def run_epoch(params: Any, inputs: Any, labels: Any, key: Any) -> Any:
        order = jax.random.permutation(key, len(inputs)).reshape(-1, task.batch_size)
        params, losses = jax.lax.scan(lambda p, i: update(p, inputs, labels, i), params, order)
        return params, losses[-1]

    step, epoch, rng = jax.jit(update), jax.jit(run_epoch), np.random.default_rng(0)

    def train(epochs: int) -> list[float]:
        nonlocal params
        losses = []
        for _ in range(epochs):
            if scan:
                key = jax.random.key(rng.integers(2**31))
                params, loss = epoch(params, inputs, labels, key)
            else:
                for index in rng.permutation(N_EXAMPLES).reshape(-1, task.batch_size):
                    params, loss = step(params, inputs, labels, index)
            losses.append(float(loss))  # this waits until it is computed
        return losses

    return train


def prepare_keras(task: Task) -> Train:
    """Prepare Keras on JAX: `fit`, which compiles its step by itself."""
    keras = importlib.import_module("keras")
    layers = keras.layers
    parts = [layers.Dense(task.sizes[1], activation="relu"), layers.Dense(task.sizes[2])]
    model = keras.Sequential([keras.Input(task.sizes[:1]), *parts])
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate=LEARNING_RATE),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    what, how = (task.inputs, task.labels), {"batch_size": task.batch_size, "verbose": 0}
    return lambda epochs: list(model.fit(*what, epochs=epochs, **how).history["loss"])


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


class Measured(NamedTuple):
    """What was measured of all contenders.

    Attributes:
        times: Microseconds per update, one number for each turn.
        first: Seconds that the first epoch took, with all that is compiled in it.
    """

    times: dict[str, NDArray[np.float64]]
    first: dict[str, float]


def measure(task: Task, seconds: float, repeats: int) -> Measured:
    """Let the contenders take turns, after an epoch each that warms them up."""
    trains = {name: prepare(task) for name, (_, prepare) in CONTENDERS.items() if version(name)}
    losses, first = {}, {}
    for name, train in trains.items():
        start = time.perf_counter()
        losses[name] = train(1)
        first[name] = time.perf_counter() - start
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
    return Measured({name: np.array(times[name]) / n_updates * 1e6 for name in times}, first)


def version(name: str) -> str | None:
    """Return the version of what a contender needs, or None where that is not installed."""
    try:
        return str(importlib.import_module(CONTENDERS[name][0]).__version__)
    except ImportError:
        return None


def quartiles(values: NDArray[np.float64]) -> list[float]:
    """Return the median, between the ends of the range that holds the middle half of the values."""
    return [float(f"{one:.3g}") for one in statistics.quantiles(values, method="inclusive")]


CONTENDERS: dict[str, tuple[str, Callable[[Task], Train]]] = {  # what to import, how to begin
    "nnbasics": ("nnbasics", prepare_nnbasics),
    "PyTorch": ("torch", prepare_torch),
    "PyTorch, DataLoader": ("torch", functools.partial(prepare_torch, loader=True)),
    "JAX": ("jax", prepare_jax),
    "JAX, scan": ("jax", functools.partial(prepare_jax, scan=True)),
    "Keras": ("keras", prepare_keras),
    "scikit-learn": ("sklearn", prepare_sklearn),
    "NumPy's products": ("numpy", prepare_products),
}


def main() -> None:
    """Measure every size, and print the table."""
    parser = argparse.ArgumentParser(description="Time nnbasics against others.")
    parser.add_argument("--quick", action="store_true", help="a shorter, rougher run")
    parser.add_argument("--write", action="store_true", help=f"write {RECORD.name} for the site")
    wanted = parser.parse_args()
    seconds, repeats = (0.1, 3) if wanted.quick else (0.4, 9)

    blas: Any = np.show_config(mode="dicts")
    blas = blas["Build Dependencies"]["blas"]
    print(f"Python {platform.python_version()} on {platform.platform()}, one thread, float32")
    print(f"NumPy {np.__version__} with {blas['name']} {blas['version']}")
    for name in CONTENDERS:
        if "," not in name and name != "NumPy's products":
            missing = f"skipped: {name} is not installed (make packages-frameworks gets it)"
            print(f"{name} {version(name)}" if version(name) else missing)

    print(
        f"\nTime as a multiple of nnbasics': medians of {repeats} turns, and in brackets the range"
    )
    print("of the middle half of them.")
    networks = []
    for sizes, batch_size in SIZES:
        network = "-".join(map(str, sizes))
        print(f"measuring {network} ", end="", file=sys.stderr, flush=True)
        found = measure(make_task(sizes, batch_size), seconds, repeats)
        ours = found.times["nnbasics"]
        ratios = {name: quartiles(times / ours) for name, times in found.times.items()}
        print(f"\n{network}, batches of {batch_size}: nnbasics {np.median(ours):.0f} us an update")
        for name, (low, median, high) in ratios.items():
            took = f"first epoch {found.first[name]:.2f} s"
            print(f"  {name:<20} {median:>6} ({low} to {high}), {took}")
        networks.append(
            {
                "network": network,
                "batch": batch_size,
                "microseconds": quartiles(ours),
                "ratios": ratios,
                "first": {name: float(f"{took:.2g}") for name, took in found.first.items()},
            }
        )
    if wanted.write:
        where = {"versions": run.versions(), "machine": run.machine(), "turns": repeats}
        text = json.dumps(where | {"networks": networks}, indent=1)
        RECORD.write_text(text + "\n", encoding="utf-8")
        print(f"Written: {RECORD.relative_to(ROOT)}. Look at git diff.")


if __name__ == "__main__":
    main()
