# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # The clinic
#
# Ten sick training runs come in, one after another, and you say what is wrong with each.
# Then you see a test, the cause, the cure, and the proof: a run that is well again.
#
# <!-- given: 1, 6 -->
#
# You need: lessons 1 to 6, above all [lesson 3](../lessons/3-cross-entropy.md)
# and [lesson 5](../lessons/5-training-loop.md).

# %%
import warnings

import matplotlib.pyplot as plt
import numpy as np

from nnbasics import (
    SGD,
    Dense,
    Network,
    ReLU,
    batches,
    cross_entropy,
    load_digits,
    load_penguins,
    mse,
    softmax,
    softmax_cross_entropy,
    train,
)

# %% [markdown]
# ## How a healthy run looks
#
# Eight of the patients read digits. So first a healthy run, to compare with.
# The helpers here are healthy too. The mistakes come later.

# %%
images, labels = load_digits()
inputs = images / 16
order = np.random.default_rng(0).permutation(len(inputs))
training, validation, test = np.split(order, [1280, 1497])


def new_network(n_inputs=64):
    """Return an untrained network for digits."""
    rng = np.random.default_rng(0)
    return Network(Dense(n_inputs, 32, rng=rng), ReLU(), Dense(32, 10, rng=rng))


def fit(network, inputs, labels, learning_rate=0.1, epochs=20, is_quiet=False):
    """Train a network, and print some of its losses, unless it is quiet."""
    for epoch in train(
        network,
        softmax_cross_entropy,
        SGD(learning_rate=learning_rate),
        inputs,
        labels,
        epochs=epochs,
        batch_size=32,
        rng=np.random.default_rng(0),
    ):
        if epoch.number in (1, 5, epochs) and not is_quiet:
            print(f"epoch {epoch.number:2}: loss {epoch.loss:.2f}")


def right(network, inputs, labels):
    """Return the share of right answers."""
    guesses = network.forward(inputs).argmax(axis=1)
    return np.mean(guesses == labels)


def check(network):
    """Print how many of the test digits are read right."""
    print(f"right on new digits: {right(network, inputs[test], labels[test]):.1%}")


healthy = new_network()
fit(healthy, inputs[training], labels[training])
check(healthy)
print(f"a blind guess costs {np.log(10):.2f}")

# %% [markdown]
# The loss falls fast, and nearly all new digits are read right.
# Keep these numbers in mind.
# (In real work you would not look at the test digits so often. In a clinic you may.)
#
# Each case goes like this. Look at the code and at what it prints, and make a guess.
# Then open one box at a time, and guess again before the next:
# a test, the cause, the cure, the proof.
#
# Cells with `plt` only draw: run them, no need to read them.

# %% [markdown]
# ## Case 1: The loss that hardly moves
#
# Twenty epochs, and the loss is still about as high as that of a blind guess.
# (Given rows, `permutation` shuffles them.)

# %%
rng = np.random.default_rng(1)
shuffled_inputs = rng.permutation(inputs[training])
shuffled_labels = rng.permutation(labels[training])

network = new_network()
fit(network, shuffled_inputs, shuffled_labels)
check(network)

# %% [markdown] fold="A test"
# Can it learn a single batch by heart?

# %% fold="A test"
fit(new_network(), shuffled_inputs[:32], shuffled_labels[:32], epochs=500)

# %% [markdown] fold="A test"
# It can. So the loop works, and the rate is not too small.

# %% fold="The cause" alt="Four{=grid.size} small pictures of digits under their labels. A 6 has the label 2, and a 2 has the label 7{=[(labels[(inputs == shuffled_inputs[n]).all(axis=1)], shuffled_labels[n]) for n in (1, 2)]}. None of the four fits."
figure, grid = plt.subplots(1, 4, figsize=(5, 1.7), layout="constrained")
for n in range(4):
    grid[n].imshow(shuffled_inputs[n].reshape(8, 8), cmap="Greys")
    grid[n].set(title=f"label {shuffled_labels[n]}", xticks=[], yticks=[])
