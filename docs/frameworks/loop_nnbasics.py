import numpy as np

from nnbasics import SGD, Dense, Network, ReLU, load_digits, softmax_cross_entropy, train

images, labels = load_digits()
rng = np.random.default_rng(0)
training, validation, test = np.split(rng.permutation(1797), [1280, 1497])
X, y = images[training] / 16, labels[training]
first, last = Dense(64, 32, rng=rng), Dense(32, 10, rng=rng)

network = Network(first, ReLU(), last)
losses = []
for epoch in train(
    network,
    softmax_cross_entropy,
    SGD(learning_rate=0.1),
    X,
    y,
    epochs=20,
    batch_size=32,
    rng=rng,
):
    losses.append(epoch.loss)
print(f"After 20 epochs: {losses[-1]:.3f}")
