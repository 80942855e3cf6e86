"""Runs in the database."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from dagster.events.entries import EventLogEntry
from dagster.runs.processes import ProcessIdentity
from dagster.runs.runs import DagsterRun, RunRecord, RunsFilter
from dagster.runs.statuses import DagsterRunStatus
from dagster.runs.tags import BACKFILL_ID_TAG
from dagster.storage.projections import StepMarks, ends_again
from dagster.storage.refusals import check_run_order, fenced
from dagster.storage.relational.databases import Database, Transaction, joined, renamed
from dagster.storage.relational.rows import asset_key, run_record
from dagster.storage.relational.writing import insert_entries, insert_run, replace_body, replay, stored_run

_ORDERS = {
    "run_id": "runs.run_id",
    "status": "runs.status",
    "create_timestamp": "runs.create_timestamp",
    "update_timestamp": "runs.update_timestamp",
    "start_time": "coalesce(runs.start_time, 0)",
    "end_time": "coalesce(runs.end_time, 0)",
}


class RelationalRuns:
    """The port `RunStore` over a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = database.sql

    def add_run(self, run: DagsterRun, events: Sequence[EventLogEntry], now: float) -> list[int]:
        """See `RunStore`."""

        return self._database.write(lambda transaction: insert_run(transaction, run, events, now))

    def run(self, run_id: str) -> RunRecord | None:
        """See `RunStore`. By the unique index on `run_id`."""
        rows = self._database.read(f"{self._sql.RUN} WHERE {self._sql.WHERE_RUN_ID}", {"run_id": run_id})
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
        sql = self._sql
        place = None
        if cursor is not None:
            rows = self._database.read(sql.ROW_OF_RUN, {"run_id": cursor})
            if not rows:
                return []
            place = rows[0][0]
        by_tag = order_by == "id" and _is_one_tag(conditions)
        wheres, parameters = self._conditions(conditions, by_tag)
        if place is not None:
            wheres.append(sql.WHERE_RUN_AFTER if ascending else sql.WHERE_RUN_BEFORE)
            parameters["after_run" if ascending else "before_run"] = place
        direction = "ASC" if ascending else "DESC"
        order = f"{'run_tags.run' if by_tag else 'runs.id'} {direction}"
        if order_by != "id":
            order = f"{_ORDERS[order_by]} {direction}, {order}"
        statement = f"{sql.RUN_BY_TAG if by_tag else sql.RUN}{joined(wheres)} ORDER BY {order}"
        if limit is not None:
            statement += f" {sql.LIMIT}"
            parameters["limit"] = limit
        return [run_record(row) for row in self._database.read(statement, parameters)]

    def run_count(self, conditions: RunsFilter) -> int:
        """See `RunStore`."""
        wheres, parameters = self._conditions(conditions)
        return self._database.read(f"{self._sql.RUN_COUNT}{joined(wheres)}", parameters)[0][0]

    def add_run_tags(self, run_id: str, tags: Mapping[str, str], now: float) -> None:
        """See `RunStore`."""

        def work(transaction: Transaction) -> None:
            stored = stored_run(transaction, run_id)
            run = stored.dagster_run.with_tags({**stored.dagster_run.tags, **tags})
            replace_body(transaction, stored.storage_id, run, now)

        self._database.write(work)

    def replace_run(self, run: DagsterRun, now: float) -> None:
        """See `RunStore`."""

        def work(transaction: Transaction) -> None:
            stored = stored_run(transaction, run.run_id)
            if stored.dagster_run.attempt > run.attempt:
                raise fenced(run.run_id, run.attempt, stored.dagster_run.attempt)
            replace_body(transaction, stored.storage_id, run, now)

        self._database.write(work)

    def delete_run(self, run_id: str) -> None:
        """See `RunStore`."""
        this = {"run_id": run_id}

        def work(transaction: Transaction) -> None:
            sql = transaction.sql
            keys = [asset_key(row[0]) for row in transaction.ask(sql.ASSETS_OF_RUN, this)]
            for (row_id,) in transaction.ask(sql.ROW_OF_RUN, this):
                transaction.do(sql.UNTAG_RUN, {"run": row_id})
            for statement in (
                sql.DELETE_EVENTS,
                sql.DELETE_STEPS,
                sql.DELETE_RUN_KEYS_OF_RUN,
                sql.DELETE_CLAIMS_OF_RUN,
                sql.DELETE_RUN,
            ):
                transaction.do(statement, this)
            for key in keys:
                replay(transaction, key)

        self._database.write(work)

    def settle(
        self, run_id: str, attempt: int, statuses: Collection[DagsterRunStatus], events: Sequence[EventLogEntry], now: float
    ) -> bool:
        """See `RunStore`."""

        def work(transaction: Transaction) -> bool:
            held = transaction.ask(transaction.sql.HELD_ATTEMPT, {"run_id": run_id})
            if not held or held[0][0] != attempt or held[0][1] not in {status.value for status in statuses}:
                return False
            if ends_again(events, _step_marks(transaction.ask(transaction.sql.STEPS, {"run_id": run_id}))):
                return False
            run = stored_run(transaction, run_id)
            taken = {"run_id": run_id, "status": held[0][1], "attempt": attempt + 1, "now": now}
            transaction.do(transaction.sql.MOVE_RUN, {**taken, "start_time": None, "end_time": run.end_time})
            insert_entries(transaction, events, attempt + 1, None, now)
            return True

        return self._database.write(work)

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

        def work(transaction: Transaction) -> DagsterRun | None:
            held = transaction.ask(transaction.sql.HELD_ATTEMPT, {"run_id": run_id})
            if not held or held[0][0] != attempt or held[0][1] not in {status.value for status in statuses}:
                return None
            stored = stored_run(transaction, run_id)
            taken = replace(stored.dagster_run, attempt=attempt + 1, process=process)
            replace_body(transaction, stored.storage_id, taken, now)
            insert_entries(transaction, events, attempt + 1, None, now)
            return stored_run(transaction, run_id).dagster_run

        return self._database.write(work)

    def step_marks(self, run_id: str) -> dict[str, StepMarks]:
        """See `RunStore`. By the unique index on run and step."""
        return _step_marks(self._database.read(self._sql.STEPS, {"run_id": run_id}))

    def tag_keys(self) -> list[str]:
        """See `RunStore`. By the index on keys and values."""
        return [row[0] for row in self._database.read(self._sql.TAG_KEYS)]

    def tag_values(self, keys: Sequence[str], prefix: str | None = None, limit: int | None = None) -> list[tuple[str, str]]:
        """See `RunStore`. By the index on keys and values."""
        sql = self._sql
        wheres, parameters = [sql.WHERE_TAG_KEY_IN], {"tag_keys": self._database.members(keys)}
        if prefix:
            wheres.append(sql.WHERE_TAG_BEGINS)
            parameters |= {"value_prefix": prefix, "prefix_length": len(prefix)}
        statement = f"{sql.TAG_VALUES}{joined(wheres)} ORDER BY run_tags.key, run_tags.value"
        if limit is not None:
            statement += f" {sql.LIMIT}"
            parameters["limit"] = limit
        return [(key, value) for key, value in self._database.read(statement, parameters)]

    def _conditions(self, asked: RunsFilter, by_tag: bool = False) -> tuple[list[str], dict[str, Any]]:
        sql, members = self._sql, self._database.members
        wheres: list[str] = []
        parameters: dict[str, Any] = {}

        def add(where: str, parameter: str, value: Any) -> None:
            wheres.append(where)
            parameters[parameter] = value

        if asked.run_ids is not None:
            add(sql.WHERE_RUN_ID_IN, "run_ids", members(asked.run_ids))
        if asked.job_name is not None:
            add(sql.WHERE_JOB_NAME, "job_name", asked.job_name)
        if asked.statuses:
            add(sql.WHERE_STATUS_IN, "statuses", members([status.value for status in asked.statuses]))
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
            several = [values] if isinstance(values, str) else list(values)
            if by_tag:
                wheres.append(sql.WHERE_TAG)
                parameters |= {"tag_key": key, "tag_value": several[0]}
            else:
                # The condition once more for each tag, with parameters of its own.
                where = renamed(sql, sql.WHERE_TAG_IN, "tag_key", f"tag_key_{number}")
                wheres.append(renamed(sql, where, "tag_values", f"tag_values_{number}"))
                parameters |= {f"tag_key_{number}": key, f"tag_values_{number}": members(several)}
        return wheres, parameters


def _is_one_tag(asked: RunsFilter) -> bool:
    """Whether runs are asked for by one value of one tag: then the tag's index gives them in order, a page at a time."""
    return len(asked.tags) == 1 and all(isinstance(values, str) or len(values) == 1 for values in asked.tags.values())


def _step_marks(rows: Sequence[Sequence[Any]]) -> dict[str, StepMarks]:
    return {row[0]: StepMarks(*row[1:]) for row in rows}
