"""Ticks in memory."""

from __future__ import annotations

from collections.abc import Sequence

from dagster.runs.ticks import Tick, TickFilter, TickRecord
from dagster.storage.memory.tables import Tables


class MemoryTicks:
    """The port `TickStore` over `Tables`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, tick: Tick) -> int:
        """See `TickStore`."""
        with self._tables.writing:
            self._tables.last_tick_id += 1
            self._tables.ticks[self._tables.last_tick_id] = tick
            return self._tables.last_tick_id

    def update(self, tick_id: int, tick: Tick) -> bool:
        """See `TickStore`."""
        with self._tables.writing:
            if tick_id not in self._tables.ticks:
                return False
            self._tables.ticks[tick_id] = tick
            return True

    def ticks(
        self, conditions: TickFilter, *, cursor: int | None = None, limit: int | None = None, ascending: bool = False
    ) -> list[TickRecord]:
        """See `TickStore`."""
        with self._tables.lock:
            found = [TickRecord(place, tick) for place, tick in self._tables.ticks.items() if _meets(tick, conditions)]
        if cursor is not None:
            found = [record for record in found if (record.tick_id > cursor if ascending else record.tick_id < cursor)]
        return (found if ascending else found[::-1])[:limit]

    def latest(self, selectors: Sequence[str]) -> dict[str, TickRecord]:
        """See `TickStore`."""
        wanted = set(selectors)
        with self._tables.lock:
            ticks = self._tables.ticks.items()
            return {tick.selector: TickRecord(place, tick) for place, tick in ticks if tick.selector in wanted}

    def prune(self, conditions: TickFilter) -> int:
        """See `TickStore`."""
        with self._tables.writing:
            newest = {tick.selector: place for place, tick in self._tables.ticks.items()}
            old = [
                place for place, tick in self._tables.ticks.items() if _meets(tick, conditions) and place != newest[tick.selector]
            ]
            for place in old:
                del self._tables.ticks[place]
            return len(old)


def _meets(tick: Tick, asked: TickFilter) -> bool:
    return (
        asked.instigator_type in (None, tick.instigator_type)
        and asked.selector in (None, tick.selector)
        and (not asked.statuses or tick.status in asked.statuses)
        and (asked.before is None or tick.timestamp < asked.before)
        and (asked.after is None or tick.timestamp > asked.after)
    )
