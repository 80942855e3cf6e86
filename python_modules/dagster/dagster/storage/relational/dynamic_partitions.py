"""The keys of dynamic partitions in the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dagster.storage.relational.databases import Database


class RelationalDynamicPartitions:
    """The port `DynamicPartitionStore` over a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = database.sql

    def add(self, definition: str, keys: Sequence[str], now: float) -> None:
        """See `DynamicPartitionStore`. By the unique index on definition and key."""
        rows = [{"definition": definition, "partition": key, "create_timestamp": now} for key in keys]
        if rows:
            self._database.write(lambda transaction: transaction.do_all(transaction.sql.ADD_DYNAMIC_PARTITION, rows))

    def keys(
        self,
        definition: str,
        *,
        among: Sequence[str] | None = None,
        after: int | None = None,
        before: int | None = None,
        limit: int | None = None,
        ascending: bool = True,
    ) -> list[tuple[int, str]]:
        """See `DynamicPartitionStore`. By `dynamic_partitions_in_order`, with `among` by the unique index."""
        sql, statement = self._sql, self._sql.DYNAMIC_PARTITIONS
        parameters: dict[str, Any] = {"definition": definition}
        for where, name, value in (
            (sql.WHERE_DYNAMIC_PARTITION_IN, "partitions", None if among is None else self._database.members(among)),
            (sql.WHERE_DYNAMIC_PARTITION_AFTER, "after_row", after),
            (sql.WHERE_DYNAMIC_PARTITION_BEFORE, "before_row", before),
        ):
            if value is not None:
                statement += f" AND {where}"
                parameters[name] = value
        statement += f" ORDER BY dynamic_partitions.id {'ASC' if ascending else 'DESC'}"
        if limit is not None:
            statement += f" {sql.LIMIT}"
            parameters["limit"] = limit
        return [(place, key) for place, key in self._database.read(statement, parameters)]

    def delete(self, definition: str, key: str) -> None:
        """See `DynamicPartitionStore`."""
        this = {"definition": definition, "partition": key}
        self._database.write(lambda transaction: transaction.do(transaction.sql.DELETE_DYNAMIC_PARTITION, this))
