"""Read a table of the reader's own, as programs and people write them, and say what is wrong.

This file runs in the reader's browser, where lab 5 reads a file that never leaves it, and it is a
part of the notebook that the reader can save. So it needs the standard library alone.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import quantiles
from typing import NamedTuple

MOST = 5_000_000  # bytes: with more, a page takes too long and too much memory
SHOWN = 20  # rows that are listed, before they are only counted
FEW = 20  # different texts, up to which they are kinds
MARKS = {"\t": "tabs", ";": "semicolons", "|": "upright strokes", ",": "commas"}
GAPS = {"", "-", "–", "?", "n/a", "na", "nan", "none", "null"}
NO_TEXT = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a spreadsheet or a packed folder",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet",
    b"\x1f\x8b": "a packed file",
}
SAVE_AS = "In a spreadsheet program, choose Save as, and there CSV (UTF-8)."
DATE = re.compile(r"(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})([T ].*)?")
UNCLEAR = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")  # a thousand and more, or one and a bit?
OTHER = ((".", ","), (",", "."))  # the mark before the parts, and the other one
SPACES = " '’\u00a0\u202f"  # between thousands
NUMBER = {
    mark: re.compile(
        rf"([+-]?)(\d+|\d{{1,3}}(?:[{other}{SPACES}]\d{{3}})+)?(?:[{mark}](\d*))?(e[+-]?\d+)?",
        re.IGNORECASE | re.ASCII,
    )
    for mark, other in OTHER
}


class FileError(ValueError):
    """A file that cannot be used at all, told in a sentence."""


class Column(NamedTuple):
    """A column, and what was found in it.

    Attributes:
        name: Its name.
        kind: number, kind, date, text, constant or empty.
        texts: What stands in each row. A gap is "".
        numbers: The same as numbers. None stands for a gap and for what is no number.
        unclear: A number that may be a thousand times as large, or "".
    """

    name: str
    kind: str
    texts: Sequence[str]
    numbers: Sequence[float | None]
    unclear: str = ""

    def outliers(self) -> list[int]:
        """Return the places of numbers far from the others: three times the middle half away."""
        known = [number for number in self.numbers if number is not None]
        if self.kind != "number" or len(known) < 8:
            return []
        low, _, high = quantiles(known, n=4)
        far = 3 * (high - low)
        return [
            place
            for place, number in enumerate(self.numbers)
            if number is not None and far and not low - far <= number <= high + far
        ]


class Table(NamedTuple):
    """A table, and what was found in it.

    Attributes:
        columns: Its columns.
        rows: The number of each row, as a spreadsheet program counts: the header is row 1.
        problems: What is wrong with rows that are not among them.
        notes: What was noticed and mended.
    """

    columns: dict[str, Column]
    rows: list[int]
    problems: list[str]
    notes: list[str]


def read(name: str, raw: bytes, decimals: dict[str, str] | None = None) -> Table:
    """Read a file.

    Args:
        name: Its name, for the sentences.
        raw: What is in it.
        decimals: For columns whose numbers are unclear, the mark that the reader has chosen.

    Raises:
        FileError: If it is no table.
    """
    notes: list[str] = []
    text = _text(name, raw, notes)
    names, rows, numbers, problems = _rows(name, text, notes)
    cells = list(zip(*rows, strict=True))
    columns = _columns(names, cells, decimals or {}, notes)
    return Table({column.name: column for column in columns}, numbers, problems, notes)


def _text(name: str, raw: bytes, notes: list[str]) -> str:
    """Return a file as text."""
    for start, what in NO_TEXT.items():
        if raw.startswith(start):
            raise FileError(f"{name} is {what}, and not a CSV file. {SAVE_AS}")
    if len(raw) > MOST:
        raise FileError(
            f"{name} has {len(raw) / 1e6:.1f} MB, and {MOST / 1e6:.0f} MB is the most that this "
            "page reads. Take fewer rows, or run the lab on your computer."
        )
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
        notes.append("It comes from an older Windows program. See whether ä and é are right.")
    if "\0" in text:
        raise FileError(f"{name} is not a text. {SAVE_AS}")
    if text.lstrip()[:9].lower().startswith(("<!doctype", "<html", "<?xml")):
        raise FileError(f"{name} is a web page or the like, and not a CSV file. {SAVE_AS}")
    if not text.translate(dict.fromkeys(map(ord, [*MARKS, "\ufeff"]))).strip():
        raise FileError(f"{name} is empty.")
    return text.removeprefix("\ufeff")


def _rows(
    name: str, text: str, notes: list[str]
) -> tuple[list[str], list[list[str]], list[int], list[str]]:
    """Return the names of the columns, the rows that fit them, their numbers, and the others."""
    csv.field_size_limit(MOST)
    if found := re.match(r"sep=([\t;|,])\r?\n", text):  # a line for one spreadsheet program
        text = text[found.end() :]
    mark = found[1] if found else _mark(text)
    parsed = [[cell.strip() for cell in row] for row in _parsed(text, mark)]
    first = next((place for place, row in enumerate(parsed) if any(row)), None)
    if first is None:
        raise FileError(f"{name} is empty.")
    header = parsed[first]
    while header and not header[-1]:  # a mark at the end of each line makes no column
        header = header[:-1]
    if len(header) < 2:
        raise FileError(
            f"{name} has one column only. A table needs two: one to predict, one to predict from."
        )
    if None not in [as_number(cell.replace(",", "."), ".") for cell in header]:
        raise FileError(
            f"The first row of {name} holds numbers alone. Put a row above that names the columns."
        )
    if mark != ",":
        notes.append(f"It has {MARKS.get(mark, mark)} between the cells.")
    rows, numbers, problems, blank, repeated = [], [], [], 0, 0
    width = len(header)
    for number, row in enumerate(parsed[first + 1 :], start=first + 2):
        if not any(row):
            blank += 1
        elif row[:width] == header:
            repeated += 1
        elif any(cell.count("\n") > 5 for cell in row):
            problems.append(f"row {number}: a quotation mark is opened there and never closed")
        elif len(row) < width or any(row[width:]):
            problems.append(f"row {number}: it has {len(row)} cells, the header has {width}")
        else:
            rows.append(row[:width])
            numbers.append(number)
    if blank:
        notes.append(f"Empty rows were skipped: {blank}.")
    if repeated:
        notes.append(f"The header stood there again and was skipped: {repeated} times.")
    if not rows:
        raise FileError(f"{name} has no rows below its header that fit it.")
    return _names(header, notes), rows, numbers, problems


def _parsed(text: str, mark: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=mark)


def _mark(text: str) -> str:
    """Return what stands between the cells: what gives most rows as many cells as the header."""

    def fit(mark: str) -> int:
        rows = [row for row in _parsed(text[:100_000], mark) if any(row)][:100]
        return sum(len(row) == len(rows[0]) for row in rows) if rows and len(rows[0]) > 1 else 0

    return max(MARKS, key=fit)


def _names(header: list[str], notes: list[str]) -> list[str]:
    """Return a name of its own for each column."""
    names: list[str] = []
    for place, cell in enumerate(header, 1):
        wanted = " ".join(cell.split()) or f"column {place}"
        name, copy = wanted, 1
        while name in names:
            copy += 1
            name = f"{wanted} ({copy})"
        if name != wanted:
            notes.append(f"Column {place} is called {name} here: that name was there already.")
        elif not cell:
            notes.append(f"Column {place} had no name, and is called {name} here.")
        names.append(name)
    return names


def _columns(
    names: list[str],
    cells: list[tuple[str, ...]],
    decimals: dict[str, str],
    notes: list[str],
) -> Iterator[Column]:
    """Yield the columns, each with its kind."""
    texts = [["" if cell.lower() in GAPS else cell for cell in column] for column in cells]
    read = [{mark: [as_number(text, mark) for text in column] for mark in ".,"} for column in texts]
    counts = [
        {mark: len(column) - column.count(None) for mark, column in both.items()} for both in read
    ]
    # What one column leaves open, the others may tell.
    tellers = {mark: sum(count[mark] > count[other] for count in counts) for mark, other in OTHER}
    for name, column, both, count in zip(names, texts, read, counts, strict=True):
        known = [text for text in column if text]
        unclear = next((text for text in known if UNCLEAR.fullmatch(text)), "")
        decimal = "," if (count[","], tellers[","]) > (count["."], tellers["."]) else "."
        if count["."] != count[","]:
            unclear = ""
        elif unclear and tellers["."] != tellers[","]:
            number = as_number(unclear, decimal)
            notes.append(f"{name}: {unclear} is read as {number:g}, as in other columns.")
            unclear = ""
        decimal = decimals.get(name, decimal)
        kind = _kind(known, count[decimal])
        yield Column(name, kind, column, both[decimal], unclear)


def _kind(known: list[str], numbers: int) -> str:
    """Return the kind of a column by what stands in it, gaps left out."""
    different = len(set(known))
    if not known:
        return "empty"
    if different == 1:
        return "constant"
    if 2 * numbers > len(known):
        return "number"
    if 2 * sum(bool(DATE.fullmatch(text)) for text in known) > len(known):
        return "date"
    return "kind" if different <= min(FEW, len(known) / 2) else "text"


def as_number(text: str, decimal: str) -> float | None:
    """Return a text as a number, with this mark before its parts, or None if it is none.

    >>> as_number("3,75", ","), as_number("1.234,5", ","), as_number("1 234", ".")
    (3.75, 1234.5, 1234.0)
    >>> as_number("3,75", "."), as_number("19o", ".")
    (None, None)
    """
    if text.isascii() and text.isdigit():  # most are, and this is quick
        return float(text)
    found = NUMBER[decimal].fullmatch(text.strip().replace("−", "-"))
    if not found or not (found[2] or found[3]):
        return None
    digits = re.sub(r"\D", "", found[2] or "0")
    number = float(f"{found[1]}{digits}.{found[3] or '0'}{found[4] or ''}")
    return number if abs(number) < float("inf") else None


def usable(
    table: Table, target: str, inputs: Sequence[str], is_kind: bool, gaps: str
) -> tuple[list[list[str]], list[str]]:
    """Return the rows to learn from, the header first, and what is wrong with the others.

    They are texts, as in a file, with decimal points. A gap stays one, "", if it is to be filled.

    Args:
        table: What was read.
        target: The column to predict.
        inputs: The columns to predict from, each of numbers.
        is_kind: The target is a kind. Otherwise it is an amount.
        gaps: What to do with gaps in the inputs: "leave out" their rows, or "fill" them later.
    """
    rows, problems = [[*inputs, target]], list(table.problems)
    for place, number in enumerate(table.rows):
        row: list[str] = []
        for name in (*inputs, target):
            column = table.columns[name]
            text = column.texts[place]
            value = column.numbers[place]
            if is_kind and name == target and text:
                row.append(text.lower())
            elif value is not None:
                row.append(repr(value))
            elif text:
                problems.append(f"row {number}: {name} should be a number, got {text[:40]}")
                break
            elif name == target or gaps == "leave out":
                problems.append(f"row {number}: {name} is missing")
                break
            else:
                row.append("")
        else:
            rows.append(row)
    return rows, sorted(problems, key=lambda problem: int(problem.split(":")[0][4:]))


def listed(problems: list[str]) -> list[str]:
    """Return the first problems, and how many more there are."""
    more = len(problems) - SHOWN
    return [*problems[:SHOWN], f"and {more} more"] if more > 0 else problems


def described(table: Table) -> list[dict[str, str]]:
    """Return a line of a table for each column: what there is to know before it is used."""
    lines = []
    for column in table.columns.values():
        known = [text for text in column.texts if text]
        numbers = [number for number in column.numbers if number is not None]
        span = ""
        if column.kind == "number":
            span = f"{min(numbers):g} to {max(numbers):g}"
        elif known:
            common = Counter(known).most_common(3)
            span = ", ".join(f"{text[:20]} ({count})" for text, count in common)
        far = [table.rows[place] for place in column.outliers()]
        lines.append(
            {
                "name": column.name,
                "kind": column.kind,
                "values": span,
                "gaps": str(len(column.texts) - len(known)),
                "far": ", ".join(f"row {row}" for row in far[:3]) + (" …" if far[3:] else ""),
                "unclear": column.unclear,
            }
        )
    return lines
