"""Each claim of the lessons that a run can show, with the bounds it must keep.

A claim is a function that runs it and returns one number. Its docstring says how it was run.
A lesson marks the sentence with {claim: name}, and the page docs/evidence.md lists them all.
Bounds of claims that involve chance come from the spread over more seeds than are run here.
"""

import math
from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np

from nnbasics import (
    SGD,
    Dense,
    Network,
    Parameter,
    batches,
    cross_entropy,
    load_penguins,
    mse,
    softmax,
    softmax_cross_entropy,
    train,
)
from website.figures import cross_entropy as cross_entropy_figures
from website.figures import digits, epochs_and_batches, mean_squared_error, training_loop
from website.figures.experiments import accuracy_on, loss_on, new_network, split, updates
from website.figures.misses import numbers as misses
from website.figures.rates.numbers import walk
from website.figures.what_is_a_loss import learned_by_heart


class Claim(NamedTuple):
    """A claim, and between which numbers it holds."""

    run: Callable[[], float]
    sentence: str
    low: float
    high: float
    unit: str

    @property
    def how(self) -> str:
        """Say how the claim is run."""
        return " ".join((self.run.__doc__ or "").split())


CLAIMS: dict[str, Claim] = {}


def claim(
    sentence: str, low: float, high: float, unit: str = ""
) -> Callable[..., Callable[[], float]]:
    """Enter a function into the claims, under its name with dashes."""

    def enter(run: Callable[[], float]) -> Callable[[], float]:
        CLAIMS[run.__name__.replace("_", "-")] = Claim(run, sentence, low, high, unit)
        return run

    return enter


# ---- What is a loss? ----


@claim("A network can learn random labels by heart.", 99, 100, "% right on the practice digits")
def learned_practice() -> float:
    """Right answers on 100 practice digits whose labels were picked at random.

    The mean of 5{=len(what_is_a_loss.SEEDS)} runs.
    """
    return 100 * learned_by_heart()["practice"][1]


@claim("What it learned by heart is worth nothing on new digits.", 3, 21, "% right on new digits")
def learned_nothing() -> float:
    """The same networks on new digits with their true labels. A blind guess is right 10 %.

    There are 300{=len(split(0).test.targets)} digits, and 5{=len(what_is_a_loss.SEEDS)} networks.
    """
    return 100 * learned_by_heart()["unseen"][1]


# ---- Mean squared error ----


@claim("Plain misses cancel out, although two of three guesses are wrong.", 0, 0, "sum of misses")
def misses_cancel() -> float:
    """The lesson's guesses minus its answers, added up.

    10, 5, 3{=figures.misses.guesses} minus 8, 7, 3{=figures.misses.answers}.
    """
    pairs = zip(misses.GUESSES, misses.ANSWERS, strict=True)
    return float(sum(guess - answer for guess, answer in pairs))


@claim("Two guesses that share the work halve the loss sooner.", 0.6, 0.6, "of one guess's way")
def share_the_work() -> float:
    """Try all moves of two guesses, in tenths; the way of both over that of one.

    Each misses by 2{=figures.misses.guesses[0] - figures.misses.answers[0]}.
    """
    data = misses.compute()
    return data["way_of_two_guesses"] / data["way_of_one_guess"]


@claim("Twice the miss costs four times as much.", 4, 4, "times the loss")
def twice_the_miss() -> float:
    """The loss of a miss of 2{=12 - 10} divided by the loss of a miss of 1{=11 - 10}."""
    return mse(12, 10) / mse(11, 10)


@claim("The pull shrinks along with the miss.", 20, 20, "times the gradient")
def gentle_pull() -> float:
    """The gradient at a miss of 2 divided by the gradient at a miss of 0.1."""
    return round(float(mse(2, 0).gradient / mse(0.1, 0).gradient), 9)


@claim("The root of the loss is back in dollars.", 50_000, 50_000, "dollars")
def root_in_dollars() -> float:
    """The square root of the mean squared error of $300,000 against $250,000."""
    return math.sqrt(mse(300_000, 250_000))


@claim("One typo more than doubles the best guess for MSE.", 2.0, 2.2, "times the best guess")
def typo_moves_the_mean() -> float:
    """The best single guess for ten prices, one mistyped as 2,900, divided by that without.

    It should be 290{=mean_squared_error.outlier.prices[-1]}.
    """
    data = mean_squared_error.outlier_data()
    return float(data["best for mse with typo"] / data["best for mse"])


@claim("The median does not notice the typo.", 245, 245, "thousand dollars")
def median_stays() -> float:
    """The middle value of the same ten prices with the typo. Without it, it is 245 as well."""
    return float(mean_squared_error.outlier_data()["median with typo"])


