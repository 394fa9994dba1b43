"""Each claim of the lessons that a run can show, with the bounds it must keep.

A claim is a function that runs it and returns one number. Its docstring says how it was run.
A lesson marks the sentence with {claim: name}, and the page docs/evidence.md lists them all.
Bounds of claims that involve chance come from the spread over more seeds than are run here.

Each claim names one change that somebody might make by mistake, `broken_by`, and the arguments
with which its function then runs. The build stops if the number stays within the bounds.
"""

import math
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np

from nnbasics import (
    SGD,
    Batch,
    Dense,
    Loss,
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
from website.figures import (
    digits,
    epochs_and_batches,
    mean_squared_error,
    sick_runs,
    training_loop,
)
from website.figures.drawn import numbers as drawn
from website.figures.experiments import accuracy_on, loss_on, new_network, split, updates
from website.figures.misses import numbers as misses
from website.figures.rates.numbers import walk
from website.figures.what_is_a_loss import learned_by_heart


class Claim(NamedTuple):
    """A claim, between which numbers it holds, and a change that it must not survive."""

    run: Callable[..., float]
    sentence: str
    low: float
    high: float
    unit: str
    broken_by: str
    change: dict[str, Any]

    @property
    def how(self) -> str:
        """Say how the claim is run."""
        return " ".join((self.run.__doc__ or "").split())


CLAIMS: dict[str, Claim] = {}


def claim(
    sentence: str, low: float, high: float, unit: str = ""
) -> Callable[..., Callable[..., float]]:
    """Enter a function into the claims, under its name with dashes."""

    def enter(run: Callable[..., float]) -> Callable[..., float]:
        words, change = CHANGES.get(run, ("", {}))
        name = run.__name__.replace("_", "-")
        CLAIMS[name] = Claim(run, sentence, low, high, unit, words, change)
        return run

    return enter


CHANGES: dict[Callable[..., float], tuple[str, dict[str, Any]]] = {}


def broken_by(words: str, **change: Any) -> Callable[..., Callable[..., float]]:
    """Name the change that breaks a claim, and the arguments that its function gets for it."""

    def enter(run: Callable[..., float]) -> Callable[..., float]:
        CHANGES[run] = words, change
        return run

    return enter


# ---- What is a loss? ----


@claim("A network can learn random labels by heart.", 99, 100, "% right on the practice digits")
@broken_by("stopped after 20 epochs", epochs=20)
def learned_practice(*, epochs: int = 200) -> float:
    """Right answers on 100 practice digits whose labels were picked at random.

    The mean of 5{=len(what_is_a_loss.SEEDS)} runs.
    """
    return 100 * learned_by_heart(epochs=epochs)["practice"][1]


@claim("What it learned by heart is worth nothing on new digits.", 3, 21, "% right on new digits")
@broken_by("trained on the true labels", labels_at_random=False)
def learned_nothing(*, labels_at_random: bool = True) -> float:
    """The same networks on new digits with their true labels. A blind guess is right 10 %.

    There are 300{=len(split(0).test.targets)} digits, and 5{=len(what_is_a_loss.SEEDS)} networks.
    """
    return 100 * learned_by_heart(labels_at_random=labels_at_random)["unseen"][1]


# ---- Mean squared error ----


@claim("Plain misses cancel out, although two of three guesses are wrong.", 0, 0, "sum of misses")
@broken_by("the minus signs left out", count=abs)
def misses_cancel(*, count: Callable[[int], int] = int) -> float:
    """The lesson's guesses minus its answers, added up.

    10, 5, 3{=figures.misses.guesses} minus 8, 7, 3{=figures.misses.answers}.
    """
    pairs = zip(misses.GUESSES, misses.ANSWERS, strict=True)
    return float(sum(count(guess - answer) for guess, answer in pairs))


@claim("Two guesses that share the work halve the loss sooner.", 0.6, 0.6, "of one guess's way")
@broken_by(
    "the absolute error in place of the squared one", loss=mean_squared_error.mean_absolute_error
)
def share_the_work(*, loss: Callable[..., Loss] = mse) -> float:
    """Try all moves of two guesses, in tenths; the way of both over that of one.

    Each misses by 2{=figures.misses.guesses[0] - figures.misses.answers[0]}.
    """
    data = misses.compute(loss=loss)
    return data["way_of_two_guesses"] / data["way_of_one_guess"]


@claim("Twice the miss costs four times as much.", 4, 4, "times the loss")
@broken_by(
    "the absolute error in place of the squared one", loss=mean_squared_error.mean_absolute_error
)
def twice_the_miss(*, loss: Callable[..., Loss] = mse) -> float:
    """The loss of a miss divided by the loss of a miss half as long."""
    return loss(12, 10) / loss(11, 10)


@claim("The pull shrinks along with the miss.", 20, 20, "times the gradient")
@broken_by(
    "the absolute error in place of the squared one", loss=mean_squared_error.mean_absolute_error
)
def gentle_pull(*, loss: Callable[..., Loss] = mse) -> float:
    """The gradient at a miss of 2 divided by the gradient at a miss of 0.1."""
    return round(float(loss(2, 0).gradient / loss(0.1, 0).gradient), 9)


@claim("The root of the loss is back in dollars.", 50_000, 50_000, "dollars")
@broken_by("the root forgotten", root=float)
def root_in_dollars(*, root: Callable[[float], float] = math.sqrt) -> float:
    """The square root of the mean squared error of $300,000 against $250,000."""
    return root(mse(300_000, 250_000))


@claim("One typo more than doubles the best guess for MSE.", 2.0, 2.2, "times the best guess")
@broken_by(
    "the absolute error in place of the squared one", loss=mean_squared_error.mean_absolute_error
)
def typo_moves_the_mean(*, loss: Callable[..., Loss] = mse) -> float:
    """The best single guess for ten prices, one mistyped as 2,900, divided by that without.

    It should be 290{=mean_squared_error.outlier.prices[-1]}.
    """
    data = mean_squared_error.outlier_data(loss=loss)
    return float(data["best for mse with typo"] / data["best for mse"])


@claim("The median does not notice the typo.", 245, 245, "thousand dollars")
@broken_by("the mean in place of the median", middle=np.mean)
def median_stays(*, middle: Callable[..., np.floating] = np.median) -> float:
    """The middle value of the same ten prices with the typo. Without it, it is 245 as well."""
    return float(mean_squared_error.outlier_data(middle=middle)["median with typo"])


@claim(
    "Shapes that NumPy stretches give a wrong loss.",
    13.33,
    13.34,
    "in place of 2.67{=mse([10, 5, 3], [8, 7, 3])}",
)
@broken_by("the targets in a column as well", shape=(3, 1))
def stretched_shapes(*, shape: tuple[int, ...] = (3,)) -> float:
    """The mean of (predictions - targets)², with predictions in a column, in plain NumPy."""
    column = np.array([[10], [5], [3]])
    return float(np.mean((column - np.array([8, 7, 3]).reshape(shape)) ** 2))


# ---- Cross-entropy ----


@claim("51 % for the right answer costs a little less than a coin flip.", 0.9, 0.999, "coin flips")
@broken_by("the other answer is right", label=1)
def fifty_one_percent(*, label: int = 0) -> float:
    """-ln 0.51 divided by -ln 0.5."""
    return cross_entropy([0.51, 0.49], label) / cross_entropy([0.5, 0.5], label)


@claim("When wrong, being less sure costs less.", 5, 5.1, "times as much at 99 % as at 60 %")
@broken_by("the other answer is right", label=1)
def less_sure_costs_less(*, label: int = 0) -> float:
    """The loss of being wrong and 99 % sure, divided by that of being wrong and 60 % sure."""
    return cross_entropy([0.01, 0.99], label) / cross_entropy([0.4, 0.6], label)


@claim(
    "A cross-entropy can be above 1{=cross_entropy([1 / math.e, 1 - 1 / math.e], 0)}.",
    2.302,
    2.303,
    "nats",
)
@broken_by("log10 in place of ln", base=10)
def above_one(*, base: float = math.e) -> float:
    """The loss of a blind guess between ten classes: ln 10."""
    return cross_entropy(np.full(10, 0.1), 0) / math.log(base)


@claim("Softmax twice makes a perfect answer costly.", 1.461, 1.462, "in place of 0")
@broken_by("the second softmax left out", again=np.array)
def softmax_twice(*, again: Callable[..., Any] = softmax) -> float:
    """The loss where a perfect answer among ten classes goes through softmax again."""
    perfect = np.eye(10)[0]
    return cross_entropy(again(perfect), 0)


@claim("More right answers can go with a higher loss.", 5, 5.1, "times the loss")
@broken_by("the wrong one is 99.9 % sure", p_wrong=0.999)
def loss_is_not_accuracy(*, p_wrong: float = 0.6) -> float:
    """Ten answers right at 60 %, divided by nine right at 99 % and one wrong at 60 %."""
    unsure = cross_entropy([[0.6, 0.4]] * 10, [0] * 10)
    return unsure / cross_entropy([[0.99, 0.01]] * 9 + [[1 - p_wrong, p_wrong]], [0] * 10)


@claim("The loss moves with each small change of a weight that matters.", 25, 50, "of 50 moved it")
@broken_by("a nudge so small that rounding swallows it", nudge=1e-20)
def loss_moves(*, nudge: float = 1e-6) -> float:
    """Nudge each of 50 first-layer weights of an untrained network by a millionth.

    Count changed losses on the validation digits. For the other weights, on each digit the dot
    is blank or ReLU gives 0. One network.
    """
    return float(_nudges(nudge)[1])


@claim("Accuracy gives no direction: small changes do not move it.", 0, 0, "of 50 changes moved it")
@broken_by("nudged by 1, not by a millionth", nudge=1)
def accuracy_stands_still(*, nudge: float = 1e-6) -> float:
    """The same 50 nudges; count changed accuracies on the validation digits."""
    return float(_nudges(nudge)[0])


def _nudges(nudge: float) -> tuple[int, int]:
    """Return how many of 50 nudges changed the accuracy, and how many the loss."""
    network, examples = new_network(0), split(0).validation
    weights = network.parameters[0].value.reshape(-1)
    accuracy, loss = accuracy_on(network, examples), loss_on(network, examples)
    changed = np.zeros(2, int)
    for place in np.random.default_rng(0).choice(weights.size, size=50, replace=False):
        weights[place] += nudge
        changed += accuracy_on(network, examples) != accuracy, loss_on(network, examples) != loss
        weights[place] -= nudge
    return int(changed[0]), int(changed[1])


@claim("Sure and wrong, the squared error learns far slower.", 50, 120, "times the updates")
@broken_by("from an unsure start", start="unsure")
def sure_and_wrong_is_slow(*, start: str = "sure and wrong") -> float:
    """Updates until 90 % for the right answer, squared error over cross-entropy."""
    needed = cross_entropy_figures.sure_and_wrong_data()["updates to 90 %"][start]
    return float(needed["squared error"] / needed["cross-entropy"])


# ---- Epochs and batches ----


@claim("Four times as many cards halve the wobble.", 1.8, 2.3, "times the wobble")
@broken_by("twice as many cards, not four times", size=32)
def wobble_halves(*, size: int = 64) -> float:
    """The error of 400 batches' gradients at size 16 divided by that at 64, before training."""
    return epochs_and_batches.wobble(16) / epochs_and_batches.wobble(size)


FEW, MANY = 8, 128  # cards in a batch


@claim("Bigger batches need fewer updates to get as far.", 1.5, 5, "times the updates")
@broken_by("cards counted, not updates", count_cards=True)
def fewer_updates(*, count_cards: bool = False) -> float:
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
        needed[size] = float(np.mean(counts)) * (size if count_cards else 1)
    return needed[FEW] / needed[MANY]


@claim(
    "With a rate that suits, batches of 8, 32 and 128 end close together.", 0, 2.5, "points apart"
)
@broken_by("a rate of 0.1 for each", rates=(0.1, 0.1, 0.1))
def sizes_end_together(*, rates: tuple[float, ...] = (0.5, 0.8, 1.0)) -> float:
    """Highest minus lowest test accuracy after 20 epochs at rates 0.5, 0.8, 1.0.

    The mean of 3{=len(epochs_and_batches.SEEDS)} runs.
    """
    # Of 0.1, 0.2 up to 0.8 and 1, these were the best on the validation digits.
    accuracies = [
        float(np.mean(epochs_and_batches.accuracies(rate, size)))
        for size, rate in zip((8, 32, 128), rates, strict=True)
    ]
    return 100 * (max(accuracies) - min(accuracies))


@claim("A last batch of one card can spoil the result.", 10, 100, "points lost in the worst update")
@broken_by("1,280 digits, so that it is full", n_digits=1280)
def last_card(*, n_digits: int = 1297) -> float:
    """The most test accuracy that one update costs: the last of an epoch, in ten runs.

    Of the last ten of 20 epochs, on 1,297 digits, in batches of 16.
    """
    return max(epochs_and_batches.lost_in_last_updates(n_digits))


@claim("A last batch that is full does little harm.", 0, 4, "points lost in the worst update")
@broken_by("1,297 digits, so that it holds one", n_digits=1297)
def last_full_batch(*, n_digits: int = 1280) -> float:
    """The same with 1,280 digits, which divide by 16."""
    return max(epochs_and_batches.lost_in_last_updates(n_digits))


@claim("A sorted deck that is never shuffled teaches far less.", 25, 60, "points fewer right")
@broken_by("a deck that was not sorted", is_sorted=False)
def shuffling_helps(*, is_sorted: bool = True) -> float:
    """Test accuracy after ten epochs, shuffled minus sorted by digit; mean of three runs."""
    found = epochs_and_batches.order_data(is_sorted=is_sorted)["accuracies"]
    ends = {name: np.mean([run[-1] for run in runs]) for name, runs in found.items()}
    return 100 * float(ends["shuffled each epoch"] - ends["sorted, never shuffled"])


# ---- The training loop ----


@claim(
    "The one weight's first update goes from 1 to 1.54{=[*zip(*walk(0.01, 1))][0]}.",
    1.54,
    1.54,
    "the new weight",
)
@broken_by("the gradient added, not taken away", learning_rate=-0.01)
def first_update(*, learning_rate: float = 0.01) -> float:
    """One update by hand at a learning rate of 0.01."""
    return round(walk(learning_rate, 1)[1][0], 9)


@claim(
    "Just below 1/9{=figures.rates.names.largest_stable} the steps lead down.",
    0,
    0.99,
    "times the loss after 100 updates",
)
@broken_by(
    "a rate of 1.001/9{=1.001 * figures.rates.names.largest_stable}", learning_rate=1.001 / 9
)
def below_the_limit(*, learning_rate: float = 0.999 / 9) -> float:
    """The loss after 100 updates, divided by the loss at the start.

    At a rate of 0.999/9{=0.999 * figures.rates.names.largest_stable}.
    """
    steps = walk(learning_rate, 100)
    return steps[-1][1] / steps[0][1]


@claim(
    "Just above 1/9{=figures.rates.names.largest_stable} they lead up.",
    1.01,
    10,
    "times the loss after 100 updates",
)
@broken_by(
    "a rate of 0.999/9{=0.999 * figures.rates.names.largest_stable}", learning_rate=0.999 / 9
)
def above_the_limit(*, learning_rate: float = 1.001 / 9) -> float:
    """The same at a rate of 1.001/9{=1.001 * figures.rates.names.largest_stable}."""
    steps = walk(learning_rate, 100)
    return steps[-1][1] / steps[0][1]


@claim("Backward changes no weight.", 0, 0, "largest change")
@broken_by("an update behind it", and_update=True)
def backward_changes_nothing(*, and_update: bool = False) -> float:
    """The largest change of a weight by one backward pass through the digits network."""
    network, batch = new_network(0), split(0).validation
    before = [parameter.value.copy() for parameter in network.parameters]
    network.backward(softmax_cross_entropy(network.forward(batch.inputs), batch.targets).gradient)
    if and_update:
        SGD(learning_rate=0.1).update(network.parameters)
    pairs = zip(before, network.parameters, strict=True)
    return max(float(np.abs(now.value - old).max()) for old, now in pairs)


@claim("The gradient is what a nudge shows.", 0, 1e-6, "relative difference")
@broken_by("a nudge of 0.1", step=0.1)
def nudge_agrees(*, step: float = 1e-5) -> float:
    """A bias of the digits network nudged by 0.00001 both ways, against its gradient."""
    network, batch = new_network(0), split(0).validation
    network.backward(softmax_cross_entropy(network.forward(batch.inputs), batch.targets).gradient)
    bias = network.parameters[-1]
    gradient = float(bias.gradient[0])
    bias.value[0] += step
    up = loss_on(network, batch)
    bias.value[0] -= 2 * step
    return abs((up - loss_on(network, batch)) / (2 * step) / gradient - 1)


@claim("The last batch's loss can hide the truth.", 5, 30, "times the printed loss")
@broken_by("the deck shuffled", shuffled=True)
def last_batch_hides(*, shuffled: bool = False) -> float:
    """Mean loss over a sorted deck divided by that of its last batch, after ten epochs. One run."""
    data = training_loop.last_batch_data(shuffled=shuffled)
    return data["true"] / data["printed"]


class _Counter(SGD):
    """Counts its updates."""

    updates = 0

    def update(self, parameters: Iterable[Parameter]) -> None:
        """Count, and update."""
        self.updates += 1
        super().update(parameters)


@claim("There is one update for each batch, not for each epoch.", 40, 40, "updates in an epoch")
@broken_by("the whole deck as one batch", batch_size=1280)
def update_each_batch(*, batch_size: int = 32) -> float:
    """The calls of the optimizer in one epoch of `train` on 1,280 digits, in batches of 32."""
    optimizer = _Counter(learning_rate=0.1)
    run = train(
        new_network(0), softmax_cross_entropy, optimizer, *split(0).training,
        epochs=1, batch_size=batch_size, rng=np.random.default_rng(0),
    )  # fmt: skip
    next(run)
    return float(optimizer.updates)


@claim("A network that knows nothing starts near ln 10.", 2.3, 2.305, "nats")
@broken_by("the weights left as they are", shrink=1)
def first_loss(*, shrink: float = 0.01) -> float:
    """The first loss on the digits, with the last layer's weights times 0.01."""
    network = new_network(0)
    network.parameters[2].value *= shrink
    return loss_on(network, split(0).training)


@claim(
    "After the first epoch the validation loss is below the training loss.", 0.2, 0.6, "nats below"
)
@broken_by("of the last epoch", epoch=20)
def validation_starts_below(*, epoch: int = 1) -> float:
    """Training minus validation loss of the first epoch, the mean of ten runs on the digits."""
    first = [digits.run(seed).epochs[epoch - 1] for seed in range(10)]
    return float(np.mean([epoch.loss - (epoch.validation_loss or 0) for epoch in first]))


@claim("At too large a rate the loss gets stuck at a blind guess.", 0.95, 1.2, "blind guesses")
@broken_by("a rate of 0.1", rate=0.1)
def stuck_at_a_blind_guess(*, rate: float = 2) -> float:
    """The training loss on the digits after ten epochs at a rate of 2, divided by ln 10."""
    data = training_loop.learning_rates_data()
    return float(data["losses"][str(rate)][-1] / data["blind guess"])


# ---- Train a real network ----


@claim("The network learns to read digits.", 94, 98, "% right on new digits")
@broken_by("a rate of 0.001, two runs", learning_rate=0.001, n_seeds=2)
def digits_accuracy(*, learning_rate: float = 0.1, n_seeds: int = 10) -> float:
    """Test accuracy after 20 epochs, the mean of ten seeds, each with heaps of its own."""
    runs = [digits.run(seed, learning_rate=learning_rate) for seed in range(1, 1 + n_seeds)]
    return 100 * float(np.mean([digits.accuracy(run) for run in runs]))


@claim(
    "Trained on bent copies as well, the network reads at least nine of ten drawings.",
    90,
    100,
    "% of the drawings read right",
)
@broken_by("trained as long on copies that are not bent", bend=False)
def bent_copies_help(*, bend: bool = True) -> float:
    """Digits that a program drew, no hand: 500{=figures.drawn.drawings}, kept aside until the end.

    The network was trained on 9{=figures.drawn.copies} bent copies of each picture.
    """
    return drawn.percent_right(bend=bend)


BEST_LINE = 2 / 9  # the mean squared error of 2/3 against 1, 0, 1: no straight line has less


@claim(
    "Without a bend, two layers learn no more than a straight line.",
    0.999,
    1.001,
    "times the loss of the best line",
)
@broken_by("layers with ReLU between them", layers="with ReLU")
def no_bend(*, layers: str = "without ReLU") -> float:
    """The loss of two layers on 1, 0, 1, divided by that of the best straight line.

    By least squares that line is flat, at the mean of the answers.
    The best of three{=len(digits.SEEDS)} runs.
    """
    return min(_valley(layers)) / BEST_LINE


@claim("With a bend, two layers learn it.", 0, 0.001, "times the loss of the best line")
@broken_by("no ReLU between them", layers="without ReLU")
def a_bend_helps(*, layers: str = "with ReLU") -> float:
    """The same with ReLU between them, the worst of three{=len(digits.SEEDS)} runs."""
    return max(_valley(layers)) / BEST_LINE


def _valley(layers: str) -> list[float]:
    """Return the loss of two layers in each run."""
    return [float(digits.bend_data(seed=seed)[layers]["loss"]) for seed in digits.SEEDS]


@claim("Fewer hidden numbers or epochs read fewer digits.", 2.5, 8, "points fewer right")
@broken_by("32 and 20, as in the lesson", size=32, epochs=20)
def fewer_is_worse(*, size: int = 8, epochs: int = 5) -> float:
    """Validation digits right in the lesson, minus the better of the smaller choices."""
    fewer = max(digits.right_after(size, 20), digits.right_after(32, epochs))
    return 100 * (digits.right_after(32, 20) - fewer)


@claim("More hidden numbers or epochs gain little.", -1, 1.5, "points more right")
@broken_by("measured from 5 epochs", epochs=5)
def more_gains_little(*, epochs: int = 20) -> float:
    """Validation digits right with the better of the larger choices, minus the lesson's."""
    more = max(digits.right_after(128, 20), digits.right_after(32, 40))
    return 100 * (more - digits.right_after(32, epochs))


@claim("Its training loss gets near 0.11.", 0.09, 0.15, "nats")
@broken_by("stopped after 10 epochs", epoch=10)
def digits_loss(*, epoch: int = 20) -> float:
    """The mean training loss of the 20th epoch over the same ten runs."""
    return float(np.mean([digits.run(seed).epochs[epoch - 1].loss for seed in range(1, 11)]))


@claim("Too many epochs can make it worse on new examples.", 0.1, 0.5, "nats above its best")
@broken_by("no wrong labels", n_wrong=0)
def overfitting(*, n_wrong: int = 20) -> float:
    """Validation loss after 150 epochs minus its lowest; 100 digits, 20 wrong labels.

    The mean of 3{=len(digits.SEEDS)} runs.
    """
    losses = digits.overfit_data(n_wrong=n_wrong)["validation loss"]
    return float(losses[-1] - min(losses))


@claim("Unscaled flippers blow up at the usual rate.", 1, 100, "updates until it is not finite")
@broken_by("the flippers scaled", scaled=True)
def unscaled_blows_up(*, scaled: bool = False) -> float:
    """Updates of a line on flippers in millimetres at a rate of 0.02, until it blows up."""
    inputs, targets = load_penguins()
    if scaled:
        inputs = (inputs - inputs.mean()) / inputs.std()
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
@broken_by("the masses not shuffled with the flippers", paired=False)
def scaled_learns(*, paired: bool = True) -> float:
    """Training loss of the 20th epoch at the same rate, with flippers scaled; mean of 3 runs."""
    flippers, masses = load_penguins()
    losses = []
    for seed in range(3):
        rng = np.random.default_rng(seed)
        training = rng.permutation(342)[:274]
        inputs = (flippers[training] - flippers[training].mean()) / flippers[training].std()
        targets = masses[training] if paired else masses[:274]
        epochs = train(
            Network(Dense(1, 1, rng=rng)), mse, SGD(learning_rate=0.02), inputs, targets,
            epochs=20, batch_size=32, rng=rng,
        )  # fmt: skip
        losses.append([epoch.loss for epoch in epochs][-1])
    return float(np.mean(losses))


@claim("The flipper says a lot about the mass.", 1.6, 2.6, "times as far off without it")
@broken_by("the root left out", power=1)
def flipper_helps(*, power: float = 0.5) -> float:
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
        ratios.append((blind / mse(fitted, masses[test])) ** power)
    return float(np.mean(ratios))


# ---- When a run looks odd ----


@claim(
    "One column that is not scaled holds the loss at a blind guess.", 0.95, 1.05, "blind guesses"
)
@broken_by("that column scaled", scaled=True)
def stuck_not_scaled(*, scaled: bool = False) -> float:
    """Train on the digits and one column more, the ink of the whole picture, at a rate of 0.1.

    The training loss after ten epochs, divided by ln 10. The mean of 3{=len(sick_runs.SEEDS)} runs.
    """
    ends = [
        sick_runs.fitted(sick_runs.ink_network(seed), sick_runs.with_ink(seed, scaled=scaled))
        for seed in sick_runs.SEEDS
    ]
    return float(np.mean(ends))


@claim("At too large a rate all hidden numbers die.", 0, 0, "of 32 alive")
@broken_by("a rate of 0.1", rate=0.1)
def dead_hidden_numbers(*, rate: float = 2) -> float:
    """Train on the digits for ten epochs at a rate of 2, and look at its 32 hidden numbers.

    Count those that are above 0 for at least one training digit.
    """
    network, examples = new_network(0, n_hidden=32), split(0).training
    sick_runs.fitted(network, examples, rate=rate)
    return sick_runs.alive(network, examples.inputs)


@claim("At too small a rate the loss hardly moves.", 0.95, 1.2, "blind guesses")
@broken_by("a rate of 0.1", rate=0.1)
def rate_too_small(*, rate: float = 0.0001) -> float:
    """The training loss on the digits after ten epochs at a rate of 0.0001, divided by ln 10."""
    return sick_runs.fitted(new_network(0), split(0).training, rate=rate)


@claim("With labels of other inputs the loss stays at a blind guess.", 0.95, 1.05, "blind guesses")
@broken_by("the labels left in place", shuffled=False)
def wrong_labels(*, shuffled: bool = True) -> float:
    """The training loss on the digits after ten epochs, divided by ln 10.

    The labels are shuffled, and the pictures are not.
    """
    inputs, labels = split(0).training
    if shuffled:
        labels = np.random.default_rng(1).permutation(labels)
    return sick_runs.fitted(new_network(0), Batch(inputs, labels))


@claim("With all weights at 0 the loss stays at a blind guess.", 0.95, 1.05, "blind guesses")
@broken_by("weights drawn by chance", spread=1)
def zero_weights(*, spread: float = 0) -> float:
    """The training loss on the digits after ten epochs, divided by ln 10.

    Before training, each weight is multiplied by 0.
    """
    network = new_network(0)
    for parameter in network.parameters:
        parameter.value *= spread
    return sick_runs.fitted(network, split(0).training)


@claim(
    "With predictions and targets swapped, an update raises the loss.",
    1.0000001,
    2,
    "times the loss",
)
@broken_by("the right order", loss=mse)
def swapped(*, loss: Callable[..., Loss] = sick_runs.swapped_mse) -> float:
    """One update of a line on the penguins, with `mse(targets, predictions)`.

    The loss after it, divided by that before. Of the rates 0.1, 0.001 and 0.000001 the least.
    """
    return min(sick_runs.growth(loss, rate) for rate in (0.1, 0.001, 0.000001))


@claim("A large score breaks the plain formula of softmax.", 709, 709, "is the last that it stands")
@broken_by("the highest score taken away first", is_safe=True)
def plain_formula(*, is_safe: bool = False) -> float:
    """Raise the score of one class, one by one, and take its power of e over the sum of both.

    The other score is 0. Stop before the result is nan.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        for score in range(1000):
            powers = np.exp(np.array([score, 0.0]) - (score if is_safe else 0))
            if np.isnan(powers / powers.sum()).any():
                return score - 1
    return math.inf


@claim("Batches dealt once train for one epoch alone.", 0, 0, "updates in the second epoch")
@broken_by("dealt anew in each epoch", anew=True)
def dealt_once(*, anew: bool = False) -> float:
    """Deal the digits with a plain generator above the loop over two epochs; count the batches."""
    inputs, labels = split(0).training

    def deal() -> Iterable[tuple[Any, Any]]:
        return zip(np.split(inputs, 40), np.split(labels, 40), strict=True)

    deck = deal()
    for _ in range(2):
        counted = sum(1 for _ in (deal() if anew else deck))
    return float(counted)


@claim("A run can beat a blind guess and be far from the best.", 1.2, 1.8, "times as far off")
@broken_by("flippers scaled, a rate of 0.02", rate=0.02, is_scaled=True)
def half_cured(*, rate: float = 0.00001, is_scaled: bool = False) -> float:
    """A line on flippers in millimetres, at a rate of 0.00001, against the best line.

    Test errors (roots of the loss), divided. The mean of 3{=len(sick_runs.SEEDS)} splits. In each
    the run beats the mean mass: if not, this is 0.
    """
    runs = [
        sick_runs.line_on_flippers(seed, rate=rate, scaled=is_scaled) for seed in sick_runs.SEEDS
    ]
    if any(run["off"] >= run["blind off"] for run in runs):
        return 0
    return float(np.mean([run["off"] / run["best off"] for run in runs]))


@claim("With labels shifted by one, hardly any answer is right.", 0, 5, "% right on new digits")
@broken_by("labels left as they are", shift=0)
def shifted_labels(*, shift: int = 1) -> float:
    """Train for ten epochs on the digits, with the label that comes after the right one.

    Right answers on the test digits with their true labels. A blind guess gets 10 %.
    """
    network, parts = new_network(0), split(0)
    sick_runs.fitted(network, Batch(parts.training.inputs, (parts.training.targets + shift) % 10))
    return 100 * accuracy_on(network, parts.test)
