"""When schedules are due: cron strings in a time zone, over both changes of the clock, and after a time when nobody looked."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge

import msgspec

from dagster.partitions.calendars import calendar_of
from dagster.specs.schedules import ScheduleSpec

CATCH_UP_TICKS = 5
"""How many ticks are made up for after nobody looked for a while; older ones are left out."""


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """What of a schedule is due.

    Attributes:
        times: of the ticks, in order; seconds since the epoch, UTC.
        left_out: how many older ones are left out.
    """

    times: tuple[int, ...] = ()
    left_out: int = 0


def times_of(spec: ScheduleSpec, after: float, until: float) -> Iterator[int]:
    """The times of a schedule later than `after`, up to and with `until`, in order, each once.

    A cron string that names every hour counts elapsed hours; any other one has one time for each time of the day that it names,
    on the days when the clock is changed too (see `partitions.calendars`).
    """
    begin, end = int(after // 1) + 1, int(until // 1) + 1
    zone = spec.execution_timezone or "UTC"
    latest = begin - 1
    for instant in merge(*(calendar_of(cron, zone).between(begin, end) for cron in spec.cron_schedules)):
        if instant > latest:
            latest = instant
            yield instant


def next_time(spec: ScheduleSpec, after: float) -> int | None:
    """The first time of a schedule later than `after`, None if there is none within fifty years."""
    zone = spec.execution_timezone or "UTC"
    found = (calendar_of(cron, zone).at_or_after(int(after // 1) + 1) for cron in spec.cron_schedules)
    return min((instant for instant in found if instant is not None), default=None)


def due(spec: ScheduleSpec, after: float, now: float, catch_up: int = CATCH_UP_TICKS) -> Due:
    """What of a schedule is due at `now`, if everything until `after` is done."""
    times = tuple(times_of(spec, after, now))
    kept = times[-catch_up:] if catch_up else ()
    return Due(times=kept, left_out=len(times) - len(kept))