plt.show()

# %% [markdown] fold="The cause"
# The second is a 6, and its label says 2. The third is a 2, and its label says 7{=[(labels[(inputs == shuffled_inputs[n]).all(axis=1)], shuffled_labels[n]) for n in (1, 2)]}.
# Pictures and labels were each shuffled, but not in the same order.
# The labels belong to other pictures. They can only be learned by heart, so the loss falls a little.
# And 13.3 %{=100 * right(network, inputs[test], labels[test])} can be chance.

# %% [markdown] fold="The cure"
# Shuffle once, and use the same order for both.
# `batches` and `train` always keep the pairs together.

# %% fold="The proof"
shuffle = np.random.default_rng(1).permutation(training)

network = new_network()
fit(network, inputs[shuffle], labels[shuffle])
check(network)

# %% [markdown]
# ## Case 2: The loss that will not go below 1.46
#
# <!-- given: 1 -->
#
# Somebody measures with two functions of their own. At a rate of 1, all practice digits are right.
# Yet the loss is 1.46, and more epochs do not help. (`_` is a name for what is not needed.)


# %%
def answers(network, inputs):
    """Return the probabilities of a network."""
    return softmax(network.forward(inputs))


def loss_of(outputs, labels):
    """Return the loss of a network's outputs."""
    return cross_entropy(softmax(outputs), labels)


sure = new_network()
for _ in range(2):
    fit(sure, inputs[training], labels[training], learning_rate=1, is_quiet=True)
    outputs = answers(sure, inputs[training])
    print(f"their loss: {loss_of(outputs, labels[training]):.2f}")
    print(f"right: {right(sure, inputs[training], labels[training]):.1%}")

# %% [markdown] fold="A test"
# What does a perfect answer cost? It should cost nothing.

# %% fold="A test"
perfect = [[0, 0, 0, 1, 0, 0, 0, 0, 0, 0]]
print("quite sure of a 3:", perfect[0])
print(f"and it is a 3, so the loss is {loss_of(perfect, [3]):.3f}")

# %% fold="The cause"
print("softmax of the perfect answer:", softmax(perfect)[0].round(2))

# %% [markdown] fold="The cause"
# Softmax is done twice: once for the probabilities, and once more in the loss.
# The second takes probabilities for scores. From 1 and nine{=len(perfect[0]) - 1} times 0{=max(perfect[0]), min(perfect[0])} it makes 0.23 and nine{=len(perfect[0]) - 1} times 0.09{=softmax(perfect).min()}.
# So the loss cannot go below 1.461{=loss_of(perfect, [3])}.

# %% [markdown] fold="The cure"
# Give the scores to `softmax_cross_entropy`, which does both, and leave out every other softmax.
# It refuses numbers that went through softmax already.

# %% fold="The proof"
scores = sure.forward(inputs[training])
print(f"loss: {softmax_cross_entropy(scores, labels[training]):.2f}")

# %% [markdown]
# ## Case 3: The loss that fell, and then got stuck
#
# <!-- given: 0 -->
#
# It starts above a blind guess, falls to it, and stays there.

# %%
stuck = new_network()
fit(stuck, inputs[training], labels[training], learning_rate=2)
check(stuck)

# %% [markdown] fold="A test"
# The hidden layer gives 32 numbers, and ReLU turns each one below 0 into 0.
# How many are above 0 for at least one picture? (`layers` lists the layers, `max(axis=0)` is the largest of each column, and `np.sum` counts the Trues.)


# %% fold="A test"
def count_alive(network, inputs):
    """Return how many of the 32 hidden numbers are above 0 for at least one input."""
    hidden = network.layers[0].forward(inputs)
    return np.sum(hidden.max(axis=0) > 0)


print("untrained:", count_alive(new_network(), inputs[training]))
print("healthy:  ", count_alive(healthy, inputs[training]))
print("stuck:    ", count_alive(stuck, inputs[training]))

