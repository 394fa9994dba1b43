"""Optimizers: turn gradients into better weights."""

from collections.abc import Iterable

import numpy as np

from nnbasics.layers import Parameter


class SGD:
    """Stochastic gradient descent: a small step downhill, for every parameter.

    "Stochastic" means left to chance: each gradient comes from a batch picked at random.

    Args:
        learning_rate: How large a step to take, as a multiple of the gradient.

    Raises:
        TypeError: If the learning rate is not a number.
        ValueError: If it is not positive and finite.

    Examples:
        >>> weight = Parameter(np.array([3.0]), gradient=np.array([2.0]))
        >>> SGD(learning_rate=0.1).update([weight])
        >>> weight.value  # 3 - 0.1 * 2
        array([2.8])

    Source: Robbins and Monro 1951; Goodfellow et al. 2016, section 8.3.1.
    """

    def __init__(self, *, learning_rate: float) -> None:
        """Keep the learning rate."""
        if isinstance(learning_rate, bool) or not isinstance(
            learning_rate, int | float | np.number
        ):
            raise TypeError(
                f"learning_rate must be a number, got {learning_rate!r}: "
                "pass learning_rate=0.1, for example"
            )
        if not 0 < learning_rate < np.inf:
            raise ValueError(
                f"learning_rate must be above 0 and finite, got {learning_rate}: "
                "try 0.1, and a tenth of that if the loss blows up"
            )
        self.learning_rate = float(learning_rate)

    def update(self, parameters: Iterable[Parameter]) -> None:
        """Move every parameter a small step against its gradient, in place.

        Args:
            parameters: What to improve, each with the gradient of the last backward pass.
        """
        for parameter in _as_parameters(parameters):
            parameter.value -= self.learning_rate * parameter.gradient

    def __repr__(self) -> str:
        """Show how to make the same one again."""
        return f"SGD(learning_rate={self.learning_rate})"


def _as_parameters(parameters: Iterable[Parameter]) -> list[Parameter]:
    """Return the parameters as a list, before any of them is changed."""
    listed = list(parameters) if isinstance(parameters, Iterable) else [parameters]
    for parameter in listed:
        if not isinstance(parameter, Parameter):
            raise TypeError(
                f"parameters must be a list of Parameter, got {parameter!r}: "
                "pass network.parameters"
            )
    return listed
