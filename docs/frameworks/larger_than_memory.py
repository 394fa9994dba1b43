import tracemalloc
from pathlib import Path

import numpy as np

from nnbasics import SGD, Dense, Network, mse, train

path = Path("cards.float32")
rng = np.random.default_rng(0)
secret = rng.normal(size=(256, 1)).astype(np.float32)
targets = []
with path.open("wb") as file:
    for _ in range(200):  # 1,000 cards at a time: all of them are never in memory
        cards = rng.normal(size=(1000, 256)).astype(np.float32)
        file.write(cards.tobytes())
        targets.append(cards @ secret)
targets = np.concatenate(targets)

tracemalloc.start()  # from here on, count the memory that is asked for
inputs = np.memmap(path, np.float32, mode="r", shape=(200_000, 256))
network = Network(Dense(256, 1, rng=rng, dtype=np.float32))
for epoch in train(
    network,
    mse,
    SGD(learning_rate=0.01),
    inputs,
    targets,
    epochs=1,
    batch_size=256,
    rng=rng,
):
    print(f"loss {epoch.loss}")
_, most = tracemalloc.get_traced_memory()
print(f"file {path.stat().st_size}, memory {most}")
path.unlink()
