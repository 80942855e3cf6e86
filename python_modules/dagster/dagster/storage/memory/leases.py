"""Leases in memory."""

from __future__ import annotations

from msgspec.structs import replace

from dagster.runs.leases import Lease
from dagster.storage.memory.tables import Tables


class MemoryLeases:
    """The port `LeaseStore` over `Tables`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def take(self, name: str, holder: str, seconds: float, now: float) -> Lease | None:
        """See `LeaseStore`."""
        with self._tables.writing:
            found = self._tables.leases.get(name)
            if found is not None and found.holder != holder and found.is_held(now):
                return None
            is_mine = found is not None and found.holder == holder
            epoch = 1 if found is None else found.epoch + (not is_mine)
            taken = Lease(name=name, holder=holder, epoch=epoch, renewed=now, seconds=seconds)
            self._tables.leases[name] = taken
            return taken

    def renew(self, name: str, epoch: int, now: float) -> bool:
        """See `LeaseStore`."""
        with self._tables.writing:
            found = self._held(name, epoch)
            if found is not None:
                self._tables.leases[name] = replace(found, renewed=now)
            return found is not None

    def release(self, name: str, epoch: int) -> bool:
        """See `LeaseStore`."""
        with self._tables.writing:
            found = self._held(name, epoch)
            if found is not None:
                self._tables.leases[name] = replace(found, holder="")
            return found is not None

    def _held(self, name: str, epoch: int) -> Lease | None:
        found = self._tables.leases.get(name)
        return found if found is not None and found.epoch == epoch and found.holder else None

    def drop(self, name: str) -> None:
        """See `LeaseStore`."""
        with self._tables.writing:
            self._tables.leases.pop(name, None)

    def leases(self) -> list[Lease]:
        """See `LeaseStore`."""
        with self._tables.lock:
            return [self._tables.leases[name] for name in sorted(self._tables.leases)]
