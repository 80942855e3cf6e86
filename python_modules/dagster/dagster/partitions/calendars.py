"""The instants at which windows begin: repeated wall times in a time zone, exact over both changes of the clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo
from functools import lru_cache
from typing import NamedTuple

from dagster.partitions.wall_times import WallTimes, is_hourly, wall_times
from dagster.partitions.zones import LARGEST_JUMP_SECONDS, Segment, segments, zone_named

_DAY = 86_400
_MARGIN = 2 * LARGEST_JUMP_SECONDS


class _Piece(NamedTuple):
    """Starts of one segment: `jump` if it is one, then the wall times in [begin, end) minus `offset`."""

    jump: int | None
    begin: int
    end: int
    offset: int


class Calendar:
    """Instants at which windows begin, in whole seconds since the epoch.

    A cron string that names every hour counts elapsed time: an hour that the clock shows twice has two starts, one that
    it skips has none. Any other one names a time of the day: shown twice, it is the second showing; skipped, it is the
    instant of the jump, once. So each local day has one start of a daily calendar, each elapsed hour one of an hourly one.
    """

    __slots__ = ("every_hour", "times", "zone")

    times: WallTimes
    zone: tzinfo
    every_hour: bool

    def __init__(self, cron: str, timezone: str) -> None:
        self.times = wall_times(cron)
        self.zone = zone_named(timezone)
        self.every_hour = is_hourly(cron)

    def at_or_after(self, instant: int) -> int | None:
        """The first start at or after the instant, None if there is none within fifty years."""
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

    def between(self, begin: int, end: int) -> Iterator[int]:
        """The starts in [begin, end), in order."""
        for piece in self._pieces(begin, end):
            if piece.jump is not None:
                yield piece.jump
            for wall in self.times.between(piece.begin, piece.end):
                yield wall - piece.offset

    def count(self, begin: int, end: int) -> int:
        """How many starts there are in [begin, end). Cost: one step for each change of the clock, not for each start."""
        return sum(self.times.count(piece.begin, piece.end) + (piece.jump is not None) for piece in self._pieces(begin, end))

    def _pieces(self, begin: int, end: int) -> Iterator[_Piece]:
        if begin >= end:
            return
        # From before the margin on, so that a jump at `begin` itself is seen as one.
        for segment in segments(begin - 1, end, self.zone):
            piece = self._piece(segment)
            first, last = max(piece.begin, begin + piece.offset), min(piece.end, end + piece.offset)
            jump = piece.jump if piece.jump is not None and begin <= piece.jump < end else None
            yield _Piece(jump, first, max(first, last), piece.offset)

    def _piece(self, segment: Segment) -> _Piece:
        begin, end = segment.begin + segment.offset, segment.end + segment.offset
        if self.every_hour:
            return _Piece(None, begin, end, segment.offset)
        # Times shown again after the jump belong to the second showing.
        end = min(end, segment.end + segment.offset_after)
        # Where a whole day is skipped, its time is no time of another day.
        is_within_a_day = segment.offset - segment.offset_before < _DAY
        skipped = is_within_a_day and self.times.count(segment.begin + segment.offset_before, begin) > 0
        return _Piece(segment.begin if skipped else None, begin + 1 if skipped else begin, end, segment.offset)


@lru_cache(maxsize=256)
def calendar_of(cron: str, timezone: str) -> Calendar:
    """The calendar of a valid cron string; a shared one."""
    return Calendar(cron, timezone)
