"""The same loop in other libraries: what came out where they are installed, and how fast.

The site is built without them. frameworks.json is written by `make record-frameworks`, speed.json
by `make bench`; the tests run the programs of frameworks/ again, and compare.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np

from website.look import Table

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


def read(name: str) -> Any:
    """Return what was recorded."""
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def recorded_data() -> dict[str, Any]:
    """Return what each program found, and how far its losses are from those of nnbasics."""
    record: dict[str, Any] = read("frameworks.json")
    ours = np.array(record["losses"]["nnbasics"])
    losses = record.pop("losses")
    record["last"] = {name: found[-1] for name, found in losses.items()}
    record["off"] = {
        name: float(np.abs(np.array(found) - ours).max())
        for name, found in losses.items()
        if name != "nnbasics"
    }
    float32 = np.array(record["defaults"]["JAX"].pop("losses"))
    record["defaults"]["JAX"]["off"] = float(np.abs(float32 - ours).max())
    return record


def equal_table() -> Table:
    """Tell how far the losses of each library are from those of nnbasics."""
    record = recorded_data()
    columns = {"Library": "", "Loss after 20 epochs": "loss", "Largest difference": ""}
    rows = []
    for name, remark in PROGRAMS.items():
        library = name.partition(",")[0].partition(" on ")[0]
        shown = f"{library} {record['versions'][library]}" + f", {remark}" * bool(remark)
        off = power(record["off"][name]) if name in record["off"] else "–"
        rows.append((shown, f"{record['last'][name]:.6f}", off))
    return Table(columns, rows)


def power(number: float) -> str:
    """Write a tiny number: 4.4 × 10⁻¹⁶."""
    if not number:
        return "0"
    digits, _, exponent = f"{number:.1e}".partition("e")
    raised = str(int(exponent)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{digits} × 10{raised}"
