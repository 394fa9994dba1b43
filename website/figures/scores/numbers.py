"""Softmax and the loss of three scores, each from -3 to 3."""

from typing import TypedDict

from nnbasics import softmax, softmax_cross_entropy


class Sent(TypedDict):
    """What the script gets.

    Only differences count, so the tables are kept by how far cat and dog are ahead of bird:
    `percents[cat - bird + most][dog - bird + most]`, and the losses alike.
    """

    classes: list[str]
    start: list[int]
    scores: list[int]
    most: int
    percents: list[list[list[float]]]
    losses: list[list[list[float]]]


def compute() -> Sent:
    """Return both tables."""
    scores = list(range(-3, 4))
    leads = range(scores[0] - scores[-1], scores[-1] - scores[0] + 1)
    return {
        "classes": ["cat", "dog", "bird"],
        "start": [2, 1, 0],
        "scores": scores,
        "most": leads[-1],
        # Rounded as they are read.
        "percents": [
            [(100 * softmax([cat, dog, 0])).round(1).tolist() for dog in leads] for cat in leads
        ],
        "losses": [
            [
                [round(float(softmax_cross_entropy([cat, dog, 0], label)), 2) for label in range(3)]
                for dog in leads
            ]
            for cat in leads
        ],
    }
