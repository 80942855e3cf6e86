"""The projections of assets in the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dagster import serdes
from dagster.events.entries import EventLogEntry
from dagster.events.records import AssetEntry, AssetRecord, EventLogRecord
from dagster.keys import AssetCheckKey, AssetKey
from dagster.storage.projections import AssetMarks, CheckMarks
from dagster.storage.sqlite.connections import SqliteFile
from dagster.storage.sqlite.rows import asset_key, event_record, one_of
from dagster.storage.sqlite.writing import replay
from dagster.storage.statements import sqlite as sql

_IN_ORDER = " ORDER BY assets.asset_key"


class SqliteAssets:
    """The port `AssetStore` over a file."""

    def __init__(self, file: SqliteFile) -> None:
        self._file = file

    def asset_keys(
        self, prefix: Sequence[str] | None = None, limit: int | None = None, cursor: str | None = None
    ) -> list[AssetKey]:
        """See `AssetStore`. By the unique index on the key."""
        wheres: list[str] = []
        parameters: dict[str, Any] = {}
        if prefix:
            # Every key below begins with the prefix's text and then ends or goes on: `["p"]` or `["p", ...]`.
            head = AssetKey.get_db_prefix([*prefix, ""])[:-3]
            wheres += [sql.WHERE_ASSET_KEY_FROM, sql.WHERE_ASSET_KEY_BELOW]
            parameters |= {"prefix_from": head, "prefix_below": head + "\U0010ffff"}
        if cursor is not None:
            wheres.append(sql.WHERE_ASSET_KEY_AFTER)
            parameters["asset_cursor"] = cursor
        statement = sql.ASSET_KEYS + (f" WHERE {' AND '.join(wheres)}" if wheres else "") + _IN_ORDER
        if limit is not None:
            statement += " LIMIT :limit"
            parameters["limit"] = limit
        return [asset_key(row[0]) for row in self._file.read(statement, parameters)]

    def asset_records(self, keys: Sequence[AssetKey] | None = None) -> list[AssetRecord]:
        """See `AssetStore`. By the unique index on the key and the primary key of the events."""
        if keys is None:
            rows = self._file.read(f"{sql.ASSET}{_IN_ORDER}")
        else:
            rows = self._file.read(f"{sql.ASSET} WHERE {sql.WHERE_ASSET_KEY_IN}{_IN_ORDER}", _keys(keys))
        return [_asset_record(row) for row in rows]

    def latest_materializations(self, keys: Sequence[AssetKey]) -> dict[AssetKey, EventLogRecord]:
        """See `AssetStore`. By the unique index on the key and the primary key of the events."""
        rows = self._file.read(sql.LATEST_MATERIALIZATIONS, _keys(keys))
        return {asset_key(row[0]): event_record(row[1:]) for row in rows}

    def asset_marks(self, keys: Sequence[AssetKey]) -> dict[AssetKey, AssetMarks]:
        """See `AssetStore`. By the unique index on the key."""
        return {asset_key(row[0]): AssetMarks(*row[1:]) for row in self._file.read(sql.ASSET_MARKS, _keys(keys))}

    def partition_marks(self, key: AssetKey, partitions: Sequence[str] | None = None) -> dict[str, AssetMarks]:
        """See `AssetStore`. By the primary key of the partitions."""
        statement, parameters = sql.PARTITION_MARKS, {"asset_key": key.to_string()}
        if partitions is not None:
            statement += f" AND {sql.WHERE_MARKED_PARTITION_IN}"
            parameters["partitions"] = one_of(partitions)
        return {row[0]: AssetMarks(*row[1:]) for row in self._file.read(statement, parameters)}

    def check_marks(self, keys: Sequence[AssetCheckKey]) -> dict[AssetCheckKey, CheckMarks]:
        """See `AssetStore`. One row of the primary key for each check."""
        found: dict[AssetCheckKey, CheckMarks] = {}
        for key in keys:
            asked = {"asset_key": key.asset_key.to_string(), "check_name": key.name}
            for row in self._file.read(sql.CHECK_MARKS, asked):
                found[key] = _check_marks(*row)
        return found

    def wipe(self, key: AssetKey, partitions: Sequence[str] | None = None) -> None:
        """See `AssetStore`."""
        this = {"asset_key": key.to_string()}
        with self._file.write() as transaction:
            if partitions is None:
                transaction.execute(sql.FORGET_EVENTS_OF_ASSET, this)
            else:
                transaction.execute(sql.FORGET_EVENTS_OF_PARTITIONS, {**this, "partitions": one_of(partitions)})
            replay(transaction, key)


def _check_marks(
    planned_id: int | None, planned_run_id: str | None, evaluation_id: int | None, run_id: str | None, passed: int | None
) -> CheckMarks:
    return CheckMarks(planned_id, planned_run_id, evaluation_id, run_id, None if passed is None else bool(passed))


def _keys(keys: Sequence[AssetKey]) -> dict[str, Any]:
    return {"asset_keys": one_of([key.to_string() for key in keys])}


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
