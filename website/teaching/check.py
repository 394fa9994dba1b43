"""The first cell of the notebook: tells of an answer whether it is right, and why."""

import base64
import json
import re
import zlib

ANSWERS = "PACKED"  # so that nobody reads them by chance


def numbers(text: str) -> list[float]:
    """Return what numbers a text may mean: 2,303 is 2.303 or 2303, and a unit may follow."""
    ways = [text.replace(",", "."), text.replace(",", "")]
    found = [re.search(r"-?(?:\d+\.?\d*|\.\d+)", way.replace("−", "-")) for way in ways]
    return [float(number[0]) for number in found if number]


def places(number: float) -> int:
    """Return how many digits stand behind the point."""
    return len(f"{number:.15g}".partition(".")[2])


def meant(text: str, values: list[float]) -> int | None:
    """Return which of the values a text is, rounded to one place or more; None for none."""
    away: list[tuple[float, int]] = []
    for place, known in enumerate(values):
        for number in numbers(text):
            least = min(places(known), max(1, places(number)))
            allowed = 0.5 * 10**-least if places(known) else 0
            if abs(number - known) <= allowed + 1e-9:
                away.append((abs(number - known), place))
    return min(away)[1] if away else None


def check(question: str, answer: object) -> None:
    """Say whether an answer is right, and why."""
    asked = json.loads(zlib.decompress(base64.b64decode(ANSWERS)))[question]
    text = str(answer).strip()
    if asked["typed"]:
        wanted = "a number, such as 2.5"
        chosen = meant(text, [float(value) for value, _ in asked["options"]])
        if chosen is None and numbers(text):
            print("Not that. Work it out once more.")
            return
    else:
        wanted = "a letter, such as A"
        letters = [*"ABCDEFGHI"[: len(asked["options"])]]
        chosen = letters.index(text.upper()) if text.upper() in letters else None
    if chosen is None:
        print(f"Put {wanted}, between the quotes, and run this cell again.")
        return
    verdict = "Right." if chosen == asked["right"] else "Not quite."
    print(verdict, asked["options"][chosen][1])
