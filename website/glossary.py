"""Link the first use of each glossary term in a lesson to its entry, with a tooltip.

The entries are the second-level headings of docs/glossary.md; the first paragraph under a
heading is the definition.
"""

import functools
import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.toc import slugify
from markdown.treeprocessors import Treeprocessor

from website import marks, pages

SOURCE = pages.DOCS / "glossary.md"
LINKED = {"p", "li", "td"}  # text that reads as prose
INSIDE = {"em", "strong"}
# Terms that are everyday words as well ("it means", "the loss wobbles"), and how terms begin.
NOUNS = {
    "mean": r"(?:(?<=\bthe )|(?<=\btheir ))mean",
    "wobble": r"(?:(?<=\bthe )|(?<=\bits ))wobble",
}


@functools.cache
def entries(text: str) -> dict[str, tuple[str, str]]:
    """Return {term in lower case: (anchor, definition)}, the longest terms first."""
    found = re.findall(r"^## (.+)\n\n((?:.+\n)+)", text, re.M)
    entries = {
        term.lower(): (slugify(term, "-"), re.sub(r"\[|\]\(.*?\)", "", definition).strip())
        for term, definition in found
    }
    return dict(sorted(entries.items(), key=lambda entry: -len(entry[0])))


def pattern(terms: Iterable[str]) -> re.Pattern[str]:
    """Return what finds the terms in a text, one or many of a thing; its group 1 is the term."""
    either = "|".join(NOUNS.get(term, re.escape(term)) for term in terms)
    return re.compile(rf"\b({either})(e?s)?\b", re.I)


class Tooltips(Treeprocessor):
    """Walk through a page and link each term once."""

    def run(self, root: Element) -> None:
        """Link the terms of a lesson; leave other pages alone."""
        if not pages.is_lesson():
            return
        self.entries = dict(entries(marks.read(SOURCE)))
        self.pattern = pattern(self.entries)
        for element in list(root.iter()):
            if element.tag in LINKED:
                self._walk(element)

    def _walk(self, element: Element) -> None:
        """Link terms in an element's own text and after each child, in reading order."""
        element.text, links = self._split(element.text)
        position = 0
        for link in links:
            element.insert(position, link)
            position += 1
        while position < len(element):
            child = element[position]
            if child.tag in INSIDE:
                self._walk(child)
            child.tail, links = self._split(child.tail)
            position += 1
            for link in links:
                element.insert(position, link)
                position += 1

    def _split(self, text: str | None) -> tuple[str | None, list[Element]]:
        """Cut text before each new term; return what stays and the links that follow."""
        links: list[Element] = []
        if not text:
            return text, links
        kept, end = "", 0
        for match in self.pattern.finditer(text):
            entry = self.entries.pop(match[1].lower(), None)
            if entry is None:
                continue
            before, end = text[end : match.start()], match.end()
            if links:
                links[-1].tail = before
            else:
                kept = before
            anchor, definition = entry
            link = Element("a", {"class": "term", "href": f"/glossary.md#{anchor}"})
            link.set("title", definition)
            link.text = match[0]
            links.append(link)
        if links:
            links[-1].tail = text[end:]
            return kept, links
        return text, links


class GlossaryExtension(Extension):
    """Register the tooltips with Markdown."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Markdown's name)
        """Run after inline patterns (20) and before MkDocs checks the links (0)."""
        md.treeprocessors.register(Tooltips(md), "glossary", 8)


def makeExtension(**options: str) -> GlossaryExtension:  # noqa: N802 (Markdown's name)
    """Return the extension, as Markdown asks for it."""
    return GlossaryExtension(**options)
