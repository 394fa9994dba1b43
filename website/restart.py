"""Start `make serve` again when the site's own code has changed.

Python keeps each module that it has imported: a build after a change would run the code of before.
What the results come from is forgotten and imported anew (`proof.kept`); for the rest, a new start
is simpler than to forget the right modules, and the browser finds the server again by itself.
"""

import hashlib
import logging
import os
import shutil
import subprocess
import sys

from mkdocs.exceptions import PluginError

from website.pages import ROOT
from website.proof import kept

log = logging.getLogger("mkdocs.restart")


def own_code() -> str:
    """Return a digest of all code under website/ that is not imported anew anyway."""
    digest = hashlib.sha256()
    renewed = [ROOT / source for source in kept.SOURCES]
    for path in sorted((ROOT / "website").rglob("*.py")):
        if not any(path.is_relative_to(folder) for folder in renewed):
            digest.update(path.as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


STARTED = own_code()


def if_needed(site: str) -> None:
    """While serving, start again with code that changed, unless it cannot be imported."""
    if "serve" not in sys.argv[1:2] or own_code() == STARTED:
        return
    run = subprocess.run(
        [sys.executable, "-c", "import website.hooks"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if run.returncode:
        raise PluginError(f"The site's code cannot be imported:\n{run.stderr}")
    log.info("The site's own code has changed: starting again")
    shutil.rmtree(site)  # MkDocs made it for this run
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
