"""The four common lengths of windows, and the parts of a cron string that stands for one."""

from __future__ import annotations

import re
from enum import Enum

import msgspec

from dagster.errors import CheckError


class ScheduleType(Enum):
    """How long a window is."""

    HOURLY = "HOURLY"
    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"


_PATTERN = re.compile(r"(\d+) (\d+|\*) (\d+|\*) \* (\d+|\*)", re.ASCII)


class PeriodParts(msgspec.Struct, frozen=True):
    """What a cron string of a common period says, part by part; None stands for any.

    Attributes:
        minute: of the hour.
        hour: of the day.
        day: of the month, from 1.
        weekday: 0 (or 7) is Sunday.
    """

    minute: int
    hour: int | None = None
    day: int | None = None
    weekday: int | None = None

    @property
    def schedule_type(self) -> ScheduleType | None:
        """The period; None for an unusual mixture."""
        given = (self.hour is not None, self.day is not None, self.weekday is not None)
        return _BY_PARTS.get(given)

    @property
    def cron(self) -> str:
        """The cron string."""
        return " ".join("*" if part is None else str(part) for part in (self.minute, self.hour, self.day, "*", self.weekday))

    @staticmethod
    def of_cron(cron: str) -> PeriodParts | None:
        """The parts of a cron string, None when it is no plain one."""
        match = _PATTERN.fullmatch(cron)
        if match is None:
            return None
        minute, hour, day, weekday = (None if part == "*" else int(part) for part in match.groups())
        assert minute is not None, "the pattern asks for a number"
        return PeriodParts(minute, hour, day, weekday)


_BY_PARTS = {
    (False, False, False): ScheduleType.HOURLY,
    (True, False, False): ScheduleType.DAILY,
    (True, False, True): ScheduleType.WEEKLY,
    (True, True, False): ScheduleType.MONTHLY,
}


def period_cron(schedule_type: ScheduleType, minute: int = 0, hour: int = 0, day: int | None = None) -> str:
    """The cron string of a period that begins at that minute, hour and day (of the week from 0, of the month from 1).

    A part that the period does not have is left out.
    """
    if schedule_type is ScheduleType.HOURLY:
        return PeriodParts(minute).cron
    if schedule_type is ScheduleType.DAILY:
        return PeriodParts(minute, hour).cron
    if schedule_type is ScheduleType.WEEKLY:
        return PeriodParts(minute, hour, weekday=day or 0).cron
    return PeriodParts(minute, hour, day=day or 1).cron


def replaced_parts(
    cron: str, minute: int | None = None, hour: int | None = None, weekday: int | None = None, day: int | None = None
) -> str:
    """The cron string with other parts; None leaves a part as it is.

    Raises:
        CheckError: the period has no such part.
    """
    if minute is None and hour is None and weekday is None and day is None:
        return cron
    parts = PeriodParts.of_cron(cron)
    schedule_type = parts.schedule_type if parts else None
    if parts is None or schedule_type is None:
        raise CheckError(
            f"{cron!r} is no hourly, daily, weekly or monthly schedule: its minute, hour and day cannot be replaced."
        )
    if hour is not None and schedule_type is ScheduleType.HOURLY:
        raise CheckError("Hourly windows have no hour of the day to replace.")
    if weekday is not None and schedule_type is ScheduleType.DAILY:
        raise CheckError("Daily windows have no day of the week to replace.")
    if day is not None and schedule_type is ScheduleType.DAILY:
        raise CheckError("Daily windows have no day of the month to replace.")
    return PeriodParts(
        parts.minute if minute is None else minute,
        parts.hour if hour is None else hour,
        parts.day if day is None or schedule_type is not ScheduleType.MONTHLY else day,
        parts.weekday if weekday is None or schedule_type is not ScheduleType.WEEKLY else weekday,
    ).cron
