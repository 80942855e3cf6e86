"""Leases in the database."""

from __future__ import annotations

from dagster.runs.leases import Lease, next_lease
from dagster.storage.relational.databases import Database, Transaction


class RelationalLeases:
    """The port `LeaseStore` over a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, name: str, holder: str, now: float, seconds: float) -> Lease | None:
        """See `LeaseStore`. By the primary key."""

        def work(transaction: Transaction) -> Lease | None:
            lease = next_lease(stored_lease(transaction, name), name, holder, now, seconds)
            if lease is not None:
                transaction.do(transaction.sql.SET_LEASE, _row(lease))
            return lease

        return self._database.write(work)

    def release(self, lease: Lease, now: float) -> bool:
        """See `LeaseStore`. By the primary key; the row stays, with its epoch."""

        def work(transaction: Transaction) -> bool:
            found = stored_lease(transaction, lease.name)
            if found is None or (found.holder, found.epoch) != (lease.holder, lease.epoch):
                return False
            transaction.do(transaction.sql.SET_LEASE, _row(Lease(lease.name, lease.holder, lease.epoch, now)))
            return found.expires > now

        return self._database.write(work)

    def leases(self) -> list[Lease]:
        """See `LeaseStore`."""
        return [Lease(*row) for row in self._database.read(self._database.sql.LEASES)]


def stored_lease(transaction: Transaction, name: str) -> Lease | None:
    """The lease of this name as it is stored, also if it ended."""
    rows = transaction.ask(transaction.sql.LEASE, {"name": name})
    return Lease(*rows[0]) if rows else None


def _row(lease: Lease) -> dict[str, object]:
    return {"name": lease.name, "holder": lease.holder, "epoch": lease.epoch, "expires": lease.expires}
