"""Every advice in a message works as typed, on the very thing that came in."""

from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest
from helpers import new_rng
from scipy import sparse

import nnbasics
from nnbasics import SGD, Dense, Network

NAN = float("nan")
COLUMN = np.array([[1.0], [2.0], [3.0]])
TABLE = pd.DataFrame({"size": [1.0, 2.0, 4.0], "new": [True, False, True]})
GAP = np.array([[1.0, 2.0], [NAN, 3.0], [4.0, 5.0]])


class Case(NamedTuple):
    """A call that is refused, and what follows when the advice stands in the place of a part.

    The advice is looked for in the message, letter by letter. What can be used up is made by a
    function.
    """

    call: str
    part: str
    advice: str
    expected: Any
    things: dict[str, Any]


def case(call: str, part: str, advice: str, expected: Any, **things: Any) -> Any:
    """Return one case, named after its call."""
    return pytest.param(Case(call, part, advice, expected, things), id=f"{call} {advice}")


def run(inputs: Any, targets: Any, n_inputs: int = 1, loss: Any = nnbasics.mse) -> int:
    """Train for an epoch, and return the number of updates."""
    network = Network(Dense(n_inputs, 2 if loss is not nnbasics.mse else 1, rng=new_rng()))
    [epoch] = nnbasics.train(
        network,
        loss,
        SGD(learning_rate=0.01),
        inputs,
        targets,
        epochs=1,
        batch_size=2,
        rng=new_rng(),
    )
    return len(epoch.batch_losses)


RESHAPED = "np.reshape(targets, (-1, 1))"
NUMBERED = "np.unique(labels, return_inverse=True)[1]"
AS_FLOATS = "np.array(predictions, dtype=float)"
SCORES = np.array([[3.0, 1.0], [0.0, 2.0]])


