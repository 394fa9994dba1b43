"""Losses: values by hand, gradients by differences, and an outside authority for both."""

import copy
import math
import pickle
from collections.abc import Callable
from typing import Any, NamedTuple

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from helpers import Array, central_difference, new_rng, relative_error
from numpy.typing import DTypeLike
from scipy import special
from sklearn import metrics

from nnbasics import (
    Loss,
    binary_cross_entropy,
    cross_entropy,
    mse,
    softmax,
    softmax_cross_entropy,
)

ROWS, CLASSES = 7, 5
LABELS = new_rng(1).integers(CLASSES, size=ROWS)
ANSWERS = new_rng(2).integers(2, size=(ROWS, CLASSES))
TARGETS = new_rng(3).normal(size=(ROWS, CLASSES))
SCORES = new_rng(4).normal(size=(ROWS, CLASSES))
SHARES = new_rng(5).dirichlet(np.full(CLASSES, 8.0), size=ROWS)
CHANCES = new_rng(6).uniform(0.1, 0.9, size=(ROWS, CLASSES))


def mse_formula(predictions: Array, targets: Array) -> Any:
    """Write the mean squared error out, for autograd."""
    return anp.mean((predictions - targets) ** 2)


def cross_entropy_formula(probabilities: Array, labels: Array) -> Any:
    """Write the cross-entropy out, for autograd."""
    return -anp.mean(anp.sum(anp.eye(CLASSES)[labels] * anp.log(probabilities), axis=1))


def binary_cross_entropy_formula(probabilities: Array, labels: Array) -> Any:
    """Write the binary cross-entropy out, for autograd."""
    p = probabilities
    return -anp.mean(labels * anp.log(p) + (1 - labels) * anp.log(1 - p))


def softmax_cross_entropy_formula(logits: Array, labels: Array) -> Any:
    """Write softmax and cross-entropy out, for autograd."""
    powers = anp.exp(logits)
    return cross_entropy_formula(powers / anp.sum(powers, axis=1, keepdims=True), labels)


def score_log_loss(logits: Array, labels: Array) -> Any:
    """Return scikit-learn's log loss of SciPy's softmax."""
    return metrics.log_loss(labels, special.softmax(logits, axis=1), labels=range(CLASSES))


def share_log_loss(probabilities: Array, labels: Array) -> Any:
    """Return scikit-learn's log loss."""
    return metrics.log_loss(labels, probabilities, labels=range(CLASSES))


def chance_log_loss(probabilities: Array, labels: Array) -> Any:
    """Return scikit-learn's log loss of each yes/no question."""
    return metrics.log_loss(labels.ravel(), probabilities.ravel())


def mean_squared_error(predictions: Array, targets: Array) -> Any:
    """Return scikit-learn's mean squared error."""
    return metrics.mean_squared_error(targets, predictions)


class Case(NamedTuple):
    """A loss function with something to measure, and two that should agree with it."""

    loss_function: Callable[..., Loss]
    predictions: Array
    targets: Array
    formula: Callable[..., float]
    authority: Callable[..., float]

    def loss(self) -> Loss:
        """Return the loss to check."""
        return self.loss_function(self.predictions, self.targets)


CASES = [
    Case(mse, SCORES, TARGETS, mse_formula, mean_squared_error),
    Case(cross_entropy, SHARES, LABELS, cross_entropy_formula, share_log_loss),
    Case(binary_cross_entropy, CHANCES, ANSWERS, binary_cross_entropy_formula, chance_log_loss),
    Case(softmax_cross_entropy, SCORES, LABELS, softmax_cross_entropy_formula, score_log_loss),
]
EVERY_LOSS = pytest.mark.parametrize("case", CASES, ids=lambda case: case.loss_function.__name__)


