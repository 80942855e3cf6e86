"""Rests for Python's garbage collector while much is made that stays."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Generator[None, None, None]:
    """What is loaded or planned stays; looking through it again and again for garbage takes a tenth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def made_for_good() -> Generator[None, None, None]:
    """As `collector_at_rest`, for what a command loads: it stays until the process ends, so later collections leave it out.

    The first of them would come at once, and another one when the process ends.
    """
    with collector_at_rest():
        try:
            yield
        finally:
            gc.freeze()
