"""The errors of the package, by their words, each on the page that explains it."""

import functools
import re
from pathlib import Path

import nnbasics

MESSAGES = Path(__file__).parent / "messages.txt"  # a test holds the package to these words
# Who says it: what was expected, what came, how to mend it, and where that is explained.
MESSAGE = re.compile(
    r"^(?P<who>\w+).*\n +(?P<expected>.+?)(?:, got (?:[^:{]|\{.*?\})*)?: (?P<mend>.+?)"
    r"(?: \((?P<kind>lesson|lab) (?P<number>\d+)\))?$",
    re.M,
)


def explained_on(url: str) -> list[tuple[str, str, str]]:
    """Return the errors that a page explains: the id of the place, what they say, how to mend it.

    An error that names a lesson or a lab is explained there, in the part that shares most of its
    words, which `rank.js` finds. Any other is explained where the reference describes what says it.
    """
    mends: dict[tuple[str, str], dict[str, None]] = {}  # without doubles, in the order of the file
    for message in _messages():
        who = getattr(nnbasics, message["who"])
        page = f"{message['kind']}s/{message['number']}-" if message["kind"] else "reference/"
        place = "" if message["kind"] else f"{who.__module__}.{who.__qualname__}"
        if url.startswith(page):
            mends.setdefault((place, message["expected"]), {})[message["mend"]] = None
    return [(place, expected, "; ".join(mend)) for (place, expected), mend in mends.items()]


@functools.cache
def _messages() -> list[re.Match[str]]:
    """Return all of them, read once for the pages of all builds."""
    return [*MESSAGE.finditer(MESSAGES.read_text(encoding="utf-8"))]
