"""Refuse bad input with a sentence: what was expected, what came, how to mend it.

None of this is the lesson. The other modules are: each of their functions starts with one call
to here, and what comes back is ready to be worked with. A message ends with what to do, and
often with the lesson that explains it.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, Generic, NoReturn, TypeVar

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

Array = NDArray[np.floating[Any]]
Marks = NDArray[np.bool_]  # True at what is right
Item = TypeVar("Item")


# Numbers of any shape


def as_array(values: ArrayLike, name: str) -> NDArray[Any]:
    """Return `values` as an array of numbers that holds at least one."""
    # Most are plain arrays: they need no more than a look.
    array = values if type(values) is np.ndarray else _from_other(values, name)
    if array.dtype.kind not in "fiub":
        raise TypeError(f"{name} must be numbers, got {_what(array)}: {_to_numbers(values, name)}")
    if array.size == 0:
        raise ValueError(
            f"{name} must hold at least one number, got an empty array of shape {array.shape}: "
            "check how the data was loaded or cut"
        )
    return array


def as_numbers(values: ArrayLike, name: str) -> Array:
    """Return `values` as floats: float32 and wider is kept, all else becomes float64."""
    array = as_array(values, name)
    # float16 ends at 65,504: a square would soon be infinite.
    return array if array.dtype.char in "fdg" else array.astype(np.float64)


def check_finite(array: NDArray[Any], name: str, where: str = "", mend: str = "") -> None:
    """Refuse NaN and infinity, and say where the first one is."""
    if array.dtype.kind != "f":
        return
    with np.errstate(over="ignore", invalid="ignore"):
        if np.isfinite(array.sum()):  # a sum needs no room
            return
    wrong = ~np.isfinite(array)
    if not wrong.any():
        return  # only the sum was too large
    position = tuple(int(i) for i in np.argwhere(wrong)[0])
    raise ValueError(
        f"{name} must be finite numbers, got {array[position]} at position {position}{where}: "
        + (mend or _without_missing(array, name))
    )


def _from_other(values: ArrayLike, name: str) -> NDArray[Any]:
    """Return what is no plain array as one: a list, a table, a file on the disk."""
    listed = isinstance(values, list | tuple)
    parts: Sequence[Any] = values if listed else [values]  # type: ignore[assignment]
    if any(np.ma.is_masked(part) for part in parts):
        masks = [np.ma.getmaskarray(part) for part in parts]
        whole = name.removeprefix("validation ")
        whole = f"np.ma.array({whole})" if listed else whole
        raise ValueError(
            f"{name} must be there, every one of them, got {sum(mask.sum() for mask in masks)} of "
            f"{sum(mask.size for mask in masks)} masked: "
            + _keep_rows(f"(~np.ma.getmaskarray({whole}))", masks[0].ndim + listed)
        )
    try:
        return np.asarray(values)
    except ValueError:
        raise ValueError(
            f"{name} must form a full table, but its rows differ in length: "
            "give every row the same number of values"
        ) from None


def _without_missing(array: NDArray[Any], name: str) -> str:
    """Say how to leave out what is missing: columns that hold nothing else, or rows."""
    name = name.removeprefix("validation ")
    if array.ndim == 2 and len(array) > 1:
        columns = [int(i) for i in np.flatnonzero(np.isnan(array).all(axis=0))]
        if columns:
            return (
                "a column that never changes was perhaps divided by its spread of 0, so use "
                f"np.delete({name}, {columns}, axis=1) (lab 5)"
            )
    return _keep_rows(f"np.isfinite({name})", array.ndim)


def _keep_rows(good: str, ndim: int) -> str:
    """Say how to keep the rows in which all is good."""
    axes = {0: "", 1: "", 2: ".all(axis=1)"}.get(ndim, f".all(axis={tuple(range(1, ndim))})")
    return f"keep the rows where {good}{axes}, of inputs and targets alike (lab 5)"


def _what(array: NDArray[Any]) -> str:
    """Say in words what an array holds that is not numbers."""
    kinds = {"S": "bytes", "O": "objects", "c": "complex numbers", "M": "dates"}
    kind = kinds.get(array.dtype.kind, str(array.dtype))
    wrong = [value for value in array.ravel().tolist() if not isinstance(value, int | float)]
    if wrong and isinstance(wrong[0], str):
        kind = "text"
    return f"{kind} such as {wrong[0]!r}" if wrong else kind


def _to_numbers(values: Any, name: str) -> str:
    """Say how to make numbers of what is not."""
    name = name.removeprefix("validation ")
    if values is None:
        return "pass a list or an array of numbers"
    if hasattr(values, "toarray"):  # a sparse matrix
        return f"use {name}.toarray()"
    if isinstance(values, Mapping):
        return f"use list({name}.values())"
    if isinstance(values, Set):
        return "a set has no order, so pass a list"
    if isinstance(values, Iterable) and not isinstance(values, Collection):
        return f"use list({name})"
    array = np.asarray(values)
    if array.dtype.kind == "M":
        return f"use (np.array({name}) - np.array({name}).min()) / np.timedelta64(1, 'D')"
    if array.dtype.kind == "c":
        return f"use np.real({name}), or np.abs({name}), whichever you mean"
    try:
        numbers = np.array(values, dtype=float)
    except (TypeError, ValueError):
        is_text = all(isinstance(value, str) for value in array.ravel().tolist())
        if is_text and name in ("labels", "targets"):
            return (
                "number the kinds from 0, as "
                f"np.unique({name}, return_inverse=True)[1] does (lesson 3)"
            )
        return "leave out what is no number (lab 5)"
    if np.isnan(numbers).any():
        return "fill in or leave out what is missing (lab 5)"
    return f"use np.array({name}, dtype=float)"


# One boundary for each kind of loss


def as_amounts(predictions: ArrayLike, targets: ArrayLike) -> tuple[Array, Array]:
    """Return amounts of one shape and one dtype, that of the predictions."""
    predictions, targets = as_numbers(predictions, "predictions"), as_numbers(targets, "targets")
    if predictions.shape != targets.shape:  # above all those that NumPy would stretch to fit
        mend = _reshape("targets", targets.shape, predictions.shape)
        raise ValueError(
            f"predictions and targets must have the same shape, got {predictions.shape} "
            f"and {targets.shape}: {mend or 'give one target to each prediction'} (lesson 2)"
        )
    return predictions, targets.astype(predictions.dtype, copy=False)


def as_shares(probabilities: ArrayLike, labels: ArrayLike) -> tuple[Array, Marks]:
    """Return rows of probabilities, and True at the right class of each."""
    probabilities = _as_rows(probabilities, "probabilities")
    _check_probabilities(
        probabilities,
        "if these are logits (raw scores), pass them to softmax_cross_entropy (lesson 3)",
    )
    totals = probabilities.sum(axis=-1)
    wrong = np.abs(totals - 1) > 1e-3
    if wrong.any():
        _check_rounded(probabilities[wrong], totals[wrong])
    return probabilities, _mark(labels, probabilities.shape)


def as_chances(probabilities: ArrayLike, labels: ArrayLike) -> tuple[Array, Marks]:
    """Return the probabilities of yes, and True where yes is right."""
    probabilities = as_numbers(probabilities, "probabilities")
    _check_probabilities(
        probabilities,
        "if these are logits (raw scores), give the network two outputs "
        "and use softmax_cross_entropy (lesson 3)",
    )
    return probabilities, _mark(labels, (*probabilities.shape, 2))[..., 1]


def as_scores(logits: ArrayLike, labels: ArrayLike) -> tuple[Array, Marks]:
    """Return rows of raw scores, and True at the right class of each."""
    logits = _as_rows(logits, "logits")
    # Told by this: all lie from 0 to 1, every row adds up to 1, and not all are whole. The
    # first number tells most scores apart, and is quicker to look at than all.
    if (
        0 <= logits.item(0) <= 1
        and logits.min() >= 0
        and logits.max() <= 1
        and np.abs(logits.sum(axis=-1) - 1).max() < 1e-6
        and (logits % 1).any()
    ):
        raise ValueError(
            "logits must be raw scores, got rows that add up to 1 like probabilities: "
            "leave softmax out before softmax_cross_entropy, or use cross_entropy (lesson 3)"
        )
    return logits, _mark(labels, logits.shape)


def as_logits(logits: ArrayLike) -> Array:
    """Return rows of raw scores, all of them finite."""
    logits = _as_rows(logits, "logits")
    check_finite(
        logits,
        "logits",
        mend="a network gives such scores after its training blew up, so scale its inputs to be "
        "around 1, and begin with a new network (lesson 6)",
    )
    return logits


def _as_rows(values: ArrayLike, name: str) -> Array:
    """Return one row for each example, or one plain row, with a column for each class."""
    array = as_numbers(values, name)
    if array.ndim not in (1, 2):
        raise ValueError(
            f"{name} must have shape (examples, classes), got {array.shape}: "
            "give one row for each example and one column for each class"
        )
    if array.shape[-1] == 1:
        raise ValueError(
            f"{name} must have one column for each class, got one column, so one class: "
            "give the network two outputs, one for no and one for yes (lesson 3)"
        )
    return array


def _check_probabilities(probabilities: Array, mend: str) -> None:
    """Refuse numbers that cannot be probabilities, NaN among them."""
    if not (probabilities.min() >= 0 and probabilities.max() <= 1):
        wrong = probabilities[~((probabilities >= 0) & (probabilities <= 1))].flat[0]
        raise ValueError(f"probabilities must be between 0 and 1, got {wrong}: {mend}")


def _check_rounded(rows: Array, totals: Array) -> None:
    """Refuse rows that are off 1 by more than rounding to two decimals can make of it.

    Each number may be off by half a hundredth then, so a row by that for each class.
    """
    room = min(0.005 * rows.shape[-1], 0.05)
    rounded = (np.abs(100 * rows - np.round(100 * rows)) < 1e-4).all(axis=-1)
    wrong = ~rounded | (np.abs(totals - 1) > room - 1e-6)
    if wrong.any():
        total = float(totals[wrong][0])
        mend = (
            "if they were rounded, divide each row by its total"
            if abs(total - 1) < 0.06
            else "if these are raw scores, pass them to softmax_cross_entropy"
        )
        raise ValueError(
            f"probabilities must add up to 1 in each row, got a row that adds up to {total:.6g}: "
            f"{mend} (lesson 3)"
        )


def _mark(labels: ArrayLike, shape: tuple[int, ...]) -> Marks:
    """Return an array of that shape: in each row, True at the right class."""
    n_classes = shape[-1]
    array = _as_labels(labels, shape[:-1], n_classes)
    marks: Marks = array[..., np.newaxis] == np.arange(n_classes)
    # A label that is no class has no mark in its row.
    if np.count_nonzero(marks) != array.size:
        _refuse_labels(array, n_classes)
    return marks


def _as_labels(labels: ArrayLike, shape: tuple[int, ...], n_classes: int) -> NDArray[Any]:
    """Return `labels` as whole numbers of that shape."""
    array = as_array(labels, "labels")
    if array.shape != shape:
        mend = (
            "these look one-hot, so pass np.argmax(labels, axis=-1)"
            if array.shape == (*shape, n_classes)
            else _reshape("labels", array.shape, shape)
            or "give one label to each prediction, in the same order"
        )
        raise ValueError(f"labels must have shape {shape}, got {array.shape}: {mend} (lesson 3)")
    if array.dtype.kind == "f":
        check_finite(array, "labels")
        parts = array[array % 1 != 0]
        mend = "use mse, for these are amounts" if len(parts) else "use np.array(labels, dtype=int)"
        raise ValueError(
            f"labels must be whole numbers counted from 0, got {array.dtype} such as "
            f"{[*parts, *array.flat][0]}: {mend} (lesson 3)"
        )
    return array


def _refuse_labels(labels: NDArray[Any], n_classes: int) -> NoReturn:
    """Say which label is no class."""
    wrong = labels[(labels < 0) | (labels >= n_classes)].flat[0]
    raise ValueError(
        f"labels must be from 0 to {n_classes - 1} for {n_classes} classes, got {wrong}: "
        "count classes from 0, and give the network one output for each class (lesson 3)"
    )


def _reshape(name: str, shape: tuple[int, ...], wanted: tuple[int, ...]) -> str:
    """Say how to mend a shape that differs in nothing but axes of length 1, or say nothing."""
    if not wanted or [n for n in shape if n != 1] != [n for n in wanted if n != 1]:
        return ""
    # -1, not the number of rows: what came here may be one batch of many.
    return f"use np.reshape({name}, {(-1, *wanted[1:]) if len(wanted) > 1 else -1})"


def as_loss(value: float | np.floating[Any], gradient: ArrayLike) -> tuple[float, Array]:
    """Return one number and its gradient."""
    if not isinstance(value, (float, np.floating)):
        number = as_array(value, "value")
        if number.ndim:
            raise ValueError(
                f"value must be one number, got an array of shape {number.shape}: "
                "take the mean, as in Loss(np.mean(losses), gradient)"
            )
        value = float(number)
    return float(value) + 0.0, as_numbers(gradient, "gradient")  # -0.0 would show its sign


# Counts, chance and pairs


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
            f"pass rng=np.random.default_rng({abs(seed)})"
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


def as_deck(
    inputs: ArrayLike,
    targets: ArrayLike,
    batch_size: int,
    rng: np.random.Generator | None,
    drop_last: bool,
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return inputs and targets that pair up, and of which batches can be dealt."""
    inputs, targets = as_array(inputs, "inputs"), as_array(targets, "targets")
    check_pairs(inputs, targets)
    check_count(batch_size, "batch_size")
    if rng is not None:
        check_rng(rng)
    if drop_last and batch_size > len(inputs):
        raise ValueError(
            f"batch_size must be at most {len(inputs)}, the number of examples, when the "
            f"last batch is dropped, got {batch_size}: no batch would be left (lesson 4)"
        )
    return inputs, targets


