"""The names of time windows: their start, written in a format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, timezone, tzinfo

from dagster.partitions.zones import EPOCH, instant_of, instant_of_wall, moment_of, offset_at

DAY_FORMAT = "%Y-%m-%d"
HOUR_FORMAT = "%Y-%m-%d-%H:%M"


class WindowKeys:
    """Writes and reads the keys of windows by their start.

    Of two starts that the clock shows alike, which only windows of elapsed hours have, the later one gets the offset from UTC
    behind it: `2024-11-03-01:00-0500`.

    Args:
        fmt: as for `strftime`.
        zone: in whose time a key is written.
        every_hour: whether one reading of the clock can be two starts.
    """

    __slots__ = ("every_hour", "fmt", "zone")

    fmt: str
    zone: tzinfo
    every_hour: bool

    def __init__(self, fmt: str, zone: tzinfo, every_hour: bool) -> None:
        self.fmt = fmt
        self.zone = zone
        self.every_hour = every_hour

    def key(self, start: int) -> str:
        """The key of the window that begins at the instant."""
        if self.zone is timezone.utc or (self.fmt == DAY_FORMAT and not self.every_hour):
            wall = EPOCH + timedelta(seconds=start + offset_at(start, self.zone))
            if self.fmt == DAY_FORMAT:
                return wall.isoformat()[:10]
            if self.fmt == HOUR_FORMAT:
                return wall.isoformat("-")[:16]
        moment = moment_of(start, self.zone)
        shown_again = self.every_hour and moment.fold and "%z" not in self.fmt
        return moment.strftime(self.fmt + "%z" if shown_again else self.fmt)

    def keys(self, starts: Iterable[int]) -> Iterator[str]:
        """The key of each."""
        return map(self.key, starts)

    def instant(self, key: str) -> int:
        """The first instant that the key can mean; a window begins there or later.

        Raises:
            ValueError: the key is not written in the format.
        """
        if self.fmt == DAY_FORMAT and len(key) == 10 and key[4] == key[7] == "-" and key.isascii():
            moment = datetime.fromisoformat(key)
            return instant_of_wall(int((moment - EPOCH).total_seconds()), self.zone)
        return int(instant_of(self._parsed(key), self.zone))

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
