"""Layers: forward by the formula, backward against differences and autograd."""

import copy
import pickle
from collections.abc import Callable
from typing import Any

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from helpers import Array, central_difference, new_rng, relative_error
from numpy.typing import ArrayLike, DTypeLike

from nnbasics import (
    Dense,
    Layer,
    Network,
    Parameter,
    ReLU,
    Tanh,
    mse,
    softmax_cross_entropy,
)

EXAMPLES, N_INPUTS, N_OUTPUTS = 6, 4, 3
INPUTS = new_rng(1).normal(size=(EXAMPLES, N_INPUTS))
LABELS = new_rng(2).integers(N_OUTPUTS, size=EXAMPLES)
TARGETS = new_rng(3).normal(size=(EXAMPLES, N_OUTPUTS))


def dense() -> Dense:
    """Return a dense layer whose bias is not zero."""
    layer = Dense(N_INPUTS, N_OUTPUTS, rng=new_rng())
    layer.bias.value += [0.5, -1.0, 2.0]
    return layer


def deep_network(dtype: DTypeLike = np.float64) -> Network:
    """Return a network with every kind of layer."""
    rng = new_rng()
    sizes = (N_INPUTS, 8), (8, 5), (5, N_OUTPUTS)
    first, second, third = (Dense(*size, rng=rng, dtype=dtype) for size in sizes)
    return Network(first, ReLU(), second, Tanh(), third)


def deep_formula(values: list[Array], inputs: Array) -> Any:
    """Write the network's predictions out, for autograd."""
    weights1, bias1, weights2, bias2, weights3, bias3 = values
    hidden = anp.maximum(anp.dot(inputs, weights1) + bias1, 0)
    hidden = anp.tanh(anp.dot(hidden, weights2) + bias2)
    return anp.dot(hidden, weights3) + bias3


def cross_entropy_formula(logits: Array) -> Any:
    """Write the loss of the logits out, for autograd."""
    surprise = anp.log(anp.sum(anp.exp(logits), axis=1)) - anp.sum(anp.eye(3)[LABELS] * logits, 1)
    return anp.mean(surprise)


def values_of(network: Network) -> list[Array]:
    """Return the numbers of every parameter."""
    return [parameter.value for parameter in network.parameters]


def test_dense_forward() -> None:
    """Each output is the weighed sum of the inputs, plus the bias."""
    layer = dense()
    layer.weights.value[...] = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]]
    assert layer.forward([[1, 2, 3, 10]]).tolist() == [[11.5, 11.0, 15.0]]


@pytest.mark.parametrize("part", ["inputs", "weights", "bias"])
def test_dense_gradient(part: str) -> None:
    """The gradients of inputs, weights and bias are central differences, and autograd's."""
    layer = dense()
    numbers = {
        "inputs": INPUTS.copy(),
        "weights": layer.weights.value,
        "bias": layer.bias.value,
    }

    def formula(part_value: Array) -> Any:
        values = numbers | {part: part_value}
        outputs = anp.dot(values["inputs"], values["weights"]) + values["bias"]
        return anp.mean((outputs - TARGETS) ** 2)

    loss = mse(layer.forward(numbers["inputs"]), TARGETS)
    gradients = {
        "inputs": layer.backward(loss.gradient),
        "weights": layer.weights.gradient,
        "bias": layer.bias.gradient,
    }
    differences = central_difference(
        lambda: mse(layer.forward(numbers["inputs"]), TARGETS), numbers[part]
    )
    assert relative_error(gradients[part], differences) < 1e-7
    assert relative_error(gradients[part], grad(formula)(numbers[part])) < 1e-12


@pytest.mark.parametrize(
    ("layer", "formula"),
    [(ReLU(), lambda inputs: anp.maximum(inputs, 0)), (Tanh(), anp.tanh)],
    ids=["ReLU", "Tanh"],
)
def test_bend_gradient(layer: Layer, formula: Callable[[Array], Any]) -> None:
    """A bend's outputs are the formula's, and its gradient is right on both sides of 0."""
    numbers = np.where(np.abs(INPUTS) < 0.1, 0.1, INPUTS)  # off the corner of ReLU
    targets = np.ones_like(numbers)
    outputs = layer.forward(numbers)
    assert outputs == pytest.approx(formula(numbers), rel=1e-15)
    gradient = layer.backward(mse(outputs, targets).gradient)
    differences = central_difference(lambda: mse(layer.forward(numbers), targets), numbers)
    expected = grad(lambda inputs: anp.mean((formula(inputs) - targets) ** 2))(numbers)
    assert relative_error(gradient, differences) < 1e-7
    assert relative_error(gradient, expected) < 1e-12


def test_relu_at_its_corner() -> None:
    """At 0 and below, ReLU puts out 0 and lets no gradient through."""
    layer = ReLU()
    assert layer.forward([[-1.0, 0.0, 1.0]]).tolist() == [[0, 0, 1]]
    assert layer.backward(np.ones((1, 3))).tolist() == [[0, 0, 1]]


