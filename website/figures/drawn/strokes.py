"""Drawn digits: made by a program, and brought into the form of the training pictures.

No hand drew these. Each is one of a few ways to write its digit, which were put down here as
corners, with everything that varies between hands drawn at random: size, place, width, slant,
turn, and how crooked it is.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Stroke = list[list[int]]
WIDTH, HEIGHT = 200, 240  # of the paper, on which x and y are whole numbers

# For each digit its ways, each made of strokes, in a box of 1 by 1 with y downwards. A stroke of
# two points is straight, others are curves. Strokes that share a corner stay joined there.
WAYS: dict[int, list[list[list[Point]]]] = {
    0: [
        [[(.55, 0), (.15, .15), (0, .5), (.15, .88), (.5, 1), (.85, .87), (1, .5), (.85, .13),
          (.55, 0)]],
        [[(.7, .05), (.4, 0), (.1, .2), (0, .55), (.2, .9), (.55, 1), (.9, .8), (1, .45),
          (.85, .12), (.6, .02)]],
    ],
    1: [
        [[(.5, 0), (.5, 1)]],
        [[(.1, .25), (.55, 0), (.55, .5), (.55, 1)]],
        [[(.15, .25), (.5, 0), (.5, 1)], [(.1, 1), (.9, 1)]],
    ],
    2: [
        [[(.05, .22), (.25, .03), (.6, 0), (.9, .15), (.9, .38), (.55, .68), (0, 1)],
         [(0, 1), (1, 1)]],
        [[(.08, .25), (.3, .02), (.7, .02), (.95, .25), (.75, .55), (.35, .82), (.05, .97),
          (.1, .85), (.35, .88), (.65, 1), (1, .95)]],
    ],
    3: [
        [[(.08, .12), (.4, 0), (.8, .08), (.85, .3), (.65, .45), (.35, .48)],
         [(.35, .48), (.75, .52), (1, .72), (.8, .95), (.4, 1), (0, .9)]],
        [[(.05, 0), (.95, 0)], [(.95, 0), (.45, .4)],
         [(.45, .4), (.85, .48), (1, .7), (.8, .95), (.4, 1), (0, .9)]],
    ],
    4: [
        [[(.35, 0), (.2, .3), (0, .6)], [(0, .6), (1, .58)], [(.7, .25), (.68, .6), (.65, 1)]],
        [[(.7, 0), (0, .68)], [(0, .68), (1, .68)], [(.7, 0), (.7, 1)]],
    ],
    5: [
        [[(.15, 0), (.1, .45)], [(.1, .45), (.45, .36), (.85, .45), (1, .7), (.8, .94), (.4, 1),
          (0, .9)], [(.15, 0), (.95, 0)]],
        [[(.9, .02), (.2, .02)], [(.2, .02), (.15, .42)],
         [(.15, .42), (.6, .38), (.95, .6), (.85, .9), (.45, 1), (.02, .93)]],
    ],
    6: [
        [[(.75, 0), (.35, .2), (.08, .55), (.1, .85), (.45, 1), (.85, .9), (1, .7), (.8, .52),
          (.45, .52), (.12, .72)]],
        [[(.6, 0), (.2, .35), (0, .7), (.2, .95), (.6, 1), (.95, .82), (.85, .6), (.5, .55),
          (.1, .75)]],
    ],
    7: [
        [[(0, .03), (1, 0)], [(1, 0), (.65, .45), (.4, 1)]],
        [[(0, .03), (1, 0)], [(1, 0), (.6, .5), (.4, 1)], [(.25, .52), (.9, .48)]],
        [[(.02, .16), (.04, .02)], [(.04, .02), (1, .02)], [(1, .02), (.6, .5), (.45, 1)]],
    ],
    8: [
        [[(.85, .15), (.5, 0), (.15, .15), (.2, .35), (.5, .48), (.85, .65), (.9, .88), (.5, 1),
          (.1, .88), (.15, .65), (.5, .48), (.82, .33), (.85, .15)]],
        [[(.5, 0), (.2, .12), (.2, .35), (.5, .46), (.8, .35), (.8, .12), (.5, 0)],
         [(.5, .46), (.1, .62), (.1, .88), (.5, 1), (.9, .88), (.9, .62), (.5, .46)]],
    ],
    9: [
        [[(.9, .15), (.5, 0), (.1, .12), (.05, .35), (.4, .5), (.8, .38), (.92, .12), (.9, .5),
          (.8, 1)]],
        [[(.9, .2), (.55, 0), (.15, .1), (.05, .35), (.4, .5), (.85, .35), (.92, .15), (.95, .55),
          (.75, .9), (.4, 1), (.1, .9)]],
    ],
}  # fmt: skip


class Drawings(NamedTuple):
    """Digits drawn by the program: the strokes of each, and which digit was meant."""

    strokes: list[list[Stroke]]
    labels: NDArray[np.int64]


def drawings(count: int, seed: int) -> Drawings:
    """Draw the ten digits in turn, `count` in all."""
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % 10
    return Drawings([draw(int(label), rng) for label in labels], labels)


def draw(digit: int, rng: np.random.Generator) -> list[Stroke]:
    """Draw a digit in one of its ways, with all that varies between hands."""
    way = WAYS[digit][rng.integers(len(WAYS[digit]))]
    crooked = rng.uniform(0.02, 0.06)
    corners = {corner: corner + rng.normal(0, crooked, 2) for stroke in way for corner in stroke}
    lines = [_curve(np.array([corners[corner] for corner in stroke])) for stroke in way]
    size, wide = rng.uniform(0.3, 0.95), rng.uniform(0.4, 0.9) * (0.6 if digit == 1 else 1)
    turn, slant = rng.normal(0, 0.1), rng.normal(0.1, 0.18)
    (bend_x, bend_y), waves = rng.uniform(0, 0.03, 2), 2 * np.pi * rng.uniform(1, 2.5, 2)
    start = rng.uniform(0, 2 * np.pi, 2)
    cos, sin = np.cos(turn), np.sin(turn)
    moved = []
    for line in lines:
        x, y = line.T
        x = x + bend_x * np.sin(waves[0] * y + start[0])
        y = y + bend_y * np.sin(waves[1] * x + start[1]) - 0.5
        x = (x - 0.5) * wide - slant * y
        moved.append(np.stack([x * cos - y * sin, x * sin + y * cos], axis=1) * size * HEIGHT)
    low, high = (edge(np.concatenate(moved), axis=0) for edge in (np.min, np.max))
    paper = np.array([WIDTH, HEIGHT])
    scale = min(1, *(0.96 * paper / (high - low)))
    place = rng.uniform(0, 1, 2) * (paper - (high - low) * scale) - low * scale
    return [np.round(line * scale + place).astype(int).tolist() for line in moved]


def _curve(corners: NDArray[np.float64], steps: int = 6) -> NDArray[np.float64]:
    """Lay a smooth line through some points (Catmull and Rom), a straight one through two."""
    first, last = 2 * corners[:1] - corners[1:2], 2 * corners[-1:] - corners[-2:-1]
    all_four = np.concatenate([first, corners, last])
    t = np.arange(steps)[:, np.newaxis] / steps
    parts = [
        b + ((c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3) / 2
        for a, b, c, d in zip(all_four, all_four[1:], all_four[2:], all_four[3:], strict=False)
    ]  # fmt: skip
    return np.concatenate([*parts, corners[-1:]])


# What follows is in read.js as well, step by step, and a test holds the two together. In the
# training pictures a digit is 8 rows high and about 6 columns wide, and has about 310 of 1,024 dots
# inked, a 1 no less than an 8.
TALL, WIDE, NARROW, INK = 27.0, 16.0, 0.45, 310
DOTS = np.arange(32) + 0.5


def prepare(strokes: list[Stroke]) -> NDArray[np.int64]:
    """Return the 64 numbers of a drawing: ink of 0 to 16 in each block of 4 by 4 dots."""
    points = np.array([point for stroke in strokes for point in stroke])
    low_x, low_y = map(int, points.min(axis=0))
    high_x, high_y = map(int, points.max(axis=0))
    width, height = high_x - low_x, high_y - low_y
    stretch_x, stretch_y = stretches(width, height)
    middle_x, middle_y = (low_x + high_x) / 2, (low_y + high_y) / 2
    nearest = np.full((32, 32), np.inf)
    for stroke in strokes:
        placed = [
            ((x - middle_x) * stretch_x + 16, (y - middle_y) * stretch_y + 16) for x, y in stroke
        ]
        for start, end in zip(placed, placed[1:] or placed, strict=False):
            nearest = np.minimum(nearest, _distances(start, end))
    # The pen is as wide as it must be to ink so many dots.
    pen = np.sort(nearest, axis=None)[INK - 1]
    inked: NDArray[np.int64] = (nearest <= pen).reshape(8, 4, 8, 4).sum(axis=(1, 3))
    return inked.reshape(64)


def stretches(width: int, height: int) -> tuple[float, float]:
    """Return how much to stretch a drawing sideways and upwards.

    It becomes as high and as wide as the training pictures. One that is narrow is widened less,
    and a very narrow one not at all: it is a 1. A flat one does not become high.
    """
    stretch_y = min(TALL / height if height else np.inf, 3 * WIDE / width if width else np.inf)
    if not width:
        return 0.0, stretch_y
    narrow = (width / height if height else 9) / NARROW
    wide = min(WIDE, max(width * stretch_y, WIDE * narrow * narrow))
    return wide / width, stretch_y


def _distances(start: tuple[float, float], end: tuple[float, float]) -> NDArray[np.float64]:
    """Return the squared distance of each dot from a piece of a line."""
    way_x, way_y = end[0] - start[0], end[1] - start[1]
    length = way_x * way_x + way_y * way_y
    x, y = DOTS - start[0], DOTS[:, np.newaxis] - start[1]
    along = np.clip((x * way_x + y * way_y) / length, 0, 1) if length else 0.0
    off_x, off_y = x - along * way_x, y - along * way_y
    distances: NDArray[np.float64] = off_x * off_x + off_y * off_y
    return distances
