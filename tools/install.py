"""Put the packages that a group of commands needs into .venv.

    python3 tools/install.py serve test

The groups are the files of requirements/. What they pin is installed in place, and only if it
differs from what was installed last. pip fetches all of it before it changes anything, so what
works goes on working when the network does not. With --if-possible a failure does not count, as
long as there is an older set to go on with.

NNBASICS_VENV names another folder than .venv, for an environment that nothing else uses.

It needs the standard library alone, and makes .venv with the Python that runs it.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / os.environ.get("NNBASICS_VENV", ".venv")
PYTHON = VENV / "bin" / "python"
LOG = VENV / "install.log"
UNREACHED = re.compile(r"NewConnectionError|NameResolutionError|ConnectTimeoutError|ProxyError")


class SetupError(Exception):
    """Something stands in the way: the sentence says what, and how to mend it."""


def pins(group: str) -> str:
    """Return what a group pins, and the folder: a clone that was moved is set up again."""
    return f"{ROOT}\n" + (ROOT / "requirements" / f"{group}.txt").read_text(encoding="utf-8")


def stamp(group: str) -> Path:
    """Return the file that remembers what of a group was installed last."""
    return VENV / f"{group}.installed"


def is_installed(group: str) -> bool:
    """Tell whether what a group pins is what was installed last."""
    return stamp(group).is_file() and stamp(group).read_text(encoding="utf-8") == pins(group)


def finds(module: str) -> bool:
    """Tell whether the Python of .venv runs, and finds a module."""
    try:
        run = subprocess.run([PYTHON, "-c", f"import {module}"], capture_output=True, check=False)
    except OSError:
        return False
    return run.returncode == 0


def check_folder() -> None:
    """Refuse a folder that this user cannot write into, before anything else fails there."""
    if not all(os.access(folder, os.W_OK) for folder in (ROOT, VENV) if folder.exists()):
        raise SetupError(
            f"You cannot write to {ROOT}, where {VENV.name} belongs. A copy of your own will do:  "
            f"cp -R {ROOT} /tmp/nnbasics && make -C /tmp/nnbasics serve"
        )


def make_venv() -> None:
    """Make .venv, or mend the one that is there: nothing in it is thrown away."""
    version = sys.version.split()[0]
    print(f"Making {VENV.name} with Python {version} ...", flush=True)
    for rest in VENV.glob("lib/python*/site-packages/pip-*.dist-info"):
        shutil.rmtree(rest)  # of a pip that is not whole, or it would pass for one that is
    run = subprocess.run(
        [sys.executable, "-m", "venv", VENV],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if "ensurepip" in run.stdout:
        raise SetupError(
            f"Python {version} comes without a part that makes .venv: "
            "on Debian and Ubuntu run  apt-get install python3-venv"
        )
    if run.returncode:
        reason = (run.stdout.split("\n\n")[0].strip() or "it does not say why").splitlines()[-1]
        raise SetupError(f"Python {version} could not make .venv: {reason}")
    for old in VENV.glob("*.installed"):
        old.unlink()


def install(groups: list[str]) -> None:
    """Install what the groups pin; for those that serve or compare, the package from its folder."""
    files = [f"requirements/{group}.txt" for group in groups]
    number = sum(pins(group).count("==") for group in groups)
    print(f"Installing the packages of {' and '.join(files)} ({number}) ...", flush=True)
    commands = [["--require-hashes", *(f"--requirement={file}" for file in files)]]
    if {"serve", "frameworks"} & {*groups}:
        commands.append(["--no-build-isolation", "--editable=."])
    for group in groups:
        stamp(group).unlink(missing_ok=True)
    # Nothing beyond what is pinned; and what is never imported need not be compiled.
    pip = ["-m", "pip", "--disable-pip-version-check", "install", "--no-deps", "--no-compile"]
    with LOG.open("w", encoding="utf-8") as log:
        for command in commands:
            line = [str(PYTHON), *pip, "--retries=1", *command]
            if subprocess.run(line, cwd=ROOT, stdout=log, stderr=log, check=False).returncode:
                raise SetupError(f"The packages could not be installed: {why()}")
    for group in groups:
        stamp(group).write_text(pins(group), encoding="utf-8")


def why() -> str:
    """Return the reason that pip gave, from its report."""
    said = LOG.read_text(encoding="utf-8", errors="replace")
    if UNREACHED.search(said):
        return "this computer cannot reach the package index. Run it again when it is online"
    errors = [line for line in said.splitlines() if line.startswith("ERROR: ")]
    reason = errors[0].removeprefix("ERROR: ") if errors else "pip does not say why"
    return f"{reason.rstrip('.')}. The whole report is in {LOG}"


def main(arguments: list[str]) -> int:
    """Install what is not there yet, and say in a sentence what stands in the way."""
    groups = [argument for argument in arguments if argument != "--if-possible"]
    try:
        if not finds("pip"):
            check_folder()
            make_venv()
        for wanted in (["pip"], groups):
            if not all(map(is_installed, wanted)):
                check_folder()
                install(wanted)
    except SetupError as problem:
        print(problem, file=sys.stderr)
        if "--if-possible" in arguments and finds("mkdocs"):
            print("Going on with the packages of before.", file=sys.stderr)
            return 0
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
