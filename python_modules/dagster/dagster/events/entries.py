"""The log entry: a framework event or a line that user code logged, with the run and the time."""

from __future__ import annotations

import msgspec

from dagster import serdes
from dagster.errors import DagsterInvariantViolationError
from dagster.events.asset_events import AssetCheckEvaluation, AssetMaterialization, AssetObservation
from dagster.events.events import DagsterEvent, check_evaluation_of, materialization_of, observation_of
from dagster.events.failures import SerializableErrorInfo
from dagster.events.types import DagsterEventType


# gc=False, here and in what an entry holds: frozen values make no cycles, and thousands are read at a time.
class EventLogEntry(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One line of a run's log.

    Attributes:
        error_info: the error that a logged line carries.
        level: as in the standard library's logging; 10 for framework events.
        user_message: the line's text.
        run_id: the run; empty for events outside of a run.
        timestamp: seconds since the epoch, UTC.
        step_key: the step in which it happened.
        job_name: the job of the run.
        dagster_event: the framework event, None for a line that user code logged.

    Example:
        >>> instance = DagsterInstance.ephemeral()
        >>> entries = instance.all_logs(materialize([orders], instance=instance).run_id)
        >>> [entry.step_key for entry in entries if entry.dagster_event and entry.dagster_event.is_step_success]
        ['orders']
    """

    error_info: SerializableErrorInfo | None
    level: int
    user_message: str
    run_id: str
    timestamp: float
    step_key: str | None = None
    job_name: str | None = None
    dagster_event: DagsterEvent | None = None

    @property
    def is_dagster_event(self) -> bool:
        """Whether it is a framework event."""
        return self.dagster_event is not None

    @property
    def message(self) -> str:
        """The line's text: the one of the event where it has one."""
        return (self.dagster_event.message if self.dagster_event else None) or self.user_message

    @property
    def dagster_event_type(self) -> DagsterEventType | None:
        """The event's type."""
        return self.dagster_event.event_type if self.dagster_event else None

    @property
    def asset_materialization(self) -> AssetMaterialization | None:
        """What the event says was written."""
        return materialization_of(self.dagster_event)

    @property
    def asset_observation(self) -> AssetObservation | None:
        """What the event says was seen."""
        return observation_of(self.dagster_event)

    @property
    def asset_check_evaluation(self) -> AssetCheckEvaluation | None:
        """What the event says a check found."""
        return check_evaluation_of(self.dagster_event)

    @property
    def tags(self) -> dict[str, str] | None:
        """The tags of what was written or seen."""
        about = self.asset_materialization or self.asset_observation
        return about.tags if about else None

    def get_dagster_event(self) -> DagsterEvent:
        """The framework event.

        Raises:
            DagsterInvariantViolationError: the line has none.
        """
        if self.dagster_event is None:
            raise DagsterInvariantViolationError("This log entry is a logged line and holds no framework event.")
        return self.dagster_event

    def to_json(self) -> str:
        """The entry's wire form."""
        return serdes.encode(self).decode()

    @staticmethod
    def from_json(json_str: str) -> EventLogEntry:
        """The inverse of `to_json`."""
        return serdes.decode(json_str, EventLogEntry)
