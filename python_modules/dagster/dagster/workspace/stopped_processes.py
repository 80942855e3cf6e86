"""Processes of ours that somebody stopped (SIGSTOP) and that hold others up: after some seconds they are killed.

A killed process is missed at once, and what it did is done again by the next one; a stopped one looks as if it were busy.
"""

from __future__ import annotations

import signal
from collections.abc import Iterable

from dagster.runs.processes import ProcessIdentity

STOPPED_SECONDS = 5.0
_MOST_SECONDS_PER_LOOK = 1.0


class StoppedProcesses:
    """Which processes are stopped, and for how long while this one was not.

    Args:
        seconds: how long one may be stopped.
    """

    def __init__(self, seconds: float = STOPPED_SECONDS) -> None:
        self._seconds = seconds
        self._looked: float | None = None
        self._stopped: dict[ProcessIdentity, float] = {}

    def kill(self, processes: Iterable[ProcessIdentity | None], now: float) -> list[ProcessIdentity]:
        """Kill those that have been stopped for too long; gives them.

        Args:
            processes: those that must not be.
            now: seconds that only grow.
        """
        passed = 0.0 if self._looked is None else min(max(now - self._looked, 0.0), _MOST_SECONDS_PER_LOOK)
        self._looked = now
        before, self._stopped = self._stopped, {}
        for process in processes:
            if process is not None and process.is_stopped():
                self._stopped[process] = before[process] + passed if process in before else 0.0
        killed = [process for process, seconds in self._stopped.items() if seconds >= self._seconds]
        for process in killed:
            process.send(signal.SIGKILL)
        return killed
