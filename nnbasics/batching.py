"""Batches: deal the examples out, a small stack at a time.

One batch is what the network sees before each update. One epoch is every batch once,
so every example once.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnbasics._checks import as_array, check_count, check_pairs, check_rng


class Batch(NamedTuple):
    """A few examples that go through the network together.

    Attributes:
        inputs: What the network is shown, one row for each example.
        targets: The right answers, in the same order.
    """

    inputs: NDArray[Any]
    targets: NDArray[Any]


def batches(
    inputs: ArrayLike,
    targets: ArrayLike,
    batch_size: int,
    *,
    rng: np.random.Generator | None = None,
    drop_last: bool = False,
) -> Iterator[Batch]:
    """Deal every example out once, `batch_size` at a time.

    Args:
        inputs: One row for each example: shape (examples, ...).
        targets: The right answers, in the same order: shape (examples, ...).
        batch_size: How many examples to put into one batch.
        rng: Shuffles the examples, each time anew. Without it they keep their order.
        drop_last: Leave out a last batch that is not full. By default it is kept, smaller
            than the others, and no example is lost.

    Returns:
        The batches one after another, ceil(examples / batch_size) of them.

    Raises:
        TypeError: If `batch_size` is not a whole number, or `rng` is not a Generator.
        ValueError: If inputs and targets do not pair up, or no batch would come out.

    Examples:
        >>> cards = np.arange(100)
        >>> len(list(batches(cards, cards, 10)))
        10
        >>> [len(batch.inputs) for batch in batches(cards, cards, 32)]
        [32, 32, 32, 4]
        >>> [len(batch.inputs) for batch in batches(cards, cards, 32, drop_last=True)]
        [32, 32, 32]
    """
    inputs, targets = as_array(inputs, "inputs"), as_array(targets, "targets")
    check_pairs(inputs, targets)
    check_count(batch_size, "batch_size")
    n_examples = len(inputs)
    if rng is None:
        order = np.arange(n_examples)
    else:
        check_rng(rng)
        order = rng.permutation(n_examples)
    if drop_last:
        order = order[: n_examples - n_examples % batch_size]
        if len(order) == 0:
            raise ValueError(
                f"batch_size must be at most {n_examples}, the number of examples, when the "
                f"last batch is dropped, got {batch_size}: no batch would be left"
            )
    stacks = (order[start : start + batch_size] for start in range(0, len(order), batch_size))
    return (Batch(inputs[stack], targets[stack]) for stack in stacks)
