"""Check that the code of the pages' snippets is as clean as the package's.

    python -m tools.style        every page
    python -m tools.style docs/lessons/2-mean-squared-error.md

A page's snippets are linted as one file, each line where it stands; and each input is formatted
alone, as it is typed at the prompt. The rules are the project's, less those of files.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from website.pages import ROOT
from website.proof import check, snippets

RUFF = [sys.executable, "-m", "ruff"]
CONFIG = ["--config", str(ROOT / "pyproject.toml"), "--no-cache", "--quiet"]
# At a prompt a value is shown by its name alone (B018), imports stand where they are needed
# (E402) with no line between them and what follows (I001), and nothing has a docstring (D).
# And who has never programmed meets no strict=True (B905), and whole names for all parts (RUF059).
AT_A_PROMPT = "B018,B905,D,E402,I001,RUF059"


def style(pages: list[Path]) -> list[str]:
    """Return what is wrong with the code of some pages, by page and line."""
    if not pages:  # a lab was asked for: its code is linted with all other files
        return []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        names: dict[str, str] = {}
        for number, page in enumerate(pages):
            name = str(page.relative_to(ROOT) if page.is_relative_to(ROOT) else page.name)
            names[str(number)] = name
            lines: list[str] = []
            for example in snippets.examples(page).examples:
                lines += [""] * (example.lineno - len(lines)) + example.source.splitlines()
                alone = folder / "inputs" / f"{number}-{example.lineno + 1}.py"
                alone.parent.mkdir(exist_ok=True)
                alone.write_text(example.source.rstrip("\n") + "\n", encoding="utf-8")
            whole = folder / "pages" / f"{number}.py"
            whole.parent.mkdir(exist_ok=True)
            whole.write_text("\n".join(lines).rstrip("\n") + "\n", encoding="utf-8")
        return linted(folder / "pages", names) + formatted(folder / "inputs", names)


def linted(folder: Path, names: dict[str, str]) -> list[str]:
    """Return what the linter finds."""
    command = ["check", *CONFIG, "--output-format=json", f"--extend-ignore={AT_A_PROMPT}"]
    found = json.loads(_ruff([*command, str(folder)]))
    return [
        f"{names[Path(one['filename']).stem]}:{one['location']['row']}: "
        f"{one['code']} {one['message']}"
        for one in sorted(found, key=lambda one: (one["filename"], one["location"]["row"]))
    ]


def formatted(folder: Path, names: dict[str, str]) -> list[str]:
    """Return which inputs the formatter writes otherwise, and how."""
    before = {path: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py"))}
    if not before:  # a page without snippets
        return []
    _ruff(["format", *CONFIG, str(folder)])
    wrong = []
    for path, was in before.items():
        now = path.read_text(encoding="utf-8")
        if now != was:
            number, _, line = path.stem.partition("-")
            shown = re.sub("(?m)^", "    ", now.rstrip("\n"))
            wrong.append(f"{names[number]}:{line}: ruff formats this as\n{shown}")
    return wrong


def _ruff(arguments: list[str]) -> str:
    """Run ruff and return what it prints; 1 is for findings, 2 for anything that went wrong."""
    run = subprocess.run([*RUFF, *arguments], capture_output=True, encoding="utf-8", check=False)
    if run.returncode > 1:
        raise RuntimeError(run.stderr)
    return run.stdout


if __name__ == "__main__":
    problems = style([page for page in check.chosen(sys.argv[1:]) if page.suffix == ".md"])
    print("\n".join(problems), file=sys.stderr, end="\n" if problems else "")
    sys.exit(1 if problems else 0)
