"""The same loop in other libraries: what came out where they are installed, and how fast.

The site is built without them. frameworks.json is written by `make record-frameworks`, speed.json
by `make bench`; the tests run the programs of docs/frameworks/ again, and compare.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from website.look import GRADIENT, INK, LOSS, PREDICTION, TARGET, Table

HERE = Path(__file__).parent
PROGRAMS = {
    "nnbasics": "",
    "PyTorch": "",
    "PyTorch, DataLoader": "with a DataLoader",
    "JAX": "",
    "JAX, scan": "an epoch in one call",
    "Keras": "on JAX",
    "Keras on PyTorch": "on PyTorch",
    "scikit-learn": "",
}


# How each is drawn: colour, marker, kind of line.
LINES = {
    "PyTorch, DataLoader": (LOSS, "s", ":"),
    "PyTorch": (LOSS, "s", "-"),
    "Keras": (GRADIENT, "v", "-"),
    "scikit-learn": (TARGET, "^", "-"),
    "nnbasics": (INK, "o", "-"),
    "JAX": (PREDICTION, "D", "-"),
    "JAX, scan": (PREDICTION, "D", ":"),
}
CARDS = 1280
PRODUCTS = "NumPy's products"


def read(name: str) -> Any:
    """Return what was recorded."""
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def equal_data() -> dict[str, Any]:
    """Return the last loss of each program, and its largest difference from nnbasics."""
    losses = read("frameworks.json")["losses"]
    return {
        "epochs": len(losses["nnbasics"]),
        "digits": [np.finfo(kind).precision + 1 for kind in (np.float64, np.float32)],
        "last": {name: found[-1] for name, found in losses.items()},
        "off": {
            name: off(found, losses["nnbasics"])
            for name, found in losses.items()
            if name != "nnbasics"
        },
    }


def hidden_data() -> dict[str, Any]:
    """Return what the defaults of each library did."""
    record = read("frameworks.json")
    found: dict[str, Any] = record["defaults"]
    found["JAX"]["off"] = off(found["JAX"].pop("losses"), record["losses"]["nnbasics"])
    return found


def off(losses: list[float], others: list[float]) -> float:
    """Return the largest difference between the losses of any epoch."""
    return float(np.abs(np.subtract(losses, others)).max())


def equal_table() -> Table:
    """Tell how far the losses of each library are from those of nnbasics."""
    data, versions = equal_data(), read("frameworks.json")["versions"]
    columns = {"Library": "", "Loss after 20 epochs": "loss", "Largest difference": ""}
    rows = []
    for name, remark in PROGRAMS.items():
        library = name.partition(",")[0].partition(" on ")[0]
        shown = f"{library} {versions[library]}" + f", {remark}" * bool(remark)
        gap = power(data["off"][name]) if name in data["off"] else "–"
        rows.append((shown, f"{data['last'][name]:.6f}", gap))
    return Table(columns, rows)


def power(number: float) -> str:
    """Write a tiny number: 4.4 × 10⁻¹⁶."""
    if not number:
        return "0"
    digits, _, exponent = f"{number:.1e}".partition("e")
    raised = str(int(exponent)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{digits} × 10{raised}"


def made_table() -> Table:
    """Tell with what the numbers were made."""
    record, speed = read("frameworks.json"), read("speed.json")
    if record["versions"] != speed["versions"]:
        raise ValueError("the losses and the times are of other versions: make bench, or record")
    names = ("Python", "NumPy", "PyTorch", "JAX", "Keras", "scikit-learn")
    rows = [(name, record["versions"][name]) for name in names]
    return Table({"What": "", "Version": ""}, [*rows, ("Processor", speed["machine"])])


def speed_data() -> dict[str, Any]:
    """Return how long an update takes in each library, as a multiple of nnbasics'."""
    speed = read("speed.json")
    networks = speed["networks"]
    medians = {name: [each["ratios"][name][1] for each in networks] for name in LINES}
    medians = dict(sorted(medians.items(), key=lambda item: -item[1][0]))
    return {
        "networks": [each["network"] for each in networks],
        "batches": [each["batch"] for each in networks],
        "microseconds": [each["microseconds"][1] for each in networks],
        "products": [each["ratios"][PRODUCTS][1] for each in networks],
        "first": {name: networks[0]["first"][name] for name in LINES},
        "turns": speed["turns"],
        "ratios": medians,
    }


def draw_speed(data: dict[str, Any]) -> Figure:
    """Draw the multiples over the networks; what takes twice the time is as far up everywhere."""
    figure, axes = plt.subplots(figsize=(5, 4.2))
    places = range(len(data["networks"]))
    height = 10.0
    for name, ratios in data["ratios"].items():
        colour, marker, line = LINES[name]
        axes.plot(places, ratios, marker=marker, linestyle=line, color=colour, markersize=6)
        height = min(ratios[0], height / 1.26)  # the names stand apart
        axes.text(-0.12, height, name, ha="right", va="center", color=colour)
    axes.set(yscale="log", ylim=(0.25, 8), xlim=(-2.3, len(places) - 0.8), xticks=places)
    axes.set_xticklabels([name.replace("-", "-\n") for name in data["networks"]])
    axes.set_yticks([0.25, 0.5, 1, 2, 4, 8], ["¼", "½", "1", "2", "4", "8"])
    axes.minorticks_off()
    axes.set(xlabel="network", ylabel="time, nnbasics is 1")
    axes.grid(axis="y")
    return figure


def speed_table() -> Table:
    """Return the multiples, and below what nnbasics takes, and the matrix products alone."""
    data = speed_data()
    heads = zip(data["networks"], data["batches"], strict=True)
    columns = {"Library": ""} | {f"{network}, batches of {size}": "" for network, size in heads}
    named = {"PyTorch, DataLoader": "PyTorch with a DataLoader", "JAX": "JAX, a compiled step"}
    named |= {"JAX, scan": "JAX, a compiled epoch", "Keras": "Keras on JAX"}
    rows = [
        [named.get(name, name), *(f"{ratio:.2f}" for ratio in data["ratios"][name])]
        for name in data["ratios"]
        if name != "nnbasics"
    ]
    rows.append(["The products of tables alone", *(f"{ratio:.2f}" for ratio in data["products"])])
    return Table(
        columns,
        [
            *rows,
            ["nnbasics, millionths of a second", *(f"{us:,.0f}" for us in data["microseconds"])],
        ],
    )
