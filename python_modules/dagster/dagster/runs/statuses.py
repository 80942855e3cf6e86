"""The statuses of a run and which of them are final."""

from enum import Enum


class DagsterRunStatus(Enum):
    """Where a run stands.

    Example:
        >>> DagsterInstance.ephemeral().get_runs(RunsFilter(statuses=[DagsterRunStatus.FAILURE]))
        []
    """

    QUEUED = "QUEUED"
    NOT_STARTED = "NOT_STARTED"
    MANAGED = "MANAGED"
    STARTING = "STARTING"
    STARTED = "STARTED"
    SUSPENDED = "SUSPENDED"
    SUCCESS = "SUCCESS"
    FAILURE = "FAILURE"
    CANCELING = "CANCELING"
    CANCELED = "CANCELED"


FINISHED_STATUSES = (DagsterRunStatus.SUCCESS, DagsterRunStatus.FAILURE, DagsterRunStatus.CANCELED)
IN_PROGRESS_STATUSES = (DagsterRunStatus.STARTING, DagsterRunStatus.STARTED, DagsterRunStatus.CANCELING)
CANCELABLE_STATUSES = (DagsterRunStatus.STARTED, DagsterRunStatus.QUEUED)
NOT_FINISHED_STATUSES = tuple(status for status in DagsterRunStatus if status not in FINISHED_STATUSES)


def may_move(current: DagsterRunStatus, following: DagsterRunStatus) -> bool:
    """Whether an event moves a run on: one that was asked to stop can only end, whatever is still under way."""
    return current is not DagsterRunStatus.CANCELING or following in FINISHED_STATUSES


STATUS_BY_EVENT = {
    "PIPELINE_ENQUEUED": DagsterRunStatus.QUEUED,
    "PIPELINE_STARTING": DagsterRunStatus.STARTING,
    "PIPELINE_START": DagsterRunStatus.STARTED,
    "PIPELINE_SUCCESS": DagsterRunStatus.SUCCESS,
    "PIPELINE_FAILURE": DagsterRunStatus.FAILURE,
    "PIPELINE_CANCELING": DagsterRunStatus.CANCELING,
    "PIPELINE_CANCELED": DagsterRunStatus.CANCELED,
}
"""The status into which a run event moves its run, keyed by the event type's value."""
