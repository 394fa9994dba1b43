"""What Markdown leaves to mend in the HTML that it gives."""

import re

from website.blocks import table


def tables_and_code(html: str) -> str:
    """Put tables into boxes that scroll, and take from lines of code the ids of no use."""
    html = re.sub("<table>(.*?)</table>", rf"{table.OPEN}\1{table.CLOSE}", html, flags=re.S)
    # Lines of code are spans of their own, for copying.
    return re.sub(r'<span id="__span-[^"]+">', "<span>", html)


def untranslated(html: str) -> str:
    """Have code stay code in a page that a browser translates."""
    return re.sub(r"<code\b", '<code translate="no"', html)
