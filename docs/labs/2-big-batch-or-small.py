# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Big batch or small?
#
# You measure what the batch size changes: the number of updates, their wobble, and the result.
# Then you give each size a learning rate that suits it, and compare again.
#
# You need: [lesson 4](../lessons/4-epochs-and-batches.md) for batches and wobble,
# and [lab 1](1-feel-the-learning-rate.py) for the learning rate.

# %%
import math
import time

import matplotlib.pyplot as plt
import numpy as np

from nnbasics import SGD, Dense, Network, ReLU, batches, load_digits, softmax_cross_entropy

# %% [markdown]
# ## Count the updates
#
# The deck has 1,280 digits. Four{=len(SIZES)} sizes: 16{=SIZES[0]}, 64, 256, and the whole deck at once.
# After each batch comes one update. (`math.ceil` rounds up.)

# %%
images, labels = load_digits()
inputs = images / 16
order = np.random.default_rng(0).permutation(len(inputs))
training, validation, test = np.split(order, [1280, 1497])
SIZES = (16, 64, 256, 1280)
EPOCHS = 10


def updates_in(epochs, batch_size):
    """Return how many updates some epochs make."""
    return epochs * math.ceil(1280 / batch_size)


print("batch size  updates in 1 epoch  in 10 epochs")
for size in SIZES:
    print(f"{size:10}  {updates_in(1, size):18}  {updates_in(EPOCHS, size):12}")

# %% [markdown]
# ## Measure the wobble
#
# <!-- given: 1 -->
#
# Each batch has its own idea of which way is downhill, since it holds only some of the cards.
# The gradient of the whole deck is the true one. How far are the batches off?
#
# The next cell takes 400 batches of each size, and compares their gradients with the true one.
# A wobble of 1 means: the error is as big as the true gradient itself.
# (`gradient_of` lays all gradients end to end, in one long row: `ravel` makes each one a row,
# and `concatenate` joins the rows. `np.sum` adds up, and `np.sqrt` takes the square root.)
#
# ??? question "Guess: four times as many cards in a batch. What does the wobble do?"
#
#     It does not fall to a quarter. It halves.
#
# Cells with `plt` only draw: run them, no need to read them.


# %%
def new_network(seed):
    """Return an untrained network."""
    rng = np.random.default_rng(seed)
    return Network(Dense(64, 32, rng=rng), ReLU(), Dense(32, 10, rng=rng))


def gradient_of(network, inputs, labels):
    """Return all gradients of one batch as one long row."""
    network.backward(softmax_cross_entropy(network.forward(inputs), labels).gradient)
    return np.concatenate([parameter.gradient.ravel() for parameter in network.parameters])


def wobble(batch_size, n_batches=400):
    """Return how far batches are off, as a multiple of the true gradient's size."""
    network, rng = new_network(0), np.random.default_rng(0)
    true = gradient_of(network, inputs[training], labels[training])
    squares = []
    for number in range(n_batches):
        batch = rng.permutation(training)[:batch_size]
        gradient = gradient_of(network, inputs[batch], labels[batch])
        squares.append(np.sum((gradient - true) ** 2))
    return np.sqrt(np.mean(squares) / np.sum(true**2))


wobble_sizes = [1, 4, 16, 64, 256]
wobbles = [wobble(size) for size in wobble_sizes]
for size, value in zip(wobble_sizes, wobbles):
    print(f"batch size {size:3}: wobble {value:.2f}")

# %% alt="Wobble against the batch size from 1 to 256, with both scales going up in equal factors. The measured points lie on a dashed straight line that halves for every four times as many cards. Only the last point, at 256, lies a little below it."
figure, axes = plt.subplots(figsize=(5, 3.1), layout="constrained")
axes.loglog(wobble_sizes, wobbles, "o")
axes.loglog(wobble_sizes, wobbles[0] / np.sqrt(wobble_sizes), "--", color="grey")
axes.text(5, wobbles[1] * 1.1, "halves for four times as many")
axes.set(xlabel="batch size", ylabel="wobble")
axes.set_xticks(wobble_sizes, [str(size) for size in wobble_sizes])
axes.set_yticks([0.5, 1, 2, 4], ["0.5", "1", "2", "4"])
axes.minorticks_off()
plt.show()

