"""A wrong number does not come out: it is refused with its line, and a slip of a digit is wrong."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from website import marks
from website.figures.claims import CLAIMS
from website.proof import check, evidence, kept, mutate, numbers, runs
from website.proof.numerals import write
from website.proof.sums import sums
from website.proof.text import Page

PAGE = """---
description: Three{=len(guesses)} guesses.
---

# Page

Three{=len(guesses)} guesses: 10, 5 and 3. The loss is 2.67, the first{=guesses[0] > 9} is large.
From a loss of 2.67{=loss} to a half{=2 / squares[0]}. None is above 2{=max(misses)}, in 9 of 10.

<!-- given: 9, 10, 0.25{=1 / squares[0]} -->

1. So 4 + 4 + 0 = 8, and 8 / 3 is about 2.67.
2. It is 0.25, and `guesses[0]` is in [lesson 5](lessons/5-training-loop.md).

```pycon
>>> guesses, misses = [10, 5, 3], [2, -2, 0]
>>> squares = [4, 4, 0]
>>> loss = (4 + 4 + 0) / 3
>>> round(loss, 2)
2.67
```

## Figures

It is at most 100{=mean_squared_error.squares.squared[0]}.

```figure
figure: mean_squared_error.squares
alt: A miss of 1 costs 1, and one of 10 costs 100{=marks[0], squares[0], marks[2], squares[2]}.
caption: A hundred{=squares[2] / squares[0]} times as much.
```

```table
table: mean_squared_error.arrows
```

The third miss is 0{=arrows_table[2, "Miss"]}, as 8, 7 and 3 show.
"""


@pytest.fixture
def wrong_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    """Return a function that says what is wrong with a page; it keeps its results to itself."""
    monkeypatch.setattr(kept, "KEPT", tmp_path / "kept")

    def wrong(text: str, name: str = "page.md") -> list[str]:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return numbers.wrong_on(path).splitlines()

    return wrong


def test_a_page_that_is_right_is_right(wrong_in: Callable[[str], list[str]]) -> None:
    """Each way to prove a number holds, in words, captions, lists and the front matter."""
    assert wrong_in(PAGE) == []


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        (
            "description: Three",
            "description: Four",
            "2: the page says Four, and len(guesses) gives",
        ),
        ("\nThree{", "\nFive{", "7: the page says Five, and len(guesses) gives Three"),
        ("10, 5 and 3. The", "10, 6 and 3. The", "7: the page says 6, and nothing in its section"),
        ("loss is 2.67", "loss is 2.61", "7: the page says 2.61, and nothing in its section does"),
        ("> 9}", "> 10}", "7: the page says first, but it is false that guesses[0] > 10"),
        ("2.67{", "2.68{", "8: the page says 2.68, and loss gives 2.67"),
        ("a half{", "a third{", "8: the page says third, and 2 / squares[0] gives half"),
        ("above 2{", "above 3{", "8: the page says 3, and max(misses) gives 2"),
        ("max(misses)", "max(mises)", "8: the page says {=max(mises)}, but NameError"),
        ("in 9 of", "in 7 of", "8: the page says 7, and nothing in its section does"),
        ("given: 9, ", "given: ", "8: the page says 9, and nothing in its section does"),
        ("given: 9, ", "given: 9, 7, ", "10: the page says given: 7, and does not use it"),
        ("0.25{=", "0.26{=", "10: the page says 0.26, and 1 / squares[0] gives 0.25"),
        ("+ 0 = 8", "+ 0 = 9", "12: the page says 4 + 4 + 0 = 9, but it comes to 8"),
        ("about 2.67", "about 2.66", "12: the page says 8 / 3 is about 2.66, but it comes to"),
        ("2. It", "3. It", "13: the page says 3, where the next is 2"),
        ("`guesses[0]`", "`guesses[7]`", "13: the page says `guesses[7]`, which stands in no code"),
        ("[lesson 5]", "[lesson 4]", "13: the page says 4, but it leads to 5"),
        ("most 100{", "most 200{", "25: the page says 200, and mean_squared_error.squares.squared"),
        ("miss of 1 costs", "miss of 2 costs", "29: the page says 2, and marks[0], squares[0], "),
        ("A hundred{", "A thousand{", "30: the page says 0 numbers before the mark"),
        ("miss is 0{", "miss is 2{", '37: the page says 2, and arrows_table[2, "Miss"] gives 0'),
        ("as 8, 7 and 3", "as 8, 7 and 2", "37: the page says 2"),
        ("2.67\n```", "2.66\n```", "a snippet prints something else"),
        ("round(loss, 2)", "round(loss 2)", "SyntaxError"),
    ],
)
def test_a_wrong_number_is_refused(
    wrong_in: Callable[[str], list[str]], right: str, wrong: str, message: str
) -> None:
    """What differs is reported with the page, the line, what it says and what the run gives."""
    assert PAGE.count(right) == 1
    found = wrong_in(PAGE.replace(right, wrong))
    assert any(one.startswith(f"page.md:{message}") or message in one for one in found), found


def test_a_quote_that_proves_nothing_is_refused(wrong_in: Callable[[str], list[str]]) -> None:
    """A number whose slips stand in the section as well must be bound."""
    page = "# Page\n\nIt is 3.\n\n```pycon\n>>> list(range(10))\n{}\n```\n"
    found = wrong_in(page.format("[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]"))
    assert found == ["page.md:3: the page says 3, and nobody would notice 0: bind it"]


def test_a_right_sum_of_old_numbers_is_refused(wrong_in: Callable[[str], list[str]]) -> None:
    """What a sum starts from stands in its section: else it is right, but of something else."""
    page = "# Page\n\nThe miss is 3 − 12 = −9.\n\n```pycon\n>>> salt = {}\n>>> 3 - salt\n{}\n```\n"
    assert wrong_in(page.format(12, -9)) == []
    assert "page.md:3: the page says 12" in wrong_in(page.format(16, -13))[0]


def test_a_list_counts_up(wrong_in: Callable[[str], list[str]]) -> None:
    """Items, headings and steps count up by one; a sentence or a heading ends a list."""
    page = """# Page

