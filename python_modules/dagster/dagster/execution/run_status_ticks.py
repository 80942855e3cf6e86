"""What a sensor on runs says: its function is called for each run that came into the status, until it says something."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

import msgspec

from dagster.define.run_status_contexts import RunStatusSensorContext
from dagster.define.run_status_sensors import RunStatusSensorDefinition
from dagster.define.sensor_contexts import SensorEvaluationContext
from dagster.define.tick_contexts import belongings_of
from dagster.errors import (
    CheckError,
    DagsterInvalidDefinitionError,
    DagsterInvariantViolationError,
    DagsterUserCodeExecutionError,
)
from dagster.events.failures import error_info
from dagster.events.records import EventLogRecord
from dagster.events.types import DagsterEventType
from dagster.execution.sensor_results import result_of
from dagster.execution.tick_calls import said_by
from dagster.runs.requests import SensorResult
from dagster.runs.runs import DagsterRun
from dagster.runs.statuses import STATUS_BY_EVENT
from dagster.runs.tags import CODE_LOCATION_TAG, PARTITION_NAME_TAG
from dagster.runs.tick_results import DagsterRunReaction
from dagster.specs.sensors import SensorSpec

CALLED_AT_MOST = 5
_PAGE = 100


class RunStatusSensorCursor(msgspec.Struct, frozen=True, kw_only=True):
    """How far a sensor on runs has looked.

    Attributes:
        record_id: storage id of the last event that it looked at; -1 where there was none yet.
        update_timestamp: of early versions; kept and not read.
        record_timestamp: when the event happened, as ISO 8601.
    """

    record_id: int
    update_timestamp: str | None = None
    record_timestamp: str | None = None

    def to_json(self) -> str:
        """As it is kept between ticks."""
        return msgspec.json.encode({"__class__": type(self).__name__, **msgspec.structs.asdict(self)}).decode()

    @staticmethod
    def read(kept: str | None) -> RunStatusSensorCursor | None:
        """What an earlier tick left; None where there was none, and for anything else."""
        try:
            return msgspec.json.decode(kept or "", type=RunStatusSensorCursor)
        except msgspec.MsgspecError:
            return None


def reactions(
    sensor: RunStatusSensorDefinition, context: SensorEvaluationContext, location_name: str | None
) -> tuple[SensorResult, str, list[DagsterRunReaction]]:
    """Call the function for the runs that came into the status since the cursor, oldest first.

    It goes on to the next run as long as the function returns nothing or raises, for a few runs at most. At the first tick no run
    is looked at: what happened before does not count.

    Args:
        sensor: whose function.
        context: of the tick, with an instance.
        location_name: of the code location; runs of other ones count only where the sensor says so.

    Returns:
        What the function said at last, the cursor, and the runs for which it said nothing.

    Raises:
        DagsterInvalidDefinitionError: a resource is not provided.
        DagsterInvariantViolationError: there is no instance, or it set a cursor.
    """
    place = RunStatusSensorCursor.read(context.cursor)
    if place is None:
        return _first_tick(sensor, context)
    _check_resources(sensor, context)
    reacted: list[DagsterRunReaction] = []
    for record in _changes(sensor, context, place):
        place = _after(record)
        run = context.instance.get_run_by_id(record.run_id)
        if run is None or not is_monitored(sensor.spec, run, location_name):
            continue
        try:
            said = _called(sensor, context, run, record)
            result = result_of(sensor, said) if said else None
        except (DagsterUserCodeExecutionError, CheckError) as refused:
            raised = refused.user_exception if isinstance(refused, DagsterUserCodeExecutionError) else refused
            reacted.append(DagsterRunReaction(run, error_info(raised), sensor.spec.run_status))
        else:
            if result is not None:
                _refuse_cursor(sensor, result)
                return result, place.to_json(), reacted
            reacted.append(DagsterRunReaction(run, None, sensor.spec.run_status))
        if len(reacted) == CALLED_AT_MOST:
            break
    return SensorResult(), place.to_json(), reacted


def is_monitored(spec: SensorSpec, run: DagsterRun, location_name: str | None) -> bool:
    """Whether a run counts for a sensor: that of another code location only where the sensor says so."""
    location = run.tags.get(CODE_LOCATION_TAG)
    if spec.monitors_everywhere:
        return True
    if location_name is not None and location is not None and location != location_name:
        return False
    return spec.monitored_jobs is None or run.job_name in spec.monitored_jobs


def _first_tick(
    sensor: RunStatusSensorDefinition, context: SensorEvaluationContext
) -> tuple[SensorResult, str, list[DagsterRunReaction]]:
    latest = context.instance.fetch_run_status_changes(_event_type(sensor), limit=1).records
    place = _after(latest[0]) if latest else RunStatusSensorCursor(record_id=-1)
    return SensorResult(skip_reason=f"Initiating {sensor.name}. Set cursor to {place}"), place.to_json(), []


def _changes(
    sensor: RunStatusSensorDefinition, context: SensorEvaluationContext, place: RunStatusSensorCursor
) -> Iterator[EventLogRecord]:
    cursor, has_more = str(max(place.record_id, 0)), True
    while has_more:
        page = context.instance.fetch_run_status_changes(_event_type(sensor), limit=_PAGE, cursor=cursor, ascending=True)
        yield from page.records
        cursor, has_more = page.cursor, page.has_more


def _event_type(sensor: RunStatusSensorDefinition) -> DagsterEventType:
    return next(DagsterEventType(event) for event, status in STATUS_BY_EVENT.items() if status is sensor.spec.run_status)


def _after(record: EventLogRecord) -> RunStatusSensorCursor:
    moment = datetime.fromtimestamp(record.timestamp, timezone.utc)
    return RunStatusSensorCursor(record_id=record.storage_id, record_timestamp=moment.isoformat())


def _check_resources(sensor: RunStatusSensorDefinition, context: SensorEvaluationContext) -> None:
    for key in sorted(sensor.evaluation_fn.resource_names - set(context.resource_defs)):
        raise DagsterInvalidDefinitionError(
            f"Resource with key '{key}' required by sensor '{sensor.name}' was not provided. Give it to "
            f"build_sensor_context(resources={{'{key}': ...}})."
        )


def _called(sensor: RunStatusSensorDefinition, context: SensorEvaluationContext, run: DagsterRun, record: EventLogRecord) -> Any:
    event, partition = record.event_log_entry.get_dagster_event(), run.tags.get(PARTITION_NAME_TAG)
    given = belongings_of(context)
    with RunStatusSensorContext(sensor.name, run, event, given.pop("instance"), partition, **given) as context_of_run:
        return said_by(lambda: sensor(context_of_run), f"Error occurred during the execution of sensor {sensor.name}")


def _refuse_cursor(sensor: RunStatusSensorDefinition, said: SensorResult) -> None:
    if said.cursor is not None:
        raise DagsterInvariantViolationError(
            f"Error in run status sensor {sensor.name}: it returned a SensorResult with a cursor value. The cursor is managed by "
            "the sensor. Leave it out."
        )
