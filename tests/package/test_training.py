"""Training: the four steps, what they learn, and what the loop promises."""

import inspect
import itertools
import math
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import pytest
from helpers import Array, digits_network, new_rng, shuffled_digits

from nnbasics import (
    SGD,
    Batch,
    Dense,
    Epoch,
    Loss,
    Network,
    Parameter,
    ReLU,
    batches,
    load_penguins,
    mse,
    softmax_cross_entropy,
    train,
)
from nnbasics.training import training_loop

INPUTS = new_rng(1).uniform(-1, 1, size=(33, 1))
TARGETS = 3 * INPUTS + 1
UNSEEN = (np.array([[2.0], [-2.0]]), np.array([[7.0], [-5.0]]))


def line() -> Network:
    """Return the smallest network: one weight and one bias."""
    return Network(Dense(1, 1, rng=new_rng()))


def training(network: Network, **changes: Any) -> Iterator[Epoch]:
    """Return an unstarted training of the line, with some arguments changed."""
    arguments: dict[str, Any] = {
        "loss_function": mse,
        "optimizer": SGD(learning_rate=0.1),
        "inputs": INPUTS,
        "targets": TARGETS,
        "epochs": 5,
        "batch_size": 32,
        "rng": new_rng(),
    }
    return train(network, **(arguments | changes))


def numbers(network: Network) -> list[float]:
    """Return every weight and bias as plain numbers."""
    return [float(number) for it in network.parameters for number in it.value.ravel()]


def test_learns_a_line() -> None:
    """On points of the line 3 x + 1 the network finds the 3 and the 1."""
    network = line()
    *_, last = training(network, epochs=200, batch_size=8)
    assert numbers(network) == pytest.approx([3, 1], abs=1e-6)
    assert last.loss == pytest.approx(0, abs=1e-12)


def test_against_the_formulas() -> None:
    """The loop does what the formulas of the line say, batch by batch."""
    network = line()
    weight, bias = numbers(network)
    rng = new_rng(5)
    for _ in range(3):
        for batch in batches(INPUTS, TARGETS, 8, rng=rng):
            miss = weight * batch.inputs + bias - batch.targets
            weight -= 0.1 * float(np.mean(2 * miss * batch.inputs))
            bias -= 0.1 * float(np.mean(2 * miss))
    list(training(network, epochs=3, batch_size=8, rng=new_rng(5)))
    assert numbers(network) == pytest.approx([weight, bias], rel=1e-12)


def test_learns_the_digits() -> None:
    """Over three seeds the digits come out at the loss and accuracy the lessons name."""
    losses, accuracies = [], []
    for seed in range(3):
        images, labels = shuffled_digits(seed)
        network = digits_network(seed)
        *_, last = training(
            network,
            loss_function=softmax_cross_entropy,
            inputs=images[:1280],
            targets=labels[:1280],
            validation=(images[1280:1497], labels[1280:1497]),
            epochs=20,
        )
        answers = network.forward(images[1497:]).argmax(axis=1)
        losses.append(last.loss)
        accuracies.append(np.mean(answers == labels[1497:]))
    assert np.mean(losses) == pytest.approx(0.13, abs=0.03)
    assert np.mean(accuracies) == pytest.approx(0.955, abs=0.02)


def test_learns_the_penguins() -> None:
    """The penguins come out at the loss the lessons name, in kilograms squared."""
    flipper_lengths, masses = load_penguins()
    order = new_rng().permutation(len(masses))[:274]
    inputs, targets = flipper_lengths[order], masses[order]
    inputs = (inputs - inputs.mean()) / inputs.std()
    optimizer = SGD(learning_rate=0.02)
    network = line()
    *_, last = training(network, inputs=inputs, targets=targets, optimizer=optimizer, epochs=20)
    assert last.loss == pytest.approx(0.161, abs=0.003)
    assert mse(network.forward(inputs), targets) == pytest.approx(0.161, abs=0.003)


def test_epochs_are_numbered() -> None:
    """There are as many epochs as asked for, numbered from 1."""
    epochs = list(training(line(), epochs=4))
    assert all(isinstance(epoch, Epoch) for epoch in epochs)
    assert [epoch.number for epoch in epochs] == [1, 2, 3, 4]


