"""The port by which one learns that something was stored, whoever stored it."""

from __future__ import annotations

from typing import Protocol

import msgspec


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """Something was committed since the change before.

    Attributes:
        number: counts the changes that one watch told, from 1.
        latest_event_id: the highest storage id that is committed; every event up to it can be read. The same as before where
            something else was stored: a tick, a tag, a heartbeat.
    """

    number: int
    latest_event_id: int


class ChangeSignal(Protocol):
    """Tells that transactions were committed after it was made, by whatever process and thread. For one thread at a time.

    Several commits may be told as one, and a commit may be told that changed nothing; none is left out, unless the database was
    away, and then its return is told.
    """

    def wait(self, seconds: float) -> bool:
        """Whether something was committed since the last call; waits for it, for `seconds` at most."""
        ...

    def wake(self) -> None:
        """Have `wait` return at once; from any thread."""
        ...

    def close(self) -> None:
        """Give back what it holds; called when nobody waits."""
        ...
