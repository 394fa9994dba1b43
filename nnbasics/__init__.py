"""The parts of a neural network, small enough to read in one sitting.

Read the modules in the order of the lessons:

1. `losses`: how wrong is a prediction?
2. `batching`: deal the examples out in batches.
3. `layers`: carry numbers forward, and the gradient backward.
4. `optimizers`: turn gradients into better weights.
5. `training`: the loop that puts it all together.
6. `datasets`: real data to train on.
"""

from nnbasics.batching import Batch, batches
from nnbasics.datasets import load_digits, load_penguins
from nnbasics.layers import Dense, Layer, Network, Parameter, ReLU, Tanh
from nnbasics.losses import (
    Loss,
    binary_cross_entropy,
    cross_entropy,
    mse,
    softmax,
    softmax_cross_entropy,
)
from nnbasics.optimizers import SGD, Optimizer
from nnbasics.training import Epoch, train

__version__ = "0.1.0"

__all__ = [
    "SGD",
    "Batch",
    "Dense",
    "Epoch",
    "Layer",
    "Loss",
    "Network",
    "Optimizer",
    "Parameter",
    "ReLU",
    "Tanh",
    "batches",
    "binary_cross_entropy",
    "cross_entropy",
    "load_digits",
    "load_penguins",
    "mse",
    "softmax",
    "softmax_cross_entropy",
    "train",
]
