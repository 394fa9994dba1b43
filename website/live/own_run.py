"""Look at a table of the reader's own, and have lab 5's own code learn from it, in the page.

This file runs in the reader's browser. What it runs are cells, and the same cells are the notebook
that the reader can save: so the notebook does what the page did.
"""

import ast
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from matplotlib import pyplot as plt

from website.live import cells, own_data
from website.live.own_data import FileError, Table

FEWEST = 10  # rows: a fifth of them is the test
PICTURED = 6  # columns in a picture
NOTEBOOK = "my-own-data.ipynb"
IMPORTS = """\
import math

import matplotlib.pyplot as plt
import numpy as np

from nnbasics import SGD, Dense, Network, ReLU, mse, softmax_cross_entropy, train"""
# Functions of the lab, in its order.
FROM_THE_LAB = ("column", "numbers", "split", "scaling", "scaled", "kg_off", "trained_line")
FOR_KINDS = (*FROM_THE_LAB, "trained_on_fruit")
READ = """\
with open(NAME, "rb") as file:
    table = read(NAME, file.read(), DECIMALS)
rows, problems = usable(table, TARGET, INPUTS, IS_KIND, GAPS)
for problem in listed(problems):
    print(problem)
print(len(rows) - 1, "rows can be used")"""
SPLIT = """\
inputs = np.column_stack([numbers(column(rows, name)) for name in INPUTS])
training, validation, test = split(len(inputs), seed=0)
print(len(training), "rows to train,", len(validation), "to validate,", len(test), "to test")
# Gaps that were not left out get the mean of the training rows.
for place in range(len(INPUTS)):
    known = inputs[training, place][~np.isnan(inputs[training, place])]
    inputs[np.isnan(inputs[:, place]), place] = known.mean() if len(known) else 0
input_mean, input_spread = scaling(inputs, training)"""
AMOUNT = """\
targets = numbers(column(rows, TARGET)).reshape(-1, 1)
mean, spread = scaling(targets, training)
network = trained_line(
    scaled(inputs, training)[training], ((targets - mean) / spread)[training], seed=0
)
predictions = network.forward(scaled(inputs, training)) * spread + mean
baseline = kg_off(np.full_like(targets[test], mean), targets[test])
print(f"baseline, always {mean.item():.4g}: {baseline:.4g} off on test rows")
print(f"network: {kg_off(predictions[training], targets[training]):.4g} off on training rows")
print(f"network: {kg_off(predictions[test], targets[test]):.4g} off on test rows")
beats = kg_off(predictions[test], targets[test]) < baseline"""
KIND = """\
texts = column(rows, TARGET)
kinds = sorted(set(texts))
labels = np.array([kinds.index(text) for text in texts])
print(len(kinds), "kinds:", ", ".join(kinds))
network, losses = trained_on_fruit(8, 40, seed=0)
guesses = network.forward(scaled(inputs, training)).argmax(axis=1)
common = np.bincount(labels[training]).argmax()
baseline = np.mean(labels[test] == common)
print(f"baseline, always {kinds[common]}: {baseline:.0%} right on test rows")
print(f"network: {np.mean(guesses[training] == labels[training]):.0%} right on training rows")
print(f"network: {np.mean(guesses[test] == labels[test]):.0%} right on test rows")
beats = np.mean(guesses[test] == labels[test]) > baseline"""
JUDGE = """\
if beats:
    print("The network beats the baseline: these columns say something about it.")
else:
    print("The network does not beat the baseline: it has learned nothing that holds elsewhere.")"""
PLOT_AMOUNT = """\
figure, axes = plt.subplots(figsize=(5, 3.1), layout="constrained")
axes.plot(targets[test], predictions[test], "o", markersize=4, alpha=0.6)
ends = [targets.min(), targets.max()]
axes.plot(ends, ends, "--", color="grey")
axes.set(xlabel=TARGET, ylabel="what the network says")
plt.show()"""
PLOT_KIND = """\
figure, axes = plt.subplots(figsize=(5, 3.1), layout="constrained")
axes.plot(range(1, len(losses) + 1), losses)
axes.axhline(np.log(len(kinds)), linestyle="--", color="grey")
axes.set(xlabel="epoch", ylabel="validation loss")
plt.show()"""


def look(name: str, folder: str, decimals: dict[str, str]) -> str:
    """Look at a file, draw its columns of numbers, and return what was found, as JSON."""
    try:
        table = own_data.read(name, Path(folder, name).read_bytes(), decimals)
    except FileError as refused:
        return json.dumps({"refused": str(refused)})
    _draw(table)
    return json.dumps(
        {
            "rows": len(table.rows),
            "notes": table.notes,
            "columns": own_data.described(table),
            "problems": own_data.listed(table.problems),
        }
    )


