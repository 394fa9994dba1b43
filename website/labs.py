"""Labs: notebooks that mkdocs-jupyter runs while the site is built.

They are written as Python files in docs/labs, without outputs. The plugin runs them; this
module shows them as pages of the site: the text through the site's own Markdown, the code as
ordinary blocks, and of the plugin's page only the outputs. It also offers each lab as a
notebook to download.
"""

import base64
import copy
import functools
import hashlib
import html
import os
import re
import shutil
from pathlib import Path
from typing import NamedTuple

import jupytext
from bs4 import BeautifulSoup, Tag
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from website import pages, pictures, results, wheel
from website.pages import ROOT

CACHE = pages.CACHE / "labs"
KERNEL = f"""\
c = get_config()
c.InlineBackend.figure_formats = {{"svg"}}
c.InlineBackend.rc = {pictures.STYLE}
c.InlineBackend.print_figure_kwargs = {{"metadata": {{"Date": None, "Creator": None}}}}
c.HistoryManager.enabled = False
c.IPKernelApp.log_level = 40
"""
OUTPUT = '<div data-lab-output="{}"></div>'
QUESTION = re.compile(r'^\?\?\? \w+ "(.+)"\n\n((?: {4}.*\n|\n)+)', re.M)


def prepare(config: MkDocsConfig) -> None:
    """Draw the plots of labs as the site draws its own, and keep no output that is stale."""
    profile = CACHE / "ipython" / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "ipython_kernel_config.py").write_text(KERNEL, encoding="utf-8")
    os.environ["IPYTHONDIR"] = str(CACHE / "ipython")
    # The plugin's own key covers the notebook, not what it imports.
    digest = hashlib.sha256(results.key().encode())
    for part in ("labs.py", "pictures.py"):
        digest.update((ROOT / "website" / part).read_bytes())
    kept = CACHE / digest.hexdigest()[:16]
    for old in CACHE.glob("*"):
        if old.is_dir() and old not in (kept, CACHE / "ipython"):
            shutil.rmtree(old)
    config.plugins["mkdocs-jupyter"].config["cache_dir"] = str(kept)


def is_lab(page: Page) -> bool:
    """Tell whether a page is a lab."""
    return page.file.src_uri.startswith("labs/") and page.file.src_uri.endswith(".py")


def description(page: Page) -> str:
    """Return the first paragraph of a lab's text, for search engines and the list of labs."""
    first = _notebook(page).cells[0].source
    paragraph = first.split("\n\n")[1]
    return re.sub(r"\[(.+?)\]\(.+?\)|`", r"\1", " ".join(paragraph.split()))


def render(plugin_page: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Return a lab as a native page: its own text and code, and the outputs of the plugin."""
    ran = _ran(plugin_page)
    cells = _notebook(page).cells
    if len(ran) != sum(cell.cell_type == "code" for cell in cells):
        raise PluginError(f"docs/{page.file.src_uri}: some cells were not run")
    parts, outputs = [], []
    for number, cell in enumerate(cells):
        if cell.cell_type == "markdown":
            parts.append(cell.source)
        elif cell.cell_type == "code":
            parts.append(f"```python\n{cell.source}\n```\n\n{OUTPUT.format(len(outputs))}")
            outputs.append(_outputs(ran[len(outputs)], cell, page))
        if number == 0:
            parts.append(ways_to_run(Path(page.file.src_uri).stem, config.extra["repository"]))
    page.markdown = "\n\n".join(parts)
    Page.render(page, config, files)
    shown = re.sub(
        OUTPUT.format(r"(\d+)"), lambda match: outputs[int(match[1])], page.content or ""
    )
    return shown


def save(page: Page, config: MkDocsConfig) -> None:
    """Write the lab as a notebook without outputs that runs anywhere."""
    notebook = _notebook(page)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = _for_jupyter(cell.source, config)
    install = f"%pip install --quiet {config.site_url}{wheel.NAME} matplotlib"
    notebook.cells.insert(1, new_code_cell(install, id="install"))
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"  # by default each writing draws new ones at random
    place = Path(config.site_dir) / "labs" / f"{Path(page.file.src_uri).stem}.ipynb"
    place.parent.mkdir(parents=True, exist_ok=True)
    jupytext.write(notebook, place)


def _notebook(page: Page) -> NotebookNode:
    """Return a lab as a notebook that may be changed."""
    return copy.deepcopy(_read(Path(page.file.abs_src_path or "").read_text(encoding="utf-8")))


@functools.cache
def _read(text: str) -> NotebookNode:
    """Read a lab's source, once for each wording."""
    return jupytext.reads(text, fmt="py:percent")


def ways_to_run(lab: str, repository: str) -> str:
    """Return the box that says how to run a lab oneself."""
    name = f"{lab}.ipynb"
    download = f'<a href="../{name}" download>Download this lab as a notebook</a>'
    colab = ""
    if repository.startswith("https://github.com/"):
        place = repository.removeprefix("https://github.com/")
        address = f"https://colab.research.google.com/github/{place}/blob/notebooks/{name}"
        colab = f' or <a href="{address}">open it in Colab</a>, a free service of Google'
    return (
        f'!!! try "Run it yourself"\n\n    {download}{colab}.\n'
        "    Open it in Jupyter or VS Code: its first cell installs `nnbasics` and matplotlib.\n"
        "    The outputs below were made when this page was built."
    )


class Output(NamedTuple):
    """What a cell printed, as HTML, and what it drew, as SVG. None stands for anything else."""

    text: str | None = None
    plot: str | None = None


@functools.cache
def _ran(plugin_page: str) -> list[list[Output]]:
    """Return the outputs of each cell. The plugin's page is large: read it once, not each time."""
    light = re.sub(r"<(style|script)\b.*?</\1>", "", plugin_page, flags=re.S)
    soup = BeautifulSoup(light, "html.parser")
    return [
        [_output(area) for area in cell.select(".jp-OutputArea-output")]
        for cell in soup.select(".jp-CodeCell.jp-Notebook-cell .jp-CodeCell")
    ]


def _output(area: Tag) -> Output:
    """Read one output from the plugin's page."""
    if "jp-RenderedText" in area.get("class", []):
        return Output(text=area.find("pre").decode_contents())
    image = area.find("img")
    if image and image["src"].startswith("data:image/svg+xml;base64,"):
        return Output(plot=base64.b64decode(image["src"].partition(",")[2]).decode())
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
        shown += f"<pre>{printed}</pre></div>"
    return shown + "".join(pictures.framed(pictures.clean(plot), {"alt": alt}) for plot in plots)


def _for_jupyter(markdown: str, config: MkDocsConfig) -> str:
    """Write what only the site understands in Jupyter's words: boxes, and links to pages."""

    def question(match: re.Match[str]) -> str:
        body = re.sub(r"^ {4}", "", match[2], flags=re.M).strip()
        return f"<details><summary>{html.escape(match[1])}</summary>\n\n{body}\n\n</details>\n\n"

    markdown = QUESTION.sub(question, markdown + "\n").rstrip("\n")
    links = r"\]\((?:\.\./)?((?:lessons/)?[\w-]+)\.(?:md|py)(#[\w-]+)?\)"

    def link(match: re.Match[str]) -> str:
        path = "" if match[1] == "index" else f"{match[1]}/"
        lab = "labs/" if re.match(r"\d", path) else ""
        return f"]({config.site_url}{lab}{path}{match[2] or ''})"

    return re.sub(links, link, markdown)
