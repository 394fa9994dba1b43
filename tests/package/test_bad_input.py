"""Bad input is refused with a sentence: what was expected, what came, how to mend it."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from helpers import Array, new_rng

import nnbasics
from nnbasics import (
    SGD,
    Dense,
    Loss,
    Network,
    Parameter,
    ReLU,
    Tanh,
    batches,
    binary_cross_entropy,
    cross_entropy,
    mse,
    softmax,
    softmax_cross_entropy,
    train,
)
from website.pages import ROOT

NAN, INF = float("nan"), float("inf")
MASKED = np.ma.masked_array([1.0, 2.0, -9999.0], mask=[0, 0, 1])
MASKED_COLUMN = np.ma.masked_less(np.linspace(0, 1, 10).reshape(10, 1), 0.1)
COLUMN, ROW = np.zeros((3, 1)), np.zeros(3)
ONE_HOT = np.eye(2)[[0, 1, 1]]
INPUTS = np.linspace(0, 1, 10).reshape(10, 1)
TARGETS = 2 * INPUTS


LINE = (Network(Dense(1, 1, rng=new_rng())), mse, SGD(learning_rate=0.1), INPUTS, TARGETS)
ONCE: dict[str, Any] = {"epochs": 1, "batch_size": 5, "rng": new_rng()}


def dense(n_inputs: int = 1, n_outputs: int = 1) -> Dense:
    """Return a dense layer."""
    return Dense(n_inputs, n_outputs, rng=new_rng())


def two_classes() -> Network:
    """Return a network with one output for each of two classes."""
    return Network(dense(1, 2))


def run(**changes: Any) -> Callable[[], object]:
    """Return a training of a line that goes well, but for the arguments changed."""

    def start() -> object:
        arguments: dict[str, Any] = {
            "network": Network(dense()),
            "loss_function": mse,
            "optimizer": SGD(learning_rate=0.1),
            "inputs": INPUTS,
            "targets": TARGETS,
            "epochs": 2,
            "batch_size": 5,
            "rng": new_rng(),
        }
        return list(train(**(arguments | changes)))

    return start


def deal_from(deal: Callable[[], Any]) -> Callable[[], object]:
    """Return a training of a line on batches that a function deals."""
    return run(inputs=deal, targets=None, batch_size=None, rng=None)


def plain_float(predictions: Array, targets: Array) -> float:
    """Return a loss without its gradient, as a beginner's loss function would."""
    return float(np.square(predictions - targets).mean())


def flat_gradient(predictions: Array, targets: Array) -> Loss:
    """Return a loss whose gradient lacks the shape of the predictions."""
    return Loss(1.0, (predictions - targets).ravel())


def share_a_layer() -> Network:
    """Use one layer in two places: it can remember only one of its two inputs."""
    relu = ReLU()
    return Network(dense(1, 4), relu, dense(4, 4), relu)