def test_network_gradients() -> None:
    """Every parameter's gradient is the central difference, and autograd's."""
    network = deep_network()
    network.backward(softmax_cross_entropy(network.forward(INPUTS), LABELS).gradient)
    expected = grad(lambda values: cross_entropy_formula(deep_formula(values, INPUTS)))(
        values_of(network)
    )
    for parameter, from_autograd in zip(network.parameters, expected, strict=True):
        got = parameter.gradient
        differences = central_difference(
            lambda: softmax_cross_entropy(network.forward(INPUTS), LABELS), parameter.value
        )
        assert relative_error(got, differences) < 1e-7
        assert relative_error(got, from_autograd) < 1e-12


def test_network_forward() -> None:
    """A network's predictions are its layers' formulas, one after the other."""
    network = deep_network()
    expected = deep_formula(values_of(network), INPUTS)
    assert relative_error(network.forward(INPUTS), expected) < 1e-12


def test_parameters_in_order() -> None:
    """Parameters come as weights, bias, layer after layer, and are the layers' own."""
    network = deep_network()
    first, _, second, _, third = network.layers
    expected = [*first.parameters, *second.parameters, *third.parameters]
    assert all(got is own for got, own in zip(network.parameters, expected, strict=True))
    shapes = [parameter.value.shape for parameter in network.parameters]
    assert shapes == [(4, 8), (8,), (8, 5), (5,), (5, 3), (3,)]


def test_gradients_are_overwritten() -> None:
    """Going backward twice gives the same gradients as once: nothing adds up."""
    network = deep_network()
    loss = mse(network.forward(INPUTS), TARGETS)
    network.backward(loss.gradient)
    once = [parameter.gradient.copy() for parameter in network.parameters]
    network.backward(loss.gradient)
    twice = [parameter.gradient for parameter in network.parameters]
    assert all(map(np.array_equal, once, twice))


def test_backward_changes_nothing_else() -> None:
    """Going backward changes no weight, no input and no gradient that was passed in."""
    network, inputs = deep_network(), INPUTS.copy()
    loss = mse(network.forward(inputs), TARGETS)
    weights, gradient = [value.copy() for value in values_of(network)], loss.gradient.copy()
    network.backward(loss.gradient)
    assert all(map(np.array_equal, weights, values_of(network)))
    assert np.array_equal(inputs, INPUTS)
    assert np.array_equal(loss.gradient, gradient)


def test_float32_stays() -> None:
    """In a float32 network, outputs, parameters and gradients are all float32."""
    network = deep_network(np.float32)
    loss = softmax_cross_entropy(network.forward(INPUTS.astype(np.float32)), LABELS)
    network.backward(loss.gradient)
    arrays = [loss.gradient, *values_of(network)]
    arrays += [parameter.gradient for parameter in network.parameters]
    assert {array.dtype for array in arrays} == {np.dtype(np.float32)}


@pytest.mark.parametrize("layer", [dense(), ReLU(), Tanh(), deep_network()], ids=repr)
def test_lists(layer: Any) -> None:
    """Lists are accepted by forward and backward, and give what arrays give."""
    from_arrays = layer.forward(INPUTS)
    assert np.array_equal(layer.forward(INPUTS.tolist()), from_arrays)
    gradient = np.ones_like(from_arrays)
    carried = layer.backward(gradient)
    assert np.array_equal(layer.backward(gradient.tolist()), carried)


def test_first_weights() -> None:
    """Weights start at random with a spread of sqrt(2 / n_inputs), the bias at 0."""
    layer = Dense(400, 300, rng=new_rng())
    assert layer.weights.value.shape == (400, 300)
    assert layer.weights.value.std() == pytest.approx(np.sqrt(2 / 400), rel=0.01)
    assert layer.weights.value.mean() == pytest.approx(0, abs=1e-3)
    assert layer.bias.value.tolist() == [0] * 300


def test_same_seed_same_weights() -> None:
    """A seed gives the same weights each time, another seed gives others."""
    first, again, other = (
        Dense(4, 3, rng=new_rng(seed)).weights.value.tolist() for seed in (1, 1, 2)
    )
    assert first == again
    assert first != other


def test_new_parameter() -> None:
    """A new parameter's gradient is zero, in its shape and dtype."""
    parameter = Parameter(np.ones((2, 3), dtype=np.float32))
    assert np.array_equal(parameter.gradient, np.zeros((2, 3)))
    assert parameter.gradient.dtype == np.float32


def test_representations() -> None:
    """Layers and parameters show what they are in one line."""
    assert repr(deep_network()) == (
        "Network(Dense(4, 8), ReLU(), Dense(8, 5), Tanh(), Dense(5, 3))"
    )
    assert repr(dense().weights) == "Parameter(shape=(4, 3))"


