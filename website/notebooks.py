"""What a notebook is made of, and how it is written: the same bytes in each build."""

from collections.abc import Iterable
from pathlib import Path

import jupytext
from nbformat import NotebookNode, v4


# nbformat has no types.
def text(markdown: str) -> NotebookNode:
    """Return a cell to read."""
    cell: NotebookNode = v4.new_markdown_cell(markdown)  # type: ignore[no-untyped-call]
    return cell


def code(source: str) -> NotebookNode:
    """Return a cell to run."""
    cell: NotebookNode = v4.new_code_cell(source)  # type: ignore[no-untyped-call]
    return cell


def of(cells: Iterable[NotebookNode]) -> NotebookNode:
    """Return a notebook for Python."""
    made: NotebookNode = v4.new_notebook(cells=[*cells])  # type: ignore[no-untyped-call]
    made.metadata["kernelspec"] = {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    }
    return made


def write(notebook: NotebookNode, place: Path) -> None:
    """Write a notebook, without outputs."""
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"  # by default each writing draws new ones at random
    place.parent.mkdir(parents=True, exist_ok=True)
    jupytext.write(notebook, place)