@pytest.mark.parametrize(
    "case",
    [
        # A shape that NumPy would stretch
        case("mse(COLUMN, targets)", "targets", RESHAPED, 0.0, targets=[1, 2, 3]),
        case("mse(COLUMN, targets)", "targets", RESHAPED, 0.0, targets=(1, 2, 3)),
        case("mse(COLUMN, targets)", "targets", RESHAPED, 0.0, targets=np.array([1, 2, 3])),
        case("mse(COLUMN, targets)", "targets", RESHAPED, 0.0, targets=pd.Series([1, 2, 3])),
        case("mse([1, 2, 3], targets)", "targets", "np.reshape(targets, -1)", 0.0,
             targets=[[1], [2], [3]]),
        case("mse([1, 2, 3], targets)", "targets", "np.reshape(targets, -1)", 0.0,
             targets=pd.DataFrame({"a": [1, 2, 3]})),
        case("run(COLUMN, targets)", "targets", RESHAPED, 2, targets=[1, 2, 3]),
        case("run(COLUMN, targets)", "targets", RESHAPED, 2, targets=pd.Series([1, 2, 3])),
        # Numbers in a dress
        *(
            case("mse(predictions, [1, 0])", "predictions", AS_FLOATS, 0.0, predictions=thing)
            for thing in (
                ["1", "0"],
                pd.Series(["1", "0"]),
                [Decimal(1), Decimal(0)],
                [b"1", b"0"],
                np.array([True, 0.0], dtype=object),
            )
        ),
        case("run(inputs, COLUMN, 2)", "inputs", "np.array(inputs, dtype=float)", 2, inputs=TABLE),
        case("mse(predictions, [1, 0])", "predictions", "np.real(predictions)", 0.0,
             predictions=[1 + 0j, 0j]),
        case("mse(predictions, [1, 0])", "predictions", "list(predictions)", 0.0,
             predictions=lambda: map(int, "10")),
        case("mse(predictions, [1, 0])", "predictions", "list(predictions)", 0.0,
             predictions=lambda: (n for n in (1, 0))),
        case("mse(predictions, [[1, 0]])", "predictions", "list(predictions)", 0.0,
             predictions=lambda: zip([1], [0], strict=True)),
        case("mse(predictions, [1, 0])", "predictions", "list(predictions.values())", 0.0,
             predictions={"a": 1, "b": 0}),
        case("mse(predictions, [[1, 0]])", "predictions", "predictions.toarray()", 0.0,
             predictions=sparse.csr_matrix([[1, 0]])),
        case("mse(predictions, [0, 2])", "predictions",
             "(np.array(predictions) - np.array(predictions).min()) / np.timedelta64(1, 'D')", 0.0,
             predictions=pd.Series(pd.to_datetime(["2026-01-01", "2026-01-03"]))),
        # Labels
        case("softmax_cross_entropy([[0, 1e3], [1e3, 0]], labels)", "labels", NUMBERED, 0.0,
             labels=["dog", "cat"]),
        case("softmax_cross_entropy([[0, 1e3], [1e3, 0]], labels)", "labels", NUMBERED, 0.0,
             labels=pd.Series(["dog", "cat"])),
        case("run(COLUMN, targets, loss=softmax_cross_entropy)", "targets",
             "np.unique(targets, return_inverse=True)[1]", 2, targets=["dog", "cat", "cat"]),
        *(
            case("softmax_cross_entropy([[0, 1e3], [1e3, 0]], labels)", "labels",
                 "np.argmax(labels, axis=-1)", 0.0, labels=labels)
            for labels in ([[0, 1], [1, 0]], pd.DataFrame({"cat": [0, 1], "dog": [1, 0]}))
        ),
        case("softmax_cross_entropy([0, 1e3], labels)", "labels", "np.argmax(labels, axis=-1)",
             0.0, labels=[0, 1]),
        *(
            case("softmax_cross_entropy([[0, 1e3], [1e3, 0]], labels)", "labels",
                 "np.array(labels, dtype=int)", 0.0, labels=labels)
            for labels in ([1.0, 0.0], pd.Series([1.0, 0.0]))
        ),
        case("softmax_cross_entropy([[0, 1e3], [1e3, 0]], labels)", "labels",
             "np.reshape(labels, -1)", 0.0, labels=[[1], [0]]),
        case("binary_cross_entropy([[1.0], [0.0]], labels)", "labels",
             "np.reshape(labels, (-1, 1))", 0.0, labels=[1, 0]),
        case("cross_entropy(SCORES, [0, 1])", "cross_entropy", "softmax_cross_entropy",
             pytest.approx(0.12692801104)),
        # Inputs of another shape
        case("run(inputs, COLUMN)", "inputs", "np.reshape(inputs, (-1, 1))", 2, inputs=[1, 2, 3]),
        case("run(inputs, COLUMN)", "inputs", "np.reshape(inputs, (-1, 1))", 2,
             inputs=pd.Series([1, 2, 3])),
        case("run(inputs, COLUMN, 64)", "inputs", "np.reshape(inputs, (-1, 64))", 2,
             inputs=np.ones((3, 8, 8))),
        case("run(inputs, COLUMN, 64)", "inputs", "np.reshape(inputs, (-1, 64))", 2,
             inputs=np.ones((3, 8, 8, 1)).tolist()),
        case("Dense(2, 1, rng=new_rng()).forward(inputs).shape", "inputs",
             "np.reshape(inputs, (1, -1))", (1, 1), inputs=[1, 2]),
        case("Dense(2, 1, rng=new_rng()).forward([[1, 2, 3]]).shape", "Dense(2,", "Dense(3,",
             (1, 1)),
        # What is missing
        case("run(inputs, COLUMN, 2)", "inputs", "np.delete(inputs, [0], axis=1)", 2,
             inputs=np.array([[NAN, 1.0, 2.0], [NAN, 3.0, 2.0], [NAN, 2.0, 1.0]])),
        case("run(inputs, COLUMN, 2)", "inputs", "np.delete(inputs, [1], axis=1)", 2,
             inputs=[[1.0, NAN, 2.0], [3.0, NAN, 2.0], [2.0, NAN, 1.0]]),
        # The rest
        case("batches(COLUMN, COLUMN, 2, rng=7) and 1", "rng=7", "rng=np.random.default_rng(7)", 1),
        case("Dense(1, 1, rng=None) and 1", "rng=None", "rng=np.random.default_rng(0)", 1),
        case("SGD(learning_rate='0.1').learning_rate", "learning_rate='0.1'", "learning_rate=0.1",
             0.1),
        case("Dense(1, 1, rng=new_rng(), dtype=np.float16) and 1", "np.float16", "np.float32", 1),
        case("batches(3.0, [3.0], 5) and 1", "3.0", "[3.0]", 1),
        case("len(list(train(*parts, deal, epochs=3)))", "deal",
             "lambda: batches(inputs, targets, 32, rng=rng)", 3,
             deal=lambda: iter([(COLUMN, COLUMN)]),
             parts=(Network(Dense(1, 1, rng=new_rng())), nnbasics.mse, SGD(learning_rate=0.01)),
             inputs=COLUMN, targets=COLUMN, rng=new_rng()),
    ],
)  # fmt: skip
def test_advice(case: Case) -> None:
    """The call is refused, and goes well with the advice put in place of what came."""
    things = {name: it() if callable(it) else it for name, it in case.things.items()}
    names = {**vars(nnbasics), **globals(), **things}
    with pytest.raises((TypeError, ValueError)) as caught:
        eval(case.call, names)
    assert case.advice in str(caught.value)
    mended = case.call.replace(case.part, case.advice, 1)
    assert eval(mended, names) == case.expected


