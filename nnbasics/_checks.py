"""Refuse bad input with a sentence: what was expected, what came, how to mend it."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.floating[Any]]
Labels = NDArray[np.integer[Any]]


def as_array(values: ArrayLike, name: str) -> NDArray[Any]:
    """Return `values` as an array of numbers that holds at least one."""
    try:
        array = np.asarray(values)
    except ValueError:
        raise ValueError(
            f"{name} must form a full table, but its rows differ in length: "
            "give every row the same number of values"
        ) from None
    if array.dtype.kind not in "fiub":
        raise TypeError(
            f"{name} must be numbers, got {_kind(array)}: convert them first, "
            "for example with float(...)"
        )
    if array.size == 0:
        raise ValueError(
            f"{name} must hold at least one number, got an empty array of shape {array.shape}: "
            "check how the data was loaded or cut"
        )
    return array


def as_numbers(values: ArrayLike, name: str) -> Array:
    """Return `values` as floats: a float dtype is kept, whole numbers become float64."""
    array = as_array(values, name)
    return array if array.dtype.kind == "f" else array.astype(np.float64)


def check_finite(array: NDArray[Any], name: str) -> None:
    """Refuse NaN and infinity, and say where the first one is."""
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise ValueError(
            f"{name} must be finite numbers, got {array[where]} at position {where}: "
            "fill in or leave out missing values first"
        )


def as_labels(labels: ArrayLike, shape: tuple[int, ...], n_classes: int) -> Labels:
    """Return `labels` as whole numbers of that shape, each from 0 to n_classes - 1."""
    array = as_array(labels, "labels")
    if array.shape != shape:
        mend = (
            "these look one-hot: pass labels.argmax(axis=-1)"
            if array.shape == (*shape, n_classes) and n_classes > 1
            else _reshape("labels", array.shape, shape)
            or "give one label to each prediction, in the same order"
        )
        raise ValueError(f"labels must have shape {shape}, got {array.shape}: {mend}")
    check_finite(array, "labels")
    if array.dtype.kind == "b":
        array = array.astype(np.int64)  # as an index, True would select instead of count
    if array.dtype.kind == "f":
        raise ValueError(
            f"labels must be whole numbers counted from 0, got {array.dtype} such as "
            f"{array.flat[0]}: use labels.astype(int) if they are class numbers, "
            "or mse if they are amounts"
        )
    # Seen as unsigned, a negative label is a huge one: one comparison finds both.
    if array.astype(np.uint64).max() >= n_classes:
        wrong = array[(array < 0) | (array >= n_classes)].flat[0]
        raise ValueError(
            f"labels must be from 0 to {n_classes - 1} for {n_classes} classes, got {wrong}: "
            "count classes from 0, and give the network one output for each class"
        )
    return array


def check_probabilities(probabilities: Array) -> None:
    """Refuse numbers that cannot be probabilities."""
    if not ((probabilities >= 0) & (probabilities <= 1)).all():
        wrong = probabilities[~((probabilities >= 0) & (probabilities <= 1))].flat[0]
        raise ValueError(
            f"probabilities must be between 0 and 1, got {wrong}: if these are logits "
            "(raw scores), pass them to softmax_cross_entropy, or through softmax first"
        )


def check_rows_add_to_one(probabilities: Array) -> None:
    """Refuse probabilities that leave something out, or count it twice."""
    totals = probabilities.sum(axis=-1)
    wrong = np.abs(totals - 1) > 1e-3
    if wrong.any():
        total = float(totals[wrong].flat[0])
        raise ValueError(
            f"probabilities must add up to 1 in each row, got a row that adds up to {total:.6g}: "
            "softmax turns raw scores into such rows"
        )


def check_not_probabilities(logits: Array) -> None:
    """Refuse logits that have been through softmax already.

    Told by this: no number is negative, every row adds up to 1, and not all are whole.
    """
    if logits.min() >= 0 and np.abs(logits.sum(axis=-1) - 1).max() < 1e-6 and (logits % 1).any():
        raise ValueError(
            "logits must be raw scores, got rows that add up to 1 like probabilities: "
            "leave softmax out before softmax_cross_entropy, or use cross_entropy"
        )


def check_rows(array: Array, name: str) -> None:
    """Refuse anything but one row for each example, or one plain row."""
    if array.ndim not in (1, 2):
        raise ValueError(
            f"{name} must have shape (examples, classes), got {array.shape}: "
            "give one row for each example and one column for each class"
        )


def check_same_shape(predictions: Array, targets: Array) -> None:
    """Refuse shapes that differ, above all those that NumPy would stretch to fit."""
    if predictions.shape != targets.shape:
        mend = (
            _reshape("targets", targets.shape, predictions.shape)
            or "give one target to each prediction"
        )
        raise ValueError(
            f"predictions and targets must have the same shape, got {predictions.shape} "
            f"and {targets.shape}: {mend}"
        )


def check_count(number: int, name: str) -> None:
    """Refuse anything but a whole number from 1 up."""
    if isinstance(number, bool) or not isinstance(number, int | np.integer):
        raise TypeError(
            f"{name} must be a whole number, got {number!r}: pass an int, such as {name}=32"
        )
    if number < 1:
        raise ValueError(f"{name} must be at least 1, got {number}: pass a number such as 32")


def check_rng(rng: np.random.Generator) -> None:
    """Refuse a seed, or NumPy's older kind of generator, where a Generator is needed."""
    if not isinstance(rng, np.random.Generator):
        seed = rng if isinstance(rng, int | np.integer) and not isinstance(rng, bool) else 0
        raise TypeError(
            f"rng must be a numpy.random.Generator, got {rng!r}: "
            f"pass rng=np.random.default_rng({seed})"
        )


def check_pairs(inputs: NDArray[Any], targets: NDArray[Any], of: str = "") -> None:
    """Refuse inputs and targets that do not pair up, row by row."""
    for name, array in (("inputs", inputs), ("targets", targets)):
        if array.ndim == 0:
            raise ValueError(
                f"{of}{name} must have one row for each example, got the single number {array}: "
                f"put it into a list, as in [{array}]"
            )
    if len(inputs) != len(targets):
        raise ValueError(
            f"{of}inputs and targets must pair up row by row, got {len(inputs)} inputs "
            f"and {len(targets)} targets: check that both were cut in the same place"
        )


def _kind(array: NDArray[Any]) -> str:
    """Say in words what an array holds that is not numbers."""
    kinds = {"U": "text", "S": "bytes", "O": "objects", "c": "complex numbers"}
    kind = kinds.get(array.dtype.kind, str(array.dtype))
    wrong = [value for value in array.ravel().tolist() if not isinstance(value, int | float)]
    return f"{kind} such as {wrong[0]!r}" if wrong else kind


def _reshape(name: str, shape: tuple[int, ...], wanted: tuple[int, ...]) -> str:
    """Say how to mend a shape that differs in nothing but axes of length 1, or say nothing."""
    if not wanted or [n for n in shape if n != 1] != [n for n in wanted if n != 1]:
        return ""
    # -1, not the number of rows: what came here may be one batch of many.
    return f"use {name}.reshape({', '.join(map(str, (-1, *wanted[1:])))})"
