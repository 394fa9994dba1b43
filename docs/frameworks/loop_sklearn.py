import numpy as np
from sklearn.neural_network import MLPClassifier

from nnbasics import Dense, load_digits

images, labels = load_digits()
rng = np.random.default_rng(0)
training, validation, test = np.split(rng.permutation(1797), [1280, 1497])
X, y = images[training] / 16, labels[training]
first, last = Dense(64, 32, rng=rng), Dense(32, 10, rng=rng)

model = MLPClassifier(
    hidden_layer_sizes=(32,),
    solver="sgd",
    learning_rate_init=0.1,
    batch_size=32,
    alpha=0,
    momentum=0,
    shuffle=False,
)
model.partial_fit(X[:32], y[:32], classes=range(10))  # one update, so that the arrays are there
for array, value in zip(model.coefs_, (first.weights.value, last.weights.value)):
    array[:] = value  # in place: the optimizer holds the same arrays
for array, value in zip(model.intercepts_, (first.bias.value, last.bias.value)):
    array[:] = value

losses = []
for _ in range(20):
    order = rng.permutation(1280)
    model.partial_fit(X[order], y[order])  # one epoch
    losses.append(model.loss_)
print(f"After 20 epochs: {losses[-1]:.3f}")
