"""Runs in the file."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from dagster.events.entries import EventLogEntry
from dagster.runs.runs import DagsterRun, RunRecord, RunsFilter
from dagster.runs.statuses import DagsterRunStatus
from dagster.runs.tags import BACKFILL_ID_TAG
from dagster.storage.projections import StepMarks
from dagster.storage.refusals import check_run_order, fenced, no_run, run_exists
from dagster.storage.sqlite.connections import SqliteFile
from dagster.storage.sqlite.rows import asset_key, one_of, run_record, run_row
from dagster.storage.sqlite.writing import add_tags, insert_entries, replace_body, replay
from dagster.storage.statements import sqlite as sql

_RUN_BY_ID = f"{sql.RUN} WHERE {sql.WHERE_RUN_ID}"


class SqliteRuns:
    """The port `RunStore` over a file."""

    def __init__(self, file: SqliteFile) -> None:
        self._file = file

    def add_run(self, run: DagsterRun, events: Sequence[EventLogEntry], now: float) -> list[int]:
        """See `RunStore`."""
        with self._file.write() as transaction:
            try:
                row_id = transaction.execute(sql.ADD_RUN, run_row(run, now)).lastrowid
            except sqlite3.IntegrityError as known:
                raise run_exists(run.run_id) from known
            assert row_id is not None, "an insert gives the id of its row"
            add_tags(transaction, row_id, run)
            return insert_entries(transaction, events, run.attempt, None, now)

    def run(self, run_id: str) -> RunRecord | None:
        """See `RunStore`. By the unique index on `run_id`."""
        rows = self._file.read(_RUN_BY_ID, {"run_id": run_id})
        return run_record(rows[0]) if rows else None

    def runs(
        self,
        conditions: RunsFilter,
        *,
        cursor: str | None = None,
        limit: int | None = None,
        order_by: str = "id",
        ascending: bool = False,
    ) -> list[RunRecord]:
        """See `RunStore`. By the primary key, `runs_by_status`, `runs_by_job`, `runs_by_update` or `run_tags_by_value`."""
        check_run_order(order_by)
        wheres, parameters = _conditions(conditions)
        if cursor is not None:
            place = self.run(cursor)
            if place is None:
                return []
            wheres.append(sql.WHERE_RUN_AFTER if ascending else sql.WHERE_RUN_BEFORE)
            parameters["after_run" if ascending else "before_run"] = place.storage_id
        direction = "ASC" if ascending else "DESC"
        order = f"runs.id {direction}" if order_by == "id" else f"coalesce(runs.{order_by}, 0) {direction}, runs.id {direction}"
        statement = f"{sql.RUN}{_where(wheres)} ORDER BY {order}"
        if limit is not None:
            statement += " LIMIT :limit"
            parameters["limit"] = limit
        return [run_record(row) for row in self._file.read(statement, parameters)]

    def run_count(self, conditions: RunsFilter) -> int:
        """See `RunStore`."""
        wheres, parameters = _conditions(conditions)
        return self._file.read(f"{sql.RUN_COUNT}{_where(wheres)}", parameters)[0][0]

    def add_run_tags(self, run_id: str, tags: Mapping[str, str], now: float) -> None:
        """See `RunStore`."""
        with self._file.write() as transaction:
            stored = _stored(transaction, run_id)
            run = stored.dagster_run.with_tags({**stored.dagster_run.tags, **tags})
            replace_body(transaction, stored.storage_id, run, now)

    def replace_run(self, run: DagsterRun, now: float) -> None:
        """See `RunStore`."""
        with self._file.write() as transaction:
            stored = _stored(transaction, run.run_id)
            if stored.dagster_run.attempt > run.attempt:
                raise fenced(run.run_id, run.attempt, stored.dagster_run.attempt)
            replace_body(transaction, stored.storage_id, run, now)

    def delete_run(self, run_id: str) -> None:
        """See `RunStore`."""
        this = {"run_id": run_id}
        with self._file.write() as transaction:
            keys = [asset_key(row[0]) for row in transaction.execute(sql.ASSETS_OF_RUN, this).fetchall()]
            row = transaction.execute(_RUN_BY_ID, this).fetchone()
            if row is not None:
                transaction.execute(sql.UNTAG_RUN, {"run": row[0]})
            for statement in (sql.DELETE_EVENTS, sql.DELETE_STEPS, sql.DELETE_RUN):
                transaction.execute(statement, this)
            for key in keys:
                replay(transaction, key)

    def settle(
        self, run_id: str, attempt: int, statuses: Collection[DagsterRunStatus], events: Sequence[EventLogEntry], now: float
    ) -> bool:
        """See `RunStore`."""
        with self._file.write() as transaction:
            held = transaction.execute(sql.HELD_ATTEMPT, {"run_id": run_id}).fetchone()
            if held is None or held[0] != attempt or held[1] not in {status.value for status in statuses}:
                return False
            run = _stored(transaction, run_id)
            taken = {"run_id": run_id, "status": held[1], "attempt": attempt + 1, "now": now}
            transaction.execute(sql.MOVE_RUN, {**taken, "start_time": None, "end_time": run.end_time})
            insert_entries(transaction, events, attempt + 1, None, now)
            return True

    def step_marks(self, run_id: str) -> dict[str, StepMarks]:
        """See `RunStore`. By the unique index on run and step."""
        return {row[0]: StepMarks(*row[1:]) for row in self._file.read(sql.STEPS, {"run_id": run_id})}


def _stored(transaction: sqlite3.Connection, run_id: str) -> RunRecord:
    row = transaction.execute(_RUN_BY_ID, {"run_id": run_id}).fetchone()
    if row is None:
        raise no_run(run_id)
    return run_record(row)


def _where(wheres: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(wheres)}" if wheres else ""


def _conditions(asked: RunsFilter) -> tuple[list[str], dict[str, Any]]:
    wheres: list[str] = []
    parameters: dict[str, Any] = {}

    def add(where: str, parameter: str, value: Any) -> None:
        wheres.append(where)
        parameters[parameter] = value

    if asked.run_ids is not None:
        add(sql.WHERE_RUN_ID_IN, "run_ids", one_of(asked.run_ids))
    if asked.job_name is not None:
        add(sql.WHERE_JOB_NAME, "job_name", asked.job_name)
    if asked.statuses:
        add(sql.WHERE_STATUS_IN, "statuses", one_of([status.value for status in asked.statuses]))
    if asked.snapshot_id is not None:
        add(sql.WHERE_SNAPSHOT_ID, "snapshot_id", asked.snapshot_id)
    if asked.exclude_subruns:
        add(sql.WHERE_NO_SUBRUN, "backfill_tag", BACKFILL_ID_TAG)
    for where, name, moment in (
        (sql.WHERE_UPDATED_AFTER, "updated_after", asked.updated_after),
        (sql.WHERE_UPDATED_BEFORE, "updated_before", asked.updated_before),
        (sql.WHERE_CREATED_AFTER, "created_after", asked.created_after),
        (sql.WHERE_CREATED_BEFORE, "created_before", asked.created_before),
    ):
        if moment is not None:
            add(where, name, moment.timestamp())
    for number, (key, values) in enumerate(asked.tags.items()):
        # The condition once more for each tag, with parameters of its own.
        wheres.append(sql.WHERE_TAG_IN.replace(":tag_key", f":tag_key_{number}").replace(":tag_values", f":tag_values_{number}"))
        parameters[f"tag_key_{number}"] = key
        parameters[f"tag_values_{number}"] = one_of([values] if isinstance(values, str) else values)
    return wheres, parameters
