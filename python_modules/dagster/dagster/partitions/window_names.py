"""Many windows and their keys at once: all keys of a time, and the windows that many keys name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from dagster.partitions.calendars import Calendar
from dagster.partitions.joined_keys import JoinedKeys, common_length, shared_runs
from dagster.partitions.window_keys import WindowKeys
from dagster.partitions.window_series import WindowSeries

Stretch = tuple[int, int]
"""Instants [begin, end) within which windows start."""

# So few keys are read one by one.
_FEW = 8
# Keys are compared with all between the first and the last of them while these are at most so many times as many.
_MOST_COMPARED_TIMES = 10
# Keys in one text are compared in it where so many stand in a row on average.
_FEWEST_IN_A_ROW = 32
# Lists of so many keys are remembered, each with 13 megabytes at most; shorter ones are written faster than they are worth.
_FEWEST_REMEMBERED, _MOST_REMEMBERED = 1_000, 200_000


class WindowNames:
    """The windows of a series with their keys.

    Args:
        series: the windows.
        keys: how they are named.
    """

    __slots__ = ("keys", "series")

    def __init__(self, series: WindowSeries, keys: WindowKeys) -> None:
        self.series = series
        self.keys = keys

    def between(self, begin: int, end: int) -> list[str]:
        """The keys of the windows that start in [begin, end), in order. The lists asked for last are remembered."""
        calendar = self.series.calendar
        if self.series.has_exclusions or not _FEWEST_REMEMBERED < calendar.count(begin, end) <= _MOST_REMEMBERED:
            return self.listed(begin, end)
        return list(_remembered(calendar, self.keys.fmt, begin, end))

    def listed(self, begin: int, end: int) -> list[str]:
        """The same, not remembered."""
        if self.series.has_exclusions:
            return list(self.keys.keys(self.series.between(begin, end)))
        return _listed(self.series.calendar, self.keys, begin, end)

    def start(self, key: str) -> int:
        """The start that a key names, the next one where no window begins at the time that it tells.

        Raises:
            ValueError: the key is not written in the format.
        """
        start = self.series.at_or_after(self.keys.instant(key))
        if start is None:
            raise ValueError(key)
        return start

    def stretches(self, keys: Iterable[str], start: Callable[[str], int | None]) -> list[Stretch]:
        """The windows that keys name.

        Keys in a row are not read one by one, but compared with those of the windows there.

        Args:
            keys: in any order.
            start: of a key that is compared with none; None to leave it out.
        """
        in_text = self._stretches_of_text(keys) if isinstance(keys, JoinedKeys) else None
        if in_text is not None:
            return in_text
        ordered = sorted(keys)
        starts: list[int] = []
        found = list(self._found(ordered, start, starts))
        return [*found, *stretches_of_starts(self.series, sorted(set(starts)))]

    def _stretches_of_text(self, keys: JoinedKeys) -> list[Stretch] | None:
        """The same where most of the keys stand in rows that are sorted as the windows are; None elsewhere."""
        try:
            begin, end = self.keys.instant(keys.first), self.keys.instant(keys.last) + 1
        except ValueError:
            return None
        most = len(keys) // _FEWEST_IN_A_ROW
        if self.series.has_exclusions or not 0 < self.series.count(begin, end) <= _MOST_COMPARED_TIMES * len(keys):
            return None
        runs = shared_runs(_joined(self.series.calendar, self.keys.fmt, begin, end), keys, most)
        return None if runs is None else [(self.start(first), self.start(last) + 1) for first, last in runs]

    def _found(self, ordered: Sequence[str], start: Callable[[str], int | None], starts: list[int]) -> Iterator[Stretch]:
        """Stretches of keys sorted as texts; the starts of single ones are appended to `starts`.

        Texts in order are times in order in most formats. In others it only takes longer.
        """
        ends = [start(ordered[0]), start(ordered[-1])] if len(ordered) > _FEW else []
        known = sorted(each for each in ends if each is not None)
        if len(known) < 2:
            starts.extend(each for each in map(start, ordered) if each is not None)
            return
        begin, end = known[0], known[1] + 1
        if self.series.count(begin, end) > _MOST_COMPARED_TIMES * len(ordered):
            middle = len(ordered) // 2
            yield from self._found(ordered[:middle], start, starts)
            yield from self._found(ordered[middle:], start, starts)
            return
        names = self.between(begin, end)
        others: list[str] = []
        for first, last in common_runs(names, ordered, others):
            yield self.start(names[first]), self.start(names[last - 1]) + 1
        starts.extend(each for each in map(start, others) if each is not None)


@lru_cache(maxsize=16)
def _remembered(calendar: Calendar, fmt: str, begin: int, end: int) -> Sequence[str]:
    return tuple(_listed(calendar, WindowKeys(fmt, calendar.zone, calendar.every_hour), begin, end))


@lru_cache(maxsize=8)
def _joined(calendar: Calendar, fmt: str, begin: int, end: int) -> str:
    """The names with commas between: a sixth of the memory of the list."""
    keys = WindowKeys(fmt, calendar.zone, calendar.every_hour)
    return ",".join(calendar.names(begin, end, keys.key, keys.joined_keys_of_walls))


def _listed(calendar: Calendar, keys: WindowKeys, begin: int, end: int) -> list[str]:
    return calendar.names(begin, end, keys.key, keys.keys_of_walls)


def common_runs(names: Sequence[str], ordered: Sequence[str], others: list[str]) -> Iterator[tuple[int, int]]:
    """The positions [first, last) of names in a row that are all among the sorted texts; the texts found in none go to `others`.

    Lists are compared piece by piece, which costs less than looking each text up. Where names are not in the order of texts,
    some of them may be missed: their texts go to `others`, too.
    """
    at = place = 0
    while place < len(ordered):
        at = bisect_left(names, ordered[place], at)
        length = common_length(names, at, ordered, place)
        if length:
            yield at, at + length
        else:
            others.append(ordered[place])
        at, place = at + length, place + max(length, 1)


def runs(mask: bytes) -> Iterator[tuple[int, int]]:
    """The positions [first, last) of ones in a row, in a text of zeros and ones."""
    first = mask.find(1)
    while first >= 0:
        last = mask.find(0, first)
        if last < 0:
            last = len(mask)
        yield first, last
        first = mask.find(1, last)


def stretches_of_starts(series: WindowSeries, starts: Sequence[int]) -> Iterator[Stretch]:
    """Sorted starts as stretches."""
    if not starts:
        return
    begin = last = starts[0]
    if len(starts) > _FEW and series.count(begin, starts[-1] + 1) == len(starts):
        yield begin, starts[-1] + 1
        return
    for start in starts[1:]:
        if not series.is_next(last, start):
            yield begin, last + 1
            begin = start
        last = start
    yield begin, last + 1
