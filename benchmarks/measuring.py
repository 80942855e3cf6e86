"""Starts one measured process and says what it cost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

REPOSITORY = Path(__file__).parents[1]
SCRIPTS = Path(__file__).parent / "scripts"
# On the repository's disk: the system's temporary folder may be memory, where a sync costs nothing.
WORKPLACE = REPOSITORY / ".cache" / "benchmarks"
INSTANCE_SETTINGS = "telemetry:\n  enabled: false\n"


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """One process, its descendants included as far as it waited for them."""

    cpu_seconds: float
    wall_seconds: float
    peak_mib: float
    said: Mapping[str, float]
    """What the script measured inside, empty when it printed nothing."""


class ScriptFailed(Exception):
    def __init__(self, command: Sequence[str], exit_code: int, output: str) -> None:
        last_words = "\n".join(output.splitlines()[-5:])
        super().__init__(f"{' '.join(command)} ended with exit code {exit_code}:\n{last_words}")


def measure(command: Sequence[str], *, ours: bool, variables: Mapping[str, str]) -> Sample:
    """Runs the command in an empty directory with an empty instance.

    Raises:
        ScriptFailed: its exit code is not 0.
    """
    WORKPLACE.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=WORKPLACE))
    try:
        home = folder / "home"
        home.mkdir()
        (home / "dagster.yaml").write_text(INSTANCE_SETTINGS, encoding="utf-8")
        return _measured(command, folder, {**_environment(home, ours), **variables})
    finally:
        shutil.rmtree(folder)


def _environment(home: Path, ours: bool) -> dict[str, str]:
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home.parent),
        "DAGSTER_HOME": str(home),
        "TZ": "UTC",
        "LANG": "C.UTF-8",
        "DAGSTER_DISABLE_TELEMETRY": "1",
        # Random hashing moves a run by a few per cent; both sides get the same seed.
        "PYTHONHASHSEED": "0",
        # What is made once and measured often.
        "BENCHMARK_CACHE": str(WORKPLACE / "kept"),
    }
    # PYTHONPATH leads to our packages, so it never reaches the reference.
    if ours and "PYTHONPATH" in os.environ:
        environment["PYTHONPATH"] = os.environ["PYTHONPATH"]
    return environment


def _measured(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Sample:
    with (folder / "stdout").open("w+b") as stdout, (folder / "stderr").open("w+b") as stderr:
        started = time.perf_counter()
        # Files instead of pipes: nobody has to read while the process runs.
        child = subprocess.Popen(command, cwd=folder, env=dict(environment), stdout=stdout, stderr=stderr)
        _, status, usage = os.wait4(child.pid, 0)
        wall_seconds = time.perf_counter() - started
        # wait4 reaped it, so subprocess must be told.
        child.returncode = os.waitstatus_to_exitcode(status)
        stdout.seek(0)
        stderr.seek(0)
        out = stdout.read().decode()
        if child.returncode != 0:
            raise ScriptFailed(command, child.returncode, out + stderr.read().decode())
    return Sample(
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        wall_seconds=wall_seconds,
        peak_mib=usage.ru_maxrss / 1024,
        said=_said(out),
    )


def _said(out: str) -> Mapping[str, Any]:
    lines = out.splitlines()
    return json.loads(lines[-1]) if lines and lines[-1].startswith("{") else {}
