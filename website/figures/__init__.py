"""The experiments behind the figures, tables and claims.

- one module a lesson: for each figure `name_data()` and `draw_name(data)`, for each table
  `name_table()`
- one folder a figure that the reader moves, with all its parts: see website/moving
- `experiments`: runs on the digits that more than one lesson speaks of
- `claims`: the run behind each claim
"""

import importlib
from collections.abc import Callable
from typing import Any, NamedTuple

from matplotlib.figure import Figure


class Parts(NamedTuple):
    """What a figure is made of.

    Attributes:
        data: Computes its numbers.
        draw: Draws them.
        place: The file or folder that holds it, from the top of the repository.
        sent: The names of the numbers that a script gets, if the reader moves it.
        later: The names of those that it fetches when it needs them.
    """

    data: Callable[[], Any]
    draw: Callable[[Any], Figure]
    place: str
    sent: frozenset[str] | None
    later: frozenset[str] = frozenset()


def find(module: str, name: str) -> Any:
    """Return something of a module of this folder by its name."""
    return getattr(importlib.import_module(f"website.figures.{module}"), name)


def parts(figure: str) -> Parts:
    """Return the parts of a figure: "cross_entropy.first_loss", or one to move, "misses"."""
    module, dot, name = figure.partition(".")
    if not dot:
        compute, sent = find(f"{module}.numbers", "compute"), find(f"{module}.numbers", "Sent")
        draw, keys = find(f"{module}.drawing", "draw"), frozenset(sent.__annotations__)
        later = getattr(importlib.import_module(f"website.figures.{module}.numbers"), "Later", None)
        wanted = frozenset(later.__annotations__) if later else frozenset[str]()
        return Parts(compute, draw, f"website/figures/{module}", keys, wanted)
    data, draw = find(module, f"{name}_data"), find(module, f"draw_{name}")
    return Parts(data, draw, f"website/figures/{module}.py", None)