# %% [markdown] fold="The cause"
# The learning rate is too large.
# A few huge steps pushed all hidden numbers below 0, for every picture.
# ReLU makes them 0, and where it is flat no gradient comes through.
# So these weights never move again. They are called dead ReLUs.
# All that can still learn is the bias at the end, and that knows nothing of the picture.

# %% [markdown] fold="The cure"
# A smaller rate. Is that enough?

# %% fold="The cure"
fit(stuck, inputs[training], labels[training])
check(stuck)

# %% [markdown] fold="The cure"
# No: the dead do not wake up. Begin with new weights *and* a smaller rate.

# %% fold="The proof"
network = new_network()
fit(network, inputs[training], labels[training])
check(network)
print("alive:", count_alive(network, inputs[training]))

# %% [markdown]
# ## Case 4: One number more
#
# <!-- given: 1 -->
#
# Somebody gives the network one number more for each picture: all of its ink, added up.
# The rate is that of the healthy run. (`column_stack` puts columns side by side.)

# %%
ink = images.sum(axis=1)
columns = np.column_stack([inputs, ink])  # 65 of them

network = new_network(n_inputs=65)
fit(network, columns[training], labels[training])
print(f"right on new digits: {right(network, columns[test], labels[test]):.1%}")

# %% [markdown] fold="A test"
# Are its hidden numbers alive? And at a smaller rate?

# %% fold="A test"
print("alive:", count_alive(network, columns[training]))
for rate in (0.01, 0.001):
    network = new_network(n_inputs=65)
    print(f"at a rate of {rate}")
    fit(network, columns[training], labels[training], rate)
    print("alive:", count_alive(network, columns[training]))

# %% [markdown] fold="A test"
# They are dead, as in [case 3](#case-3-the-loss-that-fell-and-then-got-stuck).
# A smaller rate alone does not save them, not even with new weights.

# %% [markdown] fold="The cause"
# Look at the smallest and the largest numbers, with `min` and `max`.

# %% fold="The cause"
print(f"the dots: from {inputs.min():.0f} to {inputs.max():.0f}")
print(f"the ink:  from {ink.min():.0f} to {ink.max():.0f}")

# %% [markdown] fold="The cause"
# The ink is not scaled. It is hundreds of times as large as the dots,
# and so is its gradient: the first steps of its weights are huge.
# One such column is enough.

# %% [markdown] fold="The cure"
# Scale each column that is not near 1: take away its mean and divide by its spread,
# both from the training digits.

# %% fold="The proof"
scaled_ink = (ink - ink[training].mean()) / ink[training].std()
columns = np.column_stack([inputs, scaled_ink])

network = new_network(n_inputs=65)
fit(network, columns[training], labels[training])
print(f"right on new digits: {right(network, columns[test], labels[test]):.1%}")

# %% [markdown]
# ## Case 5: A blind guess from first to last
#
# <!-- given: 0 -->
#
# Somebody likes whole numbers. The loss is 2.30 all the time.
# (`value[:] = ...` writes new numbers into an array that is there.)

# %%
asleep = new_network()
for parameter in asleep.parameters:
    parameter.value[:] = parameter.value.astype(int)

fit(asleep, inputs[training], labels[training])
check(asleep)

# %% [markdown] fold="A test"
# What is the largest number in each parameter, and in its gradient?
# They come in this order: first weights, first bias, last weights, last bias.


# %% fold="A test"
def print_largest(network):
    """Print the largest number in each parameter, and in its gradient."""
    loss = softmax_cross_entropy(network.forward(inputs[training]), labels[training])
    network.backward(loss.gradient)
    for parameter in network.parameters:
        value, gradient = np.abs(parameter.value).max(), np.abs(parameter.gradient).max()
        print(f"value {value:.3f}, gradient {gradient:.3f}")


print_largest(asleep)

