"""Runs in memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from msgspec.structs import replace

from dagster.events.entries import EventLogEntry
from dagster.runs.processes import ProcessIdentity
from dagster.runs.runs import DagsterRun, RunRecord, RunsFilter
from dagster.runs.statuses import DagsterRunStatus
from dagster.storage.memory.conditions import run_meets
from dagster.storage.memory.tables import StoredRun, Tables
from dagster.storage.projections import StepMarks, ends_again
from dagster.storage.refusals import check_run_order, fenced, no_run, run_exists


class MemoryRuns:
    """The port `RunStore` over `Tables`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add_run(self, run: DagsterRun, events: Sequence[EventLogEntry], now: float) -> list[int]:
        """See `RunStore`."""
        with self._tables.writing:
            if run.run_id in self._tables.runs:
                raise run_exists(run.run_id)
            return self._tables.add_run(run, events, now)

    def run(self, run_id: str) -> RunRecord | None:
        """See `RunStore`."""
        with self._tables.lock:
            stored = self._tables.runs.get(run_id)
            return _record(stored) if stored is not None else None

    def runs(
        self,
        conditions: RunsFilter,
        *,
        cursor: str | None = None,
        limit: int | None = None,
        order_by: str = "id",
        ascending: bool = False,
    ) -> list[RunRecord]:
        """See `RunStore`."""
        check_run_order(order_by)
        with self._tables.lock:
            found = [stored for stored in self._tables.runs.values() if run_meets(stored, conditions)]
            if cursor is not None:
                place = self._tables.runs.get(cursor)
                if place is None:
                    return []
                found = [stored for stored in found if (stored.id > place.id) == ascending and stored.id != place.id]
            found.sort(key=lambda stored: (_order(stored, order_by), stored.id), reverse=not ascending)
            return [_record(stored) for stored in found[:limit]]

    def run_count(self, conditions: RunsFilter) -> int:
        """See `RunStore`."""
        with self._tables.lock:
            return sum(run_meets(stored, conditions) for stored in self._tables.runs.values())

    def add_run_tags(self, run_id: str, tags: Mapping[str, str], now: float) -> None:
        """See `RunStore`."""
        with self._tables.writing:
            stored = self._stored(run_id)
            stored.run = stored.run.with_tags({**stored.run.tags, **tags})
            stored.updated = now

    def replace_run(self, run: DagsterRun, now: float) -> None:
        """See `RunStore`."""
        with self._tables.writing:
            stored = self._stored(run.run_id)
            if stored.run.attempt > run.attempt:
                raise fenced(run.run_id, run.attempt, stored.run.attempt)
            stored.run = replace(run, status=stored.run.status)
            stored.updated = now

    def delete_run(self, run_id: str) -> None:
        """See `RunStore`."""
        with self._tables.writing:
            self._tables.forget_run(run_id)
            for key in [key for key, started in self._tables.run_keys.items() if started == run_id]:
                del self._tables.run_keys[key]
            for place in [place for place in self._tables.pool_claims if place[1] == run_id]:
                del self._tables.pool_claims[place]

    def settle(
        self, run_id: str, attempt: int, statuses: Collection[DagsterRunStatus], events: Sequence[EventLogEntry], now: float
    ) -> bool:
        """See `RunStore`."""
        with self._tables.writing:
            stored = self._tables.runs.get(run_id)
            if stored is None or stored.run.attempt != attempt or stored.run.status not in statuses:
                return False
            if ends_again(events, self._tables.steps.get(run_id, {})):
                return False
            stored.run = replace(stored.run, attempt=attempt + 1)
            self._tables.insert(events, attempt + 1, None, now)
            return True

    def take(
        self,
        run_id: str,
        attempt: int,
        statuses: Collection[DagsterRunStatus],
        process: ProcessIdentity,
        events: Sequence[EventLogEntry],
        now: float,
    ) -> DagsterRun | None:
        """See `RunStore`."""
        with self._tables.writing:
            stored = self._tables.runs.get(run_id)
            if stored is None or stored.run.attempt != attempt or stored.run.status not in statuses:
                return None
            stored.run = replace(stored.run, attempt=attempt + 1, process=process)
            stored.updated = now
            self._tables.insert(events, attempt + 1, None, now)
            return stored.run

    def step_marks(self, run_id: str) -> dict[str, StepMarks]:
        """See `RunStore`."""
        with self._tables.lock:
            return {step_key: replace(marks) for step_key, marks in self._tables.steps.get(run_id, {}).items()}

    def tag_keys(self) -> list[str]:
        """See `RunStore`."""
        with self._tables.lock:
            return sorted({key for stored in self._tables.runs.values() for key in stored.run.tags})

    def tag_values(self, keys: Sequence[str], prefix: str | None = None, limit: int | None = None) -> list[tuple[str, str]]:
        """See `RunStore`."""
        with self._tables.lock:
            found = {tag for stored in self._tables.runs.values() for tag in stored.run.tags.items()}
        return sorted((key, value) for key, value in found if key in keys and value.startswith(prefix or ""))[:limit]

    def _stored(self, run_id: str) -> StoredRun:
        stored = self._tables.runs.get(run_id)
        if stored is None:
            raise no_run(run_id)
        return stored


def _order(stored: StoredRun, order_by: str) -> Any:
    moments = {
        "create_timestamp": stored.created,
        "update_timestamp": stored.updated,
        "start_time": stored.started or 0.0,
        "end_time": stored.ended or 0.0,
    }
    if order_by in moments:
        return moments[order_by]
    return {"id": stored.id, "run_id": stored.run.run_id, "status": stored.run.status.value}[order_by]


def _record(stored: StoredRun) -> RunRecord:
    return RunRecord(
        storage_id=stored.id,
        dagster_run=stored.run,
        create_timestamp=datetime.fromtimestamp(stored.created, timezone.utc),
        update_timestamp=datetime.fromtimestamp(stored.updated, timezone.utc),
        start_time=stored.started,
        end_time=stored.ended,
    )
