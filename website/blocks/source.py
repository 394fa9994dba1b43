"""A `source` fence shows the source of something in nnbasics, by its name.

    nnbasics.training.train

The docstring is left out: the page around it explains. A name that is gone stops the build.
"""

import ast
import importlib.util
import inspect
import textwrap
from typing import Any

from markdown import Markdown
from markupsafe import Markup

from website.blocks import block
from website.pages import ROOT, mistake


@block
def fence(
    source: str, _language: str, _class: str, _options: Any, md: Markdown, **_: Any
) -> Markup:
    """Show one function, class or method."""
    name = source.strip()
    try:
        code, path = load(name)
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        raise mistake(source, f"there is no source of {name}: {error}") from error
    return highlight(code, "python", md, "package-source", title=path)


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


def load(name: str) -> tuple[str, str]:
    """Return the source without its docstring, and the file that it is in."""
    module, *attributes = _split(name)
    thing: Any = importlib.import_module(module)
    for attribute in attributes:
        thing = getattr(thing, attribute)
    code = textwrap.dedent(inspect.getsource(thing))
    lines = code.splitlines()
    for node in ast.walk(ast.parse(code)):
        if (
            isinstance(node, ast.FunctionDef | ast.ClassDef)
            and ast.get_docstring(node)
            and len(node.body) > 1
        ):
            docstring = node.body[0]
            for number in range(docstring.lineno - 1, docstring.end_lineno or 0):
                lines[number] = "\0"
    kept = [line for line in lines if line != "\0"]
    path = inspect.getsourcefile(thing) or ""
    return "\n".join(kept), path.removeprefix(f"{ROOT}/")


def _split(name: str) -> list[str]:
    """Split a.b.C.d into the module a.b and the attributes C, d."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        module = ".".join(parts[:end])
        try:
            if importlib.util.find_spec(module):
                return [module, *parts[end:]]
        except ModuleNotFoundError:
            continue
    raise ImportError(f"no module is called {parts[0]}")
