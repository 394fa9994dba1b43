"""Batches: every example once, in stacks of the size asked for."""

import math
from collections.abc import Iterator

import numpy as np
import pytest
from helpers import Array, new_rng

from nnbasics import Batch, batches

SIZES = pytest.mark.parametrize(
    ("n_examples", "batch_size"), [(100, 10), (100, 32), (33, 32), (5, 1), (5, 5), (5, 8), (1, 1)]
)


def examples(n_examples: int) -> tuple[Array, Array]:
    """Return inputs of two columns, and targets that are ten times the first."""
    first = np.arange(n_examples)
    return np.stack([first, -first], axis=1), 10 * first


@SIZES
def test_number_of_batches(n_examples: int, batch_size: int) -> None:
    """There are ceil(examples / batch size) batches, and only the last may be smaller."""
    sizes = [len(batch.inputs) for batch in batches(*examples(n_examples), batch_size)]
    assert len(sizes) == math.ceil(n_examples / batch_size)
    assert set(sizes[:-1]) <= {batch_size}
    assert sum(sizes) == n_examples


@SIZES
def test_each_example_once(n_examples: int, batch_size: int) -> None:
    """Shuffled or not, every example comes up exactly once, with its own target."""
    for rng in (None, new_rng()):
        dealt = list(batches(*examples(n_examples), batch_size, rng=rng))
        inputs = np.concatenate([batch.inputs for batch in dealt])
        targets = np.concatenate([batch.targets for batch in dealt])
        assert sorted(targets) == sorted(examples(n_examples)[1])
        assert np.array_equal(10 * inputs[:, 0], targets)
        assert np.array_equal(inputs[:, 1], -inputs[:, 0])


@pytest.mark.parametrize(("n_examples", "batch_size"), [(100, 10), (100, 32), (33, 32), (5, 5)])
def test_drop_last(n_examples: int, batch_size: int) -> None:
    """With drop_last every batch is full, and fewer than a batch of examples are left out."""
    dealt = list(batches(*examples(n_examples), batch_size, drop_last=True))
    assert [len(batch.inputs) for batch in dealt] == [batch_size] * (n_examples // batch_size)


def order(dealt: Iterator[Batch]) -> list[int]:
    """Return the examples in the order they came up."""
    return [int(target) for batch in dealt for target in batch.targets]


def test_order_is_kept_without_rng() -> None:
    """Without an rng the examples keep their order."""
    assert order(batches(range(100), range(100), 32)) == list(range(100))


def test_shuffled_anew_each_time() -> None:
    """With one rng, each epoch has an order of its own, and its own neighbours."""
    rng = new_rng()
    epochs = [order(batches(range(100), range(100), 32, rng=rng)) for _ in range(3)]
    assert len({tuple(epoch) for epoch in epochs}) == 3
    assert list(range(100)) not in epochs
    assert len({frozenset(epoch[:32]) for epoch in epochs}) == 3


def test_same_seed_same_order() -> None:
    """The same seed gives the same order."""
    first, second = (order(batches(range(99), range(99), 7, rng=new_rng(5))) for _ in range(2))
    assert first == second


def test_arguments_are_left_alone() -> None:
    """The caller's arrays keep their order, and changing a batch does not change them."""
    inputs, targets = examples(10)
    for batch in batches(inputs, targets, 4, rng=new_rng()):
        batch.inputs[...] = 99
        batch.targets[...] = 99
    assert np.array_equal(inputs, examples(10)[0])
    assert np.array_equal(targets, examples(10)[1])


def test_any_shape_and_kind() -> None:
    """Inputs may have any number of axes, and dtypes are kept."""
    inputs, targets = np.zeros((5, 8, 8), dtype=np.float32), np.zeros(5, dtype=np.uint8)
    batch = next(batches(inputs, targets, 2))
    assert (batch.inputs.shape, batch.targets.shape) == ((2, 8, 8), (2,))
    assert batch.inputs.dtype == np.float32
    assert batch.targets.dtype == np.uint8


def test_lists() -> None:
    """Lists are accepted, and a batch unpacks into inputs and targets."""
    [(inputs, targets)] = batches([[1], [2]], [3, 4], 2)
    assert inputs.tolist() == [[1], [2]]
    assert targets.tolist() == [3, 4]


def test_bad_input_is_refused_at_once() -> None:
    """A mistake is named on the line that makes it, not when the loop starts."""
    with pytest.raises(ValueError, match="batch_size"):
        batches([1], [1], 0)
