"""Loss functions: how wrong are the predictions?

A loss function compares predictions with the right answers and returns one number,
the penalty points. 0 is perfect; more is worse. That number is a `Loss`. It behaves
like any other number, and it also carries its gradient: how the loss would change if
each prediction grew a little. Training needs both.

All losses are means over the batch. All logarithms are natural, so that surprise is
measured in nats (one nat is 1.44 bits). Nothing is clipped and no small number is added:
where a formula needs care with large numbers, it is rearranged instead.
"""

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from nnbasics._checks import Array, as_amounts, as_chances, as_logits, as_loss, as_scores, as_shares


class Loss(float):
    """A loss: a number that knows its gradient.

    Attributes:
        gradient: How the loss would change if each prediction grew a little, an array of
            the predictions' shape.

    Examples:
        >>> loss = mse([10, 5, 3], [8, 7, 3])
        >>> loss
        2.6666666666666665
        >>> loss / 2
        1.3333333333333333
        >>> loss.gradient.round(2)
        array([ 1.33, -1.33,  0.  ])
    """

    gradient: Array

    def __new__(cls, value: float | np.floating[Any], gradient: ArrayLike) -> Self:
        """Join a number and its gradient."""
        number, slopes = as_loss(value, gradient)
        loss = super().__new__(cls, number)
        loss.gradient = slopes
        return loss

    def __getnewargs__(self) -> tuple[float, Array]:  # type: ignore[override]
        """Let copy and pickle keep the gradient."""
        return float(self), self.gradient


def mse(predictions: ArrayLike, targets: ArrayLike) -> Loss:
    """Mean squared error: the average of the squared misses.

    Args:
        predictions: What the network said: numbers in any shape. They come first: the other
            way round the loss is the same, and its gradient points uphill.
        targets: The right answers, in the same shape and unit.

    Returns:
        The loss, in the unit of the targets squared. Its gradient is
        2 * (predictions - targets) / number of elements.

    Raises:
        TypeError: If either holds something other than numbers.
        ValueError: If the shapes differ (NumPy would stretch some of them to fit, and the
            result would be wrong without a warning), or if there are no numbers.

    Examples:
        >>> mse([10, 5, 3], [8, 7, 3])
        2.6666666666666665
        >>> mse(30, 25)  # one guess, one answer
        25.0

    Source: Gauss 1809, the method of least squares. Mean over all elements, without the
    factor of one half that some books put in front.
    """
    predictions, targets = as_amounts(predictions, targets)
    miss = predictions - targets
    return Loss(np.mean(miss**2), 2 * miss / miss.size)


def cross_entropy(probabilities: ArrayLike, labels: ArrayLike) -> Loss:
    """Cross-entropy: the average surprise at the right answer, -ln p(right class).

    It reads only the probability that each example's right class was given. To train a
    network, use `softmax_cross_entropy`, which does the same from logits and never
    overflows.

    Args:
        probabilities: One row for each example, one column for each class, each row adding
            up to 1: shape (examples, classes). A single example may be given plainly:
            shape (classes,).
        labels: The right class of each example, a whole number counted from 0:
            shape (examples,), or one number for a single example.

    Returns:
        The loss in nats. A probability of 0 for a right class makes it infinite: the
        network had called impossible what then happened. Its gradient is
        -1 / p / number of examples at the right classes and 0 elsewhere.

    Raises:
        TypeError: If either holds something other than numbers.
        ValueError: If a number is not a probability, a row does not add up to 1, or a
            label is not one of the classes.

    Examples:
        >>> round(cross_entropy([0.8, 0.2], 0), 4)  # "80 % cat", and it is a cat
        0.2231
        >>> cross_entropy([1.0, 0.0], 1)  # sure, and wrong
        inf

    Source: Shannon 1948, section 6 (surprise); Goodfellow et al. 2016, section 6.2.2.
    """
    probabilities, is_right = as_shares(probabilities, labels)
    p_right = probabilities[is_right]
    gradient = np.zeros_like(probabilities)
    with np.errstate(divide="ignore", over="ignore"):  # p = 0 gives infinity, and it is meant
        gradient[is_right] = -1 / p_right / len(p_right)
        return Loss(-np.mean(np.log(p_right)), gradient)


