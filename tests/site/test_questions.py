"""A question can be answered, and each answer is told why: else the build stops."""

import inspect
import re
from collections import Counter
from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

from website import questions
from website.figures import mistakes, orders
from website.questions import order, read

GOOD = """\
??? question "Twice two?"

    - [ ] **2** That is one two.
    - [x] **4** Two and two.
    - [ ] **22** You wrote them side by side.
"""
PREDICTION = f"""\
{GOOD.replace("??? question", "!!! question predict")}
    ```pycon
    >>> 2 * 2
    4
    ```
"""
EVERY = read.every()
QUESTIONS = [question for asked in EVERY.values() for question in asked]


def test_the_right_option_is_marked() -> None:
    """What is no question stays as it is."""
    around = 'Before.\n\n{}\n- [x] **4** no question\n\n??? question "Why?"\n\n    So.\n'
    marked = questions.put_in(around.format(GOOD))
    key = next(read.questions(GOOD)).key
    assert marked.count("{: .option data-value=") == 2
    assert (
        f'    - **4** Two and two.\n      {{: .right data-key="{key}" data-value="4" }}\n' in marked
    )
    assert "data-value" not in questions.put_in(GOOD.replace("**4**", "**Four.**"))
    assert marked.replace("[x] ", "").count("- **4** no question") == 1


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("[x]", "[ ]", "one option is right"),
        ("- [ ] **2**", "- [x] **2**", "one option is right"),
        ("Two and two.", "", "each option has a reason"),
        ("You wrote them side by side.", "", "each option has a reason"),
        ("**22**", "**4.0**", "two of its options are equal"),
        ("**22**", "**4 %**", "two of its options are equal"),
        ("**22**", "22", "begins with its words or its number in bold"),
        ("    - [ ] **2** That is one two.\n", "", ""),
        ("    - [ ] **2** That is one two.\n    - [x] **4** Two and two.\n", "", "two options"),
        ("[x]", "[X]", "one option is right"),
        ("by side.\n", "by side.\n\n    Too late.\n", "only a prediction opens it"),
        ("??? question", "!!! question predict", "or behind them what opens"),
    ],
)
def test_what_cannot_be_answered_stops_the_build(old: str, new: str, problem: str) -> None:
    """A question without a key, with two, without a reason, or with equal options is refused."""
    assert old in GOOD
    broken = GOOD.replace(old, new)
    if problem:
        with pytest.raises(PluginError, match=problem):
            questions.put_in(broken)
    else:
        assert questions.put_in(broken) != broken


def test_a_prediction_opens_something() -> None:
    """What a prediction foretells stands in its box: behind the options, or as a snippet before."""
    ahead = next(read.questions(PREDICTION))
    assert (ahead.is_prediction, ahead.is_typed) == (True, False)
    assert ahead.after == "```pycon\n>>> 2 * 2\n4\n```"
    assert "    ```pycon\n    >>> 2 * 2\n" in questions.put_in(PREDICTION)
    snippet = f"    {ahead.after}\n\n".replace("\n", "\n    ", 3)
    head, options = PREDICTION.partition("    ```")[0].split("\n\n", 1)
    questions.put_in(f"{head}\n\n{snippet}{options}")


ORDER = next(one for one in QUESTIONS if order.is_asked(one))
MADE_ALIKE = "- [ ] **Forward, update, loss, backward.** It learns, but late.\n"


def test_every_order_is_told_by_the_option_that_gave_the_same() -> None:
    """Each of the 24 orders leads to the one option whose order gave the same when it was run."""
    outcomes = orders.outcomes()
    places = dict(pair.split(":") for pair in order.answers(ORDER).split())
    assert len(places) == 24
    names = [*orders.STEPS]
    for numbers, place in places.items():
        label = ORDER.options[int(place)].label.casefold()
        option = " ".join(re.findall(r"\w+", label))
        assert outcomes[" ".join(names[int(n)] for n in numbers)] == outcomes[option]
    assert places["0123"] == "0"
    assert [one.is_right for one in ORDER.options].index(True) == 0


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("**Loss, forward, backward, update.**", "**Loss, then the others.**", "no such order"),
        ("    - [ ] **Loss, forward", f"    {MADE_ALIKE}    - [ ] **Loss, forward", "one option"),
        (re.compile(r"    - \[ \] \*\*Loss, forward.*\n"), "", "one option, and one alone"),
    ],
)
def test_an_order_without_its_option_stops_the_build(
    old: str | re.Pattern[str], new: str, problem: str
) -> None:
    """Each outcome has one option; an option names an order."""
    broken = re.sub(old if isinstance(old, re.Pattern) else re.escape(old), new, ORDER.box)
    assert broken != ORDER.box
    with pytest.raises(PluginError, match=problem):
        questions.put_in(broken)


def test_a_changed_question_asks_anew() -> None:
    """An answer is kept under its question's own words: other words, another key; no two alike."""
    keys = [next(read.questions(GOOD.replace(old, new))).key for old, new in
            [("", ""), ("Twice", "Once"), ("22", "23"), ("Two and two", "2 + 2")]]  # fmt: skip
    assert keys[0] == keys[3]  # a reason may be put in better words
    assert len({*keys}) == 3
    assert len({question.key for question in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_every_lesson_asks(path: Path) -> None:
    """A lesson has two predictions or more, and at its end four questions or more."""
    end = path.read_text(encoding="utf-8").partition("## Check yourself")[2]
    asked = [question for question in EVERY[path] if not question.is_prediction]
    assert len(asked) == end.count("??? question") >= 4
    assert len(EVERY[path]) - len(asked) >= 2


def test_the_place_of_the_right_one_tells_nothing() -> None:
    """Over all lessons, the right option stands now here, now there."""
    places = Counter([option.is_right for option in one.options].index(True) for one in QUESTIONS)
    assert max(places.values()) <= 0.5 * places.total()


def test_every_mistake_is_made_by_some_option() -> None:
    """A mistake is a function: what it gives is an option, or its code is asked about."""
    text = "".join(path.read_text(encoding="utf-8") for path in EVERY)
    made = {name for name, thing in vars(mistakes).items() if inspect.isfunction(thing)} - {"mse"}
    assert made == set(
        re.findall(r"(?:\*\*[^*]+\{=|^ +website\.figures\.)mistakes\.(\w+)", text, re.M)
    )