class Once(Iterator[Item], Generic[Item]):
    """What can be gone through once, and says so when it is asked again."""

    maker = "batches"  # the function that the reader called

    def __init__(self, items: Iterator[Item]) -> None:
        """Keep what is to come."""
        self.items = items
        self.started = self.used_up = False

    def __iter__(self) -> Iterator[Item]:
        """Start, unless all are gone."""
        if self.used_up:
            raise ValueError(
                f"{self.maker}(...) can be looped over once, got a loop after its end: "
                f"call {self.maker}(...) again for each loop (lesson 4)"
            )
        return self

    def __next__(self) -> Item:
        """Hand out the next one."""
        self.started = True
        try:
            return next(self.items)
        except BaseException:
            self.used_up = True
            raise


# Layers and optimizers


class Fixed(tuple[Item, ...]):
    """A tuple that says what to do in place of putting something else into it."""

    def __setitem__(self, place: Any, thing: Any) -> None:
        """Refuse."""
        raise TypeError(
            f"what is in this tuple must stay there, got {thing!r} for place {place}: set the "
            "layer's own, as in layer.weights = Parameter(...), or build a new Network"
        )


def as_parameter(value: ArrayLike, gradient: ArrayLike | None) -> tuple[Array, Array]:
    """Return numbers, and a gradient of their shape: zeros, unless one is given."""
    value = as_numbers(value, "value")
    gradient = np.zeros_like(value) if gradient is None else as_numbers(gradient, "gradient")
    if gradient.shape != value.shape:
        raise ValueError(
            f"the gradient must have the value's shape {value.shape}, "
            f"got {gradient.shape}: give one slope for each number"
        )
    return value, gradient