# For each public name: what is wrong, the call, the exception, and what its message says of
# what was expected, what came, and how to mend it.
Case = tuple[str, Callable[[], object], type[Exception], str, str, str]
CASES: dict[str, list[Case]] = {
    "mse": [
        ("stretchable shapes", lambda: mse(COLUMN, ROW), ValueError,
         "same shape", "(3, 1) and (3,)", "np.reshape(targets, (-1, 1))"),
        ("stretchable the other way", lambda: mse(ROW, COLUMN), ValueError,
         "same shape", "(3,) and (3, 1)", "np.reshape(targets, -1)"),
        ("other length", lambda: mse([1, 2, 3], [1, 2]), ValueError,
         "same shape", "(3,) and (2,)", "one target to each prediction"),
        ("rows and columns swapped", lambda: mse(np.zeros((2, 3)), np.zeros((3, 2))), ValueError,
         "same shape", "(2, 3) and (3, 2)", "one target to each prediction"),
        ("number and list", lambda: mse(3.0, [3.0]), ValueError,
         "same shape", "() and (1,)", "one target to each prediction"),
        ("masked predictions", lambda: mse(MASKED, [1, 2, 3]), ValueError,
         "predictions must be there", "1 of 3 masked", "keep the rows where"),
        ("masked targets", lambda: mse([1, 2, 3], MASKED), ValueError,
         "targets must be there", "1 of 3 masked", "keep the rows where"),
        ("a list of masked rows", lambda: mse([MASKED, MASKED], np.ones((2, 3))), ValueError,
         "predictions must be there", "2 of 6 masked", "all(axis=1)"),
        ("masked in a list", lambda: mse([1.0, np.ma.masked], [1, 2]), ValueError,
         "predictions must be there", "1 of 2 masked", "keep the rows where"),
        ("a set", lambda: mse({1, 2}, [1, 2]), TypeError,
         "predictions must be numbers", "{1, 2}", "pass a list"),
        ("an iterator", lambda: mse(iter([1]), [1]), TypeError,
         "predictions must be numbers", "list_iterator", "list(predictions)"),
        ("a date", lambda: mse(np.array(["2026-01-01", "NaT"], "M8[D]"), [1, 2]), TypeError,
         "predictions must be numbers", "dates", "np.timedelta64(1, 'D')"),
        ("empty", lambda: mse([], []), ValueError,
         "at least one", "empty", "check how the data was loaded"),
        ("no columns", lambda: mse(np.zeros((3, 0)), np.zeros((3, 0))), ValueError,
         "at least one", "(3, 0)", "check how the data was loaded"),
        ("ragged", lambda: mse([[1, 2], [3]], [[1, 2], [3, 4]]), ValueError,
         "full table", "differ in length", "the same number of values"),
        ("text", lambda: mse(["1", "2"], [1, 2]), TypeError,
         "predictions must be numbers", "text such as '1'", "np.array(predictions, dtype=float)"),
        ("text targets", lambda: mse([1], ["1"]), TypeError,
         "targets must be numbers", "text such as '1'", "np.array(targets, dtype=float)"),
        ("None", lambda: mse(None, [1]), TypeError,
         "predictions must be numbers", "None", "pass a list"),
        ("None among numbers", lambda: mse([1.0, None], [1, 2]), TypeError,
         "predictions must be numbers", "None", "fill in or leave out"),
        ("bytes", lambda: mse([b"a"], [1]), TypeError,
         "predictions must be numbers", "bytes such as b'a'", "leave out what is no number"),
        ("objects", lambda: mse([1.0, [2.0, 3.0].append], [1]), TypeError,
         "predictions must be numbers", "objects such as <built-in", "leave out what is no number"),
        ("words among numbers", lambda: mse(np.array([1, "a"], object), [1]), TypeError,
         "predictions must be numbers", "text such as 'a'", "leave out what is no number"),
        ("spans of time", lambda: mse(np.array([1, 2], "m8[D]"), [1, 2]), TypeError,
         "predictions must be numbers", "timedelta64[D]", "np.array(predictions, dtype=float)"),
        ("complex", lambda: mse([1j], [1]), TypeError,
         "predictions must be numbers", "complex numbers such as 1j", "np.real(predictions)"),
        ("dict", lambda: mse({"a": 1}, [1]), TypeError,
         "predictions must be numbers", "{'a': 1}", "list(predictions.values())"),
    ],
    "cross_entropy": [
        ("logits", lambda: cross_entropy([[2.0, -1.0]], [0]), ValueError,
         "between 0 and 1", "2.0", "softmax_cross_entropy"),
        ("negative probability", lambda: cross_entropy([[-0.5, 1.0]], [0]), ValueError,
         "between 0 and 1", "-0.5", "softmax"),
        ("NaN", lambda: cross_entropy([[NAN, 0.5]], [0]), ValueError,
         "probabilities must be", "nan", ""),
        ("a score after a 1 and a 0", lambda: cross_entropy([[1.0, 0.0], [-0.5, 1.5]], [0, 0]),
         ValueError, "between 0 and 1", "-0.5", "softmax_cross_entropy"),
        ("row below 1", lambda: cross_entropy([[0.2, 0.7]], [0]), ValueError,
         "add up to 1", "0.9", "softmax_cross_entropy"),
        ("row above 1", lambda: cross_entropy([[0.5, 0.5], [0.5, 0.6]], [0, 1]), ValueError,
         "add up to 1", "1.1", "softmax"),
        ("row a little off", lambda: cross_entropy([[0.5, 0.51]], [0]), ValueError,
         "add up to 1", "1.01", "divide each row by its total"),
        ("scores that add up to nearly 1", lambda: cross_entropy([[0.3, 0.66]], [0]), ValueError,
         "add up to 1", "0.96", "divide each row by its total"),
        ("scores between 0 and 1", lambda: cross_entropy([[0.11, 0.33]], [0]), ValueError,
         "add up to 1", "0.44", "softmax_cross_entropy"),
        ("one of two rows", lambda: cross_entropy([[0.2, 0.8], [0.9, 0.9]], [0, 0]), ValueError,
         "add up to 1", "1.8", "softmax_cross_entropy"),
        ("one class", lambda: cross_entropy([[1.0], [1.0]], [0, 0]), ValueError,
         "one column for each class", "one class", "two outputs"),
        ("one-hot labels", lambda: cross_entropy([[0.5, 0.5]], [[0, 1]]), ValueError,
         "shape (1,)", "(1, 2)", "argmax"),
        ("one-hot label", lambda: cross_entropy([0.5, 0.5], [0, 1]), ValueError,
         "shape ()", "(2,)", "argmax"),
        ("one row rounded, one not", lambda: cross_entropy(
            [[0.33, 0.33, 0.33], [0.333, 0.336, 0.34]], [0, 0]), ValueError,
         "add up to 1", "1.009", "divide each row by its total"),
        ("rounded rows of many classes", lambda: cross_entropy(
            np.repeat([0.06, 0.05], [6, 14]), 0), ValueError,
         "add up to 1", "1.06", "softmax_cross_entropy"),
        ("NaN for a label", lambda: cross_entropy([0.5, 0.5], NAN), ValueError,
         "labels must be finite", "nan at position ()", "np.isfinite(labels)"),
        ("negative label", lambda: cross_entropy([[0.5, 0.5]], [-1]), ValueError,
         "from 0 to 1", "-1", "count classes from 0"),
        ("too many labels", lambda: cross_entropy([[0.5, 0.5]], [0, 1]), ValueError,
         "shape (1,)", "(2,)", "one label to each prediction"),
        ("three axes", lambda: cross_entropy(np.full((2, 2, 2), 0.5), [0, 1]), ValueError,
         "(examples, classes)", "(2, 2, 2)", "one row for each example"),
        ("a plain number", lambda: cross_entropy(0.5, 0), ValueError,
         "(examples, classes)", "()", "one column for each class"),
        ("empty", lambda: cross_entropy([], []), ValueError,
         "probabilities must hold at least one", "empty", "check how the data was loaded"),
    ],
    "binary_cross_entropy": [
        ("above 1", lambda: binary_cross_entropy([1.5], [1]), ValueError,
         "between 0 and 1", "1.5", "logits"),
        ("below 0", lambda: binary_cross_entropy([-0.5], [1]), ValueError,
         "between 0 and 1", "-0.5", "logits"),
        ("NaN", lambda: binary_cross_entropy([NAN], [1]), ValueError,
         "probabilities must be", "nan", ""),
        ("scores", lambda: binary_cross_entropy([[-0.1], [0.4]], [[0], [1]]), ValueError,
         "between 0 and 1", "-0.1", "two outputs and use softmax_cross_entropy (lesson 3)"),
        ("text", lambda: binary_cross_entropy(["a"], [1]), TypeError,
         "probabilities must be numbers", "text such as 'a'", "leave out"),
        ("label 2", lambda: binary_cross_entropy([0.5], [2]), ValueError,
         "from 0 to 1", "2", "count classes from 0"),
        ("label -1", lambda: binary_cross_entropy([0.5], [-1]), ValueError,
         "from 0 to 1", "-1", "count classes from 0"),
        ("fractional label", lambda: binary_cross_entropy([0.5], [0.5]), ValueError,
         "whole numbers", "0.5", "mse"),
        ("text label", lambda: binary_cross_entropy([0.5], ["yes"]), TypeError,
         "labels must be numbers", "text such as 'yes'", "np.unique(labels, return_inverse=True)"),
        ("column and row", lambda: binary_cross_entropy([[0.1], [0.2]], [0, 1]), ValueError,
         "shape (2, 1)", "(2,)", "np.reshape(labels, (-1, 1))"),
        ("row and column", lambda: binary_cross_entropy([0.1, 0.2], [[0], [1]]), ValueError,
         "shape (2,)", "(2, 1)", "np.reshape(labels, -1)"),
    ],
    "softmax": [
        ("NaN", lambda: softmax([1.0, NAN]), ValueError,
         "finite", "nan at position (1,)", "scale its inputs"),
        ("infinity", lambda: softmax([[1.0, INF]]), ValueError,
         "finite", "inf at position (0, 1)", ""),
        ("one class", lambda: softmax([[1.0], [2.0]]), ValueError,
         "one column for each class", "one class", "two outputs"),
        ("one class, plainly", lambda: softmax([1.0]), ValueError,
         "one column for each class", "one class", "two outputs"),
        ("a plain number", lambda: softmax(3.0), ValueError,
         "(examples, classes)", "()", "one column for each class"),
        ("empty", lambda: softmax(np.zeros((0, 3))), ValueError,
         "at least one", "(0, 3)", "check how the data was loaded"),
        ("text", lambda: softmax("cat"), TypeError,
         "logits must be numbers", "text such as 'cat'", "leave out what is no number"),
    ],
    "softmax_cross_entropy": [
        ("probabilities", lambda: softmax_cross_entropy([[0.2, 0.8]], [0]), ValueError,
         "raw scores", "probabilities", "leave softmax out"),
        ("probabilities with a 0", lambda: softmax_cross_entropy([0.0, 0.4, 0.6], 1), ValueError,
         "raw scores", "probabilities", "leave softmax out"),
        ("probabilities with a 1", lambda: softmax_cross_entropy([[1.0, 0.0], [0.5, 0.5]], [0, 0]),
         ValueError, "raw scores", "probabilities", "leave softmax out"),
        ("after softmax", lambda: softmax_cross_entropy(softmax(np.eye(3)), [0, 1, 2]), ValueError,
         "raw scores", "probabilities", "cross_entropy"),
        ("one class", lambda: softmax_cross_entropy([[1.0], [2.0]], [0, 0]), ValueError,
         "one column for each class", "one class", "two outputs"),
        ("masked logits", lambda: softmax_cross_entropy(MASKED, 0), ValueError,
         "logits must be there", "1 of 3 masked", ""),
        ("masked labels", lambda: softmax_cross_entropy(np.eye(3), MASKED), ValueError,
         "labels must be there", "1 of 3 masked", ""),
        ("one-hot labels", lambda: softmax_cross_entropy(np.zeros((3, 2)), ONE_HOT), ValueError,
         "shape (3,)", "(3, 2)", "argmax"),
        ("label too large", lambda: softmax_cross_entropy(np.zeros((1, 2)), [2]), ValueError,
         "from 0 to 1", "2", "one output for each class"),
        ("one right, one too large", lambda: softmax_cross_entropy(np.eye(2), [0, 2]), ValueError,
         "from 0 to 1", "got 2", "one output for each class"),
        ("labels from 1", lambda: softmax_cross_entropy(np.zeros((2, 2)), [1, 2]), ValueError,
         "from 0 to 1", "2", "count classes from 0"),
        ("negative label", lambda: softmax_cross_entropy(np.zeros((1, 2)), [-1]), ValueError,
         "from 0 to 1", "-1", "count classes from 0"),
        ("fractional labels", lambda: softmax_cross_entropy(np.zeros((1, 2)), [0.5]), ValueError,
         "whole numbers", "0.5", "use mse"),
        ("whole labels as floats", lambda: softmax_cross_entropy(np.eye(2), [0.0, 1.0]), ValueError,
         "whole numbers", "0.0", "use np.array(labels, dtype=int)"),
        ("text labels", lambda: softmax_cross_entropy(np.zeros((1, 2)), ["cat"]), TypeError,
         "labels must be numbers", "text such as 'cat'", "np.unique(labels, return_inverse=True)"),
        ("NaN labels", lambda: softmax_cross_entropy(np.zeros((1, 2)), [NAN]), ValueError,
         "labels must be", "nan", "np.isfinite(labels)"),
        ("column of labels", lambda: softmax_cross_entropy(np.zeros((2, 2)), [[0], [1]]),
         ValueError, "shape (2,)", "(2, 1)", "np.reshape(labels, -1)"),
        ("listed label", lambda: softmax_cross_entropy([0.0, 0.0], [1]), ValueError,
         "shape ()", "(1,)", "one label to each prediction"),
        ("too few labels", lambda: softmax_cross_entropy(np.zeros((3, 2)), [0, 1]), ValueError,
         "shape (3,)", "(2,)", "one label to each prediction"),
        ("no labels", lambda: softmax_cross_entropy(np.zeros((1, 2)), []), ValueError,
         "labels must hold at least one", "empty", "check how the data was loaded"),
        ("ragged", lambda: softmax_cross_entropy([[1.0], [1.0, 2.0]], [0, 0]), ValueError,
         "full table", "differ in length", "the same number of values"),
    ],
    "Loss": [
        ("nothing", lambda: Loss(None, None), TypeError, "value must be numbers", "None", "pass"),
        ("text", lambda: Loss("3", [1]), TypeError,
         "value must be numbers", "text such as '3'", "np.array(value, dtype=float)"),
        ("many values", lambda: Loss(np.ones(3), [1]), ValueError,
         "value must be one number", "(3,)", "np.mean"),
        ("no gradient", lambda: Loss(1.0, None), TypeError,
         "gradient must be numbers", "None", "pass"),
        ("gradient of another shape", run(loss_function=flat_gradient), ValueError,
         "gradient of shape (5, 1)", "(5,)", ""),
    ],
    "batches": [
        ("size 0", lambda: batches(INPUTS, TARGETS, 0), ValueError,
         "batch_size must be at least 1", "0", "such as 32"),
        ("size -1", lambda: batches(INPUTS, TARGETS, -1), ValueError,
         "batch_size must be at least 1", "-1", "such as 32"),
        ("size 2.5", lambda: batches(INPUTS, TARGETS, 2.5), TypeError,
         "batch_size must be a whole number", "2.5", "batch_size=32"),
        ("size True", lambda: batches(INPUTS, TARGETS, True), TypeError,
         "batch_size must be a whole number", "True", "batch_size=32"),
        ("size as text", lambda: batches(INPUTS, TARGETS, "32"), TypeError,
         "batch_size must be a whole number", "'32'", "batch_size=32"),
        ("no batch left", lambda: batches(INPUTS, TARGETS, 32, drop_last=True), ValueError,
         "at most 10", "32", "no batch would be left"),
        ("other length", lambda: batches(INPUTS, TARGETS[:3], 5), ValueError,
         "pair up", "10 inputs and 3 targets", "cut in the same place"),
        ("no examples", lambda: batches([], [], 5), ValueError,
         "inputs must hold at least one", "empty", "check how the data was loaded"),
        ("one number", lambda: batches(3.0, [3.0], 5), ValueError,
         "one row for each example", "3.0", "[3.0]"),
        ("one target", lambda: batches([3.0], 3.0, 5), ValueError,
         "targets must have one row for each example", "3.0", "[3.0]"),
        ("ragged", lambda: batches([[1], [1, 2]], [1, 2], 5), ValueError,
         "full table", "differ in length", "the same number of values"),
        ("text targets", lambda: batches([[1], [2]], ["cat", "dog"], 5), TypeError,
         "targets must be numbers", "text such as 'cat'", "np.unique(targets, "),
        ("masked inputs", lambda: batches(MASKED_COLUMN, TARGETS, 5), ValueError,
         "inputs must be there", "1 of 10 masked", "inputs and targets alike"),
        ("used up", lambda: [*(deck := batches(INPUTS, TARGETS, 5)), *deck], ValueError,
         "looped over once", "after its end", "call batches(...) again"),
        ("seed for rng", lambda: batches(INPUTS, TARGETS, 5, rng=42), TypeError,
         "numpy.random.Generator", "42", "rng=np.random.default_rng(42)"),
    ],
    "Dense": [
        ("no inputs", lambda: Dense(0, 3, rng=new_rng()), ValueError,
         "n_inputs must be at least 1", "0", "pass a number"),
        ("no outputs", lambda: Dense(3, -1, rng=new_rng()), ValueError,
         "n_outputs must be at least 1", "-1", "pass a number"),
        ("fractional size", lambda: Dense(2.5, 3, rng=new_rng()), TypeError,
         "n_inputs must be a whole number", "2.5", "pass an int"),
        ("size True", lambda: Dense(3, True, rng=new_rng()), TypeError,
         "n_outputs must be a whole number", "True", "pass an int"),
        ("seed", lambda: Dense(2, 3, rng=42), TypeError,
         "numpy.random.Generator", "42", "rng=np.random.default_rng(42)"),
        ("no rng", lambda: Dense(2, 3, rng=None), TypeError,
         "numpy.random.Generator", "None", "rng=np.random.default_rng("),
        ("older generator", lambda: Dense(2, 3, rng=np.random.RandomState(0)), TypeError,
         "numpy.random.Generator", "RandomState", "rng=np.random.default_rng("),
        ("module", lambda: Dense(2, 3, rng=np.random), TypeError,
         "numpy.random.Generator", "<module 'numpy.random'", "rng=np.random.default_rng("),
        ("whole number dtype", lambda: Dense(2, 3, rng=new_rng(), dtype=int), TypeError,
         "dtype must be np.float64 or np.float32", "int", "leave it out"),
        ("float16", lambda: Dense(2, 3, rng=new_rng(), dtype=np.float16), TypeError,
         "dtype must be np.float64 or np.float32", "float16", "leave it out"),
        ("pictures", lambda: dense(64, 3).forward(np.zeros((5, 8, 8))), ValueError,
         "shape (examples, 64)", "(5, 8, 8)", "np.reshape(inputs, (-1, 64)) (lesson 6)"),
        ("pictures of one colour", lambda: dense(64, 3).forward(np.zeros((5, 8, 8, 1))), ValueError,
         "shape (examples, 64)", "(5, 8, 8, 1)", "np.reshape(inputs, (-1, 64)) (lesson 6)"),
        ("pictures too wide", lambda: dense(2, 3).forward(np.zeros((5, 8, 8))), ValueError,
         "shape (examples, 2)", "(5, 8, 8)", "make the first layer Dense(64, ...)"),
        ("one column, plainly", lambda: dense(1, 3).forward([1, 2]), ValueError,
         "shape (examples, 1)", "(2,)", "np.reshape(inputs, (-1, 1)) (lesson 6)"),
        ("a number", lambda: dense(1, 3).forward(1), ValueError,
         "shape (examples, 1)", "()", "one row for each example"),
        ("of no use plainly", lambda: dense(3, 3).forward([1, 2]), ValueError,
         "shape (examples, 3)", "(2,)", "one row for each example, as wide as the layer (lesson"),
        ("too wide", lambda: dense(2, 3).forward([[1, 2, 3]]), ValueError,
         "Dense(2, 3) takes inputs of shape (examples, 2)", "(1, 3)", "as wide as the layer"),
        ("one row, plainly", lambda: dense(2, 3).forward([1, 2]), ValueError,
         "shape (examples, 2)", "(2,)", "one row for each example"),
        ("text", lambda: dense(1, 1).forward([["a"]]), TypeError,
         "inputs must be numbers", "text such as 'a'", "leave out what is no number"),
        ("backward first", lambda: dense(2, 3).backward(np.ones((1, 3))), ValueError,
         "Dense(2, 3) expects a gradient", "(1, 3)", "call forward first"),
    ],
    "ReLU": [
        ("text", lambda: ReLU().forward("a"), TypeError,
         "inputs must be numbers", "text such as 'a'", "leave out what is no number"),
        ("backward first", lambda: ReLU().backward(np.ones((1, 3))), ValueError,
         "ReLU() expects a gradient", "(1, 3)", "call forward first"),
    ],
    "Tanh": [
        ("empty", lambda: Tanh().forward([]), ValueError,
         "inputs must hold at least one", "empty", "check how the data was loaded"),
        ("backward first", lambda: Tanh().backward(np.ones((1, 3))), ValueError,
         "Tanh() expects a gradient", "(1, 3)", "call forward first"),
    ],
    "Parameter": [
        ("text", lambda: Parameter("heavy"), TypeError,
         "value must be numbers", "text such as 'heavy'", "leave out what is no number"),
        ("text gradient", lambda: Parameter(ROW, ["a"]), TypeError,
         "gradient must be numbers", "text such as 'a'", "leave out"),
        ("another in its place", lambda: Network(dense()).parameters.__setitem__(
            0, Parameter(ROW)), TypeError,
         "must stay there", "Parameter(shape=(3,)) for place 0", "layer.weights = Parameter"),
        ("gradient of another shape", lambda: Parameter(ROW, COLUMN), ValueError,
         "gradient", "(3,)", "(3, 1)"),
    ],
    "Network": [
        ("no layers", lambda: Network(), ValueError,
         "at least one layer", "none", "Network(Dense(...))"),
        ("a list", lambda: Network([dense(), ReLU()]), TypeError,
         "made of layers", "[Dense(1, 1), ReLU()]", "one by one"),
        ("a class", lambda: Network(dense(), ReLU), TypeError,
         "made of layers", "<class 'nnbasics.layers.ReLU'>", "ReLU()"),
        ("text", lambda: Network("relu"), TypeError, "made of layers", "'relu'", "one by one"),
        ("a network", lambda: Network(ReLU(), Network(dense())), TypeError,
         "made of layers", "Network(Dense(1, 1))", "one by one"),
        ("one layer twice", share_a_layer, ValueError,
         "layer", "ReLU() twice", "of its own"),
        ("misfit", lambda: Network(dense(1, 2), ReLU(), dense(3, 1)), ValueError,
         "must fit", "Dense(1, 2) puts out 2 numbers and Dense(3, 1) takes in 3", "equal"),
        ("too wide", lambda: Network(dense(2, 3)).forward([[1, 2, 3]]), ValueError,
         "shape (examples, 2)", "(1, 3)", "as wide as the layer"),
        ("backward first", lambda: Network(dense()).backward([[1.0]]), ValueError,
         "Dense(1, 1) expects a gradient", "(1, 1)", "call forward first"),
        ("text", lambda: Network(dense()).forward([["a"]]), TypeError,
         "inputs must be numbers", "text such as 'a'", "leave out"),
        ("backward for another batch", lambda: (net := Network(dense())).backward(
            net.forward(INPUTS)[:3]), ValueError,
         "gradient of shape (10, 1)", "(3, 1)", "for the same batch"),
        ("backward with text", lambda: Network(dense()).backward("back"), TypeError,
         "gradient must be numbers", "text such as 'back'", "leave out what is no number"),
    ],
    "SGD": [
        ("rate 0", lambda: SGD(learning_rate=0), ValueError, "above 0", "0", "try 0.1"),
        ("rate below 0", lambda: SGD(learning_rate=-0.1), ValueError, "above 0", "-0.1", "try 0.1"),
        ("rate NaN", lambda: SGD(learning_rate=NAN), ValueError, "finite", "nan", "try 0.1"),
        ("rate infinite", lambda: SGD(learning_rate=INF), ValueError, "finite", "inf", "try 0.1"),
        ("complex rate", lambda: SGD(learning_rate=np.complex128(1j)), TypeError,
         "learning_rate must be a number", "1j", "learning_rate=0.1"),
        ("rate below 0 later", lambda: (sgd := SGD(learning_rate=0.1), setattr(
            sgd, "learning_rate", -0.1), sgd.update([])), ValueError, "above 0", "-0.1", "try 0.1"),
        ("whole numbers for weights", lambda: (net := Network(dense()), setattr(
            net.layers[0].weights, "value", np.array([[2]])), SGD(learning_rate=0.1).update(
            net.parameters)), TypeError, "array of floats", "[[2]]", "dtype=float"),
        ("a list for weights", lambda: (net := Network(dense()), setattr(
            net.layers[0].weights, "value", [[2.0]]), SGD(learning_rate=0.1).update(
            net.parameters)), TypeError, "array of floats", "[[2.0]]", "np.array("),
        ("a gradient of another shape", lambda: (it := Parameter(ROW), setattr(
            it, "gradient", np.ones(1)), SGD(learning_rate=0.1).update([it])), ValueError,
         "its parameter's shape, (3,)", "array([1.])", "backward"),
        ("half a parameter", lambda: SGD(learning_rate=0.1).update(
            [SimpleNamespace(value=ROW)]), TypeError,
         "parameters must be a list of Parameter", "namespace", "network.parameters"),
        ("rate as text", lambda: SGD(learning_rate="0.1"), TypeError,
         "learning_rate must be a number", "'0.1'", "learning_rate=0.1"),
        ("rate True", lambda: SGD(learning_rate=True), TypeError,
         "learning_rate must be a number", "True", "learning_rate=0.1"),
        ("network", lambda: SGD(learning_rate=0.1).update(Network(dense())), TypeError,
         "parameters", "Network(Dense(1, 1))", "network.parameters"),
        ("arrays", lambda: SGD(learning_rate=0.1).update([ROW]), TypeError,
         "parameters", "array", "network.parameters"),
    ],
    "train": [
        ("NaN inputs", run(inputs=np.where(INPUTS == 0, NAN, INPUTS)), ValueError,
         "inputs must be finite", "nan at position (0, 0)", "np.isfinite(inputs).all(axis=1)"),
        ("NaN targets", run(targets=np.where(INPUTS == 1, NAN, INPUTS)), ValueError,
         "targets must be finite", "nan at position (9, 0)", "np.isfinite(targets).all(axis=1)"),
        ("masked inputs", run(inputs=MASKED_COLUMN), ValueError,
         "inputs must be there", "1 of 10 masked", "inputs and targets alike"),
        ("masked targets", run(targets=MASKED_COLUMN), ValueError,
         "targets must be there", "1 of 10 masked", "inputs and targets alike"),
        ("a column of 0/0", run(inputs=np.hstack([INPUTS * NAN, INPUTS])), ValueError,
         "inputs must be finite", "nan at position (0, 0)", "np.delete(inputs, [0], axis=1)"),
        ("an iterator of batches", lambda: run(
            inputs=batches(INPUTS, TARGETS, 5), targets=None)(), TypeError,
         "in every epoch", "got a Once", "lambda: batches(inputs, targets, 32, rng=rng)"),
        ("no targets", run(targets=None), TypeError,
         "targets must be numbers", "None", "pass a list"),
        ("a function, and targets", run(inputs=lambda: batches(INPUTS, TARGETS, 5)), TypeError,
         "must be left out", "at least one", "inside of that function"),
        ("a deck dealt once", lambda: (
            deck := batches(INPUTS, TARGETS, 5), deal_from(lambda: deck)()),
         ValueError, "looped over once", "after its end", "call batches(...) again"),
        ("batches dealt once", lambda: (
            pairs := iter([(INPUTS, TARGETS)]), deal_from(lambda: pairs)()),
         ValueError, "anew in each epoch", "none in epoch 2", "lambda: batches("),
        ("NaN among dealt batches", deal_from(lambda: [(INPUTS, TARGETS), (INPUTS * NAN, TARGETS)]),
         ValueError, "inputs must be finite", "in epoch 1, batch 2", ""),
        ("dealt targets of other length", deal_from(lambda: [(INPUTS, TARGETS[:3])]), ValueError,
         "pair up", "10 inputs and 3 targets", "cut in the same place"),
        ("NaN among dealt targets", deal_from(lambda: [(INPUTS, TARGETS * NAN)]), ValueError,
         "targets must be finite", "in epoch 1, batch 1", ""),
        ("dealt text", deal_from(lambda: [([["a"]], [[1]])]), TypeError,
         "inputs must be numbers", "text such as 'a'", ""),
        ("dealt text targets", deal_from(lambda: [([[1]], ["a"])]), TypeError,
         "targets must be numbers", "text such as 'a'", ""),
        ("NaN in pictures", run(inputs=np.full((10, 8, 8), NAN)), ValueError,
         "inputs must be finite", "nan at position (0, 0, 0)", ".all(axis=(1, 2))"),
        ("one row of NaN", run(inputs=[[NAN]], targets=[[1]]), ValueError,
         "inputs must be finite", "nan at position (0, 0)", "np.isfinite(inputs).all(axis=1)"),
        ("two rows of NaN", run(inputs=[[NAN], [NAN]], targets=[[1], [1]]), ValueError,
         "inputs must be finite", "nan at position (0, 0)", "np.delete(inputs, [0], axis=1)"),
        ("validation masked", run(validation=(MASKED_COLUMN, TARGETS)), ValueError,
         "validation inputs must be there", "1 of 10", "getmaskarray(inputs)"),
        ("validation text", run(validation=(INPUTS, ["1"] * 10)), TypeError,
         "validation targets must be numbers", "text", "np.array(targets, dtype=float)"),
        ("validation infinite", run(
            validation=(np.full((10, 1), INF), TARGETS)), ValueError,
         "validation inputs must be finite", "inf at position (0, 0)", "np.isfinite(inputs)"),
        ("validation is one number", run(validation=(3.0, TARGETS)), ValueError,
         "validation inputs must have one row", "3.0", "[3.0]"),
        ("a set for an optimizer", run(optimizer=set()), TypeError,
         "optimizer must have a method update(parameters)", "set()", "SGD(learning_rate="),
        ("a dict for an optimizer", run(optimizer={}), TypeError,
         "optimizer must have a method update(parameters)", "{}", "SGD(learning_rate="),
        ("a second loop", lambda: [list(it := train(*LINE, **ONCE)), list(it)], ValueError,
         "train(...) can be looped over once", "after its end", "call train(...) again"),
        ("validation too wide", run(validation=(np.ones((3, 2)), TARGETS[:3])), ValueError,
         "validation must go through", "(3, 2)", "as wide as the layer"),
        ("validation targets as a row", run(validation=(INPUTS, TARGETS[:, 0])), ValueError,
         "validation must go through", "(10, 1) and (10,)", "np.reshape(targets, (-1, 1))"),
        ("infinite inputs", run(inputs=np.where(INPUTS == 0, INF, INPUTS)), ValueError,
         "inputs must be finite", "inf at position (0, 0)", ""),
        ("both infinities", run(inputs=np.where(INPUTS < 0.5, INF, -INF)), ValueError,
         "inputs must be finite", "inf at position (0, 0)", ""),
        ("targets as a row", run(targets=TARGETS[:, 0]), ValueError,
         "same shape", "(5, 1) and (5,)", "np.reshape(targets, (-1, 1))"),
        ("inputs as a row", run(inputs=INPUTS[:, 0]), ValueError,
         "shape (examples, 1)", "(5,)", "one row for each example"),
        ("other length", run(targets=TARGETS[:4]), ValueError,
         "pair up", "10 inputs and 4 targets", "cut in the same place"),
        ("one-hot targets", run(
            network=two_classes(), loss_function=softmax_cross_entropy, targets=np.eye(10)[:, :2]
        ), ValueError, "labels must have shape (5,)", "(5, 2)", "argmax"),
        ("labels as amounts", run(
            network=two_classes(), loss_function=softmax_cross_entropy, targets=TARGETS[:, 0]
        ), ValueError, "whole numbers", "float64", "use mse"),
        ("no epochs", run(epochs=0), ValueError, "epochs must be at least 1", "0", "pass a number"),
        ("half an epoch", run(epochs=2.5), TypeError,
         "epochs must be a whole number", "2.5", "pass an int"),
        ("size 0", run(batch_size=0), ValueError, "batch_size must be at least 1", "0", "32"),
        ("size as text", run(batch_size="32"), TypeError,
         "batch_size must be a whole number", "'32'", "batch_size=32"),
        ("seed", run(rng=42), TypeError,
         "numpy.random.Generator", "42", "rng=np.random.default_rng(42)"),
        ("no rng", run(rng=None), TypeError,
         "numpy.random.Generator", "None", "rng=np.random.default_rng("),
        ("plain loss", run(loss_function=plain_float), TypeError,
         "return a Loss", "float", "Loss(value, gradient)"),
        ("loss as text", run(loss_function="mse"), TypeError, "loss_function", "'mse'", "mse"),
        ("layers for a network", run(network=[dense()]), TypeError,
         "network", "[Dense(1, 1)]", "Network("),
        ("rate for an optimizer", run(optimizer=0.1), TypeError,
         "optimizer", "0.1", "SGD(learning_rate="),
        ("class for an optimizer", run(optimizer=SGD), TypeError,
         "optimizer", "SGD", "SGD(learning_rate="),
        ("validation inputs only", run(validation=INPUTS), TypeError,
         "validation must be a pair", "ndarray", "validation=(inputs, targets)"),
        ("validation of one", run(validation=(INPUTS,)), TypeError,
         "validation must be a pair", "tuple of 1", "validation=(inputs, targets)"),
        ("validation of three", run(validation=(INPUTS, TARGETS, 0.2)), TypeError,
         "validation must be a pair", "tuple of 3", "validation=(inputs, targets)"),
        ("validation of other length", run(validation=(INPUTS, TARGETS[:3])), ValueError,
         "validation inputs and targets must pair up", "10 inputs and 3 targets", "cut"),
        ("validation NaN", run(validation=(INPUTS, TARGETS * NAN)), ValueError,
         "validation targets must be finite", "nan", "divided by its spread of 0"),
        ("blow-up", run(optimizer=SGD(learning_rate=100), epochs=500), ValueError,
         "finite", "in epoch", "scale the inputs"),
    ],
}  # fmt: skip

