"""Heartbeats in the database."""

from __future__ import annotations

from collections.abc import Sequence

from dagster import serdes
from dagster.runs.heartbeats import Heartbeat
from dagster.storage.relational.databases import Database
from dagster.storage.relational.rows import body_of


class RelationalHeartbeats:
    """The port `HeartbeatStore` over a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def beat(self, heartbeats: Sequence[Heartbeat]) -> None:
        """See `HeartbeatStore`."""
        rows = [
            {"loop": beat.loop, "holder": beat.holder, "timestamp": beat.timestamp, "body": body_of(beat)} for beat in heartbeats
        ]
        if rows:
            self._database.write(lambda transaction: transaction.do_all(transaction.sql.SET_HEARTBEAT, rows))

    def heartbeats(self) -> list[Heartbeat]:
        """See `HeartbeatStore`."""
        return [serdes.decode(row[0], Heartbeat) for row in self._database.read(self._database.sql.HEARTBEATS)]

    def forget(self, before: float) -> None:
        """See `HeartbeatStore`."""
        self._database.write(lambda transaction: transaction.do(transaction.sql.DELETE_HEARTBEATS, {"before": before}))