def as_inputs(inputs: ArrayLike, layer: Any, n_inputs: int) -> Array:
    """Return a copy of the inputs, as wide as the layer: nobody else can change it."""
    array = as_numbers(inputs, "inputs")
    if array.ndim != 2 or array.shape[1] != n_inputs:
        width = math.prod(array.shape[1:])
        if array.ndim == 1 and len(array) == n_inputs > 1:
            mend = "put one row for each example, so use np.reshape(inputs, (1, -1)) for this one"
        elif array.ndim != 2 and width == n_inputs and array.ndim:
            mend = f"put one row for each example, so use np.reshape(inputs, (-1, {n_inputs}))"
        elif array.ndim > 2:
            mend = (
                "put one row for each example, so use np.reshape(inputs, (len(inputs), -1)), "
                f"and make the first layer Dense({width}, ...)"
            )
        else:
            mend = "give one row for each example, as wide as the layer"
            mend += f", or make it Dense({width}, ...)" if array.ndim == 2 else ""
        raise ValueError(
            f"{layer} takes inputs of shape (examples, {n_inputs}), got {array.shape}: "
            f"{mend} (lesson 6)"
        )
    return array.copy()


def as_gradient(
    gradient: ArrayLike, layer: Any, memory: str, n_outputs: int | None = None
) -> Array:
    """Return the gradient, if it has the shape of the outputs of the batch in memory."""
    gradient = as_numbers(gradient, "gradient")
    kept = getattr(layer, memory, None)
    shape = None if kept is None else kept.shape if n_outputs is None else (len(kept), n_outputs)
    if gradient.shape != shape:
        raise ValueError(
            f"{layer} expects a gradient of shape {shape or '()'}, that of its last outputs, got "
            f"{gradient.shape}: call forward first, then backward for the same batch (lesson 5)"
        )
    return gradient


