"""How a batch of events enters the database, inside of a transaction that others began."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dagster.events.entries import EventLogEntry
from dagster.events.records import EventLogRecord
from dagster.keys import AssetKey
from dagster.runs.runs import DagsterRun, RunRecord
from dagster.runs.statuses import FINISHED_STATUSES, DagsterRunStatus, may_move
from dagster.runs.tags import RUN_FAILURE_REASON_TAG
from dagster.storage.projections import Changes, RunChange, changes_of
from dagster.storage.refusals import fenced, no_run, run_exists
from dagster.storage.relational.databases import Transaction
from dagster.storage.relational.rows import body_of, check_row, event_record, event_row, marks_row, run_record, run_row, step_rows

_FINISHED = frozenset(status.value for status in FINISHED_STATUSES)


def check_attempt(transaction: Transaction, run_ids: Iterable[str], attempt: int) -> None:
    """Raises DagsterRunFencedError if a newer attempt holds one of the runs."""
    for run_id in run_ids:
        for held, _status in transaction.ask(transaction.sql.HELD_ATTEMPT, {"run_id": run_id}):
            if held > attempt:
                raise fenced(run_id, attempt, held)


def insert_run(transaction: Transaction, run: DagsterRun, events: Sequence[EventLogEntry], now: float) -> list[int]:
    """Stores a new run and its first events; gives the events' ids.

    Raises:
        DagsterRunAlreadyExists: there is a run with this id.
    """
    sql, this = transaction.sql, {"run_id": run.run_id}
    if transaction.ask(sql.ROW_OF_RUN, this):
        raise run_exists(run.run_id)
    transaction.do(sql.ADD_RUN, run_row(run, now))
    if run.tags:
        add_tags(transaction, transaction.ask(sql.ROW_OF_RUN, this)[0][0], run)
    return insert_entries(transaction, events, run.attempt, None, now)


def insert_entries(
    transaction: Transaction, entries: Sequence[EventLogEntry], attempt: int, first_sequence: int | None, now: float
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
    if not added:
        return ids
    sql = transaction.sql
    transaction.do_all(sql.ADD_EVENT, rows)
    if sql.TAKE_EVENT_IDS:
        transaction.do(sql.TAKE_EVENT_IDS, {"latest": added[-1].storage_id})
    apply_changes(transaction, changes_of(added), attempt, now)
    return ids


def latest_event_id(transaction: Transaction) -> int:
    """The highest storage id given so far, also if its event is gone; 0 before the first."""
    rows = transaction.ask(transaction.sql.LATEST_EVENT_ID)
    return rows[0][0] if rows else 0


def _stored_numbers(transaction: Transaction, entries: Sequence[EventLogEntry], attempt: int, first: int) -> dict[int, int]:
    asked = {"run_id": entries[0].run_id, "attempt": attempt, "first": first, "last": first + len(entries) - 1}
    return dict(transaction.ask(transaction.sql.STORED_NUMBERS, asked))


def apply_changes(transaction: Transaction, changes: Changes, attempt: int, now: float) -> None:
    """Takes over what a batch changes."""
    sql = transaction.sql
    for run_id, change in changes.runs.items():
        _move_run(transaction, run_id, change, attempt, now)
    if changes.steps:
        transaction.do_all(sql.MARK_STEP, step_rows(changes.steps))
    if changes.assets:
        transaction.do_all(sql.MARK_ASSET, [marks_row(marks, key) for key, marks in changes.assets.items()])
    if changes.partitions:
        rows = [marks_row(marks, key, partition) for (key, partition), marks in changes.partitions.items()]
        transaction.do_all(sql.MARK_PARTITION, rows)
    if changes.checks:
        transaction.do_all(sql.MARK_CHECK, [check_row(marks, check) for check, marks in changes.checks.items()])
    if changes.check_partitions:
        rows = [check_row(marks, check, partition) for (check, partition), marks in changes.check_partitions.items()]
        transaction.do_all(sql.MARK_CHECK_PARTITION, rows)


def _move_run(transaction: Transaction, run_id: str, change: RunChange, attempt: int, now: float) -> None:
    sql = transaction.sql
    for held, status in transaction.ask(sql.HELD_ATTEMPT, {"run_id": run_id}):
        if (status in _FINISHED and attempt <= held) or not may_move(DagsterRunStatus(status), change.status):
            return
        moved = {
            "run_id": run_id,
            "status": change.status.value,
            "attempt": max(attempt, held),
            "now": now,
            "start_time": change.start_time,
            "end_time": change.end_time,
        }
        transaction.do(sql.MOVE_RUN, moved)
        if change.failure_reason is not None:
            stored = stored_run(transaction, run_id)
            tags = {**stored.dagster_run.tags, RUN_FAILURE_REASON_TAG: change.failure_reason}
            replace_body(transaction, stored.storage_id, stored.dagster_run.with_tags(tags), now)


def stored_run(transaction: Transaction, run_id: str) -> RunRecord:
    """The run as it is stored.

    Raises:
        DagsterRunNotFoundError: there is no such run.
    """
    sql = transaction.sql
    rows = transaction.ask(f"{sql.RUN} WHERE {sql.WHERE_RUN_ID}", {"run_id": run_id})
    if not rows:
        raise no_run(run_id)
    return run_record(rows[0])


def replace_body(transaction: Transaction, row_id: int, run: DagsterRun, now: float) -> None:
    """Stores another body for a run, with its tags."""
    parameters = {"run_id": run.run_id, "body": body_of(run), "attempt": run.attempt, "now": now}
    transaction.do(transaction.sql.REPLACE_RUN, parameters)
    transaction.do(transaction.sql.UNTAG_RUN, {"run": row_id})
    add_tags(transaction, row_id, run)


def add_tags(transaction: Transaction, row_id: int, run: DagsterRun) -> None:
    """Makes a run found by its tags."""
    rows = [{"run": row_id, "key": key, "value": value} for key, value in run.tags.items()]
    if rows:
        transaction.do_all(transaction.sql.TAG_RUN, rows)


def replay(transaction: Transaction, key: AssetKey) -> None:
    """Makes the projections of an asset anew from its events; without events it has none."""
    sql, this = transaction.sql, {"asset_key": key.to_string()}
    rows = transaction.ask(sql.ASSET_ID, this)
    for statement in (sql.DELETE_ASSET, sql.DELETE_PARTITIONS, sql.DELETE_CHECKS, sql.DELETE_CHECK_PARTITIONS):
        transaction.do(statement, this)
    changes = changes_of(event_record(found) for found in transaction.ask(sql.EVENTS_OF_ASSET, this))
    changes.runs.clear()
    changes.steps.clear()
    apply_changes(transaction, changes, 0, 0.0)
    if rows:
        transaction.do(sql.SET_ASSET_ID, {**this, "id": rows[0][0]})
