"""Watch over a training: what comes by, where it is, and whether anybody loops over it.

Like `_checks`, this is not the lesson: the loop itself is in `training`.
"""

import math
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, NoReturn

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnbasics._checks import (
    Array,
    Item,
    Once,
    as_array,
    check_count,
    check_finite,
    check_pairs,
    check_rng,
    looks_like_a_layer,
)
from nnbasics.batching import Batch, batches
from nnbasics.layers import Network
from nnbasics.losses import Loss

DEAL_ANEW = "pass a function, such as lambda: batches(inputs, targets, 32, rng=rng) (lesson 4)"


def check_parts(network: Any, loss_function: Any, optimizer: Any, epochs: int) -> None:
    """Refuse parts that are not what they should be, or that changed places."""
    if isinstance(network, type) or not looks_like_a_layer(network):
        raise TypeError(
            f"network must be a Network, got {network!r}: pass Network(Dense(...), ...)"
        )
    if not callable(loss_function):
        raise TypeError(
            f"loss_function must be a function, got {loss_function!r}: "
            "pass its name without quotes or brackets, such as mse"
        )
    # A set and a dict have an update method, too, and it would train nothing.
    is_other = isinstance(optimizer, type | Collection)
    if is_other or not callable(getattr(optimizer, "update", None)):
        raise TypeError(
            f"optimizer must have a method update(parameters), got {optimizer!r}: "
            "pass SGD(learning_rate=0.1), for example (lesson 5)"
        )
    check_count(epochs, "epochs")


