"""A control plane as a process of its own that a test may kill, with short leases and deadlines.

Run as `python -m dagster_tests.daemon.planes <folder of the instance> <file with the code>`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

from dagster import DagsterInstance
from dagster.daemon.control_planes import ControlPlane
from dagster.daemon.served import ServedLocations
from dagster.instance.launches import Supervision
from dagster.workspace.served_locations import Watching
from dagster.workspace.targets import CodeTarget

QUICK = Supervision(heartbeat_seconds=0.5, lease_seconds=2.0, grace_seconds=1.0)
QUICKLY = Watching(look_seconds=0.1, stopped_seconds=1.0)
LEASE_SECONDS = 2.0
DEADLINE_SECONDS = 1.5


def started(home: Path, file: Path, *options: str) -> subprocess.Popen[bytes]:
    """A control plane that begins to act; with the option `default` all times are those that users have."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "DAGSTER_HOME": str(home)}
    command = [sys.executable, "-m", "dagster_tests.daemon.planes", str(home), str(file), *options]
    return subprocess.Popen(command, env=environment, cwd=file.parent)


def below(pid: int) -> list[int]:
    """The processes that a process started, and those that these started, parents first."""
    parents: dict[int, int] = {}
    for entry in os.listdir("/proc"):
        try:
            fields = Path(f"/proc/{entry}/stat").read_text().rpartition(")")[2].split() if entry.isdigit() else []
        except OSError:
            continue
        if fields and fields[0] != "Z":
            parents[int(entry)] = int(fields[1])
    found, level = [], [pid]
    while level:
        level = sorted(child for child, parent in parents.items() if parent in level)
        found.extend(level)
    return found


def main(home: str, file: str, *options: str) -> None:
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: stop.set())
    target = CodeTarget(source="python_file", name=file, working_directory=os.path.dirname(file))
    with DagsterInstance.from_config(home) as instance:
        is_default = "default" in options
        locations = ServedLocations([target], instance.get_ref(), watching=None if is_default else QUICKLY)
        quick = {"lease_seconds": LEASE_SECONDS, "deadline_seconds": DEADLINE_SECONDS, "supervision": QUICK}
        try:
            plane = ControlPlane(instance, locations, **({} if is_default else quick))
            with closing(plane):
                plane.run(stop)
        finally:
            locations.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
