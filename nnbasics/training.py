"""The training loop: four steps for every batch of every epoch."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from nnbasics._checks import Array
from nnbasics._watch import Training, Watch, check_parts
from nnbasics.batching import Batch
from nnbasics.layers import Network
from nnbasics.losses import Loss
from nnbasics.optimizers import Optimizer


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
    optimizer: Optimizer,
    inputs: ArrayLike | Callable[[], Iterable[tuple[ArrayLike, ArrayLike]]],
    targets: ArrayLike | None = None,
    *,
    epochs: int,
    batch_size: int | None = None,
    rng: np.random.Generator | None = None,
    validation: tuple[ArrayLike, ArrayLike] | None = None,
) -> Iterator[Epoch]:
    """Train a network, one epoch each time you ask: nothing happens until you loop over it.

    The `for` around it is yours: print, plot, keep the best weights, or `break` to stop.

    Args:
        network: What to train. Its parameters change in place.
        loss_function: Takes predictions and targets and returns a `Loss`: `mse`,
            `softmax_cross_entropy`, or your own.
        optimizer: Updates the parameters.
        inputs: One row for each example: shape (examples, n_inputs). A `numpy.memmap` stays
            on the disk, and each row is read once in an epoch. Or a function that deals
            batches anew for each epoch, such as `lambda: batches(inputs, targets, 32)`: then
            leave out targets, batch_size and rng.
        targets: The right answers in the same order, as the loss function takes them.
        epochs: How many times to go through all examples.
        batch_size: How many examples to learn from before each update.
        rng: Shuffles the examples, anew for each epoch.
        validation: Inputs and targets to measure, never to learn from. They go through the
            network in one piece, so they must fit into memory.

    Returns:
        An iterator that trains for one epoch at each step, and then hands out its `Epoch`.

    Raises:
        TypeError: If an argument is of the wrong kind.
        ValueError: If the examples do not pair up or fit the network, hold NaN or infinity,
            or if the loss stops being finite: the message names the epoch and the batch.

    Warns:
        RuntimeWarning: If nobody ever loops over what it returns.

    Examples:
        >>> from nnbasics import SGD, Dense, mse
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
    check_parts(network, loss_function, optimizer, epochs)
    watch = Watch(network, loss_function, inputs, targets, batch_size, rng, validation)
    return Training(
        training_loop(network, watch.loss, optimizer, watch.batches, epochs, watch.validation_loss)
    )


def training_loop(
    network: Network,
    loss_function: Callable[[Array, Any], Loss],
    optimizer: Optimizer,
    deal: Callable[[], Iterable[Batch]],
    epochs: int,
    validate: Callable[[], float | None],
) -> Iterator[Epoch]:
    """Train, one epoch after the other: `train` checks what it is given, and runs this.

    Args:
        network: What to train.
        loss_function: Takes predictions and targets and returns a `Loss`.
        optimizer: Updates the parameters.
        deal: Returns the batches of one epoch, shuffled anew each time.
        epochs: How many times to go through all examples.
        validate: Returns the loss on the validation examples, or None without any.

    Yields:
        An `Epoch` after each pass over the examples.
    """
    for number in range(1, epochs + 1):
        batch_losses: list[float] = []
        batch_sizes: list[int] = []
        for batch in deal():
            # 1. Forward: make predictions
            predictions = network.forward(batch.inputs)
            # 2. Loss: check how wrong
            loss = loss_function(predictions, batch.targets)
            # 3. Backward: find the blame
            network.backward(loss.gradient)
            # 4. Update: fix the mistakes
            optimizer.update(network.parameters)
            batch_losses.append(float(loss))
            batch_sizes.append(len(batch.inputs))
        # A small last batch counts for less, so that every example counts the same.
        mean_loss = float(np.average(batch_losses, weights=batch_sizes))
        yield Epoch(number, mean_loss, batch_losses, validate())