# %% [markdown] fold="The cause"
# All weights began at 0: `astype(int)` drops what stands behind the point.
# So 0 comes in to the last weights, and the blame that goes back through them is 0, too.
# Only the last bias can move, and it has found the best it can do alone: a blind guess.

# %% [markdown] fold="The cure"
# Begin with weights drawn by chance, so that each can go its own way. `Dense` does so.

# %% fold="The proof"
network = new_network()
print_largest(network)
fit(network, inputs[training], labels[training])
check(network)

# %% [markdown]
# ## Case 6: It grows at every rate
#
# Penguins again, as in [lesson 6](../lessons/6-train-a-real-network.md), with flippers well scaled.
# Five updates with all of them, at three rates:

# %%
flippers, masses = load_penguins()
scaled = (flippers - flippers.mean()) / flippers.std()


def five_losses(learning_rate):
    """Return the losses of five updates."""
    line = Network(Dense(1, 1, rng=np.random.default_rng(0)))
    optimizer = SGD(learning_rate=learning_rate)
    losses = []
    for _ in range(5):
        predictions = line.forward(scaled)
        loss = mse(masses, predictions)
        line.backward(loss.gradient)
        optimizer.update(line.parameters)
        losses.append(round(loss, 4))
    return losses


for rate in (0.1, 0.01, 0.001):
    print(f"at {rate}: {five_losses(rate)}")

# %% [markdown] fold="A test"
# What do tiny steps do? Each should help the batch that it was made from.

# %% fold="A test"
print(f"at 0.000001: {five_losses(0.000001)}")

# %% [markdown] fold="A test"
# They harm. So no rate will help: the direction is wrong.

# %% fold="The cause"
print("right order:", mse([10, 5], [8, 8]), mse([10, 5], [8, 8]).gradient)
print("swapped:    ", mse([8, 8], [10, 5]), mse([8, 8], [10, 5]).gradient)

# %% [markdown] fold="The cause"
# `mse(masses, predictions)`: targets and predictions changed places.
# The loss is the same, so nothing looks wrong. But the gradient points the other way.
# It is easy to get wrong: scikit-learn and Keras take the right answers first.

# %% [markdown] fold="The cure"
# `mse(predictions, masses)`. In this package, predictions come first in every loss.

# %% fold="The proof"
line = Network(Dense(1, 1, rng=np.random.default_rng(0)))
optimizer = SGD(learning_rate=0.1)
for update in range(1, 21):
    loss = mse(line.forward(scaled), masses)
    line.backward(loss.gradient)
    optimizer.update(line.parameters)
    if update in (1, 5, 20):
        print(f"update {update:2}: loss {loss:.3f}")

# %% [markdown]
# ## Case 7: It learned for one epoch
#
# <!-- given: 2 -->
#
# From epoch 2 on nothing changes, and the mean loss is `nan`, short for "not a number".
# (`np.split(labels[training], 40)` cuts them into 40 equal parts. Below `with warnings.catch_warnings` a warning is hidden.)


# %%
def one_epoch(deck, network):
    """Train once with each batch of a deck, and print what that gave."""
    optimizer = SGD(learning_rate=0.1)
    losses = []
    for some_inputs, some_labels in deck:
        loss = softmax_cross_entropy(network.forward(some_inputs), some_labels)
        network.backward(loss.gradient)
        optimizer.update(network.parameters)
        losses.append(loss)
    with warnings.catch_warnings(action="ignore"):
        print(f"mean loss {np.mean(losses):.3f}")
    check(network)


some_inputs = np.split(inputs[training], 40)
some_labels = np.split(labels[training], 40)
deck = zip(some_inputs, some_labels)
network = new_network()
for epoch in (1, 2, 3):
    print("epoch", epoch)
    one_epoch(deck, network)

# %% [markdown] fold="A test"
# Count the updates of each epoch.

