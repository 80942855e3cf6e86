"""The starts of a definition's windows, as instants: which exist, which come next, how many there are."""

from __future__ import annotations

from collections.abc import Iterator

from dagster.partitions.calendars import Calendar
from dagster.partitions.wall_times import WallTimes
from dagster.partitions.zones import offset_at

# So many excluded windows in a row, or in so long a time, are taken for endlessly many.
_MOST_EXCLUDED_IN_A_ROW = 20_000
_LONGEST_EXCLUDED_SECONDS = 30 * 366 * 86_400


class WindowSeries:
    """Starts of windows, in whole seconds since the epoch, without the excluded ones. A window ends where the calendar goes on.

    Args:
        calendar: where windows begin.
        begin: before it no window of the definition begins.
        end: after it no window of the definition ends; None for ever.
        end_offset: how many windows more than those that are over exist; fewer, when negative.
        excluded_starts: instants at which no window begins.
        excluded_times: wall times at which none does.
    """

    __slots__ = ("_first", "begin", "calendar", "end", "end_offset", "excluded_starts", "excluded_times")

    def __init__(
        self,
        calendar: Calendar,
        begin: int,
        end: int | None = None,
        end_offset: int = 0,
        excluded_starts: frozenset[int] = frozenset(),
        excluded_times: tuple[WallTimes, ...] = (),
    ) -> None:
        self.calendar = calendar
        self.begin = begin
        self.end = end
        self.end_offset = end_offset
        self.excluded_starts = excluded_starts
        self.excluded_times = excluded_times
        self._first: tuple[int | None] | None = None

    @property
    def has_exclusions(self) -> bool:
        """Whether there are starts of the calendar at which no window begins."""
        return bool(self.excluded_starts or self.excluded_times)

    def first(self) -> int | None:
        """The first start of the definition. Looked for once: many may be excluded before it."""
        if self._first is None:
            self._first = (self.at_or_after(self.begin),)
        return self._first[0]

    def last(self, now: float) -> int | None:
        """The last start of a window that exists at `now`; it lies before the first one when none does."""
        last = self.moved(self.last_ended(now), self.end_offset)
        if self.end is None or last is None:
            return last
        last_of_all = self.last_ended(self.end)
        return None if last_of_all is None else min(last, last_of_all)

    def last_ended(self, now: float, exclusions: bool = True) -> int | None:
        """The start of the last window that is over at `now`."""
        current = self.calendar.at_or_before(int(now // 1))
        if current is None:
            return None
        return self.at_or_before(current - 1) if exclusions else self.calendar.at_or_before(current - 1)

    def moved(self, start: int | None, windows: int) -> int | None:
        """The start that lies so many windows later, or earlier when negative; None where there is none."""
        for _ in range(abs(windows)):
            if start is None:
                return None
            start = self.at_or_after(start + 1) if windows > 0 else self.at_or_before(start - 1)
        return start

    def at_or_after(self, instant: int) -> int | None:
        """The first start at or after the instant, whether the definition has begun or ended or not."""
        start = self.calendar.at_or_after(instant)
        for _ in range(_MOST_EXCLUDED_IN_A_ROW):
            if start is None or not self.is_excluded(start):
                return start
            if start - instant > _LONGEST_EXCLUDED_SECONDS:
                return None
            start = self.calendar.at_or_after(start + 1)
        return None

    def at_or_before(self, instant: int) -> int | None:
        """The last start at or before the instant, whether the definition has begun or ended or not."""
        start = self.calendar.at_or_before(instant)
        for _ in range(_MOST_EXCLUDED_IN_A_ROW):
            if start is None or not self.is_excluded(start):
                return start
            if instant - start > _LONGEST_EXCLUDED_SECONDS:
                return None
            start = self.calendar.at_or_before(start - 1)
        return None

    def is_next(self, start: int, later: int) -> bool:
        """Whether of two starts the later one is the one that follows."""
        return self.calendar.is_next(start, later) or (self.has_exclusions and self.at_or_after(start + 1) == later)

    def end_of(self, start: int) -> int:
        """The instant at which the window that begins at `start` ends."""
        end = self.calendar.at_or_after(start + 1)
        assert end is not None, "a calendar that has a start has a later one"
        return end

    def is_excluded(self, start: int) -> bool:
        """Whether no window begins at that start of the calendar."""
        if start in self.excluded_starts:
            return True
        if not self.excluded_times:
            return False
        wall = start + offset_at(start, self.calendar.zone)
        return any(wall in times for times in self.excluded_times)

    def between(self, begin: int, end: int) -> Iterator[int]:
        """The starts in [begin, end), in order."""
        starts = self.calendar.between(begin, end)
        if self.has_exclusions:
            return (start for start in starts if not self.is_excluded(start))
        return starts

    def count(self, begin: int, end: int) -> int:
        """How many starts there are in [begin, end). Cost: constant, but for excluded times, which are all looked at."""
        if self.excluded_times:
            return sum(1 for _ in self.between(begin, end))
        left_out = sum(begin <= start < end and self.calendar.at_or_after(start) == start for start in self.excluded_starts)
        return self.calendar.count(begin, end) - left_out
