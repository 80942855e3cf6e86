from datetime import datetime, timezone
from typing import Any

import pytest

from dagster import (
    DefaultScheduleStatus,
    ResourceParam,
    RunRequest,
    ScheduleDefinition,
    ScheduleEvaluationContext,
    asset,
    build_schedule_context,
    define_asset_job,
    resource,
    schedule,
)
from dagster.errors import (
    CheckError,
    DagsterInvalidDefinitionError,
    DagsterInvalidInvocationError,
    DagsterInvariantViolationError,
)

NIGHTLY = define_asset_job("nightly")
NOON = datetime(2024, 5, 1, 12, tzinfo=timezone.utc)


@asset
def orders() -> int:
    return 1


@schedule("0 12 * * *", job=NIGHTLY)
def at_noon(context: ScheduleEvaluationContext) -> RunRequest:
    return RunRequest(run_key=context.scheduled_execution_time.strftime("%H:%M"))


def made(**given: Any) -> ScheduleDefinition:
    return ScheduleDefinition(**{"job": NIGHTLY, "cron_schedule": "@daily", **given})


def test_a_schedule_is_named_after_its_job() -> None:
    assert (made().name, made().job_name, made().job) == ("nightly_schedule", "nightly", NIGHTLY)


def test_the_spec_holds_what_was_declared() -> None:
    spec = made(name="s", tags={"a": 1}, owners=["team:x"], default_status=DefaultScheduleStatus.RUNNING).spec
    assert (spec.name, spec.cron_schedules, spec.tags, spec.owners) == ("s", ["@daily"], {"a": "1"}, ["team:x"])
    assert spec.default_status is DefaultScheduleStatus.RUNNING


@pytest.mark.parametrize("target", ["orders", ["orders"], orders, [orders]])
def test_a_target_of_assets_becomes_a_job_of_its_own(target: Any) -> None:
    targeted = ScheduleDefinition("s", target=target, cron_schedule="@daily")
    assert (targeted.has_anonymous_job, targeted.job_name) == (True, "__anonymous_asset_job_s")


def test_a_schedule_without_a_function_knows_where_it_is_written() -> None:
    written = ScheduleDefinition("s", job=NIGHTLY, cron_schedule="@daily")
    line = test_a_schedule_without_a_function_knows_where_it_is_written.__code__.co_firstlineno + 1
    assert written.place == f"{__file__}:{line}"
    assert written.with_updated_job(define_asset_job("other")).place == written.place


def test_one_thing_is_started() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="more than one"):
        made(job_name="other")
    with pytest.raises(CheckError, match="Give target, job or job_name"):
        ScheduleDefinition("s", cron_schedule="@daily")


def test_times_are_checked_where_they_are_written() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="'never' for schedule 's'"):
        made(name="s", cron_schedule=["@daily", "never"])
    with pytest.raises(DagsterInvalidDefinitionError, match="Nowhere/Else for schedule 's'"):
        made(name="s", execution_timezone="Nowhere/Else")


def test_the_function_is_called_directly() -> None:
    assert at_noon(build_schedule_context(scheduled_execution_time=NOON)).run_key == "12:00"
    assert at_noon.place.endswith(f"test_schedules.py:{at_noon.__wrapped__.__code__.co_firstlineno}")


def test_a_missing_context_or_time_is_named() -> None:
    with pytest.raises(DagsterInvalidInvocationError, match="build_schedule_context"):
        at_noon()
    with pytest.raises(CheckError, match="scheduled_execution_time"):
        at_noon(build_schedule_context())


def test_resources_come_from_the_context_or_by_name() -> None:
    @schedule("@daily", job=NIGHTLY)
    def limited(context: Any, limit: ResourceParam[int]) -> int:
        return limit

    assert limited.required_resource_keys == {"limit"}
    assert limited(build_schedule_context(resources={"limit": 3})) == 3
    assert limited(build_schedule_context(), limit=4) == 4
    with pytest.raises(DagsterInvalidDefinitionError, match="'limit' required by schedule 'limited'"):
        limited(build_schedule_context())


def test_a_resource_with_teardown_wants_a_context_manager() -> None:
    torn: list[str] = []

    @resource
    def connection(_: Any) -> Any:
        yield "open"
        torn.append("closed")

    with pytest.raises(DagsterInvariantViolationError, match="with build_schedule_context"):
        build_schedule_context(resources={"c": connection}).resources  # noqa: B018
    with build_schedule_context(resources={"c": connection}) as context:
        assert context.resources.c == "open"
    assert "closed" in torn


def test_a_copy_starts_something_else() -> None:
    other = at_noon.with_updated_job(define_asset_job("other"))
    assert (other.job_name, other.spec.job_name, at_noon.job_name, other.name) == ("other", "other", "nightly", "at_noon")
