from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import pytest

from dagster import (
    DailyPartitionsDefinition,
    Definitions,
    RunRequest,
    ScheduleDefinition,
    SkipReason,
    asset,
    build_schedule_context,
    build_schedule_from_partitioned_job,
    define_asset_job,
    schedule,
)
from dagster.errors import (
    CheckError,
    DagsterInvariantViolationError,
    DagsterUnknownPartitionError,
    ScheduleExecutionError,
)

DAYS = DailyPartitionsDefinition("2024-01-01")
NIGHTLY = define_asset_job("nightly")
FIFTH = datetime(2024, 1, 5, tzinfo=timezone.utc)


def said(function: Callable[..., Any], context: Any = None, **options: Any) -> Any:
    made = schedule("0 2 * * *", **({"job": NIGHTLY, "name": "s"} | options))(function)
    return made.evaluate_tick(context or build_schedule_context(scheduled_execution_time=FIFTH))


def test_a_request_keeps_its_own_tags_and_gets_those_of_the_schedule() -> None:
    [request] = said(lambda: RunRequest("a", tags={"x": "2"}), tags={"x": "1", "y": "1"}).run_requests
    assert request == RunRequest("a", tags={"x": "2", "dagster/schedule_name": "s"})


def test_run_config_alone_is_a_request_with_the_tags_of_the_schedule() -> None:
    [request] = said(lambda: {"ops": {}}, tags={"x": "1"}).run_requests
    assert request == RunRequest(run_config={"ops": {}}, tags={"x": "1", "dagster/schedule_name": "s"})


def test_functions_of_a_schedule_say_config_and_tags() -> None:
    made = ScheduleDefinition(
        job=NIGHTLY,
        cron_schedule="0 2 * * *",
        run_config_fn=lambda context: {"ops": {"at": context.scheduled_execution_time.day}},
        tags_fn=lambda: {"a": "b"},
    )
    [request] = made.evaluate_tick(build_schedule_context(scheduled_execution_time=FIFTH)).run_requests
    assert request == RunRequest(run_config={"ops": {"at": 5}}, tags={"a": "b", "dagster/schedule_name": "nightly_schedule"})


@pytest.mark.parametrize("nothing", [None, []])
def test_nothing_said_is_a_tick_without_runs(nothing: Any) -> None:
    assert said(lambda: nothing).skip_message == "Schedule function returned an empty result"


def test_reasons_are_told() -> None:
    assert said(lambda: SkipReason("no")).skip_message == "no"
    told = said(lambda: RunRequest(), should_execute=lambda context: False)
    assert (told.run_requests, told.skip_message) == ([], "should_execute function for s returned false.")


@pytest.mark.parametrize("wrong", [3, [3], "x", [RunRequest("a"), SkipReason("b")], [RunRequest("a"), RunRequest()]])
def test_what_a_schedule_cannot_say_is_refused(wrong: Any) -> None:
    with pytest.raises(CheckError):
        said(lambda: wrong)


def test_what_a_function_raises_names_the_schedule() -> None:
    def late(context: Any) -> Any:
        yield RunRequest("a")
        raise ValueError("late")

    with pytest.raises(ScheduleExecutionError, match="evaluation of schedule s: ValueError: late"):
        said(late)
    with pytest.raises(ScheduleExecutionError, match="should_execute for schedule s"):
        said(lambda: None, should_execute=lambda context: 1 / 0)


def test_a_function_with_async_def_is_waited_for() -> None:
    async def asks(context: Any) -> Any:
        return RunRequest("a")

    assert said(asks).run_requests[0].run_key == "a"


def test_a_partition_brings_its_tags_and_must_exist_at_that_time() -> None:
    @asset(partitions_def=DAYS)
    def daily() -> None: ...

    project = Definitions(assets=[daily], jobs=[define_asset_job("report", [daily])])
    context = build_schedule_context(scheduled_execution_time=FIFTH, repository_def=project.get_repository_def())
    [request] = said(lambda: RunRequest(partition_key="2024-01-04"), context, job_name="report", job=None).run_requests
    assert request.tags["dagster/partition"] == "2024-01-04"
    with pytest.raises(DagsterUnknownPartitionError):
        said(lambda: RunRequest(partition_key="2024-01-05"), context, job_name="report", job=None)
    with pytest.raises(DagsterInvariantViolationError, match="no repository_def"):
        said(lambda: RunRequest(partition_key="2024-01-04"))


def test_a_schedule_of_partitions_asks_for_the_last_one_with_its_config() -> None:
    job = define_asset_job("report", partitions_def=DAYS, config={"execution": {}})
    made = build_schedule_from_partitioned_job(job)
    [request] = made.evaluate_tick(build_schedule_context(scheduled_execution_time=FIFTH)).run_requests
    assert (request.run_key, request.partition_key, request.run_config) == ("2024-01-04", "2024-01-04", {"execution": {}})
    assert request.tags == {"dagster/partition": "2024-01-04", "dagster/schedule_name": "report_schedule"}


def test_only_the_context_of_a_schedule_is_taken() -> None:
    made = ScheduleDefinition(job=NIGHTLY, cron_schedule="0 2 * * *")
    with pytest.raises(CheckError, match="build_schedule_context"):
        made.evaluate_tick(None)  # pyright: ignore[reportArgumentType]
