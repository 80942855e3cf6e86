"""Repeated times of the clock on the wall, as arithmetic on wall seconds (see `zones`): a cron string without a zone."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol

import msgspec

_DAY = 86_400
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
# 1970-01-04, the first Sunday: day 0 of cron's weeks.
_FIRST_SUNDAY = 3
# A 29 February that is a Monday comes within that many days.
_FIFTY_YEARS = 50 * 366


class WallTimes(Protocol):
    """An endless, strictly ordered set of wall seconds."""

    def at_or_after(self, wall: int) -> int | None:
        """The first one at or after `wall`, None if there is none within fifty years."""
        ...

    def at_or_before(self, wall: int) -> int | None:
        """The last one at or before `wall`, None if there is none within fifty years."""
        ...

    def between(self, begin: int, end: int) -> Iterator[int]:
        """Those in [begin, end), in order."""
        ...

    def count(self, begin: int, end: int) -> int:
        """How many there are in [begin, end)."""
        ...

    def __contains__(self, wall: int) -> bool:
        """Whether it is one of them."""
        ...


class Cycle(msgspec.Struct, frozen=True):
    """The same times in each period, like each hour, day or week. Every question but `between` takes constant time.

    Attributes:
        period: its length in seconds.
        times: seconds from the period's begin, in order; periods are counted from the epoch.
    """

    period: int
    times: tuple[int, ...]

    def at_or_after(self, wall: int) -> int | None:
        periods, rest = divmod(wall, self.period)
        position = bisect_left(self.times, rest)
        if position == len(self.times):
            return (periods + 1) * self.period + self.times[0]
        return periods * self.period + self.times[position]

    def at_or_before(self, wall: int) -> int | None:
        periods, rest = divmod(wall, self.period)
        return periods * self.period + self._before(bisect_right(self.times, rest))

    def _before(self, position: int) -> int:
        return self.times[position - 1] if position else self.times[-1] - self.period

    def between(self, begin: int, end: int) -> Iterator[int]:
        for start in range(begin // self.period * self.period, end, self.period):
            for time in self.times:
                if begin <= start + time < end:
                    yield start + time

    def count(self, begin: int, end: int) -> int:
        return self._count_before(end) - self._count_before(begin) if begin < end else 0

    def __contains__(self, wall: int) -> bool:
        return _holds(self.times, wall % self.period)

    def _count_before(self, wall: int) -> int:
        periods, rest = divmod(wall, self.period)
        return periods * len(self.times) + bisect_left(self.times, rest)


def _holds(times: Sequence[int], time: int) -> bool:
    position = bisect_left(times, time)
    return position < len(times) and times[position] == time


class Monthly(msgspec.Struct, frozen=True):
    """One time in each month, on a day that each month has. Every question but `between` takes constant time."""

    day: int
    time: int

    def at_or_after(self, wall: int) -> int | None:
        month = self._month(wall)
        start = self._in_month(month)
        return start if start >= wall else self._in_month(month + 1)

    def at_or_before(self, wall: int) -> int | None:
        month = self._month(wall)
        start = self._in_month(month)
        return start if start <= wall else self._in_month(month - 1)

    def between(self, begin: int, end: int) -> Iterator[int]:
        for month in range(self._month(begin), self._month(end) + 1):
            start = self._in_month(month)
            if begin <= start < end:
                yield start

    def count(self, begin: int, end: int) -> int:
        return self._count_before(end) - self._count_before(begin) if begin < end else 0

    def __contains__(self, wall: int) -> bool:
        return self._in_month(self._month(wall)) == wall

    def _count_before(self, wall: int) -> int:
        month = self._month(wall)
        return month + (self._in_month(month) < wall)

    def _month(self, wall: int) -> int:
        day = date.fromordinal(wall // _DAY + _EPOCH_ORDINAL)
        return day.year * 12 + day.month - 1

    def _in_month(self, month: int) -> int:
        day = date(month // 12, month % 12 + 1, self.day)
        return (day.toordinal() - _EPOCH_ORDINAL) * _DAY + self.time


class Dated(msgspec.Struct, frozen=True):
    """The same times on each day that a calendar chooses. Counting takes a step for each day.

    Source: crontab(5); a day matches day-of-month OR day-of-week when both are given.

    Attributes:
        times: seconds from midnight, in order.
        days: of the month; None for any.
        months: None for any.
        weekdays: 0 is Sunday; None for any.
    """

    times: tuple[int, ...]
    days: frozenset[int] | None
    months: frozenset[int] | None
    weekdays: frozenset[int] | None

    def at_or_after(self, wall: int) -> int | None:
        day, rest = divmod(wall, _DAY)
        position = bisect_left(self.times, rest)
        if position < len(self.times) and self._matches(day):
            return day * _DAY + self.times[position]
        following = next((each for each in range(day + 1, day + _FIFTY_YEARS) if self._matches(each)), None)
        return None if following is None else following * _DAY + self.times[0]

    def at_or_before(self, wall: int) -> int | None:
        day, rest = divmod(wall, _DAY)
        position = bisect_right(self.times, rest)
        if position and self._matches(day):
            return day * _DAY + self.times[position - 1]
        previous = next((each for each in range(day - 1, day - _FIFTY_YEARS, -1) if self._matches(each)), None)
        return None if previous is None else previous * _DAY + self.times[-1]

    def between(self, begin: int, end: int) -> Iterator[int]:
        for day in range(begin // _DAY, (end - 1) // _DAY + 1):
            if self._matches(day):
                yield from (wall for time in self.times if begin <= (wall := day * _DAY + time) < end)

    def count(self, begin: int, end: int) -> int:
        first, last = begin // _DAY, end // _DAY
        whole_days = sum(self._matches(day) for day in range(first, last)) * len(self.times)
        before_begin = bisect_left(self.times, begin - first * _DAY) if self._matches(first) else 0
        before_end = bisect_left(self.times, end - last * _DAY) if self._matches(last) else 0
        return whole_days + before_end - before_begin if begin < end else 0

    def __contains__(self, wall: int) -> bool:
        day, rest = divmod(wall, _DAY)
        return _holds(self.times, rest) and self._matches(day)

    def _matches(self, day: int) -> bool:
        on = date.fromordinal(day + _EPOCH_ORDINAL)
        if self.months is not None and on.month not in self.months:
            return False
        in_days = self.days is not None and on.day in self.days
        in_weekdays = self.weekdays is not None and on.isoweekday() % 7 in self.weekdays
        return in_days or in_weekdays or (self.days is None and self.weekdays is None)


class CronTimes(msgspec.Struct, frozen=True):
    """What a cron string with names, `L` or `#` says, found by croniter one after another."""

    cron: str

    def at_or_after(self, wall: int) -> int | None:
        return _found(lambda: _croniter(self.cron, wall - 1).get_next(float))

    def at_or_before(self, wall: int) -> int | None:
        return _found(lambda: _croniter(self.cron, wall + 1).get_prev(float))

    def between(self, begin: int, end: int) -> Iterator[int]:
        times = _croniter(self.cron, begin - 1)
        while (wall := _found(lambda: times.get_next(float))) is not None and wall < end:
            yield wall

    def count(self, begin: int, end: int) -> int:
        return sum(1 for _ in self.between(begin, end))

    def __contains__(self, wall: int) -> bool:
        return self.at_or_after(wall) == wall


def _croniter(cron: str, wall: int) -> Any:
    from croniter import croniter

    return croniter(cron, float(wall))


def _found(search: Any) -> int | None:
    from croniter import CroniterBadDateError

    try:
        return int(search())
    except (CroniterBadDateError, OverflowError):
        return None


_ALIASES = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_RANGE = re.compile(r"(?:(\d+)-(\d+)|(\*)|(\d+))(?:/(\d+))?", re.ASCII)


def is_cron(cron: str) -> bool:
    """Whether it is a cron string of five fields, or an alias like `@daily`."""
    if cron in _ALIASES or _simple_fields(cron) is not None:
        return True
    if len(cron.split()) != 5:
        return False
    from croniter import croniter

    return bool(croniter.is_valid(cron))


def is_hourly(cron: str) -> bool:
    """Whether it names every hour of a day, so that an hour which the clock shows twice counts twice."""
    fields = _ALIASES.get(cron, cron).split()
    return _members(fields[1], 0, 23) == tuple(range(24))


def wall_times(cron: str) -> WallTimes:
    """The times that a valid cron string names.

    Source: crontab(5); a day matches day-of-month OR day-of-week when both are given.
    """
    fields = _simple_fields(_ALIASES.get(cron, cron))
    if fields is None:
        return CronTimes(_ALIASES.get(cron, cron))
    minutes, hours, days, months, weekdays = fields
    times = tuple(hour * 3_600 + minute * 60 for hour in hours for minute in minutes)
    if months is None and days is None:
        if weekdays is not None:
            of_week = sorted((weekday + _FIRST_SUNDAY) % 7 for weekday in weekdays)
            return Cycle(7 * _DAY, tuple(each * _DAY + time for each in of_week for time in times))
        return Cycle(3_600, tuple(minute * 60 for minute in minutes)) if len(hours) == 24 else Cycle(_DAY, times)
    if months is None and weekdays is None and days is not None and len(days) == len(times) == 1 and max(days) <= 28:
        return Monthly(min(days), times[0])
    return Dated(times, days, months, weekdays)


class _Fields(NamedTuple):
    minutes: Sequence[int]
    hours: Sequence[int]
    days: frozenset[int] | None
    months: frozenset[int] | None
    weekdays: frozenset[int] | None


def _simple_fields(cron: str) -> _Fields | None:
    """What the fields name, None for any; None when the string has more than numbers, ranges and steps."""
    fields = cron.split()
    if len(fields) != 5:
        return None
    minutes, hours = _members(fields[0], 0, 59), _members(fields[1], 0, 23)
    days, months, weekdays = (
        None if field == "*" else frozenset(_members(field, *limits))
        for field, limits in zip(fields[2:], ((1, 31), (1, 12), (0, 7)), strict=True)
    )
    if not minutes or not hours or frozenset() in (days, months, weekdays):
        return None
    return _Fields(minutes, hours, days, months, None if weekdays is None else frozenset(weekday % 7 for weekday in weekdays))


def _members(field: str, low: int, high: int) -> tuple[int, ...]:
    """The numbers that a field of plain numbers, ranges and steps names, in order; none when it is not so plain."""
    members: set[int] = set()
    for part in field.split(","):
        found = _range(part, low, high)
        if not found:
            return ()
        members.update(found)
    return tuple(sorted(members))


def _range(part: str, low: int, high: int) -> Iterable[int]:
    match = _RANGE.fullmatch(part)
    if match is None:
        return ()
    begin, end, star, single, step = match.groups()
    if single is not None:
        first = last = int(single)
        if step is not None:
            return ()
    else:
        first, last = (low, high) if star else (int(begin), int(end))
    return range(first, last + 1, int(step or 1)) if low <= first <= last <= high and step != "0" else ()
