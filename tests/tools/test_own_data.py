"""A file of the reader's own is read as people write files, and each fault gets a sentence."""

import csv
import io
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from website.live import own_data
from website.live.own_data import FileError, Table, described, listed, read, usable

PLAIN = b"size,weight,kind\n1.5,20,apple\n2.5,30,plum\n3.5,40,apple\n4.5,50,plum\n"


def numbers_of(table: Table, name: str) -> list[float | None]:
    """Return the numbers of a column."""
    return list(table.columns[name].numbers)


def table_of(rows: Iterable[Sequence[object]], mark: str = ",") -> bytes:
    """Return rows as a CSV file."""
    file = io.StringIO()
    csv.writer(file, delimiter=mark).writerows(rows)
    return file.getvalue().encode()


def test_a_plain_file() -> None:
    """Names, kinds, values and row numbers, as in a spreadsheet, without a note."""
    table = read("a.csv", PLAIN)
    assert {name: column.kind for name, column in table.columns.items()} == {
        "size": "number",
        "weight": "number",
        "kind": "kind",
    }
    assert numbers_of(table, "size") == [1.5, 2.5, 3.5, 4.5]
    assert (table.rows, table.problems, table.notes) == ([2, 3, 4, 5], [], [])


SAME = [
    PLAIN.replace(b"\n", b"\r\n"),
    PLAIN.replace(b"\n", b"\r"),
    b"\xef\xbb\xbf" + PLAIN,
    PLAIN.decode().encode("utf-16"),
    PLAIN.replace(b",", b";"),
    PLAIN.replace(b",", b"\t"),
    PLAIN.replace(b",", b";").replace(b".", b","),
    b"sep=;\n" + PLAIN.replace(b",", b";"),
    PLAIN.replace(b"apple", b'"apple"').replace(b"size", b'"size"'),
    PLAIN.replace(b"\n", b"\n\n"),
    b"\n\n" + PLAIN,
    PLAIN + b"size,weight,kind\n",
    PLAIN.replace(b"\n", b",\n"),
    PLAIN.replace(b",", b" , "),
]


@pytest.mark.parametrize("raw", SAME)
def test_ways_to_write_the_same(raw: bytes) -> None:
    """Line ends, marks at the front, delimiters, quotes and empty rows change nothing."""
    table = read("a.csv", raw)
    assert list(table.columns) == ["size", "weight", "kind"]
    assert numbers_of(table, "size") == [1.5, 2.5, 3.5, 4.5]
    assert table.columns["kind"].texts == ["apple", "plum", "apple", "plum"]
    assert table.problems == []


REFUSED = [
    (b"", "a.csv is empty."),
    (b'"', "a.csv is empty."),
    (b"\xef\xbb\xbf\r\n\r\n;;;\r\n", "a.csv is empty."),
    (b"\x89PNG\r\n\x1a\n....", "a.csv is a picture, and not a CSV file. In a spreadsheet program"),
    (b"PK\x03\x04....", "a.csv is a spreadsheet or a packed folder"),
    (b"a,b\n1,\0", "a.csv is not a text."),
    (b"<!DOCTYPE html><p>a,b", "a.csv is a web page"),
    (PLAIN * 80_000, "a.csv has 5.4 MB, and 5 MB is the most"),
    (b"x" * 20_000_000, "a.csv has 20.0 MB"),
    (b"one\n1\n2\n", "a.csv has one column only."),
    (b"1,2\n3,4\n", "The first row of a.csv holds numbers alone."),
    (b"a,b\n", "a.csv has no rows below its header"),
    (b"a,b\n1\n2\n", "a.csv has no rows below its header that fit it."),
]


