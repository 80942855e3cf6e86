"""Waiting for a database that is away: restarted, cut off, on a full disk."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TypeVar

import msgspec

from dagster.errors import DagsterStorageAwayError

T = TypeVar("T")


class Patience(msgspec.Struct, frozen=True):
    """How long to wait for a database, and how often to look.

    Attributes:
        total_seconds: after this the error is raised.
        first_seconds: the first pause; each next one is twice as long.
        longest_seconds: no pause is longer.
    """

    total_seconds: float = 600.0
    first_seconds: float = 0.05
    longest_seconds: float = 2.0

    def pause(self, number: int, waited_seconds: float) -> float | None:
        """How long to pause before the next try, the first pause being number 0; None when the patience has ended."""
        if waited_seconds >= self.total_seconds:
            return None
        return min(self.first_seconds * 2 ** min(number, 20), self.longest_seconds)


NO_PATIENCE = Patience(0.0)


_of_thread = threading.local()


@contextmanager
def impatient() -> Generator[None, None, None]:
    """As long as the block lasts, what this thread asks of a database that is away fails at once."""
    before = getattr(_of_thread, "is_impatient", False)
    _of_thread.is_impatient = True
    try:
        yield
    finally:
        _of_thread.is_impatient = before


def patiently(
    attempt: Callable[[], T],
    passing: Callable[[Exception], str | None],
    patience: Patience,
    *,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> T:
    """What `attempt` gives, tried again while it fails for a reason that passes.

    Args:
        attempt: stores all or nothing.
        passing: the sentence about a failure that may pass by itself, None for any other.
        patience: when to look again.
        clock: seconds that only grow.
        sleep: pauses.

    Raises:
        DagsterStorageAwayError: the patience has ended.
    """
    patience = NO_PATIENCE if getattr(_of_thread, "is_impatient", False) else patience
    began: float | None = None
    number = 0
    while True:
        try:
            given = attempt()
        except Exception as failure:
            sentence = passing(failure)
            now = clock()
            began = now if began is None else began
            pause = patience.pause(number, now - began) if sentence is not None else None
            if sentence is None:
                raise
            if pause is None:
                raise DagsterStorageAwayError(str(failure)) from failure.__cause__
            if number == 0:
                _tell(f"{sentence} Waiting for it, up to {patience.total_seconds:.0f} seconds.")
            number += 1
        else:
            if began is not None:
                _tell(f"The database answers again, after {clock() - began:.1f} seconds.")
            return given
        sleep(pause)


def _tell(sentence: str) -> None:
    import logging

    logging.getLogger("dagster.storage").warning(sentence)
