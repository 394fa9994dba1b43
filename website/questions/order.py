"""The question whose answer is an order. The reader's own order was run when the site was built.

    ??? question "In which order do the four steps go?"

        ```order
        ```

        Some words, as two lists in a row would be one.

        - [x] **Forward, loss, backward, update.** Why it is right.
        - [ ] **Loss, forward, backward, update.** Why this one stops.

The options are one order for each thing that can come out: all orders that gave it are told why by
the same option. An outcome without an option stops the build, and so do two options for one.
"""

import itertools
import re
from typing import Any

from website import figures
from website.pages import mistake
from website.proof import kept
from website.questions.read import Option, Question

FENCE = "```order\n```"
AT_FIRST = "update backward loss forward"  # before the reader moves anything


def is_asked(question: Question) -> bool:
    """Tell whether a question asks for an order."""
    return FENCE in question.before


def gave(question: Question) -> dict[Option, str]:
    """Return what each option's order gave when it was run, in words."""
    epochs = ", ".join(map(str, figures.find("orders", "EPOCHS")))
    words = {}
    for option, outcome in zip(question.options, _of_options(question), strict=True):
        losses = ", ".join(f"{loss:.2f}" for loss in outcome["losses"])
        ran = f"When it was run, the losses of epochs {epochs} were {losses}."
        words[option] = ran if losses else f"When it was run, Python said: {outcome['error']}."
    return words


def to_move(question: Question) -> str:
    """Return what stands before the options, the steps as a list for the script to move."""
    steps = figures.find("orders", "STEPS")
    items = [
        f'1. `{steps[name]}`\n    {{: .step data-step="{[*steps].index(name)}" }}\n'
        for name in AT_FIRST.split()
    ]
    return question.before.replace(FENCE, "".join(items))


def answers(question: Question) -> str:
    """Return the place of the option for each order: 0123:0 is the right one, first option."""
    of_options, outcomes, places = _of_options(question), _outcomes(), []
    # Both the numbers and the orders come as `permutations` gives them.
    for numbers, order in zip(itertools.permutations("0123"), outcomes, strict=True):
        outcome = outcomes[order]
        if of_options.count(outcome) != 1:
            raise mistake(
                question.box, f"one option, and one alone, must tell what {order!r} gives"
            )
        places.append(f"{''.join(numbers)}:{of_options.index(outcome)}")
    return " ".join(places)


def _outcomes() -> dict[str, Any]:
    """Return what each order gave."""
    outcomes: dict[str, Any] = kept.result(figures.find("orders", "outcomes"))
    return outcomes


def _of_options(question: Question) -> list[Any]:
    """Return what the order of each option gave, and refuse one that is no order."""
    outcomes = _outcomes()
    for option in question.options:
        if _order(option) not in outcomes:
            raise mistake(question.box, f"there is no such order: {option.label}")
    return [outcomes[_order(option)] for option in question.options]


def _order(option: Option) -> str:
    return " ".join(re.findall(r"\w+", option.label.casefold()))
