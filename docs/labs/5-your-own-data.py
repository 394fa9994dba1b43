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
from pathlib import Path

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
# (It goes into a folder that is deleted at the end of this lab.
# Use a folder of your own for your data.)

# %%
folder = tempfile.TemporaryDirectory()


def write_csv(name, rows):
    """Write rows into a CSV file, and return its path."""
    path = Path(folder.name) / name
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


flippers, masses = load_penguins()
penguin_rows = np.column_stack([flippers, masses]).tolist()
penguin_path = write_csv("penguins.csv", [["flipper_mm", "mass_kg"], *penguin_rows])

for line in penguin_path.read_text(encoding="utf-8").splitlines()[:4]:
    print(line)

# %% [markdown]
# ## Read it, and trust nothing
#
# Real files have gaps and typos. A network does not complain about them.
# It just learns something wrong.
# So the reader below looks at every row, collects all that is wrong, and says it in one go.
# Then you can mend the file once, and not once for each mistake.
#
# A column is read by a small function that turns a text into a number, or says why it cannot.


# %%
def as_number(text):
    """Return a text as a number."""
    try:
        number = float(text)
    except ValueError:
        raise ValueError(f"should be a number, got {text!r}") from None
    if not math.isfinite(number):
        raise ValueError(f"should be a finite number, got {text!r}")
    return number


def header_problems(rows, columns):
    """Return what is wrong with the first row, as a list."""
    if not rows:
        return ["the file is empty"]
    header = rows[0]
    problems = [f"row 1: there is no column {name!r}" for name in columns if name not in header]
    repeated = sorted({name for name in header if header.count(name) > 1})
    problems += [f"row 1: more than one column {name!r}" for name in repeated]
    if len(rows) == 1:
        problems.append("there are no rows below the header")
    return problems


def read_row(row, header, columns):
    """Return the numbers of one row by name, and what is wrong with it, as a list."""
    if len(row) != len(header):
        return {}, [f"number of columns is {len(row)}, but the header has {len(header)}"]
    numbers, problems = {}, []
    for name, to_number in columns.items():
        text = row[header.index(name)]
        try:
            if not text:
                raise ValueError("is missing")
            numbers[name] = to_number(text)
        except ValueError as error:
            problems.append(f"{name} {error}")
    return numbers, problems


def read_table(path, columns):
    """Return columns of a CSV file by name, or report all that is wrong with it, by row.

    `columns` says for each name which function turns a text into a number.
    """
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = [[text.strip() for text in row] for row in csv.reader(file)]
    problems, table = header_problems(rows, columns), []
    if not problems:
        for number, row in enumerate(rows[1:], start=2):
            numbers, row_problems = read_row(row, rows[0], columns)
            table.append(numbers)
            problems += [f"row {number}: {problem}" for problem in row_problems]
    if problems:
        raise ValueError("\n  ".join([f"{path.name} must be mended first:", *problems]))
    return {name: np.array([numbers[name] for numbers in table]) for name in columns}


PENGUIN_COLUMNS = {"flipper_mm": as_number, "mass_kg": as_number}

penguins = read_table(penguin_path, PENGUIN_COLUMNS)
for name, values in penguins.items():
    print(f"{name}: {len(values)} values from {values.min()} to {values.max()}")

# %% [markdown]
# <!-- given: 0 -->
#
# Always look at the smallest and the largest value.
# A flipper of 0 mm would show here.
#
# ## Break it on purpose
#
# <!-- given: 1, 3,75 -->
#
# Does the reader find mistakes? Never believe a check that you have not seen fail.
#
# ??? question "The first file in the next cell, sick.csv, has six{=len(sick_rows)} rows below its header. How many of them are wrong?"
#
#     Five{=len(sick_rows) - 1}. Only the first is right.


# %%
def show_problems(path, columns):
    """Read a file that is wrong, and print what the reader says."""
    try:
        read_table(path, columns)
    except ValueError as error:
        print(error)
    else:
        print(f"{path.name} is fine")


HEADER = list(PENGUIN_COLUMNS)
sick_rows = [
    [181, 3.75],
    [186, ""],
    ["19o", 3.25],
    [193],
    [190, "nan"],
    [181, 3.625, "male"],
]
for name, rows in (
    ("sick.csv", [HEADER, *sick_rows]),
    ("empty.csv", []),
    ("only-header.csv", [HEADER]),
    ("twice.csv", [["flipper_mm", "flipper_mm"], [181, 3.75]]),
):
    show_problems(write_csv(name, rows), PENGUIN_COLUMNS)

