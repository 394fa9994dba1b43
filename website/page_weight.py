"""Make a first visit light: leave out of the finished site what no page of it needs."""

import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import shorten

import tinycss2
from tinycss2.ast import Node

COMMENT = re.compile(r"/\*.*?\*/|^ *//[^\n]*\n|^ +", re.S | re.M)  # and indentation
BRACKETS = re.compile(r":(?:not|is|where)\((?:[^()]|\([^()]*\))*\)")

VARIABLE = re.compile(r'(?<=[{;])(--[\w-]+):(?:"[^"]*"|[^;}"])*;?')


def reduce(site: Path) -> None:
    """Shorten the search index, the styles and the scripts of a built site."""
    _shorten_search(site / "search" / "search_index.json")
    scripts = (*site.glob("assets/moving/*.js"), *site.glob("assets/figures/*/script.js"))
    for own in (site / "assets" / "site.css", *scripts):
        own.write_text(COMMENT.sub("", own.read_text(encoding="utf-8")), encoding="utf-8")
    sources = [*site.rglob("*.html"), *site.glob("assets/javascripts/bundle.*.js")]
    words = {
        word
        for source in sources
        for word in re.findall(r"[\w-]+", source.read_text(encoding="utf-8"))
    }
    themes = list(site.glob("assets/stylesheets/*.css"))
    for theme in themes:
        theme.write_text("".join(_used(_rules(theme.read_text(encoding="utf-8")), words)))
    for style in (*themes, *site.glob("assets/*.css")):
        words.update(re.findall(r"var\(\s*(--[\w-]+)", style.read_text(encoding="utf-8")))
    for theme in themes:
        theme.write_text(
            VARIABLE.sub(lambda m: m[0] * (m[1] in words), theme.read_text(encoding="utf-8"))
        )


def _shorten_search(search_index: Path) -> None:
    """Keep the first lines of each part, of the reference the names, of the labs the titles."""
    index = json.loads(search_index.read_text(encoding="utf-8"))
    index["docs"] = [
        entry for entry in index["docs"] if not re.match("labs/.*#", entry["location"])
    ]
    for entry in index["docs"]:
        text = " ".join(re.sub(r"<[^>]+>", " ", entry["text"]).split())
        brief = entry["location"].startswith(("labs/", "reference/"))
        entry["text"] = "" if brief else shorten(text, 400, placeholder="")
    search_index.write_text(json.dumps(index, separators=(",", ":")), encoding="utf-8")


@functools.cache
def _rules(style: str) -> list[Node]:
    """Return the rules of a style sheet, read once for all builds of `make serve`."""
    rules: list[Node] = tinycss2.parse_stylesheet(style, True, True)
    return rules


def _used(rules: list[Node], words: set[str]) -> Iterator[str]:
    """Yield the rules whose classes and attributes occur on a page or in the theme's script."""
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = _selectors(rule.prelude)
            kept = [selector for selector in selectors if _needed(selector) <= words]
            if kept:
                yield f"{','.join(kept)}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            inner = "".join(_used(tinycss2.parse_rule_list(rule.content, True, True), words))
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
