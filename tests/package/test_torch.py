"""The package against PyTorch: losses, gradients and whole training steps."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from helpers import Array, digits_network, new_rng, relative_error, shuffled_digits
from numpy.typing import DTypeLike

from nnbasics import (
    SGD,
    Loss,
    Network,
    Tanh,
    batches,
    binary_cross_entropy,
    cross_entropy,
    mse,
    softmax,
    softmax_cross_entropy,
)

torch = pytest.importorskip(
    "torch",
    reason="PyTorch is not installed: make packages-torch gets it",
)
functional = torch.nn.functional
pytestmark = pytest.mark.slow  # to import its optimizers takes seconds

LABELS = new_rng(1).integers(10, size=32)
ANSWERS = new_rng(2).integers(2, size=(32, 10))
SCORES = new_rng(3).normal(scale=3, size=(32, 10))
TARGETS = new_rng(4).normal(size=(32, 10))
SHARES = new_rng(5).dirichlet(np.full(10, 5.0), size=32)
CHANCES = new_rng(6).uniform(0.01, 0.99, size=(32, 10))

EVERY_LOSS = pytest.mark.parametrize(
    ("loss_function", "predictions", "targets", "in_torch"),
    [
        (mse, SCORES, TARGETS, functional.mse_loss),
        (cross_entropy, SHARES, LABELS, lambda p, labels: functional.nll_loss(p.log(), labels)),
        (
            binary_cross_entropy,
            CHANCES,
            ANSWERS,
            lambda p, labels: functional.binary_cross_entropy(p, labels.to(p.dtype)),
        ),
        (softmax_cross_entropy, SCORES, LABELS, functional.cross_entropy),
        (softmax_cross_entropy, SCORES * 1e3, LABELS, functional.cross_entropy),
    ],
    ids=["mse", "cross_entropy", "binary", "softmax_cross_entropy", "huge logits"],
)


def torch_twin(network: Network) -> Any:
    """Return the same network in PyTorch, with a copy of the weights."""
    dtype = torch.from_numpy(network.parameters[0].value).dtype
    first, bend, second = network.layers
    twin = torch.nn.Sequential(
        torch.nn.Linear(64, 32),
        torch.nn.Tanh() if isinstance(bend, Tanh) else torch.nn.ReLU(),
        torch.nn.Linear(32, 10),
    ).to(dtype)
    with torch.no_grad():
        for linear, layer in ((twin[0], first), (twin[2], second)):
            linear.weight.copy_(torch.from_numpy(layer.weights.value.T))
            linear.bias.copy_(torch.from_numpy(layer.bias.value))
    return twin


def in_our_shape(tensor: Any) -> Array:
    """Return an array of the package's shape: PyTorch keeps weights as (outputs, inputs)."""
    array: Array = tensor.detach().numpy().T
    return array


def backward_twice(network: Network, twin: Any, inputs: Array, labels: Array) -> None:
    """Find the blame in both networks."""
    network.backward(softmax_cross_entropy(network.forward(inputs), labels).gradient)
    twin.zero_grad()
    functional.cross_entropy(twin(torch.from_numpy(inputs)), torch.from_numpy(labels)).backward()


@EVERY_LOSS
def test_losses(
    loss_function: Callable[..., Loss],
    predictions: Array,
    targets: Array,
    in_torch: Callable[..., Any],
) -> None:
    """Value and gradient are PyTorch's, in float64."""
    tensor = torch.tensor(predictions, requires_grad=True)
    expected = in_torch(tensor, torch.from_numpy(targets))
    expected.backward()
    loss = loss_function(predictions, targets)
    assert loss == pytest.approx(expected.item(), rel=1e-12)
    assert relative_error(loss.gradient, tensor.grad.numpy()) < 1e-12


@EVERY_LOSS
def test_losses_in_float32(
    loss_function: Callable[..., Loss],
    predictions: Array,
    targets: Array,
    in_torch: Callable[..., Any],
) -> None:
    """In float32 too, the gradient keeps its dtype and is PyTorch's."""
    predictions = predictions.astype(np.float32)
    if loss_function is mse:
        targets = targets.astype(np.float32)
    tensor = torch.tensor(predictions, requires_grad=True)
    in_torch(tensor, torch.from_numpy(targets)).backward()
    gradient = loss_function(predictions, targets).gradient
    assert gradient.dtype == np.float32
    assert relative_error(gradient, tensor.grad.numpy()) < 1e-5


def test_softmax() -> None:
    """Softmax is PyTorch's, for scores of any size."""
    for logits in (SCORES, SCORES * 1e3):
        expected = torch.softmax(torch.from_numpy(logits), dim=1).numpy()
        assert relative_error(softmax(logits), expected) < 1e-12


@pytest.mark.parametrize("bend", ["ReLU", "Tanh"])
def test_network_gradients(bend: str) -> None:
    """Every gradient of the whole 64-32-10 network is PyTorch's."""
    images, labels = shuffled_digits(0)
    network = digits_network(0)
    if bend == "Tanh":
        first, _, second = network.layers
        network = Network(first, Tanh(), second)
    twin = torch_twin(network)
    backward_twice(network, twin, images[:32], labels[:32])
    for parameter, tensor in zip(network.parameters, twin.parameters(), strict=True):
        assert relative_error(parameter.gradient, in_our_shape(tensor.grad)) < 1e-12


@pytest.mark.parametrize(
    ("dtype", "tolerance"), [(np.float64, 1e-12), (np.float32, 1e-4)], ids=["float64", "float32"]
)
def test_training_steps(dtype: DTypeLike, tolerance: float) -> None:
    """After an epoch of SGD every weight and bias is PyTorch's, in the same dtype."""
    images, labels = shuffled_digits(0)
    images = images.astype(dtype)
    network = digits_network(0, dtype)
    twin = torch_twin(network)
    optimizer = SGD(learning_rate=0.1)
    torch_optimizer = torch.optim.SGD(twin.parameters(), lr=0.1)
    for batch in batches(images[:1280], labels[:1280], 32, rng=new_rng()):
        backward_twice(network, twin, batch.inputs, batch.targets)
        optimizer.update(network.parameters)
        torch_optimizer.step()
    for parameter, tensor in zip(network.parameters, twin.parameters(), strict=True):
        assert parameter.value.dtype == dtype
        assert relative_error(parameter.value, in_our_shape(tensor)) < tolerance
