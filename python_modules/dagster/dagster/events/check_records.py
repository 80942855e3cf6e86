"""What is known of the latest execution of a check."""

from __future__ import annotations

from enum import Enum

import msgspec

from dagster.events.asset_events import AssetCheckEvaluation
from dagster.events.entries import EventLogEntry
from dagster.keys import AssetCheckKey


class AssetCheckExecutionRecordStatus(Enum):
    """How an execution of a check ended, as the log says."""

    PLANNED = "PLANNED"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"


class AssetCheckExecutionRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One execution of a check.

    Attributes:
        id: the place in the log of the event that says most of it.
        run_id: the run that executes it; empty for one that was reported from outside of runs.
        event: its evaluation, or that it was planned while that is all there is.
        create_timestamp: when the event was stored, seconds since the epoch.
    """

    key: AssetCheckKey
    id: int
    run_id: str
    status: AssetCheckExecutionRecordStatus
    event: EventLogEntry | None
    create_timestamp: float
    partition: str | None = None

    @property
    def evaluation(self) -> AssetCheckEvaluation | None:
        """What the check found."""
        return self.event.asset_check_evaluation if self.event else None
