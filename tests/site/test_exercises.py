"""Each check knows its solutions and its wrong tries, and what is not complete is refused."""

import ast
import gzip
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import prose
import pytest
from errors_told import ERRORS
from helpers import parsed, path_of
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError

from tools import style
from website import exercises, live, pages
from website.exercises import notebook, proof, reading
from website.exercises.judge import Verdict, judge
from website.exercises.reading import Exercise
from website.pages import ROOT

PATHS = reading.paths()
ALL = [reading.read(path) for path in PATHS]
every_exercise = pytest.mark.parametrize("exercise", ALL, ids=lambda exercise: exercise.name)

GOOD = """\
---
title: The mean absolute error
size: small
---

Write `mae`. For guesses of 10 and 5 and answers of 8 and 6 it gives 1.5.

It goes on.

## Start

```python
def mae(predictions, targets):
    ...
```

## Hint

Take the misses first.

## Hint

Then their sizes.

## Right

It is in the units of the answers.

## Solution

The misses, without their signs.

```python
def mae(predictions, targets):
    misses = abs(predictions - targets)
```

And their mean.

```python
    return misses.mean()
```

## Solution

Or by hand.

```python
def mae(predictions, targets):
    return abs(predictions - targets).sum() / len(targets)
```

## Wrong try

```python
def mae(predictions, targets):
    return abs(predictions - targets).sum()
```

> You added the misses up, and got ….
> Divide by how many there are.

## Wrong try

```python
def mae(predictions, targets):
    return (predictions - targets).mean()
```

> The mean absolute error should be …, and yours is …. A miss has no sign.

## Check

```python
mae = get("mae")
targets = rng.integers(0, 10, 4).astype(float)
predictions = targets + rng.permutation([-1.0, 2.0, 3.0, 4.0])
got = call(mae, predictions, targets)
misses = np.abs(predictions - targets)
if near(got, misses.sum()):
    wrong(f"You added the misses up, and got {got:g}. Divide by how many there are.")
same(got, misses.mean(), "the mean absolute error", "A miss has no sign.")
```
"""


@pytest.fixture
def read(tmp_path: Path) -> Any:
    """Return a function that reads an exercise from its text."""

    def from_text(text: str, name: str = "2-1-mae") -> Exercise:
        path = tmp_path / f"{name}.md"
        path.write_text(text, encoding="utf-8")
        return reading.read(path)

    return from_text


# ---- The exercises ----


@every_exercise
def test_every_program_gets_its_verdict(exercise: Exercise) -> None:
    """The start fails with a sentence, solutions pass, each wrong try gets its own sentence."""
    before = reading.solved(reading.before(exercise, ALL))
    assert list(proof.misjudged(exercise, before, range(1))) == []


@pytest.mark.slow
@every_exercise
def test_every_program_gets_its_verdict_whatever_the_numbers(
    exercise: Exercise, tally: dict[str, int]
) -> None:
    """It holds over many seeds, and there is no line in a check that tells nobody anything."""
    before = reading.solved(reading.before(exercise, ALL))
    assert list(proof.misjudged(exercise, before)) == []
    assert list(proof.idle(exercise, before)) == []
    tally["exercises"] += 1
    tally["wrong tries"] += len(exercise.tries)


def test_the_set_is_complete() -> None:
    """Each lesson that has exercises has three, small, middle and large; the steps are eight."""
    assert reading.read_all() == ALL


@every_exercise
def test_easy_to_read(exercise: Exercise) -> None:
    """The Flesch-Kincaid grade of a task with all that helps is 7 or lower."""
    texts = [exercise.task, *exercise.hints, exercise.right]
    texts += [solution.text for solution in exercise.solutions]
    assert prose.grade("\n\n".join(texts)) <= 7


def test_code_is_clean(tmp_path: Path) -> None:
    """Solutions and checks are as clean as the package, in words that a beginner can read.

    A start may wait for what the reader writes, and a wrong try may lack what is its mistake.
    """
    kinds = {"": "solutions", "…": "starts"}
    for exercise in ALL:
        above = "\n".join(code for _, code in reading.solved(reading.before(exercise, ALL)))
        for what, code, sentence in proof.programs(exercise):
            name = f"{exercise.name}-{what.replace(' ', '-')}.py"
            write(tmp_path / kinds.get(sentence, "tries") / name, above, code)
        write(tmp_path / "checks" / f"{exercise.name}.py", "", exercise.check)
    offered = "get call near same uses wrong rng np nnbasics printed code trained_on"
    names = offered.split()
    assert linted(tmp_path / "solutions") == ""
    assert linted(tmp_path / "starts", "--extend-ignore=ARG,F401,F821") == ""
    assert linted(tmp_path / "tries", "--extend-ignore=ARG,F401,F821,F841") == ""
    assert linted(tmp_path / "checks", "--config", f"builtins={json.dumps(names)}") == ""


