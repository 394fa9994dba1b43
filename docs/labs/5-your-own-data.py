# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Your own data
#
# You take a file of your own from its first check to a network that is trained, tested and saved.
# You do it twice: once to predict an amount, and once to predict a kind.
#
# You need: [lesson 6](../lessons/6-train-a-real-network.md),
# and [lab 3](3-when-to-stop.py) for saving.

# %%
import csv
import math
import tempfile

import matplotlib.pyplot as plt
import numpy as np

from nnbasics import (
    SGD,
    Dense,
    Network,
    ReLU,
    load_penguins,
    mse,
    softmax,
    softmax_cross_entropy,
    train,
)

# %% [markdown]
# ## A file
#
# Most tables can be saved as a CSV file: plain text, one row on each line, with commas in between.
# The first row, the header, names the columns. Spreadsheet programs write such files.
#
# You need one to work with. So first write the penguins of [lesson 6](../lessons/6-train-a-real-network.md) into a file.
# (It goes into a folder from `tempfile.TemporaryDirectory`, which is gone at the end of this lab.
# Use a folder of your own for your data. `csv.writer(file).writerows(rows)` turns rows into such text, `csv.reader` turns it
# back. `newline=""` leaves the ends of lines to it, `encoding` keeps letters such as ä whole, and
# `utf-8-sig` skips a mark that some programs put first. `column_stack` puts columns side by side,
# and `tolist` makes lists of them.)

# %%
folder = tempfile.TemporaryDirectory()


