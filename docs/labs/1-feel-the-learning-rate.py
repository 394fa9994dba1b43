# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Feel the learning rate
#
# You roll one weight down a bowl at five{=len(RATES)} learning rates, and guess each time where it will end.
# Then you work out the largest rate that this bowl allows, and try five rates on real digits.
#
# You need: [lesson 5](../lessons/5-training-loop.md) for the four steps,
# and [lesson 6](../lessons/6-train-a-real-network.md) for the digits.

# %%
import matplotlib.pyplot as plt
import numpy as np

from nnbasics import SGD, Dense, Network, ReLU, load_digits, mse, softmax_cross_entropy, train

# %% [markdown]
# ## One weight, one bowl
#
# <!-- given: 2{=LITRES}, 5{=BEST}, 1{=START} -->
#
# Back to the soup of [lesson 5](../lessons/5-training-loop.md), with a smaller pot.
# The network has one weight and says: salt = weight × litres.
# For 2 litres, 10 grams of salt are right. So the best weight is 5.
# The weight starts at 1.
#
# `walk` makes some updates and notes the weight before the first and after each.
# (`weights[-1]` is the last one of the list.)
# (In `:5.1f`, 5 is the room and 1 the number of digits after the point.)

# %%
LITRES, SALT = 2.0, 10.0
START, BEST = 1.0, SALT / LITRES


def soup_loss(weight, litres=LITRES):
    """Return the loss of one weight."""
    return mse(weight * litres, SALT)


def soup_gradient(weight, litres=LITRES):
    """Return how the loss would change if the weight grew a little."""
    return soup_loss(weight, litres).gradient.item() * litres


def walk(learning_rate, updates, litres=LITRES):
    """Return the weight before the first update and after each."""
    weights = [START]
    for update in range(updates):
        gradient = soup_gradient(weights[-1], litres)
        weights.append(weights[-1] - learning_rate * gradient)
    return weights


for weight in (1, 3, 5, 7, 9):
    print(f"weight {weight}: loss {soup_loss(weight):5.1f}, gradient {soup_gradient(weight):6.1f}")

# %% [markdown]
# The loss is a bowl with its lowest point at 5.
# Left of it the gradient is negative, right of it positive, and at the bottom it is 0{=soup_gradient(BEST)}.
# An update goes against the gradient: weight ← weight − learning rate × gradient.
#
# ## Guess first
#
# Five{=len(RATES)} rates, ten updates each: 0.01, 0.1, 0.125, 0.24 and 0.26.
# Write down your guesses before you open the box.
#
# - Which two{=sum(abs(walk(rate, 10)[-1] - BEST) > 1 for rate in RATES[:4])} are still on their way after ten updates?
# - Which one is at the bottom after a single update?
# - Which one gets farther and farther away?
#
# ??? question "My guess is written down. What happens?"
#
#     0.01 and 0.24{=RATES[0], RATES[3]} are still on their way. 0.125 is there after one update.
#     0.26{=RATES[4]} gets farther away. Run the next cell and see.

# %%
RATES = (0.01, 0.1, 0.125, 0.24, 0.26)

for rate in RATES:
    weights = walk(rate, updates=10)
    print(f"rate {rate:5}:", [round(weights[number], 2) for number in (0, 1, 2, 3, 10)])

# %% [markdown]
# Each line shows the weight at the start, after updates 1, 2 and 3, and after update 10.
#
# - 0.01 creeps: 3.26{=walk(0.01, 10)[-1]} after ten updates.
# - 0.1{=RATES[1]} gets there quickly.
# - 0.125 lands on 5{=BEST} at once.
# - 0.24{=RATES[3]} jumps across the bowl each time, but lands a little closer.
# - 0.26{=RATES[4]} jumps across too, and lands a little farther away.
#
# Cells with `plt` only draw: run them, no need to read them.

# %% alt="The distance of the weight from 5{=BEST} over ten updates, from 4{=BEST - START} at the start. At a rate of 0.125 it drops to 0{=walk(0.125, 1)[1] - BEST} in one update, at 0.1{=RATES[1]} in about three. At 0.01 and 0.24{=RATES[0], RATES[3]} it falls slowly, along the very same line. At 0.26{=RATES[4]} it grows."
figure, axes = plt.subplots(figsize=(5, 3.1), layout="constrained")
for rate, style in zip(RATES, ["o-", "s--", "D-", "x:", "^-."]):
    distances = [abs(weight - BEST) for weight in walk(rate, updates=10)]
    axes.plot(distances, style, markersize=5)
axes.text(10.3, 8.5, "0.26", va="center")
axes.text(10.3, 1.7, "0.01 and 0.24", va="center")
axes.text(1.2, 0.9, "0.1", va="center")
axes.text(0, -0.7, "0.125", va="center")
axes.set(xlabel="update", ylabel="distance from 5", xlim=(-0.3, 14.5), ylim=(-1.2, 9.5))
axes.set_xticks([0, 5, 10])
plt.show()

