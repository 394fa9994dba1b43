"""A `lessons` or `labs` fence lists them, with the time each takes; `ways` says where to begin.

They become Markdown, before anything else reads the page. A `ways` fence is YAML: to each way its
parts. A part is a page, some sections of one (`lessons/1-page.md#this#that`), or all `lessons`.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import yaml
from markdown.extensions.toc import slugify

from website import marks, pages
from website.blocks import times
from website.blocks.times import HEADING, Minutes
from website.pages import DOCS
from website.proof.text import Page

LIST = re.compile(r"^```(lessons|labs)\n```$", re.M)
WAYS = re.compile(r"^```ways\n(.*?)^```$", re.M | re.S)
ALL: dict[str, Callable[[], list[Path]]] = {"lessons": pages.lessons, "labs": pages.labs}
DESCRIPTION = re.compile(r"\A---\n(?:.+\n)*?description: (.+)\n")
LINK = re.compile(r"\[(.+?)\]\(.+?\)")


class Part(NamedTuple):
    """Something to read, as Markdown, and how long it takes."""

    link: str
    minutes: Minutes

    def __str__(self) -> str:
        """Return both as Markdown."""
        return f"{self.link} ({self.minutes})"


class Section(NamedTuple):
    """A part of a page: its title, and where it begins and ends."""

    title: str
    start: int
    end: int


def put_in(markdown: str) -> str:
    """Put the lists and the ways where a page asks for them."""
    markdown = LIST.sub(lambda fence: _list(fence[1]), markdown)
    return WAYS.sub(lambda fence: _ways(fence[0], fence[1]), markdown)


def _list(kind: str) -> str:
    """Return the lessons, or the labs, as a Markdown list."""
    items = []
    for number, path in enumerate(ALL[kind](), 1):
        page = Page.of(path)
        listed = Part(f"[{_title(page)}]({kind}/{path.name})", times.minutes(page))
        items.append(f"{number}. {listed}<br>{_about(page)}")
    return "\n".join([*items, "", f"Together: {part(kind).minutes}.", ""])


def _ways(fence: str, text: str) -> str:
    """Return the ways as Markdown: the parts of each, and their sum."""
    try:
        found = ways(text)
    except (OSError, LookupError, AttributeError, TypeError, yaml.YAMLError) as error:
        raise pages.mistake(fence, f"this block names no ways: {error}") from error
    lines = []
    for name, parts in found.items():
        total = Minutes.sum(one.minutes for one in parts)
        items = [f"{number}. {one}" for number, one in enumerate(parts, 1)]
        lines += [f"### {name}", "", *items, "", f"Together: {total}.", ""]
    return "\n".join([*lines, times.RULE, ""])


def ways(text: str) -> dict[str, list[Part]]:
    """Return the parts of each way that a fence names."""
    found = yaml.safe_load(text)
    return {name: [part(address) for address in parts] for name, parts in found.items()}


def part(address: str) -> Part:
    """Return a page, some sections of one, or all lessons or labs."""
    if address in ALL:
        listed = [times.minutes(Page.of(path)) for path in ALL[address]()]
        return Part(f"[All {address}](#the-{address})", Minutes.sum(listed))
    name, *anchors = address.split("#")
    page = Page.of(DOCS / name)
    kind, number = re.findall(r"^(lesson|lab)s/(\d+)-", name)[0]
    found = sections(page)
    chosen = [found[anchor] for anchor in anchors]
    links = [f"[{one.title}]({name}#{anchor})" for one, anchor in zip(chosen, anchors, strict=True)]
    shown = ", ".join(links) or f"[{_title(page)}]({name})"
    places = [(one.start, one.end) for one in chosen]
    return Part(f"{kind.capitalize()} {number}: {shown}", times.minutes(page, *places))


def sections(page: Page) -> dict[str, Section]:
    """Return the sections of a page by their anchors, each with the parts that it has."""
    heads = [head for head in HEADING.finditer(page.text) if not page.hides(head.start())]
    found = {}
    for number, head in enumerate(heads):
        after = (one.start() for one in heads[number + 1 :] if len(one[1]) <= len(head[1]))
        title = _plain(head[2])
        anchor = slugify(title, "-")
        found[anchor] = Section(title, head.start(), next(after, len(page.text)))
    return found


def _title(page: Page) -> str:
    """Return the title of a page."""
    return next(iter(sections(page).values())).title


def _about(page: Page) -> str:
    """Return what a page is about: its description, or the first sentence of a lab."""
    if found := DESCRIPTION.match(page.text):
        return _plain(found[1])
    paragraph = re.split(r"\n\s*\n", page.text.strip())[1]
    return " ".join(_plain(paragraph).split()).partition(". ")[0] + "."


def _plain(text: str) -> str:
    """Return a text without the addresses of its links and the marks of its numbers."""
    return LINK.sub(r"\1", marks.strip(text))
