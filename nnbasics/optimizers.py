"""Optimizers: turn gradients into better weights."""

from collections.abc import Iterable
from typing import Protocol

from nnbasics._checks import as_parameters, as_rate
from nnbasics.layers import Parameter


class Optimizer(Protocol):
    """What training needs from an optimizer: write your own with this one."""

    def update(self, parameters: Iterable[Parameter]) -> None:
        """Change every parameter's value in place, led by its gradient."""
        ...


class SGD:
    """Stochastic gradient descent: a small step downhill, for every parameter.

    "Stochastic" means left to chance: each gradient comes from a batch picked at random.

    Args:
        learning_rate: How large a step to take, as a multiple of the gradient.

    Attributes:
        learning_rate: The same. It may be changed between updates.

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
        self.learning_rate = as_rate(learning_rate)

    def update(self, parameters: Iterable[Parameter]) -> None:
        """Move every parameter a small step against its gradient, in place.

        Args:
            parameters: What to improve, each with the gradient of the last backward pass.
        """
        learning_rate = as_rate(self.learning_rate)
        for parameter in as_parameters(parameters):
            parameter.value -= learning_rate * parameter.gradient

    def __repr__(self) -> str:
        """Show how to make the same one again."""
        return f"SGD(learning_rate={self.learning_rate})"
