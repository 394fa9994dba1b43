"""More than one cook: what came out, how faults end, and what it costs to talk. Kept for the page.

    make record-cooks

Each run is a process, or several, of docs/frameworks/, started as a reader starts it: by torchrun.
It writes website/figures/cooks.json, which the site shows; the tests run the same again, and
compare. Waits are told to be short in the programs themselves, so nothing here hangs.
"""

import concurrent.futures
import contextlib
import json
import os
import re
import shlex
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT))
from benchmarks import record  # noqa: E402

PROGRAMS = ROOT / "docs" / "frameworks"
RECORD = ROOT / "website" / "figures" / "cooks.json"
PYTHON = str(ROOT / ".venv-frameworks" / "bin" / "python")
TORCHRUN = [PYTHON, "-m", "torch.distributed.run"]
HERE = "127.0.0.1"
PATIENCE = 120  # seconds: more would be a hang, and is ended
CLEAN_ENDS = 50
PROGRAM = "cooks_torch.py"


class Ended(NamedTuple):
    """How a run ended: its status, what it said, and after how many seconds."""

    status: int
    said: str
    errors: str
    seconds: float


def run(
    command: list[str],
    more: dict[str, str] | None = None,
    patience: int = PATIENCE,
    folder: Path | None = None,
) -> Ended:
    """Run a command to its end; what hangs is ended with all that it started."""
    began = time.perf_counter()
    threads = {"OMP_NUM_THREADS": "1"}  # as torchrun sets it for two and more
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=folder,
        env=os.environ | threads | (more or {}),
    ) as process:
        try:
            said, errors = process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            process.terminate()  # torchrun then ends what it started
            raise
    return Ended(process.returncode, said, errors, time.perf_counter() - began)


def options(name: str) -> list[str]:
    """Return what a line of the page tells torchrun, without the program."""
    command, *told, program = shlex.split((PROGRAMS / name).read_text(encoding="utf-8"))
    assert (command, program) == ("torchrun", PROGRAM)
    return told


def torchrun(path: Path, *told: str, cooks: int = 2) -> Ended:
    """Run a program with some cooks on this machine, by the line of the page unless told."""
    number = ["--nproc-per-node", str(cooks)]  # what is said last counts
    return run([*TORCHRUN, *(told or options("two_cooks.sh")), *number, str(path)])


def losses(ended: Ended) -> list[float]:
    """Return the losses of all epochs that a program printed."""
    if ended.status:
        raise RuntimeError(f"it ended with {ended.status}:\n{ended.errors}")
    return [float(number) for number in re.findall(r"(?m)^\d+ (\S+)$", ended.said)]


# ---- What can go wrong ----

EPOCH = "        total = torch.zeros((), dtype=torch.float64)\n"
IN_EPOCH_3 = "        if cook == 1 and epoch == 3:\n            __import__('{}').{}\n"
KILL = "kill(__import__('os').getpid(), {})"


class Fault(NamedTuple):
    """Something that goes wrong.

    Attributes:
        words: What is said about it.
        changes: What is written otherwise in the program.
        options: What torchrun is told; "{port}" is a port that is free, "{taken}" one that is not.
        cooks: How many are started on this machine.
    """

    words: str
    changes: tuple[str, str] = ("", "")
    options: tuple[str, ...] = ("--standalone",)
    cooks: int = 2


def in_epoch_3(module: str, call: str) -> tuple[str, str]:
    """Return a change by which one cook comes to grief in the third epoch."""
    return EPOCH, IN_EPOCH_3.format(module, call) + EPOCH


MEET = [option.replace("first:29500", HERE + ":{port}") for option in options("two_machines.sh")]
FAULTS = {
    "killed": Fault("Signal 9 (SIGKILL)", in_epoch_3("os", KILL.format(9))),
    "error": Fault("ZeroDivisionError", in_epoch_3("operator", "truediv(1, 0)")),
    "asleep": Fault("had to stop", in_epoch_3("time", "sleep(600)")),
    "frozen": Fault(
        "had to stop",
        in_epoch_3("os", KILL.format(19)),
        ("--standalone", "--shutdown-timeout", "5"),
    ),
    "batches": Fault("Rank 1 exhausted all inputs", (".split(32)", ".split(32)[cook:]")),
    "three": Fault("3 cooks cannot share 32 cards evenly", cooks=3),
    "port": Fault("EADDRINUSE", options=("--master-port", "{taken}")),
    "machine": Fault("RendezvousTimeoutError", options=tuple(MEET), cooks=1),
}


@contextlib.contextmanager
def taken_port() -> Iterator[int]:
    """Take a port for a while."""
    with socket.socket() as taken:
        taken.bind((HERE, 0))
        taken.listen()
        yield taken.getsockname()[1]


