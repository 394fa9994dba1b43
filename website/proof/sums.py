"""Arithmetic that a sentence writes out: 4 + 4 + 0 = 8, 10 × 10 is 100, −2 times −2 is +4."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from website.proof.numerals import DIGITS

TERM = rf"\(?[+−-]?{DIGITS}\)?"
SIDE = rf"{TERM}(?: *(?:[+−×/÷-]|times|plus|minus) *{TERM})*"
SAYS = r" *(?:=|≈|,? *(?:which +)?is +about|is|comes +to) *"
EQUATION = re.compile(rf"(?<![\w.,/+−×(-])(?<![+−×/÷-] ){SIDE}(?:{SAYS}{SIDE})+(?!\w|[.,]\d)")
PYTHON = {"−": "-", "minus": "-", "plus": "+", "×": "*", "times": "*", "÷": "/", ",": ""}


class Sum(NamedTuple):
    """What a text works out: where it stands, whether it is right, and what it comes to."""

    start: int
    end: int
    result: int
    holds: bool
    gives: float


def sums(text: str) -> Iterator[Sum]:
    """Yield each place where a text says what a sum comes to."""
    for found in EQUATION.finditer(text):
        sides = [side for side in re.split(SAYS, found[0]) if side.strip()]
        if not any(re.search(r"\d\)? *(?:[+−×/÷-]|[a-z])", side) for side in sides):
            continue  # only numbers, nothing that is worked out
        first, *others = (_value(side) for side in sides)
        decimals = len(sides[-1].partition(".")[2]) if re.search("≈|about", found[0]) else 9
        holds = all(abs(round(first, decimals) - other) < 1e-9 for other in others)
        result = found.end() - len(sides[-1].strip().lstrip("+−-("))
        yield Sum(found.start(), found.end(), result, holds, first)


def _value(side: str) -> float:
    """Work out one side: nothing but numbers, brackets and signs of arithmetic stands in it."""
    for sign, python in PYTHON.items():
        side = side.replace(sign, python)
    if side.count("(") != side.count(")"):  # a bracket around the whole sentence
        side = side.strip("() ")
    side = re.sub(r"(?<![\d.])0+(?=\d)", "", side)
    try:
        return float(eval(side, {"__builtins__": {}}))
    except (SyntaxError, ZeroDivisionError):
        return float("nan")