def write(path: Path, above: str, code: str) -> None:
    """Write some code, below other code whose names it uses."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{above}\n\n{code}" if above else code, encoding="utf-8")


def linted(folder: Path, *options: str) -> str:
    """Return what the linter finds in a folder."""
    # A loop counts with a name, and lists, `for` and `if` stand where shorter forms would do; a
    # step may make anew what an earlier one has made.
    ignored = f"--extend-ignore={style.AT_A_PROMPT},B007,F811,PERF,RUF005,SIM108"
    command = [*style.RUFF, "check", *style.CONFIG, ignored, "--output-format=concise"]
    ran = subprocess.run(
        [*command, *options, str(folder)], capture_output=True, encoding="utf-8", check=False
    )
    return ran.stdout + ran.stderr


# ---- How they are proved ----


def test_a_good_one_is_good(read: Any) -> None:
    """The exercise of these tests is whole, and read as it was written."""
    exercise = read(GOOD)
    assert [*proof.misjudged(exercise, [])] == [*proof.idle(exercise, [])] == []
    assert (exercise.title, exercise.size) == ("The mean absolute error", "small")
    assert exercise.task.endswith("\n\nIt goes on.")
    assert [len(exercise.hints), len(exercise.solutions), len(exercise.tries)] == [2, 2, 2]
    assert exercise.solutions[0].code.count("\n") == 4, "the pieces, and an empty line"
    assert exercise.tries[0].sentence.endswith("and got …. Divide by how many there are.")
    assert GOOD.splitlines()[exercise.check_line] == 'mae = get("mae")'


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("    ...\n", "    return abs(predictions - targets).mean()\n", "finds nothing wrong"),
        ("return misses.mean()", "return misses.max()", "solution 1, seed 0: it is told (wrong)"),
        (".sum() / len(targets)", ".sum() / 3", "solution 2, seed 0: it is told (wrong)"),
        ("    return abs(predictions - targets).sum()\n", "    return 7\n", "wrong try 1, seed 0"),
        ("A miss has no sign.\n\n##", "…\n\n##", ""),
        ("> The mean absolute", "> … The mean absolute", "wrong try 2, seed 0: it is told"),
        ("> You added the misses up, and got ….", "> ….", ""),
        ("> The mean absolute error should be …, and yours is …. A miss has no sign.", "> …",
         "its sentence fits another wrong try"),
        ("if near(got, misses.sum())", "if near(got, 1 / 0)", "the check itself stopped"),
        ('same(got, misses.mean(), "the', 'same(got, misses, "the', "solution 1, seed 0"),
    ],
)  # fmt: skip
def test_a_wrong_verdict_is_noticed(read: Any, old: str, new: str, problem: str) -> None:
    """A start that passes, a solution that does not, a try that is told something else: noticed."""
    assert old in GOOD
    found = [*proof.misjudged(read(GOOD.replace(old, new, 1)), [])]
    assert problem in "".join(found) if problem else not found


@pytest.mark.parametrize(
    "line",
    [
        'wrong("Never.") if False else None',
        'if near(got, -7):\n    wrong("You guessed.")',
        'same(len(targets), 4, "the length", "It is fixed.")',
        "call(mae, targets, predictions)",
        'get("mae")',
    ],
)
def test_an_idle_line_is_noticed(read: Any, line: str) -> None:
    """A line of a check by which no try is told anything is found, with its place."""
    last = "same(got, misses.mean()"
    found = [*proof.idle(read(GOOD.replace(last, f"{line}\n{last}")), [])]
    assert len(found) == 1
    number = GOOD.splitlines().index(
        'same(got, misses.mean(), "the mean absolute error", "A miss has no sign.")'
    )
    assert f"line {number + 1 + line.count(chr(10))}: " in found[0]
    assert line.splitlines()[-1].strip() in found[0]


@every_exercise
def test_each_line_that_tells_is_tried_without(exercise: Exercise) -> None:
    """No line that tells something escapes the proof: as many checks lack one as there are."""
    tells = [
        node
        for node in ast.walk(ast.parse(exercise.check))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("wrong", "same")
    ]
    assert len([*proof.weakened(exercise.check)]) >= len(tells)


# ---- What is not complete ----


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ("size: small", "size: tiny", 1, "a size is one of small, middle, large, step, last"),
        ("size: small", "size: small\nfiles: gone.csv", 1, "there is no file gone.csv beside it"),
        ("size: small\n", "", 1, "it needs a title and a size"),
        ("title: The mean absolute error\n", "", 1, "it needs a title and a size"),
        ("title: The mean absolute error", "title: [", 1, "it needs a title and a size"),
        ("title: The mean absolute error", "title: 3", 1, "its title is not some words"),
        ("---\n", "", 1, "it needs a title and a size"),
        ("Write `mae`. For guesses of 10 and 5 and answers of 8 and 6 it gives 1.5.\n\n"
         "It goes on.\n", "", 1, "it has no task"),
        ("## Hint\n\nTake the misses first.\n\n", "", 1, "two or three `## Hint`"),
        ("Take the misses first.\n", "", 17, "`Hint` is empty"),
        ("## Right", "## Hint\n\nAnd so.\n\n## Hint\n\nOn.\n\n## Right", 1,
         "two or three `## Hint`"),
        ("## Right\n\nIt is in the units of the answers.\n", "", 1, "it needs one `## Right`"),
        ("It is in the units of the answers.\n", "", 25, "`Right` is empty"),
        ("## Start", "## Begin", 10, "there is no part called `Begin`"),
        ("## Start", "## Start\n\n```python\nx = 1\n```\n\n## Start", 1, "it needs one `## Start`"),
        ("```python\ndef mae(predictions, targets):\n    ...\n```\n", "Later.\n", 10,
         "`Start` has no code"),
        ("> The mean absolute error should be …, and yours is …. A miss has no sign.\n", "", 63,
         "this wrong try has no sentence"),
        ("> The mean absolute error should be …, and yours is …. A miss has no sign.",
         "> You added the misses up, and got ….\n> Divide by how many there are.", 63,
         "another wrong try gets the same sentence"),
    ],
)  # fmt: skip
def test_what_is_not_complete_is_refused(
    read: Any, old: str, new: str, line: int, problem: str
) -> None:
    """Without a hint, a solution, a sentence or whatever else, the file and the line are told."""
    assert old in GOOD
    with pytest.raises(PluginError, match=re.escape(problem)) as stopped:
        read(GOOD.replace(old, new, 1))
    assert str(stopped.value).startswith(f"2-1-mae.md:{line}: ")


@pytest.mark.parametrize("part", ["Solution", "Wrong try", "Check"])
def test_what_lacks_a_part_is_refused(read: Any, part: str) -> None:
    """An exercise needs a solution, two wrong tries and a check."""
    sections = re.split(r"(?m)^(?=## )", GOOD)
    less = [section for section in sections if not section.startswith(f"## {part}")]
    one = next(section for section in sections if section.startswith(f"## {part}"))
    with pytest.raises(PluginError, match=f"`## {part}`"):
        read("".join(less))
    if part == "Wrong try":
        with pytest.raises(PluginError, match="two `## Wrong try` or more"):
            read("".join([*less, one]))


@pytest.mark.parametrize("name", ["mae", "2-mae", "2-1", "two-1-mae", "2-1-Mae"])
def test_a_name_that_says_no_place_is_refused(read: Any, name: str) -> None:
    """The name of a file says the lesson, the place, and what it is about."""
    with pytest.raises(PluginError, match="its name is not"):
        read(GOOD, name)


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"2-1-a": "small"}, "`2` has 1 exercises, not 3"),
        ({"2-1-a": "small", "2-2-b": "middle", "2-4-c": "large"}, "not 3"),
        ({"2-1-a": "small", "2-2-b": "large", "2-3-c": "middle"}, "its size is large, not middle"),
        ({"2-1-a": "small", "2-2-b": "middle", "2-3-c": "large", "3-1-d": "small"}, "`3` has 1"),
        ({"build-1-a": "step"}, "`build` has 1 exercises, not 8"),
        ({"2-1-a": "small", "2-2-b": "middle", "2-3-c": "large"}, ""),
        ({}, ""),
    ],
)
def test_a_lesson_has_three(tmp_path: Path, files: dict[str, str], problem: str) -> None:
    """A lesson has exactly its three, small, middle and large, or none; there are eight steps."""
    for name, size in files.items():
        text = GOOD.replace("size: small", f"size: {size}")
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    if problem:
        with pytest.raises(PluginError, match=problem):
            reading.read_all(tmp_path)
    else:
        assert [exercise.name for exercise in reading.read_all(tmp_path)] == [*files]


# ---- The judge ----

MAE = """\
mae = get("mae")
got = call(mae, np.array([1.0, 2.0]), np.array([3.0, 6.0]))
same(got, 3.0, "the mean", "So it is.")
"""
FUNCTION = "def mae(predictions, targets):\n    return {}\n"
CALLED = " The check called `mae([1, 2], [3, 6])`."


def told(program: str, check: str = MAE, **more: Any) -> Verdict:
    """Return what a program is told."""
    return judge(program, check, 0, **more)


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        ("x = 1", "There is no `mae` yet. The check looks for that name."),
        ("def MAE(a, b): return 3", "You have `MAE`: the check looks for `mae`."),
        ("def mea(a, b): return 3", "You have `mea`: the check looks for `mae`."),
        ("mae = ...", "`mae` is still `...`. Put your own code in place of the dots."),
        ("mae = 3", "`mae` is a number. The check looks for a function."),
        ("def mae(a, b): ...", "`mae(...)` gives nothing back. Is there a `return`?"),
        ("def mae(a, b): return ...", "`mae(...)` gives `...` back. Put your own code in place "
         "of the dots."),
        ("def mae(a, b): return 4", "The mean should be 3, and yours is 4. So it is."),
        ("def mae(a, b): return 'three'", "The mean should be a number, and yours is a text. "
         "So it is."),
        ("def mae(a, b): return a", "The mean should be a number, and yours is an array of shape "
         "(2,). So it is."),
        ("def mae(a, b): return float('nan')", "The mean should be 3, and yours is nan. So it is."),
        ("def mae(a, b):\n    a -= b\n    return 3", "`mae` changes the array that it was given. "
         "Who calls it may still need that as it was: make a new one."),
    ],
)  # fmt: skip
def test_what_a_check_says(program: str, sentence: str) -> None:
    """What is missing, or not what was expected, is told in a sentence."""
    assert told(program) == ("wrong", sentence, 0, "")


@pytest.mark.parametrize(("program", "line", "sentence"), ERRORS)
def test_what_an_error_means(program: str, line: int, sentence: str) -> None:
    """An error is told in words for beginners, with its line, beside Python's own words."""
    verdict = told(program)
    assert verdict[:3] == ("error", f"Line {line}: {sentence}", line)
    assert re.match(r"\w+(Error|Exit|Interrupt)", verdict.python)


