"""Run what a reader wrote for an exercise, and say in words whether it is right.

This file runs in the reader's browser, in the tests, and in the notebook of all exercises: so it
needs Python, NumPy and nnbasics alone, and nothing of it depends on the version of Python. What
Python itself says of an error does, and so stands beside the sentence, never in it.
"""

import builtins
import difflib
import functools
import io
import re
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from traceback import TracebackException, walk_tb
from types import FunctionType, ModuleType
from typing import Any, NamedTuple

import numpy as np

import nnbasics

YOURS = "<your "  # how the names of all code begin that the reader wrote
PROGRAM = "<your program>"
CHECK = "<check>"
KEPT = 100_000  # characters of output that a check can see
SHORT = 12  # numbers that a sentence shows; of more it tells the shape


class Verdict(NamedTuple):
    """What the reader is told: a sentence ("" if right), the line it speaks of, Python's words.

    `kind` is "right", "wrong", "error" if Python stopped, or "broken" if the check itself did.
    """

    kind: str
    sentence: str = ""
    line: int = 0
    python: str = ""


class Told(Exception):  # noqa: N818 -- what is told need not be an error
    """The check has found something wrong, and this is what the reader is told."""

    def __init__(self, sentence: str, line: int = 0, python: str = "") -> None:
        """Remember the verdict."""
        super().__init__(sentence)
        self.verdict = Verdict("error" if python else "wrong", sentence, line, python)


class Screen(io.TextIOBase):
    """Pass on what is printed, and keep the beginning of it."""

    def __init__(self, show: Callable[[str], object]) -> None:
        """Remember who shows it."""
        self.show = show
        self.text = ""

    def write(self, text: str) -> int:
        """Show some text."""
        if len(self.text) < KEPT:
            self.text += text
        if text:
            self.show(text)
        return len(text)


def judge(
    program: str,
    check: str,
    seed: int,
    show: Callable[[str], object] = str,
    before: Sequence[tuple[str, str]] = (),
    files: Mapping[str, str] | None = None,
) -> Verdict:
    """Run a program, after others that it builds upon, and then its check.

    The others are pairs: what they are called, such as "step 2", and their code. The files, by
    their names, lie in a folder of their own, in which all of it runs.
    """
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        for file, text in (files or {}).items():
            Path(file).write_text(text, encoding="utf-8")
        return _judged(program, check, seed, show, before)


def _judged(
    program: str,
    check: str,
    seed: int,
    show: Callable[[str], object],
    before: Sequence[tuple[str, str]],
) -> Verdict:
    namespace: dict[str, Any] = {"__name__": "__main__", "__builtins__": builtins}
    screen = Screen(show)
    trained_on: list[int] = []
    with _untouched(), redirect_stderr(screen):
        _note(trained_on)
        for name, code in before:
            with redirect_stdout(io.StringIO()):
                if verdict := _run(code, f"<your {name}>", namespace):
                    return verdict._replace(sentence=f"In your {name}: {verdict.sentence}", line=0)
        with redirect_stdout(screen):
            if verdict := _run(program, PROGRAM, namespace):
                return verdict
    with _untouched(), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        return _Checking(namespace, program, screen.text, seed, trained_on).verdict(check)


@contextmanager
def _untouched() -> Iterator[None]:
    """Put back what a program has overwritten for all others: `np.sum = 3`, `builtins.max = 3`."""
    modules = [builtins, np, np.random, np.linalg, nnbasics]
    before = [dict(vars(module)) for module in modules]
    stdin, sys.stdin = sys.stdin, io.StringIO()  # nobody can type here
    try:
        with warnings.catch_warnings(), np.errstate():
            warnings.simplefilter("ignore")
            yield
    finally:
        sys.stdin = stdin
        for module, names in zip(modules, before, strict=True):
            now = vars(module)
            now.update({name: one for name, one in names.items() if now.get(name) is not one})


def _note(trained_on: list[int]) -> None:
    """Have `train` note how many examples it gets: a network does not tell what it has seen."""
    train = nnbasics.train

    @functools.wraps(train)
    def noting(*arguments: Any, **named: Any) -> Any:
        inputs = named.get("inputs", arguments[3] if len(arguments) > 3 else ())
        trained_on.append(len(inputs) if isinstance(inputs, Sized) else 0)
        return train(*arguments, **named)

    vars(nnbasics)["train"] = noting