1. A.
2. B.

Then again:

1. C.

## 1. Head

1. D.

```mermaid
flowchart TD
  accDescr: Step 1, go. Step 2, stop.
  A["1. Go"] --> B["2. Stop"]
```

## 2. Tail
"""
    assert wrong_in(page) == []
    for right in ("2. B", "1. C", "1. D", "Step 2", "2. Stop", "2. Tail"):
        assert wrong_in(page.replace(right, right.replace("2", "3").replace("1", "4")))
    assert len(wrong_in(page.replace("2. B", "1. B"))) == 1


def test_a_name_is_what_it_is_where_the_mark_stands(wrong_in: Callable[[str], list[str]]) -> None:
    """A name that is used twice means the one above the mark, or else the first below."""
    page = "# A\n\n{}\n\n```pycon\n>>> n = 7\n```\n\n{}\n\n```pycon\n>>> n = 8\n```\n\n{}\n"
    assert wrong_in(page.format("7{=n}", "7{=n}", "8{=n}")) == []
    assert len(wrong_in(page.format("8{=n}", "8{=n}", "7{=n}"))) == 3


def test_an_expression_changes_nothing(wrong_in: Callable[[str], list[str]]) -> None:
    """A mark that draws a random number, or changes a list, leaves the snippets as they were."""
    page = """# Page

```pycon
>>> import numpy as np
>>> rng, deck = np.random.default_rng(0), [1, 2]
```

It drew{=0 < rng.random() < 1} and took 2{=deck.pop()}.

```pycon
>>> round(float(rng.random()), 3), deck
(0.637, [1, 2])
```
"""
    assert wrong_in(page) == []


def test_a_lab_is_proved(wrong_in: Callable[..., list[str]]) -> None:
    """A lab's texts quote what its cells print, and its marks see its names."""
    lab = """# %% [markdown]
# # Lab
#
# It is 0.125, a half{=rate * 4} of 0.25{=2 * rate}.

# %% alt="The line ends at 0.125."
rate = 1 / 8
print(rate)
"""
    assert wrong_in(lab, "lab.py") == []
    found = wrong_in(lab.replace("0.125", "0.135").replace("0.25{", "0.35{"), "lab.py")
    assert [one.partition(", ")[0] for one in found] == [
        "lab.py:4: the page says 0.135",
        "lab.py:4: the page says 0.35",
        "lab.py:6: the page says 0.135",
    ]


def test_a_cell_that_fails_is_named(wrong_in: Callable[..., list[str]]) -> None:
    """A lab's fault is reported with the line where it stands, in a helper too."""
    lab = "# %% [markdown]\n# # Lab\n\n# %%\ndef half(n):\n    return 1 / n\n\n# %%\nhalf(0)\n"
    assert wrong_in(lab, "lab.py") == ["lab.py:6: ZeroDivisionError: division by zero"]
    found = wrong_in(lab.replace("half(0)", "half("), "lab.py")
    assert found[0].startswith("lab.py:9: SyntaxError: '(' was never closed")


