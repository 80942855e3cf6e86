"""What the instance can be asked about ticks: what schedules, sensors and conditions said when they were asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dagster.instance.kept import Kept

if TYPE_CHECKING:
    from dagster.runs.ticks import Tick, TickFilter, TickRecord


class TickMethods(Kept):
    """Ticks: adding them, saying what became of them, finding them."""

    def add_tick(self, tick: Tick) -> TickRecord:
        """A new tick, stored."""
        from dagster.runs.ticks import TickRecord

        return TickRecord(self._storage.ticks.add(tick), tick)

    def update_tick(self, record: TickRecord) -> bool:
        """Stores what became of a tick; says whether it is still there."""
        return self._storage.ticks.update(record.tick_id, record.tick)

    def get_ticks(
        self, filters: TickFilter | None = None, cursor: int | None = None, limit: int | None = None, *, ascending: bool = False
    ) -> Sequence[TickRecord]:
        """The ticks that meet all conditions, newest first; `cursor` is the number of the last tick of the page before."""
        from dagster.runs.ticks import TickFilter

        return self._storage.ticks.ticks(filters or TickFilter(), cursor=cursor, limit=limit, ascending=ascending)

    def get_latest_ticks(self, selectors: Sequence[str]) -> Mapping[str, TickRecord]:
        """The newest tick of each of these schedules, sensors and conditions that has one, keyed by selector. One query."""
        return self._storage.ticks.latest(selectors)
