"""A `program` fence shows a whole file of docs/frameworks/: nothing is copied into the page.

    loop_torch.py

The tests run the file, where its library is installed; of a .sh file, its line.
"""

from typing import Any

from markdown import Markdown
from markupsafe import Markup

from website.blocks import block
from website.blocks.source import highlight
from website.pages import mistake
from website.proof import sources


@block
def fence(
    source: str, _language: str, _class: str, _options: Any, md: Markdown, **_: Any
) -> Markup:
    """Show one program, with the name of its file."""
    name = source.strip()
    try:
        code = sources.program(name)
    except OSError as error:
        raise mistake(source, f"there is no program {name}: {error}") from error
    language = "bash" if name.endswith(".sh") else "python"
    return highlight(code, language, md, "program", title=name)