# %% [markdown]
# The header is row 1, as in a spreadsheet. Row 4{=sick_rows.index(['19o', 3.25]) + 2} has the letter o in place of a zero:
# hard to see, easy to find.
# `nan` is sneaky too: Python takes it for a number, and it would spoil every weight.
# Do not just delete such rows. Ask first why they are wrong:
# perhaps all heavy penguins are missing.
#
# Does it say that there is no column, and you can see the column?
# Some programs write semicolons in place of commas.
# Then pass `delimiter=";"` to `csv.reader`.
# A comma inside a number, as in 3,75, must become a point.
#
# ## Split, then scale
#
# Shuffle the rows and keep some for the test.
# There is no heap for validation here, since nothing is chosen along the way.
# If you try several rates, keep one for that. Then scale:
# take away the mean and divide by the spread.
# Both come from the training rows alone. The test rows must not have a say, not even in that.


# %%
def split(n_rows, n_test, seed=0):
    """Return the row numbers for training and for the test."""
    order = np.random.default_rng(seed).permutation(n_rows)
    return order[n_test:], order[:n_test]


def scaling_of(inputs):
    """Return the mean and the spread of each column."""
    mean, spread = inputs.mean(axis=0), inputs.std(axis=0)
    if (spread == 0).any():
        raise ValueError("a column has the same value in every row: leave it out")
    return mean, spread


def scale(rows, scaling):
    """Return rows of numbers around 0, with a spread of about 1."""
    mean, spread = scaling
    return (rows - mean) / spread


inputs = penguins["flipper_mm"].reshape(-1, 1)
targets = penguins["mass_kg"].reshape(-1, 1)
training, test = split(len(inputs), n_test=68)
scaling = scaling_of(inputs[training])
scaled = scale(inputs, scaling)

print(f"{len(training)} rows to train, {len(test)} to test")
mean, spread = scaling
print(f"mean {mean[0]:.1f} mm, spread {spread[0]:.1f} mm")

# %% [markdown]
# ## First a guess without a network
#
# What if you said the same mass for every penguin, the mean of the training rows?
# This is the baseline. A network that cannot beat it has learned nothing.

# %%
mean_mass = targets[training].mean()
baseline = mse(np.full_like(targets[test], mean_mass), targets[test])
print(f"always {mean_mass:.2f} kg: {baseline:.3f} kg², so {baseline**0.5:.2f} kg off")

# %% [markdown]
# ## Train and test
#
# `fit` prints the loss, so you can see that it falls and then stays.


