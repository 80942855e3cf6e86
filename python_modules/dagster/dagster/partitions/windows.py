"""A stretch of time, and an instant that knows its zone."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import msgspec


class TimeWindow(NamedTuple):
    """The time from `start` up to, not including, `end`.

    Example:
        >>> from datetime import datetime, timezone
        >>> start, end = TimeWindow(datetime(2024, 1, 1, tzinfo=timezone.utc), datetime(2024, 1, 2, tzinfo=timezone.utc))
        >>> (end - start).days
        1
    """

    start: datetime
    end: datetime


class TimestampWithTimezone(msgspec.Struct, frozen=True):
    """An instant and the zone in which it is meant.

    Attributes:
        timestamp: seconds since the epoch.
        timezone: a name of the tz database.
    """

    timestamp: float
    timezone: str
