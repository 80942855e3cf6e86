"""What a schedule or sensor answers a daemon: its tick is evaluated, and the runs that it wants are made and checked."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime
from logging import Logger
from typing import Any

from msgspec.structs import replace

from dagster.define.definitions import Definitions
from dagster.define.schedule_contexts import ScheduleEvaluationContext
from dagster.define.sensor_contexts import SensorEvaluationContext
from dagster.errors import DagsterUserCodeExecutionError
from dagster.events.failures import SerializableErrorInfo, error_info
from dagster.execution.preparation import new_run
from dagster.execution.schedule_ticks import evaluate_schedule_tick
from dagster.execution.sensor_ticks import evaluate_sensor_tick
from dagster.execution.tick_lines import TickLines
from dagster.instance.given_configs import has_secrets
from dagster.instance.instance import DagsterInstance
from dagster.instance.reports import runless_entry
from dagster.partitions.dynamic import AddDynamicPartitionsRequest
from dagster.partitions.zones import zone_named
from dagster.runs.evaluations import TickAnswer, TickQuestion, WantedRun
from dagster.runs.requests import RunRequest
from dagster.runs.tick_results import SensorExecutionData
from dagster.runs.ticks import InstigatorType


def answer_of(definitions: Definitions, question: TickQuestion, instance: DagsterInstance) -> TickAnswer:
    """What a schedule or sensor says. What its code raises, whatever it is, is the answer's error; nothing is stored.

    Args:
        definitions: have it.
        question: what it is asked.
        instance: what remembers runs, events and partitions.
    """
    lines = TickLines(question.name)
    ask = _of_schedule if question.instigator_type is InstigatorType.SCHEDULE else _of_sensor
    try:
        return replace(ask(definitions, question, instance, lines.logger), lines=lines.lines)
    except BaseException as raised:  # a sensor that calls sys.exit() has failed, and the process goes on to ask others
        return TickAnswer(error=told(raised), lines=lines.lines)


def told(raised: BaseException) -> SerializableErrorInfo:
    """An error of a tick as a value: of one that user code raised, that is told and not our fence around it."""
    if isinstance(raised, DagsterUserCodeExecutionError):
        return error_info(raised.user_exception)
    return error_info(raised)


def _of_schedule(definitions: Definitions, question: TickQuestion, instance: DagsterInstance, logger: Logger) -> TickAnswer:
    schedule = definitions.resolve_schedule_def(question.name)
    assert question.scheduled is not None, "a schedule is asked about one of its times"
    context = ScheduleEvaluationContext(
        scheduled_execution_time=datetime.fromtimestamp(question.scheduled, zone_named(schedule.execution_timezone or "UTC")),
        schedule_name=question.name,
        instance=instance,
        resources=definitions.project.all_resources,
        definitions=definitions,
        log_key=list(question.log_key) if question.log_key is not None else None,
        logger=logger,
    )
    with context:
        said = evaluate_schedule_tick(schedule, context)
    return TickAnswer(runs=_wanted(definitions, said.run_requests, schedule.job_name, instance), skip_reason=said.skip_message)


def _of_sensor(definitions: Definitions, question: TickQuestion, instance: DagsterInstance, logger: Logger) -> TickAnswer:
    sensor = definitions.resolve_sensor_def(question.name)
    context = SensorEvaluationContext(
        cursor=question.cursor,
        sensor_name=question.name,
        last_run_key=question.last_run_key,
        last_tick_completion_time=question.last_tick_ended,
        last_sensor_start_time=question.started_at,
        instance=instance,
        resources=definitions.project.all_resources,
        definitions=definitions,
        log_key=list(question.log_key) if question.log_key is not None else None,
        logger=logger,
    )
    with context:
        said = evaluate_sensor_tick(sensor, context, location_name=question.location)
    changes = said.dynamic_partitions_requests
    store = _ChangedPartitions(instance, changes) if changes else instance
    runs = _wanted(definitions, said.run_requests, sensor.targets[0].job_name if sensor.targets else None, store)
    return TickAnswer(
        runs=runs,
        skip_reason=said.skip_message,
        cursor=said.cursor,
        partitions=tuple(changes),
        events=tuple(runless_entry(event, time.time()) for event in said.asset_events),
        reacted_to=tuple(each.dagster_run.run_id for each in said.dagster_run_reactions if each.dagster_run is not None),
        error=_error_of_reactions(said),
    )


def _error_of_reactions(said: SensorExecutionData) -> SerializableErrorInfo | None:
    """What a sensor on runs raised at last for one of them; it goes on to others nevertheless."""
    return next((each.error for each in reversed(said.dagster_run_reactions) if each.error is not None), None)


def _wanted(
    definitions: Definitions, requests: Sequence[RunRequest], job_name: str | None, instance: Any
) -> tuple[WantedRun, ...]:
    def wanted(request: RunRequest) -> WantedRun:
        name = request.job_name or job_name
        assert name is not None, "a request without a job is refused before"
        made = new_run(definitions.resolve_job_def(name), request, instance)
        given = made.run_config if has_secrets(made.run.run_config) else None
        return WantedRun(run=made.run, run_key=request.run_key, events=tuple(made.events), given_config=given)

    return tuple(wanted(request) for request in requests)


class _ChangedPartitions:
    """The instance as it will be once changes of dynamic partitions are stored: runs may be of keys that come with them."""

    def __init__(self, instance: DagsterInstance, changes: Sequence[Any]) -> None:
        self._instance = instance
        self._changes = changes

    def __getattr__(self, name: str) -> Any:
        return getattr(self._instance, name)

    def get_dynamic_partitions(self, partitions_def_name: str) -> Sequence[str]:
        keys = dict.fromkeys(self._instance.get_dynamic_partitions(partitions_def_name))
        for change in self._changes:
            if change.partitions_def_name != partitions_def_name:
                continue
            if isinstance(change, AddDynamicPartitionsRequest):
                keys |= dict.fromkeys(change.partition_keys)
            else:
                keys = {key: None for key in keys if key not in change.partition_keys}
        return list(keys)

    def has_dynamic_partition(self, partitions_def_name: str, partition_key: str) -> bool:
        return partition_key in self.get_dynamic_partitions(partitions_def_name)
