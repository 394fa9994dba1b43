"""What the runs of the defaults share: lesson 6's digits, its first weights, its order of cards."""

import numpy as np

from nnbasics import Dense, load_digits

images, labels = load_digits()
rng = np.random.default_rng(0)
training, validation, test = np.split(rng.permutation(1797), [1280, 1497])
X, y = images[training] / 16, labels[training]
layers = Dense(64, 32, rng=rng), Dense(32, 10, rng=rng)
weights = [parameter.value for layer in layers for parameter in layer.parameters]
orders = [rng.permutation(1280) for _ in range(20)]  # what nnbasics deals, epoch by epoch
by_label = np.argsort(y, kind="stable")  # a deck that nobody has shuffled: all 0s, then all 1s