def test_what_the_package_says_is_quoted() -> None:
    """An error of nnbasics is a sentence already."""
    _, sentence, line, _ = told("from nnbasics import mse\nmse([1], [1, 2])")
    assert (line, sentence[:40]) == (2, "Line 2: `nnbasics` says: predictions and")


def test_a_call_that_stops_is_told_with_what_it_was_given() -> None:
    """The reader sees how the check called the function, and in which line it stopped."""
    verdict = told("def mae(predictions, targets):\n    return predictoins")
    assert verdict.line == 2
    assert verdict.sentence.endswith(f"is that what you mean?{CALLED}")
    assert verdict.python.startswith("NameError: name 'predictoins' is not defined")


RIGHT = FUNCTION.format("(targets - predictions).mean()")


@pytest.mark.parametrize(
    "evil",
    [
        "np = 3",
        "print = 5\nlist = len = abs = sum = 3",
        "import numpy as np\nnp.array = np.abs = np.asarray = np.allclose = 3",
        "import builtins\nbuiltins.isinstance = builtins.len = builtins.str = 3",
        "import nnbasics\nnnbasics.mse = 3",
        "import sys\nsys.stdout = sys.stdin = None",
        "import warnings, numpy\nwarnings.simplefilter('error')\nnumpy.seterr(all='raise')",
        "get = call = near = same = wrong = rng = 3",
        "Told = Verdict = judge = None",
        "import numpy as np\nnp.random.seed(0)\nnp.random.default_rng = None",
        "__name__ = __builtins__ = 3",
        "print('x' * 1_000_000)",
        "globals().pop('__builtins__')",
    ],
)
def test_what_a_program_overwrites_breaks_no_check(evil: str) -> None:
    """Whatever the reader overwrites, right stays right, and wrong stays wrong."""
    assert told(f"{evil}\n{RIGHT}") == ("right", "", 0, "")
    assert told(f"{evil}\n{FUNCTION.format('4.0')}").sentence.startswith("The mean should be 3")
    assert told(RIGHT) == ("right", "", 0, "")
    assert np.array([1]).sum() == 1


