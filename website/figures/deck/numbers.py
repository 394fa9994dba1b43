"""A deck of 100 cards, dealt for three epochs in batches of many sizes."""

from typing import TypedDict

import numpy as np

from nnbasics import batches

N_CARDS, N_EPOCHS = 100, 3
# How the batches of each size lie on the table: cards in a row of a batch, batches side by side.
# Each way fills four rows of cards.
TABLE = {
    1: (1, 25),
    5: (5, 5),
    10: (5, 5),
    16: (16, 2),
    20: (10, 3),
    25: (25, 1),
    30: (30, 1),
    32: (32, 1),
    50: (25, 1),
    64: (32, 1),
    100: (25, 1),
}


class Card(TypedDict):
    """A card on the table, the way to the next one, and its place in a tray, in points."""

    width: float
    height: float
    gap: float
    across: float
    down: float
    left: float
    top: float


CARD = Card(width=8.5, height=15, gap=2, across=10.5, down=17, left=2, top=4)


class Fan(TypedDict):
    """The deck that is left, fanned out: its cards are turned around a point far below."""

    x: float
    y: float
    radius: float
    spread: float
    width: float
    height: float
    note: float


class Start(TypedDict):
    """What is shown at first."""

    size: int
    dealt: int
    shuffled: bool


class Sent(TypedDict):
    """What the script gets: the order of the cards in each epoch, and the batches of each size."""

    start: Start
    cards: int
    epochs: int
    orders: list[list[int]]
    batches: dict[str, list[int]]
    trays: dict[str, list[list[float]]]
    columns: dict[str, int]
    card: Card
    fan: Fan


def deals(batch_size: int) -> tuple[list[list[int]], list[int]]:
    """Deal the deck for three epochs: the order of the cards in each, and its batches' sizes."""
    cards, rng = np.arange(N_CARDS), np.random.default_rng(0)
    orders, sizes = [], []
    for _ in range(N_EPOCHS):
        dealt = [batch.inputs for batch in batches(cards, cards, batch_size, rng=rng)]
        orders.append(np.concatenate(dealt).tolist())
        sizes = [len(batch) for batch in dealt]
    return orders, sizes


def trays(sizes: list[int], columns: int, across: int) -> list[list[float]]:
    """Return where the batches lie: left, top, width and height of each, in points."""
    left, top, whole, gap = 8, 82, 344, 6
    sides = 2 * CARD["left"] - CARD["gap"]
    width = columns * CARD["across"] + sides
    beside = min(18, (whole - across * width) / max(1, across - 1))
    deepest = -(-sizes[0] // columns)
    edges = 2 * CARD["top"] - CARD["gap"]
    return [
        [
            round(left + number % across * (width + beside), 2),
            top + number // across * (deepest * CARD["down"] + edges + gap),
            min(size, columns) * CARD["across"] + sides,
            -(-size // columns) * CARD["down"] + edges,
        ]
        for number, size in enumerate(sizes)
    ]


def compute() -> Sent:
    """Deal 100 cards for three epochs in batches of many sizes, in the order of `batches`."""
    all_deals = {size: deals(size) for size in TABLE}
    orders = all_deals[1][0]
    # The size decides where the deck is cut, not how it is shuffled: one order serves all.
    if any(order != orders for order, _ in all_deals.values()):
        raise ValueError("the order of the cards depends on the size of the batches")
    return {
        "start": {"size": 32, "dealt": 2, "shuffled": True},
        "cards": N_CARDS,
        "epochs": N_EPOCHS,
        "orders": orders,
        "batches": {str(size): sizes for size, (_, sizes) in all_deals.items()},
        "trays": {str(size): trays(sizes, *TABLE[size]) for size, (_, sizes) in all_deals.items()},
        "columns": {str(size): columns for size, (columns, _) in TABLE.items()},
        "card": CARD,
        "fan": {
            "x": 180,
            "y": 500,
            "radius": 474,
            "spread": 40,
            "width": 2.4,
            "height": 34,
            "note": 66,
        },
    }
