"""Layers: carry numbers forward, and the gradient backward.

Forward turns inputs into outputs. Backward is told how the loss would change if each
output grew a little, and works out the same for everything that the outputs were made
from: the layer's parameters, and its inputs. Going backward changes no weight.
"""

from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from nnbasics._checks import (
    Array,
    Fixed,
    as_gradient,
    as_inputs,
    as_layers,
    as_numbers,
    as_parameter,
    check_dense,
    without,
)


class Parameter:
    """Numbers that the network learns, and their gradient from the last backward pass.

    Args:
        value: The numbers, an array of any shape.
        gradient: How the loss would change if each of them grew a little, an array of the
            same shape. Zeros until the first backward pass.
    """

    def __init__(self, value: Array, gradient: Array | None = None) -> None:
        """Start with a gradient of zeros, unless one is given."""
        self.value, self.gradient = as_parameter(value, gradient)

    def __repr__(self) -> str:
        """Show the shape: the numbers themselves would fill the screen."""
        return f"Parameter(shape={self.value.shape})"


@runtime_checkable
class Layer(Protocol):
    """What a network needs from a layer: write your own with these three."""

    @property
    def parameters(self) -> Sequence[Parameter]:
        """What the layer learns, or an empty list."""
        ...

    def forward(self, inputs: ArrayLike) -> Array:
        """Turn inputs of shape (examples, n_inputs) into outputs (examples, n_outputs)."""
        ...

    def backward(self, gradient: Array) -> Array:
        """Turn the gradient for the outputs into the gradient for the inputs."""
        ...


class Dense:
    """Every output hears every input: outputs = inputs @ weights + bias.

    The weights start at random, with a spread of sqrt(2 / n_inputs), so that signals
    neither fade nor grow on their way through many layers. The bias starts at 0.

    Args:
        n_inputs: How many numbers come in for each example.
        n_outputs: How many go out.
        rng: Draws the first weights.
        dtype: The kind of number to compute with, np.float64 or np.float32.

    Attributes:
        weights: Parameter of shape (n_inputs, n_outputs).
        bias: Parameter of shape (n_outputs,).
        parameters: Both, in that order.

    Raises:
        TypeError: If a size is not a whole number, `rng` is not a Generator, or `dtype` is
            not np.float64 or np.float32.
        ValueError: If a size is below 1.

    Examples:
        >>> layer = Dense(64, 10, rng=np.random.default_rng(0))
        >>> layer.forward(np.zeros((32, 64))).shape
        (32, 10)

    Source: He et al. 2015 for the spread; Goodfellow et al. 2016, section 6.5 for the
    gradients.
    """

    inputs: Array  # of the last forward: backward needs them

    def __init__(
        self,
        n_inputs: int,
        n_outputs: int,
        *,
        rng: np.random.Generator,
        dtype: DTypeLike = np.float64,
    ) -> None:
        """Draw the weights."""
        check_dense(n_inputs, n_outputs, rng, dtype)
        spread = np.sqrt(2 / n_inputs)  # so that numbers neither fade nor grow on the way
        weights = rng.normal(scale=spread, size=(n_inputs, n_outputs))
        self.weights = Parameter(weights.astype(dtype))
        self.bias = Parameter(np.zeros(n_outputs, dtype))

    @property
    def parameters(self) -> Sequence[Parameter]:
        """What the layer learns: weights and bias."""
        return Fixed([self.weights, self.bias])

    def forward(self, inputs: ArrayLike) -> Array:
        """Weigh the inputs and add the bias.

        Args:
            inputs: Shape (examples, n_inputs).

        Returns:
            Outputs of shape (examples, n_outputs).

        Raises:
            ValueError: If the inputs have another shape.
        """
        self.inputs = as_inputs(inputs, self, len(self.weights.value))
        return self.inputs @ self.weights.value + self.bias.value

    def backward(self, gradient: Array) -> Array:
        """Set the gradients of weights and bias, and carry the gradient on.

        Args:
            gradient: How the loss would change with each output: shape
                (examples, n_outputs).

        Returns:
            How the loss would change with each input: shape (examples, n_inputs).
        """
        gradient = self._set_gradients(gradient)
        return gradient @ self.weights.value.T

    def _set_gradients(self, gradient: Array) -> Array:
        """Do the half of `backward` that sets gradients."""
        gradient = as_gradient(gradient, self, "inputs", len(self.bias.value))
        self.weights.gradient = self.inputs.T @ gradient
        self.bias.gradient = gradient.sum(axis=0)
        return gradient

    def __getstate__(self) -> dict[str, Any]:
        """Leave the last batch out of copies and pickles."""
        return without(self, "inputs")

    def __repr__(self) -> str:
        """Show the two sizes."""
        n_inputs, n_outputs = self.weights.value.shape
        return f"Dense({n_inputs}, {n_outputs})"


