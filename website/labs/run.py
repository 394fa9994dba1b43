"""Have mkdocs-jupyter run the labs, and keep what they gave for as long as it holds."""

import hashlib
import os
import shutil

from mkdocs.config.defaults import MkDocsConfig

from website import pages
from website.look import STYLE
from website.pages import ROOT
from website.proof import kept

CACHE = pages.CACHE / "labs"
KERNEL = f"""\
c = get_config()
c.InlineBackend.figure_formats = {{"svg"}}
c.InlineBackend.rc = {STYLE}
c.InlineBackend.print_figure_kwargs = {{"metadata": {{"Date": None, "Creator": None}}}}
c.HistoryManager.enabled = False
c.IPKernelApp.log_level = 40
"""


def prepare(config: MkDocsConfig) -> None:
    """Draw the plots of labs as the site draws its own, and keep no output that is stale."""
    profile = CACHE / "ipython" / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "ipython_kernel_config.py").write_text(KERNEL, encoding="utf-8")
    os.environ["IPYTHONDIR"] = str(CACHE / "ipython")
    # The plugin's own key covers the notebook, not what it imports.
    digest = hashlib.sha256(kept.key().encode())
    for part in ("labs/run.py", "look.py"):
        digest.update((ROOT / "website" / part).read_bytes())
    newest = CACHE / digest.hexdigest()[:16]
    for old in CACHE.glob("*"):
        if old.is_dir() and old not in (newest, CACHE / "ipython"):
            shutil.rmtree(old)
    config.plugins["mkdocs-jupyter"].config["cache_dir"] = str(newest)
