"""The deck as a fan, and below it the batches, some of them dealt."""

from typing import Any

from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle
from matplotlib.transforms import Affine2D

from website.figures.deck.numbers import Sent
from website.look import INK, MOVES


def draw(numbers: Sent) -> Figure:
    """Draw trays, dealt cards and the fan."""
    figure = plt.figure(figsize=(5, 2.85), layout="none")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, 360), ylim=(72 * 2.85, 0))  # points, as the browser has them
    axes.set_axis_off()
    card, fan, start = numbers["card"], numbers["fan"], numbers["start"]
    size, trays = start["size"], numbers["trays"][str(start["size"])]
    part: dict[str, Any] = {"gid": MOVES, "clip_on": False}
    for number, (x, y, wide, high) in enumerate(trays):
        tray = FancyBboxPatch((x, y), wide, high, boxstyle="round,pad=0,rounding_size=3", **part)
        tray.set(facecolor="none", edgecolor=INK)
        tray.set_linewidth(1.6 if number == start["dealt"] - 1 else 0.7)
        axes.add_patch(tray)
    for position, number in enumerate(numbers["orders"][0]):
        batch, place = divmod(position, size)
        if batch < start["dealt"]:
            x, y, *_ = trays[batch]
            row, column = divmod(place, numbers["columns"][str(size)])
            width, height = card["width"], card["height"]
            spot = Affine2D().translate(
                x + card["left"] + column * card["across"] + width / 2,
                y + card["top"] + row * card["down"] + height / 2,
            )
        else:
            width, height = fan["width"], fan["height"]
            turn = fan["spread"] * ((position + 0.5) / numbers["cards"] - 0.5)
            spot = Affine2D().translate(0, -fan["radius"]).rotate_deg(turn)
            spot.translate(fan["x"], fan["y"])
        box = Rectangle((-width / 2, -height / 2), width, height, linewidth=0, color=INK, **part)
        box.set(alpha=0.15 + 0.8 * number / numbers["cards"])
        axes.add_patch(box).set_transform(spot + axes.transData)
    left = numbers["cards"] - start["dealt"] * size
    axes.text(fan["x"], fan["note"], f"{left} cards in the deck", ha="center", gid=MOVES)
    return figure
