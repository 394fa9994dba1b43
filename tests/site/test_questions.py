"""A question can be answered, and each answer is told why: else the build stops."""

import inspect
import re
from collections import Counter
from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

from website import pages, questions
from website.figures import mistakes

GOOD = """\
??? question "Twice two?"

    - [ ] **2** That is one two.
    - [x] **4** Two and two.
    - [ ] **22** You wrote them side by side.
"""
LESSONS = pages.lessons()[:-1]  # the last one sums up, and asks nothing


def boxes(path: Path) -> list[str]:
    """Return the questions of a lesson that can be answered."""
    return [box[0] for box in questions.BOX.finditer(path.read_text(encoding="utf-8"))]


def test_the_right_option_is_marked() -> None:
    """What is no question stays as it is."""
    around = 'Before.\n\n{}\n- [x] **4** no question\n\n??? question "Why?"\n\n    So.\n'
    marked = questions.put_in(around.format(GOOD))
    assert marked.count("{: .option data-value=") == 2
    assert '    - **4** Two and two.\n      {: .right data-value="4" }\n' in marked
    assert "data-value" not in questions.put_in(GOOD.replace("**4**", "**Four.**")).splitlines()[5]
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


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_lesson_asks(path: Path) -> None:
    """At the end of a lesson, each question can be answered."""
    end = path.read_text(encoding="utf-8").partition("## Check yourself")[2]
    assert len(boxes(path)) == end.count("??? question") >= 3


def test_the_place_of_the_right_one_tells_nothing() -> None:
    """Over all lessons, the right option stands now here, now there."""
    places = Counter(
        re.findall(r"- \[(.)\]", box).index("x") for path in LESSONS for box in boxes(path)
    )
    assert max(places.values()) <= 0.5 * places.total()


def test_every_mistake_is_made_by_some_option() -> None:
    """A mistake is a function, and the number that it gives is an option of a question."""
    text = "".join(box for path in LESSONS for box in boxes(path))
    made = {name for name, thing in vars(mistakes).items() if inspect.isfunction(thing)} - {"mse"}
    assert made == set(re.findall(r"\*\*[^*]+\{=mistakes\.(\w+)\(", text))
