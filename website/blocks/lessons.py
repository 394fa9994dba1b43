"""A `lessons` fence lists the lessons: what each is about, and how long it takes.

It becomes Markdown, before anything else reads the page.
"""

import re

from mkdocs.exceptions import PluginError

from website import marks, pages

FENCE = "```lessons\n```"
WORDS_A_MINUTE = 130  # reading, trying and thinking


def minutes(markdown: str) -> int:
    """Return how many minutes a page takes, code included."""
    return max(1, round(len(re.findall(r"\w+", markdown)) / WORDS_A_MINUTE))


def put_in(markdown: str) -> str:
    """Put the list where a page asks for it."""
    return markdown.replace(FENCE, _list()) if FENCE in markdown else markdown


def _list() -> str:
    """Return the lessons as a Markdown list."""
    items, total = [], 0
    for number, path in enumerate(pages.lessons(), 1):
        _, front_matter, body = marks.read(path).split("---\n", 2)
        title = re.search(r"^# (.+)$", body, re.M)
        description = re.search(r"^description: (.+)$", front_matter, re.M)
        if not title or not description:
            raise PluginError(
                f"docs/lessons/{path.name}:1: a lesson needs a description: and a title"
            )
        total += minutes(body)
        items.append(
            f"{number}. [{title[1]}](lessons/{path.name}) ({minutes(body)} minutes)<br>"
            f"{description[1]}"
        )
    return "\n".join(items) + f"\n\nTogether about {total} minutes, trying included.\n"
