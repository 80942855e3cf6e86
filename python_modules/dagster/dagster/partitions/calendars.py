"""The instants at which windows begin: repeated wall times in a time zone, exact over both changes of the clock."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import timezone, tzinfo
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from dagster.partitions.wall_times import Cycle, WallTimes, is_hourly, wall_times
from dagster.partitions.zones import LARGEST_JUMP_SECONDS, Segment, segments, zone_named

NamesOfWalls = Callable[[WallTimes, int, int], list[str]]

_DAY = 86_400
_YEAR = 366 * _DAY
_MARGIN = 2 * LARGEST_JUMP_SECONDS


class _Piece(NamedTuple):
    """Starts of one segment: `jump` if it is one, then the wall times in [begin, end) minus `offset`.

    Those before `again` the clock shows for the second time.
    """

    jump: int | None
    begin: int
    end: int
    offset: int
    again: int


class _Steady(NamedTuple):
    """A time in which no jump is near: instants [begin, end), and wall seconds minus instant."""

    begin: int
    end: int
    offset: int


_begin_of = attrgetter("begin")
_FOR_EVER = _Steady(-(1 << 62), 1 << 62, 0)


class Calendar:
    """Instants at which windows begin, in whole seconds since the epoch.

    A cron string that names every hour counts elapsed time: an hour that the clock shows twice has two starts, one that
    it skips has none. Any other one names a time of the day: shown twice, it is the second showing; skipped, it is the
    instant of the jump, once. So each local day has one start of a daily calendar, each elapsed hour one of an hourly one.
    """

    __slots__ = ("_gap", "_steady", "every_hour", "times", "zone")

    times: WallTimes
    zone: tzinfo
    every_hour: bool
    _gap: int | None
    _steady: list[_Steady]

    def __init__(self, cron: str, zone: str) -> None:
        self.times = wall_times(cron)
        self.zone = zone_named(zone)
        self.every_hour = is_hourly(cron)
        self._steady = [_FOR_EVER] if self.zone is timezone.utc else []
        self._gap = self.times.period if isinstance(self.times, Cycle) and len(self.times.times) == 1 else None

    def at_or_after(self, instant: int) -> int | None:
        """The first start at or after the instant, None if there is none within fifty years."""
        steady = self._steady_at(instant)
        if steady is not None:
            wall = self.times.at_or_after(instant + steady.offset)
            if wall is not None and wall - steady.offset < steady.end:
                return wall - steady.offset
        guess = self.times.at_or_after(instant - _MARGIN)
        while guess is not None:
            end = max(guess, instant) + _MARGIN
            for piece in self._pieces(instant, end):
                if piece.jump is not None:
                    return piece.jump
                wall = self.times.at_or_after(piece.begin)
                if wall is not None and wall < piece.end:
                    return wall - piece.offset
            guess = self.times.at_or_after(end)
        return None

    def at_or_before(self, instant: int) -> int | None:
        """The last start at or before the instant, None if there is none within fifty years."""
        steady = self._steady_at(instant)
        if steady is not None:
            wall = self.times.at_or_before(instant + steady.offset)
            if wall is not None and wall - steady.offset >= steady.begin:
                return wall - steady.offset
        guess = self.times.at_or_before(instant + _MARGIN)
        while guess is not None:
            begin = min(guess, instant) - _MARGIN
            for piece in reversed(list(self._pieces(begin, instant + 1))):
                wall = self.times.at_or_before(piece.end - 1)
                if wall is not None and wall >= piece.begin:
                    return wall - piece.offset
                if piece.jump is not None:
                    return piece.jump
            guess = self.times.at_or_before(begin)
        return None

    def is_next(self, start: int, later: int) -> bool:
        """Whether of two starts the later one is the one that follows."""
        steady = self._steady_at(start) if self._gap is not None else None
        if steady is not None and later < steady.end:
            return later - start == self._gap
        return self.at_or_after(start + 1) == later

    def _steady_at(self, instant: int) -> _Steady | None:
        """The time around the instant in which no jump is near, None near a jump. Remembered: at most two for each year asked."""
        known = self._steady
        position = bisect_right(known, instant, key=_begin_of) - 1
        if position >= 0 and instant < known[position].end:
            return known[position]
        for segment in segments(instant - _YEAR, instant + _YEAR, self.zone):
            found = _Steady(segment.begin + _MARGIN, segment.end - _MARGIN, segment.offset)
            if found.begin <= instant < found.end:
                self._steady = sorted({*known, found})
                return found
        return None

    def between(self, begin: int, end: int) -> Iterator[int]:
        """The starts in [begin, end), in order."""
        for piece in self._pieces(begin, end):
            if piece.jump is not None:
                yield piece.jump
            for wall in self.times.between(piece.begin, piece.end):
                yield wall - piece.offset

    def names(self, begin: int, end: int, name: Callable[[int], str], names_of_walls: NamesOfWalls) -> list[str]:
        """What the starts in [begin, end) are called, in order.

        Args:
            begin: the first instant.
            end: the instant after the last.
            name: of a start, of whatever kind.
            names_of_walls: of the wall times in [begin, end), which the clock shows once, all at once.
        """
        found: list[str] = []
        for piece in self._pieces(begin, end, LARGEST_JUMP_SECONDS):
            if piece.jump is not None:
                found.append(name(piece.jump))
            once = min(max(piece.begin, piece.again), piece.end)
            found += [name(wall - piece.offset) for wall in self.times.between(piece.begin, once)]
            found += names_of_walls(self.times, once, piece.end)
        return found

    def count(self, begin: int, end: int) -> int:
        """How many starts there are in [begin, end). Cost: one step for each change of the clock, not for each start."""
        return sum(self.times.count(piece.begin, piece.end) + (piece.jump is not None) for piece in self._pieces(begin, end))

    def _pieces(self, begin: int, end: int, look_back_seconds: int = 1) -> Iterator[_Piece]:
        """The pieces of [begin, end); some may be empty.

        With the default a jump at `begin` itself is seen as one, with that of the largest jump also one which ends before `begin`
        and because of which times are shown again.
        """
        if begin >= end:
            return
        for segment in segments(begin - look_back_seconds, end, self.zone):
            piece = self._piece(segment)
            first, last = max(piece.begin, begin + piece.offset), min(piece.end, end + piece.offset)
            jump = piece.jump if piece.jump is not None and begin <= piece.jump < end else None
            yield _Piece(jump, first, max(first, last), piece.offset, piece.again)

    def _piece(self, segment: Segment) -> _Piece:
        begin, end = segment.begin + segment.offset, segment.end + segment.offset
        if self.every_hour:
            return _Piece(None, begin, end, segment.offset, max(begin, segment.begin + segment.offset_before))
        # Times shown again after the jump belong to the second showing.
        end = min(end, segment.end + segment.offset_after)
        # Where a whole day is skipped, its time is no time of another day.
        is_within_a_day = segment.offset - segment.offset_before < _DAY
        skipped = is_within_a_day and self.times.count(segment.begin + segment.offset_before, begin) > 0
        begin_after = begin + 1 if skipped else begin
        return _Piece(segment.begin if skipped else None, begin_after, end, segment.offset, begin_after)


@lru_cache(maxsize=256)
def calendar_of(cron: str, zone: str) -> Calendar:
    """The calendar of a valid cron string; a shared one."""
    return Calendar(cron, zone)