# %% [markdown]
# From 4 cards to 16{=wobble_sizes[1:3]} the wobble goes from 2.92 to 1.47, and from 16 to 64 to 0.72.
# It halves each time, as in [lesson 4](../lessons/4-epochs-and-batches.md#which-batch-size){=np.allclose(wobbles, epochs_and_batches.wobble.wobbles)}.
# So big batches make *better* updates, not worse ones.
# But they are costly: four times the work for half the wobble.
#
# The last point lies a bit below the line.
# 256 cards are a fifth{=wobble_sizes[-1] / SIZES[-1]} of the deck, and the whole deck would have no wobble.
#
# With single cards the error is nearly 6{=math.ceil(wobbles[0])} times as big as the gradient itself.
# They still learn, because over many updates the errors cancel out.
#
# ## The same rate for all
#
# Now train, ten{=EPOCHS} epochs each, at a learning rate of 0.1.
# One run can be lucky. So the table shows the mean of three, each with its own first weights.
# (`while` is a loop too: it goes on as long as what follows is true.)
#
# ??? question "Guess: which size reads the most new digits? Which one the fewest?"
#
#     The smallest reads the most, and the whole deck the fewest by far.


# %%
def trained(batch_size, learning_rate, n_updates, seed=0):
    """Return a network after some updates."""
    network, optimizer = new_network(seed), SGD(learning_rate=learning_rate)
    rng = np.random.default_rng(seed)
    done = 0
    while done < n_updates:
        for batch in batches(inputs[training], labels[training], batch_size, rng=rng):
            if done < n_updates:  # the last epoch may end early
                loss = softmax_cross_entropy(network.forward(batch.inputs), batch.targets)
                network.backward(loss.gradient)
                optimizer.update(network.parameters)
                done += 1
    return network


def accuracy(network, part):
    """Return the share of right answers on some of the digits."""
    return np.mean(network.forward(inputs[part]).argmax(axis=1) == labels[part])


def mean_accuracy(batch_size, learning_rate):
    """Return the test accuracy after ten epochs, the mean of three runs."""
    n_updates = updates_in(EPOCHS, batch_size)
    shares = []
    for seed in range(3):
        network = trained(batch_size, learning_rate, n_updates, seed)
        shares.append(accuracy(network, test))
    return np.mean(shares)


for size in SIZES:
    print(f"batch size {size:4}, rate 0.1: {mean_accuracy(size, 0.1):.1%} right")

# %% [markdown]
# It looks as if big batches learned badly: 98.0 % at 16, and 32.8 % for the whole deck.
# But remember the first table.
# In ten{=EPOCHS} epochs a batch size of 16 makes 800 updates, and the whole deck makes 10{=updates_in(EPOCHS, 16), updates_in(EPOCHS, 1280)}.
# Is it the updates that are worse, or are there just too few?
#
# ## The same number of updates for all
#
# So give each size 200 updates, one run each. (`:,` puts a comma into 1,000.)
#
# ??? question "Guess: which size is ahead now?"
#
#     None, really. Read on.

# %%
for size in SIZES:
    network = trained(size, learning_rate=0.1, n_updates=200)
    print(f"batch size {size:4}: {200 * size:7,} cards seen, {accuracy(network, test):.1%} right")

# %% [markdown]
# All four{=len(SIZES)} are between 93.0 % and 93.7 %.
# On 300{=len(test)} digits that is a difference of two digits, which is chance.
# So the big batches had too few updates, and that was all.
#
# But look at the cards. For about the same result the whole deck went through 256,000 cards, and
# the batches of 16 through 3,200.
# At this rate the steadier direction is hardly worth its price.
#
# ## A rate that suits
#
# <!-- given: 16{=SIZES[0]}, 32 -->
#
# A steady direction allows longer steps.
# So search a rate for each size, as in [lab 1](1-feel-the-learning-rate.py), by the validation loss after ten{=EPOCHS} epochs.
# (`np.argmin` says at which place the smallest number stands.)
#
# ??? question "Guess: does a bigger batch need a smaller rate, the same, or a larger one?"
#
#     A larger one, up to a limit. Too large is too large for every size.

# %%
RATES = [0.1, 0.3, 0.8, 3]


def validation_loss(batch_size, learning_rate):
    """Return the validation loss after ten epochs."""
    network = trained(batch_size, learning_rate, updates_in(EPOCHS, batch_size))
    return softmax_cross_entropy(network.forward(inputs[validation]), labels[validation])


best_rates = []
print("rates:", RATES)
for size in SIZES:
    losses = [validation_loss(size, rate) for rate in RATES]
    best_rates.append(RATES[np.argmin(losses)])
    print(f"batch size {size:4}:", [round(loss, 3) for loss in losses])
