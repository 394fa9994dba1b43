"""Prove the exercises: each check knows its solutions and its wrong tries, and no line is idle.

    python -m website.exercises.proof                            all of them
    python -m website.exercises.proof docs/exercises/2-1-*.md    some

It needs no browser: the same judge runs here and in the page.
"""

import ast
import functools
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from website.exercises import reading
from website.exercises.judge import Verdict, judge
from website.exercises.reading import Exercise

SEEDS = range(20)
TELLING = ("wrong", "same", "call", "get")


def programs(exercise: Exercise) -> Iterator[tuple[str, str, str]]:
    """Yield each program of an exercise: what it is, its code, and the sentence that it gets.

    The sentence is "" for a solution, and "…" for the start: any.
    """
    yield "the start", exercise.start, "…"
    for number, solution in enumerate(exercise.solutions, 1):
        yield f"solution {number}", solution.code, ""
    for number, wrong in enumerate(exercise.tries, 1):
        yield f"wrong try {number}", wrong.code, wrong.sentence


def fits(pattern: str, sentence: str) -> bool:
    """Tell whether a sentence is the one that was written, in which … stands for anything."""
    parts = map(re.escape, " ".join(pattern.split()).split("…"))
    return bool(re.fullmatch(".+?".join(parts), " ".join(sentence.split()), re.S))


def misjudged(
    exercise: Exercise, before: list[tuple[str, str]], seeds: range = SEEDS
) -> Iterator[str]:
    """Yield which program of an exercise is told something else than it should be: the first."""
    for seed in seeds:
        for what, code, expected in programs(exercise):
            got = judge(code, exercise.check, seed, before=before, files=exercise.files)
            if problem := _unexpected(exercise, expected, got):
                yield f"{what}, seed {seed}: {problem}"
                return


def idle(exercise: Exercise, before: list[tuple[str, str]]) -> Iterator[str]:
    """Yield each line of a check by which neither the start nor a wrong try is told anything."""

    @functools.cache  # what the whole check tells is compared with each weaker one
    def told(code: str, check: str, seed: int) -> Verdict:
        return judge(code, check, seed, before=before, files=exercise.files)

    wrong = [code for _, code, sentence in programs(exercise) if sentence]
    for line, without in weakened(exercise.check):
        if all(
            told(code, without, seed) == told(code, exercise.check, seed)
            for seed in SEEDS
            for code in wrong
        ):
            text = exercise.check.splitlines()[line - 1].strip()
            yield f"line {exercise.check_line + line}: no try is told anything by  {text}"


def _unexpected(exercise: Exercise, expected: str, got: Verdict) -> str:
    """Return what is wrong with a verdict, "" if nothing is."""
    told = f"it is told ({got.kind}): {got.sentence} {got.python}"
    if got.kind == "broken":
        return f"the check itself stopped. {got.python}"
    if not expected:
        return "" if got.kind == "right" else told
    if got.kind == "right":
        return "the check finds nothing wrong with it"
    others = [one.sentence for one in exercise.tries if one.sentence != expected]
    if not fits(expected, got.sentence):
        return told
    if expected != "…" and any(fits(other, got.sentence) for other in others):
        return f"its sentence fits another wrong try, too: {got.sentence}"
    return ""


def weakened(check: str) -> Iterator[tuple[int, str]]:
    """Yield the check without one of the statements that tell something, and the line of that."""
    for number, statement in enumerate(_telling(ast.parse(check))):
        tree = ast.parse(check)
        gone = _telling(tree)[number]
        for node in ast.walk(tree):
            for field in ("body", "orelse"):
                block = getattr(node, field, None)
                if isinstance(block, list) and gone in block:
                    block[block.index(gone)] = ast.copy_location(ast.Pass(), gone)
        yield statement.lineno, ast.unparse(tree)


def _telling(tree: ast.Module) -> list[ast.stmt]:
    """Return the statements that call something that tells the reader something."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr | ast.Assign)
        and any(isinstance(part, ast.Name) and part.id in TELLING for part in ast.walk(node.value))
    ]


def main(paths: list[Path]) -> int:
    """Prove the exercises of some files, or all of them; return how many are wrong."""
    wanted = [path.resolve() for path in paths] or reading.paths()
    wrong = 0
    for exercise in map(reading.read, wanted):
        steps = map(reading.read, exercise.path.parent.glob(f"{exercise.group}-*.md"))
        before = reading.solved(reading.before(exercise, steps))
        found = list(misjudged(exercise, before)) or list(idle(exercise, before))
        for problem in found or ["all is well"]:
            print(f"{exercise.name}: {problem}")
        wrong += bool(found)
    return wrong


if __name__ == "__main__":
    sys.exit(min(1, main([Path(path) for path in sys.argv[1:]])))