def test_epoch_loss_counts_every_example_the_same() -> None:
    """33 examples in batches of 32: the last example counts for one part in 33."""
    [epoch] = training(line(), epochs=1)
    full, single = epoch.batch_losses
    assert full != single
    assert epoch.loss == pytest.approx((32 * full + single) / 33, rel=1e-12)


def test_batch_losses_are_those_before_each_update() -> None:
    """With one batch an epoch, its loss is that of the network before the update."""
    network = line()
    before = mse(network.forward(INPUTS), TARGETS)
    epoch = next(training(network, batch_size=33))
    assert epoch.batch_losses == pytest.approx([before], rel=1e-12)
    assert epoch.loss == epoch.batch_losses[0]
    assert mse(network.forward(INPUTS), TARGETS) < before


def test_plain_numbers() -> None:
    """What an epoch reports prints as plain numbers."""
    epoch = next(training(line(), validation=UNSEEN))
    reported = [epoch.loss, epoch.validation_loss, *epoch.batch_losses]
    assert {type(number) for number in reported} == {float}


def test_nothing_happens_until_looped() -> None:
    """Calling train changes no weight, draws no random number, and says so when dropped."""
    network, rng = line(), new_rng()
    weights, state = numbers(network), rng.bit_generator.state
    told = (
        r"^nothing was trained: train\(\.\.\.\) needs a loop, as in for epoch in train\(\.\.\.\)$"
    )
    with pytest.warns(RuntimeWarning, match=told):
        training(network, rng=rng)
    assert numbers(network) == weights
    assert rng.bit_generator.state == state


def test_the_warning_names_the_line() -> None:
    """The line that drops a training is the one that the warning points at."""
    with pytest.warns(RuntimeWarning) as warned:
        training(line())
    assert warned[0].filename == __file__


def test_break_stops() -> None:
    """Leaving the loop after two epochs is the same as asking for two."""
    left, asked = line(), line()
    for epoch in training(left, epochs=1_000_000):
        if epoch.number == 2:
            break
    list(training(asked, epochs=2))
    assert numbers(left) == numbers(asked)


def test_validation_loss_is_that_after_the_epoch() -> None:
    """The validation loss is what the network scores on unseen examples at that moment."""
    network = line()
    for epoch in training(network, validation=UNSEEN):
        assert epoch.validation_loss == mse(network.forward(UNSEEN[0]), UNSEEN[1])


def test_validation_is_never_learned_from() -> None:
    """With and without validation, the network and its losses come out the same."""
    with_it, without = line(), line()
    measured = [epoch.loss for epoch in training(with_it, validation=UNSEEN)]
    assert measured == [epoch.loss for epoch in training(without)]
    assert numbers(with_it) == numbers(without)


def test_no_validation() -> None:
    """Without validation examples there is no validation loss."""
    assert next(training(line())).validation_loss is None


