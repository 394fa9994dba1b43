"""Each step of the lesson's session with 20 soups."""

import inspect
import re
from typing import Any, TypedDict

import numpy as np
from numpy.typing import NDArray

from nnbasics import SGD, Dense, Network, batches, mse
from nnbasics.training import training_loop

N_EPOCHS, N_BATCHES, BATCH_SIZE = 10, 4, 5

Array = NDArray[Any]
Rng = np.random.Generator


class Run(TypedDict):
    """What each step of the session gave, batch by batch."""

    soups: list[list[int]]
    predictions: list[list[float]]
    losses: list[float]
    gradients: list[list[float]]
    parameters: list[list[float]]
    lines: list[list[float]]


class Sent(Run):
    """What the script gets: the run, and what it is about."""

    means: list[float]
    goals: dict[str, int]
    epochs: int
    batches: int
    ends: list[float]
    litres: list[float]
    salt: list[float]


class Numbers(Sent):
    """The same, the four lines of code for the controls, and what the text speaks of."""

    forward: str
    loss: str
    backward: str
    update: str
    steps: list[str]
    learning_rate: float
    last: dict[str, float]


def steps() -> dict[str, str]:
    """Return the lines of source under the four numbered comments of the loop, by their names."""
    found = re.findall(r"# \d\. (\w+): .*\n +(.+)\n", inspect.getsource(training_loop))
    return {name.lower(): line for name, line in found}


def session(learning_rate: float, inputs: Array, targets: Array, ends: Array, rng: Rng) -> Run:
    """Train as the lesson does and keep every number; `lines` are the predictions at the ends."""
    network, optimizer = Network(Dense(1, 1, rng=rng)), SGD(learning_rate=learning_rate)
    run = Run(soups=[], predictions=[], losses=[], gradients=[], parameters=[], lines=[])

    def note_parameters() -> None:
        run["parameters"].append(row(*(parameter.value for parameter in network.parameters)))
        run["lines"].append(row(network.forward(ends)))

    note_parameters()
    for _ in range(N_EPOCHS):
        for batch in batches(inputs, targets, BATCH_SIZE, rng=rng):
            run["soups"].append([int(np.flatnonzero(inputs == soup)[0]) for soup in batch.inputs])
            predictions = network.forward(batch.inputs)
            run["predictions"].append(row(predictions))
            loss = mse(predictions, batch.targets)
            run["losses"].append(round(float(loss), 6))
            network.backward(loss.gradient)
            run["gradients"].append(row(*(parameter.gradient for parameter in network.parameters)))
            optimizer.update(network.parameters)
            note_parameters()
    return run


def row(*arrays: Array) -> list[float]:
    """Return all numbers of some arrays in one row, in six digits."""
    numbers: list[float] = np.concatenate([array.ravel() for array in arrays]).round(6).tolist()
    return numbers


def compute() -> Numbers:
    """Record the lesson's session with 20 soups, at a tenth of its learning rate."""
    rng, learning_rate = np.random.default_rng(0), 0.005
    litres = rng.uniform(1, 4, size=(N_BATCHES * BATCH_SIZE, 1))
    salt = 3 * litres + 2
    ends = np.array([[1.0], [4.0]])
    run = session(learning_rate, litres, salt, ends, rng)
    means = np.reshape(run["losses"], (N_EPOCHS, N_BATCHES)).mean(axis=1)
    weight, bias = run["parameters"][-1]
    lines = steps()
    return {
        **run,
        "means": row(means),
        "goals": {"weight": 3, "bias": 2},
        "epochs": N_EPOCHS,
        "batches": N_BATCHES,
        "ends": row(ends),
        "litres": row(litres),
        "salt": row(salt),
        "forward": lines["forward"],
        "loss": lines["loss"],
        "backward": lines["backward"],
        "update": lines["update"],
        "steps": list(lines),
        "learning_rate": learning_rate,
        "last": {"loss": float(means[-1]), "weight": weight, "bias": bias},
    }
