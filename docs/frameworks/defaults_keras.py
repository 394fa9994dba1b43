"""What Keras's defaults hide: a running mean, a loss that takes probabilities, float32."""

import os

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_ENABLE_X64"] = "1"

import keras
import numpy as np
from start import X, orders, weights, y

bits_by_default = int(keras.config.floatx().removeprefix("float"))
keras.config.set_floatx("float64")


def new_model(**loss):
    """Return the network with its first weights."""
    model = keras.Sequential(
        [keras.Input((64,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(10)]
    )
    model.set_weights(weights)
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate=0.1),
        loss=keras.losses.SparseCategoricalCrossentropy(**loss),
    )
    return model


def fit(model, order, *callbacks):
    """Train for an epoch; return the loss that is printed."""
    how = {"batch_size": 32, "shuffle": False, "verbose": 0, "callbacks": callbacks}
    return model.fit(X[order], y[order], **how).history["loss"][0]


class Shown(keras.callbacks.Callback):
    """Notes what the progress bar shows after each batch."""

    def __init__(self):
        """Begin with nothing."""
        super().__init__()
        self.losses = []

    def on_train_batch_end(self, _batch, logs=None):
        """Note the loss."""
        self.losses.append(float(logs["loss"]))


bar, model = Shown(), new_model(from_logits=True)
printed = fit(model, orders[0], bar)
after = model.evaluate(X, y, batch_size=1280, verbose=0)

on_logits = new_model()
for order in orders:
    last = fit(on_logits, order)

answer, sure = np.array([[1.0]]), np.array([[0.8]])
entropy = keras.losses.BinaryCrossentropy()
found = {
    "bits": bits_by_default,
    "bar_after_1": bar.losses[0],
    "bar_after_40": bar.losses[39],
    "printed": printed,
    "last_batch": 40 * bar.losses[39] - 39 * bar.losses[38],
    "true_after": after,
    "probabilities_expected": last,
    "targets_first": float(entropy(answer, sure)),
    "predictions_first": float(entropy(sure, answer)),
}
