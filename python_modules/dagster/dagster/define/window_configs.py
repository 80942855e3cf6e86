"""Run config per window of time: decorators of functions that take the start and the end of the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from dagster.arguments import check_callable
from dagster.define.partitioned_configs import PartitionedConfig
from dagster.partitions.fixed_windows import (
    DailyPartitionsDefinition,
    HourlyPartitionsDefinition,
    MonthlyPartitionsDefinition,
    WeeklyPartitionsDefinition,
)
from dagster.partitions.time_windows import Exclusion, Moment, TimeWindowPartitionsDefinition

ConfigOfWindow = Callable[[datetime, datetime], Any]
TagsOfWindow = Callable[[datetime, datetime], Mapping[str, str]]
Decorator = Callable[[ConfigOfWindow], PartitionedConfig]


def hourly_partitioned_config(
    start_date: Moment,
    minute_offset: int = 0,
    timezone: str | None = None,
    fmt: str | None = None,
    end_offset: int = 0,
    tags_for_partition_fn: TagsOfWindow | None = None,
    exclusions: Sequence[Exclusion] | None = None,
) -> Decorator:
    """Make config per hour out of a function that takes the start and the end of the hour and returns run config.

    Args:
        start_date, minute_offset, timezone, fmt, end_offset, exclusions: as of `HourlyPartitionsDefinition`.
        tags_for_partition_fn: from start and end to tags of the run.

    Example:
        >>> @hourly_partitioned_config("2024-01-01-00:00")
        ... def of_hour(start, end):
        ...     return {"ops": {"load": {"config": {"hour": start.hour}}}}
        >>> of_hour.get_run_config_for_partition_key("2024-01-01-05:00")
        {'ops': {'load': {'config': {'hour': 5}}}}
    """
    windows = HourlyPartitionsDefinition(
        start_date, minute_offset=minute_offset, timezone=timezone, fmt=fmt, end_offset=end_offset, exclusions=exclusions
    )
    return _decorator(windows, tags_for_partition_fn)


def daily_partitioned_config(
    start_date: Moment,
    minute_offset: int = 0,
    hour_offset: int = 0,
    timezone: str | None = None,
    fmt: str | None = None,
    end_offset: int = 0,
    tags_for_partition_fn: TagsOfWindow | None = None,
    exclusions: Sequence[Exclusion] | None = None,
) -> Decorator:
    """Make config per day out of a function that takes the start and the end of the day and returns run config.

    Args:
        start_date, minute_offset, hour_offset, timezone, fmt, end_offset, exclusions: as of `DailyPartitionsDefinition`.
        tags_for_partition_fn: from start and end to tags of the run.

    Example:
        >>> @daily_partitioned_config("2024-01-01")
        ... def of_day(start, end):
        ...     return {"ops": {"load": {"config": {"day": start.strftime("%d.%m.%Y")}}}}
        >>> of_day.get_run_config_for_partition_key("2024-02-28")
        {'ops': {'load': {'config': {'day': '28.02.2024'}}}}
    """
    windows = DailyPartitionsDefinition(
        start_date,
        minute_offset=minute_offset,
        hour_offset=hour_offset,
        timezone=timezone,
        fmt=fmt,
        end_offset=end_offset,
        exclusions=exclusions,
    )
    return _decorator(windows, tags_for_partition_fn)


def weekly_partitioned_config(
    start_date: Moment,
    minute_offset: int = 0,
    hour_offset: int = 0,
    day_offset: int = 0,
    timezone: str | None = None,
    fmt: str | None = None,
    end_offset: int = 0,
    tags_for_partition_fn: TagsOfWindow | None = None,
    exclusions: Sequence[Exclusion] | None = None,
) -> Decorator:
    """Make config per week out of a function that takes the start and the end of the week and returns run config.

    Args:
        start_date, minute_offset, hour_offset, day_offset, timezone, fmt, end_offset, exclusions: as of
            `WeeklyPartitionsDefinition`.
        tags_for_partition_fn: from start and end to tags of the run.

    Example:
        >>> @weekly_partitioned_config("2024-01-01", day_offset=1)
        ... def of_week(start, end):
        ...     return {"ops": {"load": {"config": {"days": (end - start).days}}}}
        >>> of_week.get_run_config_for_partition_key("2024-01-08")
        {'ops': {'load': {'config': {'days': 7}}}}
    """
    windows = WeeklyPartitionsDefinition(
        start_date,
        minute_offset=minute_offset,
        hour_offset=hour_offset,
        day_offset=day_offset,
        timezone=timezone,
        fmt=fmt,
        end_offset=end_offset,
        exclusions=exclusions,
    )
    return _decorator(windows, tags_for_partition_fn)


def monthly_partitioned_config(
    start_date: Moment,
    minute_offset: int = 0,
    hour_offset: int = 0,
    day_offset: int = 1,
    timezone: str | None = None,
    fmt: str | None = None,
    end_offset: int = 0,
    tags_for_partition_fn: TagsOfWindow | None = None,
    exclusions: Sequence[Exclusion] | None = None,
) -> Decorator:
    """Make config per month out of a function that takes the start and the end of the month and returns run config.

    Args:
        start_date, minute_offset, hour_offset, day_offset, timezone, fmt, end_offset, exclusions: as of
            `MonthlyPartitionsDefinition`.
        tags_for_partition_fn: from start and end to tags of the run.

    Example:
        >>> @monthly_partitioned_config("2024-01-01")
        ... def of_month(start, end):
        ...     return {"ops": {"load": {"config": {"days": (end - start).days}}}}
        >>> of_month.get_run_config_for_partition_key("2024-02-01")
        {'ops': {'load': {'config': {'days': 29}}}}
    """
    windows = MonthlyPartitionsDefinition(
        start_date,
        minute_offset=minute_offset,
        hour_offset=hour_offset,
        day_offset=day_offset,
        timezone=timezone,
        fmt=fmt,
        end_offset=end_offset,
        exclusions=exclusions,
    )
    return _decorator(windows, tags_for_partition_fn)


def _decorator(windows: TimeWindowPartitionsDefinition, tags_of_window: TagsOfWindow | None) -> Decorator:
    check_callable("tags_for_partition_fn", tags_of_window)

    def by_key(function: Callable[[datetime, datetime], Any]) -> Callable[[str], Any]:
        def of_window(partition_key: str) -> Any:
            window = windows.time_window_for_partition_key(partition_key)
            return function(window.start, window.end)

        return of_window

    def decorate(function: ConfigOfWindow) -> PartitionedConfig:
        check_callable("fn", function)
        return PartitionedConfig(
            windows,
            decorated_fn=function,
            run_config_for_partition_key_fn=by_key(function),
            tags_for_partition_key_fn=None if tags_of_window is None else by_key(tags_of_window),
        )

    return decorate
