# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # When to stop
#
# You let a network learn wrong labels by heart, watch it happen, and then stop it in time.
# Then you keep its best weights, save them to a file, and prove that the file holds the same
# network.
#
# You need: [lesson 6](../lessons/6-train-a-real-network.md), above all its part on when to stop.

# %%
import tempfile

import matplotlib.pyplot as plt
import numpy as np

from nnbasics import SGD, Dense, Network, ReLU, load_digits, softmax_cross_entropy, train

# %% [markdown]
# ## A hard case
#
# Learning by heart is called overfitting. It is the same as with a pupil:
# the fewer examples there are, and the more mistakes the book has, the more harm it does.
# So take only 100{=len(practice_labels)} digits to learn from, and give 20{=np.sum(practice_labels != true_labels)} of them a wrong label.
# The digits for validation and for the test keep their true labels.
# (`copy` gives an array of its own, and `integers` draws whole numbers.
# `% 10` counts round from 9{=labels.max()} to 0{=labels.min()}: it leaves the last digit.)

# %%
images, labels = load_digits()
inputs = images / 16
rng = np.random.default_rng(0)
training, validation, test = np.split(rng.permutation(len(inputs)), [1280, 1497])

practice_inputs = inputs[training[:100]]
true_labels = labels[training[:100]]
shifts = rng.integers(1, 10, size=100)


def with_wrong(count):
    """Return the labels of the practice digits, some of them wrong."""
    shown = true_labels.copy()
    shown[:count] = (true_labels[:count] + shifts[:count]) % 10
    return shown


practice_labels = with_wrong(20)

print("true:    ", true_labels[:10])
print("practice:", practice_labels[:10])
print("wrong:", np.sum(practice_labels != true_labels), "of", len(practice_labels))

# %% [markdown]
# Adding 1 to 9{=shifts.min(), shifts.max()} and counting round always gives another digit.
#
# The next cell has three helpers. `start` hands out the training, one epoch at a time.
# It uses the same seed each time, so every run in this lab is the same run, only longer or shorter.

# %%
MOST_EPOCHS = 300


def new_network(seed):
    """Return an untrained network."""
    rng = np.random.default_rng(seed)
    return Network(Dense(64, 64, rng=rng), ReLU(), Dense(64, 10, rng=rng))


def start(network, shown_labels=practice_labels):
    """Train on the practice digits, one epoch at a time."""
    return train(
        network,
        softmax_cross_entropy,
        SGD(learning_rate=0.1),
        practice_inputs,
        shown_labels,
        epochs=MOST_EPOCHS,
        batch_size=25,
        rng=np.random.default_rng(0),
        validation=(inputs[validation], labels[validation]),
    )


def accuracy(network, part):
    """Return the share of right answers on some of the digits."""
    return np.mean(network.forward(inputs[part]).argmax(axis=1) == labels[part])


# %% [markdown]
# ## Too long
#
# Train for 300{=MOST_EPOCHS} epochs, and look at two losses: on the practice digits and on the validation digits.
#
# ??? question "Guess: what will each loss do?"
#
#     The training loss falls all the way. The validation loss falls at first. Then it turns.
#
# (`list` runs a training to its end, and keeps all its epochs. In `epoch.loss:8.3f`,
# the number before the point is the room, and the one after it counts digits.)
#
# Cells with `plt` only draw: run them, no need to read them.

# %%
network = new_network(0)
epochs = list(start(network))
validation_losses = np.array([epoch.validation_loss for epoch in epochs])
best = epochs[validation_losses.argmin()]

print("epoch  training  validation")
for epoch in epochs:
    if epoch.number in (1, 10, 30, 100, 300):
        print(f"{epoch.number:5}  {epoch.loss:8.3f}  {epoch.validation_loss:10.3f}")

# %% alt="Two losses over 300{=MOST_EPOCHS} epochs. The training loss falls all the way, close to 0{=round(epochs[-1].loss)}. The validation loss falls with it at first, is lowest at epoch 70{=best.number}, where a mark says best, and then climbs slowly for the rest of the run."
figure, axes = plt.subplots(figsize=(5, 3.1), layout="constrained")
numbers = [epoch.number for epoch in epochs]
axes.plot(numbers, [epoch.loss for epoch in epochs], "-")
axes.plot(numbers, validation_losses, "--")
axes.plot(best.number, best.validation_loss, "o", markersize=8)
axes.text(best.number, best.validation_loss + 0.15, "best")
axes.text(200, epochs[199].loss + 0.06, "training")
axes.text(200, validation_losses[199] + 0.12, "validation")
axes.set(xlabel="epoch", ylabel="loss", ylim=(0, None))
plt.show()