def test_a_change_of_a_word_runs_nothing(
    wrong_in: Callable[[str], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the code gives is kept; a changed snippet or mark runs again."""
    assert wrong_in(PAGE) == []
    monkeypatch.setattr(runs, "run", lambda *_: pytest.fail("it ran"))
    assert wrong_in(PAGE.replace("is large", "is very large\n\nor so")) == []
    for change in (("{=loss}", "{=loss + 0}"), ("squares = [4", "squares = [2 * 2")):
        with pytest.raises(pytest.fail.Exception, match="it ran"):
            wrong_in(PAGE.replace(*change))


@pytest.mark.parametrize("path", check.pages(), ids=lambda path: path.name)
def test_every_number_is_proved(path: Path) -> None:
    """No page, lab or README says what no run gives."""
    assert numbers.wrong_on(path) == ""


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("400", "500", "says 500, and nothing in its section does"),
        ("size 16", "size 17{=2 * FEW}", "says 17, and 2 * FEW gives 16"),
    ],
)
def test_rows_of_evidence_are_proved(
    monkeypatch: pytest.MonkeyPatch, right: str, wrong: str, message: str
) -> None:
    """What a row of Evidence says stands in the code of its claim, or is bound."""
    assert evidence.wrong_in_rows("as they are") == ""
    claim = CLAIMS["wobble-halves"]
    assert right in claim.how
    monkeypatch.setattr(claim.run, "__doc__", claim.how.replace(right, wrong))
    found = evidence.wrong_in_rows(wrong)
    assert found.startswith("website/figures/claims.py:")
    assert f"the claim wobble-halves {message}" in found


@pytest.mark.slow
def test_slips_are_noticed() -> None:
    """Of a sample of mistyped digits on all pages, at least 98 in a hundred are refused."""
    sample = random.Random(0).sample(list(mutate.every_slip()), 400)
    missed = [slip for slip in map(mutate.tried, sample) if not slip.noticed]
    assert len(missed) <= 8, missed


@pytest.mark.parametrize(
    ("number", "like", "text"),
    [
        (245.04, "845", "245"),
        (2.6666, "2.61", "2.67"),
        (-9, "−8", "−9"),
        (9, "−8", "9"),
        (3, "+2", "+3"),
        (1500, "999", "1,500"),
        (25000, "$50,000", "$25,000"),
        (1 / 9, "1/9", "1/9"),
        (3, "Four", "Three"),
        (0.5, "third", "half"),
        (float("inf"), "3", "inf"),
        ("3.11", "3.10", "3.11"),
    ],
)
def test_numbers_are_written_as_they_were(number: float | str, like: str, text: str) -> None:
    """An update keeps decimals, commas, signs, dollars, and words."""
    assert write(number, like) == text


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("So 1 − 0.01 × (−54) = 1.54, and on.", True),
        ("So 1 − 0.01 × (−54) = 1.64.", False),
        ("−2 times −2 is +4.", True),
        ("−2 times −2 is −4.", False),
        ("**10 × 10 is 100**, and more", True),
        ("1,280 / 32 is 40 updates", True),
        ("1,280 / 32 is 41 updates", False),
        ("1/9, which is about 0.111, and", True),
        ("1/9, which is about 0.112, and", False),
        ("(2 / 8 = 0.25)", True),
    ],
)
def test_sums_are_worked_out(text: str, holds: bool) -> None:
    """A sum that a sentence writes out is found, and it is right or not."""
    assert [one.holds for one in sums(text)] == [holds]


@pytest.mark.parametrize("text", ["learning rate × 8 is 2", "a miss of 2 is 4", "lessons 1 to 3"])
def test_what_is_no_sum_is_left_alone(text: str) -> None:
    """A sum that is not written out whole, or has nothing to work out, is no sum."""
    assert list(sums(text)) == []


@pytest.fixture
def own_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a page that may be changed, whose results are its own."""
    monkeypatch.setattr(kept, "KEPT", tmp_path / "kept")
    path = tmp_path / "page.md"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_update_writes_what_is_bound_and_what_quotes_an_output(own_page: Path) -> None:
    """After a change of the code, numbers follow; the rest is left to the author, and is named."""
    changed = PAGE.replace("(4 + 4 + 0) / 3", "(4 + 4 + 0) / 7")
    own_page.write_text(changed, encoding="utf-8")
    assert check.main([own_page], update=False) == 1
    assert check.main([own_page], update=True) == 0
    text = own_page.read_text(encoding="utf-8")
    assert "The loss is 1.14," in text
    assert "a loss of 1.14{=loss} to" in text
    assert "\n1.14\n```" in text


def test_marks_are_taken_away() -> None:
    """A text reads without its marks, in both ways to write them."""
    text = 'It is 293{=right["a"]} of 300<!--= len(test) -->, {claim: this} and <!-- given: 2 -->.'
    assert marks.strip(text) == "It is 293 of 300, {claim: this} and <!-- given: 2 -->."
    assert not Page("`It is 3{=right}`, said so").marks
