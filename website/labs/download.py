"""Offer a lab as a notebook that runs anywhere."""

import re
from pathlib import Path

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from website import addresses, notebooks, wheel
from website.labs import OWN_DATA, notebook

FROM_A_CLONE = "# Do you have a clone of the site's source? Put its folder in place of the address."
QUESTION = re.compile(r'^\?\?\? \w+ "(.+)"\n\n((?: {4}.*\n|\n)+)', re.M)
LINK = re.compile(r"\]\(([^)#:\s]+\.(?:md|py)(?:#[\w-]+)?)\)")

# What names a part of the page, and a page is not in Jupyter.
ATTRIBUTES = re.compile(r" ?\{ [#.][^}\n]*\}")


def ways_to_run(lab: str, repository: str) -> str:
    """Return the box that says how to run a lab oneself."""
    name = f"{lab}.ipynb"
    built_for = Markup('data-built-for="{}"').format(addresses.site())
    download = f'<a href="../{name}" download {built_for}>Download this lab as a notebook</a>'
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


def save(page: Page, config: MkDocsConfig) -> None:
    """Write the lab as a notebook without outputs that runs anywhere."""
    lab = notebook(page)
    for cell in lab.cells:
        fold = cell.metadata.pop("fold", "")
        if cell.cell_type == "markdown":
            cell.source = for_jupyter(cell.source, page.file.src_uri, config)
            if fold:
                cell.source = details(fold, cell.source)
        elif fold:
            cell.source = f"# @title {fold}\n{cell.source}"  # what Colab shows in place of the code
            cell.metadata |= {"cellView": "form", "jupyter": {"source_hidden": True}}
    install = f"%pip install --quiet {config.site_url}{wheel.NAME} matplotlib\n{FROM_A_CLONE}"
    lab.cells.insert(1, notebooks.code(install))
    place = Path(config.site_dir) / "labs" / f"{Path(page.file.src_uri).stem}.ipynb"
    notebooks.write(lab, place)


def for_jupyter(markdown: str, source: str, config: MkDocsConfig) -> str:
    """Write what only the site understands in Jupyter's words: boxes, names, links to pages."""

    def question(match: re.Match[str]) -> str:
        return details(match[1], re.sub(r"^ {4}", "", match[2], flags=re.M).strip()) + "\n\n"

    markdown = QUESTION.sub(question, markdown + "\n").rstrip("\n")
    markdown = ATTRIBUTES.sub("", markdown).replace(f"\n\n{OWN_DATA}", "")

    def link(match: re.Match[str]) -> str:
        return f"]({config.site_url}{addresses.leads(match[1], source)})"

    return LINK.sub(link, markdown)


def details(title: str, body: str) -> str:
    """Return a box that the reader opens."""
    summary = Markup("<details><summary>{}</summary>").format(title)
    return f"{summary}\n\n{body}\n\n</details>"