print("best rates:", best_rates)

# %% [markdown]
# At 0.1{=RATES[0]} the loss is 0.112 for 16 cards and 1.245 for 256.
# At a rate of 0.8{=RATES[2]} the batches of 256 come down to 0.199.
# At a rate of 3{=RATES[3]} every size is lost: all four{=len(SIZES)} are worse than a blind guess.
# 16 cards do best at 0.3{=best_rates[0]}, and all larger batches at 0.8{=min(best_rates[1:])}.
#
# Now the test digits, at the best rate of each size. Again the mean of three runs:

# %%
for size, rate in zip(SIZES, best_rates):
    print(f"batch size {size:4}, rate {rate:3}: {mean_accuracy(size, rate):.1%} right")

# %% [markdown]
# 16 and 64 cards are now about equally good: 97.0 % and 96.8 %. So small a difference can be chance.
# 256 cards went from 73.7 %{=100 * mean_accuracy(256, 0.1)} to 91.9 %, and the whole deck from 32.8 %{=100 * mean_accuracy(1280, 0.1)} to 73.4 %.
# The rate made that difference, not the size.
# They stay behind, since they have only 50{=updates_in(EPOCHS, 256)} and 10{=updates_in(EPOCHS, 1280)} updates. No rate we tried makes up for that.
#
# So there is no best batch size.
# There are sizes that are handy, and each needs a rate that suits it.
# 32 is a fair start: many updates in each epoch, and not slow. If you go up, raise the rate too.
#
# ## How long does an epoch take?
#
# The other side of the trade is time.
# A computer does many cards at once faster than one after another.
# How much faster depends on your computer, and it differs a little from run to run.
# This page is built anew again and again, and all its numbers must come out the same.
# So no times are printed here.
# Measure them yourself: take away the `#` and the space after it in the last three lines.
# (`perf_counter` is a clock, in seconds.)


# %%
def milliseconds(batch_size):
    """Return how long an epoch takes: the fastest of five."""
    times = []
    for number in range(5):
        start = time.perf_counter()
        trained(batch_size, 0.1, updates_in(1, batch_size))
        times.append(1000 * (time.perf_counter() - start))
    return min(times)


# for size in SIZES:
#     epoch = milliseconds(size)
#     print(f"{size}: epoch {epoch:.1f} ms, update {epoch / updates_in(1, size):.3f} ms")

# %% [markdown]
# ??? question "What will you see?"
#
#     Each update takes longer with a bigger batch, since there is more to do.
#     Up to some size each epoch takes less time, since there are fewer updates.
#
# Now put both sides together. What counts is the time to a good result, not the time for an epoch.
#
# ## Which numbers should match yours?
#
# The numbers of updates and of cards must match exactly.
# The wobble, losses and accuracies come from random numbers.
# With the same version of NumPy they match.
# With another one the wobble must still halve at each step, within a few hundredths.
# The accuracies may differ by a point or two.
#
# ## Change something
#
# <!-- given: 100, 1 -->
#
# - What is the wobble of 1,280 cards? Think first, then call `wobble(1280, n_batches=1)`.
# - Give the whole deck 100 epochs at a rate of 1: `trained(1280, 1, 100)`.
#   How many test digits are right?
# - Take 1,000 as a batch size. How many updates has an epoch now, and how big is the second batch?
#
# ??? question "Answers"
#
#     - 0, or as good as 0{=[wobble(1280, n_batches=1)] * 2}. The batch is the whole deck, so its gradient is the true one.
#     - 98.3 %{=100 * accuracy(trained(1280, 1, 100), test)}. It needed both. 100 updates at a rate of 0.1{=RATES[0]} give 88.0 %{=100 * accuracy(trained(1280, 0.1, 100), test)}, and ten{=updates_in(EPOCHS, 1280)} at a rate of 1 give 68.7 %{=100 * accuracy(trained(1280, 1, updates_in(EPOCHS, 1280)), test)}.
#     - Two{=updates_in(1, 1000)}. The second batch has the 280{=SIZES[-1] - 1000} cards that are left.
#
# ## Check yourself
#
# <!-- given: 32, 128 -->
#
# ??? question "You go from 32 to 128. Now the loss falls more slowly with each epoch. Why?"
#
#     There are only a quarter{=updates_in(1, 128) / updates_in(1, 32)} as many updates in each epoch.
#
# ??? question "What would you raise along with the batch size?"
#
#     The learning rate. More epochs would help as well, but they cost time.
