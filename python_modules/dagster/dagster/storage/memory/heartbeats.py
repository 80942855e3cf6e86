"""Heartbeats in memory."""

from __future__ import annotations

from collections.abc import Sequence

from dagster.runs.heartbeats import Heartbeat
from dagster.storage.memory.tables import Tables


class MemoryHeartbeats:
    """The port `HeartbeatStore` over `Tables`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def beat(self, heartbeats: Sequence[Heartbeat]) -> None:
        """See `HeartbeatStore`."""
        with self._tables.writing:
            self._tables.heartbeats.update({(beat.loop, beat.holder): beat for beat in heartbeats})

    def heartbeats(self) -> list[Heartbeat]:
        """See `HeartbeatStore`."""
        with self._tables.lock:
            return sorted(self._tables.heartbeats.values(), key=lambda beat: (beat.loop, -beat.timestamp))

    def forget(self, before: float) -> None:
        """See `HeartbeatStore`."""
        with self._tables.writing:
            for place in [place for place, beat in self._tables.heartbeats.items() if beat.timestamp < before]:
                del self._tables.heartbeats[place]