@pytest.mark.parametrize(
    ("loss", "expected"),
    [
        (lambda: mse([10, 5, 3], [8, 7, 3]), 8 / 3),
        (lambda: mse([1, 2], [1, 2]), 0.0),
        (lambda: mse(3, 5), 4.0),
        (lambda: cross_entropy([0.8, 0.2], 0), -math.log(0.8)),
        (lambda: cross_entropy([[0.8, 0.2], [0.5, 0.5]], [0, 1]), -math.log(0.8 * 0.5) / 2),
        (lambda: cross_entropy([0.25] * 4, 2), math.log(4)),
        (lambda: binary_cross_entropy([0.9, 0.2], [1, 0]), -math.log(0.9 * 0.8) / 2),
        (lambda: binary_cross_entropy(0.5, 1), math.log(2)),
        (lambda: softmax_cross_entropy([2.0, 1.0, 0.0], 0), math.log(math.e**2 + math.e + 1) - 2),
        (lambda: softmax_cross_entropy(np.zeros((3, 10)), [0, 4, 9]), math.log(10)),
    ],
    ids=[
        "mse of three dishes",
        "mse of perfect predictions",
        "mse of one number",
        "cross-entropy of 80 % cat",
        "cross-entropy of two rows",
        "cross-entropy of a guess among four",
        "binary cross-entropy of two answers",
        "binary cross-entropy of a coin",
        "softmax cross-entropy of 2, 1, 0",
        "softmax cross-entropy of a guess among ten",
    ],
)
def test_known_values(loss: Callable[[], Loss], expected: float) -> None:
    """A loss worked out by hand is what the function returns."""
    assert loss() == pytest.approx(expected, rel=1e-15, abs=0)


@EVERY_LOSS
def test_value_against_scikit_learn(case: Case) -> None:
    """The value is scikit-learn's, and that of the formula."""
    for authority in (case.authority, case.formula):
        expected = authority(case.predictions, case.targets)
        assert case.loss() == pytest.approx(expected, rel=1e-12)


@EVERY_LOSS
def test_gradient_against_central_differences(case: Case) -> None:
    """The gradient is how the loss changes when a prediction grows a little."""
    numbers = case.predictions.copy()
    expected = central_difference(lambda: case.loss_function(numbers, case.targets), numbers)
    assert relative_error(case.loss().gradient, expected) < 1e-7


@EVERY_LOSS
def test_gradient_against_autograd(case: Case) -> None:
    """The gradient is the one that autograd finds from the formula."""
    expected = grad(case.formula)(case.predictions, case.targets)
    assert relative_error(case.loss().gradient, expected) < 1e-12


@EVERY_LOSS
def test_lists(case: Case) -> None:
    """Lists give what arrays give."""
    from_lists = case.loss_function(case.predictions.tolist(), case.targets.tolist())
    assert from_lists == case.loss()
    assert np.array_equal(from_lists.gradient, case.loss().gradient)


@EVERY_LOSS
def test_float32(case: Case) -> None:
    """float32 predictions get a float32 gradient, whatever the targets are."""
    loss = case.loss_function(case.predictions.astype(np.float32), case.targets)
    assert loss.gradient.dtype == np.float32
    assert relative_error(loss.gradient, case.loss().gradient) < 1e-5


@EVERY_LOSS
def test_arguments_are_left_alone(case: Case) -> None:
    """Nothing that was passed in is changed, nor shared with the gradient."""
    predictions, targets = case.predictions.copy(), case.targets.copy()
    loss = case.loss_function(predictions, targets)
    loss.gradient[...] = 0
    assert np.array_equal(predictions, case.predictions)
    assert np.array_equal(targets, case.targets)


@EVERY_LOSS
def test_one_example(case: Case) -> None:
    """A single example may be given plainly, and is the same as a batch of one."""
    plain = case.loss_function(case.predictions[0], case.targets[0])
    batch = case.loss_function(case.predictions[:1], case.targets[:1])
    assert plain == batch
    assert plain.gradient.shape == case.predictions[0].shape
    assert np.array_equal(plain.gradient, batch.gradient[0])


def test_nan_is_not_hidden() -> None:
    """NaN among the predictions makes the loss NaN, too."""
    assert math.isnan(mse([1.0, math.nan], [1, 2]))
    assert math.isnan(softmax_cross_entropy([[1.0, math.nan], [1.0, 2.0]], [0, 0]))


def test_loss_shows_as_a_plain_number() -> None:
    """A loss is a float, and shows as one."""
    loss = mse([10, 5, 3], [8, 7, 3])
    assert isinstance(loss, float)
    assert repr(loss) == str(loss) == f"{loss}" == "2.6666666666666665"


