import gc
import sys
from datetime import timedelta

import numpy as np
import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel

from nnbasics import Dense, load_digits

images, labels = load_digits()
rng = np.random.default_rng(0)
training, validation, test = np.split(rng.permutation(1797), [1280, 1497])
X, y = images[training] / 16, labels[training]
first, last = Dense(64, 32, rng=rng), Dense(32, 10, rng=rng)

X, y = torch.from_numpy(X), torch.from_numpy(y)


def train(cook, cooks):
    model = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10)).double()
    with torch.no_grad():
        for linear, dense in ((model[0], first), (model[2], last)):
            linear.weight.copy_(torch.from_numpy(dense.weights.value.T))
            linear.bias.copy_(torch.from_numpy(dense.bias.value))
    model = DistributedDataParallel(model)  # now backward talks to the other cooks
    loss_fn = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

    for epoch in range(1, 21):
        total = torch.zeros((), dtype=torch.float64)
        batches = torch.from_numpy(rng.permutation(1280)).split(32)  # the same for all cooks
        with model.join(throw_on_early_termination=True):  # says so, if one runs out of batches
            for batch in batches:
                mine = batch[cook::cooks]  # a card to each in turn
                if len(mine) * cooks != len(batch):
                    sys.exit(f"{cooks} cooks cannot share {len(batch)} cards evenly")
                loss = loss_fn(model(X[mine]), y[mine])
                optimizer.zero_grad()
                loss.backward()  # waits for the others, and leaves the mean of all gradients
                optimizer.step()
                total += loss.detach() * len(mine)
        dist.all_reduce(total)  # the sum over all cooks
        if cook == 0:
            print(epoch, total.item() / len(X), flush=True)


def main():
    try:
        # Whatever takes longer than this has failed. Unless told, they wait for half an hour.
        dist.init_process_group("gloo", timeout=timedelta(seconds=15))
    except (ValueError, RuntimeError) as problem:
        sys.exit(f"The cooks did not meet: {problem}")
    try:
        train(dist.get_rank(), dist.get_world_size())
    except RuntimeError as problem:
        sys.exit(f"Cook {dist.get_rank()} had to stop: {problem}")
    gc.collect()  # the model goes first: it holds on to the others
    dist.destroy_process_group()


if __name__ == "__main__":
    main()