def without(layer: Any, memory: str) -> dict[str, Any]:
    """Return all that a layer holds but its memory of the last batch."""
    return {name: value for name, value in vars(layer).items() if name != memory}


def check_dense(n_inputs: int, n_outputs: int, rng: np.random.Generator, dtype: DTypeLike) -> None:
    """Refuse sizes that are no counts, a seed, and numbers too short to learn with."""
    check_count(n_inputs, "n_inputs")
    check_count(n_outputs, "n_outputs")
    check_rng(rng)
    kind = np.dtype(dtype)
    if kind.kind != "f" or kind.itemsize < 4:
        raise TypeError(
            f"dtype must be np.float64 or np.float32, got {kind}: leave it out, or pass one of them"
        )


def as_layers(layers: Sequence[Any]) -> Fixed[Any]:
    """Return the layers, unless one is no layer, or two neighbours do not fit."""
    if not layers:
        raise ValueError("a network must have at least one layer, got none: Network(Dense(...))")
    for place, layer in enumerate(layers):
        if isinstance(layer, type) or not looks_like_a_layer(layer) or hasattr(layer, "layers"):
            raise TypeError(
                f"a network must be made of layers, got {layer!r}: "
                "pass them one by one, as in Network(Dense(...), ReLU(), Dense(...)) (lesson 6)"
            )
        if any(layer is other for other in layers[:place]):
            raise ValueError(
                f"a layer can stand in one place only, got {layer!r} twice: it remembers its last "
                "batch for the way back, so give each place one of its own"
            )
    _check_fit(layers)
    return Fixed(layers)


