"""What a number in a text may be quoted from: code, outputs, tables and the data of figures."""

import functools
import re
from collections.abc import Iterator
from numbers import Real
from typing import Any

from website.proof import kept, runs
from website.proof.numerals import numbers, slips
from website.proof.text import named

Row = tuple[float, ...]


class Known:
    """Numbers that may be quoted, in the order in which they stand."""

    def __init__(self, row: Row) -> None:
        """Remember them; what they are when rounded is worked out once it is asked for."""
        self.row = row
        self._rounded: dict[tuple[int, int], frozenset[float]] = {}
        self._slips: dict[tuple[str, bool], list[str]] = {}

    def has(self, text: str, percent: bool) -> bool:
        """Tell whether a number stands here, rounded as it is written: a whole one is whole."""
        if re.match(r"0[\d,]", text):
            return False
        decimals, number = len(text.partition(".")[2]), float(text.replace(",", ""))
        if number in self._round(decimals, 1):
            return True
        return percent and number in self._round(decimals, 100)

    def slips(self, text: str, percent: bool) -> list[str]:
        """Return how a number may be mistyped so that it stands here as well."""
        key = text, percent
        if key not in self._slips:
            self._slips[key] = [slip for slip in slips(text) if self.has(slip, percent)]
        return self._slips[key]

    def has_in_order(self, texts: list[str], percent: bool) -> bool:
        """Tell whether numbers follow each other here."""
        return any(
            all(
                Known((one,)).has(text, percent)
                for text, one in zip(texts, self.row[start:], strict=False)
            )
            for start in range(len(self.row) - len(texts) + 1)
        )

    def _round(self, decimals: int, times: int) -> frozenset[float]:
        key = decimals, times
        if key not in self._rounded:
            whole = not decimals and times == 1
            self._rounded[key] = frozenset(
                one if whole else round(times * one, decimals) for one in self.row
            )
        return self._rounded[key]


@functools.lru_cache(maxsize=500)
def together(rows: tuple[Row, ...]) -> Known:
    """Return the numbers of several rows."""
    return Known(tuple(one for row in rows for one in row))


@functools.lru_cache(maxsize=500)
def code(text: str) -> Row:
    """Return the numbers in code, or in an output."""
    return numbers(text)


def table(body: str, key: str) -> tuple[Row, ...]:
    """Return the numbers in each row and column of a table, once for each key of what runs."""
    try:
        return _table(named(body).removesuffix("_table"), key)
    except Exception:  # the block itself says, with its line, what is wrong with it
        return ()


@functools.lru_cache(maxsize=100)
def _table(name: str, _key: str) -> tuple[Row, ...]:
    rows = kept.table(name).rows
    return tuple(numbers(" ".join(cells)) for cells in [*rows, *zip(*rows, strict=True)])


def figure(name: str, key: str) -> Known:
    """Return the numbers of a figure that are few enough to be spoken of one by one."""
    try:
        return _figure(name, key)
    except Exception:  # as for a table
        return Known(())


@functools.lru_cache(maxsize=100)
def _figure(name: str, _key: str) -> Known:
    return Known(tuple(_few(runs.figure(name))))


def _few(data: Any) -> Iterator[float]:
    if isinstance(data, Real):
        yield abs(float(data))
    elif isinstance(data, str):
        yield from numbers(data)
    elif isinstance(data, dict):
        for key, part in data.items():
            yield from _few(key)
            yield from _few(part)
    elif len(data) <= 20:
        for part in data:
            yield from _few(part)
