import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from nnbasics import Dense, load_digits

images, labels = load_digits()
rng = np.random.default_rng(0)
training, validation, test = np.split(rng.permutation(1797), [1280, 1497])
X, y = images[training] / 16, labels[training]
first, last = Dense(64, 32, rng=rng), Dense(32, 10, rng=rng)

cards = TensorDataset(torch.from_numpy(X), torch.from_numpy(y))
model = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10)).double()
with torch.no_grad():
    for linear, dense in ((model[0], first), (model[2], last)):
        linear.weight.copy_(torch.from_numpy(dense.weights.value.T))  # kept as (outputs, inputs)
        linear.bias.copy_(torch.from_numpy(dense.bias.value))
loss_fn = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

losses = []
for _ in range(20):
    total = 0.0
    # For an order of its own: shuffle=True in place of the sampler, once, above the loop.
    for inputs, targets in DataLoader(cards, batch_size=32, sampler=rng.permutation(1280)):
        loss = loss_fn(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(inputs)
    losses.append(total / len(cards))
print(f"After 20 epochs: {losses[-1]:.3f}")
