"""Every page carries its policy, and nothing in it asks for more than the policy allows."""

import base64
import hashlib
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from website import policy


def test_every_page_has_its_policy(site: Path) -> None:
    """The policy comes first, names the hash of each script in the page, and opens nothing else."""
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 15
    for page in pages:
        soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
        assert soup.head is not None
        first = soup.head.find_all(True, limit=2)
        assert first[0].get("charset") == "utf-8"
        assert first[1].get("http-equiv") == "Content-Security-Policy"
        content = str(first[1]["content"])
        scripts = [s for s in soup.find_all("script") if not s.get("src")]
        inline = [s.string or "" for s in scripts if s.get("type") != "application/json"]
        assert inline
        for script in inline:
            digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in content, page
        assert not re.search(r"unsafe|\*|https?:|blob:", content)
        assert "default-src 'none'" in content


def test_no_page_needs_what_the_policy_forbids(site: Path) -> None:
    """No style attribute, no style element, and no handler stands in a page."""
    for page in site.rglob("*.html"):
        soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
        assert not soup.select("[style], style"), page
        handlers = [name for tag in soup.find_all(True) for name in tag.attrs if name[:2] == "on"]
        assert handlers == [], page


def test_a_page_without_a_place_for_it_is_refused() -> None:
    """If the theme's pages begin in another way, the build stops: no page goes out unlocked."""
    with pytest.raises(ValueError, match="this page has no <meta charset"):
        policy.add("<html><head><title>A</title></head></html>")
