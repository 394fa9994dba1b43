"""How numbers are written in a text: 2,500 or −9 or $50,000 or 1/9 or three."""

import math
import re
from collections.abc import Iterator

DIGITS = r"\d(?:[\d,]*\d)?(?:\.\d+)?"
NUMBER = re.compile(rf"(?<![\w.]){DIGITS}")  # not the 256 of sha256
LITERAL = re.compile(rf"(?<![\w.,/])(?:(?<![\w)])[+−-])?\$?{DIGITS}(?:/\d+)?")
COUNTS = "zero one two three four five six seven eight nine ten eleven twelve"
VALUES: dict[str, float] = {word: number for number, word in enumerate(COUNTS.split())}
VALUES |= {"twenty": 20, "thirty": 30, "forty": 40, "hundred": 100, "once": 1, "twice": 2}
VALUES |= {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10}


def value(literal: str) -> float:
    """Return what a number is worth, in digits or as a word."""
    if literal.lower() in VALUES:
        return VALUES[literal.lower()]
    above, _, below = re.sub("[,$+]", "", literal).replace("−", "-").partition("/")
    return float(above) / float(below or 1) if below.strip("0") or not below else math.inf


def write(number: float | str, like: str) -> str:
    """Write a number as another one is written: its decimals, commas and sign, or as a word."""
    if isinstance(number, str):
        return number
    spelled = like.lower() in VALUES
    if (spelled or "/" in like) and math.isclose(value(like), number, abs_tol=1e-12):
        return like
    if spelled:
        word = next((word for word, n in VALUES.items() if math.isclose(n, number)), f"{number:g}")
        return word.capitalize() if like[0].isupper() else word
    if not math.isfinite(number):
        return str(number)
    decimals = len(like.partition(".")[2])
    commas = "," if "," in like or (abs(number) >= 1000 and len(like) < 4) else ""
    text = f"{abs(number):{commas}.{decimals}f}"
    below_zero = number < 0 and re.search("[1-9]", text)
    sign = ("-" if like.startswith("-") else "−") if below_zero else "+" * like.startswith("+")
    return sign + "$" * ("$" in like) + text


def slips(text: str) -> Iterator[str]:
    """Yield a number with one of its digits mistyped, in every way."""
    for place, digit in enumerate(text):
        if digit.isdigit():
            for other in "0123456789".replace(digit, ""):
                yield text[:place] + other + text[place + 1 :]


def numbers(text: str) -> tuple[float, ...]:
    """Return the numbers in code or in an output, without their signs."""
    text = re.sub(r"(?<=\d)[,_](?=\d{3}\b)", "", text)
    return tuple(float(n) for n in re.findall(r"(?<![A-Za-z_])\d+\.?\d*(?:e[+-]?\d+)?", text))