MESSAGES = ROOT / "website" / "search" / "messages.txt"  # readers search them
TAKE_NO_INPUT = {
    "Layer",
    "Optimizer",
    "load_digits",
    "load_penguins",
}  # two protocols, two without arguments
HOLD_RESULTS = {"Batch", "Epoch"}  # tuples that the package fills, and nobody else


@pytest.mark.parametrize(
    ("call", "exception", "words"),
    [
        pytest.param(call, exception, words, id=f"{name}: {wrong}")
        for name, cases in CASES.items()
        for wrong, call, exception, *words in cases
    ],
)
def test_bad_input(
    call: Callable[[], object], exception: type[Exception], words: list[str]
) -> None:
    """The message says what was expected, what came and how to mend it, in that order."""
    with pytest.raises(exception, match="(?s)" + ".*".join(map(re.escape, words))) as caught:
        call()
    assert caught.type is exception


def messages() -> str:
    """Return what every row of the table is told, one a line."""
    lines = []
    for name, cases in CASES.items():
        for wrong, call, exception, *_ in cases:
            with pytest.raises(exception) as caught:
                call()
            message = re.sub(r"0x[0-9A-Fa-f]+| from '.*?'", "...", str(caught.value))
            lines.append(f"{name}: {wrong}\n    {' '.join(message.split())}\n")
    return "".join(lines)


def test_messages_to_the_letter() -> None:
    """What readers are told is what messages.txt holds: a change of a word is a decision.

    After one: .venv/bin/python tests/package/test_bad_input.py, and look at git diff.
    """
    assert messages() == MESSAGES.read_text(encoding="utf-8")


def test_every_public_name_is_in_the_table() -> None:
    """Whatever takes input has its cases here, a new function too."""
    assert set(CASES) == set(nnbasics.__all__) - TAKE_NO_INPUT - HOLD_RESULTS


def test_unpacking_a_loss() -> None:
    """A loss is one number, so unpacking it into two is refused, and says which class it is."""
    with pytest.raises(TypeError, match=r"unpack.* Loss"):
        _value, _gradient = mse([1.0], [2.0])


if __name__ == "__main__":
    MESSAGES.write_text(messages(), encoding="utf-8")
