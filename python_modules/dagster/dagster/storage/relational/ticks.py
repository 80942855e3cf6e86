"""Ticks in the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dagster import serdes
from dagster.runs.ticks import Tick, TickFilter, TickRecord
from dagster.storage.relational.databases import Database, Transaction, joined

_AT_ONCE = 5000


class RelationalTicks:
    """The port `TickStore` over a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = database.sql

    def add(self, tick: Tick) -> int:
        """See `TickStore`."""

        def work(transaction: Transaction) -> int:
            transaction.do(transaction.sql.ADD_TICK, tick_row(tick))
            return transaction.ask(transaction.sql.TICK_ADDED)[0][0]

        return self._database.write(work)

    def update(self, tick_id: int, tick: Tick) -> bool:
        """See `TickStore`. By the primary key."""
        this = {"tick_id": tick_id}

        def work(transaction: Transaction) -> bool:
            if not transaction.ask(transaction.sql.HAS_TICK, this):
                return False
            transaction.do(transaction.sql.CHANGE_TICK, {**tick_row(tick), **this})
            return True

        return self._database.write(work)

    def ticks(
        self, conditions: TickFilter, *, cursor: int | None = None, limit: int | None = None, ascending: bool = False
    ) -> list[TickRecord]:
        """See `TickStore`. By `ticks_by_selector`; without a selector by the primary key."""
        sql = self._sql
        wheres, parameters = self._conditions(conditions)
        if cursor is not None:
            wheres.append(sql.WHERE_TICK_AFTER if ascending else sql.WHERE_TICK_BEFORE)
            parameters["after_tick" if ascending else "before_tick"] = cursor
        statement = f"{sql.TICKS}{joined(wheres)} ORDER BY ticks.id {'ASC' if ascending else 'DESC'}"
        if limit is not None:
            statement += f" {sql.LIMIT}"
            parameters["limit"] = limit
        return [_record(row) for row in self._database.read(statement, parameters)]

    def latest(self, selectors: Sequence[str]) -> dict[str, TickRecord]:
        """See `TickStore`. By `ticks_by_selector`."""
        rows = self._database.read(self._sql.LATEST_TICKS, {"selectors": self._database.members(selectors)})
        return {record.tick.selector: record for record in map(_record, rows)}

    def prune(self, conditions: TickFilter) -> int:
        """See `TickStore`. By `ticks_by_status`; some ticks at a time, so that nobody waits for long."""
        wheres, parameters = self._conditions(conditions)
        statement = " AND ".join([self._sql.TICKS_BUT_THE_NEWEST, *wheres]) + f" {self._sql.LIMIT}"

        def work(transaction: Transaction) -> int:
            old = [row[0] for row in transaction.ask(statement, {**parameters, "limit": _AT_ONCE})]
            if old:
                transaction.do(transaction.sql.DELETE_TICKS_IN, {"tick_ids": transaction.members(old)})
            return len(old)

        count = 0
        while removed := self._database.write(work):
            count += removed
        return count

    def _conditions(self, asked: TickFilter) -> tuple[list[str], dict[str, Any]]:
        sql = self._sql
        statuses = self._database.members([status.value for status in asked.statuses]) if asked.statuses else None
        found = [
            (where, name, value)
            for where, name, value in (
                (sql.WHERE_TICK_OF_TYPE, "instigator_type", asked.instigator_type and asked.instigator_type.value),
                (sql.WHERE_TICK_OF, "selector", asked.selector),
                (sql.WHERE_TICK_STATUS_IN, "statuses", statuses),
                (sql.WHERE_TICK_EARLIER_THAN, "before_timestamp", asked.before),
                (sql.WHERE_TICK_LATER_THAN, "after_timestamp", asked.after),
            )
            if value is not None
        ]
        return [where for where, _, _ in found], {name: value for _, name, value in found}


def tick_row(tick: Tick) -> dict[str, Any]:
    """The parameters of `ADD_TICK`."""
    return {
        "instigator_type": tick.instigator_type.value,
        "selector": tick.selector,
        "status": tick.status.value,
        "timestamp": tick.timestamp,
        "body": serdes.encode(tick).decode(),
    }


def _record(row: Any) -> TickRecord:
    tick_id, body = row
    return TickRecord(tick_id, serdes.decode(body, Tick))
