"""Show a lab as a page of the site.

The text goes through the site's own Markdown, the code becomes ordinary blocks, and of the
plugin's page only the outputs are taken. Cells in a row with the same fold="..." are one box that
the reader opens.
"""

import base64
import functools
import itertools
import re
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from nbformat import NotebookNode

from website import rendered
from website.blocks import picture
from website.labs import notebook
from website.labs.download import ways_to_run
from website.proof import kept

OUTPUT = "lab-output-{}"  # a paragraph of its own, which may stand in a box


def render(plugin_page: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Return a lab as a native page: its own text and code, and the outputs of the plugin."""
    ran = _ran(plugin_page)
    cells = notebook(page).cells
    if len(ran) != sum(cell.cell_type == "code" for cell in cells):
        raise PluginError(f"docs/{page.file.src_uri}: some cells were not run")
    parts: list[tuple[str, str]] = []
    outputs: list[str] = []
    for number, cell in enumerate(cells):
        fold = cell.metadata.get("fold", "")
        if cell.cell_type == "markdown":
            parts.append((fold, cell.source))
        elif cell.cell_type == "code":
            code = f"```python\n{cell.source}\n```"
            parts.append((fold, f"{code}\n\n{OUTPUT.format(len(outputs))}"))
            outputs.append(_outputs(ran[len(outputs)], cell, page))
        if number == 0:
            ways = ways_to_run(Path(page.file.src_uri).stem, config.extra["repository"])
            parts.append(("", ways))
    page.markdown = "\n\n".join(_folded(parts))
    rendered.render(page, config, files)
    paragraph = "<p>" + OUTPUT.format(r"(\d+)") + "</p>"
    return re.sub(paragraph, lambda match: outputs[int(match[1])], page.content or "")


def _folded(parts: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Put parts in a row that have the same title into one box; those without any stay open."""
    for title, group in itertools.groupby(parts, key=lambda part: part[0]):
        text = "\n\n".join(text for _, text in group)
        yield f'??? question "{title}"\n\n{textwrap.indent(text, "    ")}' if title else text


class Output(NamedTuple):
    """What a cell printed, as HTML, and what it drew, as SVG. None stands for anything else."""

    text: str | None = None
    plot: str | None = None


@functools.cache
def _ran(plugin_page: str) -> list[list[Output]]:
    """Return the outputs of each cell. The plugin's page is large: read it once, not each time."""

    def read() -> list[list[Output]]:
        light = re.sub(r"<(style|script)\b.*?</\1>", "", plugin_page, flags=re.S)
        soup = BeautifulSoup(light, "html.parser")
        return [
            [_output(area) for area in cell.select(".jp-OutputArea-output")]
            for cell in soup.select(".jp-CodeCell.jp-Notebook-cell .jp-CodeCell")
        ]

    kept_cells = kept.made("website.labs", read, Path(__file__), of=plugin_page)
    return [[Output(*output) for output in cell] for cell in kept_cells]


def _output(area: Tag) -> Output:
    """Read one output from the plugin's page."""
    printed = area.select_one("pre")
    if printed and "jp-RenderedText" in area.get_attribute_list("class"):
        return Output(text=printed.decode_contents())
    image = area.select_one("img")
    kind, _, content = str(image["src"]).partition(",") if image else ("", "", "")
    if kind == "data:image/svg+xml;base64":
        return Output(plot=base64.b64decode(content).decode())
    return Output()


def _outputs(outputs: list[Output], cell: NotebookNode, page: Page) -> str:
    """Return what a cell printed and drew, as light HTML."""
    if Output() in outputs:
        raise PluginError(f"docs/{page.file.src_uri}: an output is neither text nor a plot")
    texts = [output.text for output in outputs if output.text is not None]
    plots = [output.plot for output in outputs if output.plot is not None]
    alt = cell.metadata.get("alt")
    if bool(alt) != (len(plots) == 1) or len(plots) > 1:
        raise PluginError(
            f"docs/{page.file.src_uri}: a cell draws one plot if it has a text alternative, "
            f'# %% alt="...", and none otherwise: {cell.source.splitlines()[0]}'
        )
    shown = ""
    if texts:
        printed = "".join(texts)
        shown = '<div class="lab-output" tabindex="0" role="group" aria-label="Output">'
        shown += f'<pre translate="no">{printed}</pre></div>'
    return shown + "".join(picture.framed(picture.clean(plot), {"alt": alt}) for plot in plots)
