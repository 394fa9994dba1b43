"""Run one of the programs of docs/frameworks/, and print what it found as JSON.

    python benchmarks/run.py loop_torch.py
    python benchmarks/run.py loop_keras.py jax torch

prints the losses of all epochs; of a program that shows what defaults hide, what it found. Behind
the name, words that are written otherwise for this run: here Keras computes with PyTorch. Without
a name it prints the versions of all that is installed, and what machine this is.
"""

import contextlib
import importlib
import json
import os
import platform
import sys
from importlib import metadata
from pathlib import Path

# One thread: this is read while the libraries are imported. Then sums add up in one order.
for _name in ("OMP_NUM", "OPENBLAS_NUM", "MKL_NUM", "VECLIB_MAXIMUM"):
    os.environ[f"{_name}_THREADS"] = "1"

PROGRAMS = Path(__file__).resolve().parent.parent / "docs" / "frameworks"
# Under which name each library is installed.
LIBRARIES = {
    "nnbasics": "nnbasics",
    "PyTorch": "torch",
    "JAX": "jax",
    "Keras": "keras",
    "scikit-learn": "scikit-learn",
}


def versions() -> dict[str, str]:
    """Return the versions of Python, NumPy and the libraries that are installed."""
    found = {"Python": platform.python_version()}
    for name, package in (LIBRARIES | {"NumPy": "numpy"}).items():
        with contextlib.suppress(metadata.PackageNotFoundError):
            found[name] = metadata.version(package).partition("+")[0]
    return found


def machine() -> str:
    """Return what machine this is: its processor, where it says so, and its system."""
    processor = platform.machine()
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                processor = line.partition(": ")[2]
                break
    return f"{processor}, {platform.system()}"


def run(path: Path, word: str = "", other: str = "") -> object:
    """Return what a program found: its losses, or what its defaults hide."""
    source = path.read_text(encoding="utf-8")
    if word not in source:
        sys.exit(f"{path.name} does not say {word}")
    sys.path.insert(0, str(PROGRAMS))  # for what they share
    names: dict[str, object] = {"__name__": "__main__"}
    code = compile(source.replace(word, other) if word else source, str(path), "exec")
    with contextlib.redirect_stdout(sys.stderr):  # what it prints by itself
        exec(code, names)
    return names["found"] if "found" in names else names["losses"]


def main(arguments: list[str]) -> None:
    """Print as JSON what a program found, or what is installed."""
    if arguments:
        print(json.dumps(run(PROGRAMS / arguments[0], *arguments[1:])))
        return
    importlib.import_module("nnbasics")
    print(json.dumps({"versions": versions(), "machine": machine()}))


if __name__ == "__main__":
    main(sys.argv[1:])
