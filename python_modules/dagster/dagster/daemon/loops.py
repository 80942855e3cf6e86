"""The frame of a daemon's loops: each has a lease, a thread, a heartbeat; what one of them raises stops none."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from dagster.daemon.holdings import LEASE_SECONDS, Holdings, new_holder
from dagster.events.failures import SerializableErrorInfo, error_info
from dagster.instance.instance import DagsterInstance
from dagster.runs.heartbeats import Heartbeat
from dagster.runs.leases import Lease

HEARTBEAT_SECONDS = 15.0
TOLERATED_SECONDS = 60.0
"""How old a heartbeat may be before its loop counts as dead."""
_FORGOTTEN_SECONDS = 86400.0
_ERRORS_KEPT = 5
_LEAST_REST_SECONDS = 0.1

log = logging.getLogger("dagster.daemon")


class Loop(Protocol):
    """Something that a daemon does again and again, alone among all daemons."""

    @property
    def name(self) -> str:
        """Of the loop and of its lease."""
        ...

    @property
    def seconds(self) -> float:
        """How long after the beginning of a turn the next one begins, if nothing wakes it."""
        ...

    @property
    def wake(self) -> threading.Event:
        """Set by others when there is something to do at once."""
        ...

    def turn(self, lease: Lease, now: float) -> None:
        """Do what is to be done now. Short: what takes long is done elsewhere meanwhile."""
        ...

    def stand_by(self) -> None:
        """Another daemon holds the lease: forget what is under way."""
        ...


class Daemon:
    """A daemon: its loops, each with what it may do and how it fares.

    Args:
        instance: what it works on.
        loops: what it does.
        holder: its name; without: one by which others on this host can tell whether it is gone.
        lease_seconds: how long a lease lasts that is not prolonged.
        clock: gives seconds since the epoch.
    """

    def __init__(
        self,
        instance: DagsterInstance,
        loops: Sequence[Loop],
        *,
        holder: str | None = None,
        lease_seconds: float = LEASE_SECONDS,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._instance = instance
        self._loops = loops
        self._holder = holder or new_holder()
        self._clock = clock
        self._lock = threading.Lock()
        self._holdings = Holdings(instance.storage.leases, self._holder, lease_seconds)
        self._errors: dict[str, tuple[SerializableErrorInfo, ...]] = {}
        self._told: dict[str, Heartbeat] = {}

    @property
    def holder(self) -> str:
        """The name of the daemon."""
        return self._holder

    def turn(self, loop: Loop) -> bool:
        """One turn of a loop, if this daemon is the one to do it; says whether it is."""
        now = self._clock()
        lease: Lease | None = None
        try:
            with self._lock:
                lease = self._holdings.held(loop.name, now)
            if lease is None:
                loop.stand_by()
            else:
                loop.turn(lease, now)
        except Exception as failed:  # whatever it is: the next turn finds the database and the user's code as they are then
            log.exception("The loop %s failed.", loop.name)
            self._errors[loop.name] = (error_info(failed), *self._errors.get(loop.name, ()))[:_ERRORS_KEPT]
        else:
            self._errors.pop(loop.name, None)
        self._tell(loop.name, now, is_leader=lease is not None)
        return lease is not None

    def _tell(self, name: str, now: float, *, is_leader: bool) -> None:
        errors = self._errors.get(name, ())
        beat = Heartbeat(loop=name, holder=self._holder, timestamp=now, is_leader=is_leader, errors=errors)
        before = self._told.get(name)
        changed = before is None or (before.is_leader, bool(before.errors)) != (is_leader, bool(errors))
        if before is not None and not changed and now - before.timestamp < HEARTBEAT_SECONDS:
            return
        try:
            self._instance.storage.heartbeats.beat([beat])
            if before is None:
                self._instance.storage.heartbeats.forget(now - _FORGOTTEN_SECONDS)
        except Exception:
            log.exception("The heartbeat of %s could not be stored.", name)
        else:
            self._told[name] = beat

    def run(self, stop: threading.Event) -> None:
        """Turn all loops, each in a thread, until `stop` is set; then give back the leases."""
        threads = [threading.Thread(target=self._go_round, args=(loop, stop), name=loop.name) for loop in self._loops]
        for thread in threads:
            thread.start()
        stop.wait()
        for loop in self._loops:
            loop.wake.set()
        for thread in threads:
            thread.join()
        self._holdings.give_back()

    def _go_round(self, loop: Loop, stop: threading.Event) -> None:
        while not stop.is_set():
            loop.wake.clear()
            began = time.monotonic()
            self.turn(loop)
            # What wakes a loop often, like a hundred sensors that answer, is taken together.
            stop.wait(_LEAST_REST_SECONDS)
            loop.wake.wait(max(0.0, began + loop.seconds - time.monotonic()))
