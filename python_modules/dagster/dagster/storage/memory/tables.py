"""The objects that hold everything, and how a batch of events enters them."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from dagster.events.entries import EventLogEntry
from dagster.events.records import EventLogRecord
from dagster.keys import AssetCheckKey, AssetKey
from dagster.runs.leases import Lease
from dagster.runs.runs import DagsterRun
from dagster.runs.statuses import FINISHED_STATUSES, may_move
from dagster.runs.tags import RUN_FAILURE_REASON_TAG
from dagster.runs.ticks import Tick
from dagster.storage.projections import (
    AssetMarks,
    Changes,
    CheckMarks,
    EventColumns,
    RunChange,
    StepMarks,
    changes_of,
    columns_of,
)
from dagster.storage.refusals import fenced

if TYPE_CHECKING:
    from dagster.runs.heartbeats import Heartbeat
    from dagster.runs.instigators import InstigatorState
    from dagster.runs.pools import PoolLimit, SlotClaim
    from dagster.storage.memory.changes import MemoryChanges


class StoredRun(msgspec.Struct):
    """A run with what is known of it; `run` carries the current status."""

    id: int
    run: DagsterRun
    created: float
    updated: float
    started: float | None = None
    ended: float | None = None


class StoredEvent(msgspec.Struct):
    """An event with its columns; they are emptied when its asset is wiped."""

    record: EventLogRecord
    columns: EventColumns
    attempt: int


class AssetRow(msgspec.Struct):
    """What is known of an asset, and the number under which it was first seen."""

    id: int
    marks: AssetMarks


class Writing:
    """Holds the lock of the tables, and tells that something was written when it lets go."""

    def __init__(self, lock: AbstractContextManager[Any], signals: set[MemoryChanges]) -> None:
        self._lock = lock
        self._signals = signals

    def __enter__(self) -> None:
        self._lock.__enter__()

    def __exit__(self, *raised: Any) -> None:
        self._lock.__exit__(*raised)
        for signal in list(self._signals):
            signal.committed()


class Tables:
    """All that is stored. Whoever reads holds `lock`, whoever writes is in `writing`."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.signals: set[MemoryChanges] = set()
        self.writing = Writing(self.lock, self.signals)
        self.runs: dict[str, StoredRun] = {}
        self.logs: dict[str, list[StoredEvent]] = {}
        self.by_type: dict[str, list[StoredEvent]] = {}
        self.by_asset: dict[AssetKey, list[StoredEvent]] = {}
        self.sequences: dict[tuple[str, int], dict[int, int]] = {}
        self.steps: dict[str, dict[str, StepMarks]] = {}
        self.assets: dict[AssetKey, AssetRow] = {}
        self.partitions: dict[AssetKey, dict[str, AssetMarks]] = {}
        self.checks: dict[AssetCheckKey, CheckMarks] = {}
        self.check_partitions: dict[tuple[AssetCheckKey, str], CheckMarks] = {}
        self.dynamic_partitions: dict[str, dict[str, int]] = {}
        self.ticks: dict[int, Tick] = {}
        self.leases: dict[str, Lease] = {}
        self.pool_limits: dict[str, PoolLimit] = {}
        self.pool_claims: dict[tuple[str, str, str], SlotClaim] = {}
        self.instigators: dict[str, InstigatorState] = {}
        self.run_keys: dict[tuple[str, str], str] = {}
        self.heartbeats: dict[tuple[str, str], Heartbeat] = {}
        self.notes: dict[str, str] = {}
        self.last_dynamic_partition_id = 0
        self.last_event_id = 0
        self.last_run_id = 0
        self.last_asset_id = 0
        self.last_tick_id = 0

    def check_attempt(self, run_ids: Iterable[str], attempt: int) -> None:
        """Raises DagsterRunFencedError if a newer attempt holds one of the runs."""
        for run_id in run_ids:
            stored = self.runs.get(run_id)
            if stored is not None and stored.run.attempt > attempt:
                raise fenced(run_id, attempt, stored.run.attempt)

    def add_run(self, run: DagsterRun, events: Sequence[EventLogEntry], now: float) -> list[int]:
        """Stores a new run and its first events."""
        self.last_run_id += 1
        self.runs[run.run_id] = StoredRun(self.last_run_id, run, now, now)
        return self.insert(events, run.attempt, None, now)

    def insert(self, entries: Sequence[EventLogEntry], attempt: int, first_sequence: int | None, now: float) -> list[int]:
        """Stores the entries that are new, and what they change."""
        known: dict[int, int] = {}
        if first_sequence is not None and entries:
            known = self.sequences.setdefault((entries[0].run_id, attempt), {})
        ids: list[int] = []
        added: list[EventLogRecord] = []
        for offset, entry in enumerate(entries):
            sequence = None if first_sequence is None else first_sequence + offset
            if sequence is not None and sequence in known:
                ids.append(known[sequence])
                continue
            self.last_event_id += 1
            record = EventLogRecord(self.last_event_id, entry)
            if sequence is not None:
                known[sequence] = record.storage_id
            self._index(record, attempt)
            ids.append(record.storage_id)
            added.append(record)
        self.apply(changes_of(added), attempt, now)
        return ids

    def _index(self, record: EventLogRecord, attempt: int) -> None:
        columns = columns_of(record.event_log_entry)
        stored = StoredEvent(record, columns, attempt)
        self.logs.setdefault(record.event_log_entry.run_id, []).append(stored)
        if columns.event_type is not None:
            self.by_type.setdefault(columns.event_type, []).append(stored)
        if columns.asset_key is not None:
            self.by_asset.setdefault(columns.asset_key, []).append(stored)

    def apply(self, changes: Changes, attempt: int, now: float) -> None:
        """Takes over what a batch changes."""
        for run_id, change in changes.runs.items():
            stored = self.runs.get(run_id)
            if stored is not None:
                _apply_run(stored, change, attempt, now)
        for (run_id, step_key), marks in changes.steps.items():
            steps = self.steps.setdefault(run_id, {})
            if (known := steps.setdefault(step_key, marks)) is not marks:
                known.add(marks)
        for key, asset in changes.assets.items():
            row = self.assets.get(key)
            if row is None:
                self.last_asset_id += 1
                self.assets[key] = AssetRow(self.last_asset_id, asset)
            else:
                row.marks.add(asset)
        for (key, partition), marks in changes.partitions.items():
            partitions = self.partitions.setdefault(key, {})
            if (known := partitions.setdefault(partition, marks)) is not marks:
                known.add(marks)
        for check, marks in changes.checks.items():
            if (known := self.checks.setdefault(check, marks)) is not marks:
                known.add(marks)
        for of_partition, marks in changes.check_partitions.items():
            if (known := self.check_partitions.setdefault(of_partition, marks)) is not marks:
                known.add(marks)

    def latest(self) -> set[int]:
        """The events by which assets, partitions and checks are known."""
        marks = [row.marks for row in self.assets.values()]
        marks += [mark for partitions in self.partitions.values() for mark in partitions.values()]
        found = {place for mark in marks for place in (mark.materialization_id, mark.observation_id, mark.planned_id)}
        of_checks = [*self.checks.values(), *self.check_partitions.values()]
        found |= {place for mark in of_checks for place in (mark.planned_id, mark.evaluation_id)}
        return {place for place in found if place is not None}

    def forget_run(self, run_id: str, but: Collection[int] = ()) -> None:
        """Removes a run, its events except some, and what only they said."""
        self.runs.pop(run_id, None)
        self.steps.pop(run_id, None)
        for held in [key for key in self.sequences if key[0] == run_id]:
            del self.sequences[held]
        self.drop({stored.record.storage_id for stored in self.logs.get(run_id, [])} - set(but))

    def drop(self, gone: Collection[int]) -> None:
        """Removes events and what only they said."""
        for lists in (self.logs, self.by_type):
            for events in lists.values():
                events[:] = [stored for stored in events if stored.record.storage_id not in gone]
        for key, events in list(self.by_asset.items()):
            left = [stored for stored in events if stored.record.storage_id not in gone]
            if len(left) < len(events):
                self.by_asset[key] = left
                self.replay(key)

    def replay(self, key: AssetKey) -> None:
        """Makes the projections of an asset anew from its events; without events it has none."""
        row = self.assets.pop(key, None)
        self.partitions.pop(key, None)
        for check in [check for check in self.checks if check.asset_key == key]:
            del self.checks[check]
        for of_partition in [each for each in self.check_partitions if each[0].asset_key == key]:
            del self.check_partitions[of_partition]
        changes = changes_of(stored.record for stored in self.by_asset.get(key, []))
        changes.runs.clear()
        changes.steps.clear()
        self.apply(changes, 0, 0.0)
        if row is not None and key in self.assets:
            self.assets[key].id = row.id


def _apply_run(stored: StoredRun, change: RunChange, attempt: int, now: float) -> None:
    newer = attempt > stored.run.attempt
    if (stored.run.status in FINISHED_STATUSES and not newer) or not may_move(stored.run.status, change.status):
        return
    tags = stored.run.tags
    if change.failure_reason is not None:
        tags = {**tags, RUN_FAILURE_REASON_TAG: change.failure_reason}
    stored.run = replace(stored.run, status=change.status, attempt=max(attempt, stored.run.attempt), tags=tags)
    stored.updated = now
    if change.start_time is not None:
        stored.started = change.start_time
    stored.ended = change.end_time