def test_a_program_may_say_that_it_is_the_main_one() -> None:
    """What runs is `__main__`, and a new one each time."""
    main = f"if __name__ == '__main__':\n    {RIGHT.replace(chr(10), chr(10) + '    ')}"
    assert told(main).kind == "right"
    assert told("mae").python == "NameError: name 'mae' is not defined"


def test_what_was_trained_on() -> None:
    """A check sees how many examples each training had; who forgets some is told by `train`."""
    train = "train(network, mse, SGD(learning_rate=0.1), {}, epochs=1, batch_size=2, rng=rng)"
    head = (
        "import numpy as np\nfrom nnbasics import *\nrng = np.random.default_rng(0)\n"
        "network = Network(Dense(1, 1, rng=rng))\n"
    )
    program = head + train.format("np.ones((5, 1)), np.ones((5, 1))")
    program += "\n" + train.format("inputs=np.ones((3, 1)), targets=np.ones((3, 1))")
    assert judge(program, "wrong(str(trained_on))", 0).sentence == "[5, 3]"
    got = judge(head + "train(network)", "wrong(str(trained_on))", 0)
    assert (got.kind, got.line) == ("error", 5)
    assert "train()" in got.python


def test_what_is_printed() -> None:
    """What a program prints is shown, and the check can read it; what a check prints is not."""
    shown: list[str] = []
    check = 'if printed != "1\\n":\n    wrong(f"It printed {printed!r}.")\nprint("never seen")'
    assert judge("print(1)", check, 0, shown.append) == ("right", "", 0, "")
    assert "".join(shown) == "1\n"
    assert judge("print(2)", check, 0).sentence == "It printed '2\\n'."
    assert judge("print('x' * 10 ** 6)", "wrong(str(len(printed)))", 0).sentence == "1000000"
    endless = "for _ in range(1000):\n    print('x' * 1000)"
    assert int(judge(endless, "wrong(str(len(printed)))", 0).sentence) < 110_000


