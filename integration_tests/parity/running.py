"""Runs one program in a process and a directory of its own."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

import msgspec

from parity.catalogue import OBSERVING, Program
from parity.normalise import Fact, Surroundings, normalised

TIMEOUT_SECONDS = 120.0
LINES_SHOWN = 8
INSTANCE_SETTINGS = "telemetry:\n  enabled: false\n"


class ProgramFailed(Exception):
    """The program itself failed, so there is nothing to compare."""

    def __init__(self, program: Program, python: str, ending: str, output: str) -> None:
        self.program = program
        super().__init__(f"Program {program.name} {ending} under {python}:\n{output}")


class Interpreter(msgspec.Struct, frozen=True, kw_only=True):
    python: str
    inherits_path: bool
    """Whether PYTHONPATH of this process is handed on: it leads to our packages, so never to the reference."""


def run(program: Program, interpreter: Interpreter, *, hash_seed: int = 0) -> Fact:
    """The program's normalised facts.

    Raises:
        ProgramFailed: it raised, was killed or took longer than the timeout.
    """
    with tempfile.TemporaryDirectory(prefix="parity-") as folder:
        # Resolved, because programs report resolved paths where the temporary folder is a link.
        root = Path(folder).resolve()
        places = {name: root / name for name in ("home", "temp", "cwd")}
        for place in places.values():
            place.mkdir()
        (places["home"] / "dagster.yaml").write_text(INSTANCE_SETTINGS, encoding="utf-8")
        started = time.time()
        facts = _observe(program, interpreter, root, _environment(interpreter, places, hash_seed))
        surroundings = Surroundings(
            places={str(path): f"<{name}>" for name, path in places.items()},
            started=started,
            ended=time.time(),
        )
        return normalised(facts, surroundings)


def _environment(interpreter: Interpreter, places: dict[str, Path], hash_seed: int) -> dict[str, str]:
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(places["cwd"]),
        "DAGSTER_HOME": str(places["home"]),
        "TMPDIR": str(places["temp"]),
        "TZ": "UTC",
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": str(hash_seed),
        "DAGSTER_DISABLE_TELEMETRY": "1",
        "DO_NOT_TRACK": "1",
    }
    if interpreter.inherits_path and "PYTHONPATH" in os.environ:
        environment["PYTHONPATH"] = os.environ["PYTHONPATH"]
    return environment


def _observe(program: Program, interpreter: Interpreter, root: Path, environment: dict[str, str]) -> Fact:
    out = root / "facts.json"
    command = [interpreter.python, str(OBSERVING / "observe.py"), str(program.path), str(out)]
    try:
        done = subprocess.run(
            command,
            cwd=root / "cwd",
            env=environment,
            timeout=TIMEOUT_SECONDS,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    except subprocess.TimeoutExpired as timeout:
        ending = f"was still running after {TIMEOUT_SECONDS:.0f} s"
        raise ProgramFailed(program, interpreter.python, ending, "") from timeout
    if done.returncode != 0 or not out.exists():
        last_lines = "\n".join(done.stdout.splitlines()[-LINES_SHOWN:])
        raise ProgramFailed(program, interpreter.python, f"ended with exit code {done.returncode}", last_lines)
    return json.loads(out.read_text(encoding="utf-8"))
