"""Labs: notebooks that mkdocs-jupyter runs while the site is built.

They are written as Python files in docs/labs, without outputs.

- `run`: has the plugin run them, and keeps what they gave
- `show`: shows them as pages of the site
- `download`: offers each as a notebook
"""

import copy
import functools
import re
from pathlib import Path

import jupytext
from mkdocs.structure.pages import Page
from nbformat import NotebookNode

from website import marks
from website.blocks import odd_looks

# Where a lab's page offers to read a file. Elsewhere it is nothing.
OWN_DATA = '<div class="own-data"></div>'


def is_lab(page: Page) -> bool:
    """Tell whether a page is a lab."""
    return page.file.src_uri.startswith("labs/") and page.file.src_uri.endswith(".py")


def description(page: Page) -> str:
    """Return the first paragraph of a lab's text, for search engines and the list of labs."""
    first = notebook(page).cells[0].source
    paragraph = first.split("\n\n")[1]
    return re.sub(r"\[(.+?)\]\(.+?\)|`", r"\1", " ".join(paragraph.split()))


def notebook(page: Page) -> NotebookNode:
    """Return a lab as a notebook that may be changed."""
    return copy.deepcopy(_read(marks.read(Path(page.file.abs_src_path or ""))))


@functools.cache
def _read(text: str) -> NotebookNode:
    """Read a lab's source, once for each wording."""
    read: NotebookNode = jupytext.reads(text, fmt="py:percent")
    for cell in read.cells:
        if cell.cell_type == "markdown":
            cell.source = odd_looks.put_in(cell.source)
    return read
