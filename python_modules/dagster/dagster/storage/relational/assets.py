"""The projections of assets in the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dagster import serdes
from dagster.events.data_versions import INPUT_DATA_VERSION_TAG_PREFIX
from dagster.events.entries import EventLogEntry
from dagster.events.records import AssetEntry, AssetRecord, EventLogRecord
from dagster.keys import AssetCheckKey, AssetKey
from dagster.runs.statuses import DagsterRunStatus
from dagster.storage.clocks import now
from dagster.storage.moves import moved_entry
from dagster.storage.projections import AssetMarks, CheckMarks, CheckPartitionGroup, PartitionGroup
from dagster.storage.relational.databases import Database, Transaction, joined
from dagster.storage.relational.rows import (
    asset_key,
    body_of,
    check_marks,
    check_partition_group,
    materialized_partitions,
    partition_groups_of,
    planned_partitions,
)
from dagster.storage.relational.writing import insert_entries, replay

_IN_ORDER = " ORDER BY assets.asset_key"


class RelationalAssets:
    """The port `AssetStore` over a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = database.sql

    def asset_keys(
        self, prefix: Sequence[str] | None = None, limit: int | None = None, cursor: str | None = None
    ) -> list[AssetKey]:
        """See `AssetStore`. By the unique index on the key."""
        wheres: list[str] = []
        parameters: dict[str, Any] = {}
        if prefix:
            # Every key below begins with the prefix's text and then ends or goes on: `["p"]` or `["p", ...]`.
            head = AssetKey.get_db_prefix([*prefix, ""])[:-3]
            wheres += [self._sql.WHERE_ASSET_KEY_FROM, self._sql.WHERE_ASSET_KEY_BELOW]
            parameters |= {"prefix_from": head, "prefix_below": head + "\U0010ffff"}
        if cursor is not None:
            wheres.append(self._sql.WHERE_ASSET_KEY_AFTER)
            parameters["asset_cursor"] = cursor
        statement = f"{self._sql.ASSET_KEYS}{joined(wheres)}{_IN_ORDER}"
        if limit is not None:
            statement += f" {self._sql.LIMIT}"
            parameters["limit"] = limit
        return [asset_key(row[0]) for row in self._database.read(statement, parameters)]

    def asset_records(self, keys: Sequence[AssetKey] | None = None) -> list[AssetRecord]:
        """See `AssetStore`. By the unique index on the key and the primary key of the events."""
        if keys is None:
            rows = self._database.read(f"{self._sql.ASSET}{_IN_ORDER}")
        else:
            rows = self._database.read(f"{self._sql.ASSET} WHERE {self._sql.WHERE_ASSET_KEY_IN}{_IN_ORDER}", self._keys(keys))
        return [_asset_record(row) for row in rows]

    def latest_materializations(self, keys: Sequence[AssetKey]) -> dict[AssetKey, EventLogRecord]:
        """See `AssetStore`. By the unique index on the key and the primary key of the events."""
        by_text = {key.to_string(): key for key in keys}
        asked = {"asset_keys": self._database.members(list(by_text))}
        rows = self._database.read(self._sql.LATEST_MATERIALIZATIONS, asked)
        entries = serdes.read_all([row[2] for row in rows], EventLogEntry)
        return {by_text[row[0]]: EventLogRecord(row[1], entry) for row, entry in zip(rows, entries, strict=True)}

    def asset_marks(self, keys: Sequence[AssetKey]) -> dict[AssetKey, AssetMarks]:
        """See `AssetStore`. By the unique index on the key."""
        return {asset_key(row[0]): AssetMarks(*row[1:]) for row in self._database.read(self._sql.ASSET_MARKS, self._keys(keys))}

    def partition_marks(self, key: AssetKey, partitions: Sequence[str] | None = None) -> dict[str, AssetMarks]:
        """See `AssetStore`. By the primary key of the partitions."""
        statement, parameters = self._sql.PARTITION_MARKS, {"asset_key": key.to_string()}
        if partitions is not None:
            statement += f" AND {self._sql.WHERE_MARKED_PARTITION_IN}"
            parameters["partitions"] = self._database.members(partitions)
        return {row[0]: AssetMarks(*row[1:]) for row in self._database.read(statement, parameters)}

    def partition_groups(self, key: AssetKey) -> list[PartitionGroup]:
        """See `AssetStore`. By the primary key of the partitions; by the unique index on runs, if some are to be written."""
        rows = self._database.read(self._sql.PARTITION_GROUPS, partition_groups_of(key))
        [(written, count)] = [row for row in rows if row[1] is not None]
        [(later, _)] = [row for row in rows if row[1] is None]
        planned, materialized = planned_partitions(later), materialized_partitions(written, count)
        if materialized is None:
            marks = self.partition_marks(key).items()
            materialized = [name for name, mark in marks if mark.materialization_id and not mark.is_planned_later]
        asked = {"run_ids": self._database.members(sorted({run_id for run_id, _ in planned}))}
        statuses = dict(self._database.read(self._sql.RUN_STATUSES, asked)) if planned else {}
        groups: dict[tuple[str | None, bool], list[str]] = {}
        for (run_id, is_materialized), partitions in planned.items():
            groups.setdefault((statuses.get(run_id), is_materialized), []).extend(partitions)
        found = [
            PartitionGroup(None if status is None else DagsterRunStatus(status), is_materialized, partitions)
            for (status, is_materialized), partitions in groups.items()
        ]
        return [PartitionGroup(None, True, materialized), *found] if materialized else found

    def check_marks(self, keys: Sequence[AssetCheckKey]) -> dict[AssetCheckKey, CheckMarks]:
        """See `AssetStore`. One row of the primary key for each check."""
        found: dict[AssetCheckKey, CheckMarks] = {}
        for key in keys:
            asked = {"asset_key": key.asset_key.to_string(), "check_name": key.name}
            for row in self._database.read(self._sql.CHECK_MARKS, asked):
                found[key] = check_marks(row)
        return found

    def check_partition_groups(self, key: AssetCheckKey) -> list[CheckPartitionGroup]:
        """See `AssetStore`. By the primary key of the partitions of checks and the unique index on the run."""
        asked = {"asset_key": key.asset_key.to_string(), "check_name": key.name}
        rows = self._database.read(self._sql.CHECK_PARTITION_GROUPS, asked)
        return [check_partition_group(row) for row in rows if row[2] is not None]

    def move(self, old: AssetKey, new: AssetKey) -> int:
        """See `AssetStore`. By the index on assets; what was made from it is looked for in all materializations."""
        # Of the characters that mean something in a pattern, each finds more than itself; what is found is looked at again.
        name = serdes.encode(old.to_user_string()).decode()[1:-1].replace("\\", "_")

        def work(transaction: Transaction) -> int:
            sql, this = transaction.sql, {"asset_key": old.to_string()}
            own = transaction.ask(sql.EVENTS_OF_ASSET, this)
            readers = transaction.ask(sql.READERS_OF_ASSET, {"pattern": f'%{INPUT_DATA_VERSION_TAG_PREFIX}/{name}"%'})
            for place, body in {**dict(own), **dict(readers)}.items():
                entry = serdes.decode(body, EventLogEntry)
                moved = moved_entry(entry, old, new)
                if moved != entry:
                    transaction.do(sql.REPLACE_EVENT, {"event_id": place, "event_body": body_of(moved)})
            if own:
                transaction.do(sql.MOVE_EVENTS_OF_ASSET, {**this, "new_key": new.to_string()})
                replay(transaction, old)
                replay(transaction, new)
            return len(own)

        return self._database.write(work)

    def wipe(self, key: AssetKey, partitions: Sequence[str] | None = None, events: Sequence[EventLogEntry] = ()) -> None:
        """See `AssetStore`."""
        this = {"asset_key": key.to_string()}

        def work(transaction: Transaction) -> None:
            if partitions is None:
                transaction.do(self._sql.FORGET_EVENTS_OF_ASSET, this)
            else:
                transaction.do(self._sql.FORGET_EVENTS_OF_PARTITIONS, {**this, "partitions": transaction.members(partitions)})
            replay(transaction, key)
            insert_entries(transaction, events, 0, None, now())

        self._database.write(work)

    def _keys(self, keys: Sequence[AssetKey]) -> dict[str, Any]:
        return {"asset_keys": self._database.members([key.to_string() for key in keys])}


def _asset_record(row: tuple[Any, ...]) -> AssetRecord:
    row_id, key, *columns, written, seen = row
    marks = AssetMarks(*columns)
    entry = AssetEntry(
        asset_key=asset_key(key),
        last_materialization_record=_record(marks.materialization_id, written),
        last_run_id=marks.last_run_id,
        last_observation_record=_record(marks.observation_id, seen),
        last_planned_materialization_storage_id=marks.planned_id,
        last_planned_materialization_run_id=marks.planned_run_id,
    )
    return AssetRecord(row_id, entry)


def _record(storage_id: int | None, body: str | None) -> EventLogRecord | None:
    if storage_id is None or body is None:
        return None
    return EventLogRecord(storage_id, serdes.decode(body, EventLogEntry))
