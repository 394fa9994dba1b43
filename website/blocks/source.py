"""A `source` fence shows the source of something in nnbasics, by its name.

    nnbasics.training.train

It is shortened, and its title says so. A name that is gone stops the build.
"""

from typing import Any

from markdown import Markdown
from markupsafe import Markup

from website.blocks import block
from website.pages import mistake
from website.proof import sources


@block
def fence(
    source: str, _language: str, _class: str, _options: Any, md: Markdown, **_: Any
) -> Markup:
    """Show one function, class or method."""
    name = source.strip()
    try:
        code, path = sources.load(name)
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        raise mistake(source, f"there is no source of {name}: {error}") from error
    return highlight(code, "python", md, "package-source", title=f"{path}, shortened")


def highlight(code: str, language: str, md: Markdown, *classes: str, **options: str) -> Markup:
    """Show code as an ordinary fenced block does."""
    fences: Any = md.preprocessors["fenced_code_block"]
    shown: str = fences.highlight(
        src=code,
        language=language,
        options=options,
        md=md,
        classes=list(classes),
        id_value="",
        attrs={},
    )
    return Markup(shown)
