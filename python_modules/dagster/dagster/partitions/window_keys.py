"""The names of time windows: their start, written in a format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, timezone, tzinfo

from dagster.partitions.wall_times import Cycle, WallTimes
from dagster.partitions.zones import EPOCH, instant_of, instant_of_wall, moment_of

DAY_FORMAT = "%Y-%m-%d"
HOUR_FORMAT = "%Y-%m-%d-%H:%M"

_DAY = 86_400
_EPOCH_ORDINAL = EPOCH.toordinal()
# A day, then a time of the day, or a day alone.
_DAY_THEN_TIME = re.compile(r"((?:[^%]|%[Ymd])*)((?:%[HMS](?:[^%]|%[HMS])*)?)")


class WindowKeys:
    """Writes and reads the keys of windows by their start.

    Of two starts that the clock shows alike, which only windows of elapsed hours have, the later one gets the offset from UTC
    behind it: `2024-11-03-01:00-0500`.

    Args:
        fmt: as for `strftime`.
        zone: in whose time a key is written.
        every_hour: whether one reading of the clock can be two starts.
    """

    __slots__ = ("_after_iso_day", "_day_format", "_time_format", "_times", "every_hour", "fmt", "zone")

    fmt: str
    zone: tzinfo
    every_hour: bool

    def __init__(self, fmt: str, zone: tzinfo, every_hour: bool) -> None:
        self.fmt = fmt
        self.zone = zone
        self.every_hour = every_hour
        parts = _DAY_THEN_TIME.fullmatch(fmt)
        self._day_format, self._time_format = parts.groups() if parts is not None else (None, "")
        is_iso = parts is not None and parts[1].startswith(DAY_FORMAT) and "%" not in parts[1][len(DAY_FORMAT) :]
        self._after_iso_day = parts[1][len(DAY_FORMAT) :] if parts is not None and is_iso else None
        self._times: dict[int, str] = {}

    def key(self, start: int) -> str:
        """The key of the window that begins at the instant."""
        if self.zone is timezone.utc and self._day_format is not None:
            day, time = divmod(start, _DAY)
            return self._day(day) + self._time(time)
        moment = moment_of(start, self.zone)
        shown_again = self.every_hour and moment.fold and "%z" not in self.fmt
        if shown_again:
            return moment.strftime(self.fmt + "%z")
        if self.fmt == HOUR_FORMAT:
            return moment.isoformat("-")[:16]
        return moment.isoformat()[:10] if self.fmt == DAY_FORMAT else moment.strftime(self.fmt)

    def keys(self, starts: Iterable[int]) -> Iterator[str]:
        """The key of each."""
        return map(self.key, starts)

    def keys_of_walls(self, times: WallTimes, begin: int, end: int) -> list[str]:
        """The keys of all wall times in [begin, end), each of which the clock shows once."""
        if self._day_format is None:
            moments = (EPOCH + timedelta(seconds=wall) for wall in times.between(begin, end))
            return [moment.replace(tzinfo=self.zone).strftime(self.fmt) for moment in moments]
        if not _is_daily(times, begin, end):
            return self._of_part(times, begin, end)
        # Each day has the same times: they are written once.
        before, days, suffixes, after = self._days(times, begin, end)
        return [*before, *[day + suffix for day in days for suffix in suffixes], *after]

    def joined_keys_of_walls(self, times: WallTimes, begin: int, end: int) -> list[str]:
        """The same in fewer texts, each of one key or more with commas between."""
        if self._day_format is None or not _is_daily(times, begin, end):
            return self.keys_of_walls(times, begin, end)
        before, days, suffixes, after = self._days(times, begin, end)
        return [*before, *[day + f",{day}".join(suffixes) for day in days], *after]

    def _days(self, times: WallTimes, begin: int, end: int) -> tuple[list[str], list[str], list[str], list[str]]:
        """What [begin, end) consists of: keys before the first whole day, days, what follows each day, and keys after it."""
        first, last = -(-begin // _DAY), end // _DAY
        suffixes = [self._time(time) for time in times.between(0, _DAY)]
        days = [self._day(day) for day in range(first, last)]
        return self._of_part(times, begin, first * _DAY), days, suffixes, self._of_part(times, last * _DAY, end)

    def _of_part(self, times: WallTimes, begin: int, end: int) -> list[str]:
        return [self._day(wall // _DAY) + self._time(wall % _DAY) for wall in times.between(begin, end)]

    def _day(self, day: int) -> str:
        """The part of the key that names a day, counted from the epoch."""
        assert self._day_format is not None, "asked only of formats with a day and a time"
        moment = date.fromordinal(day + _EPOCH_ORDINAL)
        if self._after_iso_day is not None:
            return moment.isoformat() + self._after_iso_day
        return moment.strftime(self._day_format)

    def _time(self, second: int) -> str:
        """The part of the key that names a time of the day."""
        text = self._times.get(second)
        if text is None:
            text = self._times[second] = (EPOCH + timedelta(seconds=second)).strftime(self._time_format)
        return text

    def instant(self, key: str) -> int:
        """The first instant that the key can mean; a window begins there or later.

        Raises:
            ValueError: the key is not written in the format.
        """
        wall = self._plain_wall(key)
        return int(instant_of(self._parsed(key), self.zone)) if wall is None else instant_of_wall(wall, self.zone)

    def instant_of_own(self, key: str) -> int | None:
        """The same for a key of which the instant's own key is the same text; None where that is not seen at a glance.

        Raises:
            ValueError: there is no such day or time.
        """
        return self._plain_wall(key) if self.zone is timezone.utc else None

    def _plain_wall(self, key: str) -> int | None:
        """The time of the clock that a key in one of the two usual formats tells."""
        if self.fmt == DAY_FORMAT and len(key) == 10 and key[4] == key[7] == "-" and key.isascii():
            return (date.fromisoformat(key).toordinal() - _EPOCH_ORDINAL) * _DAY
        if self.fmt == HOUR_FORMAT and len(key) == 16 and key[4] == key[7] == key[10] == "-" and key[13] == ":" and key.isascii():
            return _wall(datetime.fromisoformat(f"{key[:10]}T{key[11:]}"))
        return None

    def _parsed(self, key: str) -> datetime:
        try:
            return datetime.strptime(key, self.fmt)  # noqa: DTZ007 - the zone is that of the definition
        except ValueError:
            if "%z" in self.fmt:
                raise
        try:
            return datetime.strptime(key, self.fmt + "%z")  # noqa: DTZ007 - it has one
        except ValueError:
            raise ValueError(f"{key!r} is not written like {self.fmt!r}") from None


def _wall(moment: datetime) -> int:
    since = moment - EPOCH
    return since.days * _DAY + since.seconds


def _is_daily(times: WallTimes, begin: int, end: int) -> bool:
    """Whether each day has the same times, and there may be a whole day between the two."""
    return isinstance(times, Cycle) and _DAY % times.period == 0 and -(-begin // _DAY) <= end // _DAY
