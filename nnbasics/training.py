"""The training loop: four steps for every batch of every epoch."""

import math
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnbasics._checks import (
    Array,
    as_array,
    as_numbers,
    check_count,
    check_finite,
    check_pairs,
    check_rng,
)
from nnbasics.batching import batches
from nnbasics.layers import Layer, Network
from nnbasics.losses import Loss
from nnbasics.optimizers import SGD


class Epoch(NamedTuple):
    """What one pass over all examples showed.

    Attributes:
        number: 1 for the first epoch.
        loss: The mean over all examples of the loss that each had when its batch came up.
            The weights change in between, so the loss after the epoch is often lower.
        batch_losses: The loss of each batch, in the order they came up.
        validation_loss: The loss on the validation examples after the epoch, or None where
            none were given.
    """

    number: int
    loss: float
    batch_losses: list[float]
    validation_loss: float | None


def train(
    network: Network,
    loss_function: Callable[[Array, Any], Loss],
    optimizer: SGD,
    inputs: ArrayLike,
    targets: ArrayLike,
    *,
    epochs: int,
    batch_size: int,
    rng: np.random.Generator,
    validation: tuple[ArrayLike, ArrayLike] | None = None,
) -> Iterator[Epoch]:
    """Train a network, one epoch each time you ask: nothing happens until you loop over it.

    The `for` around it is yours: print, plot, keep the best weights, or `break` to stop.

    Args:
        network: What to train. Its parameters change in place.
        loss_function: Takes predictions and targets and returns a `Loss`: `mse`,
            `softmax_cross_entropy`, or your own.
        optimizer: Updates the parameters.
        inputs: One row for each example: shape (examples, n_inputs).
        targets: The right answers in the same order, as the loss function takes them.
        epochs: How many times to go through all examples.
        batch_size: How many examples to learn from before each update.
        rng: Shuffles the examples, anew for each epoch.
        validation: Inputs and targets to measure, never to learn from.

    Yields:
        An `Epoch` after each pass over the examples.

    Raises:
        TypeError: If an argument is of the wrong kind.
        ValueError: If the examples do not pair up or fit the network, hold NaN or infinity,
            or if the loss stops being finite: the message names the epoch and the batch.

    Examples:
        >>> from nnbasics import Dense, mse
        >>> rng = np.random.default_rng(0)
        >>> inputs = rng.uniform(-1, 1, size=(100, 1))
        >>> network = Network(Dense(1, 1, rng=rng))
        >>> for epoch in train(
        ...     network,
        ...     mse,
        ...     SGD(learning_rate=0.1),
        ...     inputs,
        ...     3 * inputs + 1,
        ...     epochs=20,
        ...     batch_size=10,
        ...     rng=rng,
        ... ):
        ...     if epoch.number % 10 == 0:
        ...         print(f"Epoch {epoch.number}: loss {epoch.loss:.3f}")
        Epoch 10: loss 0.000
        Epoch 20: loss 0.000

    Source: Goodfellow et al. 2016, section 8.1.3.
    """
    _check_parts(network, loss_function, optimizer)
    inputs, targets = _as_examples(inputs, targets)
    if validation is not None:
        validation = _as_validation(validation)
    check_count(epochs, "epochs")
    check_count(batch_size, "batch_size")
    check_rng(rng)
    for number in range(1, epochs + 1):
        # A blow-up is told by _check_loss, with the batch, rather than by a NumPy warning.
        with np.errstate(over="ignore", invalid="ignore"):
            batch_losses: list[float] = []
            batch_sizes: list[int] = []
            for batch in batches(inputs, targets, batch_size, rng=rng):
                # 1. Forward: make predictions
                predictions = network.forward(batch.inputs)
                # 2. Loss: check how wrong
                loss = loss_function(predictions, batch.targets)
                _check_loss(loss, number, len(batch_losses) + 1)
                # 3. Backward: find the blame
                network.backward(loss.gradient)
                # 4. Update: fix the mistakes
                optimizer.update(network.parameters)
                batch_losses.append(float(loss))
                batch_sizes.append(len(batch.inputs))
            # A small last batch counts for less, so that every example counts the same.
            mean_loss = float(np.average(batch_losses, weights=batch_sizes))
            validation_loss = None
            if validation is not None:
                unseen_inputs, unseen_targets = validation
                validation_loss = float(
                    loss_function(network.forward(unseen_inputs), unseen_targets)
                )
        yield Epoch(number, mean_loss, batch_losses, validation_loss)


def _check_parts(network: Any, loss_function: Any, optimizer: Any) -> None:
    """Refuse parts that are not what they should be, or that changed places."""
    if isinstance(network, type) or not isinstance(network, Layer):
        raise TypeError(
            f"network must be a Network, got {network!r}: pass Network(Dense(...), ...)"
        )
    if not callable(loss_function):
        raise TypeError(
            f"loss_function must be a function, got {loss_function!r}: "
            "pass its name without quotes or brackets, such as mse"
        )
    if isinstance(optimizer, type) or not hasattr(optimizer, "update"):
        raise TypeError(
            f"optimizer must have an update method, got {optimizer!r}: "
            "pass SGD(learning_rate=0.1), for example"
        )


def _as_examples(inputs: ArrayLike, targets: ArrayLike, of: str = "") -> tuple[Array, NDArray[Any]]:
    """Return examples that pair up and hold no NaN, which would spoil every weight."""
    examples = as_numbers(inputs, f"{of}inputs"), as_array(targets, f"{of}targets")
    check_pairs(*examples, of)
    check_finite(examples[0], f"{of}inputs")
    check_finite(examples[1], f"{of}targets")
    return examples


def _as_validation(validation: tuple[ArrayLike, ArrayLike]) -> tuple[Array, NDArray[Any]]:
    """Return the validation examples, if there are inputs and targets."""
    if not isinstance(validation, tuple) or len(validation) != 2:
        size = f" of {len(validation)}" if isinstance(validation, tuple) else ""
        raise TypeError(
            f"validation must be a pair, got {type(validation).__name__}{size}: "
            "pass validation=(inputs, targets)"
        )
    return _as_examples(*validation, of="validation ")


def _check_loss(loss: Loss, epoch: int, batch: int) -> None:
    """Stop before a loss that is not a number spoils the weights."""
    if not isinstance(loss, Loss):
        raise TypeError(
            f"loss_function must return a Loss, got {type(loss).__name__}: "
            "return Loss(value, gradient), with a gradient of the predictions' shape"
        )
    if not math.isfinite(loss):
        raise ValueError(
            f"the loss must stay finite, got {float(loss)} in epoch {epoch}, batch {batch}: "
            "lower the learning rate, or scale the inputs to be around 1"
        )
