import json
from collections.abc import Callable
from typing import Any

import pytest

from dagster import (
    DagsterInstance,
    DagsterRunStatus,
    ResourceParam,
    RunRequest,
    SensorResult,
    SkipReason,
    build_sensor_context,
    job,
    op,
    run_failure_sensor,
    run_status_sensor,
)
from dagster.define.run_status_sensors import RunStatusSensorDefinition
from dagster.errors import DagsterInvalidDefinitionError, DagsterInvariantViolationError
from dagster.execution.run_status_ticks import CALLED_AT_MOST, is_monitored
from dagster.execution.sensor_ticks import evaluate_sensor_tick


@op
def works() -> None: ...


@op
def fails() -> None:
    raise ValueError("no")


@job
def good() -> None:
    works()


@job
def other() -> None:
    works()


@job
def bad() -> None:
    fails()


def on_success(function: Callable[..., Any], **options: Any) -> RunStatusSensorDefinition:
    return run_status_sensor(DagsterRunStatus.SUCCESS, name="s", **options)(function)


def ticks(sensor: Any, *jobs: Any, count: int = 1, **context: Any) -> list[Any]:
    """What a sensor says after its first tick and these runs."""
    with DagsterInstance.ephemeral() as instance:
        told = [sensor.evaluate_tick(build_sensor_context(instance, **context))]
        for each in jobs:
            each.execute_in_process(instance=instance, raise_on_error=False)
        for _ in range(count):
            told.append(sensor.evaluate_tick(build_sensor_context(instance, cursor=told[-1].cursor, **context)))
    return told


def reacted(told: Any) -> list[str]:
    return [reaction.dagster_run.job_name for reaction in told.dagster_run_reactions]


def test_the_first_tick_looks_at_no_run() -> None:
    with DagsterInstance.ephemeral() as instance:
        good.execute_in_process(instance=instance)
        told = on_success(lambda context: None).evaluate_tick(build_sensor_context(instance))
    assert "Initiating s. Set cursor to" in (told.skip_message or "")
    assert json.loads(told.cursor)["record_id"] > 0
    assert reacted(told) == []


def test_the_function_is_called_once_for_each_run() -> None:
    _, first, again = ticks(on_success(lambda context: None), good, bad, other, count=2)
    assert (reacted(first), first.skip_message) == (["good", "other"], None)
    assert (reacted(again), again.skip_message) == ([], "Sensor function returned an empty result")


def test_what_the_function_says_ends_the_tick() -> None:
    sensor = on_success(lambda context: RunRequest(context.dagster_run.job_name), request_job=bad)
    _, first, second = ticks(sensor, good, other, count=2)
    assert [told.run_requests[0].run_key for told in (first, second)] == ["good", "other"]
    assert first.run_requests[0].tags == {"dagster/sensor_name": "s"}


def test_an_error_is_kept_with_its_run_and_the_next_one_is_looked_at() -> None:
    def raises(context: Any) -> None:
        raise ValueError("x")

    [_, told] = ticks(on_success(raises), good, other)
    assert [reaction.error.cls_name for reaction in told.dagster_run_reactions] == ["ValueError", "ValueError"]


def test_something_else_is_an_error_of_its_run() -> None:
    [_, told] = ticks(on_success(lambda context: 3), good)
    assert "A sensor returns RunRequests" in told.dagster_run_reactions[0].error.message


def test_only_monitored_jobs_count() -> None:
    [_, told] = ticks(on_success(lambda context: None, monitored_jobs=[other]), good, other)
    assert reacted(told) == ["other"]


def test_a_tick_takes_a_few_runs_at_most() -> None:
    _, first, rest = ticks(on_success(lambda context: None), *[good] * (CALLED_AT_MOST + 2), count=2)
    assert [len(reacted(told)) for told in (first, rest)] == [CALLED_AT_MOST, 2]


def test_a_sensor_on_failures_is_told_why() -> None:
    found: list[Any] = []

    @run_failure_sensor
    def tells(context: Any) -> SkipReason:
        found.extend([context.sensor_name, [event.step_key for event in context.get_step_failure_events()]])
        return SkipReason("told")

    [_, told] = ticks(tells, good, bad)
    assert (told.skip_message, found) == ("told", ["tells", ["fails"]])


def test_a_sensor_on_runs_sets_no_cursor() -> None:
    with pytest.raises(DagsterInvariantViolationError, match="cursor"):
        ticks(on_success(lambda context: SensorResult(cursor="a")), good)


def test_resources_are_given_to_each_call_and_must_be_there() -> None:
    found: list[int] = []

    def takes(context: Any, limit: ResourceParam[int]) -> None:
        found.append(limit)

    ticks(on_success(takes), good, resources={"limit": 5})
    assert found == [5]
    with pytest.raises(DagsterInvalidDefinitionError, match="limit"):
        ticks(on_success(takes), good)


def test_runs_of_other_code_locations_count_where_the_sensor_says_so() -> None:
    run = good.execute_in_process(tags={"dagster/code_location": "there"}).dagster_run
    here, everywhere = on_success(lambda: None), on_success(lambda: None, monitor_all_code_locations=True)
    assert [is_monitored(here.spec, run, location) for location in ("here", "there", None)] == [False, True, True]
    assert is_monitored(everywhere.spec, run, "here")
    with DagsterInstance.ephemeral() as instance:
        cursor = evaluate_sensor_tick(here, build_sensor_context(instance), location_name="here").cursor
        good.execute_in_process(instance=instance, tags={"dagster/code_location": "there"})
        told = evaluate_sensor_tick(here, build_sensor_context(instance, cursor=cursor), location_name="here")
    assert reacted(told) == []
