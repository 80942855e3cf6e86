from datetime import datetime, timezone
from typing import Any

import pytest

from dagster import (
    DailyPartitionsDefinition,
    Definitions,
    StaticPartitionsDefinition,
    WeeklyPartitionsDefinition,
    asset,
    build_schedule_context,
    build_schedule_from_partitioned_job,
    define_asset_job,
)
from dagster.errors import CheckError, DagsterInvalidDefinitionError

DAILY = DailyPartitionsDefinition("2024-01-01", timezone="Europe/Berlin")


def job(partitions: Any) -> Any:
    return define_asset_job("job", partitions_def=partitions)


@pytest.mark.parametrize(
    ("partitions", "moment", "cron"),
    [
        (DAILY, {}, "0 0 * * *"),
        (DAILY, {"hour_of_day": 3}, "0 3 * * *"),
        (WeeklyPartitionsDefinition("2024-01-01"), {"day_of_week": 3, "minute_of_hour": 5}, "5 0 * * 3"),
    ],
)
def test_windows_say_when(partitions: Any, moment: Any, cron: str) -> None:
    assert build_schedule_from_partitioned_job(job(partitions), **moment).cron_schedule == cron


def test_a_schedule_of_partitions_knows_where_it_is_written() -> None:
    assert "test_partitioned_schedules.py" in build_schedule_from_partitioned_job(job(DAILY)).place


def test_the_zone_is_that_of_the_partitions() -> None:
    assert build_schedule_from_partitioned_job(job(DAILY)).execution_timezone == "Europe/Berlin"


def test_a_tick_asks_for_the_window_that_has_ended() -> None:
    schedule = build_schedule_from_partitioned_job(job(DAILY))
    moment = datetime(2024, 5, 2, 1, tzinfo=timezone.utc)
    request = schedule(build_schedule_context(scheduled_execution_time=moment))
    assert (request.partition_key, request.run_key) == ("2024-05-01", "2024-05-01")


def test_static_partitions_are_told_when() -> None:
    static = job(StaticPartitionsDefinition(["x", "y"]))
    with pytest.raises(CheckError, match="requires a cron schedule"):
        build_schedule_from_partitioned_job(static)
    schedule = build_schedule_from_partitioned_job(static, cron_schedule="@daily")
    moment = datetime(2024, 5, 2, tzinfo=timezone.utc)
    asked = schedule(build_schedule_context(scheduled_execution_time=moment))
    assert [request.partition_key for request in asked] == ["x", "y"]


def test_windows_leave_no_choice_of_a_cron() -> None:
    with pytest.raises(CheckError, match="time-partitioned"):
        build_schedule_from_partitioned_job(job(DAILY), cron_schedule="@daily")
    with pytest.raises(CheckError, match="both cron_schedule"):
        build_schedule_from_partitioned_job(job(DAILY), cron_schedule="@daily", hour_of_day=3)


def test_partitions_of_the_assets_are_looked_up_with_the_project() -> None:
    @asset(partitions_def=DAILY)
    def sliced() -> int:
        return 1

    defs = Definitions(assets=[sliced], schedules=[build_schedule_from_partitioned_job(define_asset_job("j"))])
    assert defs.resolve_schedule_def("j_schedule").cron_schedule == "0 0 * * *"
    assert [each.name for each in defs.resolve_all_job_defs()] == ["__ASSET_JOB", "j"]


def test_a_job_without_partitions_is_a_problem_of_the_project() -> None:
    @asset
    def whole() -> int:
        return 1

    defs = Definitions(assets=[whole], schedules=[build_schedule_from_partitioned_job(define_asset_job("j"))])
    with pytest.raises(DagsterInvalidDefinitionError, match=r"must contain partitioned assets.*test_partitioned_schedules\.py:"):
        Definitions.validate_loadable(defs)
