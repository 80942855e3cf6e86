"""Which process has the turn to write, as the kernel knows it, and what becomes of one that stands still with it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

from dagster.runs.processes import ProcessIdentity, identity_of

STOPPED_SECONDS = 2.0
"""Less than for others that stand still: until then nobody can write."""
_LOOK_SECONDS = 0.1


def writer_of(path: str) -> ProcessIdentity | None:
    """The process that holds the `flock` on a file; None where nobody does, and where the system does not say.

    Source: proc(5), /proc/locks; the device in it is not always the one of stat(2), so the process is asked for its open files.
    """
    try:
        inode = str(os.stat(path).st_ino)
        with open("/proc/locks") as file:
            held = [line.split() for line in file if "FLOCK" in line and "->" not in line]
    except OSError:
        return None
    pids = [int(fields[4]) for fields in held if fields[5].rpartition(":")[2] == inode]
    found = [pid for pid in pids if pid > 0 and _has_open(pid, path)]
    return identity_of(found[0]) if found else None


def _has_open(pid: int, path: str) -> bool:
    folder = f"/proc/{pid}/fd"
    try:
        return any(os.path.samefile(f"{folder}/{each}", path) for each in os.listdir(folder) if _is_file(f"{folder}/{each}"))
    except OSError:
        return False


def _is_file(path: str) -> bool:
    return os.path.isfile(path)


def end_stopped_writer(path: str, seconds: float = STOPPED_SECONDS, sleep: Callable[[float], None] = time.sleep) -> bool:
    """Kill a process that has had the turn and has been stopped (SIGSTOP) for so long: everybody would wait for it for ever.

    One of a terminal is left alone: whoever stopped it there may continue it.

    Returns:
        Whether there was one.
    """
    writer = writer_of(path)
    if writer is None or writer.has_terminal():
        return False
    waited = 0.0
    while writer.is_stopped() and writer_of(path) == writer:
        if waited >= seconds:
            return writer.send(signal.SIGKILL)
        sleep(_LOOK_SECONDS)
        waited += _LOOK_SECONDS
    return False
