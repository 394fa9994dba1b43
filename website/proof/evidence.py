"""The numbers in the rows of Evidence: each stands in the code that runs the claim, or is bound.

So does each number in a row of the table of odd looks, by the claim that the row names.

A row says how its claim was run: "four hundred batches of 16". What it says is compared with the
numbers in the claim's own code and in that of the figures which it calls, with what it gives, and
with the change that breaks it: not with its bounds, which somebody typed as the sentence was.
A mark behind a number works as on a page: it sees what the claim's code sees.
"""

import ast
import functools
import inspect
import textwrap
import types
from typing import Any

from website import figures
from website.odd_looks import CAUSES, Cause, look_of
from website.proof import claims, kept, numbers, runs
from website.proof.text import Block, Page

FIGURES = "website.figures"
GUESSED = 0.25  # a row quotes the code of its own claim alone, which is short


@functools.lru_cache(maxsize=1)
def wrong_in_rows(_key: str) -> str:
    """Return what is wrong with the numbers in the rows, "" for nothing.

    It is found out once for each key of what runs.
    """
    every = figures.find("claims", "CLAIMS")
    rows = [(f"{claims.place(it)}: the claim {name}", it, words(it)) for name, it in every.items()]
    rows += [
        (f"website/odd_looks.py: the row {it.name}", every[it.claim], words_of_look(it))
        for it in CAUSES
        if it.claim in every
    ]
    return "\n".join(
        f"{place} says {one.said}, {one.why}"
        for place, claim, text in rows
        for one in numbers.check(*row(claim, text), GUESSED)
    )


def words(claim: Any) -> str:
    """Return what a row says, apart from its number and its bounds."""
    return "\n".join([claim.sentence, claim.how, claim.unit, claim.broken_by])


def words_of_look(cause: Cause) -> str:
    """Return what a row of the table of odd looks says."""
    return "\n".join([look_of(cause), cause.cause, cause.test, cause.cure])


def row(claim: Any, text: str) -> tuple[Page, runs.Ran]:
    """Return a row as a page whose code is what the row may quote, and what its marks give."""
    changed = [number for one in claim.change.values() for number in _number(one)]
    constants = [*_constants(claim.run), *changed, kept.result(claim.run)]
    code = " ".join(f"{abs(number):.15g}" for number in constants)
    page = Page(
        f"{text}\n{code}", blocks=[Block(len(text) + 1, len(text + code) + 1, "cell", code)]
    )
    watcher = runs.Watcher(page, own=False)
    names = claim.run.__globals__  # a module of the figures is seen as on a page
    watcher.look(None, {k: v for k, v in names.items() if not inspect.ismodule(v)})
    return page, runs.Ran(watcher.values, [])


@functools.lru_cache(maxsize=200)
def _constants(function: Any) -> tuple[float, ...]:
    """Return the numbers in the code of a function, and in that of the figures which it calls."""
    found: list[float] = []
    waiting, seen = [function], set()
    while waiting:
        thing = inspect.unwrap(waiting.pop())
        if thing in seen or not inspect.isfunction(thing):
            continue
        seen.add(thing)
        tree = ast.parse(textwrap.dedent(inspect.getsource(thing))).body[0]
        assert isinstance(tree, ast.FunctionDef)
        tree.decorator_list = []  # of a claim, its bounds
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant):
                found += _number(node.value)
            elif isinstance(node, ast.Name | ast.Attribute):
                used = _used(node, thing.__globals__)
                found += _number(used)
                if getattr(used, "__module__", "").startswith(FIGURES):
                    waiting.append(used)
    return tuple(found)


def _number(thing: Any) -> list[float]:
    """Return a number or several as a list, and an empty one for anything else."""
    if isinstance(thing, tuple):
        return [number for one in thing for number in _number(one)]
    is_number = isinstance(thing, int | float) and not isinstance(thing, bool)
    return [float(thing)] if is_number else []


def _used(node: ast.AST, names: dict[str, Any]) -> Any:
    """Return what a name, or a name in a module of the figures, stands for."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        module = names.get(node.value.id)
        if isinstance(module, types.ModuleType) and module.__name__.startswith(FIGURES):
            return getattr(module, node.attr, None)
    return None
