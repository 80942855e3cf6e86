"""Hours, days, weeks and months as partitions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dagster.partitions.periods import ScheduleType
from dagster.partitions.time_windows import Exclusion, Moment, TimeWindowPartitionsDefinition
from dagster.partitions.window_keys import DAY_FORMAT, HOUR_FORMAT


class HourlyPartitionsDefinition(TimeWindowPartitionsDefinition):
    """A partition for each hour, named like `2024-02-27-13:00`.

    Args:
        start_date: no hour begins before it: a string in `fmt`, or a datetime.
        end_date: no hour ends after it; for ever by default.
        minute_offset: at which minute an hour begins.
        timezone: a name of the tz database, UTC by default.
        fmt: how keys are written, as for `strftime`.
        end_offset: how many hours exist before they are over.
        exclusions: starts of hours that do not exist: cron strings or moments.

    Example:
        >>> HourlyPartitionsDefinition("2024-02-27-00:00", end_date="2024-02-27-02:00").get_partition_keys()
        ['2024-02-27-00:00', '2024-02-27-01:00']
    """

    __slots__ = ()

    def __init__(
        self,
        start_date: Moment,
        end_date: Moment | None = None,
        minute_offset: int = 0,
        timezone: str | None = None,
        fmt: str | None = None,
        end_offset: int = 0,
        exclusions: Sequence[Exclusion] | None = None,
        **_ignored: Any,
    ) -> None:
        super().__init__(
            start_date,
            fmt or HOUR_FORMAT,
            end_date,
            ScheduleType.HOURLY,
            timezone,
            end_offset,
            minute_offset=minute_offset,
            exclusions=exclusions,
        )


class DailyPartitionsDefinition(TimeWindowPartitionsDefinition):
    """A partition for each day, named like `2024-02-27`.

    Args:
        start_date: no day begins before it: a string in `fmt`, or a datetime.
        end_date: no day ends after it; for ever by default.
        minute_offset: at which minute of `hour_offset` a day begins.
        hour_offset: at which hour a day begins.
        timezone: a name of the tz database, UTC by default.
        fmt: how keys are written, as for `strftime`.
        end_offset: how many days exist before they are over.
        exclusions: starts of days that do not exist: cron strings or moments.

    Example:
        >>> DailyPartitionsDefinition("2024-02-28", end_date="2024-03-02").get_partition_keys()
        ['2024-02-28', '2024-02-29', '2024-03-01']
    """

    __slots__ = ()

    def __init__(
        self,
        start_date: Moment,
        end_date: Moment | None = None,
        minute_offset: int = 0,
        hour_offset: int = 0,
        timezone: str | None = None,
        fmt: str | None = None,
        end_offset: int = 0,
        exclusions: Sequence[Exclusion] | None = None,
        **_ignored: Any,
    ) -> None:
        super().__init__(
            start_date,
            fmt or DAY_FORMAT,
            end_date,
            ScheduleType.DAILY,
            timezone,
            end_offset,
            minute_offset=minute_offset,
            hour_offset=hour_offset,
            exclusions=exclusions,
        )


class WeeklyPartitionsDefinition(TimeWindowPartitionsDefinition):
    """A partition for each week, named by its first day, like `2024-02-25`.

    Args:
        start_date: no week begins before it: a string in `fmt`, or a datetime.
        end_date: no week ends after it; for ever by default.
        minute_offset: at which minute of `hour_offset` a week begins.
        hour_offset: at which hour a week begins.
        day_offset: on which day a week begins: 0 is Sunday.
        timezone: a name of the tz database, UTC by default.
        fmt: how keys are written, as for `strftime`.
        end_offset: how many weeks exist before they are over.
        exclusions: starts of weeks that do not exist: cron strings or moments.

    Example:
        >>> WeeklyPartitionsDefinition("2024-02-27", end_date="2024-03-17").get_partition_keys()
        ['2024-03-03', '2024-03-10']
    """

    __slots__ = ()

    def __init__(
        self,
        start_date: Moment,
        end_date: Moment | None = None,
        minute_offset: int = 0,
        hour_offset: int = 0,
        day_offset: int = 0,
        timezone: str | None = None,
        fmt: str | None = None,
        end_offset: int = 0,
        exclusions: Sequence[Exclusion] | None = None,
        **_ignored: Any,
    ) -> None:
        super().__init__(
            start_date,
            fmt or DAY_FORMAT,
            end_date,
            ScheduleType.WEEKLY,
            timezone,
            end_offset,
            minute_offset=minute_offset,
            hour_offset=hour_offset,
            day_offset=day_offset,
            exclusions=exclusions,
        )


class MonthlyPartitionsDefinition(TimeWindowPartitionsDefinition):
    """A partition for each month, named by its first day, like `2024-02-01`.

    Args:
        start_date: no month begins before it: a string in `fmt`, or a datetime.
        end_date: no month ends after it; for ever by default.
        minute_offset: at which minute of `hour_offset` a month begins.
        hour_offset: at which hour a month begins.
        day_offset: on which day a month begins: 1 is the first; months without that day do not begin one.
        timezone: a name of the tz database, UTC by default.
        fmt: how keys are written, as for `strftime`.
        end_offset: how many months exist before they are over.
        exclusions: starts of months that do not exist: cron strings or moments.

    Example:
        >>> MonthlyPartitionsDefinition("2024-02-01", end_date="2024-04-01").get_partition_keys()
        ['2024-02-01', '2024-03-01']
    """

    __slots__ = ()

    def __init__(
        self,
        start_date: Moment,
        end_date: Moment | None = None,
        minute_offset: int = 0,
        hour_offset: int = 0,
        day_offset: int = 1,
        timezone: str | None = None,
        fmt: str | None = None,
        end_offset: int = 0,
        exclusions: Sequence[Exclusion] | None = None,
        **_ignored: Any,
    ) -> None:
        super().__init__(
            start_date,
            fmt or DAY_FORMAT,
            end_date,
            ScheduleType.MONTHLY,
            timezone,
            end_offset,
            minute_offset=minute_offset,
            hour_offset=hour_offset,
            day_offset=day_offset,
            exclusions=exclusions,
        )
