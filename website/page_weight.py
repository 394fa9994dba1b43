"""Make a first visit light: leave out of the finished site what no page of it needs."""

import functools
import re
from collections.abc import Iterator
from pathlib import Path

import tinycss2
from mkdocs.utils import get_relative_url
from tinycss2.ast import Node

COMMENT = re.compile(r"/\*.*?\*/|^ *//[^\n]*\n|^ +", re.S | re.M)  # and indentation
# Indentation and empty lines, and before that the elements in which every space counts.
SPACE = re.compile(r"<(pre|script|textarea)\b.*?</\1>|\s*\n\s*", re.S)
BRACKETS = re.compile(r":(?:not|is|where)\((?:[^()]|\([^()]*\))*\)")

# What the theme's script could make, and has nothing to make of on this site; and the theme's rules
# for tabs, which other pages need not load: assets/tabs.css has our own.
NEVER_MADE = ("md-annotation", "md-search", "md-source", "md-tag", "md-version", "tabbed")
TABS = '<div class="tabbed-set'

VARIABLE = re.compile(r'(?<=[{;])(--[\w-]+):(?:"[^"]*"|[^;}"])*;?')


def without_indentation(html: str) -> str:
    """Return a page without the indentation and the empty lines of its templates."""
    return SPACE.sub(lambda found: found[0] if found[1] else "\n", html)


def add_style_of_tabs(html: str, page_url: str) -> str:
    """Let a page with tabs load how they look."""
    if TABS not in html:
        return html
    style = get_relative_url("assets/tabs.css", page_url)
    return html.replace("</head>", f'<link rel="stylesheet" href="{style}"></head>', 1)


def reduce(site: Path) -> None:
    """Shorten the scripts and the styles of a built site, and make the styles one file.

    Nothing of a page is shown before its styles are there. So a page waits for one file, not three.
    """
    scripts = (
        *site.glob("search/*.js"),
        *site.glob("assets/moving/*.js"),
        *site.glob("assets/questions/*.js"),
        *site.glob("assets/exercises/*.js"),
        *site.glob("assets/figures/*/script.js"),
    )
    for file in (*site.glob("assets/[st]*.css"), *scripts):
        file.write_text(COMMENT.sub("", file.read_text(encoding="utf-8")), encoding="utf-8")
    sources = [*site.rglob("*.html"), *site.glob("assets/javascripts/bundle.*.js")]
    words = frozenset[str]().union(*(_words(file.read_text(encoding="utf-8")) for file in sources))
    themes = sorted(site.glob("assets/stylesheets/*.css"))
    styles = [_used(theme.read_text(encoding="utf-8"), words) for theme in themes]
    sheets = [sheet.read_text(encoding="utf-8") for sheet in site.glob("assets/*.css")]
    for style in (*styles, *sheets):
        words = words.union(re.findall(r"var\(\s*(--[\w-]+)", style))
    own = site / "assets" / "site.css"
    light = (VARIABLE.sub(lambda m: m[0] * (m[1] in words), style) for style in styles)
    own.write_text("".join(light) + own.read_text(encoding="utf-8"), encoding="utf-8")
    for file in site.glob("assets/stylesheets/*"):
        file.unlink()


# What is worked out of a page or a style sheet is kept for the next build of `make serve`.
@functools.lru_cache(128)
def _words(text: str) -> frozenset[str]:
    """Return the names that a page, a script or a style sheet may know."""
    found = re.findall(r"[\w-]+", text)
    return frozenset(word for word in found if not word.startswith(NEVER_MADE))


def _used(style: str, words: frozenset[str]) -> str:
    """Return a style sheet without the rules that no page needs."""
    return _reduced(style, words & _words(style))


@functools.lru_cache(8)
def _reduced(style: str, words: frozenset[str]) -> str:
    return "".join(_rules(tinycss2.parse_stylesheet(style, True, True), words))


def _rules(rules: list[Node], words: frozenset[str]) -> Iterator[str]:
    """Yield the rules whose classes and attributes occur on a page or in the theme's script."""
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = _selectors(rule.prelude)
            kept = [selector for selector in selectors if _needed(selector) <= words]
            if kept:
                yield f"{','.join(kept)}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            inner = "".join(_rules(tinycss2.parse_rule_list(rule.content, True, True), words))
            if inner:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}"
        else:
            yield rule.serialize()


def _selectors(prelude: list[Node]) -> list[str]:
    """Split a rule's selectors; commas inside brackets are nodes of their own."""
    selectors: list[list[Node]] = [[]]
    for node in prelude:
        if node.type == "literal" and node.value == ",":
            selectors.append([])
        else:
            selectors[-1].append(node)
    return [tinycss2.serialize(selector) for selector in selectors]


def _needed(selector: str) -> set[str]:
    """Return the classes and attributes without which a selector finds nothing."""
    names = re.findall(r"\.([\w-]+)|\[[\w-]+[~|^$*]?=\"?([\w-]+)", BRACKETS.sub("", selector))
    return {name for pair in names for name in pair if name}
