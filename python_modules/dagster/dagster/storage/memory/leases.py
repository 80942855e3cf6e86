"""Leases in memory."""

from __future__ import annotations

from msgspec.structs import replace

from dagster.runs.leases import Lease, next_lease
from dagster.storage.memory.tables import Tables


class MemoryLeases:
    """The port `LeaseStore` over `Tables`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def take(self, name: str, holder: str, now: float, seconds: float) -> Lease | None:
        """See `LeaseStore`."""
        with self._tables.lock:
            lease = next_lease(self._tables.leases.get(name), name, holder, now, seconds)
            if lease is not None:
                self._tables.leases[name] = lease
            return lease

    def release(self, lease: Lease, now: float) -> bool:
        """See `LeaseStore`."""
        with self._tables.lock:
            found = self._tables.leases.get(lease.name)
            if found is None or (found.holder, found.epoch) != (lease.holder, lease.epoch):
                return False
            self._tables.leases[lease.name] = replace(found, expires=now)
            return found.expires > now

    def leases(self) -> list[Lease]:
        """See `LeaseStore`."""
        with self._tables.lock:
            return [self._tables.leases[name] for name in sorted(self._tables.leases)]