@pytest.mark.parametrize(
    "loss",
    [
        lambda: cross_entropy([1.0, 0.0], 0),
        lambda: binary_cross_entropy([1.0, 0.0], [1, 0]),
        lambda: mse([1.0], [1.0]),
        lambda: softmax_cross_entropy([1e4, -1e4], 0),
    ],
    ids=["cross_entropy", "binary_cross_entropy", "mse", "softmax_cross_entropy"],
)
def test_perfect_prediction(loss: Callable[[], Loss]) -> None:
    """Being sure and right costs 0.0, without a minus sign."""
    assert repr(loss()) == "0.0"


def test_loss_counts_as_a_plain_number() -> None:
    """Arithmetic gives plain numbers, and leaves the loss as it was."""
    loss = mse([10, 5, 3], [8, 7, 3])
    assert type(loss / 2) is float
    assert loss / 2 == 4 / 3
    assert sum([loss, loss]) == 16 / 3
    assert loss == 8 / 3
    assert loss.gradient == pytest.approx([4 / 3, -4 / 3, 0])


@pytest.mark.parametrize(
    "duplicate",
    [copy.copy, copy.deepcopy]
    + [
        lambda loss, protocol=protocol: pickle.loads(pickle.dumps(loss, protocol))
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1)
    ],
    ids=["copy", "deepcopy"] + [f"pickle {n}" for n in range(pickle.HIGHEST_PROTOCOL + 1)],
)
def test_copies_keep_the_gradient(duplicate: Callable[[Loss], Loss]) -> None:
    """A copied or pickled loss is a loss still, with its gradient."""
    loss = mse([10, 5, 3], [8, 7, 3])
    twin = duplicate(loss)
    assert type(twin) is Loss
    assert twin == loss
    assert np.array_equal(twin.gradient, loss.gradient)


def test_impossible_right_class() -> None:
    """A right class that was called impossible makes the loss infinite, without a warning."""
    loss = cross_entropy([[1.0, 0.0], [0.5, 0.5]], [1, 0])
    assert loss == math.inf
    slopes: list[list[float]] = [[0, -math.inf], [-1, 0]]
    assert np.array_equal(loss.gradient, slopes)


def test_impossible_right_answer() -> None:
    """A right yes or no that was called impossible makes the loss infinite."""
    loss = binary_cross_entropy([0.0, 1.0], [1, 0])
    assert loss == math.inf
    assert np.array_equal(loss.gradient, [-math.inf, math.inf])


@pytest.mark.parametrize("shape", [(20, 10), (3, 10_000)], ids=str)
def test_large_logits(shape: tuple[int, int]) -> None:
    """Logits of plus or minus 10,000 give SciPy's log-sum-exp, not an overflow."""
    logits = new_rng().uniform(-1e4, 1e4, size=shape)
    labels = new_rng().integers(shape[1], size=shape[0])
    right = logits[np.arange(shape[0]), labels]
    loss = softmax_cross_entropy(logits, labels)
    assert loss == pytest.approx(np.mean(special.logsumexp(logits, axis=1) - right), rel=1e-12)
    expected = special.softmax(logits, axis=1)
    expected[np.arange(shape[0]), labels] -= 1
    assert loss.gradient == pytest.approx(expected / shape[0], abs=1e-15)


def test_largest_logits_are_silent() -> None:
    """The largest numbers there are do not overflow, not even in a row that starts small."""
    assert softmax_cross_entropy([0.5, 1.7e308, 1.7e308], 1) == pytest.approx(math.log(2))


def test_many_classes() -> None:
    """A row of 10,000 classes is added up as exactly as math.fsum does it."""
    logits = new_rng().normal(size=10_000)
    exact = math.log(math.fsum(math.exp(logit) for logit in logits)) - logits[123]
    assert softmax_cross_entropy(logits, 123) == pytest.approx(exact, rel=1e-13)
    assert math.fsum(softmax(logits)) == pytest.approx(1, abs=1e-13)