def write_csv(name, rows):
    """Write rows into a CSV file, and return its path."""
    path = f"{folder.name}/{name}"
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def read_csv(path):
    """Return the rows of a CSV file, the header first. Each row is a list of texts."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        return list(csv.reader(file))


flippers, masses = load_penguins()
penguin_rows = np.column_stack([flippers, masses]).tolist()
path = write_csv("penguins.csv", [["flipper_mm", "mass_kg"], *penguin_rows])

rows = read_csv(path)
print(rows[:3])

# %% [markdown]
# ## Trust nothing
#
# All that a file holds is text. And real files have gaps and typos.
# A network does not complain about them. It just learns something wrong.
# So `problems_in` looks at every row, and says all that is wrong in one go.
#
# `is_number` needs something new. `try` runs lines that may fail.
# If they do, with a `ValueError`, Python goes on with the lines below `except`.
# (`isfinite` is false for `nan`, which stands for "no number", and for what is infinite.
# `enumerate` counts the rows while it goes through them.)
#
# Then look at the smallest and the largest value of each column, with `min` and `max`.


# %%
def is_number(text):
    """Tell whether a text is a number to reckon with."""
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def problems_in(rows, number_columns):
    """Return what is wrong with a table, as a list of sentences."""
    if len(rows) < 2:
        return ["there are no rows below a header"]
    header, problems = rows[0], []
    for name in number_columns:
        if header.count(name) != 1:
            return [f"row 1: {name} should be there once, not {header.count(name)} times"]
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(header):
            problems.append(f"row {number}: columns {len(row)}, the header has {len(header)}")
        else:
            for name in number_columns:
                text = row[header.index(name)]
                if text != "" and not is_number(text):
                    problems.append(f"row {number}: {name} should be a number, got {text}")
    return problems


def column(rows, name):
    """Return the texts of one column, without its name."""
    place = rows[0].index(name)
    return [row[place] for row in rows[1:]]


def numbers(texts):
    """Return texts as numbers. A gap becomes nan."""
    values = []
    for text in texts:
        if text == "":
            values.append(math.nan)
        else:
            values.append(float(text))
    return np.array(values)


PENGUIN_COLUMNS = ["flipper_mm", "mass_kg"]
print("problems:", problems_in(rows, PENGUIN_COLUMNS))
for name in PENGUIN_COLUMNS:
    values = numbers(column(rows, name))
    print(f"{name}: {len(values)} values from {values.min()} to {values.max()}")

# %% [markdown]
# <!-- given: 0 -->
#
# A flipper of 0 mm would show here.
#
# ## Break it on purpose
#
# <!-- given: 1, 3,75 -->
#
# Does the check find mistakes? Never believe one that you have not seen fail.
#
# ??? question "The file in the next cell has six{=len(sick_rows) - 1} rows below its header. How many of them are wrong?"
#
#     Four{=len(found)}. The first is right, and the second has a gap. Gaps come later.

# %%
sick_rows = [
    PENGUIN_COLUMNS,
    [181, 3.75],
    [186, ""],
    ["19o", 3.25],
    [193],
    [190, "nan"],
    [181, 3.625, "male"],
]
found = problems_in(read_csv(write_csv("sick.csv", sick_rows)), PENGUIN_COLUMNS)
for problem in found:
    print(problem)

# %% [markdown]
# The header is row 1, as in a spreadsheet. Row 4{=sick_rows.index(['19o', 3.25]) + 1} has the letter o in place of a zero:
# hard to see, easy to find.
# `nan` is sneaky too: Python takes it for a number, and it would spoil every weight.
#
# Does it say that there is no column, and you can see the column?
# Some programs write semicolons in place of commas: then pass `delimiter=";"` to `csv.reader`.
# A comma inside a number, as in 3,75, must become a point.
#
# ## Split, then scale
#
# Shuffle the rows, and deal them into three{=len(split(10, 0))} heaps, as in [lesson 6](../lessons/6-train-a-real-network.md):
# a fifth{=len(test) / 340} for validation, and a fifth{=len(test) / 340} for the test.
# Then scale: take away the mean and divide by the spread.
# Both come from the training rows alone. The test rows must not have a say, not even in that.
# So the test rows are the same for every seed{=all(np.array_equal(split(len(targets), seed)[2], test) for seed in SEEDS)}: it deals only the others anew.
# A column that never changes says nothing, so drop it. `scaled` would make it 0{=np.ptp(scaled(np.ones((4, 1)), [0, 1]))}.
# (`//` divides and drops the rest.)


# %%
def split(n_rows, seed):
    """Return the row numbers for training, validation and test."""
    n_fifth = n_rows // 5
    order = np.random.default_rng(0).permutation(n_rows)
    others, test = np.split(order, [n_rows - n_fifth])
    others = np.random.default_rng(seed).permutation(others)
    training, validation = np.split(others, [len(others) - n_fifth])
    return training, validation, test


def scaling(inputs, training):
    """Return the mean and the spread of each column of the training rows."""
    mean, spread = inputs[training].mean(axis=0), inputs[training].std(axis=0)
    spread[spread == 0] = 1  # a column that never changes: nothing is divided by 0
    return mean, spread


def scaled(inputs, training):
    """Return inputs around 0, with a spread of about 1 in each column."""
    mean, spread = scaling(inputs, training)
    return (inputs - mean) / spread


inputs = numbers(column(rows, "flipper_mm")).reshape(-1, 1)
targets = numbers(column(rows, "mass_kg")).reshape(-1, 1)
training, validation, test = split(len(inputs), seed=0)
print(len(training), "rows to train,", len(validation), "to validate,", len(test), "to test")

# %% [markdown]
# ## First a guess without a network
#
# What if you said the same mass for every penguin, the mean of the training rows?
# This is the baseline. A network that cannot beat it has learned nothing.
#
# Cells with `plt` only draw: run them, no need to read them.


# %%
def kg_off(predictions, targets):
    """Return the root of the mean squared error: how far off the masses are."""
    return mse(predictions, targets) ** 0.5


def trained_line(inputs, targets, seed):
    """Return a network without hidden numbers after 60 epochs."""
    rng = np.random.default_rng(seed)
    line = Network(Dense(len(inputs[0]), 1, rng=rng))
    optimizer = SGD(learning_rate=0.02)
    list(train(line, mse, optimizer, inputs, targets, epochs=60, batch_size=32, rng=rng))
    return line


mean_mass = targets[training].mean()
baseline = kg_off(np.full_like(targets[test], mean_mass), targets[test])
print(f"always {mean_mass:.2f} kg: {baseline:.2f} kg off")

line = trained_line(scaled(inputs, training)[training], targets[training], seed=0)
with_flipper = kg_off(line.forward(scaled(inputs, training)[test]), targets[test])
print(f"network: {with_flipper:.2f} kg off")

# %% alt="Masses of the test penguins against their flipper lengths. The points rise from left to right. A straight line, the network, goes through the middle of them. A flat dashed line, the mean guess, misses the short and the long flippers."
figure, axes = plt.subplots(figsize=(5, 3.1), layout="constrained")
axes.plot(inputs[test], targets[test], "o", markersize=4, alpha=0.6)
axes.plot(inputs, line.forward(scaled(inputs, training)), "-")
axes.axhline(mean_mass, linestyle="--", color="grey")
axes.text(233, 5.7, "network", va="center")
axes.text(233, mean_mass, "mean guess", va="bottom")
axes.set(xlabel="flipper length in mm", ylabel="mass in kg", xlim=(170, 250))
plt.show()

# %% [markdown]
# On penguins that it never saw, the network is 0.36 kg off, and the mean guess 0.74 kg{=with_flipper, baseline}.
# So the flipper really says something about the mass.
#
# Now somebody measures in centimetres, and 205 mm become 20.5.
# The network never saw such a number, and it cannot say "I do not know":

# %%
mean, spread = scaling(inputs, training)
for flipper in (205, 20.5):
    mass = line.forward([(flipper - mean) / spread]).item()
    print(f"{flipper}: {mass:.1f} kg")

# %% [markdown]
# There is no error and no warning.
# So write the unit into the name of each column, and scale every new row just as in training.
#
# ## What to do with gaps
#
# <!-- given: 0, 2, 210 -->
#
# Do not just delete a row with a gap. First count the gaps, and compare those rows with the others.
#
# The penguins have no gaps, so here are **made-up ones**: say that the ruler was often too short.
# Every other flipper of 210 mm or more was not measured.
# (`number % 2` is what is left after a division by 2, so it is 0 for every other row.
# `isnan` finds the gaps, `~gap` picks the rows without one, and `with_gaps[:, 0]` is the first column.)

# %%
with_gaps = inputs.copy()
for number in range(len(inputs)):
    if inputs[number] >= 210 and number % 2 == 0:
        with_gaps[number] = math.nan

gap = np.isnan(with_gaps[:, 0])
print(f"{gap.sum()} of {len(gap)} flippers are missing")
print(f"mean mass where it is missing: {targets[gap].mean():.2f} kg")
print(f"mean mass where it is there:   {targets[~gap].mean():.2f} kg")

# %% [markdown]
# <!-- given: 1 -->
#
# The rows with a gap are other penguins: 1.4 kg heavier{=targets[gap].mean() - targets[~gap].mean()}.
# So these gaps say something themselves. Three{=len(WAYS)} ways to go on:
#
# - **Leave out** the rows with gaps, and say how many.
#   A penguin without a flipper gets the mean guess.
# - **Fill** each gap with the mean of the training rows.
# - **Fill and mark**: fill, and add a column that says 1 where the number was missing.
#
# This is a choice, so the validation rows decide.
# One run can be lucky: take the mean of five{=len(SEEDS)} seeds.
# Beside it, the same with as many gaps that came by chance.
# (`np.nanmean` is the mean of the numbers that are there.)
#
# ??? question "Guess: which way is best with the short ruler? And with gaps by chance?"
#
#     With the short ruler: fill and mark{=np.argmin([mean_off(way, with_gaps).sum() for way in WAYS]) == 2}. By chance: no clear winner{=np.ptp([mean_off(way, by_chance) for way in WAYS], axis=0).max() < 0.02}.

# %%
WAYS = ["leave out", "fill", "fill and mark"]
SEEDS = [0, 1, 2, 3, 4]


def off_with(way, with_gaps, seed):
    """Return how far off validation penguins with a flipper are, and those without."""
    gap = np.isnan(with_gaps[:, 0])
    training, validation, test = split(len(inputs), seed)
    if way == "leave out":
        training = training[~gap[training]]
    filled = with_gaps.copy()
    filled[gap] = np.nanmean(with_gaps[training])
    columns = scaled(filled, training)
    if way == "fill and mark":
        columns = np.column_stack([columns, gap])
    line = trained_line(columns[training], targets[training], seed)
    predictions = line.forward(columns)
    if way == "leave out":
        predictions[gap] = targets[training].mean()
    there, missing = validation[~gap[validation]], validation[gap[validation]]
    return [kg_off(predictions[part], targets[part]) for part in (there, missing)]


def mean_off(way, with_gaps):
    """Return the mean of five seeds."""
    return np.mean([off_with(way, with_gaps, seed) for seed in SEEDS], axis=0)


by_chance = inputs.copy()
chosen = np.random.default_rng(10).permutation(len(inputs))[:61]
by_chance[chosen] = math.nan

print("kg off with a flipper, and without")
for way in WAYS:
    print(f"{way:13}: short ruler", mean_off(way, with_gaps).round(2), end=", ")
    print("by chance", mean_off(way, by_chance).round(2))

# %% [markdown]
# With the short ruler:
#
# - To leave out costs nothing where there is a flipper. But who has none gets a bad guess:
#   heavy penguins were left out, so the mean is too low.
# - To fill spoils the line{=mean_off('fill', with_gaps)[0] > mean_off('leave out', with_gaps)[0] + 0.05}. Heavy penguins with a middling flipper pull it away.
# - To fill and mark keeps the line, and learns how heavy a penguin with a gap is.
#   It costs one more weight. And it fails if gaps arise another way.
#
# With gaps by chance it hardly matters. So leave the rows out, and say so.
# Is the mass itself missing? Then there is nothing to learn from: leave the row out.
#
# ## A kind in place of an amount
#
# The second file is about fruit: weight, width and kind. **These rows are invented.**
# The next cell draws them by chance. Nobody weighed a plum.
# (`rng.normal` draws numbers, most of them small.)
#
# You need not know the kinds beforehand. `set` keeps each text once, `sorted` puts them in order,
# and `count` says how often each is there.

# %%
rng = np.random.default_rng(0)
fruit_rows = [["weight_g", "width_mm", "kind"]]


def invent(kind, count, weight, width):
    """Add made-up fruit of one kind to the rows."""
    for number in range(count):
        size = rng.normal()  # a large fruit is heavy and wide
        grams = weight + 22 * size + 6 * rng.normal()
        fruit_rows.append([round(grams), round(width + 5 * size + 3 * rng.normal()), kind])


invent("apple", 119, weight=160, width=72)
invent("Apple", 1, weight=160, width=72)  # a slip, on purpose
invent("lemon", 80, weight=115, width=58)
invent("plum", 60, weight=70, width=48)

rows = read_csv(write_csv("fruit.csv", fruit_rows))
print("problems:", problems_in(rows, ["weight_g", "width_mm"]))
texts = column(rows, "kind")
for kind in sorted(set(texts)):
    print(f"{kind}: {texts.count(kind)} rows")

# %% [markdown]
# A kind with a single row{=column(rows, 'kind').count('Apple') == 1} is suspicious: for a computer, `Apple` is another word.
# (A gap would show here too, as a kind without a name.)
#
# So make all letters small, with `lower`, and give each kind a number, from 0{=labels.min()} up:

# %%
texts = [text.lower() for text in texts]
kinds = sorted(set(texts))
labels = np.array([kinds.index(text) for text in texts])
weights, widths = numbers(column(rows, "weight_g")), numbers(column(rows, "width_mm"))
inputs = np.column_stack([weights, widths])
print("kinds:", kinds)

# %% [markdown]
# ## How many hidden numbers, how many epochs?
#
# <!-- given: 8, 160 -->
#
# Nobody knows beforehand. Try some, and let the validation heap decide. That is what it is for.
#
# ??? question "Guess: does a network with 128 hidden numbers beat one with 8?"
#
#     Hardly. Compare the lines.


# %%
def trained_on_fruit(n_hidden, n_epochs, seed):
    """Return a network for the fruit, and its validation loss after each epoch."""
    training, validation, test = split(len(inputs), seed)
    values = scaled(inputs, training)
    rng = np.random.default_rng(seed)
    n_inputs, n_kinds = len(inputs[0]), len(kinds)
    network = Network(Dense(n_inputs, n_hidden, rng=rng), ReLU(), Dense(n_hidden, n_kinds, rng=rng))
    epochs = train(
        network,
        softmax_cross_entropy,
        SGD(learning_rate=0.1),
        values[training],
        labels[training],
        epochs=n_epochs,
        batch_size=32,
        rng=rng,
        validation=(values[validation], labels[validation]),
    )
    return network, [epoch.validation_loss for epoch in epochs]


def validation_losses(n_hidden):
    """Return the validation loss after 10, 40 and 160 epochs, one row for each seed."""
    table = []
    for seed in SEEDS:
        network, losses = trained_on_fruit(n_hidden, 160, seed)
        table.append([losses[9], losses[39], losses[159]])
    return np.array(table)


print(f"baseline, a blind guess between {len(kinds)}: loss {np.log(len(kinds)):.2f}")
print("hidden numbers: mean loss after 10, 40 and 160 epochs")
for n_hidden in (1, 8, 128):
    print(f"{n_hidden:14}:", validation_losses(n_hidden).mean(axis=0).round(2))
print("8 after 40, seed by seed:", validation_losses(8)[:, 1].round(2))

# %% [markdown]
# One hidden number is not enough. 128 are faster at first. After 40 epochs they are a little ahead of 8{=0 < (validation_losses(8) - validation_losses(128))[:, 1].mean() < 0.05}, after 160 a little behind{=0 < (validation_losses(128) - validation_losses(8))[:, 2].mean() < 0.05}.
# From 40 epochs to 160 the loss of 8 hardly falls{=0 < np.diff(-validation_losses(8).mean(axis=0))[1] < 0.02}, and one seed differs from another by up to 0.23{=np.ptp(validation_losses(8)[:, 1])}.
# A difference that is smaller than that between seeds decides nothing.
# So take the small one: 8 hidden numbers, 40 epochs.
#
# ## The test
#
# All is chosen. Now look at the test fruit, once, with the network of each seed:

# %%
shares = []
for seed in SEEDS:
    network, losses = trained_on_fruit(8, 40, seed)
    training, validation, test = split(len(inputs), seed)
    guesses = network.forward(scaled(inputs, training)[test]).argmax(axis=1)
    share = np.mean(guesses == labels[test])
    shares.append(share)
    print(f"seed {seed}: {share:.0%} right")

print(f"baseline, always {kinds[0]}: {np.mean(labels == 0):.0%} right")

# %% [markdown]
# Say it as it is: 84 % right on average, from 83 % to 87 % in five runs{=[100 * f(shares) for f in (np.mean, min, max)]}.
# One run alone would have been luck, good or bad. And other test fruit would give other numbers, too.
#
# ## Save it with its scaling and its kinds
#
# The network knows only scaled numbers, and it answers with the number of a kind.
# So the mean, the spread and the kinds go into the same file as the weights.

# %%
network, losses = trained_on_fruit(8, 40, seed=0)
training, validation, test = split(len(inputs), seed=0)
mean, spread = scaling(inputs, training)
path = f"{folder.name}/fruit.npz"
np.savez(path, mean, spread, kinds, *[parameter.value for parameter in network.parameters])

with np.load(path) as file:
    arrays = [file[name] for name in file.files]
loaded_mean, loaded_spread, loaded_kinds = arrays[:3]
rng = np.random.default_rng(1)
loaded_network = Network(Dense(2, 8, rng=rng), ReLU(), Dense(8, 3, rng=rng))
for parameter, value in zip(loaded_network.parameters, arrays[3:]):
    parameter.value[:] = value

new_fruit = np.array([[130.0, 62.0]])  # 130 g, 62 mm
scores = loaded_network.forward((new_fruit - loaded_mean) / loaded_spread)
for kind, probability in zip(loaded_kinds, softmax(scores)[0]):
    print(f"{kind}: {probability:.0%}")
same = np.array_equal(scores, network.forward((new_fruit - mean) / spread))
print("the loaded network says the same:", same)
folder.cleanup()

# %% [markdown]
# It is not sure: 50 % for a lemon, 46 % for an apple{=100 * softmax(scores)[0, [1, 0]]}.
# A fruit of 130 g lies between the two, so that is honest.
#
# ## Your file, in the page
#
# <!-- given: 5 -->
#
# On the page of this lab you can choose a CSV file of your own, of up to 5 MB.
# It is read right there: nothing of it leaves your computer.
# You see what is in its columns, and which rows cannot be used, and why.
# Then you choose what to predict, an amount or a kind, and from which columns of numbers.
# A network learns from your rows with the functions of this lab, and is tested.
# All of it can be saved as a notebook.
#
# <div class="own-data"></div>
#
# ## A list for your own file
#
# 1. What is one row? What do you want to predict: an amount or a kind?
# 2. Read the file with a check for each column, and mend what it reports.
# 3. Look at the smallest and largest values, and count the kinds.
#    Drop a column whose smallest and largest are equal.
# 4. Count the gaps. Compare those rows with the others, and say what you did.
# 5. Split. Keep the test rows away from everything that follows.
# 6. Scale with the numbers of the training rows.
# 7. Work out the baseline: the mean guess, the blind guess, the most common kind.
# 8. Choose sizes, epochs and the rate by the validation rows, with several seeds.
# 9. Test once. Does it beat the baseline?
# 10. Save the weights *and* the scaling. Load them, and compare one prediction.
#
# Do rows belong together, such as ten photos of the same person? Then keep them in the same heap.
# Do you want to predict the future? Then train on the past and test on what came later.
#
# ## Which numbers should match yours?
#
# The counts of rows, the smallest and largest values of the penguins, and every report of a
# problem must match.
# The heaps, the invented fruit and the first weights come from random numbers.
# With the same version of NumPy all digits match.
# With another one, expect both networks clearly better than their baselines,
# and the same order of the three{=len(WAYS)} ways with gaps.
#
# ## Change something
#
# <!-- given: 100 -->
#
# - Write a file with a misspelt column, `flipper`. What does the check say?
# - Report a flipper below 100 mm as a problem. Where does the line go?
#
# ??? question "Answers"
#
#     - That `flipper_mm` should be there once, not 0{=['flipper', 'mass_kg'].count(PENGUIN_COLUMNS[0])} times.
#     - Next to the line that finds a text that is no number.
# ## Check yourself
#
# <!-- given: 90, 95 -->
#
# ??? question "A network is right in 90 % of all cases. Is that good?"
#
#     You cannot tell before you know the baseline.
#     If 95 % of the rows are of one kind, it is worse than no network.
#
# ??? question "Why must the mean and the spread be saved?"
#
#     The weights were learned for scaled numbers. Each new row must be scaled in the same way.