def test_same_seed_same_result() -> None:
    """The same seed gives the same run to the last bit; another seed another run."""
    first, again, other = (list(training(line(), rng=new_rng(seed))) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_shuffled_anew_each_epoch() -> None:
    """Each epoch deals the examples in an order of its own."""
    seen: list[tuple[float, ...]] = []

    def remember(predictions: Array, targets: Array) -> Loss:
        seen.append(tuple(targets.ravel()))
        return mse(predictions, targets)

    list(training(line(), loss_function=remember, epochs=3, batch_size=33))
    assert len(set(seen)) == 3
    assert len({tuple(sorted(order)) for order in seen}) == 1


def test_loss_function_of_ones_own() -> None:
    """Any function that returns a Loss will do: here the mean absolute error."""

    def mean_absolute_error(predictions: Array, targets: Array) -> Loss:
        miss = predictions - targets
        return Loss(np.abs(miss).mean(), np.sign(miss) / miss.size)

    first, *_, last = training(line(), loss_function=mean_absolute_error, epochs=100)
    assert last.loss < first.loss / 5


def test_lists() -> None:
    """Lists give what arrays give."""
    from_lists = training(line(), inputs=INPUTS.tolist(), targets=TARGETS.tolist())
    assert list(from_lists) == list(training(line()))


def test_arguments_are_left_alone() -> None:
    """The caller's arrays are never changed."""
    inputs, targets = INPUTS.copy(), TARGETS.copy()
    list(training(line(), inputs=inputs, targets=targets, validation=(inputs, targets)))
    assert np.array_equal(inputs, INPUTS)
    assert np.array_equal(targets, TARGETS)


def test_float32_throughout() -> None:
    """A float32 network on float32 images stays float32, from predictions to gradients."""
    images, labels = shuffled_digits(0)
    network = digits_network(0, np.float32)
    dtypes = set()

    def watch(predictions: Array, labels: Array) -> Loss:
        loss = softmax_cross_entropy(predictions, labels)
        dtypes.update({predictions.dtype, loss.gradient.dtype})
        return loss

    arguments = {"inputs": images[:320].astype(np.float32), "targets": labels[:320]}
    list(training(network, loss_function=watch, **arguments))
    for parameter in network.parameters:
        dtypes.update({parameter.value.dtype, parameter.gradient.dtype})
    assert dtypes == {np.dtype(np.float32)}


@pytest.mark.parametrize(
    ("loss_function", "learning_rate"), [(mse, 100), (mse, 1e200), (softmax_cross_entropy, 1e200)]
)
def test_blow_up_is_named(loss_function: Callable[..., Loss], learning_rate: float) -> None:
    """A run that blows up stops at the batch where it did, without a NumPy warning."""
    rng = new_rng()
    network = Network(Dense(1, 8, rng=rng), ReLU(), Dense(8, 2, rng=rng))
    targets = np.hstack([TARGETS, TARGETS]) if loss_function is mse else (INPUTS[:, 0] > 0)
    run = training(
        network,
        loss_function=loss_function,
        targets=targets,
        optimizer=SGD(learning_rate=learning_rate),
        epochs=1000,
        batch_size=11,
    )
    finished: list[Epoch] = []
    with pytest.raises(ValueError, match="finite") as caught:
        finished.extend(run)
    found = re.search(r"epoch (\d+), batch (\d+): scale the inputs", str(caught.value))
    assert found is not None
    assert int(found[1]) == len(finished) + 1
    assert 1 <= int(found[2]) <= 3
    assert all(
        math.isfinite(loss) for loss in itertools.chain(*(it.batch_losses for it in finished))
    )


def test_the_loop_reads_as_the_lesson() -> None:
    """The source of the loop shows the four steps, in the lesson's order and words."""
    assert re.findall(r"# (\d\..*)", inspect.getsource(training_loop)) == [
        "1. Forward: make predictions",
        "2. Loss: check how wrong",
        "3. Backward: find the blame",
        "4. Update: fix the mistakes",
    ]


def deal_line(batch_size: int = 11) -> Callable[[], Iterator[Batch]]:
    """Return a function that deals the line's points, anew each time, with an rng of its own."""
    rng = new_rng()
    return lambda: batches(INPUTS, TARGETS, batch_size, rng=rng)


def test_a_function_may_deal() -> None:
    """Batches from a function train as the same batches from arrays do, in every epoch."""
    by_hand = {"inputs": deal_line(), "targets": None, "batch_size": None, "rng": None}
    dealt, given = line(), line()
    from_function = list(training(dealt, **by_hand))
    assert from_function == list(training(given, batch_size=11))
    assert numbers(dealt) == numbers(given)


def test_pairs_of_lists_may_be_dealt() -> None:
    """A dealt batch may be any pair of inputs and targets."""
    pairs = [(INPUTS[:3].tolist(), TARGETS[:3].tolist()), (INPUTS[3:], TARGETS[3:])]
    run = training(line(), inputs=lambda: iter(pairs), targets=None, batch_size=None, rng=None)
    assert [len(epoch.batch_losses) for epoch in run] == [2] * 5


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_validation_loss_must_be_finite(bad: float) -> None:
    """A validation loss that is no number stops the run, and says after which epoch."""
    calls = itertools.count()

    def fails_later(predictions: Array, targets: Array) -> Loss:
        loss = mse(predictions, targets)
        is_unseen = len(predictions) == len(UNSEEN[0])
        return Loss(bad, loss.gradient) if is_unseen and next(calls) == 2 else loss

    run = training(line(), loss_function=fails_later, validation=UNSEEN)
    with pytest.raises(ValueError, match=f"validation loss must stay finite, got {bad} after epo"):
        list(run)
    assert next(calls) == 3  # once before training, and after epochs 1 and 2


def test_validation_is_refused_before_the_first_update() -> None:
    """Validation examples that do not go through are named on the line that calls train."""
    network = line()
    before = numbers(network)
    for wrong in ((np.ones((3, 2)), TARGETS[:3]), (INPUTS, TARGETS[:, 0])):
        with pytest.raises(ValueError, match="validation must go through"):
            training(network, validation=wrong)
    with pytest.raises(TypeError, match=r"validation must go through.*unsupported"):
        training(network, loss_function=lambda said, _: said + None, validation=UNSEEN)
    assert numbers(network) == before


@pytest.mark.parametrize("loss_function", [mse, softmax_cross_entropy])
def test_wild_validation_is_silent_at_first(loss_function: Callable[..., Loss]) -> None:
    """Validation examples that overflow give no NumPy warning, but a sentence after the epoch."""
    network = Network(Dense(1, 2, rng=new_rng()))
    network.layers[0].weights.value[:] = [[10, 20]]
    by_kind = loss_function is softmax_cross_entropy
    targets = np.zeros(33, int) if by_kind else np.zeros((33, 2))
    unseen = np.full((2, 1), 1e308), targets[:2]
    optimizer = SGD(learning_rate=1e-6)
    changes = {"targets": targets, "validation": unseen, "optimizer": optimizer}
    run = training(network, loss_function=loss_function, **changes)
    with pytest.raises(ValueError, match=r"^the validation loss must .* epoch 1: "):
        list(run)


def test_the_last_update_counts() -> None:
    """Weights that are no numbers after the very last update stop the run, too."""

    def steep(predictions: Array, _targets: Array) -> Loss:
        return Loss(1.0, np.full_like(predictions, 1e308))

    run = training(line(), loss_function=steep, epochs=1, batch_size=33)
    with pytest.raises(
        ValueError,
        match=r"^the weights must stay finite, got nan or inf in epoch 1, batch 1: scale",
    ):
        list(run)


@pytest.mark.parametrize("wrong", [{"epochs": -1}, {"batch_size": 0}, {"rng": 42}, {"inputs": []}])
def test_refused_on_the_line_that_calls(wrong: dict[str, Any]) -> None:
    """What is wrong with an argument is said at once, before anybody loops."""
    with pytest.raises((TypeError, ValueError)):
        training(line(), **wrong)


def test_a_training_shows_how_far_it_is() -> None:
    """In a terminal, a training says that it has not started, and when it is over."""
    run = training(line())
    assert repr(run) == "<training, not started: it goes on while you loop over it>"
    next(run)
    assert repr(run) == "<training, under way: it goes on while you loop over it>"
    list(run)
    assert repr(run) == "<training, over: it goes on while you loop over it>"
    with pytest.raises(ValueError, match=r"call train\(\.\.\.\) again"):
        iter(run)


class Momentum:
    """An optimizer of the reader's own."""

    speeds: tuple[Array, ...] = ()

    def update(self, parameters: Iterable[Parameter]) -> None:
        """Keep some of the last step."""
        self.speeds = self.speeds or tuple(np.zeros_like(it.value) for it in parameters)
        for speed, parameter in zip(self.speeds, parameters, strict=True):
            speed *= 0.5
            speed -= 0.05 * parameter.gradient
            parameter.value += speed


def test_optimizer_of_ones_own() -> None:
    """Whatever updates parameters is an optimizer."""
    network = line()
    *_, last = training(network, optimizer=Momentum(), epochs=100)
    assert last.loss < 1e-6


def test_learning_rate_may_change() -> None:
    """A rate that is set between two epochs is the one that counts."""
    optimizer, network = SGD(learning_rate=1e-9), line()
    start = numbers(network)
    for epoch in training(network, optimizer=optimizer, epochs=2):
        if epoch.number == 1:
            assert numbers(network) == pytest.approx(start, abs=1e-6)
            optimizer.learning_rate = 0.1
    assert numbers(network) != pytest.approx(start, abs=1e-3)
