"""Where a time zone's clock stands, and when it is put forward or back.

Instants are whole seconds since the epoch; *wall seconds* are what the clock on the wall shows, counted as if it hung in UTC.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache

import msgspec

from dagster.errors import DagsterInvalidDefinitionError

_EPOCH_UTC = datetime(1970, 1, 1, tzinfo=timezone.utc)
EPOCH = _EPOCH_UTC.replace(tzinfo=None)
"""Where wall seconds count from."""
_DAY = 86_400
# Since 1940, no zone of the tz database changed its clock twice within so short a time.
_SAMPLING_SECONDS = 3 * _DAY
# The largest jump of a clock: a day, where an island changed sides of the date line.
LARGEST_JUMP_SECONDS = 25 * 3_600


class Segment(msgspec.Struct, frozen=True):
    """A time during which the clock runs without a jump.

    Attributes:
        begin: its first instant.
        end: the first instant after it.
        offset: wall seconds minus instant, within it.
        offset_before: the same right before `begin`; equal to `offset` when `begin` is no jump.
        offset_after: the same at `end`; equal to `offset` when `end` is no jump.
    """

    begin: int
    end: int
    offset: int
    offset_before: int
    offset_after: int


def zone_named(name: str) -> tzinfo:
    """The zone of the tz database.

    Raises:
        DagsterInvalidDefinitionError: there is none of that name.
    """
    if name == "UTC":
        return timezone.utc
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError, TypeError) as unknown:
        raise DagsterInvalidDefinitionError(
            f"There is no time zone {name!r}.{_close_names(name)} Use a name of the tz database, like 'Europe/Berlin'."
        ) from unknown


def _close_names(name: object) -> str:
    from difflib import get_close_matches
    from zoneinfo import available_timezones

    close = get_close_matches(str(name), available_timezones(), n=3)
    return f" Close: {', '.join(repr(each) for each in close)}." if close else ""


def moment_of(instant: int, zone: tzinfo) -> datetime:
    """The instant as a datetime of that zone."""
    return (_EPOCH_UTC + timedelta(seconds=instant)).astimezone(zone)


def instant_of(moment: datetime, zone: tzinfo) -> float:
    """Seconds since the epoch; a datetime without a zone is read in `zone`, in the middle of a jump as `instant_of_wall` says."""
    if moment.tzinfo is not None:
        return (moment - _EPOCH_UTC) / timedelta(seconds=1)
    wall = (moment - EPOCH) / timedelta(seconds=1)
    whole = int(wall // 1)
    return instant_of_wall(whole, zone) + (wall - whole)


def instant_of_wall(wall: int, zone: tzinfo) -> int:
    """When the clock shows `wall`: the first time if it does so twice; if it never does, the instant of the jump over it."""
    if zone is timezone.utc:
        return wall
    instant = wall - _seconds((EPOCH + timedelta(seconds=wall)).replace(tzinfo=zone).utcoffset())
    if instant + offset_at(instant, zone) == wall:
        return instant
    for segment in segments(instant - 2 * _DAY, instant + 2 * _DAY, zone):
        if segment.begin + segment.offset_before <= wall < segment.begin + segment.offset:
            return segment.begin
    raise AssertionError(f"no jump of {zone} explains why its clock never shows {wall}")


def offset_at(instant: int, zone: tzinfo) -> int:
    """Wall seconds minus instant."""
    return 0 if zone is timezone.utc else _seconds(moment_of(instant, zone).utcoffset())


def segments(begin: int, end: int, zone: tzinfo) -> Iterator[Segment]:
    """The segments that cover [begin, end), in order. The first begins at `begin`; the last may go on after `end`.

    Cost: a lookup per year, the first time some 120 readings of the zone's clock.
    """
    if zone is timezone.utc:
        yield Segment(begin, end, 0, 0, 0)
        return
    offset = before = offset_at(begin, zone)
    for jump, after in _jumps(begin + 1, end + LARGEST_JUMP_SECONDS, zone):
        yield Segment(begin, jump, offset, before, after)
        if jump >= end:
            return
        begin, before, offset = jump, offset, after
    yield Segment(begin, max(begin + 1, end), offset, before, offset)


def _jumps(begin: int, end: int, zone: tzinfo) -> Iterator[tuple[int, int]]:
    """Each jump in [begin, end) and the offset after it."""
    for year in range(_year(begin), _year(end) + 1):
        for jump, after in _jumps_of_year(year, zone):
            if begin <= jump < end:
                yield jump, after


def _year(instant: int) -> int:
    return (EPOCH + timedelta(seconds=instant)).year


@lru_cache(maxsize=4_096)
def _jumps_of_year(year: int, zone: tzinfo) -> Sequence[tuple[int, int]]:
    years = (year, min(year + 1, 9999))
    first, last = (int(datetime(each, 1, 1, tzinfo=timezone.utc).timestamp()) for each in years)
    jumps: list[tuple[int, int]] = []
    offset = offset_at(first, zone)
    for begin in range(first, last, _SAMPLING_SECONDS):
        end = min(begin + _SAMPLING_SECONDS, last)
        after = offset_at(end, zone)
        if after != offset:
            jumps.append((_jump_between(begin, end, offset, zone), after))
            offset = after
    return tuple(jumps)


def _jump_between(begin: int, end: int, offset: int, zone: tzinfo) -> int:
    """The first instant after `begin` with another offset than `offset`, which is that of `begin`."""
    while end - begin > 1:
        middle = (begin + end) // 2
        if offset_at(middle, zone) == offset:
            begin = middle
        else:
            end = middle
    return end


def _seconds(offset: timedelta | None) -> int:
    assert offset is not None, "a zone has an offset at every instant"
    return offset.days * _DAY + offset.seconds
