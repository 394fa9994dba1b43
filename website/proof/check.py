"""Compare the pages with what their code gives, or write into them what it gives.

    python -m website.proof.check                        compare every page, and README.md
    python -m website.proof.check docs/lessons/2-*.md    compare one
    python -m website.proof.check --update               write what differs

After an update, look at `git diff`: a number that changed is a finding.
"""

import sys
from pathlib import Path

from website.pages import DOCS, ROOT
from website.proof import numbers, runs, snippets
from website.proof.numerals import NUMBER, write
from website.proof.numerals import numbers as numbers_of
from website.proof.text import Page


def pages() -> list[Path]:
    """Return every text that is checked."""
    return [*snippets.pages(), *sorted(DOCS.glob("labs/*.py")), ROOT / "README.md"]


def main(paths: list[Path], update: bool) -> int:
    """Compare, or update, some pages; return 1 if something stays wrong."""
    failed = False
    for path in paths:
        page = Page.of(path)
        ran = runs.once(path, page)
        if update:
            text = updated(page, ran)
            if text != page.source:
                path.write_text(text, encoding="utf-8")
                page = Page.of(path)
                ran = runs.once(path, page)
        wrong = numbers.check(page, ran)
        print(f"{page.name}: {len(ran.updates) + len(wrong)} differ", file=sys.stderr)
        if ran.report:
            print(ran.report)
        for one in wrong:
            print(f"{page.name}:{one}")
        failed |= bool(ran.report or wrong)
    return int(failed)


def updated(page: Page, ran: runs.Ran) -> str:
    """Return the text of a page with its outputs and its numbers as the run gives them.

    What is bound is written anew. What quotes an output follows it: where the output had 81.00
    and has 144.00 now, "81" becomes "144". What quotes a table or a figure is left to its author.
    """
    lines = page.source.splitlines()
    for change in reversed(ran.updates):
        first, last = change.first, change.last
        while lines[first].strip() == "...":  # the line that ends a block
            first, last = first + 1, last + 1
        lines[first:last] = change.lines
    text = "\n".join(lines) + "\n" if ran.updates else page.source
    new = Page(text, page.name) if ran.updates else page
    for wrong in reversed(numbers.check(new, ran)):
        right = wrong.new or _followed(page, new, wrong)
        if right:
            text = text[: wrong.start] + right + text[wrong.start + len(wrong.said) :]
    return text


def _followed(old: Page, new: Page, wrong: numbers.Wrong) -> str | None:
    """Return what an output of the section says in place of a number that it said before."""
    if not NUMBER.fullmatch(wrong.said):
        return None
    start, end = new.section(wrong.start)
    now = set()
    for before, after in zip(old.code(), new.code(), strict=True):
        if start <= after.start < end:
            was, has = numbers_of(before.body), numbers_of(after.body)
            pairs = zip(was, has, strict=True) if len(was) == len(has) else ()
            now |= {write(n, wrong.said) for o, n in pairs if write(o, wrong.said) == wrong.said}
    return now.pop() if len(now) == 1 else None


def chosen(names: list[str]) -> list[Path]:
    """Return the pages of these names, or without any, every text that is checked."""
    every = pages()
    asked = [Path(name).resolve() for name in names]
    for name, path in zip(names, asked, strict=True):
        if path not in every:
            sys.exit(f"{name} is no page that is checked, such as {every[0].relative_to(ROOT)}")
    return asked or every


if __name__ == "__main__":
    arguments = sys.argv[1:]
    paths = chosen([name for name in arguments if name != "--update"])
    sys.exit(main(paths, update="--update" in arguments))
