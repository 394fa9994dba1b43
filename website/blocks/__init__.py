"""The blocks of a page, one module for each kind. Each turns its text into HTML or Markdown."""

import functools
from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from website.pages import PageError, mistake


def block(show: Callable[..., Markup]) -> Callable[..., str]:
    """Let a block stop the build, whatever goes wrong in it.

    The extension that calls a block takes every exception but its own for "not mine", and would
    show the block as text.
    """

    @functools.wraps(show)
    def shown(source: str, *rest: Any, **options: Any) -> str:
        try:
            return str(show(source, *rest, **options))
        except PageError:
            raise
        except Exception as error:
            kind = show.__module__.rpartition(".")[2]
            problem = f"this {kind} fails with {type(error).__name__}: {error}"
            raise mistake(source, problem) from error

    return shown
