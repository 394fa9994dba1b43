"""What changes with more cooks: each list holds the losses of lesson 6's 20 epochs.

torchrun --standalone --nproc-per-node 2 cooks_changes.py
"""

import gc
import json
from collections import Counter
from datetime import timedelta

import torch
import torch.distributed as dist
from start import X, orders, weights, y
from torch import nn
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import DataLoader, DistributedSampler, TensorDataset

X, y = torch.from_numpy(X), torch.from_numpy(y)
cards = TensorDataset(X, y)
loss_fn = nn.CrossEntropyLoss()


def train(deal, *behind_first, lr=0.1, weigh=False):
    """Train, and return the mean loss of each epoch."""
    first, last = nn.Linear(64, 32).double(), nn.Linear(32, 10).double()
    with torch.no_grad():
        for parameter, value in zip([*first.parameters(), *last.parameters()], weights):
            parameter.copy_(torch.from_numpy(value.T))
    model = nn.Sequential(first, *behind_first, nn.ReLU(), last).double()
    model = DistributedDataParallel(model)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for epoch in range(20):
        total = torch.zeros(2, dtype=torch.float64)
        for inputs, targets in deal(epoch):
            loss = loss_fn(model(inputs), targets)
            optimizer.zero_grad()
            share = len(inputs) * dist.get_world_size() / 32 if weigh else 1
            (share * loss).backward()
            optimizer.step()
            total += torch.stack([loss.detach(), torch.ones(())]) * len(inputs)
        dist.all_reduce(total)
        losses.append((total[0] / total[1]).item())
    return losses


def in_turn(epoch):
    """Deal each batch of 32 out, a card to each cook in turn."""
    for batch in torch.from_numpy(orders[epoch]).split(32):
        mine = batch[dist.get_rank() :: dist.get_world_size()]
        yield X[mine], y[mine]


def unevenly(epoch):
    """Deal 20 cards of each batch to the first cook, and 12 to the second."""
    for batch in torch.from_numpy(orders[epoch]).split(32):
        mine = batch.split([20, 12])[dist.get_rank()]
        yield X[mine], y[mine]


def sampled(batch_size):
    """Deal as tutorials do; the batch size is that of each cook."""
    sampler = DistributedSampler(cards)
    loader = DataLoader(cards, batch_size, sampler=sampler)

    def deal(epoch):
        sampler.set_epoch(epoch)
        return loader

    return deal


def hands(number, **how):
    """Return which of a number of cards two cooks get, one list for each."""
    samplers = (DistributedSampler(range(number), 2, cook, **how) for cook in range(2))
    return [list(sampler) for sampler in samplers]


def main():
    """Run everything; the first cook prints what was found."""
    cooks = dist.get_world_size()
    found = {
        "right": train(in_turn),
        "batch_norm": train(in_turn, nn.BatchNorm1d(32)),
        "batch_64": train(sampled(64 // cooks)),
        "batch_32": train(sampled(32 // cooks)),
    }
    if cooks == 2:
        found |= {
            "batch_32_each": train(sampled(32)),
            "batch_32_each_rate_doubled": train(sampled(32), lr=0.2),
            "uneven": train(unevenly),
            "uneven_weighed": train(unevenly, weigh=True),
        }
    twice = Counter(card for hand in hands(1281) for card in hand)
    dropped = {card for hand in hands(1281, drop_last=True) for card in hand}
    sampler = DistributedSampler(range(1280), 2, 0)
    first, second = list(sampler), list(sampler)
    sampler.set_epoch(1)
    found |= {
        "of_1281_twice": sum(count == 2 for count in twice.values()),
        "of_1281_dropped": 1281 - len(dropped),
        "same_order": first == second,
        "same_order_after_set_epoch": first == list(sampler),
    }
    if dist.get_rank() == 0:
        print(json.dumps(found))


if __name__ == "__main__":
    dist.init_process_group("gloo", timeout=timedelta(seconds=15))
    main()
    gc.collect()
    dist.destroy_process_group()
