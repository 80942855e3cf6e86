from collections.abc import Iterator
from typing import Any

import pytest

from dagster import (
    DagsterInstance,
    DagsterRunStatus,
    RunFailureSensorContext,
    RunStatusSensorContext,
    asset,
    build_run_status_sensor_context,
    define_asset_job,
    materialize,
    run_failure_sensor,
    run_status_sensor,
)
from dagster.errors import CheckError, DagsterInvalidDefinitionError

NIGHTLY = define_asset_job("nightly")


@pytest.fixture
def instance() -> Iterator[DagsterInstance]:
    with DagsterInstance.ephemeral() as opened:
        yield opened


@asset
def fails() -> None:
    raise ValueError("out of paper")


def context_of_failure(instance: DagsterInstance) -> RunStatusSensorContext:
    result = materialize([fails], instance=instance, raise_on_error=False)
    event = next(each for each in result.all_events if each.event_type_value == "PIPELINE_FAILURE")
    return build_run_status_sensor_context("s", event, instance, result.dagster_run)


def test_the_function_is_told_the_run_and_its_event(instance: DagsterInstance) -> None:
    @run_status_sensor(DagsterRunStatus.FAILURE)
    def tells(context: RunStatusSensorContext) -> str:
        return f"{context.dagster_run.status.value} {context.dagster_event.event_type_value}"

    assert tells(context_of_failure(instance)) == "FAILURE PIPELINE_FAILURE"


def test_a_failure_sensor_knows_the_steps_that_failed(instance: DagsterInstance) -> None:
    @run_failure_sensor
    def tells(context: RunFailureSensorContext) -> list[str | None]:
        return [event.step_key for event in context.get_step_failure_events()]

    assert tells(context_of_failure(instance)) == ["fails"]
    assert tells.spec.run_status is DagsterRunStatus.FAILURE


def test_the_jobs_that_it_looks_at_are_named_in_the_spec() -> None:
    watched = run_status_sensor(DagsterRunStatus.SUCCESS, monitored_jobs=[NIGHTLY], name="w")(lambda context: None)
    assert (watched.spec.monitored_jobs, watched.spec.monitors_everywhere) == (["nightly"], False)


@pytest.mark.parametrize("given", [{"monitored_jobs": ["nightly"]}, {"run_status": "SUCCESS"}])
def test_jobs_and_statuses_are_not_strings(given: Any) -> None:
    with pytest.raises(CheckError):
        run_status_sensor(**{"run_status": DagsterRunStatus.SUCCESS, "name": "s", **given})(lambda context: None)


def test_all_jobs_and_some_jobs_contradict_each_other() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="both monitor_all_code_locations and monitored_jobs"):
        run_failure_sensor(name="s", monitored_jobs=[NIGHTLY], monitor_all_code_locations=True)(lambda context: None)