@pytest.mark.parametrize(
    ("inputs", "rows"),
    [
        (GAP, "np.isfinite(inputs).all(axis=1)"),
        (GAP.tolist(), "np.isfinite(inputs).all(axis=1)"),
        (pd.DataFrame(GAP), "np.isfinite(inputs).all(axis=1)"),
        (np.ma.masked_invalid(GAP), "(~np.ma.getmaskarray(inputs)).all(axis=1)"),
        (
            [np.ma.masked_invalid(row) for row in GAP],
            "(~np.ma.getmaskarray(np.ma.array(inputs))).all(axis=1)",
        ),
    ],
    ids=["array", "list", "table", "masked", "list of masked rows"],
)
def test_rows_to_keep(inputs: Any, rows: str) -> None:
    """The rows that the message names can be kept, of inputs and targets alike."""
    with pytest.raises(ValueError, match="of inputs and targets alike") as caught:
        run(inputs, COLUMN, 2)
    assert rows in str(caught.value)
    keep = eval(rows)
    assert list(keep) == [True, False, True]
    assert run(np.array(inputs)[keep], COLUMN[keep], 2) == 1


def test_targets_to_keep() -> None:
    """The same goes for a gap in the targets of a validation set, and in plain labels."""
    targets = [1.0, NAN, 2.0]
    network = Network(Dense(1, 1, rng=new_rng()))
    rest: dict[str, Any] = {"epochs": 1, "batch_size": 1, "rng": new_rng()}
    with pytest.raises(ValueError, match="validation targets") as caught:
        nnbasics.train(
            network,
            nnbasics.mse,
            SGD(learning_rate=0.1),
            COLUMN,
            COLUMN,
            validation=(COLUMN, targets),
            **rest,
        )
    assert "rows where np.isfinite(targets), of inputs" in str(caught.value)
    assert list(np.isfinite(targets)) == [True, False, True]


def test_pictures_for_a_layer_of_another_width() -> None:
    """Pictures that no layer takes: the message names the reshape and the layer."""
    inputs = np.ones((3, 8, 8))
    with pytest.raises(ValueError, match="first layer") as caught:
        run(inputs, COLUMN, 2)
    assert "np.reshape(inputs, (len(inputs), -1))" in str(caught.value)
    assert "Dense(64, ...)" in str(caught.value)
    assert run(np.reshape(inputs, (len(inputs), -1)), COLUMN, 64) == 2