def test_a_check_knows_the_text() -> None:
    """A check can look at the program's text."""
    assert judge("x = 1  # why", 'wrong(code.partition("#")[2])', 0).sentence == " why"


def test_the_same_seed_gives_the_same_numbers() -> None:
    """A check draws its numbers from the seed."""
    check = "wrong(str(rng.integers(1000)))"
    first, again, other = (judge("", check, seed).sentence for seed in (1, 1, 2))
    assert first == again != other


@pytest.mark.parametrize(
    ("a", "b", "is_near"),
    [
        ("1.0", "1", True),
        ("1 / 3", "0.333333333333", True),
        ("1", "1.0001", False),
        ("[1, 2]", "np.array([1.0, 2.0])", True),
        ("(1, 2)", "[1, 2]", True),
        ("[1]", "1", False),
        ("[[1, 2]]", "[1, 2]", False),
        ("[[1], [1, 2]]", "[1]", False),
        ("'a'", "'a'", False),
        ("None", "None", False),
        ("np.nan", "np.nan", False),
        ("np.inf", "np.inf", True),
        ("True", "1", True),
        ("len", "1", False),
        ("1e-15", "0", True),
    ],
)
def test_near(a: str, b: str, is_near: bool) -> None:
    """Numbers and arrays of one shape are near if only rounding tells them apart."""
    assert judge("", f"wrong(str(near({a}, {b})))", 0).sentence == str(is_near)