def as_examples(
    inputs: ArrayLike, targets: ArrayLike, of: str = ""
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return examples that pair up and hold no NaN, which would spoil every weight.

    What lies on the disk is not read yet: each of its batches is looked at as it comes by.
    """
    arrays = as_array(inputs, f"{of}inputs"), as_array(targets, f"{of}targets")
    check_pairs(*arrays, of)
    for name, values, array in zip(("inputs", "targets"), (inputs, targets), arrays, strict=True):
        if not isinstance(values, np.memmap):
            check_finite(array, f"{of}{name}")
    return arrays


def as_dealer(
    inputs: Any, targets: Any, batch_size: Any, rng: Any
) -> tuple[Callable[[], Iterable[Any]], bool]:
    """Return a function that deals the batches of one epoch, and whether to look at each."""
    if callable(inputs):
        if any(thing is not None for thing in (targets, batch_size, rng)):
            raise TypeError(
                "targets, batch_size and rng must be left out when a function deals the batches, "
                "got at least one of them: give them to batches, inside of that function (lesson 4)"
            )
        return inputs, True
    if isinstance(inputs, Iterator) and targets is None:
        raise TypeError(
            f"inputs must be there in every epoch, got a {type(inputs).__name__}, which is used up "
            f"after one: {DEAL_ANEW}"
        )
    on_disk = isinstance(inputs, np.memmap) or isinstance(targets, np.memmap)
    inputs, targets = as_examples(inputs, targets)
    check_count(batch_size, "batch_size")
    check_rng(rng)
    return lambda: batches(inputs, targets, batch_size, rng=rng), on_disk


class Watch:
    """Looks at all that comes by in training, and knows in which epoch and batch that is."""

    def __init__(
        self,
        network: Network,
        loss_function: Callable[[Array, Any], Loss],
        inputs: Any,
        targets: Any,
        batch_size: Any,
        rng: Any,
        validation: Any,
    ) -> None:
        """Look at once at all that is in memory."""
        self.network, self.loss_function = network, loss_function
        self.deal, self.look = as_dealer(inputs, targets, batch_size, rng)
        self.epoch = self.batch = 0
        self.unseen = None if validation is None else self._as_validation(validation)

    def batches(self) -> Iterator[Batch]:
        """Deal the batches of one epoch, and look at the weights after the last of them."""
        self.epoch, self.batch = self.epoch + 1, 0
        for batch in self.deal():
            self.batch += 1
            yield self._looked_at(*batch) if self.look else batch
        if self.batch == 0:
            raise ValueError(
                f"inputs must deal batches anew in each epoch, got none in epoch {self.epoch}: "
                + DEAL_ANEW
            )
        if not all(np.isfinite(it.value).all() for it in self.network.parameters):
            raise ValueError(_blow_up("the weights", "nan or inf", self._here()))

    def loss(self, predictions: Array, targets: Any) -> Loss:
        """Return the loss, before one that is not a number spoils the weights."""
        loss = self.loss_function(predictions, targets)
        if not (isinstance(loss, Loss) and math.isfinite(loss)):
            _refuse_loss(loss, "the loss", self._here())
        return loss

    def validation_loss(self) -> float | None:
        """Return the loss on the validation examples, or None where there are none."""
        if self.unseen is None:
            return None
        inputs, targets = self.unseen
        loss = self.loss_function(self.network.forward(inputs), targets)
        if not (isinstance(loss, Loss) and math.isfinite(loss)):
            _refuse_loss(loss, "the validation loss", f" after epoch {self.epoch}")
        return float(loss)

    def _as_validation(self, validation: Any) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the validation examples, if they are two and go through."""
        if not isinstance(validation, tuple) or len(validation) != 2:
            size = f" of {len(validation)}" if isinstance(validation, tuple) else ""
            raise TypeError(
                f"validation must be a pair, got {type(validation).__name__}{size}: "
                "pass validation=(inputs, targets) (lesson 6)"
            )
        inputs, targets = as_examples(*validation, of="validation ")
        try:
            with np.errstate(over="ignore", invalid="ignore"):
                self.loss_function(self.network.forward(inputs), targets)
        except (TypeError, ValueError) as error:
            kind = TypeError if isinstance(error, TypeError) else ValueError
            raise kind(f"validation must go through as the inputs do, but {error}") from None
        return inputs, targets

    def _looked_at(self, inputs: ArrayLike, targets: ArrayLike) -> Batch:
        """Return a batch that was not looked at before the first."""
        batch = Batch(as_array(inputs, "inputs"), as_array(targets, "targets"))
        check_pairs(*batch)
        check_finite(batch.inputs, "inputs", self._here())
        check_finite(batch.targets, "targets", self._here())
        return batch

    def _here(self) -> str:
        """Say where this is."""
        return f" in epoch {self.epoch}, batch {self.batch}"


def _refuse_loss(loss: object, what: str, where: str) -> NoReturn:
    """Say why training cannot go on with this loss."""
    if not isinstance(loss, Loss):
        raise TypeError(
            f"loss_function must return a Loss, got {type(loss).__name__}: "
            "return Loss(value, gradient), with a gradient of the predictions' shape"
        )
    raise ValueError(_blow_up(what, str(float(loss)), where))


def _blow_up(what: str, got: str, where: str) -> str:
    """Say that something is no longer a number."""
    return (
        f"{what} must stay finite, got {got}{where}: scale the inputs to be around 1, or if they "
        "are, take a tenth of the learning rate, and begin with a new network (lesson 6)"
    )


class Training(Once[Item]):
    """A training that happens while somebody loops over it, and says so if nobody does."""

    maker = "train"

    def __next__(self) -> Item:
        """Train for one epoch: a blow-up is told by `Watch`, rather than by NumPy's warnings."""
        with np.errstate(over="ignore", invalid="ignore"):
            return super().__next__()

    def __repr__(self) -> str:
        """Say how far it is."""
        state = "over" if self.used_up else "under way" if self.started else "not started"
        return f"<training, {state}: it goes on while you loop over it>"

    def __del__(self) -> None:
        """Tell whoever calls train on a line of its own."""
        if not self.started:
            warnings.warn(
                "nothing was trained: train(...) needs a loop, as in for epoch in train(...)",
                RuntimeWarning,
                stacklevel=2,
            )