def _run(code: str, name: str, namespace: dict[str, Any]) -> Verdict | None:
    """Run some code of the reader, and return what stopped it."""
    try:
        exec(compile(code, name, "exec"), namespace)
    except BaseException as error:  # whatever it is, the page lives on
        return _stopped(error, namespace)
    return None


# ---- What a check may use ----


class _Checking:
    """One run of a check, with the names that stand in it."""

    def __init__(
        self,
        namespace: dict[str, Any],
        program: str,
        printed: str,
        seed: int,
        trained_on: list[int],
    ) -> None:
        self.namespace = namespace
        self.names: dict[int, str] = {}  # what each thing is called in the program
        self.offered = {
            "__name__": "check",
            "get": self.get,
            "call": self.call,
            "near": near,
            "same": same,
            "uses": uses,
            "wrong": wrong,
            "rng": np.random.default_rng(seed),
            "np": np,
            "nnbasics": nnbasics,
            "printed": printed,
            "code": program,
            "trained_on": trained_on,  # how many examples, for each call of `train`
        }

    def verdict(self, check: str) -> Verdict:
        """Run the check, and return what it found."""
        try:
            exec(compile(check, CHECK, "exec"), self.offered)
        except Told as told:
            return told.verdict
        except BaseException as error:
            if _line(error):  # the check has called the reader's code by itself
                return _stopped(error, self.namespace)
            return Verdict(
                "broken",
                "The check cannot go on with what your program gives. "
                "Is it of another kind than the task asks for?",
                python=_words(error),
            )
        return Verdict("right")

    def get(self, name: str) -> Any:
        """Return what the program calls by a name."""
        if name not in self.namespace:
            if alike := _alike(name, self.namespace, 0.6):
                raise Told(f"You have `{alike}`: the check looks for `{name}`.")
            raise Told(f"There is no `{name}` yet. The check looks for that name.")
        value = self.namespace[name]
        if value is ...:
            raise Told(f"`{name}` is still `...`. Put your own code in place of the dots.")
        self.names[id(value)] = name
        return value

    def call(self, function: Any, *arguments: Any, **named: Any) -> Any:
        """Call a function of the program with copies, and return what it gives back."""
        name = self.names.get(id(function)) or getattr(function, "__name__", "it")
        if not callable(function):
            raise Told(f"`{name}` is {_kind(function)}. The check looks for a function.")
        given = [shown(one) for one in arguments]
        given += [f"{key}={shown(one)}" for key, one in named.items()]
        written = f"{name}({', '.join(given)})"
        passed, passed_named = _copy(arguments), _copy(named)
        try:
            got = function(*passed, **passed_named)
        except BaseException as error:
            _, sentence, line, python = _stopped(error, self.namespace)
            raise Told(f"{sentence} The check called `{written}`.", line, python) from None
        if changed := _changed([*arguments, *named.values()], [*passed, *passed_named.values()]):
            raise Told(
                f"`{name}` changes the {changed} that it was given. Who calls it may still need "
                "that as it was: make a new one."
            )
        if got is None:
            raise Told(f"`{name}(...)` gives nothing back. Is there a `return`?")
        if got is ...:
            raise Told(f"`{name}(...)` gives `...` back. Put your own code in place of the dots.")
        return got


def uses(function: Any, name: str) -> bool:
    """Tell whether a function of the program itself names something that is defined outside it."""
    return isinstance(function, FunctionType) and name in function.__code__.co_names


def near(a: Any, b: Any) -> bool:
    """Tell whether two numbers or arrays have the same shape and, but for rounding, are equal."""
    first, second = _numbers(a), _numbers(b)
    if first is None or second is None or first.shape != second.shape:
        return False
    return bool(np.allclose(first, second, rtol=1e-9, atol=1e-12))


def same(got: Any, expected: Any, what: str, why: str) -> None:
    """Tell the reader what came and what was expected, if that is not the same."""
    if near(got, expected):
        return
    what = what[:1].upper() + what[1:]
    came, right = _numbers(got), _numbers(expected)
    if came is None:
        raise Told(f"{what} should be {_wanted(right)}, and yours is {_kind(got)}. {why}")
    if right is None or came.shape == right.shape == ():
        wanted, came = _apart(expected, got)
        raise Told(f"{what} should be {wanted}, and yours is {came}. {why}")
    if came.shape != right.shape:
        raise Told(f"{what} should be {_wanted(right)}, and yours is {_wanted(came)}. {why}")
    place = next(place for place in np.ndindex(right.shape) if not near(came[place], right[place]))
    where = "".join(f"[{number}]" for number in place)
    wanted, came = _apart(right[place], came[place])
    raise Told(f"{what} differs at {where}: that should be {wanted}, and yours is {came}. {why}")