# %% [markdown]
# Look at 0.01 and 0.24{=RATES[0], RATES[3]}: the same distance after each update!
# One creeps down its own side. The other jumps from side to side.
# A loss that falls slowly can mean that the rate is too small.
# It can also mean that it is almost too large.
#
# ## Where is the limit?
#
# <!-- given: 1, 2 -->
#
# How fast does the gradient grow when the weight grows by 1? You can measure it.
# This number says how steep the sides of the bowl get. It is called the curvature.

# %%
curvature = soup_gradient(2) - soup_gradient(1)
limit = 2 / curvature
print(f"curvature {curvature}")
print(f"limit {limit}, half of it {limit / 2}")

# %% [markdown]
# So the gradient is 8 times the distance from 5{=curvature, BEST}.
# An update moves the weight by learning rate × 8{=curvature} × distance. What does that mean?
#
# - If learning rate × 8{=curvature} is 1, the step is just the distance. It lands on the bottom.
#   That rate is 1 / 8 = 0.125.
# - If learning rate × 8{=curvature} is 2, the step is twice the distance.
#   It lands just as far away, on the other side.
#   That rate is 2 / 8 = 0.25, the limit.
#
# Does the limit hold? Go very close to it, on both sides, and make many updates.
#
# ??? question "What will a rate of exactly 0.25 do?"
#
#     It jumps from 1 to 9{=walk(0.25, 1)} and back, for ever. The loss stays where it was.

# %%
for rate in (0.249, 0.25, 0.251):
    weights = walk(rate, updates=500)
    print(f"rate {rate}:", [round(soup_loss(weights[number]), 2) for number in (0, 100, 500)])

# %% [markdown]
# These are the losses at the start, after 100 updates and after 500.
# The limit holds. Just below 0.25 the loss falls, at 0.25 it stays at 64, and just above it grows.
#
# ## Bigger inputs, smaller limit
#
# <!-- given: 10, 2{=LITRES}, 20{=10 * LITRES} -->
#
# Now measure the soup in decilitres. There are ten in a litre, so 2 litres are 20 decilitres.
# The soup is the same. Is the limit the same?
#
# ??? question "Guess: is the limit 10 times smaller, 100 times smaller, or the same?"
#
#     100{=limit / limit_in_decilitres} times. The input counts twice: once on the way forward, and once on the way back.

# %%
curvature_in_decilitres = soup_gradient(2, litres=20) - soup_gradient(1, litres=20)
limit_in_decilitres = 2 / curvature_in_decilitres
print(f"limit in litres {limit}, in decilitres {limit_in_decilitres}")

for rate in (0.0024, 0.0026):
    weights = walk(rate, updates=100, litres=20)
    print(f"rate {rate}: weight {weights[-1]:.2f} after 100 updates")

# %% [markdown]
# In decilitres the best weight is 0.5{=SALT / 20}.
# Below the limit it is found, and above it the weight runs away.
# So large inputs need tiny rates. That is why [lesson 6](../lessons/6-train-a-real-network.md) divides the ink by 16{=images.max()} before training.
#
# ## The same on the digits
#
# <!-- given: 0.01{=RATES[0]}, 0.1{=RATES[1]}, 5{=five_rates[4]} -->
#
# A real network has thousands of weights, and its bowl bends differently in each direction.
# Nobody knows the limit beforehand. But it is there.
#
# The next cell deals out the digits as [lesson 6](../lessons/6-train-a-real-network.md) does, and trains at one rate for ten epochs.

# %%
images, labels = load_digits()
inputs = images / 16
order = np.random.default_rng(0).permutation(len(inputs))
training, validation, test = np.split(order, [1280, 1497])


def losses_at(learning_rate):
    """Train on the digits for ten epochs. Return the validation loss after each."""
    rng = np.random.default_rng(0)
    network = Network(Dense(64, 32, rng=rng), ReLU(), Dense(32, 10, rng=rng))
    epochs = train(
        network,
        softmax_cross_entropy,
        SGD(learning_rate=learning_rate),
        inputs[training],
        labels[training],
        epochs=10,
        batch_size=32,
        rng=rng,
        validation=(inputs[validation], labels[validation]),
    )
    return [epoch.validation_loss for epoch in epochs]


# %% [markdown]
# Five rates: 0.001, 0.01, 0.1, 0.5 and 5.
# A blind guess between ten{=len(np.unique(labels))} digits costs ln 10, about 2.303{=len(np.unique(labels)), np.log(10)}.
#
# ??? question "Guess: which rate is best? And which is no better than a blind guess?"
#
#     Write your guess down, then run the cell.

