"""More than one cook: what came out of real processes, how faults end, and what it costs to talk.

cooks.json is written by `make record-cooks`, where PyTorch is installed; the tests run the
programs again, and compare.
"""

from typing import Any

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from website.figures.frameworks import off, power, read
from website.look import GRADIENT, INK, LOSS, PREDICTION, Table

COOKS = (1, 2, 4, 8, 16)
WAITS = 15  # seconds, as the program has it
# Of each fault, what happens and the words by which it is known.
FAULTS = {
    "killed": ("A cook is killed", "Signal 9 (SIGKILL)"),
    "error": ("A cook makes a mistake", "the mistake, and FAILED"),
    "asleep": ("A cook falls asleep", "Cook 0 had to stop"),
    "frozen": ("The system freezes a cook", "Cook 0 had to stop"),
    "batches": ("A cook has fewer batches", "Cook 1 had to stop: Rank 1 exhausted all inputs"),
    "three": ("Three cooks for 32 cards", "3 cooks cannot share 32 cards evenly"),
    "port": ("The port is taken", "EADDRINUSE, address already in use"),
    "alone": ("One of two cooks does not come", "The cooks did not meet"),
    "machine": ("One of two machines does not come", "RendezvousTimeoutError"),
}
# How the networks that are drawn look: which of them, colour, marker.
DRAWN = {0: (LOSS, "s"), 1: (GRADIENT, "v"), 2: (PREDICTION, "D"), 5: (INK, "o")}


def equal_data() -> dict[str, Any]:
    """Return the last losses of one cook and of two, and their largest difference."""
    losses = read("cooks.json")["losses"]
    return {
        "epochs": len(losses["1"]),
        "one": losses["1"][-1],
        "two": losses["2"][-1],
        "off": off(losses["1"], losses["2"]),
        "off_nnbasics": off(losses["2"], read("frameworks.json")["losses"]["nnbasics"]),
    }


def equal_table() -> Table:
    """Show both runs to the last digits, and what they differ by."""
    losses = read("cooks.json")["losses"]
    columns = {"Epoch": "", "One cook": "loss", "Two cooks": "loss", "Difference": ""}
    pairs = list(enumerate(zip(losses["1"], losses["2"], strict=True), 1))
    rows = [
        (str(epoch), f"{one:.15f}", f"{two:.15f}", power(abs(one - two)))
        for epoch, (one, two) in (pairs[0], pairs[9], pairs[19])
    ]
    return Table(columns, rows)


def changes_data() -> dict[str, Any]:
    """Return the last loss of each run, and by how much the runs with other shares are off."""
    one, two = (read("cooks.json")["changes"][cooks] for cooks in "12")
    last = {name: found[-1] for name, found in two.items() if isinstance(found, list)}
    plain = {name: found for name, found in two.items() if not isinstance(found, list)}
    return {
        "last": last,
        "one": {name: found[-1] for name, found in one.items() if isinstance(found, list)},
        "off": {
            "uneven": off(two["uneven"], two["right"]),
            "weighed": off(two["uneven_weighed"], two["right"]),
            "batch_norm": off(two["batch_norm"], one["batch_norm"]),
            "sampled": off(two["batch_32"], one["batch_32"]),
            "twice_the_batch": off(two["batch_32_each"], one["batch_64"]),
        },
        **plain,
    }


def faults_data() -> dict[str, Any]:
    """Return the seconds after which each fault ends."""
    return {name: seconds for name, (_, seconds) in read("cooks.json")["faults"].items()}


def faults_table() -> Table:
    """Tell how each fault ends."""
    seconds = faults_data()
    columns = {"What goes wrong": "", "What you read": "", "Seconds until it ends": ""}
    return Table(
        columns, [(what, words, f"{seconds[name]:.0f}") for name, (what, words) in FAULTS.items()]
    )


def ends_data() -> dict[str, Any]:
    """Return how many runs ended well, of how many."""
    found: dict[str, Any] = read("cooks.json")["ends"]
    return found


def memory_data() -> dict[str, Any]:
    """Return the megabytes of the file, and what each way took of the memory."""
    found = read("cooks.json")["memory"]
    return {
        "file": found["mapped"]["file"] / 1e6,
        "mapped": found["mapped"]["memory"] / 1e6,
        "loaded": found["loaded"]["memory"] / 1e6,
        "losses": [found[way]["loss"] for way in ("mapped", "loaded")],
    }


