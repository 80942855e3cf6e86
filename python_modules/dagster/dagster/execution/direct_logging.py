"""`context.log` outside of runs: lines go to the console, and to no storage."""

from __future__ import annotations

from typing import Any

from dagster.execution.consoles import print_entry
from dagster.execution.loggers import DagsterLogManager
from dagster.execution.recorders import RunRecorder
from dagster.runs.runs import DagsterRun


class _Unstored:
    """Stands in for an instance: nothing that is appended to it is kept."""

    is_persistent = False

    def append(self, entries: Any) -> list[int]:
        """Forget the entries."""
        return [0 for _ in entries]


def direct_logger(step_key: str | None) -> DagsterLogManager:
    """A logger that prints."""
    run = DagsterRun(job_name="system", run_id="EPHEMERAL")
    return DagsterLogManager(RunRecorder(run, _Unstored(), (print_entry,)), step_key)