# %%
answers = network.forward(practice_inputs).argmax(axis=1)
print(f"best epoch {best.number}: validation loss {best.validation_loss:.3f}")
print(f"practice answers that match the labels: {np.mean(answers == practice_labels):.0%}")
print(f"practice answers that are true:         {np.mean(answers == true_labels):.0%}")
print(f"right on the validation digits:         {accuracy(network, validation):.1%}")

# %% [markdown]
# At the end the network gives every practice digit the label it was shown, the 20{=np.sum(practice_labels != true_labels)} wrong ones too.
# So its practice accuracy is 100 %{=100 * np.mean(answers == practice_labels)}. And on new digits its loss is higher than it had been.
# The training loss showed none of this: it fell from 2.377 to 0.076{=epochs[0].loss, epochs[-1].loss}.
# The validation loss did. It was lowest after epoch 70, at 0.717, and then rose to 0.876{=best.number, best.validation_loss, epochs[-1].validation_loss}.
#
# ## Stop in time
#
# <!-- given: 20{=last.number - best.number} -->
#
# The `for` around `train` is yours. So you can leave it when you have seen enough:
# that is what `break` does.
# But when? The validation loss wobbles. A single bad epoch proves nothing.
# So wait a while. If there was no new best for 20 epochs, stop. This number is called the patience.
#
# You also want the weights from the best epoch, not those from 20 epochs later.
# So keep a copy each time there is a new best.
# (`value[:] = ...` writes new numbers into an array that is there. `np.inf` is infinite.)


# %%
def copy_of(network):
    """Return a copy of every parameter's numbers."""
    return [parameter.value.copy() for parameter in network.parameters]


def put_back(values, network):
    """Give a network the numbers that were kept."""
    for parameter, value in zip(network.parameters, values):
        parameter.value[:] = value


def train_with_patience(patience):
    """Train until there was no new best for a while. Return the best network and two epochs."""
    network = new_network(0)
    best_loss = np.inf  # so that the first epoch is the best so far
    for epoch in start(network):
        if epoch.validation_loss < best_loss:
            best, best_loss = epoch, epoch.validation_loss
            best_values = copy_of(network)
        if epoch.number - best.number == patience:
            break
    put_back(best_values, network)
    return network, best, epoch


stopped_network, best, last = train_with_patience(20)
print(f"stopped after epoch {last.number}, best epoch {best.number}")
print(f"best validation loss {best.validation_loss:.3f}")

# %% [markdown]
# It stopped after epoch 90{=last.number}: 20 epochs after the best one, which was epoch 70{=best.number}.
# So it saved 210 of the 300{=MOST_EPOCHS - last.number, MOST_EPOCHS} epochs, and `stopped_network` has the weights of epoch 70{=best.number}.
# This is called early stopping.
#
# ## How patient?
#
# <!-- given: 1, 5, 20, 500 -->
#
# ??? question "Guess: what goes wrong with a patience of 1? And with 500?"
#
#     With 1, the first bad epoch ends it, perhaps far too early. With 500 it never stops.
#     But the best weights are kept all the same, so you lose only time.

# %%
print("patience  stopped  best epoch  best loss")
for patience in (1, 5, 20, 100):
    network, best, last = train_with_patience(patience)
    print(f"{patience:8}  {last.number:7}  {best.number:10}  {best.validation_loss:9.3f}")

# %% [markdown]
# With a patience of 1 the first bad epoch ended it, at epoch 25{=train_with_patience(1)[2].number}.
# The best loss was 0.972 so far, and it could have got to 0.717{=train_with_patience(1)[1].validation_loss, best.validation_loss}.
# With 5 it was nearly right.
# From 20 on the best epoch is the same, and more patience only takes more time.
# A run with more wobble needs more patience.
#
# ## Why a copy?
#
# `copy_of` has a small word in it that is easy to forget: `.copy()`.
# Without it you keep the array itself, not what it says today. And training changes that array.
#
# To see it, train for one epoch. (`next` asks for one. `network.layers[0]` is the first layer.
# `np.array_equal` tells whether two arrays hold the same numbers.)
#
# ??? question "Guess: keep the weights without a copy, and train on. What do the kept weights say?"
#
#     The same as the newest weights. You kept the box, and somebody put something else into it.