@pytest.mark.parametrize(
    ("got", "expected", "sentence"),
    [
        ("[1, 4]", "np.array([1, 3])", "It differs at [1]: that should be 3, and yours is 4."),
        ("np.eye(2)", "np.ones((2, 2))", "It differs at [0][1]: that should be 1, and yours is 0."),
        ("np.ones(3)", "np.ones((2, 3))", "It should be an array of shape (2, 3), and yours is an "
         "array of shape (3,)."),
        ("3", "np.ones(3)", "It should be an array of shape (3,), and yours is a number."),
        ("None", "np.ones(3)", "It should be an array of shape (3,), and yours is None."),
        ("[[1], [2, 3]]", "1", "It should be a number, and yours is a list."),
        ("1 / 3", "2 / 3", "It should be 0.666667, and yours is 0.333333."),
        ("1.0000001", "1", "It should be 1, and yours is 1.0000001."),
        ("len", "1", "It should be a number, and yours is a function."),
        ("rng", "1", "It should be a number, and yours is a `Generator`."),
        ("1e9", "1", "It should be 1, and yours is 1e+09."),
    ],
)  # fmt: skip
def test_same(got: str, expected: str, sentence: str) -> None:
    """What came and what was expected, the shape or the first place that differs, and why."""
    assert judge("", f'same({got}, {expected}, "it", "Why.")', 0).sentence == f"{sentence} Why."


def test_what_a_check_passes_on_is_a_copy() -> None:
    """Lists and arrays are copied, whatever is in them; a network or a generator is the same."""
    program = "def f(a, b, c):\n    return c is kept\nkept = []"
    check = """\
class Thing:
    pass
thing = Thing()
f = get("f")
def same_thing(a, b, c, d):
    return [a is not data, a[0] is not data[0], b is thing, c is rng, d["k"] is not named["k"]]
data, named = [np.ones(2)], {"k": [1]}
wrong(str(call(same_thing, data, thing, rng, d=named)))
"""
    assert judge(program, check, 0).sentence == str([True] * 5)


@pytest.mark.parametrize(
    ("body", "changed"),
    [
        ("a.append(1)", "list"),
        ("a[0] = 5", "list"),
        ("a[1][0] = 5", "array"),
        ("b['k'] = 5", "dictionary"),
        ("b['l'] = 5", "dictionary"),
        ("pass", ""),
        ("a = 5", ""),
    ],
)
def test_a_changed_argument_is_told(body: str, changed: str) -> None:
    """A function that changes the list or the array that it was given is told so."""
    program = f"def f(a, b):\n    {body}\n    return 1"
    check = 'call(get("f"), [1, np.array([2.0, np.nan])], b={"k": 1})'
    _, sentence, _, _ = judge(program, check, 0)
    assert sentence.startswith(f"`f` changes the {changed} that") if changed else not sentence


def test_a_check_that_stops_says_so_kindly() -> None:
    """A check that cannot go on is no fault that a reader can see in a traceback."""
    verdict = judge("", "None + 1", 0)
    assert verdict.kind == "broken"
    assert verdict.sentence.startswith("The check cannot go on with what your program gives.")
    assert verdict.python.startswith("TypeError")


def test_code_that_a_check_calls_by_itself_is_told_with_its_line() -> None:
    """If a check uses something of the reader's without `call`, its errors are told as well."""
    program = "class Net:\n    def forward(self):\n        return 1 / 0"
    verdict = judge(program, 'get("Net")().forward()', 0)
    assert verdict[:3] == ("error", "Line 3: Here a number is divided by zero. Print what stands "
                           "behind the `/`.", 3)  # fmt: skip


def test_steps_before_run_first() -> None:
    """A step finds what those before it have made; if one of them stops, it is named."""
    before = [
        ("step 1", "def one():\n    return 1\nprint('unseen')"),
        ("step 2", "two = one() + 1"),
    ]
    shown: list[str] = []
    check = 'same(get("three"), 3, "three", "")'
    assert judge("three = two + one()", check, 0, shown.append, before).kind == "right"
    assert shown == []
    verdict = judge("three = 3", check, 0, before=[("step 1", "one = 1 / 0")])
    assert verdict.sentence.startswith("In your step 1: Line 1: Here a number is divided by zero.")
    assert verdict.line == 0


# ---- What is made of them ----

Cells = list[dict[str, Any]]


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> Cells:
    """Return the cells of the notebook of all exercises."""
    place = tmp_path_factory.mktemp("notebook") / notebook.NAME
    notebook.save(place, ALL, load_config(str(ROOT / "mkdocs.yml")))
    read: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    return [{**cell, "source": "".join(cell["source"])} for cell in read["cells"]]