def binary_cross_entropy(probabilities: ArrayLike, labels: ArrayLike) -> Loss:
    """Cross-entropy for yes/no questions: the average of -ln p(right answer).

    Args:
        probabilities: The probability of "yes" for each example, in any shape.
        labels: The right answers, 1 for yes and 0 for no, in the same shape.

    Returns:
        The loss in nats, infinite where the right answer was given a probability of 0.
        Its gradient is -1 / p where the answer is yes and 1 / (1 - p) where it is no,
        divided by the number of elements.

    Raises:
        TypeError: If either holds something other than numbers.
        ValueError: If a number is not a probability, or a label is not 0 or 1.

    Examples:
        >>> round(binary_cross_entropy([0.9, 0.2], [1, 0]), 4)  # right, and right
        0.1643
        >>> round(binary_cross_entropy(0.99, 0), 4)  # sure, and wrong
        4.6052

    Source: Goodfellow et al. 2016, section 6.2.2.2. Equal to `cross_entropy` on two
    classes with probabilities 1 - p and p.
    """
    probabilities, is_yes = as_chances(probabilities, labels)
    p_right = np.where(is_yes, probabilities, 1 - probabilities)
    with np.errstate(divide="ignore", over="ignore"):  # p = 0 gives infinity, and it is meant
        gradient = np.where(is_yes, -1 / p_right, 1 / p_right) / p_right.size
        return Loss(-np.mean(np.log(p_right)), gradient)


def softmax(logits: ArrayLike) -> Array:
    """Turn scores into probabilities: each positive, each row adding up to 1.

    Args:
        logits: Raw scores of any size, one column for each class: shape
            (examples, classes), or (classes,) for a single example.

    Returns:
        exp(logit) divided by its row's sum of exp(logit), in the same shape.

    Raises:
        TypeError: If the logits are not numbers.
        ValueError: If there are none, or one is NaN or infinite.

    Examples:
        >>> softmax([2.0, 1.0, 0.0]).round(3)
        array([0.665, 0.245, 0.09 ])
        >>> softmax([1000.0, 1000.0])
        array([0.5, 0.5])

    Source: Goodfellow et al. 2016, section 6.2.2.3.
    """
    logits = as_logits(logits)
    # Less the best score of the row, no power is too large, and the shares stay the same.
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    probabilities: Array = powers / powers.sum(axis=-1, keepdims=True)
    return probabilities


def softmax_cross_entropy(logits: ArrayLike, labels: ArrayLike) -> Loss:
    """Softmax and cross-entropy in one step, straight from logits of any size.

    Args:
        logits: Raw scores, the network's last outputs: shape (examples, classes), or
            (classes,) for a single example.
        labels: The right class of each example, a whole number counted from 0:
            shape (examples,), or one number for a single example.

    Returns:
        The loss in nats. Its gradient is (softmax(logits) - one-hot labels) / number of
        examples.

    Raises:
        TypeError: If either holds something other than numbers.
        ValueError: If a label is not one of the classes, or if the logits are
            probabilities already (a second softmax would hide how sure the network is).

    Examples:
        >>> round(softmax_cross_entropy([[2.0, 1.0, 0.0]], [0]), 4)
        0.4076
        >>> softmax_cross_entropy([[1e4, -1e4]], [1])  # exp(1e4) would overflow
        20000.0

    Source: Goodfellow et al. 2016, section 6.2.2.3; the log-sum-exp identity,
    -ln softmax(z)[y] = ln sum exp(z - max z) - (z[y] - max z).
    """
    logits, is_right = as_scores(logits, labels)
    # Less the best score of the row, no power is too large, and the shares stay the same.
    behind = logits - logits.max(axis=-1, keepdims=True)
    powers = np.exp(behind)
    totals = powers.sum(axis=-1, keepdims=True)
    surprise = np.log(totals).ravel() - behind[is_right]
    n_examples = len(surprise)
    # For few examples np.mean takes four times as long as the sum and the division.
    return Loss(surprise.sum() / n_examples, (powers / totals - is_right) / n_examples)
