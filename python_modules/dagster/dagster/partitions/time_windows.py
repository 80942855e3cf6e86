"""Partitions that are stretches of time, one after another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import ceil, floor
from typing import Any, Union

from dagster.errors import CheckError, DagsterInvalidDefinitionError, ParameterCheckError
from dagster.partitions.calendars import Calendar, calendar_of
from dagster.partitions.definitions import digest
from dagster.partitions.periods import PeriodParts, ScheduleType, period_cron, replaced_parts
from dagster.partitions.wall_times import is_cron, wall_times
from dagster.partitions.window_keys import WindowKeys
from dagster.partitions.window_names import WindowNames
from dagster.partitions.window_partitions import WindowPartitions
from dagster.partitions.window_series import WindowSeries
from dagster.partitions.windows import TimestampWithTimezone
from dagster.partitions.zones import instant_of

Moment = Union[datetime, str, TimestampWithTimezone]
Exclusion = Union[str, datetime, TimestampWithTimezone]

_FIELDS = ("start_ts", "end_ts", "timezone", "fmt", "end_offset", "cron_schedule", "exclusions")


class TimeWindowPartitionsDefinition(WindowPartitions):
    """A partition for each window of time between two ticks of a cron string. A window exists when it is over.

    A key is the start of its window in local time, written with `fmt`. Over changes of the clock each local day has one
    window of a daily schedule and each elapsed hour one of an hourly schedule.

    Args:
        start: no window begins before it: a string in `fmt`, or a datetime, of which the reading of the clock counts.
        fmt: how keys are written, as for `strftime`.
        end: no window ends after it; for ever by default.
        schedule_type: how long windows are; `cron_schedule` instead says it in more detail.
        timezone: a name of the tz database, UTC by default.
        end_offset: how many windows exist before they are over; negative: how long one has to wait after its end.
        minute_offset: of the hour at which a window of `schedule_type` begins.
        hour_offset: of the day.
        day_offset: of the week (0 is Sunday) or month (1 is the first).
        cron_schedule: five fields, or an alias like `@daily`.
        exclusions: starts of windows that do not exist: cron strings or moments.

    Raises:
        DagsterInvalidDefinitionError: the cron string, an exclusion, the time zone, `start` or `end` cannot be read.
        CheckError: both or none of `schedule_type` and `cron_schedule`, or an argument of a wrong type.

    Example:
        >>> years = TimeWindowPartitionsDefinition(start="2024", end="2025", fmt="%Y", cron_schedule="0 0 1 1 *")
        >>> years.get_partition_keys()
        ['2024']
    """

    __slots__ = (*_FIELDS, "_calendar", "_names")

    start_ts: TimestampWithTimezone
    end_ts: TimestampWithTimezone | None
    timezone: str
    fmt: str
    end_offset: int
    cron_schedule: str
    exclusions: Sequence[str | TimestampWithTimezone] | None

    def __init__(
        self,
        start: Moment,
        fmt: str,
        end: Moment | None = None,
        schedule_type: ScheduleType | None = None,
        timezone: str | None = None,
        end_offset: int = 0,
        minute_offset: int | None = None,
        hour_offset: int | None = None,
        day_offset: int | None = None,
        cron_schedule: str | None = None,
        exclusions: Sequence[Exclusion] | None = None,
    ) -> None:
        cron = _cron(cron_schedule, schedule_type, minute_offset, hour_offset, day_offset)
        if not isinstance(end_offset, int):  # pyright: ignore[reportUnnecessaryIsInstance] - a public constructor's argument
            raise ParameterCheckError("end_offset", end_offset, "a int")
        zone = timezone or "UTC"
        calendar = calendar_of(cron, zone)
        keys = WindowKeys(fmt, calendar.zone, calendar.every_hour)
        read = _Moments(calendar, zone, keys)
        start_ts, end_ts = read.bound("start", start), None if end is None else read.bound("end", end)
        excluded = read.exclusions(exclusions)
        series = WindowSeries(
            calendar,
            ceil(start_ts.timestamp),
            None if end_ts is None else floor(end_ts.timestamp),
            end_offset,
            frozenset(ceil(each.timestamp) for each in excluded if not isinstance(each, str)),
            tuple(wall_times(each) for each in excluded if isinstance(each, str)),
        )
        self._set(
            start_ts=start_ts,
            end_ts=end_ts,
            timezone=zone,
            fmt=fmt,
            end_offset=end_offset,
            cron_schedule=cron,
            exclusions=excluded or None,
            _calendar=calendar,
            _names=WindowNames(series, keys),
        )

    @property
    def start(self) -> datetime:
        """No window begins before it."""
        return datetime.fromtimestamp(self.start_ts.timestamp, self._calendar.zone)

    @property
    def end(self) -> datetime | None:
        """No window ends after it; None for ever."""
        return None if self.end_ts is None else datetime.fromtimestamp(self.end_ts.timestamp, self._calendar.zone)

    @property
    def start_timestamp(self) -> float:
        """`start` in seconds since the epoch."""
        return self.start_ts.timestamp

    @property
    def end_timestamp(self) -> float | None:
        """`end` in seconds since the epoch."""
        return None if self.end_ts is None else self.end_ts.timestamp

    @property
    def schedule_type(self) -> ScheduleType | None:
        """How long windows are, None when it is no plain period."""
        parts = PeriodParts.of_cron(self.cron_schedule)
        return parts.schedule_type if parts else None

    @property
    def minute_offset(self) -> int:
        """Minute of the hour at which windows begin."""
        return self._cron_field("minute", 0)

    @property
    def hour_offset(self) -> int:
        """Hour of the day at which windows begin."""
        return self._cron_field("hour of the day", 1)

    @property
    def day_offset(self) -> int:
        """Day of the week (0 is Sunday) or of the month at which windows begin."""
        if self.schedule_type is ScheduleType.WEEKLY:
            return self._cron_field("day of the week", 4)
        if self.schedule_type is ScheduleType.MONTHLY:
            return self._cron_field("day of the month", 2)
        raise CheckError(f"Windows of {self.cron_schedule!r} are no weeks and no months, so they have no day_offset.")

    def _cron_field(self, name: str, position: int) -> int:
        fields = self.cron_schedule.split()
        if len(fields) <= position or not fields[position].isdecimal():
            raise CheckError(f"Windows of {self.cron_schedule!r} do not all begin at the same {name}.")
        return int(fields[position])

    @property
    def is_basic_daily(self) -> bool:
        """Whether windows are days from midnight to midnight."""
        return self.cron_schedule == "0 0 * * *"

    @property
    def is_basic_hourly(self) -> bool:
        """Whether windows are hours from minute 0 to minute 0."""
        return self.cron_schedule == "0 * * * *"

    def get_cron_schedule(
        self,
        minute_of_hour: int | None = None,
        hour_of_day: int | None = None,
        day_of_week: int | None = None,
        day_of_month: int | None = None,
    ) -> str:
        """The cron string of a schedule that ticks once for each window: when one begins, or at the parts given.

        Raises:
            CheckError: the period has no such part.
        """
        return replaced_parts(self.cron_schedule, minute_of_hour, hour_of_day, day_of_week, day_of_month)

    def get_serializable_unique_identifier(self, dynamic_partitions_store: Any = None) -> str:
        """A string that is equal for equal definitions."""
        return digest([repr(self._values())])

    def equal_except_for_start_or_end(self, other: TimeWindowPartitionsDefinition) -> bool:
        """Whether windows of both that begin at the same time are the same."""
        return self._values()[2:] == other._values()[2:]

    def _values(self) -> tuple[object, ...]:
        exclusions = None if self.exclusions is None else tuple(self.exclusions)
        return self.start_ts, self.end_ts, self.timezone, self.fmt, self.end_offset, self.cron_schedule, exclusions

    def __eq__(self, other: object) -> bool:
        return self._values() == other._values() if isinstance(other, TimeWindowPartitionsDefinition) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._values())

    def __str__(self) -> str:
        period = self.schedule_type.value.capitalize() if self.schedule_type else self.cron_schedule
        begin = self.start.strftime(self.fmt)
        partitions = "partition" if self.end_offset == 1 else "partitions"
        offset = f" End offsetted by {self.end_offset} {partitions}." if self.end_offset else ""
        return f"{period}, starting {begin} {self.timezone}.{offset}"

    def __repr__(self) -> str:
        start, end = self.start.isoformat(), self.end and self.end.isoformat()
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in _FIELDS[2:])
        return f"{type(self).__name__}(start={start!r}, end={end!r}, {fields})"


def _cron(cron: str | None, schedule_type: ScheduleType | None, minute: int | None, hour: int | None, day: int | None) -> str:
    if cron is None:
        if schedule_type is None:
            raise CheckError("Give cron_schedule or schedule_type: it says where a window ends and the next one begins.")
        cron = period_cron(schedule_type, minute or 0, hour or 0, day)
    elif schedule_type is not None or minute is not None or hour is not None or day is not None:
        raise CheckError(
            "cron_schedule says everything about when windows begin; do not give schedule_type, minute_offset, hour_offset or "
            "day_offset beside it."
        )
    if not is_cron(cron):
        raise DagsterInvalidDefinitionError(f"{cron!r} is no cron schedule for windows. It has five fields, like '0 0 * * *'.")
    return cron


class _Moments:
    """Reads the moments in the arguments of a definition."""

    def __init__(self, calendar: Calendar, timezone: str, keys: WindowKeys) -> None:
        self._calendar = calendar
        self._timezone = timezone
        self._keys = keys

    def bound(self, name: str, moment: Moment) -> TimestampWithTimezone:
        if isinstance(moment, TimestampWithTimezone):
            return moment
        if isinstance(moment, datetime):
            return self._read(moment)
        if not isinstance(moment, str):  # pyright: ignore[reportUnnecessaryIsInstance] - a public constructor's argument
            raise ParameterCheckError(name, moment, "a datetime or a string")
        try:
            return TimestampWithTimezone(float(self._keys.instant(moment)), self._timezone)
        except ValueError as unreadable:
            raise DagsterInvalidDefinitionError(
                f"The {name} {moment!r} of the partitions is not written in their format {self._keys.fmt!r}. "
                "Write it so, give a datetime, or set `fmt`."
            ) from unreadable

    def _read(self, moment: datetime) -> TimestampWithTimezone:
        """What the clock shows counts, also when the datetime has a zone of its own."""
        return TimestampWithTimezone(float(instant_of(moment.replace(tzinfo=None), self._calendar.zone)), self._timezone)

    def exclusions(self, exclusions: Sequence[Exclusion] | None) -> list[str | TimestampWithTimezone]:
        return [self._exclusion(each) for each in exclusions or ()]

    def _exclusion(self, exclusion: Exclusion) -> str | TimestampWithTimezone:
        if isinstance(exclusion, datetime):
            return self._read(exclusion)
        if isinstance(exclusion, TimestampWithTimezone):
            return exclusion
        if not isinstance(exclusion, str):  # pyright: ignore[reportUnnecessaryIsInstance] - a public constructor's argument
            raise CheckError(f"An exclusion is a cron string or a datetime. Got {exclusion!r}, which is {type(exclusion)}.")
        if not is_cron(exclusion):
            raise DagsterInvalidDefinitionError(
                f"The exclusion {exclusion!r} is no cron string. To exclude one window, give its start as a datetime."
            )
        return exclusion
