"""Marks bind a number in a text to what gives it: It read 293{=right} of them.

In README.md, which is read as it is, the same mark is a comment: 293<!--= right --> of them.
Whatever reads a page reads it without.
"""

import re
from pathlib import Path

MARK = re.compile(r"\{=\s*([^}\n]+?)\s*\}|<!--=\s*([^\n]+?)\s*-->")


def strip(text: str) -> str:
    """Return a text without its marks, as it is read."""
    return MARK.sub("", text)


def read(path: Path) -> str:
    """Return what a file of text says without its marks."""
    return strip(path.read_text(encoding="utf-8"))
