"""What each step says, and which numbers it writes where."""

from collections.abc import Iterable
from typing import TypedDict

LITRES, SALT = 2, 8

# Where each number stands in the drawing, and its colour. What goes forward stands in the circles
# and above the lines between them, and the blame of each is below it.
PLACES: dict[str, tuple[float, float, str]] = {
    "litres": (6, 30, "ink"),
    "first 1": (17, 43, "ink"),
    "first 2": (25, 25, "ink"),
    "raw 1": (35, 46, "ink"),
    "raw 2": (35, 14, "ink"),
    "hidden 1": (57, 46, "ink"),
    "hidden 2": (57, 14, "ink"),
    "last 1": (71, 42, "ink"),
    "last 2": (65, 25, "ink"),
    "prediction": (76, 30, "prediction"),
    "target": (95, 30, "target"),
    "loss": (85.5, 39, "loss"),
    "blame of prediction": (76, 22, "gradient"),
    "blame of last 1": (65, 34.5, "gradient"),
    "blame of last 2": (71, 18, "gradient"),
    "blame of hidden 1": (57, 38, "gradient"),
    "blame of hidden 2": (57, 6, "gradient"),
    "blame of raw 1": (35, 38, "gradient"),
    "blame of raw 2": (35, 6, "gradient"),
    "blame of first 1": (24, 34.5, "gradient"),
    "blame of first 2": (17, 17, "gradient"),
}


class Step(TypedDict):
    """A step of the way: its name, its sums, and what it writes at which places."""

    name: str
    sums: str
    shows: dict[str, str]


class Forward(TypedDict):
    """The weights of both layers, and what a forward pass made with them."""

    first: list[float]
    last: list[float]
    raw: list[float]
    hidden: list[float]
    prediction: float
    loss: float


class Backward(TypedDict):
    """The blame of each: how the loss would change if it grew a little."""

    prediction: float
    last: list[float]
    hidden: list[float]
    raw: list[float]
    first: list[float]


def forward(now: Forward) -> list[Step]:
    """Return the steps from the start to the loss."""
    prediction, miss = written(now["prediction"]), written(now["prediction"] - SALT)
    parts = zip(now["hidden"], now["last"], strict=True)
    return [
        {
            "name": "The start",
            "sums": f"{LITRES} litres go in, and {SALT} grams are right.",
            "shows": {
                "litres": written(LITRES),
                "target": written(SALT),
                **weights(now),
            },
        },
        {
            "name": "Forward: the first layer",
            "sums": products([LITRES, LITRES], now["first"], now["raw"]),
            "shows": at_both("raw", now["raw"]),
        },
        {
            "name": "Forward: ReLU",
            "sums": bends(now["raw"], now["hidden"]),
            "shows": at_both("hidden", now["hidden"]),
        },
        {
            "name": "Forward: the last layer",
            "sums": " + ".join(f"{written(one)} × {bracketed(weight)}" for one, weight in parts)
            + f" = {prediction}",
            "shows": {"prediction": prediction},
        },
        {
            "name": "Loss",
            "sums": f"The miss is {prediction} − {SALT} = {miss}, "
            f"and its square is {written(now['loss'])}.",
            "shows": {"loss": written(now["loss"])},
        },
    ]


def backward(now: Forward, blame: Backward) -> list[Step]:
    """Return the steps from the loss back to the first weights."""
    miss, blamed = now["prediction"] - SALT, blame["prediction"]
    return [
        {
            "name": "Backward: the blame of the prediction",
            "sums": f"2 times the miss: {products([2], [miss], [blamed])}",
            "shows": {"blame of prediction": written(blamed)},
        },
        {
            "name": "Backward: the blame of the last weights",
            "sums": products([blamed, blamed], now["hidden"], blame["last"]),
            "shows": at_both("blame of last", blame["last"]),
        },
        {
            "name": "Backward: the blame of the hidden numbers",
            "sums": products([blamed, blamed], now["last"], blame["hidden"]),
            "shows": at_both("blame of hidden", blame["hidden"]),
        },
        {
            "name": "Backward: through ReLU",
            "sums": bends(blame["hidden"], blame["raw"]),
            "shows": at_both("blame of raw", blame["raw"]),
        },
        {
            "name": "Backward: the blame of the first weights",
            "sums": products(blame["raw"], [LITRES, LITRES], blame["first"]),
            "shows": at_both("blame of first", blame["first"]),
        },
    ]


def update(rate: float, before: Forward, blame: Backward, after: Forward) -> list[Step]:
    """Return the update at a rate, and the way forward after it."""
    old, blamed, new = ([*numbers["first"], *numbers["last"]] for numbers in (before, blame, after))
    sums = [
        f"{written(weight)} − {rate} × {bracketed(part)} = {written(moved)}"
        for weight, part, moved in zip(old, blamed, new, strict=True)
        if part
    ]
    word = "falls" if after["loss"] < before["loss"] else "grows"
    prediction, loss = written(after["prediction"], 2), written(after["loss"], 2)
    return [
        {"name": f"Update at a rate of {rate}", "sums": listed(sums), "shows": weights(after)},
        {
            "name": "Forward again",
            "sums": f"The prediction is {prediction}. "
            f"The loss {word} from {written(before['loss'])} to {loss}.",
            "shows": {
                **at_both("raw", after["raw"], decimals=2),
                **at_both("hidden", after["hidden"], decimals=2),
                "prediction": prediction,
                "loss": loss,
            },
        },
    ]


def weights(now: Forward) -> dict[str, str]:
    """Return what the weights write beside their lines."""
    both = at_both("first", now["first"]) | at_both("last", now["last"])
    return {place: f"× {weight}" for place, weight in both.items()}


def at_both(name: str, numbers: list[float], decimals: int = 3) -> dict[str, str]:
    """Return what two numbers write at the two places of a name."""
    return {f"{name} {at}": written(number, decimals) for at, number in enumerate(numbers, 1)}


def products(ones: list[float], others: list[float], results: list[float]) -> str:
    """Write out how some numbers times others make the results."""
    return listed(
        f"{written(one)} × {bracketed(other)} = {written(result)}"
        for one, other, result in zip(ones, others, results, strict=True)
    )


def bends(before: list[float], after: list[float]) -> str:
    """Say which numbers go through ReLU, and which are turned into 0."""
    return listed(
        f"{written(one)} stays" if one == other else f"{written(one)} becomes {written(other)}"
        for one, other in zip(before, after, strict=True)
    )


def listed(parts: Iterable[str]) -> str:
    """Join one part, or two."""
    return ", and ".join(parts)


def written(number: float, decimals: int = 3) -> str:
    """Write a number with as many decimals as it needs, and with a true minus sign."""
    return f"{round(number, decimals):g}".replace("-", "−")


def bracketed(number: float) -> str:
    """Write a number behind a sign of arithmetic."""
    return f"({written(number)})" if number < 0 else written(number)