def looks_like_a_layer(thing: Any) -> bool:
    """Tell whether it has what a network needs from a layer."""
    return all(hasattr(thing, name) for name in ("parameters", "forward", "backward"))


def _check_fit(layers: Sequence[Any]) -> None:
    """Refuse neighbours whose sizes differ."""
    from nnbasics.layers import Dense, ReLU, Tanh  # they import this module, so not at the top

    width, source = None, None
    for layer in layers:
        if isinstance(layer, Dense):
            n_inputs, n_outputs = layer.weights.value.shape
            if width not in (None, n_inputs):
                raise ValueError(
                    f"layers must fit, but {source} puts out {width} numbers and {layer} "
                    f"takes in {n_inputs}: make the two sizes equal (lesson 6)"
                )
            width, source = n_outputs, layer
        elif not isinstance(layer, ReLU | Tanh):
            width = None  # a layer of the reader's own may change it


def as_rate(learning_rate: float) -> float:
    """Return the learning rate, if it is a number that leads downhill."""
    kinds = (float, int, np.floating, np.integer)
    if isinstance(learning_rate, bool) or not isinstance(learning_rate, kinds):
        raise TypeError(
            f"learning_rate must be a number, got {learning_rate!r}: "
            "pass learning_rate=0.1, for example (lesson 5)"
        )
    if not 0 < learning_rate < np.inf:
        raise ValueError(
            f"learning_rate must be above 0 and finite, got {learning_rate}: "
            "try 0.1, with inputs that are scaled to be around 1 (lesson 6)"
        )
    return float(learning_rate)


def _refuse_parameter(parameter: Any) -> NoReturn:
    """Say why this cannot be updated."""
    if not (hasattr(parameter, "value") and hasattr(parameter, "gradient")):
        raise TypeError(
            f"parameters must be a list of Parameter, got {parameter!r}: pass network.parameters"
        )
    value, gradient = parameter.value, parameter.gradient
    if not isinstance(value, np.ndarray) or value.dtype.kind != "f":
        raise TypeError(
            f"each value must be an array of floats, got {value!r}: set "
            "parameter.value = np.array(parameter.value, dtype=float)"
        )
    raise ValueError(
        f"each gradient must be an array of its parameter's shape, {value.shape}, "
        f"got {gradient!r}: set both in the layer's backward"
    )


def as_parameters(parameters: Iterable[Any]) -> list[Any]:
    """Return the parameters as a list, before any of them is changed."""
    listed = list(parameters) if isinstance(parameters, Iterable) else [parameters]
    for parameter in listed:
        try:
            value, gradient = parameter.value, parameter.gradient
            is_right = value.dtype.kind == "f" and value.shape == gradient.shape
        except AttributeError:
            is_right = False
        if not is_right:
            _refuse_parameter(parameter)
    return listed