@pytest.mark.parametrize(("raw", "sentence"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_no_table_is_refused(raw: bytes, sentence: str) -> None:
    """A file that cannot be used is told in a sentence, with what can be done."""
    with pytest.raises(FileError) as refused:
        read("a.csv", raw)
    assert str(refused.value).startswith(sentence)


def test_letters_of_older_programs() -> None:
    """Letters in the way of older Windows programs are read, and the reader is told."""
    table = read("a.csv", "größe,kind\n1,Äpfel\n2,Birne\n".encode("cp1252"))
    assert list(table.columns) == ["größe", "kind"]
    assert "older Windows program" in table.notes[0]


def test_thousands() -> None:
    """A number that may be a thousand times as large is never read in silence."""
    alone = read("a.csv", b"a;b\n4.200;1\n1.500;2\n2.100;3\n")
    assert alone.columns["a"].unclear == "4.200"
    assert numbers_of(alone, "a")[0] == 4.2
    chosen = read("a.csv", b"a;b\n4.200;1\n1.500;2\n2.100;3\n", {"a": ","})
    assert numbers_of(chosen, "a")[0] == 4200
    beside = read("a.csv", b"a;b\n4.200;1,5\n1.500;2,5\n2.100;3,25\n")
    assert numbers_of(beside, "a")[0] == 4200
    assert "a: 4.200 is read as 4200, as in other columns." in beside.notes
    clear = read("a.csv", b"a;b\n4.200;1\n1.234.567;2\n")
    assert (clear.columns["a"].unclear, numbers_of(clear, "a")) == ("", [4200, 1234567])


def test_kinds_of_columns() -> None:
    """Dates, long texts, constants and empty columns are told apart from numbers and kinds."""
    rows: list[list[object]] = [["when", "who", "same", "none", "of", "gap"]]
    rows += [[f"2024-01-{n:02}", f"name {n}", 7, "", n % 3, n] for n in range(1, 29)]
    rows[5][5] = "n/a"
    table = read("a.csv", table_of(rows))
    kinds = [column.kind for column in table.columns.values()]
    assert kinds == ["date", "text", "constant", "empty", "number", "number"]
    assert described(table)[5]["gaps"] == "1"
    assert [line["values"] for line in described(table)][3:] == ["", "0 to 2", "1 to 28"]


def test_outliers_are_named_by_row() -> None:
    """A number far from the others is shown with its row."""
    rows: list[list[object]] = [["a", "b"], [1000, 5]]
    rows[1:1] = [[n, n] for n in range(40)]
    assert described(read("a.csv", table_of(rows)))[0]["far"] == "row 42"


def test_names_of_columns() -> None:
    """A name that is there twice or not at all becomes another one, and the reader is told."""
    table = read("a.csv", b"a,a,,b\n1,2,3,4\n")
    assert list(table.columns) == ["a", "a (2)", "column 3", "b"]
    assert len(table.notes) == 2


BROKEN = b"""size,weight,kind
1.5,20,apple
1.5,20
19o,30,plum
,40,plum
4.5,,plum
5.5,60,
6.5,70,plum,more
"""


def test_rows_that_cannot_be_used() -> None:
    """Each is listed with its number and reason; a gap in an input can be kept to be filled."""
    table = read("a.csv", BROKEN)
    rows, problems = usable(table, "kind", ["size"], True, "leave out")
    assert rows == [["size", "kind"], ["1.5", "apple"], ["4.5", "plum"]]
    assert problems == [
        "row 3: it has 2 cells, the header has 3",
        "row 4: size should be a number, got 19o",
        "row 5: size is missing",
        "row 7: kind is missing",
        "row 8: it has 4 cells, the header has 3",
    ]
    filled, problems = usable(table, "kind", ["size"], True, "fill")
    assert ["", "plum"] in filled
    assert len(problems) == 4
    amounts, _ = usable(table, "weight", ["size"], False, "leave out")
    assert amounts == [["size", "weight"], ["1.5", "20.0"], ["5.5", "60.0"]]


def test_only_the_first_problems_are_listed() -> None:
    """After twenty, the others are counted."""
    problems = [f"row {n}: x" for n in range(327)]
    assert listed(problems)[19:] == ["row 19: x", "and 307 more"]
    assert listed(problems[:20]) == problems[:20]


def test_a_quotation_mark_that_is_never_closed() -> None:
    """It swallows the lines below, and the row in which it is opened is named."""
    table = read("a.csv", b"a,b\n1,2\n" + b'3,"4\n' + b"5,6\n" * 50)
    assert table.problems == ["row 3: a quotation mark is opened there and never closed"]


CELLS = st.text(st.sampled_from("0123456789.,;-+eE \t\"'\n\rab\u00e4\u00a0%"), max_size=8)
FILES = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=8).map(
        lambda rows: "\n".join(",".join(row) for row in rows).encode()
    ),
    st.lists(st.lists(CELLS, min_size=2, max_size=3), min_size=2, max_size=8).map(
        lambda rows: table_of([["a", "b", "c"], *rows], ";")
    ),
)


@settings(max_examples=400, deadline=None)
@given(FILES)
def test_whatever_a_file_holds_it_is_read_or_refused(raw: bytes) -> None:
    """No file ends in an error that is not meant for the reader, and no row is lost in silence."""
    try:
        table = read("a.csv", raw)
    except FileError:
        return
    assert all(len(column.texts) == len(table.rows) for column in table.columns.values())
    described(table)
    names = list(table.columns)
    for gaps in ("leave out", "fill"):
        for is_kind in (False, True):
            rows, problems = usable(table, names[-1], names[:-1], is_kind, gaps)
            assert len(rows) - 1 + len(problems) == len(table.rows) + len(table.problems)
            for row in rows[1:]:
                assert all(cell == "" or float(cell) is not None for cell in row[:-1])


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(".,"))
def test_a_number_is_read_as_it_was_written(number: float, mark: str) -> None:
    """Whatever Python writes for a number is read as that number, with either mark."""
    assert own_data.as_number(repr(number).replace(".", mark), mark) == number