@claim(
    "Shapes that NumPy stretches give a wrong loss.",
    13.33,
    13.34,
    "in place of 2.67{=mse([10, 5, 3], [8, 7, 3])}",
)
def stretched_shapes() -> float:
    """The mean of (predictions - targets)², with predictions in a column, in plain NumPy."""
    column = np.array([[10], [5], [3]])
    return float(np.mean((column - np.array([8, 7, 3])) ** 2))


# ---- Cross-entropy ----


@claim("51 % for the right answer costs a little less than a coin flip.", 0.9, 0.999, "coin flips")
def fifty_one_percent() -> float:
    """-ln 0.51 divided by -ln 0.5."""
    return cross_entropy([0.51, 0.49], 0) / cross_entropy([0.5, 0.5], 0)


@claim("When wrong, being less sure costs less.", 6, 7, "times as much at 99 % as at 51 %")
def less_sure_costs_less() -> float:
    """The loss of being wrong and 99 % sure, divided by that of being wrong and 51 % sure."""
    return cross_entropy([0.01, 0.99], 0) / cross_entropy([0.49, 0.51], 0)


@claim("A cross-entropy can be above 1{=-math.log(1 / math.e)}.", 2.302, 2.303, "nats")
def above_one() -> float:
    """The loss of a blind guess between ten classes: ln 10."""
    return cross_entropy(np.full(10, 0.1), 0)


@claim("Softmax twice makes a perfect answer costly.", 1.461, 1.462, "in place of 0")
def softmax_twice() -> float:
    """The loss where the probabilities of a perfect answer go through softmax again.

    1{=np.eye(10)[0][0]}, 0, ..., 0, for ten classes.
    """
    perfect = np.eye(10)[0]
    return cross_entropy(softmax(perfect), 0)


@claim("More right answers can go with a higher loss.", 8, 9, "times the loss")
def loss_is_not_accuracy() -> float:
    """Ten answers right at 51 %, divided by nine right at 99 % and one just wrong."""
    unsure = cross_entropy([[0.51, 0.49]] * 10, [0] * 10)
    return unsure / cross_entropy([[0.99, 0.01]] * 9 + [[0.49, 0.51]], [0] * 10)


@claim("The loss moves with each small change of a weight that matters.", 25, 50, "of 50 moved it")
def loss_moves() -> float:
    """Nudge each of 50 first-layer weights of an untrained network by a millionth.

    Count changed losses on the validation digits. For the other weights, on each digit the dot
    is blank or ReLU gives 0. One network.
    """
    return float(_nudges()[1])


@claim("Accuracy gives no direction: small changes do not move it.", 0, 0, "of 50 changes moved it")
def accuracy_stands_still() -> float:
    """The same 50 nudges; count changed accuracies on the validation digits."""
    return float(_nudges()[0])


def _nudges() -> tuple[int, int]:
    """Return how many of 50 nudges changed the accuracy, and how many the loss."""
    network, examples = new_network(0), split(0).validation
    weights = network.parameters[0].value.reshape(-1)
    accuracy, loss = accuracy_on(network, examples), loss_on(network, examples)
    changed = np.zeros(2, int)
    for place in np.random.default_rng(0).choice(weights.size, size=50, replace=False):
        weights[place] += 1e-6
        changed += accuracy_on(network, examples) != accuracy, loss_on(network, examples) != loss
        weights[place] -= 1e-6
    return int(changed[0]), int(changed[1])


@claim("Sure and wrong, the squared error learns far slower.", 50, 120, "times the updates")
def sure_and_wrong_is_slow() -> float:
    """Updates until 90 % for the right answer: squared error against cross-entropy.

    From 0.03 %{=100 / (1 + math.exp(8))}.
    """
    needed = cross_entropy_figures.sure_and_wrong_data()["updates to 90 %"]["sure and wrong"]
    return float(needed["squared error"] / needed["cross-entropy"])


# ---- Epochs and batches ----


@claim("Four times as many cards halve the wobble.", 1.8, 2.3, "times the wobble")
def wobble_halves() -> float:
    """The error of 400 batches' gradients at size 16 divided by that at 64, before training."""
    return epochs_and_batches.wobble(16) / epochs_and_batches.wobble(64)


FEW, MANY = 8, 128  # cards in a batch


@claim("Bigger batches need fewer updates to get as far.", 1.5, 5, "times the updates")
def fewer_updates() -> float:
    """Updates until 95 % of the validation digits are right, at rate 0.5.

    Batches of 8 against 128{=FEW, MANY}. The mean of three runs each.
    """
    needed = {}
    for size in FEW, MANY:
        counts = []
        for seed in range(3):
            parts, network = split(seed), new_network(seed)
            run = updates(
                network, parts.training, learning_rate=0.5, batch_size=size, epochs=30,
                rng=np.random.default_rng(seed),
            )  # fmt: skip
            counts.append(
                next(
                    number
                    for number, _ in enumerate(run, 1)
                    if accuracy_on(network, parts.validation) >= 0.95
                )
            )
        needed[size] = float(np.mean(counts))
    return needed[FEW] / needed[MANY]