def run_as_notebook(
    cells: Cells, capsys: pytest.CaptureFixture[str], change: dict[str, str]
) -> dict[str, str]:
    """Run the cells as a notebook does, some changed, and return what each check prints."""
    names: dict[str, Any] = {"In": [], "__name__": "__main__"}
    said: dict[str, str] = {}
    for cell in cells:
        code = str(change.get(cell["source"], cell["source"]))
        if cell["cell_type"] != "code" or code.startswith("%pip"):
            continue
        names["In"].append(code)
        capsys.readouterr()
        try:
            exec(compile(code, "<cell>", "exec"), names)
        except Exception:  # a notebook shows it, and goes on
            if not code.startswith("# exercise"):
                raise
        if found := re.fullmatch(r'check_exercise\("(.+)"\)', code):
            said[found[1]] = capsys.readouterr().out
    return said


def test_notebook_unedited(cells: Cells, capsys: pytest.CaptureFixture[str]) -> None:
    """In the notebook as it is, each check runs, and none is content."""
    said = run_as_notebook(cells, capsys, {})
    assert [*said] == [exercise.name for exercise in ALL]
    assert [name for name, text in said.items() if not text.startswith("Not yet. ")] == []


def test_notebook_solved(cells: Cells, capsys: pytest.CaptureFixture[str]) -> None:
    """With the solutions put in, each check passes: steps build upon those that were written."""
    mark = {exercise.name: notebook.MARK.format(exercise.name) for exercise in ALL}
    change = {
        f"{mark[one.name]}\n{one.start.strip()}": f"{mark[one.name]}\n{one.solutions[-1].code}"
        for one in ALL
    }
    said = run_as_notebook(cells, capsys, change)
    assert [name for name, text in said.items() if not text.startswith("Right. ")] == []
    assert [*said] == [exercise.name for exercise in ALL]


def test_notebook_names(cells: Cells, capsys: pytest.CaptureFixture[str]) -> None:
    """A check finds what was written last, in cells that were run, whatever names it sets."""
    first = ALL[0]
    start = f"{notebook.MARK.format(first.name)}\n{first.start.strip()}"
    evil = "\nprint = json = judge = exercises = types = random = 3\n"
    solved = f"{notebook.MARK.format(first.name)}\n{first.solutions[0].code}{evil}"
    assert run_as_notebook(cells, capsys, {start: solved})[first.name].startswith("Right. ")
    said = run_as_notebook(cells, capsys, {start: "pass"})
    assert said[first.name] == "Run the cell of the exercise first.\n"


def test_notebook_steps(cells: Cells, capsys: pytest.CaptureFixture[str]) -> None:
    """A step in the notebook runs after what was solved before it, and not after ours."""
    steps = reading.of("build", ALL)
    starts = [f"{notebook.MARK.format(one.name)}\n{one.start.strip()}" for one in steps[:2]]
    mark = [notebook.MARK.format(one.name) for one in steps[:2]]
    second = f"{mark[1]}\n{steps[1].solutions[0].code}\nmine = mine + 1"
    for first, verdict in ((steps[0].solutions[0].code, "Not yet."), ("mine = 1\n", "Right.")):
        code = steps[0].solutions[0].code if verdict == "Right." else ""
        change = {starts[0]: f"{mark[0]}\n{code}{first}", starts[1]: second}
        said = run_as_notebook(cells, capsys, change)
        assert said[steps[1].name].startswith(verdict)


def test_notebook_leads_to_the_pages(cells: Cells) -> None:
    """The notebook installs the site's package, and what it links to is on the site."""
    assert re.match(r"%pip install --quiet http\S+\.whl\n", cells[1]["source"])
    text = "\n".join(cell["source"] for cell in cells if cell["cell_type"] == "markdown")
    for link in re.findall(r"\]\((.+?)\)", text):
        path = re.sub(r"^http://127.0.0.1:8000/|/?(#.*)?$", "", link)
        assert [*pages.DOCS.glob(f"{path}.*")] or path == "", link
    assert text.count("<details>") == sum(len(one.hints) + len(one.solutions) for one in ALL)


lessons_with_exercises = pytest.mark.parametrize(
    "path",
    [path for path in pages.lessons() if reading.of(path.name.partition("-")[0], ALL)],
    ids=lambda path: path.stem,
)


