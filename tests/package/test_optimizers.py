"""Optimizers: a small step against the gradient."""

from typing import Any

import numpy as np
import pytest
from helpers import new_rng
from numpy.typing import DTypeLike

from nnbasics import SGD, Parameter


def test_step() -> None:
    """Every parameter moves by the learning rate times its gradient, downhill."""
    values = [new_rng(0).normal(size=(3, 2)), new_rng(1).normal(size=2)]
    gradients = [new_rng(2).normal(size=(3, 2)), new_rng(3).normal(size=2)]
    parameters = [
        Parameter(value.copy(), gradient.copy())
        for value, gradient in zip(values, gradients, strict=True)
    ]
    SGD(learning_rate=0.1).update(parameters)
    for parameter, value, gradient in zip(parameters, values, gradients, strict=True):
        assert parameter.value == pytest.approx(value - 0.1 * gradient, rel=1e-15)
        assert np.array_equal(parameter.gradient, gradient)


def test_step_is_in_place() -> None:
    """The array stays the same object, so that the layer that holds it learns."""
    value = np.ones(2)
    SGD(learning_rate=0.5).update([Parameter(value, np.ones(2))])
    assert value.tolist() == [0.5, 0.5]


def test_zero_gradient() -> None:
    """A new parameter, whose gradient is zero, stays where it is."""
    parameter = Parameter(np.array([3.0]))
    SGD(learning_rate=0.1).update([parameter])
    assert parameter.value == 3


def test_walks_downhill() -> None:
    """On the bowl w**2 each step shrinks w by the factor 1 - 2 * learning rate."""
    weight = Parameter(np.array([1.0]))
    optimizer = SGD(learning_rate=0.1)
    for _ in range(10):
        weight.gradient = 2 * weight.value
        optimizer.update([weight])
    assert weight.value[0] == pytest.approx(0.8**10)


@pytest.mark.parametrize("gradient_dtype", [np.float32, np.float64], ids=["float32", "float64"])
def test_float32(gradient_dtype: DTypeLike) -> None:
    """A float32 parameter stays float32, whatever its gradient is."""
    parameter = Parameter(np.ones(2, np.float32), np.ones(2, gradient_dtype))
    SGD(learning_rate=0.1).update([parameter])
    assert parameter.value.dtype == np.float32


def test_whole_numbers() -> None:
    """A parameter made from whole numbers can learn fractions."""
    parameter = Parameter(np.array([3]), np.array([2]))
    SGD(learning_rate=0.1).update([parameter])
    assert parameter.value == pytest.approx([2.8])


def test_repr() -> None:
    """An optimizer shows how to make the same one again."""
    assert repr(SGD(learning_rate=0.1)) == "SGD(learning_rate=0.1)"
    half: Any = np.float32(0.5)  # a NumPy number will do, too
    assert repr(SGD(learning_rate=half)) == "SGD(learning_rate=0.5)"
    assert repr(SGD(learning_rate=1)) == "SGD(learning_rate=1.0)"
