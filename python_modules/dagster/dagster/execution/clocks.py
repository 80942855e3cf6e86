"""The clock of a run: what waits for a time asks it, so that a test decides what time it is."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Says how late it is, and waits."""

    def now(self) -> float:
        """Seconds since any fixed moment; never goes back."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


class MonotonicClock:
    """The clock of this machine."""

    now = staticmethod(time.monotonic)

    def sleep(self, seconds: float) -> None:
        """Wait; an interrupt ends it."""
        time.sleep(max(0.0, seconds))


MONOTONIC_CLOCK = MonotonicClock()