# %%
print(f"blind guess: {np.log(10):.3f}")
five_rates = [0.001, 0.01, 0.1, 0.5, 5]
losses = [losses_at(rate) for rate in five_rates]
for rate, values in zip(five_rates, losses):
    print(f"rate {rate:5}: {values[0]:.3f} after epoch 1, {values[-1]:.3f} after epoch 10")

# %% alt="Validation loss over ten epochs for five{=len(losses)} rates. At 0.001 it barely falls. At 0.01 it falls slowly. At 0.1 and 0.5{=five_rates[2:4]} it falls fast, and 0.5{=five_rates[3]} ends lowest. At 5 it starts near a blind guess and stays there."
figure, axes = plt.subplots(figsize=(5, 3.1), layout="constrained")
for rate, values, style in zip(five_rates, losses, ["o-", "v-", "s--", "x:", "^-."]):
    axes.plot(range(1, 11), values, style, markersize=5, label=f"rate {rate}")
axes.legend(loc=(1.02, 0.3))
axes.set(xlabel="epoch", ylabel="validation loss", ylim=(0, 2.7))
axes.set_xticks([1, 5, 10])
plt.show()

# %% [markdown]
# - At 0.001 the network has learned next to nothing. After ten epochs its loss is 2.186{=losses[0][-1]}.
# - At 0.01 it learns, but slowly.
# - At 0.1 it is nearly done, at 0.185{=five_rates[2], losses[2][-1]}.
# - At 0.5 it is even better, at 0.121{=five_rates[3], losses[3][-1]}.
# - At 5 it ends at 2.335, worse than a blind guess, and more epochs will not help.
#   It did not blow up to infinity: it is stuck. [Case 3](4-the-clinic.py#case-3-the-loss-that-fell-and-then-got-stuck) of [the clinic](4-the-clinic.py) shows why.
#
# So on the digits 0.1 is not the best rate. It is a safe one to start with.
#
# ## Find a rate for a network of your own
#
# Nobody works out the limit of a real network by hand. People search for a good rate:
# try rates that are about three times apart, from very small to far too large.

# %%
rates = [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3]
last_losses = [losses_at(rate)[-1] for rate in rates]
for rate, loss in zip(rates, last_losses):
    print(f"rate {rate:5}: validation loss {loss:.3f}")

# %% alt="Validation loss after ten epochs against the learning rate, from 0.003 to 3{=rates[-1]}, where each step to the right is three times the rate. From 0.003 to 0.3{=rates[4]} the loss falls, at 1{=rates[5]} it is about as low, and at 3{=rates[6]} it jumps up to the dashed line of a blind guess."
figure, axes = plt.subplots(figsize=(5, 3.1), layout="constrained")
axes.semilogx(rates, last_losses, "o-")
axes.axhline(np.log(10), linestyle="--", color="grey")
axes.text(rates[0], np.log(10) + 0.06, "blind guess")
axes.set(xlabel="learning rate", ylabel="validation loss after 10 epochs", ylim=(0, 2.7))
axes.set_xticks(rates, [str(rate) for rate in rates])
plt.show()

# %% [markdown]
# Here 0.3 and 1{=rates[4:6]} are about equally good: 0.137 and 0.135{=last_losses[4:6]}. At 3{=rates[6]} all is lost.
# The picture looks much like this for many networks: a slope, a wide valley, and then a cliff.
# Pick a rate from the valley, and not too close to the cliff.
# Another batch of cards or other first weights can move the cliff a little.
#
# The rates were compared by the validation loss.
# The test digits stay untouched: once you choose by them, they are no longer new.
#
# ## Which numbers should match yours?
#
# The soups use no random numbers, so all their digits must match.
# On the digits the random numbers deal the cards and draw the first weights.
# With the same version of NumPy they match. With another one the losses may differ a little,
# but the order must be the same: 0.001 and 5{=five_rates[0], five_rates[4]} near a blind guess, 0.1 and 0.5{=five_rates[2:4]} far below it.
#
# ## Change something
#
# - In the soup, use a rate of 0.2, which is as far above 0.125 as 0.05 is below it.
#   Are 0.05 and 0.2 equally fast?
# - Cook for 4 litres: pass `litres=4`. Work out the limit before you run it.
# - Search for a rate again, with a batch size of 8 in `losses_at`. Where is the cliff now?
#
# <!-- given: 0.05, 0.2, 0.6, 0.125{=limit / 2}, 4, 8, 1, 2, litres=4 -->
#
# ??? question "Answers"
#
#     - Yes. Both leave 0.6 of the distance after each update:
#       1 − 0.05 × 8 = 0.6, and 1 − 0.2 × 8 = −0.6.
#       The minus sign means: on the other side.
#     - The curvature is 2 × 4 × 4 = 32, so the limit is 2 / 32 = 0.0625.
#     - Farther to the left: already 1 is too much.
#       Small batches wobble more, so they need smaller steps.
#       [Lab 2](2-big-batch-or-small.py) measures the wobble.
