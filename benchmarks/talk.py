"""Time an update with one cook and with two, and what it takes them to add their gradients up.

torchrun starts it twice, and the first prints what was found as JSON: see benchmarks/cooks.py.
All is PyTorch in float32, one thread each. They take turns, and the best of them counts: what is
slower had to share the machine with something else.
"""

import gc
import itertools
import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel

# Layers, and how many cards are in a batch.
NETWORKS = [
    ((64, 32, 10), 32),
    ((784, 256, 10), 128),
    ((784, 1024, 10), 256),
    ((784, 1024, 10), 1024),
    ((784, 1024, 1024, 10), 256),
    ((784, 1024, 1024, 10), 1024),
]
NUMBERS = [100, 10_000, 100_000, 1_000_000, 3_000_000]  # in one message
TURNS, SECONDS = 15, 0.2


def new_step(sizes: tuple[int, ...], batch: int, shared: bool) -> Callable[[], None]:
    """Return a function that makes one update on a batch."""
    torch.manual_seed(0)
    layers: list[nn.Module] = []
    for inside, outside in itertools.pairwise(sizes):
        layers += [nn.Linear(inside, outside), nn.ReLU()]
    model: Any = nn.Sequential(*layers[:-1])
    model = DistributedDataParallel(model) if shared else model
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    inputs, targets = torch.randn(batch, sizes[0]), torch.randint(sizes[-1], (batch,))
    loss_fn = nn.CrossEntropyLoss()

    def step() -> None:
        loss = loss_fn(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    return step


def took(step: Callable[[], object], times: int) -> float:
    """Return how many milliseconds a step takes."""
    start = time.perf_counter()
    for _ in range(times):
        step()
    return (time.perf_counter() - start) / times * 1e3


def for_all(number: float) -> float:
    """Return the largest of what the cooks measured."""
    told = torch.tensor(number, dtype=torch.float64)
    dist.all_reduce(told, dist.ReduceOp.MAX)
    return float(told)


def measure(sizes: tuple[int, ...], batch: int) -> dict[str, Any]:
    """Return the milliseconds of an update: of one cook, and of two that share the batch.

    "half" is the work of two without the talk: both at the same time, each on half of the batch.
    """
    first = dist.get_rank() == 0
    alone, half = (new_step(sizes, size, False) for size in (batch, batch // 2))
    both = new_step(sizes, batch // 2, True)
    times = max(3, round(1e3 * SECONDS / for_all(took(alone, 3))))
    found: dict[str, list[float]] = {"one": [], "half": [], "two": []}
    for _ in range(TURNS):
        found["one"].append(for_all(took(alone, times) if first else 0))  # the other waits
        found["half"].append(for_all(took(half, times)))
        found["two"].append(for_all(took(both, times)))
    weights = sum((inside + 1) * outside for inside, outside in itertools.pairwise(sizes))
    best = {name: float(f"{min(each):.3g}") for name, each in found.items()}
    return {"network": "-".join(map(str, sizes)), "batch": batch, "weights": weights} | best


def main() -> None:
    """Measure all; the first cook prints it."""
    messages = []
    for number in NUMBERS:
        told = torch.zeros(number)
        times = round(2000 / (1 + number / 10_000)) + 10
        took(lambda told=told: dist.all_reduce(told), 10)  # type: ignore[misc]
        each = [took(lambda told=told: dist.all_reduce(told), times) for _ in range(TURNS)]  # type: ignore[misc]
        messages.append([number, float(f"{for_all(min(each)):.3g}")])
    networks = [measure(*network) for network in NETWORKS]
    if dist.get_rank() == 0:
        print(json.dumps({"turns": TURNS, "messages": messages, "networks": networks}))


if __name__ == "__main__":
    dist.init_process_group("gloo", timeout=timedelta(seconds=60))
    main()
    gc.collect()
    dist.destroy_process_group()
