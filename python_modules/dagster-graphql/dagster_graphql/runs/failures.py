"""Why a run failed, in a row of a list: what failed first. Not in the public API, whose pages read it from the log."""

from __future__ import annotations

import msgspec

from dagster.events.failures import SerializableErrorInfo
from dagster.events.types import DagsterEventType
from dagster.runs.runs import RunRecord
from dagster.runs.statuses import DagsterRunStatus
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain

DOMAIN = Domain.beside(__file__)


class RunFailure(msgspec.Struct, frozen=True):
    """What failed first in a run; no step for a failure of the run itself."""

    step_key: str | None
    error: SerializableErrorInfo | None


DOMAIN.type("RunFailure", RunFailure)


@DOMAIN.field("Run", "failure")
def failure_of(record: RunRecord, context: RequestContext) -> RunFailure | None:
    """What failed first in a run; None if it has not failed. One query by the run's own index, or two."""
    run = record.dagster_run
    if run.status is not DagsterRunStatus.FAILURE:
        return None
    log = context.instance.storage.events
    found = log.run_log(run.run_id, types=[DagsterEventType.STEP_FAILURE], limit=1) or log.run_log(
        run.run_id, types=[DagsterEventType.RUN_FAILURE], limit=1
    )
    for each in found:
        event = each.event_log_entry.dagster_event
        if event is not None:
            return RunFailure(event.step_key, getattr(event.event_specific_data, "error", None))
    return None
