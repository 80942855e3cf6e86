"""Which leases a daemon holds: taken, prolonged in time, and taken over at once from a holder of this host that is gone."""

from __future__ import annotations

import msgspec

from dagster import serdes
from dagster.runs.leases import Lease
from dagster.runs.processes import ProcessIdentity, current_process
from dagster.storage.ports import LeaseStore

LEASE_SECONDS = 20.0


def new_holder() -> str:
    """A name for the calling process, by which others on its host can tell whether it is gone."""
    return holder_of(current_process())


def holder_of(process: ProcessIdentity) -> str:
    """The name of a process as a holder."""
    return serdes.encode(process).decode()


def is_gone(holder: str) -> bool:
    """Whether a holder is a process of this host that does not exist any more. Other hosts' cannot be told."""
    try:
        process = serdes.decode(holder, ProcessIdentity)
    except msgspec.DecodeError:
        return False
    return process.is_on_this_host() and not process.is_alive()


class Holdings:
    """The leases of one daemon.

    Args:
        store: keeps leases.
        holder: the daemon.
        seconds: how long a lease lasts that is not prolonged.
    """

    def __init__(self, store: LeaseStore, holder: str, seconds: float = LEASE_SECONDS) -> None:
        self._store = store
        self._holder = holder
        self._seconds = seconds
        self._held: dict[str, Lease] = {}

    def held(self, name: str, now: float) -> Lease | None:
        """The lease, taken or prolonged if need be; None while another daemon holds it. Mostly asks no database."""
        lease = self._held.get(name)
        if lease is not None and 0 <= now - lease.renewed < self._seconds / 3:
            return lease
        lease = self._store.take(name, self._holder, self._seconds, now)
        if lease is None:
            lease = self._taken_over(name, now)
        if lease is None:
            self._held.pop(name, None)
        else:
            self._held[name] = lease
        return lease

    def _taken_over(self, name: str, now: float) -> Lease | None:
        for lease in self._store.leases():
            if lease.name == name and lease.holder != self._holder and is_gone(lease.holder):
                self._store.release(lease.name, lease.epoch)
                return self._store.take(name, self._holder, self._seconds, now)
        return None

    def give_back(self) -> None:
        """Gives back all leases, so that others need not wait."""
        for lease in self._held.values():
            self._store.release(lease.name, lease.epoch)
        self._held.clear()
