"""The lock on the page: a content security policy that names all that a page may load and run.

It is a `meta` element of each page, so it holds on any host. Scripts inside of a page are named
by their hashes, so no other can be slipped in, and nothing typed can become one. Python runs in a
worker, a file of its own, to which this policy does not reach: only there WebAssembly is compiled.
"""

import base64
import hashlib
import re

from markupsafe import Markup

INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*\btype=[\"']?application/json)[^>]*>(.*?)</script>", re.S
)
CHARSET = '<meta charset="utf-8">'


def add(html: str) -> str:
    """Put the policy into a page, before anything that it speaks of."""
    hashes = sorted({_hash(script) for script in INLINE.findall(html)})
    policy = "; ".join(
        [
            "default-src 'none'",
            " ".join(["script-src 'self'", *hashes]),
            "style-src 'self'",
            "img-src 'self' data:",  # icons in the theme's style sheet
            "connect-src 'self'",
            "worker-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    if CHARSET not in html:
        raise ValueError(f"this page has no {CHARSET}, behind which its policy belongs")
    meta = Markup('<meta http-equiv="Content-Security-Policy" content="{}">').format(policy)
    return html.replace(CHARSET, f"{CHARSET}{meta}", 1)


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