def free_port() -> int:
    """Return a port that was free just now."""
    with taken_port() as port:
        return port


def suffer(name: str, folder: Path) -> Ended:
    """Run the program with something that goes wrong."""
    fault = FAULTS[name]
    old, new = fault.changes
    source = (PROGRAMS / PROGRAM).read_text(encoding="utf-8")
    assert old in source
    path = folder / f"{name}.py"
    path.write_text(source.replace(old, new) if old else source, encoding="utf-8")
    with taken_port() as taken:
        ports = {"port": free_port(), "taken": taken}
        told = [option.format(**ports) for option in fault.options]
        return torchrun(path, *told, cooks=fault.cooks)


def alone() -> Ended:
    """Start one of two cooks by hand, without torchrun."""
    place = {"MASTER_ADDR": HERE, "MASTER_PORT": str(free_port()), "RANK": "0", "WORLD_SIZE": "2"}
    return run([PYTHON, str(PROGRAMS / PROGRAM)], place)


def two_machines() -> list[Ended]:
    """Start torchrun twice, as on two machines, which meet at a port."""
    port = free_port()
    told = [option.format(port=port) for option in MEET]
    with concurrent.futures.ThreadPoolExecutor() as both:
        ends = [both.submit(torchrun, PROGRAMS / PROGRAM, *told, cooks=1) for _ in range(2)]
        return [end.result() for end in ends]


# ---- What is kept ----

MEMORY = "larger_than_memory.py"
MAPPED = 'np.memmap(path, np.float32, mode="r", shape=(200_000, 256))'
LOADED = "np.fromfile(path, np.float32).reshape(-1, 256)"


def memory(folder: Path, python: str, into: str = MAPPED, first: str = "") -> Ended:
    """Run the program about memory, with its file mapped or loaded, and code before all else."""
    source = (PROGRAMS / MEMORY).read_text(encoding="utf-8")
    assert MAPPED in source
    path = folder / MEMORY
    path.write_text(first + source.replace(MAPPED, into), encoding="utf-8")
    limits = {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    return run([python, str(path)], limits, folder=folder)


def taken(ended: Ended) -> dict[str, float]:
    """Return what the program about memory printed: its loss, and two numbers of bytes."""
    words = ("loss", "file", "memory")
    return {word: float(re.findall(rf"{word} ([\d.]+)", ended.said)[0]) for word in words}


def find_losses(_: Path) -> Any:
    """Return the losses of one cook and of two."""
    path = PROGRAMS / PROGRAM
    return {str(cooks): losses(torchrun(path, cooks=cooks)) for cooks in (1, 2)}


def find_changes(_: Path) -> Any:
    """Return what changes with two cooks, beside the same with one."""
    path = PROGRAMS / "cooks_changes.py"
    return {str(cooks): json.loads(torchrun(path, cooks=cooks).said) for cooks in (1, 2)}


def find_faults(folder: Path) -> Any:
    """Return how each fault ends, and after how many seconds."""
    ends = {name: suffer(name, folder) for name in FAULTS} | {"alone": alone()}
    return {name: [end.status, round(end.seconds, 1)] for name, end in ends.items()}


def find_ends(_: Path) -> Any:
    """Return how many of many runs ended as they should."""
    path = PROGRAMS / PROGRAM
    ends = [torchrun(path).status for _ in range(CLEAN_ENDS)]
    return {"runs": len(ends), "clean": ends.count(0)}


def find_talk(_: Path) -> Any:
    """Return what it costs to talk."""
    path = ROOT / "benchmarks" / "talk.py"
    return json.loads(run([*TORCHRUN, *options("two_cooks.sh"), str(path)], patience=900).said)


def find_memory(folder: Path) -> Any:
    """Return the memory that a large file takes: mapped, and loaded."""
    ways = {"mapped": MAPPED, "loaded": LOADED}
    return {name: taken(memory(folder, sys.executable, into)) for name, into in ways.items()}


PARTS = {
    "losses": find_losses,
    "changes": find_changes,
    "faults": find_faults,
    "memory": find_memory,
    "talk": find_talk,
    "ends": find_ends,
}


def main(wanted: list[str]) -> None:
    """Run the parts that are wanted, or all, and write the record."""
    old: Any = json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}
    kept = old | record.found_by(python=PYTHON)
    if wanted and old and old["versions"] != kept["versions"]:
        sys.exit("The other parts are of other versions: run all of them")
    for part in wanted or PARTS:
        print(part, "...", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            kept[part] = PARTS[part](Path(folder))
    RECORD.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    print(f"Written: {RECORD.relative_to(ROOT)}. Look at git diff.")


if __name__ == "__main__":
    main(sys.argv[1:])