@claim(
    "With a rate that suits, batches of 8, 32 and 128 end close together.", 0, 2.5, "points apart"
)
def sizes_end_together() -> float:
    """Highest minus lowest test accuracy after 20 epochs at rates 0.5, 0.8, 1.0.

    The mean of 3{=len(epochs_and_batches.SEEDS)} runs.
    """
    accuracies = [
        float(np.mean(epochs_and_batches.accuracies(rate, size)))
        for size, rate in ((8, 0.5), (32, 0.8), (128, 1.0))
    ]
    return 100 * (max(accuracies) - min(accuracies))


@claim("A last batch of one card can spoil the result.", 10, 100, "points lost in the worst update")
def last_card() -> float:
    """The most test accuracy that one update costs: the last of an epoch, in ten runs.

    Of epochs 11{=10 + 1} to 20, on 1,297 digits, in batches of 16.
    """
    return max(epochs_and_batches.lost_in_last_updates(1297))


@claim("A last batch that is full does little harm.", 0, 4, "points lost in the worst update")
def last_full_batch() -> float:
    """The same with 1,280 digits, which divide by 16."""
    return max(epochs_and_batches.lost_in_last_updates(1280))


@claim("A sorted deck that is never shuffled teaches far less.", 25, 60, "points fewer right")
def shuffling_helps() -> float:
    """Test accuracy after ten epochs, shuffled minus sorted by digit; mean of three runs."""
    found = epochs_and_batches.order_data()["accuracies"]
    ends = {name: np.mean([run[-1] for run in runs]) for name, runs in found.items()}
    return 100 * float(ends["shuffled each epoch"] - ends["sorted, never shuffled"])


# ---- The training loop ----


@claim(
    "The one weight's first update goes from 1 to 1.54{=[*zip(*walk(0.01, 1))][0]}.",
    1.54,
    1.54,
    "the new weight",
)
def first_update() -> float:
    """One update by hand at a learning rate of 0.01."""
    return round(walk(0.01, 1)[1][0], 9)


@claim(
    "Just below 1/9{=figures.rates.names.largest_stable} the steps lead down.",
    0,
    0.99,
    "times the loss after 100 updates",
)
def below_the_limit() -> float:
    """The loss after 100 updates, divided by the loss at the start.

    At a rate of 0.999/9{=0.999 * figures.rates.names.largest_stable}.
    """
    steps = walk(0.999 / 9, 100)
    return steps[-1][1] / steps[0][1]


@claim(
    "Just above 1/9{=figures.rates.names.largest_stable} they lead up.",
    1.01,
    10,
    "times the loss after 100 updates",
)
def above_the_limit() -> float:
    """The same at a rate of 1.001/9{=1.001 * figures.rates.names.largest_stable}."""
    steps = walk(1.001 / 9, 100)
    return steps[-1][1] / steps[0][1]


@claim("Backward changes no weight.", 0, 0, "largest change")
def backward_changes_nothing() -> float:
    """The largest change of a weight by one backward pass through the digits network."""
    network, batch = new_network(0), split(0).validation
    before = [parameter.value.copy() for parameter in network.parameters]
    network.backward(softmax_cross_entropy(network.forward(batch.inputs), batch.targets).gradient)
    pairs = zip(before, network.parameters, strict=True)
    return max(float(np.abs(now.value - old).max()) for old, now in pairs)


@claim("The gradient is what a nudge shows.", 0, 1e-6, "relative difference")
def nudge_agrees() -> float:
    """A bias of the digits network nudged by 0.00001 both ways, against its gradient."""
    network, batch = new_network(0), split(0).validation
    network.backward(softmax_cross_entropy(network.forward(batch.inputs), batch.targets).gradient)
    bias, step = network.parameters[-1], 1e-5
    gradient = float(bias.gradient[0])
    bias.value[0] += step
    up = loss_on(network, batch)
    bias.value[0] -= 2 * step
    return abs((up - loss_on(network, batch)) / (2 * step) / gradient - 1)


@claim("The last batch's loss can hide the truth.", 5, 30, "times the printed loss")
def last_batch_hides() -> float:
    """Mean loss over a sorted deck divided by that of its last batch, after ten epochs. One run."""
    data = training_loop.last_batch_data()
    return data["true"] / data["printed"]


class _Counter(SGD):
    """Counts its updates."""

    updates = 0

    def update(self, parameters: Iterable[Parameter]) -> None:
        """Count, and update."""
        self.updates += 1
        super().update(parameters)


