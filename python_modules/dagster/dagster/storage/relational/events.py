"""The log in the database."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from dagster.errors import DagsterRunFencedError
from dagster.events.entries import EventLogEntry
from dagster.events.records import EventLogRecord, EventRecordsFilter
from dagster.events.types import DagsterEventType
from dagster.keys import AssetCheckKey, AssetKey
from dagster.storage.clocks import now
from dagster.storage.ports import EventBatch, Touch
from dagster.storage.relational.databases import Database, Transaction
from dagster.storage.relational.rows import event_record
from dagster.storage.relational.writing import check_attempt, insert_entries


class RelationalEvents:
    """The port `EventStore` over a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, entries: Sequence[EventLogEntry], *, attempt: int = 0, first_sequence: int | None = None) -> list[int]:
        """See `EventStore`."""
        if not entries:
            return []

        def work(transaction: Transaction) -> list[int]:
            check_attempt(transaction, {entry.run_id for entry in entries}, attempt)
            return insert_entries(transaction, entries, attempt, first_sequence, now())

        return self._database.write(work)

    def append_safely(self, entries: Sequence[EventLogEntry], *, attempt: int, first_sequence: int) -> list[int] | None:
        """See `EventStore`."""
        return self.append(entries, attempt=attempt, first_sequence=first_sequence)

    def append_soon(self, entries: Sequence[EventLogEntry], *, attempt: int, first_sequence: int) -> None:
        """See `EventStore`."""
        self.append(entries, attempt=attempt, first_sequence=first_sequence)

    def append_all(self, batches: Sequence[EventBatch]) -> list[list[int] | DagsterRunFencedError]:
        """See `EventStore`."""

        def work(transaction: Transaction) -> list[list[int] | DagsterRunFencedError]:
            return [_inserted(transaction, batch) for batch in batches]

        return self._database.write(work)

    def run_log(
        self,
        run_id: str,
        *,
        after: int | None = None,
        before: int | None = None,
        types: Collection[DagsterEventType] | None = None,
        limit: int | None = None,
        ascending: bool = True,
    ) -> list[EventLogRecord]:
        """See `EventStore`. By `events_by_run`."""
        sql, members = self._database.sql, self._database.members
        asked: list[tuple[str, str, Any]] = [(sql.WHERE_EVENT_OF_RUN, "run_id", run_id)]
        if after is not None:
            asked.append((sql.WHERE_EVENT_AFTER, "after", after))
        if before is not None:
            asked.append((sql.WHERE_EVENT_BEFORE, "before", before))
        if types is not None:
            asked.append((sql.WHERE_EVENT_TYPE_IN, "event_types", members([kind.value for kind in types])))
        return self._records(asked, limit, ascending)

    def records(
        self,
        conditions: EventRecordsFilter,
        *,
        job_names: Collection[str] | None = None,
        limit: int | None = None,
        ascending: bool = False,
    ) -> list[EventLogRecord]:
        """See `EventStore`. By `events_by_asset`, without an asset by `events_by_type`."""
        sql, members = self._database.sql, self._database.members
        partitions = members(conditions.asset_partitions) if conditions.asset_partitions else None
        ids = members(conditions.storage_ids) if conditions.storage_ids is not None else None
        key = conditions.asset_key.to_string() if conditions.asset_key is not None else None
        asked = [
            (sql.WHERE_EVENT_TYPE, "event_type", conditions.event_type.value),
            (sql.WHERE_EVENT_OF_ASSET, "asset_key", key),
            (sql.WHERE_PARTITION_IN, "partitions", partitions),
            (sql.WHERE_EVENT_AFTER, "after", conditions.after_cursor),
            (sql.WHERE_EVENT_BEFORE, "before", conditions.before_cursor),
            (sql.WHERE_EVENT_LATER_THAN, "after_timestamp", conditions.after_timestamp),
            (sql.WHERE_EVENT_EARLIER_THAN, "before_timestamp", conditions.before_timestamp),
            (sql.WHERE_EVENT_ID_IN, "event_ids", ids),
            (sql.WHERE_EVENT_OF_JOB_IN, "job_names", members(job_names) if job_names is not None else None),
        ]
        return self._records([question for question in asked if question[2] is not None], limit, ascending)

    def check_records(
        self, key: AssetCheckKey, *, partition: str | None = None, before: int | None = None, limit: int
    ) -> list[EventLogRecord]:
        """See `EventStore`. By `events_by_check`."""
        sql, members = self._database.sql, self._database.members
        asked: list[tuple[str, str, Any]] = [
            (sql.WHERE_EVENT_OF_ASSET, "asset_key", key.asset_key.to_string()),
            (sql.WHERE_EVENT_OF_CHECK, "check_name", key.name),
            (sql.WHERE_PARTITION_IN, "partitions", members([partition]) if partition is not None else None),
            (sql.WHERE_EVENT_BEFORE, "before", before),
        ]
        return self._records([question for question in asked if question[2] is not None], limit, ascending=False)

    def latest_id(self) -> int:
        """See `EventStore`."""
        rows = self._database.read(self._database.sql.LATEST_EVENT_ID)
        return rows[0][0] if rows else 0

    def touched_after(self, after: int, limit: int) -> list[Touch]:
        """See `EventStore`."""
        sql = self._database.sql
        rows = self._database.read(f"{sql.TOUCHED_AFTER} {sql.LIMIT}", {"after": after, "limit": limit})
        return [Touch(row[0], row[1], row[2], AssetKey.from_db_string(row[3])) for row in rows]

    def _records(self, asked: Sequence[tuple[str, str, Any]], limit: int | None, ascending: bool) -> list[EventLogRecord]:
        sql = self._database.sql
        statement = f"{sql.EVENT} WHERE {' AND '.join(where for where, _, _ in asked)}"
        statement += f" ORDER BY events.id {'ASC' if ascending else 'DESC'}"
        parameters = {name: value for _, name, value in asked}
        if limit is not None:
            statement += f" {sql.LIMIT}"
            parameters["limit"] = limit
        return [event_record(row) for row in self._database.read(statement, parameters)]


def _inserted(transaction: Transaction, batch: EventBatch) -> list[int] | DagsterRunFencedError:
    try:
        check_attempt(transaction, {entry.run_id for entry in batch.entries}, batch.attempt)
    except DagsterRunFencedError as fenced:
        return fenced
    return insert_entries(transaction, batch.entries, batch.attempt, batch.first_sequence, now())
