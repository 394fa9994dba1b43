"""The four steps of the loop in every order, each run as lesson 5 runs the right one."""

import itertools
from typing import Any, TypedDict

import numpy as np

from nnbasics import SGD, Dense, Network, batches, mse

STEPS = {
    "forward": "predictions = network.forward(batch.inputs)",
    "loss": "loss = mse(predictions, batch.targets)",
    "backward": "network.backward(loss.gradient)",
    "update": "optimizer.update(network.parameters)",
}
EPOCHS = (1, 2, 5, 10)


class Outcome(TypedDict):
    """What an order gives: the loss after some epochs, the last weight; or Python's error."""

    losses: list[float]
    weight: float
    error: str


def outcomes() -> dict[str, Outcome]:
    """Return what each of the 24 orders gives when it is run."""
    return {" ".join(order): _run(order) for order in itertools.permutations(STEPS)}


def _run(order: tuple[str, ...]) -> Outcome:
    """Run the loop of lesson 5 with its steps in an order, from nothing."""
    rng = np.random.default_rng(0)
    litres = rng.uniform(1, 4, size=(20, 1))
    network = Network(Dense(1, 1, rng=rng))
    names: dict[str, Any] = {"network": network, "mse": mse, "optimizer": SGD(learning_rate=0.05)}
    means = []
    for _ in range(EPOCHS[-1]):
        losses = []
        for batch in batches(litres, 3 * litres + 2, 5, rng=rng):
            names["batch"] = batch
            for step in order:
                try:
                    exec(STEPS[step], names)
                except Exception as error:
                    return Outcome(losses=[], weight=0.0, error=f"{type(error).__name__}: {error}")
            losses.append(float(names["loss"]))
        means.append(float(np.mean(losses)))
    weight = float(network.parameters[0].value.item())
    return Outcome(losses=[means[epoch - 1] for epoch in EPOCHS], weight=weight, error="")