def wrong(sentence: str) -> None:
    """End the check: the reader is told this sentence."""
    raise Told(sentence)


def _numbers(value: Any) -> Any:
    """Return something as an array of numbers, or None if it is none."""
    try:
        array = np.asarray(value)
    except Exception:  # rows of different lengths, or something that only looks like an array
        return None
    return array if array.dtype.kind in "biuf" else None


def _wanted(array: Any) -> str:
    """Return what kind of numbers these are, in words."""
    if array is None:
        return "something else"
    return f"an array of shape {array.shape}" if array.shape else "a number"


def _apart(a: Any, b: Any) -> tuple[str, str]:
    """Return two numbers with as many digits as it takes to tell them apart."""
    for digits in (6, 9, 12):
        if shown(a, digits) != shown(b, digits):
            return shown(a, digits), shown(b, digits)
    return shown(a, 17), shown(b, 17)


def shown(value: Any, digits: int = 6) -> str:
    """Return something as it is written in a sentence: short."""
    array = _numbers(value)
    if array is None:
        if isinstance(value, str):
            return repr(value if len(value) < 40 else value[:39] + "…")
        if isinstance(value, list | tuple) and len(value) <= SHORT:
            inside = ", ".join(map(shown, value))
            return f"[{inside}]" if isinstance(value, list) else f"({inside})"
        return "None" if value is None else _kind(value)
    if array.size > SHORT:
        return f"an array of shape {array.shape}"
    return _written(array.tolist(), digits)


def _written(value: Any, digits: int) -> str:
    """Return numbers with the digits that matter."""
    if isinstance(value, list):
        return f"[{', '.join(_written(one, digits) for one in value)}]"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e6:
        value = int(value)
    return f"{value:.{digits}g}" if isinstance(value, float) else str(value)


KINDS = {
    "int": "a number", "float": "a number", "str": "a text", "list": "a list",
    "tuple": "a tuple", "dict": "a dictionary", "ndarray": "an array", "NoneType": "None",
    "bool": "True or False", "function": "a function", "type": "a class", "module": "a module",
    "ellipsis": "still `...`", "method": "a function", "builtin_function_or_method": "a function",
    "set": "a set", "zip": "a zip", "map": "a map", "range": "a range", "generator": "a generator",
}  # fmt: skip


def _kind(value: Any) -> str:
    """Return what kind of thing something is, in words."""
    return _kind_called(type(value).__name__)


def _kind_called(name: str) -> str:
    if name.startswith(("float", "int", "uint")) or name == "numpy.float64":
        return "a number"
    name = name.removeprefix("numpy.")
    return KINDS.get(name, f"{'an' if name[:1] in 'AEIOUaeiou' else 'a'} `{name}`")


