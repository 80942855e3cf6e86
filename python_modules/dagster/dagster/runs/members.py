"""The processes of a run, and how they are stopped.

Members are the descendants of the run's supervisor, and every process whose environment carries the run's mark: what was started
from a step in a session of its own, and what is left when the supervisor is dead.

Source: proc(5) for parents and environments; a zombie is no member, since its code has ended.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator

from dagster.runs.processes import ProcessIdentity, identity_of

RUN_MARK = "DAGSTER_RUN_MARK"
"""The environment variable that carries the id of the run to everything that its steps start."""

DEFAULT_GRACE_SECONDS = 30.0
_LOOK_SECONDS = 0.02


def members_of(run_id: str, supervisor: ProcessIdentity | None = None) -> list[ProcessIdentity]:
    """The living processes of a run on this host, without its supervisor and without the calling process."""
    parents = dict(_parents())
    found = {pid for pid in parents if _is_marked(pid, run_id)}
    if supervisor is not None and supervisor.is_alive():
        found |= _below(supervisor.pid, parents)
        found.discard(supervisor.pid)
    found.discard(os.getpid())
    return [member for pid in sorted(found) if (member := identity_of(pid)).start_ticks]


def descendants_of(pid: int) -> list[ProcessIdentity]:
    """The living processes below one, without itself."""
    return [member for each in sorted(_below(pid, dict(_parents()))) if (member := identity_of(each)).start_ticks]


def stop(
    members: Callable[[], list[ProcessIdentity]],
    grace_seconds: float = DEFAULT_GRACE_SECONDS,
    *,
    limit_seconds: float = float("inf"),
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> bool:
    """Ends processes: SIGINT to each, and after the grace time SIGKILL, until none is left.

    Args:
        members: gives those that are alive; asked again and again, so that what they start meanwhile is ended as well.
        grace_seconds: between the two signals.
        limit_seconds: after this it is given up: what waits for a disk or a server inside of the kernel cannot be killed.
        clock: seconds that only grow.
        sleep: pauses.

    Returns:
        Whether none is left.
    """
    began = clock()
    asked: set[ProcessIdentity] = set()
    while alive := members():
        passed = clock() - began
        if passed >= limit_seconds:
            return False
        is_over = passed >= grace_seconds
        for member in alive:
            if is_over:
                member.send(signal.SIGKILL)
            elif member not in asked:
                asked.add(member)
                member.send(signal.SIGINT)
        sleep(_LOOK_SECONDS)
    return True


def _parents() -> Iterator[tuple[int, int]]:
    """Every living process that can be seen, with its parent."""
    try:
        names = os.listdir("/proc")
    except OSError:  # no Linux
        return
    for name in names:
        if not name.isdigit():
            continue
        try:
            with open(f"/proc/{name}/stat") as file:
                fields = file.read().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z":
            yield int(name), int(fields[1])


def _below(top: int, parents: dict[int, int]) -> set[int]:
    children: dict[int, list[int]] = {}
    for pid, parent in parents.items():
        children.setdefault(parent, []).append(pid)
    found: set[int] = set()
    open_ends = [top]
    while open_ends:
        for child in children.get(open_ends.pop(), ()):
            if child not in found:
                found.add(child)
                open_ends.append(child)
    return found


def _is_marked(pid: int, run_id: str) -> bool:
    """Whether it was started with the mark. The environment of others' processes cannot be read, and they are none of ours."""
    try:
        with open(f"/proc/{pid}/environ", "rb") as file:
            return f"{RUN_MARK}={run_id}".encode() in file.read().split(b"\0")
    except OSError:
        return False