@claim("There is one update for each batch, not for each epoch.", 40, 40, "updates in an epoch")
def update_each_batch() -> float:
    """The calls of the optimizer in one epoch of `train` on 1,280 digits, in batches of 32."""
    optimizer = _Counter(learning_rate=0.1)
    run = train(
        new_network(0), softmax_cross_entropy, optimizer, *split(0).training,
        epochs=1, batch_size=32, rng=np.random.default_rng(0),
    )  # fmt: skip
    next(run)
    return float(optimizer.updates)


@claim("A network that knows nothing starts near ln 10.", 2.29, 2.32, "nats")
def first_loss() -> float:
    """The first loss on the digits, with the last layer's weights made smaller.

    They are made 100{=1 / 0.01} times smaller.
    """
    network = new_network(0)
    network.parameters[2].value *= 0.01
    return loss_on(network, split(0).training)


@claim(
    "After the first epoch the validation loss is below the training loss.", 0.2, 0.6, "nats below"
)
def validation_starts_below() -> float:
    """Training minus validation loss of the first epoch, the mean of ten runs on the digits."""
    first = [digits.run(seed).epochs[0] for seed in range(10)]
    return float(np.mean([epoch.loss - (epoch.validation_loss or 0) for epoch in first]))


@claim("At too large a rate the loss gets stuck at a blind guess.", 0.95, 1.2, "blind guesses")
def stuck_at_a_blind_guess() -> float:
    """The training loss on the digits after ten epochs at a rate of 2, divided by ln 10."""
    data = training_loop.learning_rates_data()
    return float(data["losses"]["2"][-1] / data["blind guess"])


# ---- Train a real network ----


@claim("The network learns to read digits.", 94, 98, "% right on new digits")
def digits_accuracy() -> float:
    """Test accuracy after 20 epochs, the mean of ten seeds, each with heaps of its own."""
    return 100 * float(np.mean([digits.accuracy(digits.run(seed)) for seed in range(1, 11)]))


@claim("Its training loss gets near 0.11.", 0.09, 0.15, "nats")
def digits_loss() -> float:
    """The mean training loss of the 20th epoch over the same ten runs."""
    return float(np.mean([digits.run(seed).epochs[-1].loss for seed in range(1, 11)]))


@claim("Too many epochs can make it worse on new examples.", 0.1, 0.5, "nats above its best")
def overfitting() -> float:
    """Validation loss after 150 epochs minus its lowest; 100 digits, 20 wrong labels, 3 runs."""
    losses = digits.overfit_data()["validation loss"]
    return float(losses[-1] - min(losses))


@claim("Unscaled flippers blow up at the usual rate.", 1, 100, "updates until it is not finite")
def unscaled_blows_up() -> float:
    """Updates of a line on flippers in millimetres at a rate of 0.02, until it blows up."""
    inputs, targets = load_penguins()
    rng = np.random.default_rng(0)
    network, optimizer = Network(Dense(1, 1, rng=rng)), SGD(learning_rate=0.02)
    with np.errstate(over="ignore", invalid="ignore"):
        for number in range(1, 101):
            batch = next(batches(inputs, targets, 32, rng=rng))
            loss = mse(network.forward(batch.inputs), batch.targets)
            if not math.isfinite(loss):
                return number
            network.backward(loss.gradient)
            optimizer.update(network.parameters)
    return math.inf


@claim("Scaled, the same line learns.", 0.15, 0.17, "kg²")
def scaled_learns() -> float:
    """Training loss of the 20th epoch at the same rate, with flippers scaled; mean of 3 runs."""
    flippers, masses = load_penguins()
    losses = []
    for seed in range(3):
        rng = np.random.default_rng(seed)
        training = rng.permutation(342)[:274]
        inputs = (flippers[training] - flippers[training].mean()) / flippers[training].std()
        epochs = train(
            Network(Dense(1, 1, rng=rng)), mse, SGD(learning_rate=0.02), inputs, masses[training],
            epochs=20, batch_size=32, rng=rng,
        )  # fmt: skip
        losses.append([epoch.loss for epoch in epochs][-1])
    return float(np.mean(losses))


@claim("The flipper says a lot about the mass.", 1.6, 2.6, "times as far off without it")
def flipper_helps() -> float:
    """Test error (root of the loss) of the mean mass, divided by that of the best straight line.

    The mean of three splits.
    """
    flippers, masses = load_penguins()
    ratios = []
    for seed in range(3):
        training, test = np.split(np.random.default_rng(seed).permutation(342), [274])
        line = np.polyfit(flippers[training, 0], masses[training, 0], 1)
        fitted = np.polyval(line, flippers[test])
        blind = mse(np.full_like(masses[test], masses[training].mean()), masses[test])
        ratios.append((blind / mse(fitted, masses[test])) ** 0.5)
    return float(np.mean(ratios))