def test_yes_or_no_from_scores() -> None:
    """Raw scores for a yes/no question: two outputs and softmax_cross_entropy, as it says."""
    scores, answers = [[-0.1], [0.4], [2.0]], [[0], [1], [1]]
    with pytest.raises(ValueError, match="two outputs and use softmax_cross_entropy"):
        nnbasics.binary_cross_entropy(scores, answers)
    labels = np.reshape(answers, -1)
    assert run(COLUMN, labels, loss=nnbasics.softmax_cross_entropy) == 2


def test_rounded_rows() -> None:
    """A row that was rounded counts as it is, and one that is a little off can be mended."""
    row = [0, 0.01, 0, 0, 0.27, 0, 0, 0.7, 0, 0.01]
    assert nnbasics.cross_entropy(row, 4) == -np.log(0.27)
    rows = np.array([[0.5, 0.51], [0.5, 0.5]])
    with pytest.raises(ValueError, match="divide each row by its total"):
        nnbasics.cross_entropy(rows, [0, 0])
    halves = rows / rows.sum(axis=-1, keepdims=True)
    assert nnbasics.cross_entropy(halves, [0, 0]) == pytest.approx(np.log(2), abs=0.01)


def test_blow_up_is_cured() -> None:
    """Scale, or take a tenth of the rate, says the message, and both need a new network."""
    flippers, masses = nnbasics.load_penguins()
    scaled = (flippers - flippers.mean()) / flippers.std()
    too_large = 5

    def line() -> Network:
        return Network(Dense(1, 1, rng=new_rng()))

    def last_loss(network: Network, inputs: Any, learning_rate: float) -> float:
        *_, last = nnbasics.train(
            network,
            nnbasics.mse,
            SGD(learning_rate=learning_rate),
            inputs,
            masses,
            epochs=20,
            batch_size=32,
            rng=new_rng(),
        )
        return last.loss

    sick = line()
    with pytest.raises(ValueError, match="scale the inputs to be around 1, or if they are, take a"):
        last_loss(sick, flippers, 0.02)
    assert last_loss(sick, scaled, 0.02) > 1e9, "the old weights are of no use"
    assert last_loss(line(), scaled, 0.02) < 0.2
    with pytest.raises(ValueError, match="a tenth of the learning rate, and begin with a new net"):
        last_loss(line(), scaled, too_large)
    assert last_loss(line(), scaled, too_large / 10) < 0.2


def test_a_refused_rate_names_one_that_works() -> None:
    """The rate that the message names works with scaled inputs, and without it blows up."""
    images, labels = nnbasics.load_digits()
    ink = images.sum(axis=1, keepdims=True)
    with pytest.raises(ValueError, match=r"try 0\.1, with inputs that are scaled to be around 1"):
        SGD(learning_rate=0)

    def last_loss(inputs: Any) -> float:
        *_, last = nnbasics.train(
            Network(Dense(1, 10, rng=new_rng())),
            nnbasics.softmax_cross_entropy,
            SGD(learning_rate=0.1),
            inputs,
            labels,
            epochs=5,
            batch_size=32,
            rng=new_rng(),
        )
        return last.loss

    assert last_loss(ink) > np.log(10)
    assert last_loss((ink - ink.mean()) / ink.std()) < np.log(10)


def test_deck_is_dealt_again() -> None:
    """A used-up deck says what to call, and that deals it once more."""
    deck = nnbasics.batches(COLUMN, COLUMN, 2)
    assert len(list(deck)) == 2
    with pytest.raises(ValueError, match=r"call batches\(\.\.\.\) again"):
        list(deck)
    assert len(list(nnbasics.batches(COLUMN, COLUMN, 2))) == 2