# %%
def fit(network, loss_function, inputs, targets, *, learning_rate, epochs):
    """Train a network, and print its loss five times on the way."""
    rng = np.random.default_rng(0)
    optimizer = SGD(learning_rate=learning_rate)
    for epoch in train(
        network, loss_function, optimizer, inputs, targets, epochs=epochs, batch_size=32, rng=rng
    ):
        if epoch.number == 1 or epoch.number % (epochs // 4) == 0:
            print(f"epoch {epoch.number:2}: loss {epoch.loss:.3f}")


line = Network(Dense(1, 1, rng=np.random.default_rng(0)))
fit(line, mse, scaled[training], targets[training], learning_rate=0.02, epochs=20)
test_loss = mse(line.forward(scaled[test]), targets[test])
print(f"test: {test_loss:.3f} kg², so {test_loss**0.5:.2f} kg off")

# %% alt="Masses of the test penguins against their flipper lengths. The points rise from left to right. A straight line, the network, goes through the middle of them. A flat dashed line, the mean guess, misses the short and the long flippers."
figure, axes = plt.subplots(figsize=(5, 3.1), layout="constrained")
axes.plot(inputs[test], targets[test], "o", markersize=4, alpha=0.6)
ends = np.array([[175.0], [230.0]])
on_line = line.forward(scale(ends, scaling))
axes.plot(ends, on_line, "-")
axes.axhline(mean_mass, linestyle="--", color="grey")
axes.text(231, on_line[1, 0], "network", va="center")
axes.text(231, mean_mass, "mean guess", va="bottom")
axes.set(xlabel="flipper length in mm", ylabel="mass in kg", xlim=(170, 250))
plt.show()

# %% [markdown]
# On penguins that it never saw, the network is 0.37 kg off, and the mean guess 0.83 kg{=test_loss**0.5, baseline**0.5}.
# So the flipper really says something about the mass.
#
# ## Save it with its scaling
#
# The network knows only scaled numbers. Without the mean and the spread it is of no use.
# So all three go into one file, together with the weights. The file name ends in `.npz`.


# %%
def save(path, network, scaling):
    """Write a network's parameters and its scaling into one file."""
    mean, spread = scaling
    values = {f"value{i}": parameter.value for i, parameter in enumerate(network.parameters)}
    np.savez(path, mean=mean, spread=spread, **values)


def load(path, network):
    """Read a network's parameters from a file, and return the scaling."""
    with np.load(path) as file:
        for i, parameter in enumerate(network.parameters):
            value = file[f"value{i}"]
            if value.shape != parameter.value.shape:
                raise ValueError(
                    f"the network takes numbers of shape {parameter.value.shape}, "
                    f"got {value.shape}: build a network of the same layers first"
                )
            parameter.value[:] = value
        return file["mean"], file["spread"]


path = Path(folder.name) / "penguins.npz"
save(path, line, scaling)
loaded_line = Network(Dense(1, 1, rng=np.random.default_rng(1)))
loaded_scaling = load(path, loaded_line)

new_row = np.array([[205.0]])  # a flipper of 205 mm
prediction = line.forward(scale(new_row, scaling))
loaded_prediction = loaded_line.forward(scale(new_row, loaded_scaling))
print(f"205 mm: {prediction.item():.2f} kg")
print("the loaded network says the same:", np.array_equal(prediction, loaded_prediction))

# %% [markdown]
# Now somebody measures in centimetres. The same flipper is 20.5.
#
# ??? question "Guess: what does the network say?"
#
#     Something silly. It never saw such a number, and it cannot say "I do not know".

# %%
centimetres = np.array([[20.5]])
print(f"20.5: {line.forward(scale(centimetres, scaling)).item():.2f} kg")
print(f"205 without the scaling: {line.forward(new_row).item():.2f} kg")

# %% [markdown]
# In centimetres a penguin weighs −4.82 kg, and without the scaling 145.26 kg.
# There is no error and no warning.
# So write the unit into the name of each column, and scale every new row just as in training.
#
# ## A kind in place of an amount
#
# The second file is about fruit: weight, width and kind. **These rows are invented.**
# The next cell draws them by chance, so that you have something with three{=len(KINDS)} kinds.
# Nobody weighed a plum.

# %%
KINDS = ["apple", "lemon", "plum"]


def invented_fruit(rng):
    """Return made-up rows: weight in grams, width in millimetres, kind."""
    rows = []
    for kind, count, weight, width in (
        ("apple", 120, 160, 72),
        ("lemon", 80, 115, 58),
        ("plum", 60, 70, 48),
    ):
        for _ in range(count):
            size = rng.normal()  # a large fruit is heavy and wide
            grams = weight + 22 * size + 6 * rng.normal()
            rows.append([round(grams), round(width + 5 * size + 3 * rng.normal()), kind])
    return [["weight_g", "width_mm", "kind"], *rows]


def as_kind(text):
    """Return the number of a kind, counted from 0."""
    if text not in KINDS:
        raise ValueError(f"should be one of {', '.join(KINDS)}, got {text!r}")
    return KINDS.index(text)


FRUIT_COLUMNS = {"weight_g": as_number, "width_mm": as_number, "kind": as_kind}

fruit_rows = invented_fruit(np.random.default_rng(0))
fruit = read_table(write_csv("fruit.csv", fruit_rows), FRUIT_COLUMNS)
for kind, count in zip(KINDS, np.bincount(fruit["kind"]), strict=True):
    print(f"{kind}: {count} rows")

sick_fruit = [fruit_rows[0], [150, 70, "Apple"], [60, 45, "plum"], [110, 60, ""], [140, 66, "pear"]]
show_problems(write_csv("sick-fruit.csv", sick_fruit), FRUIT_COLUMNS)

# %% [markdown]
# <!-- given: 0 -->
#
# The same reader does it. Only the function for the kind is new:
# it gives each kind a number, from 0 up.
# `Apple` with a capital letter is another word, for a computer. It would have become a fourth kind.
#
# ## The same steps again

# %%
inputs = np.column_stack([fruit["weight_g"], fruit["width_mm"]])
labels = fruit["kind"]
training, test = split(len(inputs), n_test=60)
scaling = scaling_of(inputs[training])
scaled = scale(inputs, scaling)

most_common = np.bincount(labels[training]).argmax()
print(f"blind guess: loss {np.log(len(KINDS)):.3f}")
print(f"always {KINDS[most_common]!r}: {np.mean(labels[test] == most_common):.1%} right")


def new_network(seed):
    """Return an untrained network for the fruit."""
    rng = np.random.default_rng(seed)
    return Network(Dense(2, 8, rng=rng), ReLU(), Dense(8, len(KINDS), rng=rng))


network = new_network(0)
examples = scaled[training], labels[training]
fit(network, softmax_cross_entropy, *examples, learning_rate=0.1, epochs=40)
scores = network.forward(scaled[test])
print(f"test: loss {softmax_cross_entropy(scores, labels[test]):.3f}", end=", ")
print(f"{np.mean(scores.argmax(axis=1) == labels[test]):.1%} right")

# %% [markdown]
# There are two baselines here. A blind guess between three{=len(KINDS)} kinds costs ln 3{=len(KINDS)}.
# And who always says the most common kind is right quite often, without looking at the fruit.
#
# Where is it wrong? Count what it said for each kind:

# %%
guesses = scores.argmax(axis=1)
print("       " + "".join(f"{kind:>7}" for kind in KINDS))
for number, kind in enumerate(KINDS):
    said = np.bincount(guesses[labels[test] == number], minlength=len(KINDS))
    print(f"{kind:7}" + "".join(f"{count:7}" for count in said))

# %% [markdown]
# Each row is a kind, and each column is what the network said. Right answers are on the diagonal:
# 27, 16 and 10{=[np.sum((guesses == n) & (labels[test] == n)) for n in range(3)]}.
# An apple is never taken for a plum here.
# Lemons lie between the two, so they take part in every mistake.
# The network beats both baselines: 88.3 % right against 48.3 %, and a loss of 0.343 against 1.099.
#
# ## Save, load, and ask about a new fruit

# %%
path = Path(folder.name) / "fruit.npz"
save(path, network, scaling)
loaded_network = new_network(1)
loaded_scaling = load(path, loaded_network)

new_row = np.array([[130.0, 62.0]])  # 130 g, 62 mm
scores = loaded_network.forward(scale(new_row, loaded_scaling))
for kind, probability in zip(KINDS, softmax(scores)[0], strict=True):
    print(f"{kind}: {probability:.0%}")
same = np.array_equal(scores, network.forward(scale(new_row, scaling)))
print("the loaded network says the same:", same)

folder.cleanup()

# %% [markdown]
# It is not sure: 54 % for a lemon, 44 % for an apple.
# A fruit of 130 g lies between the two, so that is honest.
#
# ## A list for your own file
#
# 1. What is one row? What do you want to predict: an amount or a kind?
# 2. Read the file with a check for each column, and mend what it reports.
# 3. Look at the smallest and largest values, or count the kinds.
# 4. Split. Keep the test rows away from everything that follows.
# 5. Scale with the numbers of the training rows.
# 6. Work out the baseline: the mean guess, the blind guess, the most common kind.
# 7. Train. Does it beat the baseline on the test rows?
# 8. Save the weights *and* the scaling. Load them, and compare one prediction.
#
# Do rows belong together, such as ten photos of the same person? Then keep them in the same heap.
# Do you want to predict the future? Then train on the past and test on what came later.
#
# ## Which digits should match yours?
#
# The counts of rows, the smallest and largest values of the penguins, and every report of the
# reader must match.
# The split, the invented fruit and the first weights come from random numbers.
# With the same version of NumPy all digits match.
# With another one, expect a training loss near 0.16 kg²{=claims.scaled_learns()} for the penguins,
# and both networks clearly better than their baselines.
#
# ## Change something
#
# <!-- given: 100, 1, ValueError("should be at least 100") -->
#
# - Write a file with a misspelt column, `flipper`. What does the reader say?
# - Refuse a flipper below 100 mm:
#   write `as_flipper`, which calls `as_number` and then checks the size.
# - Scale with all rows in place of the training rows. Does the test loss change much?
#   Why is it still wrong?
#
# ??? question "Answers"
#
#     - It says that there is no column `flipper_mm`, in row 1.
#     - Three lines will do: read the number, raise `ValueError("should be at least 100")` if it
#       is smaller, return it.
#       Then put `as_flipper` into the columns.
#     - Hardly, with so many rows. But then the test rows had a say.
#       With few rows it can flatter the result.
#
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
