"""How a batch of events enters the file, inside of a transaction that others began."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dagster.events.entries import EventLogEntry
from dagster.events.records import EventLogRecord
from dagster.keys import AssetKey
from dagster.runs.runs import DagsterRun
from dagster.runs.statuses import FINISHED_STATUSES
from dagster.runs.tags import RUN_FAILURE_REASON_TAG
from dagster.storage.projections import Changes, RunChange, changes_of
from dagster.storage.refusals import fenced
from dagster.storage.sqlite.rows import body_of, event_record, event_row, marks_row, run_record
from dagster.storage.statements import sqlite as sql

_FINISHED = frozenset(status.value for status in FINISHED_STATUSES)


def check_attempt(transaction: sqlite3.Connection, run_ids: Iterable[str], attempt: int) -> None:
    """Raises DagsterRunFencedError if a newer attempt holds one of the runs."""
    for run_id in run_ids:
        held = transaction.execute(sql.HELD_ATTEMPT, {"run_id": run_id}).fetchone()
        if held is not None and held[0] > attempt:
            raise fenced(run_id, attempt, held[0])


def insert_entries(
    transaction: sqlite3.Connection, entries: Sequence[EventLogEntry], attempt: int, first_sequence: int | None, now: float
) -> list[int]:
    """Stores the entries that are new, and what they change; gives the ids of all. The right of `attempt` has been checked."""
    if not entries:
        return []
    known = {} if first_sequence is None else _stored_numbers(transaction, entries, attempt, first_sequence)
    next_id = latest_event_id(transaction) + 1
    ids: list[int] = []
    added: list[EventLogRecord] = []
    rows: list[Mapping[str, Any]] = []
    for offset, entry in enumerate(entries):
        sequence = None if first_sequence is None else first_sequence + offset
        storage_id = known.get(sequence) if sequence is not None else None
        if storage_id is None:
            storage_id = next_id + len(added)
            added.append(EventLogRecord(storage_id, entry))
            rows.append(event_row(storage_id, entry, attempt, sequence))
        ids.append(storage_id)
    transaction.executemany(sql.ADD_EVENT, rows)
    apply_changes(transaction, changes_of(added), attempt, now)
    return ids


def latest_event_id(connection: sqlite3.Connection) -> int:
    """The highest storage id given so far, also if its event is gone; 0 before the first."""
    row = connection.execute(sql.LATEST_EVENT_ID).fetchone()
    return row[0] if row is not None else 0


def _stored_numbers(
    transaction: sqlite3.Connection, entries: Sequence[EventLogEntry], attempt: int, first: int
) -> dict[int, int]:
    asked = {"run_id": entries[0].run_id, "attempt": attempt, "first": first, "last": first + len(entries) - 1}
    return dict(transaction.execute(sql.STORED_NUMBERS, asked).fetchall())


def apply_changes(transaction: sqlite3.Connection, changes: Changes, attempt: int, now: float) -> None:
    """Takes over what a batch changes."""
    for run_id, change in changes.runs.items():
        _move_run(transaction, run_id, change, attempt, now)
    steps = [
        {
            "run_id": run_id,
            "step_key": step_key,
            "status": marks.status,
            "start_time": marks.start_time,
            "end_time": marks.end_time,
            "attempts": marks.attempts,
        }
        for (run_id, step_key), marks in changes.steps.items()
    ]
    if steps:
        transaction.executemany(sql.MARK_STEP, steps)
    if changes.assets:
        transaction.executemany(sql.MARK_ASSET, [marks_row(marks, key) for key, marks in changes.assets.items()])
    if changes.partitions:
        rows = [marks_row(marks, key, partition) for (key, partition), marks in changes.partitions.items()]
        transaction.executemany(sql.MARK_PARTITION, rows)
    for check, marks in changes.checks.items():
        row = {
            "asset_key": check.asset_key.to_string(),
            "check_name": check.name,
            "planned_id": marks.planned_id,
            "planned_run_id": marks.planned_run_id,
            "evaluation_id": marks.evaluation_id,
            "evaluation_run_id": marks.evaluation_run_id,
            "passed": marks.passed,
        }
        transaction.execute(sql.MARK_CHECK, row)


def _move_run(transaction: sqlite3.Connection, run_id: str, change: RunChange, attempt: int, now: float) -> None:
    held = transaction.execute(sql.HELD_ATTEMPT, {"run_id": run_id}).fetchone()
    if held is None or (held[1] in _FINISHED and attempt <= held[0]):
        return
    moved = {
        "run_id": run_id,
        "status": change.status.value,
        "attempt": max(attempt, held[0]),
        "now": now,
        "start_time": change.start_time,
        "end_time": change.end_time,
    }
    transaction.execute(sql.MOVE_RUN, moved)
    if change.failure_reason is not None:
        stored = run_record(transaction.execute(f"{sql.RUN} WHERE {sql.WHERE_RUN_ID}", {"run_id": run_id}).fetchone())
        tags = {**stored.dagster_run.tags, RUN_FAILURE_REASON_TAG: change.failure_reason}
        replace_body(transaction, stored.storage_id, stored.dagster_run.with_tags(tags), now)


def replace_body(transaction: sqlite3.Connection, row_id: int, run: DagsterRun, now: float) -> None:
    """Stores another body for a run, with its tags."""
    parameters = {"run_id": run.run_id, "body": body_of(run), "attempt": run.attempt, "now": now}
    transaction.execute(sql.REPLACE_RUN, parameters)
    transaction.execute(sql.UNTAG_RUN, {"run": row_id})
    add_tags(transaction, row_id, run)


def add_tags(transaction: sqlite3.Connection, row_id: int, run: DagsterRun) -> None:
    """Makes a run found by its tags."""
    rows = [{"run": row_id, "key": key, "value": value} for key, value in run.tags.items()]
    if rows:
        transaction.executemany(sql.TAG_RUN, rows)


def replay(transaction: sqlite3.Connection, key: AssetKey) -> None:
    """Makes the projections of an asset anew from its events; without events it has none."""
    this = {"asset_key": key.to_string()}
    row = transaction.execute(sql.ASSET_ID, this).fetchone()
    for statement in (sql.DELETE_ASSET, sql.DELETE_PARTITIONS, sql.DELETE_CHECKS):
        transaction.execute(statement, this)
    changes = changes_of(event_record(found) for found in transaction.execute(sql.EVENTS_OF_ASSET, this).fetchall())
    changes.runs.clear()
    changes.steps.clear()
    apply_changes(transaction, changes, 0, 0.0)
    if row is not None:
        transaction.execute(sql.SET_ASSET_ID, {**this, "id": row[0]})
