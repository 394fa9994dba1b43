"""Nothing is shown that was not run: what a page shows is counted against what its source holds.

Whatever looks like code with its output was run, and whatever is a block of the site's own was
drawn. A block that is written in another way, which the page would show all the same, is refused
with its line.
"""

import doctest
import functools
import importlib
import pkgutil
import re
from pathlib import Path

from mkdocs.exceptions import PluginError

import nnbasics
from website.pages import ROOT
from website.proof import snippets

# For each kind of block that a page may hold, what it becomes ("" for what becomes text).
KINDS = {
    "pycon": r'<div class="language-pycon highlight">',
    "mermaid": r'<div class="diagram">',
    "figure": r'<figure [^>]*class="plot"',
    "scene": r'<figure [^>]*class="scene"',
    "table": r'<table class="numbers computed">',
    "source": r'<div class="language-python package-source highlight">',
    "program": r'<div class="language-\w+ program highlight">',
    "install": r'<div class="language-text highlight">',
    "order": r'<li class="step" data-step="0">',
    "lessons": "",
    "labs": "",
    "ways": "",
    "claims": "",
    "odd-looks": "",
    "plans": "",
    "teaching": "",
}
OPENING = re.compile(r"^ *(?P<ticks>`{3,}|~{3,})(?P<kind>.*)$", re.M)
# A prompt as the highlighter writes it, and one that it did not see.
PROMPT = '<span class="gp">&gt;&gt;&gt; </span>'
LOOSE_PROMPT = re.compile(r'(?m)^.*(?<!"gp">)&gt;&gt;&gt; \S.*$')


def refuse_unknown(path: Path) -> None:
    """Refuse a block that would be shown but not run: another kind, or another way to write one."""
    text = path.read_text(encoding="utf-8")
    blocks = list(snippets.FENCE.finditer(text))
    for opening in OPENING.finditer(text):
        inside = any(b.start() < opening.start() < b.end() for b in blocks)
        starts = any(b.start() == opening.start() for b in blocks)
        if inside and not starts:
            continue
        kind = opening["kind"].strip()
        if not starts or kind not in KINDS:
            line = text.count("\n", 0, opening.start()) + 1
            raise PluginError(
                f"{_name(path)}:{line}: {opening[0].strip()} would be shown, but nothing runs it. "
                f"A block begins with ``` and one of these alone: {', '.join(KINDS)}"
            )


def refuse_unrun(path: Path, html: str) -> None:
    """Refuse a page that shows more, or less, of some kind than its source holds."""
    written = [block.language for block in snippets.blocks(path)]
    page, docs, _ = html.partition('<div class="doc ')
    counts = [
        (f"{len(re.findall(mark, page))} blocks {kind}", f"{written.count(kind)} blocks {kind}")
        for kind, mark in KINDS.items()
        if mark
    ]
    ran = len(snippets.examples(path).examples) + (docstrings() if docs else 0)
    counts += [
        (f"{html.count(PROMPT)} lines with >>>", f"{ran} lines with >>>"),
        (f"{len(LOOSE_PROMPT.findall(page))} loose lines with >>>", "0 loose lines with >>>"),
    ]
    for has, should in counts:
        if has != should:
            raise PluginError(
                f"{_name(path)}: the page shows {has}, but {should} were run or drawn"
            )


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path.name)


@functools.cache
def docstrings() -> int:
    """Run the examples in the docstrings of the package; return how many there are."""
    report: list[str] = []
    runner = doctest.DocTestRunner()
    for module in pkgutil.iter_modules(nnbasics.__path__, "nnbasics."):
        for test in doctest.DocTestFinder().find(importlib.import_module(module.name)):
            test.globs["np"] = importlib.import_module("numpy")
            runner.run(test, out=report.append)
    if report:
        raise PluginError("an example in a docstring gives something else:\n" + "".join(report))
    return runner.summarize(verbose=False).attempted