# %%
network = new_network(0)
weights = network.layers[0].weights
kept, copied = weights.value, weights.value.copy()
next(start(network))

print("kept without a copy, the same as the new weights:", np.array_equal(kept, weights.value))
print("kept as a copy, the same as the new weights:     ", np.array_equal(copied, weights.value))

# %% [markdown]
# ## The test
#
# You chose the epoch by its validation loss. So that loss is a little too good to be true.
# The test digits had no say in it. Look at them now, once.

# %%
trained_too_long = new_network(0)
list(start(trained_too_long))

for network in (trained_too_long, stopped_network):
    loss = softmax_cross_entropy(network.forward(inputs[test]), labels[test])
    print(f"test loss {loss:.3f}, right {accuracy(network, test):.1%}")

# %% [markdown]
# Of the same 300{=len(test)} new digits the stopped network reads 74.3 %, the other one 66.7 %.
# Its test loss is lower too: 0.797 against 0.989.
# That is far from what you saw in [lesson 6](../lessons/6-train-a-real-network.md).
# It had only 100{=len(practice_labels)} digits to learn from, and 20{=np.sum(practice_labels != true_labels)} of their labels were wrong.
# Early stopping limits the harm. Better labels would help more.
#
# ## Save the network
#
# When Python ends, the weights are gone. So put them into a file.
# `np.savez` writes arrays into one file. The star in front of a list hands over what is in it,
# one by one. `np.load` opens the file, and `file.files` lists the names in it.
# `with` closes it when the lines below it are done.
# The folder from `tempfile.TemporaryDirectory` is gone after `cleanup`. Use a folder of your own to keep the file.
#
# The file holds numbers only. It does not know the layers.
# To load it, build a network of the same layers first.


# %%
def save(network, path):
    """Write every parameter of a network into one file."""
    np.savez(path, *copy_of(network))


def load(path):
    """Read the numbers of every parameter from a file."""
    with np.load(path) as file:
        return [file[name] for name in file.files]


folder = tempfile.TemporaryDirectory()
path = f"{folder.name}/digits-network.npz"
save(stopped_network, path)
values = load(path)
print("in the file:", [value.shape for value in values])

loaded_network = new_network(seed=1)  # other first weights, on purpose
before = loaded_network.forward(inputs[test])
put_back(values, loaded_network)
after = loaded_network.forward(inputs[test])
folder.cleanup()

predictions = stopped_network.forward(inputs[test])
print("same predictions before loading:", np.array_equal(before, predictions))
print("same predictions after loading: ", np.array_equal(after, predictions))

# %% [markdown]
# The new network started with other weights, and it said other things.
# With the numbers from the file it gives the same predictions, to the last digit.
#
# And if the layers do not fit? NumPy stretches some arrays to fit, and says nothing.
# So compare the shapes that the file holds with those of your network.

# %% [markdown]
# ## Which numbers should match yours?
#
# The counts and shapes must match, and so must every True and False.
# The wrong labels, the losses, the epochs and the accuracies come from random numbers.
# With the same version of NumPy they match. With another one the best epoch may be another,
# but the training loss must still fall to nearly 0{=round(epochs[-1].loss)}, and the validation loss must turn and rise.
#
# ## Change something
#
# <!-- given: 40, 20 -->
#
# - Use the true labels: `practice_labels = true_labels`. Does the validation loss still turn?
# - Give 40 digits a wrong label: change `with_wrong(20)`.
#   How high does the validation loss climb?
# - Leave out `put_back` in `train_with_patience`. Which weights do you get?
#
# ??? question "Answers"
#
#     - It hardly does. It falls, and then stays level{=np.ptp([epoch.validation_loss for epoch in start(new_network(0), true_labels)][150:]) < 0.01}.
#       What hurt above were the wrong labels, learned by heart.
#     - To 1.869{=list(start(new_network(0), with_wrong(40)))[-1].validation_loss} in place of 0.876{=epochs[-1].validation_loss}. There are twice as many wrong answers to learn by heart.
#     - Those of the last epoch: 20 epochs after the best, if that is your patience.
#
# ## Check yourself
#
# ??? question "Why not stop when the training loss no longer falls?"
#
#     Because it goes on falling while the network learns by heart.
#
# ??? question "The test loss is a little higher than the best validation loss. Is that a mistake?"
#
#     No. The epoch was picked because its validation loss was the lowest. Part of that was luck.
#     And the test digits are other digits.