@lessons_with_exercises
def test_a_lesson_has_its_three(path: Path, site: Path, plain_site: Path) -> None:
    """A lesson lists its exercises at its end; where no code runs, all of each stands there."""
    ours = reading.of(path.name.partition("-")[0], ALL)
    for root in (site, plain_site):
        soup = parsed(root / "lessons" / path.stem / "index.html")
        boxes = soup.select("h2#exercises ~ details.exercise")
        titles = [box.select_one("summary").get_text() for box in boxes]  # type: ignore[union-attr]
        assert titles == [f"{one.size.capitalize()}: {one.title}" for one in ours]
        assert not soup.select("h2#exercises ~ h2")
        for box, one in zip(boxes, ours, strict=True):
            if root == plain_site and live.available():
                assert one.start.strip() in box.get_text()
                assert len(box.select("details")) == len(one.hints) + len(one.solutions)
            elif root == site and live.available():
                start = box.select_one("p.start")
                assert start
                assert start["data-exercise"] == one.name
                assert start["data-of"] == exercises.fingerprint(one)


@lessons_with_exercises
def test_the_weight_of_exercises(path: Path, site: Path) -> None:
    """Before one is opened, exercises add at most 1 kB to a lesson."""
    html = (site / "lessons" / path.stem / "index.html").read_text(encoding="utf-8")
    without = re.sub(r'<h2 id="exercises">.*(?=</article>)', "", html, flags=re.S)
    without = re.sub(r"<script>[^<]*assets/exercises[^<]*</script>", "", without)
    without = re.sub(
        r'<li class="md-nav__item">\s*<a href="#exercises".*?</li>', "", without, flags=re.S
    )
    sizes = [len(gzip.compress(text.encode(), 9)) for text in (html, without)]
    assert 0 < sizes[0] - sizes[1] <= 1000


def test_what_an_opened_exercise_loads(site: Path) -> None:
    """All that an exercise loads is there; its links lead to pages, its text has no mark left."""
    if not live.available():
        pytest.skip("Python for the browser is not there")
    folder = site / exercises.ADDRESS
    for exercise in ALL:
        found = json.loads((folder / f"{exercise.name}.json").read_text(encoding="utf-8"))
        page = site / path_of(exercise.page)
        html = "".join([found["task"], *found["hints"], found["right"], *found["solutions"]])
        for link in re.findall(r'href="([^"#]+)', html):
            assert (page / link / "index.html").resolve().is_file(), f"{exercise.name}: {link}"
        assert not re.search("```|__span", html)
        assert found["check"] == exercise.check
        assert len(found["before"]) == (exercise.place - 1 if exercise.size == "step" else 0)
        text = (folder / f"{exercise.group}.txt").read_text(encoding="utf-8")
        assert all(part in text for part in (exercise.task, *exercise.hints))
    assert {file.name for file in folder.iterdir() if file.suffix not in (".json", ".txt")} == {
        *exercises.SCRIPTS
    }


@pytest.mark.parametrize(
    ("name", "link", "address"),
    [
        ("6-2-a", "../labs/3-when-to-stop.py", "../../labs/3-when-to-stop/"),
        ("6-2-a", "3-cross-entropy.md#surprise", "../../lessons/3-cross-entropy/#surprise"),
        ("build-2-a", "lessons/3-cross-entropy.md", "../lessons/3-cross-entropy/"),
        ("6-2-a", "https://example.org/a.md", "https://example.org/a.md"),
        ("6-2-a", "../labs/nothing.py", ""),
        ("6-2-a", "../../README.md", ""),
    ],
)
def test_links_lead_from_the_page(read: Any, name: str, link: str, address: str) -> None:
    """A link in a hint leads from the exercise's page to another page, or the build stops."""
    exercise = read(GOOD.replace("Take the misses", f"See [it]({link})"), name)
    config = load_config(str(ROOT / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    if address:
        html = exercises.html_of(exercise.hints[0], exercise, config)
        assert f'<a href="{address}">it</a>' in html
    else:
        with pytest.raises(PluginError, match="there is no page"):
            exercises.html_of(exercise.hints[0], exercise, config)


def test_another_task_is_another_exercise(read: Any) -> None:
    """What stands for an exercise changes with its task and its start, and with nothing else."""
    first = exercises.fingerprint(read(GOOD))
    for old in ("It goes on.", "    ...\n"):
        assert exercises.fingerprint(read(GOOD.replace(old, f"#{old}"))) != first
    assert exercises.fingerprint(read(GOOD.replace("Take the misses", "Look at them"))) == first
