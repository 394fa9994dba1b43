import os

os.environ["KERAS_BACKEND"] = "jax"  # who computes: jax, torch or tensorflow
os.environ["JAX_ENABLE_X64"] = "1"

import keras
import numpy as np

from nnbasics import Dense, load_digits

images, labels = load_digits()
rng = np.random.default_rng(0)
training, validation, test = np.split(rng.permutation(1797), [1280, 1497])
X, y = images[training] / 16, labels[training]
first, last = Dense(64, 32, rng=rng), Dense(32, 10, rng=rng)

keras.config.set_floatx("float64")
model = keras.Sequential(
    [keras.Input((64,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(10)]
)
model.set_weights([part.value for dense in (first, last) for part in dense.parameters])
model.compile(
    optimizer=keras.optimizers.SGD(learning_rate=0.1),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
)

losses = []
for _ in range(20):
    order = rng.permutation(1280)
    # For an order of its own, epochs=20 and no loop around it: fit shuffles by itself.
    history = model.fit(X[order], y[order], batch_size=32, shuffle=False, verbose=0)
    losses += history.history["loss"]
print(f"After 20 epochs: {losses[-1]:.3f}")
