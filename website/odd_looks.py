"""What is seen when a training run looks odd, each cause of it, one test, and the cure.

The lesson, the recap and the clinic show this one table, and the messages of the package say the
same. Each cause names the claim whose run shows it. What to try first stands first.
"""

from typing import NamedTuple


class Cause(NamedTuple):
    """One cause of an odd look.

    Attributes:
        name: Its row can be linked to, as #odd-name.
        cause: What may be wrong.
        test: What tells it from the other causes.
        cure: What to do then.
        claim: The claim whose run shows it.
    """

    name: str
    cause: str
    test: str
    cure: str
    claim: str

    @property
    def anchor(self) -> str:
        """Return what a link to its row ends with."""
        return f"odd-{self.name}"


SCALE = (
    "scale by the training rows' mean and spread, without columns that never change (their spread "
    "is 0); begin with new weights"
)
LARGEST_INPUTS = "print the smallest and the largest value of each column"

ODD_LOOKS: dict[str, list[Cause]] = {
    "The first loss is near ln(number of classes)": [
        Cause(
            "blind-guess",
            "all is well: the network knows nothing yet",
            "compare with `math.log(classes)`",
            "train",
            "first-loss",
        ),
    ],
    "The loss stays near ln(number of classes)": [
        Cause(
            "stuck-not-scaled",
            "inputs that are not scaled: one such column is enough",
            LARGEST_INPUTS,
            SCALE,
            "stuck-not-scaled",
        ),
        Cause(
            "rate-too-large",
            "too large a rate: all hidden numbers are 0 for ever",
            "count those above 0 for some input, before and after training",
            "a tenth of the rate; begin with new weights",
            "dead-hidden-numbers",
        ),
        Cause(
            "rate-too-small",
            "too small a rate",
            "train with one batch: it is not even learned by heart",
            "ten times the rate",
            "rate-too-small",
        ),
        Cause(
            "wrong-labels",
            "labels that belong to other inputs",
            "one batch is learned by heart; now look at some inputs and their labels",
            "shuffle both in the same order",
            "wrong-labels",
        ),
        Cause(
            "zero-weights",
            "all weights are 0",
            "print the largest weight before training",
            "begin with weights drawn by chance, as `Dense` does",
            "zero-weights",
        ),
    ],
    "The loss does not get below 1.46 for ten classes, and most answers are right": [
        Cause(
            "softmax-twice",
            "softmax is done twice",
            "work out what a perfect answer costs",
            "leave out the softmax before the loss",
            "softmax-twice",
        ),
    ],
    "The loss grows, or becomes inf or nan": [
        Cause(
            "not-scaled",
            "inputs that are not scaled",
            LARGEST_INPUTS,
            SCALE,
            "unscaled-blows-up",
        ),
        Cause(
            "rate-blows-up",
            "too large a rate, if the inputs are scaled",
            "does it fall at a tenth of the rate, with new weights?",
            "keep that rate",
            "above-the-limit",
        ),
        Cause(
            "swapped",
            "predictions and targets changed places: the gradient has the wrong sign",
            "make a few updates at a rate of 0.000001: does it fall?",
            "`mse(predictions, targets)`",
            "swapped",
        ),
        Cause(
            "plain-formula",
            "a softmax of your own, and scores far from 0",
            "give `softmax_cross_entropy` the same scores: is it finite?",
            "`softmax_cross_entropy`",
            "plain-formula",
        ),
    ],
    "Nothing changes from epoch 2 on, or the mean loss is nan": [
        Cause(
            "dealt-once",
            "batches that were dealt once, for all epochs",
            "count the updates of each epoch",
            "deal anew, inside the loop over the epochs",
            "dealt-once",
        ),
    ],
    "The training loss falls, the validation loss rises": [
        Cause(
            "by-heart",
            "it learns by heart",
            "find the epoch with the lowest validation loss",
            "stop there; get more examples",
            "overfitting",
        ),
    ],
    "The loss falls, and beats a blind guess: is all well?": [
        Cause(
            "half-cured",
            "perhaps a smaller rate only hid that the inputs are not scaled",
            "for a line, `np.polyfit` works out the best one, as the clinic shows; else scale, "
            "train anew and compare",
            SCALE,
            "half-cured",
        ),
    ],
    "The loss is low, and many answers on practice examples are wrong": [
        Cause(
            "last-batch",
            "the loss of the last batch alone",
            "measure on all examples",
            "average over all batches",
            "last-batch-hides",
        ),
    ],
    "It names the last class far too often": [
        Cause(
            "not-shuffled",
            "nobody shuffles",
            "count the answers every few updates",
            "shuffle before each epoch, as `batches` does with an `rng`",
            "shuffling-helps",
        ),
    ],
    "Right answers are lost in a single update": [
        Cause(
            "tiny-batch",
            "a tiny last batch",
            "print the batch sizes",
            "`drop_last`, or a number of examples that divides",
            "last-card",
        ),
    ],
    "Worse than chance": [
        Cause(
            "shifted-labels",
            "labels that mean something else",
            "compare some guesses with the right answers",
            "give the labels one meaning everywhere",
            "shifted-labels",
        ),
    ],
    "The loss differs from the one that you get by hand": [
        Cause(
            "stretched-shapes",
            "shapes that NumPy stretches",
            "print the shape of `predictions - targets`",
            "give both the same shape",
            "stretched-shapes",
        ),
    ],
}

CAUSES = [cause for causes in ODD_LOOKS.values() for cause in causes]


def look_of(cause: Cause) -> str:
    """Return what is seen because of a cause."""
    return next(look for look, causes in ODD_LOOKS.items() if cause in causes)
