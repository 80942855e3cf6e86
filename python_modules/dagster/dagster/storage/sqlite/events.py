"""The log in the file."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from typing import Any

from dagster.events.entries import EventLogEntry
from dagster.events.records import EventLogRecord, EventRecordsFilter
from dagster.events.types import DagsterEventType
from dagster.storage.sqlite.connections import SqliteFile
from dagster.storage.sqlite.rows import event_record, one_of
from dagster.storage.sqlite.writing import check_attempt, insert_entries
from dagster.storage.statements import sqlite as sql


class SqliteEvents:
    """The port `EventStore` over a file."""

    def __init__(self, file: SqliteFile) -> None:
        self._file = file

    def append(self, entries: Sequence[EventLogEntry], *, attempt: int = 0, first_sequence: int | None = None) -> list[int]:
        """See `EventStore`."""
        if not entries:
            return []
        with self._file.write() as transaction:
            check_attempt(transaction, {entry.run_id for entry in entries}, attempt)
            return insert_entries(transaction, entries, attempt, first_sequence, time.time())

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
        asked: list[tuple[str, str, Any]] = [(sql.WHERE_EVENT_OF_RUN, "run_id", run_id)]
        if after is not None:
            asked.append((sql.WHERE_EVENT_AFTER, "after", after))
        if before is not None:
            asked.append((sql.WHERE_EVENT_BEFORE, "before", before))
        if types is not None:
            asked.append((sql.WHERE_EVENT_TYPE_IN, "event_types", one_of([kind.value for kind in types])))
        return self._records(asked, limit, ascending)

    def records(
        self, conditions: EventRecordsFilter, *, limit: int | None = None, ascending: bool = False
    ) -> list[EventLogRecord]:
        """See `EventStore`. By `events_by_asset`, without an asset by `events_by_type`."""
        partitions = one_of(conditions.asset_partitions) if conditions.asset_partitions else None
        ids = one_of(conditions.storage_ids) if conditions.storage_ids is not None else None
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
        ]
        return self._records([question for question in asked if question[2] is not None], limit, ascending)

    def latest_id(self) -> int:
        """See `EventStore`."""
        rows = self._file.read(sql.LATEST_EVENT_ID)
        return rows[0][0] if rows else 0

    def _records(self, asked: Sequence[tuple[str, str, Any]], limit: int | None, ascending: bool) -> list[EventLogRecord]:
        statement = f"{sql.EVENT} WHERE {' AND '.join(where for where, _, _ in asked)}"
        statement += f" ORDER BY events.id {'ASC' if ascending else 'DESC'}"
        parameters = {name: value for _, name, value in asked}
        if limit is not None:
            statement += " LIMIT :limit"
            parameters["limit"] = limit
        return [event_record(row) for row in self._file.read(statement, parameters)]
