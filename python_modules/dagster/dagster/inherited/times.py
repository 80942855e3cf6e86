"""Times that know their zone."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo


@cache
def get_timezone(timezone_name: str) -> tzinfo:
    """The zone of that name in the tz database."""
    return timezone.utc if timezone_name == "UTC" else ZoneInfo(timezone_name)


def get_current_timestamp() -> float:
    """Seconds since the epoch."""
    return time.time()


def get_current_datetime(tz: str = "UTC") -> datetime:
    """Now, in that zone."""
    return datetime.now(get_timezone(tz))


def get_current_datetime_midnight(tz: str = "UTC") -> datetime:
    """The start of today in that zone."""
    return get_current_datetime(tz).replace(hour=0, minute=0, second=0, microsecond=0)


def datetime_from_timestamp(timestamp: float, tz: str | tzinfo = timezone.utc) -> datetime:
    """The time of seconds since the epoch, in that zone."""
    return datetime.fromtimestamp(timestamp, get_timezone(tz) if isinstance(tz, str) else tz)


def utc_datetime_from_naive(dt: datetime) -> datetime:
    """The same reading of the clock, in UTC."""
    return dt.replace(tzinfo=timezone.utc)


def create_datetime(year: int, month: int, day: int, *args: Any, tz: str = "UTC", **kwargs: Any) -> datetime:
    """As `datetime` makes it, in that zone."""
    return datetime(year, month, day, *args, **kwargs, tzinfo=get_timezone(tz))


def parse_time_string(datetime_str: str) -> datetime:
    """The time of a text in ISO 8601; UTC where it names no zone."""
    # Python 3.10 does not read the Z.
    parsed = datetime.fromisoformat(f"{datetime_str[:-1]}+00:00" if datetime_str.endswith("Z") else datetime_str)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=timezone.utc)


def add_absolute_time(dt: datetime, **amounts: float) -> datetime:
    """The time so many hours, minutes, seconds later, also where the clocks are changed in between."""
    return (dt.astimezone(timezone.utc) + timedelta(**amounts)).astimezone(dt.tzinfo)
