"""The clock by which storage tells time."""

from __future__ import annotations

import time


def now() -> float:
    """Seconds since the epoch, in whole microseconds: a `datetime` made of it and turned back is the same number."""
    return round(time.time(), 6)
