"""The Markdown of a question in the words of each form: HTML, Markdown elsewhere, or plain text.

A question needs little: `code`, **bold**, *italics*, links, and what it is about, which is a
listing, a picture, a table or a paragraph.
"""

import doctest
import re
from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup, escape

from website import addresses
from website.blocks import figure, picture, table
from website.proof import kept, snippets, sources
from website.questions.read import Question

INLINE = re.compile(
    r"`(?P<code>[^`]+)`|\*\*(?P<bold>.+?)\*\*|\[(?P<words>[^\]]+)\]\((?P<to>[^)\s]+)[^)]*\)"
    r"|(?<!\w)\*(?P<italics>[^*\s][^*]*)\*"
)
LINK = re.compile(r"(\[[^\]]+\]\()([^)\s]+)")
# Code stays. What only scripts can do, tags, comments, claims and attributes are left out.
UNREAD = re.compile(
    r"(?P<code>`[^`]+`)|<span class=.if-script.>.*?</span>|<!--.*?-->|</?\w[^<>]*>"
    r"| ?\{claim: [^}]+\}|\{ ?[:#.][^}]*\}",
    re.S,
)


class Shown(NamedTuple):
    """Something that a question is about: its kind, and its text.

    The kinds: code, printed, picture (its text says what there is to see), table, text.
    """

    kind: str
    text: str
    source: str = ""


def plain(markdown: str) -> str:
    """Return the words alone."""

    def said(found: re.Match[str]) -> str:
        return found["code"] or plain(found["bold"] or found["words"] or found["italics"])

    return " ".join(INLINE.sub(said, _read(markdown)).split())


def html(markdown: str, lesson: str, root: str) -> Markup:
    """Return the words as HTML; a link leads on from the root of the site."""
    markdown = _read(markdown)
    parts, end = [], 0
    for found in INLINE.finditer(markdown):
        parts.append(escape(markdown[end : found.start()]))
        end = found.end()
        if found["code"]:
            part = Markup('<code translate="no">{}</code>').format(found["code"])
        elif found["words"]:
            inside = html(found["words"], lesson, root)
            part = Markup('<a href="{}">{}</a>').format(
                root + addresses.leads(found["to"], lesson), inside
            )
        else:
            tag = "strong" if found["bold"] else "em"
            inside = html(found["bold"] or found["italics"], lesson, root)
            part = Markup("<{0}>{1}</{0}>").format(Markup(tag), inside)
        parts.append(part)
    return Markup("").join([*parts, escape(markdown[end:])])


def elsewhere(markdown: str, lesson: str, root: str) -> str:
    """Return Markdown whose links lead to the site from anywhere."""
    return LINK.sub(
        lambda found: found[1] + root + addresses.leads(found[2], lesson), _read(markdown)
    )


def _read(markdown: str) -> str:
    """Return what is read of some Markdown."""
    return UNREAD.sub(lambda found: found["code"] or "", markdown)


def about(question: Question) -> Iterator[Shown]:
    """Yield what a question is about. Of what a prediction foretells, nothing is shown."""
    end = 0
    for block in snippets.FENCE.finditer(question.before):
        yield from _texts(question.before[end : block.start()])
        end = block.end()
        kind, body = snippets.language(block), block[4]
        if kind == "pycon":
            yield from _listing(body, question.is_prediction)
        elif kind == "figure":
            yield Shown("picture", picture.read(body, kind)[1]["alt"], body)
        elif kind == "scene":
            yield Shown("text", f"Picture: {picture.read(body, kind)[1]['alt']}")
        elif kind == "mermaid":
            yield Shown("text", f"Picture: {re.findall(r'accDescr: (.+)', body)[0]}")
        elif kind == "source":
            yield Shown("code", sources.load(body.strip())[0].rstrip("\n"))
        elif kind == "table":
            shown = kept.table(body.strip().partition(": ")[2])
            rows = [[*shown.columns], *shown.rows]
            yield Shown("table", "\n".join("\t".join(map(str, row)) for row in rows), body)
        elif kind != "order":  # whose options are the orders: there is nothing to look at
            yield Shown("code", body.rstrip("\n"))
    yield from _texts(question.before[end:])


def _texts(markdown: str) -> Iterator[Shown]:
    """Yield the paragraphs of a text."""
    for paragraph in re.split(r"\n\s*\n", _read(markdown).strip()):
        if paragraph:
            yield Shown("text", paragraph)


def _listing(body: str, is_prediction: bool) -> Iterator[Shown]:
    """Yield the code of a snippet, and what it prints unless that is the question."""
    code: list[str] = []
    for example in doctest.DocTestParser().get_examples(body):
        code.append(example.source.rstrip("\n"))
        printed = (example.exc_msg or example.want).rstrip("\n")
        if printed and not is_prediction:
            yield from (Shown("code", "\n".join(code)), Shown("printed", printed))
            code = []
    if code:
        yield Shown("code", "\n".join(code))


def about_html(question: Question, lesson: str, root: str, with_pictures: bool) -> Markup:
    """Return what a question is about as HTML, a picture drawn or, elsewhere, in words."""
    parts = []
    for shown in about(question):
        if shown.kind == "text":
            part = Markup("<p>{}</p>").format(html(shown.text, lesson, root))
        elif shown.kind == "table":
            part = _rows(shown.text)
        elif shown.kind == "picture" and with_pictures:
            part = _drawn(shown)
        elif shown.kind == "picture":
            part = Markup("<p>Picture: {}</p>").format(shown.text)
        else:
            said = Markup("<p>It prints:</p>") if shown.kind == "printed" else Markup("")
            pre = Markup('<pre translate="no"><code>{}</code></pre>')
            part = said + pre.format(shown.text)
        parts.append(part)
    return Markup("").join(parts)


def about_markdown(question: Question, lesson: str, root: str) -> str:
    """Return what a question is about as Markdown for a notebook, a picture in words."""
    parts = []
    for shown in about(question):
        if shown.kind == "text":
            part = elsewhere(shown.text, lesson, root)
        elif shown.kind == "table":
            head, *rows = (f"| {row} |".replace("\t", " | ") for row in shown.text.split("\n"))
            part = "\n".join([head, re.sub(r"[^|]+", "---", head), *rows])
        elif shown.kind == "picture":
            part = f"Picture: {shown.text}"
        else:
            said = "It prints:\n\n" if shown.kind == "printed" else ""
            language = "python" if shown.kind == "code" else "text"
            part = f"{said}```{language}\n{shown.text}\n```"
        parts.append(part)
    return "\n\n".join(parts)


def _rows(text: str) -> Markup:
    """Return a table."""
    head, *rows = (row.split("\t") for row in text.split("\n"))
    lines = [Markup('<th scope="col">{}</th>').format(cell) for cell in head]
    body = [
        Markup("<tr>{}</tr>").format(
            Markup("").join(Markup("<td>{}</td>").format(cell) for cell in row)
        )
        for row in rows
    ]
    thead = Markup("<thead><tr>{}</tr></thead>").format(Markup("").join(lines))
    tbody = Markup("<tbody>{}</tbody>").format(Markup("").join(body))
    return table.OPEN + thead + tbody + table.CLOSE


def _drawn(shown: Shown) -> Markup:
    """Return a picture as it is drawn for a page, still, and with its words."""
    name, words = picture.read(shown.source, "figure")
    drawing = figure.still(name)
    return picture.framed(drawing, words, kind="asked-about")