class ReLU:
    """Rectified linear unit: keep what is positive, turn the rest into 0.

    Without a bend like this between them, two dense layers could do no more than one.

    Examples:
        >>> ReLU().forward([[-2.0, 0.0, 3.0]])
        array([[0., 0., 3.]])

    Source: Glorot et al. 2011. At 0, where there is a corner, the slope is taken as 0.
    """

    parameters: Sequence[Parameter] = ()
    slopes: NDArray[Any]  # of the last forward: backward needs them

    def forward(self, inputs: ArrayLike) -> Array:
        """Turn inputs of any shape into max(inputs, 0), in the same shape."""
        inputs = as_numbers(inputs, "inputs")
        self.slopes = inputs > 0
        return np.maximum(inputs, 0)

    def backward(self, gradient: Array) -> Array:
        """Let the gradient through where the input was positive."""
        gradient = as_gradient(gradient, self, "slopes")
        carried: Array = gradient * self.slopes
        return carried

    def __getstate__(self) -> dict[str, Any]:
        """Leave the last batch out of copies and pickles."""
        return without(self, "slopes")

    def __repr__(self) -> str:
        """Show how to make another."""
        return "ReLU()"


class Tanh:
    """Squeeze every number into the range from -1 to 1, smoothly.

    Examples:
        >>> Tanh().forward([[-100.0, 0.0, 0.5]]).round(3)
        array([[-1.   ,  0.   ,  0.462]])

    Source: Goodfellow et al. 2016, section 6.3.2. The slope is 1 - tanh(x)**2.
    """

    parameters: Sequence[Parameter] = ()
    slopes: NDArray[Any]  # of the last forward: backward needs them

    def forward(self, inputs: ArrayLike) -> Array:
        """Turn inputs of any shape into tanh(inputs), in the same shape."""
        outputs = np.tanh(as_numbers(inputs, "inputs"))
        self.slopes = 1 - outputs**2
        return outputs

    def backward(self, gradient: Array) -> Array:
        """Multiply the gradient by the slope at each input."""
        gradient = as_gradient(gradient, self, "slopes")
        carried: Array = gradient * self.slopes
        return carried

    def __getstate__(self) -> dict[str, Any]:
        """Leave the last batch out of copies and pickles."""
        return without(self, "slopes")

    def __repr__(self) -> str:
        """Show how to make another."""
        return "Tanh()"


def _end_backward(first: "Layer", gradient: Array) -> None:
    """Set the gradients of the first layer: what comes before it learns nothing.

    Not to carry the gradient on saves up to a third of the work.
    """
    if isinstance(first, Dense) and getattr(first.backward, "__func__", 0) is Dense.backward:
        first._set_gradients(gradient)
    else:
        first.backward(gradient)


class Network:
    """Layers in a row: what one puts out, the next takes in.

    Args:
        layers: The layers, from the inputs to the outputs.

    Attributes:
        layers: The same, as a tuple.
        parameters: What all of them learn: weights, then bias, layer after layer.

    Raises:
        TypeError: If something is not a layer.
        ValueError: If there are no layers, or two of them do not fit.

    Examples:
        >>> rng = np.random.default_rng(0)
        >>> network = Network(Dense(64, 32, rng=rng), ReLU(), Dense(32, 10, rng=rng))
        >>> network
        Network(Dense(64, 32), ReLU(), Dense(32, 10))
        >>> sum(parameter.value.size for parameter in network.parameters)
        2410
        >>> network.forward(np.zeros((5, 64))).shape
        (5, 10)

    Source: Rumelhart, Hinton and Williams 1986, for the way back.
    """

    def __init__(self, *layers: Layer) -> None:
        """Join the layers, if they fit."""
        self.layers = as_layers(layers)

    @property
    def parameters(self) -> Sequence[Parameter]:
        """What all layers learn: weights, then bias, layer after layer."""
        return Fixed([it for layer in self.layers for it in layer.parameters])

    def forward(self, inputs: ArrayLike) -> Array:
        """Make predictions.

        Args:
            inputs: Shape (examples, inputs of the first layer).

        Returns:
            Predictions of shape (examples, outputs of the last layer).

        Raises:
            ValueError: If the inputs have another shape.
        """
        outputs = as_numbers(inputs, "inputs")
        for layer in self.layers:
            outputs = layer.forward(outputs)
        return outputs

    def backward(self, gradient: Array) -> None:
        """Find the gradient of every parameter. Earlier gradients are overwritten.

        Args:
            gradient: The loss's gradient for the predictions of the last `forward`.

        Raises:
            ValueError: If the gradient does not have the shape of those predictions.
        """
        first, *others = self.layers
        for layer in reversed(others):
            gradient = layer.backward(gradient)
        _end_backward(first, gradient)  # the same, but it need not carry the gradient on

    def __repr__(self) -> str:
        """Show the layers in a row."""
        return f"Network({', '.join(map(repr, self.layers))})"
