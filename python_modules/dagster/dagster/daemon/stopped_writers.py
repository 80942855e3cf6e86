"""A process that is stopped (SIGSTOP) while it writes keeps everybody else from writing: it is killed after some seconds.

SQLite has one writer at a time. A killed writer's turn and transaction are given back by the kernel; a stopped one keeps both.
(PostgreSQL ends such a session itself: `idle_in_transaction_session_timeout`.)
"""

from __future__ import annotations

import logging
import os
import threading
import time

import msgspec

from dagster import serdes
from dagster.instance.instance import DagsterInstance
from dagster.instance.lifecycle import LAUNCHED_STATUSES
from dagster.runs.members import descendants_of
from dagster.runs.processes import ProcessIdentity
from dagster.runs.runs import RunsFilter
from dagster.storage.sqlite.writers import STOPPED_SECONDS, writer_of
from dagster.workspace.stopped_processes import StoppedProcesses

_LOOK_SECONDS = 0.5

log = logging.getLogger("dagster.daemon")


class StoppedWriters:
    """Kills writers that are stopped, but for commands and scripts of a terminal, where somebody may want to continue them.

    Args:
        instance: into which is written.
        seconds: how long one may be stopped.
    """

    def __init__(self, instance: DagsterInstance, seconds: float = STOPPED_SECONDS) -> None:
        self._instance = instance
        self._stopped = StoppedProcesses(seconds)

    def watch(self, stop: threading.Event) -> None:
        """Look until `stop` is set. Only reads, and so is not held up by what it looks for."""
        path = _path_of(self._instance)
        while path is not None and not stop.wait(_LOOK_SECONDS):
            try:
                self._look(path)
            except Exception:  # the database may be away; the next look finds it as it is then
                log.exception("It could not be seen who writes.")

    def _look(self, path: str) -> None:
        writer = writer_of(path)
        suspects = [writer] if writer is not None and writer.is_stopped() and self._is_ours(writer) else []
        for killed in self._stopped.kill(suspects, time.monotonic()):
            log.warning("Process %d was stopped while it wrote to the database, and was killed.", killed.pid)

    def _is_ours(self, writer: ProcessIdentity) -> bool:
        if not writer.has_terminal() or writer in descendants_of(os.getpid()):
            return True
        runs = self._instance.get_runs(RunsFilter(statuses=list(LAUNCHED_STATUSES)))
        known = [run.process for run in runs if run.process is not None and run.attempt > 0]
        known += [holder for lease in self._instance.storage.leases.leases() if (holder := _daemon(lease.holder)) is not None]
        return any(writer == each or writer in descendants_of(each.pid) for each in known if each.is_on_this_host())


def _daemon(holder: str) -> ProcessIdentity | None:
    try:
        return serdes.decode(holder, ProcessIdentity)
    except msgspec.DecodeError:
        return None


def _path_of(instance: DagsterInstance) -> str | None:
    """The file by which writers take turns; None for a database that looks after itself."""
    from dagster.storage.sqlite.connections import SqliteFile
    from dagster.storage.sqlite.storage import SqliteStorage

    storage: object = instance.storage
    if isinstance(storage, SqliteStorage) and isinstance(storage.database, SqliteFile):
        return storage.database.turn_path
    return None
