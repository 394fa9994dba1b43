"""Everything is read and written as UTF-8, whatever the computer is used to."""

import filecmp
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from built_site import build

pytestmark = pytest.mark.slow


def compiled(charset: str, folder: Path) -> str:
    """Return a locale of this charset, made for the test, for the computer need not have it."""
    name = f"de_DE.{charset}"
    folder.mkdir()
    maker = shutil.which("localedef")
    if maker is None:
        pytest.skip("localedef, which makes locales, is not installed")
    run = subprocess.run(
        [maker, "-c", "-i", "de_DE", "-f", charset, folder / name],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if not (folder / name / "LC_CTYPE").exists():
        pytest.skip(f"the locale {name} cannot be made here: {run.stderr.strip()}")
    return name


@pytest.mark.parametrize("charset", ["ISO-8859-1", "CP1252"])
def test_a_build_gives_the_same_bytes(site: Path, tmp_path: Path, charset: str) -> None:
    """Where text is Latin-1, or what Windows uses, the pages are those of everybody."""
    locale = compiled(charset, tmp_path / "locales")
    settings = {"LC_ALL": locale, "LOCPATH": str(tmp_path / "locales"), "PYTHONUTF8": "0"}
    charset_there = subprocess.run(
        [sys.executable, "-c", "import locale; print(locale.getpreferredencoding())"],
        env=os.environ | settings,
        capture_output=True,
        encoding="ascii",
        check=True,
    ).stdout.strip()
    assert charset_there == charset
    there = build(tmp_path / "site", **settings)
    for folder, _, names in os.walk(site):
        here = Path(folder)
        same, different, missing = filecmp.cmpfiles(
            here, there / here.relative_to(site), names, shallow=False
        )
        assert (different, missing) == ([], []), folder
        assert len(same) == len(names)