def _draw(table: Table) -> None:
    """Draw how the numbers of each column are spread."""
    columns = [column for column in table.columns.values() if column.kind == "number"][:PICTURED]
    if not columns:
        return
    n_rows = (len(columns) + 1) // 2
    _, grid = plt.subplots(n_rows, 2, figsize=(5, 1.7 * n_rows), squeeze=False)
    for axes, column in zip(grid.flat, columns, strict=False):
        axes.hist([number for number in column.numbers if number is not None], bins=20)
        axes.set(xlabel=column.name[:30])
    for axes in list(grid.flat)[len(columns) :]:
        axes.set_axis_off()
    grid[0][0].set_ylabel("rows")
    plt.show()


def program(lab: Sequence[str], name: str, choices: dict[str, Any]) -> list[str]:
    """Return the cells that read a file, learn from it and test what was learned.

    Args:
        lab: The lab's own cells.
        name: The name of the file.
        choices: What the reader has chosen: decimals, target, inputs, is_kind, gaps.
    """
    is_kind = choices["is_kind"]
    chosen = "\n".join(
        [
            f"NAME = {name!r}  # in the folder of this notebook",
            f"TARGET = {choices['target']!r}",
            f"INPUTS = {choices['inputs']!r}",
            f"IS_KIND = {is_kind!r}  # or an amount",
            f"GAPS = {choices['gaps']!r}  # 'leave out' or 'fill'",
            f"DECIMALS = {choices['decimals']!r}",
        ]
    )
    return [
        IMPORTS,
        functions_of(lab, FOR_KINDS if is_kind else FROM_THE_LAB),
        Path(own_data.__file__).read_text(encoding="utf-8").rstrip(),
        chosen,
        READ,
        SPLIT,
        (KIND if is_kind else AMOUNT) + "\n" + JUDGE,
        PLOT_KIND if is_kind else PLOT_AMOUNT,
    ]


def functions_of(lab: Sequence[str], names: Sequence[str]) -> str:
    """Return the source of some functions of the lab."""
    found = {
        node.name: ast.get_source_segment(cell, node) or ""
        for cell in lab
        for node in ast.parse(cell).body
        if isinstance(node, ast.FunctionDef)
    }
    return "\n\n\n".join(found[name] for name in names)


def learn(
    lab: Sequence[str],
    name: str,
    choices: dict[str, Any],
    show: Callable[[str], object],
    keep: cells.Keep,
    folder: str,
) -> str:
    """Run the program on a file in a folder, and keep it as a notebook; return why not, or ""."""
    wrong = _wrong(Path(folder, name), choices)
    if wrong:
        return wrong
    namespace: dict[str, Any] = {"__name__": "__main__"}
    sources = program(lab, name, choices)
    for number, source in enumerate(sources, 1):
        stop = cells.run(source, f"<cell {number}>", namespace, show, keep, ())
        if stop:
            return f"It stopped: {stop.message}"
    keep(NOTEBOOK, notebook([*sources, _weights(namespace)], choices["wheel"]))
    return ""


def _wrong(path: Path, choices: dict[str, Any]) -> str:
    """Return why nothing can be learned, or ""."""
    if not choices["inputs"]:
        return "Choose at least one column of numbers to predict from."
    table = own_data.read(path.name, path.read_bytes(), choices["decimals"])
    asked = {key: choices[key] for key in ("target", "inputs", "is_kind", "gaps")}
    rows, problems = own_data.usable(table, **asked)
    if len(rows) - 1 < FEWEST:
        told = "\n".join(own_data.listed(problems))
        return f"Only {len(rows) - 1} rows can be used, and it takes {FEWEST}.\n{told}".rstrip()
    kinds = {row[-1] for row in rows[1:]}
    if len(kinds) < 2:
        return f"All rows have the same {choices['target']}: there is nothing to learn."
    if choices["is_kind"] and 2 * len(kinds) > len(rows):
        return f"{choices['target']} has {len(kinds)} kinds in {len(rows) - 1} rows: too many."
    return ""


def _weights(namespace: dict[str, Any]) -> str:
    """Return what was learned, with its scaling, as a cell."""
    lines = ["# What was learned, as it came out in the page: each list goes into one parameter."]
    scaling = ("input_mean", "input_spread")
    lines += [f"{name} = np.array({namespace[name].tolist()})" for name in scaling]
    weights = [parameter.value.tolist() for parameter in namespace["network"].parameters]
    lines += [f"weights = {weights}", "for parameter, value in zip(network.parameters, weights):"]
    return "\n".join([*lines, "    parameter.value[:] = value"])


def notebook(sources: Sequence[str], wheel: str) -> bytes:
    """Return cells as a notebook, which installs the package from where the page lies."""
    install = f"%pip install --quiet {wheel} matplotlib"
    code: dict[str, Any] = {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
    }
    found = [{**code, "id": f"c{n}", "source": text} for n, text in enumerate([install, *sources])]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    whole = {"cells": found, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=1, ensure_ascii=False).encode()
