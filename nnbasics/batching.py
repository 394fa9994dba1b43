"""Batches: deal the examples out, a small stack at a time.

One batch is what the network sees before each update. One epoch is every batch once,
so every example once.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnbasics._checks import Once, as_deck


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
        inputs: One row for each example: shape (examples, ...). A `numpy.memmap` stays on the
            disk: only what is in a batch is read.
        targets: The right answers, in the same order: shape (examples, ...).
        batch_size: How many examples to put into one batch.
        rng: Shuffles the examples, each time anew. Without it they keep their order.
        drop_last: Leave out a last batch that is not full. By default it is kept, smaller
            than the others, and no example is lost.

    Returns:
        The batches one after another, ceil(examples / batch_size) of them. They are dealt
        once: for another epoch, call `batches` again.

    Raises:
        TypeError: If `batch_size` is not a whole number, or `rng` is not a Generator.
        ValueError: If inputs and targets do not pair up, no batch would come out, or the
            batches are looped over again after the last was dealt.

    Examples:
        >>> cards = np.arange(100)
        >>> len(list(batches(cards, cards, 10)))
        10
        >>> [len(batch.inputs) for batch in batches(cards, cards, 32)]
        [32, 32, 32, 4]
        >>> [len(batch.inputs) for batch in batches(cards, cards, 32, drop_last=True)]
        [32, 32, 32]
    """
    inputs, targets = as_deck(inputs, targets, batch_size, rng, drop_last)
    n_examples = len(inputs)
    order = np.arange(n_examples) if rng is None else rng.permutation(n_examples)
    if drop_last:
        order = order[: n_examples - n_examples % batch_size]
    stacks = (order[start : start + batch_size] for start in range(0, len(order), batch_size))
    return Once(Batch(inputs[stack], targets[stack]) for stack in stacks)