def talk_data() -> dict[str, Any]:
    """Return what was measured, and what the calculation says, of each network and batch."""
    talk = read("cooks.json")["talk"]
    messages = talk["messages"]
    (_, wait), (numbers, longest) = messages[0], messages[-1]
    rate = (longest - wait) / numbers  # milliseconds for a number
    networks = talk["networks"]
    calculated = [[took(each, cooks, wait, rate) for cooks in COOKS] for each in networks]
    ones = [each["one"] for each in networks]
    return {
        "wait": wait,
        "million": rate * 1e6,
        "turns": talk["turns"],
        "networks": [each["network"] for each in networks],
        "batches": [each["batch"] for each in networks],
        "weights": [each["weights"] for each in networks],
        "one": ones,
        "half": [each["half"] for each in networks],
        "two": [each["two"] for each in networks],
        "calculated": [each[1] for each in calculated],
        "faster": [each["one"] / each["two"] for each in networks],
        "calculated_faster": [
            [one / each for each in times] for one, times in zip(ones, calculated, strict=True)
        ],
        "above": [
            each["two"] / times[1] - 1 for each, times in zip(networks, calculated, strict=True)
        ],
    }


def took(network: dict[str, Any], cooks: int, wait: float, rate: float) -> float:
    """Return the milliseconds of an update by the plain calculation.

    A part of the work gets smaller with the shares, and a part does not: what one cook took, and
    what two took without their talk, tell how large they are. The numbers go round in a ring: in
    each of 2 (cooks - 1) messages one share of them.
    """
    if cooks == 1:
        return float(network["one"])
    shared = max(0.0, 2 * (network["one"] - network["half"]))
    work = network["half"] - shared / 2 + shared / cooks
    messages = 2 * (cooks - 1)
    talk = messages / 2 * wait + messages / cooks * rate * network["weights"]
    return float(work + talk)


def talk_table() -> Table:
    """Tell what one cook and two take, measured and worked out."""
    data = talk_data()
    columns = {"Network, batch": "", "Weights": "", "One cook, ms": "", "Two cooks, ms": ""}
    columns |= {"Worked out, ms": "", "Times as fast": ""}
    names = zip(data["networks"], data["batches"], strict=True)
    cells = ("weights", "one", "two", "calculated", "faster")
    rows = [
        (f"{name}, {batch}", f"{weights:,}", *(f"{ms:.1f}" for ms in times), f"{faster:.2f}")
        for (name, batch), weights, *times, faster in zip(
            names, *(data[cell] for cell in cells), strict=True
        )
    ]
    return Table(columns, rows)


def pays_data() -> dict[str, Any]:
    """Return how many times as fast more cooks are, worked out, and measured for two."""
    data = talk_data()
    return {
        "cooks": list(COOKS),
        "names": [f"{data['networks'][n]}, {data['batches'][n]}" for n in DRAWN],
        "lines": [data["calculated_faster"][n] for n in DRAWN],
        "measured": [data["faster"][n] for n in DRAWN],
    }


def draw_pays(data: dict[str, Any]) -> Figure:
    """Draw what is worked out as lines, and what was measured as marks."""
    figure, axes = plt.subplots(figsize=(5, 4))
    places = np.arange(len(data["cooks"]))
    axes.plot(places, data["cooks"], color=INK, linestyle=":", linewidth=1)
    axes.text(places[-1] + 0.1, data["cooks"][-1], "if talk were free", va="center", color=INK)
    looks = DRAWN.values()
    for name, line, dot, (colour, marker) in zip(
        data["names"], data["lines"], data["measured"], looks, strict=True
    ):
        axes.plot(places, line, color=colour)
        axes.plot([1], [dot], color=colour, marker=marker, markersize=7, linestyle="")
        axes.text(places[-1] + 0.1, line[-1], name, va="center", color=colour)
    axes.set(yscale="log", xlim=(-0.2, len(places) + 2.8), ylim=(1 / 64, 20), xticks=places)
    axes.set_xticklabels([str(cooks) for cooks in data["cooks"]])
    axes.set_yticks([1 / 32, 1 / 8, 1 / 2, 1, 2, 4, 8, 16])
    axes.set_yticklabels(["1/32", "⅛", "½", "1", "2", "4", "8", "16"])
    axes.minorticks_off()
    axes.set(xlabel="cooks", ylabel="times as fast as one cook")
    axes.grid(axis="y")
    return figure


def made_table() -> Table:
    """Tell with what the numbers were made."""
    record = read("cooks.json")
    names = ("Python", "NumPy", "PyTorch")
    rows = [(name, record["versions"][name]) for name in names]
    return Table({"What": "", "Version": ""}, [*rows, ("Processor", record["machine"])])
