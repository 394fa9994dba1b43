"""Run every program of docs/frameworks/, and keep what each found for the page.

    make record-frameworks

The site is built without these libraries: its page shows what stands in the file that this writes.
The tests run the same programs again, and compare.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
RECORD = HERE.parent / "website" / "figures" / "frameworks.json"
# What run.py is told. "Keras on PyTorch" is the same program with another library below it.
LOOPS = {
    "nnbasics": ["loop_nnbasics.py"],
    "PyTorch": ["loop_torch.py"],
    "PyTorch, DataLoader": ["loop_torch_loader.py"],
    "JAX": ["loop_jax.py"],
    "JAX, scan": ["loop_jax_scan.py"],
    "Keras": ["loop_keras.py"],
    "Keras on PyTorch": ["loop_keras.py", '"jax"', '"torch"'],
    "scikit-learn": ["loop_sklearn.py"],
}
DEFAULTS = {
    "PyTorch": ["defaults_torch.py"],
    "JAX": ["defaults_jax.py"],
    "Keras": ["defaults_keras.py"],
    "scikit-learn": ["defaults_sklearn.py"],
}


def found_by(*arguments: str, python: str = sys.executable) -> Any:
    """Return what a program found, in a process of its own: some settings hold for a process."""
    command = [python, str(HERE / "run.py"), *arguments]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if ran.returncode:
        raise RuntimeError(f"{' '.join(arguments)} failed:\n{ran.stderr}")
    return json.loads(ran.stdout)


def main() -> None:
    """Run everything, and write the record."""
    record = found_by()
    for kind, programs in (("losses", LOOPS), ("defaults", DEFAULTS)):
        record[kind] = {}
        for name, arguments in programs.items():
            print(" ".join(arguments), "...", flush=True)
            record[kind][name] = found_by(*arguments)
    RECORD.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    print(f"Written: {RECORD.relative_to(HERE.parent)}. Look at git diff.")


if __name__ == "__main__":
    main()