def _copy(value: Any) -> Any:
    """Copy lists and arrays, and what is in them; a network, or a generator, stays the same one."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if type(value) in (list, tuple):
        return type(value)(map(_copy, value))
    if type(value) is dict:
        return {key: _copy(one) for key, one in value.items()}
    return value


def _changed(before: Any, after: Any) -> str:
    """Return what was changed, "list" or "array" or "dictionary"; "" if nothing was."""
    if isinstance(before, np.ndarray):
        return "" if np.array_equal(before, after, equal_nan=before.dtype.kind == "f") else "array"
    if type(before) is dict:
        kind, same_names = "dictionary", list(before) == list(after)
        before, after = list(before.values()), list(after.values())
    elif type(before) in (list, tuple):
        kind, same_names = "list", True
    else:
        return ""
    if not same_names or len(before) != len(after):
        return kind
    for old, new in zip(before, after, strict=True):
        if inside := _changed(old, new):
            return inside
        if type(old) is not type(new) or (isinstance(old, int | float | str) and old != new):
            return kind
    return ""


# ---- What is said of an error ----


def _line(error: BaseException) -> int:
    """Return the line of the program that led to an error, 0 if none of its lines did."""
    if isinstance(error, SyntaxError) and (error.filename or "").startswith(YOURS):
        return error.lineno or 0
    way = walk_tb(error.__traceback__)
    lines = [line for frame, line in way if frame.f_code.co_filename.startswith(YOURS)]
    return lines[-1] if lines else 0


def _words(error: BaseException) -> str:
    """Return what Python says of an error, without the way to it."""
    lines = list(TracebackException.from_exception(error).format_exception_only())
    return "".join(lines[-1:] if isinstance(error, SyntaxError) else lines).rstrip()


def _stopped(error: BaseException, namespace: dict[str, Any]) -> Verdict:
    """Return what the reader is told of an error in the program."""
    line = _line(error)
    sentence = _explained(error, namespace)
    place = f"Line {line}: " if line else ""
    return Verdict("error", f"{place}{sentence}", line, _words(error))


def _explained(error: BaseException, namespace: dict[str, Any]) -> str:
    """Say what an error means, in words for beginners that no version of Python changes."""
    if isinstance(error, UnboundLocalError):
        name = _quoted(error)
        return (
            f"`{name}` has no value yet. A name that a function sets is the function's own: "
            "set it there before you use it, or take another name."
        )
    if isinstance(error, NameError):
        return _unknown_name(error.name or _quoted(error), error, namespace)
    if isinstance(error, AttributeError):
        return _unknown_part(error)
    if isinstance(error, ModuleNotFoundError):
        return f"There is no `{error.name}` here: only Python, NumPy and `nnbasics`."
    if isinstance(error, ImportError):
        return _unknown_import(error)
    if isinstance(error, KeyError):
        return f"The dictionary has no key {shown(error.args[0]) if error.args else ''}."
    words = str(error.msg if isinstance(error, SyntaxError) else error)
    for kind, pattern, sentence in MEANINGS:
        if isinstance(error, kind) and (found := re.search(pattern, words)):
            return sentence(found) if callable(sentence) else found.expand(sentence)
    if _is_from_the_package(error):
        return f"`nnbasics` says: {words}"
    return f"Python stops here, with {_kind_called(type(error).__name__)}."


def _is_from_the_package(error: BaseException) -> bool:
    """Tell whether nnbasics itself has raised an error: its words are sentences."""
    frames = [frame for frame, _ in walk_tb(error.__traceback__)]
    return bool(frames) and str(frames[-1].f_globals.get("__name__")).startswith("nnbasics")


def _quoted(error: BaseException) -> str:
    """Return the name that stands between quotes in an error."""
    found = re.search("'(.+?)'", str(error))
    return found[1] if found else "it"


def _unknown_name(name: str, error: BaseException, namespace: dict[str, Any]) -> str:
    """Say what a name could have been meant to be."""
    does_not_know = f"Python does not know `{name}`."
    if name == "np":
        return f"{does_not_know} Is `import numpy as np` missing at the top?"
    if name in nnbasics.__all__:
        return f"{does_not_know} Is `from nnbasics import {name}` missing at the top?"
    known = {*namespace}
    for frame, _ in walk_tb(error.__traceback__):
        if frame.f_code.co_filename.startswith(YOURS):
            known |= set(frame.f_locals)
            if hasattr(frame.f_locals.get("self"), name):
                return f"{does_not_know} Do you mean `self.{name}`?"
    if alike := _alike(name, known, 0.65) or _alike(name, vars(builtins)):
        return f"{does_not_know} You have `{alike}`: is that what you mean?"
    if isinstance(namespace.get("math"), ModuleType) and hasattr(namespace["math"], name):
        return f"{does_not_know} Do you mean `math.{name}`?"
    if hasattr(np, name):
        return f"{does_not_know} Do you mean `np.{name}`?"
    return f"{does_not_know} Is it set below this line, or written otherwise?"


def _alike(name: str, known: Iterable[str], cutoff: float = 0.75) -> str:
    """Return which of some names looks most like another, "" if none does."""
    names = sorted(one for one in known if not one.startswith("_"))
    same = [one for one in names if one.lower() == name.lower()]
    return next(iter(same or difflib.get_close_matches(name, names, 1, cutoff)), "")


def _unknown_part(error: AttributeError) -> str:
    """Say what stands behind a dot that is not there."""
    name, owner = error.name, getattr(error, "obj", None)
    if not name:
        return "What stands behind the dot is not there."
    if owner is None:
        return f"There is nothing, `None`, in front of `.{name}`. Is a `return` missing?"
    what = f"`{owner.__name__}`" if isinstance(owner, ModuleType | type) else _kind(owner)
    sentence = f"{what[:1].upper() + what[1:]} has no `{name}`."
    if alike := _alike(name, dir(owner)):
        return f"{sentence} It has `{alike}`: is that what you mean?"
    if isinstance(owner, list) and hasattr(np.ndarray, name):
        return f"{sentence} An array has it: make one with `np.array(...)`."
    return sentence


def _unknown_import(error: ImportError) -> str:
    """Say what a module has in place of what was asked of it."""
    found = re.search("cannot import name '(.+?)'", str(error))
    if not found:
        return "What is imported here is not there."
    module = sys.modules.get(error.name or "")
    sentence = f"`{error.name}` has no `{found[1]}`."
    alike = _alike(found[1], dir(module), 0.65) if module else ""
    return f"{sentence} It has `{alike}`: is that what you mean?" if alike else sentence


def _few(found: re.Match[str]) -> str:
    """Say that a function was given too few values."""
    name = _function(found[1])
    missing = re.findall("'(.+?)'", found[3])
    return f"`{name}` was not given {' and '.join(f'`{one}`' for one in missing)}."


def _many(found: re.Match[str]) -> str:
    """Say that a function was given too many values."""
    name, takes, given = _function(found[1]), int(found[2]), int(found[3])
    if "." in found[1]:  # what stands in front of the dot is given, too
        if takes == 0 or (takes == 1 and given == 2):
            return f"`{name}` was given more than it takes. Is `self` its first name?"
        takes, given = takes - 1, given - 1
    values = "1 value" if takes == 1 else f"{takes} values"
    return f"`{name}` takes {values}, and {given} came. Look at the names behind its `def`."


def _function(qualified: str) -> str:
    """Return the name of a function as a reader calls it."""
    *owners, name = qualified.replace("<locals>.", "").split(".")
    return owners[-1] if owners and name == "__init__" else name


SIGNS = {"+": "added", "-": "subtracted", "*": "multiplied", "/": "divided", "@": "multiplied"}


def _operands(found: re.Match[str]) -> str:
    """Say why two things cannot be calculated with."""
    sign, names = found[1].split(" ")[0], {found[2], found[3]}
    if "ellipsis" in names:
        return "There is still `...` in this sum. Put your own code in place of the dots."
    if "NoneType" in names:
        return "One of the two is `None`, nothing. Is a `return` missing, or was a name never set?"
    if names & {"function", "method", "builtin_function_or_method", "type"}:
        return "One of the two is a function itself. Are its brackets `()` missing?"
    if "str" in names:
        return "One of the two is a text, not a number. Are there quotes around a number?"
    if names & {"list", "tuple"}:
        return (
            f"A list cannot be {SIGNS.get(sign, 'used')} like a number. "
            "Make an array of it, `np.array(...)`, or go through it with `for`."
        )
    return (
        f"{_kind_called(found[2])} and {_kind_called(found[3])}: `{sign}` cannot put them together."
    )


def _shapes(found: re.Match[str]) -> str:
    """Say that two arrays do not fit."""
    shapes = re.findall(r"\(\d*,?(?:\d+,?)*\)", found[0].replace(" ", ""))
    two = " and ".join(shape.replace(",", ", ").replace(", )", ",)") for shape in shapes[:2])
    which = f": their shapes are {two}" if two else ""
    return f"These two arrays do not fit{which}. Print the `.shape` of each, just before this line."


def _expects_indentation(found: re.Match[str]) -> str:
    """Say that a block has no lines."""
    after = re.search(r"on line (\d+)", found[0])
    where = f" of line {after[1]}" if after else ""
    return f"What belongs to the `:`{where} starts further in: put four spaces in front of it."


def _not_callable(found: re.Match[str]) -> str:
    what = _kind_called(found[1])
    return (
        f"Here {what} stands before brackets `()`, as if it were a function. "
        "Is a `*` missing, or was the name of a function used for something else?"
    )


def _single(found: re.Match[str]) -> str:
    what = _kind_called(found[1])
    return f"Python wants to go through several things here, and there is {what}."


def _no_parts(found: re.Match[str]) -> str:
    what = _kind_called(found[1])
    return f"Brackets `[]` take a part of something, and here is {what}, which has no parts."


Meaning = tuple[type[BaseException], str, str | Callable[[re.Match[str]], str]]
BRACKET = "A bracket is opened here, and never closed."
MEANINGS: list[Meaning] = [
    (IndentationError, "expected an indented block.*", _expects_indentation),
    (IndentationError, "unexpected indent", "This line starts further in than the one above it. "
     "Only after a `:` a line starts further in."),
    (IndentationError, "", "This line starts at another place than the lines that it belongs to. "
     "Count the spaces in front of it."),
    (SyntaxError, "expected ':'", "A colon `:` is missing at the end of this line."),
    (SyntaxError, "was never closed", BRACKET),
    (SyntaxError, r"unmatched|does not match", "There is a bracket too many here, "
     "or one of another kind than was opened."),
    (SyntaxError, "unterminated|EOL while", "A text begins with a quote here, "
     "and has none at its end."),
    (SyntaxError, "cannot assign to", "What stands left of `=` must be a name. "
     "To compare, write `==`."),
    (SyntaxError, "Maybe you meant '==' ", "One `=` gives a name to a value. "
     "To compare, write `==`."),
    (SyntaxError, "forgot a comma", "Two things stand side by side here. "
     "Is a comma, a `*` or a bracket missing between them?"),
    (SyntaxError, "Missing parentheses", "What is to be printed belongs in brackets: "
     "`print(...)`."),
    (SyntaxError, "outside (?:of )?function", "A `return` belongs to a function. "
     "Is this line indented as far as the lines of the function?"),
    (SyntaxError, "invalid .*character", "There is a sign here that Python does not know. "
     "Was this copied from a text? Type its signs anew."),
    (SyntaxError, "", "Python cannot read this line. Look for what is missing, "
     "or too much: a bracket, a comma, a colon, a quote. It may be in the line above."),
    (ZeroDivisionError, "", "Here a number is divided by zero. Print what stands behind the `/`."),
    (IndexError, "too many indices|too many", "There are more numbers in the brackets `[]` "
     "than the array has directions."),
    (IndexError, "", "There is no such place. Places are counted from 0: "
     "of three, the last is `[2]`."),
    (TypeError, r"(\S+)\(\) missing (\d+) required .*?arguments?: (.+)", _few),
    (TypeError, r"(\S+)\(\) takes (?:from \d+ to )?(\d+) positional arguments? but (\d+)", _many),
    (TypeError, r"(\S+)\(\) got an unexpected keyword argument '(.+?)'",
     r"`\1` does not know the name `\2`. Look at the names behind its `def`."),
    (TypeError, r"unsupported operand type\(s\) for (.+?): '(.+?)' and '(.+?)'", _operands),
    (TypeError, "'(.+?)' object is not callable", _not_callable),
    (TypeError, "'(.+?)' object is not iterable", _single),
    (TypeError, "cannot unpack non-iterable (.+?) object", _single),
    (TypeError, "'(.+?)' object is not subscriptable", _no_parts),
    (TypeError, "'(.+?)' object does not support item assignment", lambda found:
     f"Here a part of {_kind_called(found[1])} is to be changed, and that is not possible."),
    (TypeError, "object of type '(.+?)' has no len", lambda found:
     f"`len` counts what is in a list or an array, and here is {_kind_called(found[1])}."),
    (TypeError, "concatenate|can't multiply sequence|bad operand type.*'(?:list|tuple)'",
     "A list cannot be calculated with like a number. "
     "Make an array of it, `np.array(...)`, or go through it with `for`."),
    (TypeError, "indices must be integers", "A place in a list is a whole number."),
    (TypeError, "only (?:length-1|0-dimensional|size-1|integer)", "One number is needed here, "
     "and there are several."),
    (ValueError, "broadcast.*", _shapes),
    (ValueError, "shapes .* not aligned|mismatch in its core dim|all the input array", _shapes),
    (ValueError, "truth value of an array", "One yes or no is needed here, by `if`, `and` or "
     "`max`, and an array gives many. Ask for one of them, or use `.all()`, `.any()` or "
     "`np.maximum`."),
    (ValueError, "inhomogeneous|array element with a sequence", "The rows have different lengths: "
     "no array can be made of them."),
    (ValueError, "too many values to unpack|not enough values to unpack",
     "There are not as many names in front of the `=` as there are values behind it."),
    (ValueError, "cannot reshape", "There are not as many numbers as this shape has places."),
    (RecursionError, "", "A function calls itself again and again, without an end."),
    (MemoryError, "", "That needs more memory than there is. Is an array far too big?"),
    (AssertionError, "", "The `assert` in this line does not hold."),
    (EOFError, "", "`input` waits for somebody to type, and here nobody can. "
     "Write the value into the program."),
    (SystemExit, "", "The program ends itself here. "
     "Take this line out, so that it can be checked."),
    (KeyboardInterrupt, "", "The program was stopped."),
]  # fmt: skip