@pytest.mark.parametrize("spread", [1, 1e4], ids=["usual", "huge"])
def test_softmax_against_scipy(spread: float) -> None:
    """Softmax is SciPy's, for scores of any size, and its rows add up to 1."""
    logits = new_rng().uniform(-spread, spread, size=(50, 10))
    probabilities = softmax(logits)
    assert probabilities == pytest.approx(special.softmax(logits, axis=1), abs=1e-15)
    assert probabilities.sum(axis=1) == pytest.approx(np.ones(50), abs=1e-14)


def test_softmax_takes_lists_and_keeps_float32() -> None:
    """Softmax accepts a plain list, and float32 stays float32."""
    assert softmax([0, 0]).tolist() == [0.5, 0.5]
    assert softmax(SCORES.astype(np.float32)).dtype == np.float32


def test_two_ways_agree() -> None:
    """Softmax, then cross-entropy, is softmax_cross_entropy."""
    assert cross_entropy(softmax(SCORES), LABELS) == pytest.approx(
        softmax_cross_entropy(SCORES, LABELS), rel=1e-14
    )


def test_binary_is_two_classes() -> None:
    """Binary cross-entropy is cross-entropy on the two classes no and yes."""
    chances, answers = CHANCES[:, 0], ANSWERS[:, 0]
    both = np.stack([1 - chances, chances], axis=1)
    assert binary_cross_entropy(chances, answers) == pytest.approx(cross_entropy(both, answers))


@pytest.mark.parametrize("dtype", [np.bool_, np.uint8, np.int16, np.int64, np.uint64], ids=str)
def test_kinds_of_labels(dtype: DTypeLike) -> None:
    """Any kind of whole number is a label, and True and False count as 1 and 0."""
    labels = np.array([1, 0, 1])
    expected = softmax_cross_entropy(np.eye(3), labels)
    loss = softmax_cross_entropy(np.eye(3), labels.astype(dtype))
    assert loss == expected
    assert np.array_equal(loss.gradient, expected.gradient)


def test_small_labels_for_many_classes() -> None:
    """Labels stored in one byte serve more classes than a byte can count."""
    labels = np.array([255], dtype=np.uint8)
    assert softmax_cross_entropy(np.zeros((1, 1000)), labels) == pytest.approx(math.log(1000))


def test_rounded_probabilities() -> None:
    """Probabilities rounded to two or three decimals are accepted."""
    assert cross_entropy([0.333, 0.333, 0.333], 0) == -math.log(0.333)


def test_float16_is_not_kept() -> None:
    """float16 predictions are worked with as float64: 300 squared would be infinite."""
    loss = mse(np.array([300, 0], np.float16), np.array([0, 0], np.float16))
    assert loss == 45_000.0
    assert loss.gradient.tolist() == [300, 0]


@pytest.mark.parametrize(
    "loss",
    [
        lambda: cross_entropy(softmax([0.0, 740.0]), 0),
        lambda: cross_entropy([[5e-324, 1.0]], [0]),
        lambda: binary_cross_entropy([5e-324], [1]),
        lambda: binary_cross_entropy(np.array([1e-45], np.float32), [1]),
    ],
    ids=["softmax of 740", "least share", "least chance", "least float32 chance"],
)
def test_least_probabilities_are_silent(loss: Callable[[], Loss]) -> None:
    """The least number there is has an infinite slope: no NumPy warning, as for 0."""
    assert math.isfinite(loss())
    assert loss().gradient.min() == -math.inf


def test_a_loss_from_a_whole_number() -> None:
    """A value may be any one number, and a gradient any array of numbers."""
    loss = Loss(3, [1, 2])
    assert repr(loss) == "3.0"
    assert loss.gradient.dtype == np.float64
    in_an_array: Any = np.array(2.5)
    assert Loss(in_an_array, [0]) == Loss(np.float32(2.5), [0]) == 2.5


def test_rows_rounded_to_two_decimals() -> None:
    """A row is off 1 by rounding alone: 10 classes may be off by less than 0.05."""
    row = np.full(10, 0.1)
    row[:4] += 0.01
    assert cross_entropy(row, 9) == -math.log(0.1)
    row[4] += 0.01
    with pytest.raises(ValueError, match="divide each row"):
        cross_entropy(row, 9)
    with pytest.raises(ValueError, match="divide each row"):
        cross_entropy([0.345, 0.345, 0.3], 0)
