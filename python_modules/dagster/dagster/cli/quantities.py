"""Times, durations and sizes as people read them."""

from __future__ import annotations

import datetime
import time


def local_time(timestamp: float | None) -> str:
    """Seconds since the epoch as local date and time; empty for None."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(timestamp)) if timestamp is not None else ""


def utc_text(timestamp: float | None) -> str | None:
    """Seconds since the epoch in ISO 8601, UTC."""
    if timestamp is None:
        return None
    return datetime.datetime.fromtimestamp(timestamp, datetime.timezone.utc).isoformat(timespec="milliseconds")


def duration(seconds: float | None) -> str:
    """`8 ms`, `2.5 s`, `3 min 5 s`, `2 h 10 min`; empty for None."""
    if seconds is None:
        return ""
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(int(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"


def size(size_bytes: int | None) -> str:
    """`812 B`, `3.4 kB`, `12.0 MB`, by thousands; empty for None."""
    if size_bytes is None:
        return ""
    if size_bytes < 1000:
        return f"{size_bytes} B"
    amount = float(size_bytes)
    for unit in ("kB", "MB", "GB"):
        amount /= 1000
        if amount < 999.95:
            return f"{amount:.1f} {unit}"
    return f"{amount / 1000:.1f} TB"


def count(number: int | None) -> str:
    """`1,234`; empty for None."""
    return "" if number is None else f"{number:,}"