# %% fold="A test"
deck = zip(some_inputs, some_labels)
for epoch in (1, 2, 3):
    updates = 0
    for _ in deck:
        updates = updates + 1
    print(f"epoch {epoch}: {updates} updates")

# %% [markdown] fold="The cause"
# A `zip` can be gone through once. Then it is empty, and says nothing.
# The mean of no losses is `nan`. NumPy warns of that: "Mean of empty slice".
# `batches` can be used up too, but it raises an error.

# %% [markdown] fold="The cure"
# Deal anew, inside the loop over the epochs.

# %% fold="The proof"
network = new_network()
rng = np.random.default_rng(0)
for epoch in (1, 2, 3):
    print("epoch", epoch)
    one_epoch(batches(inputs[training], labels[training], 32, rng=rng), network)

# %% [markdown]
# ## Case 8: Too good to be true
#
# A training loop of somebody's own. You met half of its illness in [lesson 5](../lessons/5-training-loop.md).
# The loss is better than the healthy run's. But the new digits?

# %%
deck = []
for digit in range(10):
    for n in training:
        if labels[n] == digit:
            deck.append(n)

network, optimizer = new_network(), SGD(learning_rate=0.1)
for epoch in range(1, 11):
    for batch in batches(inputs[deck], labels[deck], 32):
        loss = softmax_cross_entropy(network.forward(batch.inputs), batch.targets)
        network.backward(loss.gradient)
        optimizer.update(network.parameters)
    if epoch in (1, 5, 10):
        print(f"epoch {epoch:2}: loss {loss:.3f}")
check(network)

# %% [markdown] fold="A test"
# Measure on all practice digits, now that training is over.

# %% fold="A test"
true_loss = softmax_cross_entropy(network.forward(inputs[deck]), labels[deck])
print(f"loss on all practice digits: {true_loss:.3f}")

# %% [markdown] fold="The first cause"
# The loop prints the loss of the last batch alone: 32 digits out of 1,280{=len(batch.targets), len(deck)}.
# So the number was wrong. But why is that batch so easy, and why is the network ill?

# %% fold="The second cause"
guesses = network.forward(inputs[test]).argmax(axis=1)
print("the last batch:", batch.targets)
print(np.sum(guesses == 9), "new digits are called a 9;", np.sum(labels[test] == 9), "are.")

# %% [markdown] fold="The second cause"
# The deck is sorted: all zeros first, all nines last. And `batches` got no `rng`, so nobody shuffles.
# At the end of each epoch the network has just studied nines.

# %% [markdown] fold="The cure"
# Shuffle before each epoch: that is what `rng` is for. And average over all batches.
# `train` does both.

# %% fold="The proof"
network = new_network()
fit(network, inputs[deck], labels[deck], epochs=10)
check(network)

# %% [markdown]
# ## Case 9: Worse than chance
#
# Somebody typed in the labels. (`index` finds where something stands in a list.) Training looks fine:

# %%
keys = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0]  # as on a keyboard
typed = np.array([keys.index(label) for label in labels])

network = new_network()
fit(network, inputs[training], typed[training])
check(network)

# %% [markdown]
# A blind guess would get about 10 %{=100 / len(set(labels))} of the new digits right. This gets hardly any{=right(network, inputs[test], labels[test]) < 0.05}.

# %% [markdown] fold="A test"
# To be wrong nearly every time takes knowledge! A network that knows nothing is right now and then.
# So compare its guesses with the right answers.

# %% fold="A test"
guesses = network.forward(inputs[test]).argmax(axis=1)
print("meant:  ", labels[test][:12])
print("guessed:", guesses[:12])

# %% [markdown] fold="The cause"
# These labels are the places of the keys. A 3 is called a 2, and a 0 a 9{=3, typed[labels == 3][0], 0, typed[labels == 0][0]}.
# The network learned that well. The training loss cannot tell, for it knows no other labels.
# Validation digits with such labels would not tell either.