class Mirrored:
    """A layer of the reader's own, twice as wide at its end as at its start."""

    parameters: list[Parameter] = []  # noqa: RUF012  (as a beginner would write it)

    def forward(self, inputs: ArrayLike) -> Array:
        """Put the inputs and their opposites side by side."""
        return np.hstack([inputs, np.negative(inputs)])

    def backward(self, gradient: Array) -> Array:
        """Add up what came through either half, with its sign."""
        plus, minus = np.hsplit(gradient, 2)
        blame: Array = plus - minus
        return blame


@pytest.mark.parametrize(
    "layer", [dense(), ReLU(), Tanh(), Mirrored()], ids=lambda it: type(it).__name__
)
def test_layer_protocol(layer: object) -> None:
    """Each kind of layer, and one's own, is a Layer."""
    assert isinstance(layer, Layer)


def test_layer_of_ones_own() -> None:
    """A layer of one's own may stand anywhere, and may change the width."""
    rng = new_rng()
    first, last = Dense(N_INPUTS, 2, rng=rng), Dense(4, N_OUTPUTS, rng=rng)
    network = Network(first, Mirrored(), last)
    network.backward(mse(network.forward(INPUTS), TARGETS).gradient)
    differences = central_difference(
        lambda: mse(network.forward(INPUTS), TARGETS), first.weights.value
    )
    assert relative_error(first.weights.gradient, differences) < 1e-7


def test_network_may_start_with_any_layer() -> None:
    """What comes first need not be Dense."""
    layer = dense()
    network = Network(Tanh(), layer)
    network.backward(mse(network.forward(INPUTS), TARGETS).gradient)
    differences = central_difference(
        lambda: mse(network.forward(INPUTS), TARGETS), layer.weights.value
    )
    assert relative_error(layer.weights.gradient, differences) < 1e-7


@pytest.mark.parametrize("bend", [ReLU, Tanh])
def test_outputs_may_be_changed(bend: type[ReLU] | type[Tanh]) -> None:
    """Changing predictions, or inputs, after forward does not change what backward finds."""
    rng = new_rng()
    network = Network(Dense(N_INPUTS, N_OUTPUTS, rng=rng), bend())
    inputs = INPUTS.copy()
    predictions = network.forward(inputs)
    gradient = mse(predictions, TARGETS).gradient
    network.backward(gradient)
    expected = [parameter.gradient for parameter in network.parameters]
    predictions = network.forward(inputs)
    predictions -= TARGETS
    inputs[...] = 0
    network.backward(gradient)
    assert all(map(np.array_equal, expected, [it.gradient for it in network.parameters]))


class Loud(Dense):
    """A dense layer that notes when the blame comes by."""

    heard = 0

    def backward(self, gradient: Array) -> Array:
        """Note it, and go on."""
        self.heard += 1
        return super().backward(gradient)


def test_backward_of_ones_own_comes_first() -> None:
    """A first layer with a backward of its own has it called."""
    rng = new_rng()
    network = Network(Loud(N_INPUTS, 2, rng=rng), Loud(2, N_OUTPUTS, rng=rng))
    network.backward(mse(network.forward(INPUTS), TARGETS).gradient)
    assert [layer.heard for layer in network.layers] == [1, 1]
    heard: list[Array] = []
    network.layers[0].backward = heard.append
    network.backward(mse(network.forward(INPUTS), TARGETS).gradient)
    assert len(heard) == 1
    assert np.abs(network.layers[0].weights.gradient).max() > 0


def test_new_parameters_are_followed() -> None:
    """A parameter, or a layer, that is put in place of another is the one that learns."""
    layer = dense()
    network = Network(layer)
    layer.weights = Parameter(np.zeros((N_INPUTS, N_OUTPUTS)))
    assert network.parameters[0] is layer.weights
    assert layer.parameters[0] is layer.weights
    assert np.array_equal(network.forward(INPUTS), np.tile(layer.bias.value, (EXAMPLES, 1)))
    other = dense()
    network.layers = (other,)  # type: ignore[assignment]  # a plain tuple will do
    assert network.parameters[0] is other.weights


@pytest.mark.parametrize("make", [dense, ReLU, Tanh, deep_network])
def test_a_copy_forgets_the_last_batch(make: Callable[[], Any]) -> None:
    """Copies and pickles hold the parameters and not the last batch, and work on."""
    made = make()
    size = len(pickle.dumps(made))
    outputs = made.forward(np.ones((1000, N_INPUTS)))
    assert len(pickle.dumps(made)) == size
    for twin in (pickle.loads(pickle.dumps(made)), copy.deepcopy(made)):
        with pytest.raises(ValueError, match="call forward first"):
            twin.backward(np.ones_like(outputs))
        assert np.array_equal(twin.forward(np.ones((1000, N_INPUTS))), outputs)
        twin.backward(np.ones_like(outputs))


def test_float16_is_not_kept() -> None:
    """float16 inputs and parameters are worked with as float64: nothing overflows at 65,504."""
    layer = Dense(1, 1, rng=new_rng())
    layer.weights = Parameter(np.full((1, 1), 300, np.float16))
    assert layer.weights.value.dtype == np.float64
    assert layer.forward(np.full((1, 1), 300, np.float16)).tolist() == [[90000]]
