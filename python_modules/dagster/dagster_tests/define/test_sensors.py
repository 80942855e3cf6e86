from typing import Any

import pytest

from dagster import (
    DefaultSensorStatus,
    Definitions,
    ResourceParam,
    RunRequest,
    SensorDefinition,
    SensorEvaluationContext,
    asset,
    build_sensor_context,
    define_asset_job,
    sensor,
)
from dagster.errors import CheckError, DagsterInvalidDefinitionError, DagsterInvalidInvocationError, ParameterCheckError

NIGHTLY, WEEKLY = define_asset_job("nightly"), define_asset_job("weekly")


@asset
def orders() -> int:
    return 1


def look(context: Any) -> None:
    return None


def made(**given: Any) -> SensorDefinition:
    return SensorDefinition(**{"name": "s", "evaluation_fn": look, **given})


def test_the_spec_holds_what_was_declared() -> None:
    spec = made(jobs=[NIGHTLY, WEEKLY], minimum_interval_seconds=5, default_status=DefaultSensorStatus.RUNNING).spec
    assert (spec.job_names, spec.minimum_interval_seconds) == (["nightly", "weekly"], 5)
    assert made().spec.minimum_interval_seconds == 30


def test_assets_may_be_started_instead_of_jobs() -> None:
    assert str(made(asset_selection="orders").asset_selection) == 'key:"orders"'
    assert made(target=[orders]).job_name == "__anonymous_asset_job_s"


def test_the_job_of_many_is_not_one() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="nightly, weekly"):
        _ = made(jobs=[NIGHTLY, WEEKLY]).job
    with pytest.raises(DagsterInvalidDefinitionError, match="No job was provided"):
        _ = made().job


def test_arguments_that_contradict_each_other_are_named() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="Got job and target"):
        made(job=NIGHTLY, target="*")
    with pytest.raises(ParameterCheckError, match="minimum_interval_seconds"):
        made(minimum_interval_seconds=0.5)


def test_the_cursor_moves_with_the_function() -> None:
    @sensor(job=NIGHTLY)
    def counts(context: SensorEvaluationContext) -> RunRequest:
        context.update_cursor(str(int(context.cursor or 0) + 1))
        return RunRequest(run_key=context.cursor)

    context = build_sensor_context(cursor="41")
    assert counts(context).run_key == "42"
    assert (context.cursor, context.cursor_updated) == ("42", True)


def test_a_function_without_parameters_takes_or_leaves_the_context() -> None:
    @sensor(job=NIGHTLY)
    def plain() -> str:
        return "said"

    assert plain() == plain(build_sensor_context()) == "said"


def test_the_call_takes_a_context_and_resources_alone() -> None:
    @sensor(job=NIGHTLY)
    def limited(context: Any, limit: ResourceParam[int]) -> int:
        return limit

    assert limited(build_sensor_context(resources={"limit": 3})) == 3
    with pytest.raises(DagsterInvalidInvocationError, match="multiple non-resource"):
        limited(build_sensor_context(), 3)
    with pytest.raises(CheckError, match="SensorEvaluationContext"):
        limited(3)


def test_a_context_knows_its_project() -> None:
    context = build_sensor_context(definitions=Definitions(assets=[orders]))
    assert context.repository_def.job_names == ["__ASSET_JOB"]


@pytest.mark.parametrize(("started", "ended", "is_first"), [(None, None, True), (5.0, 3.0, True), (5.0, 7.0, False)])
def test_the_first_tick_is_the_one_without_an_end_since_the_start(started: Any, ended: Any, is_first: bool) -> None:
    context = SensorEvaluationContext(last_sensor_start_time=started, last_tick_completion_time=ended)
    assert context.is_first_tick_since_sensor_start is is_first