# %% [markdown] fold="The cure"
# Give the labels the same meaning everywhere.
# And look at a few pictures with their labels, as in [case 1](#case-1-the-loss-that-hardly-moves).

# %% fold="The proof"
network = new_network()
fit(network, inputs[training], np.array(keys)[typed[training]])
check(network)

# %% [markdown]
# ## Case 10: Ready to go home?
#
# This one comes back to the clinic. Its loss was `inf`, and somebody lowered the rate until it fell.
# It beats guessing the mean mass each time. May it go home?

# %%
rng = np.random.default_rng(0)
practice, new = np.split(rng.permutation(342), [274])  # as in lesson 6


def fit_line(inputs, learning_rate, seed=0):
    """Train a line on penguins, print its losses, and return it."""
    line = Network(Dense(1, 1, rng=np.random.default_rng(seed)))
    for epoch in train(
        line,
        mse,
        SGD(learning_rate=learning_rate),
        inputs[practice],
        masses[practice],
        epochs=20,
        batch_size=32,
        rng=np.random.default_rng(seed),
    ):
        if epoch.number in (1, 5, 20):
            print(f"epoch {epoch.number:2}: loss {epoch.loss:.2f}")
    return line


def kg_off(predictions):
    """Return how far off predictions for the new penguins are."""
    return mse(predictions, masses[new]) ** 0.5


patient = fit_line(flippers, learning_rate=0.00001)
blind = np.full_like(masses[new], masses[practice].mean())
print(f"{kg_off(patient.forward(flippers[new])):.2f} kg off")
print(f"a blind guess {kg_off(blind):.2f} kg")

# %% [markdown] fold="A test"
# Compare with a second seed.

# %% fold="A test"
other = fit_line(flippers, learning_rate=0.00001, seed=1)
print(f"the second seed: {kg_off(other.forward(flippers[new])):.2f} kg off")

# %% [markdown] fold="A test"
# A second seed ends at the same place. That looks good, and proves little:
# two runs with the same illness can agree. What else could you compare with?

# %% [markdown] fold="A better test"
# For a straight line, the best weight and bias can be worked out without any training.
# `np.polyfit` does it (the 1{=len(best) - 1} asks for a straight line), and `np.polyval` gives the line's predictions.

# %% fold="A better test"
best = np.polyfit(flippers[practice].reshape(-1), masses[practice].reshape(-1), 1)
best_predictions = np.polyval(best, flippers[new])
print(f"the best line: {kg_off(best_predictions):.2f} kg off")
print(f"{1000 * best[0]:.0f} g for each millimetre")
weight, bias = patient.parameters
print(f"the patient: {1000 * weight.value.item():.0f} g for each millimetre")

# %% [markdown] fold="A better test"
# To beat a blind guess is not enough: the patient is half cured.

# %% fold="The cause"
print(f"bias of the patient: {bias.value.item():.3f}, of the best line: {best[1]:.3f}")

# %% [markdown] fold="The cause"
# The flippers are not scaled. A rate that is small enough for the weight is far too small for the bias.
# It has hardly moved, so the line is too flat.

# %% [markdown] fold="The cure"
# Scale, and take a usual rate again. It was the rate that hid the illness.

# %% fold="The proof"
mean, spread = flippers[practice].mean(), flippers[practice].std()
scaled = (flippers - mean) / spread
line = fit_line(scaled, learning_rate=0.02)
weight, bias = line.parameters
print(f"{kg_off(line.forward(scaled[new])):.2f} kg off")
print(f"{1000 * weight.value.item() / spread:.0f} g for each millimetre")

# %% [markdown]
# ## The clinic on one page
#
# Also with illnesses that you did not see here.
#
# ```odd-looks
# ```
#
# ## Which numbers should match yours?
#
# The floor of 1.461{=loss_of(perfect, [3])} and the number of updates in each epoch must match.
# The losses and accuracies come from random numbers. With the same version of NumPy they match.
# With another one, expect the same illness with slightly different digits.
