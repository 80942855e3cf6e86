"""Leases in the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from dagster.runs.leases import Lease
from dagster.storage.relational.databases import Database, Transaction


class RelationalLeases:
    """The port `LeaseStore` over a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, name: str, holder: str, seconds: float, now: float) -> Lease | None:
        """See `LeaseStore`. By the primary key."""

        def work(transaction: Transaction) -> Lease | None:
            rows = transaction.ask(transaction.sql.LEASE, {"name": name})
            found = _lease(rows[0]) if rows else None
            if found is not None and found.holder != holder and found.is_held(now):
                return None
            is_mine = found is not None and found.holder == holder
            epoch = 1 if found is None else found.epoch + (not is_mine)
            taken = Lease(name=name, holder=holder, epoch=epoch, renewed=now, seconds=seconds)
            transaction.do(transaction.sql.SET_LEASE, _row(taken))
            return taken

        return self._database.write(work)

    def renew(self, name: str, epoch: int, now: float) -> bool:
        """See `LeaseStore`. By the primary key."""
        return self._changed(name, epoch, lambda lease: replace(lease, renewed=now))

    def release(self, name: str, epoch: int) -> bool:
        """See `LeaseStore`. By the primary key."""
        return self._changed(name, epoch, lambda lease: replace(lease, holder=""))

    def _changed(self, name: str, epoch: int, change: Callable[[Lease], Lease]) -> bool:
        def work(transaction: Transaction) -> bool:
            rows = transaction.ask(transaction.sql.LEASE, {"name": name})
            if not rows or rows[0][2] != epoch or not rows[0][1]:
                return False
            transaction.do(transaction.sql.SET_LEASE, _row(change(_lease(rows[0]))))
            return True

        return self._database.write(work)

    def drop(self, name: str) -> None:
        """See `LeaseStore`. By the primary key."""
        self._database.write(lambda transaction: transaction.do(transaction.sql.DROP_LEASE, {"name": name}))

    def leases(self) -> list[Lease]:
        """See `LeaseStore`."""
        return [_lease(row) for row in self._database.read(self._database.sql.LEASES)]


def _lease(row: Any) -> Lease:
    return Lease(name=row[0], holder=row[1], epoch=row[2], renewed=row[3], seconds=row[4])


def _row(lease: Lease) -> dict[str, Any]:
    return {name: getattr(lease, name) for name in lease.__struct_fields__}
