"""Watching what is stored: one thread waits for the signal of the storage and tells all who want to know."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from dagster.errors import DagsterError
from dagster.storage.change_signals import Change, ChangeSignal
from dagster.storage.ports import Storage

LOOK_SECONDS = 5.0
"""So often is looked at the log without any signal, since a signal may get lost on its way: in a proxy, with a cut network."""
REST_SECONDS = 0.02
"""Changes that follow each other faster are told as one."""

Listener = Callable[[Change], None]

log = logging.getLogger("dagster.storage")


class ChangeWatch:
    """Tells listeners what was committed, by this process or another. Its thread lasts as long as somebody listens.

    Args:
        storage: what is watched.
        look_seconds: how often is looked without a signal.
    """

    def __init__(self, storage: Storage, look_seconds: float = LOOK_SECONDS) -> None:
        self._storage = storage
        self._look_seconds = look_seconds
        self._lock = threading.Lock()
        self._listeners: list[Listener] = []
        self._watcher: _Watcher | None = None

    def add(self, listener: Listener) -> None:
        """Tell a function of every change that is committed after this call; it is called in the thread of the watch."""
        with self._lock:
            self._listeners = [*self._listeners, listener]
            if self._watcher is None or not self._watcher.is_alive():  # a fork has left no thread
                signal, latest = self._storage.changes(), self._storage.events.latest_id()
                self._watcher = _Watcher(self._storage, signal, latest, self._look_seconds, lambda: self._listeners)
                self._watcher.start()

    def remove(self, listener: Listener) -> None:
        """Tell a function no more; one call may still be under way."""
        with self._lock:
            self._listeners = [each for each in self._listeners if each is not listener]
            if not self._listeners and self._watcher is not None:
                self._watcher.stop()
                self._watcher = None

    def close(self) -> None:
        """Tell nobody any more."""
        for listener in self._listeners:
            self.remove(listener)


class _Watcher(threading.Thread):
    def __init__(
        self, storage: Storage, signal: ChangeSignal, latest: int, seconds: float, listeners: Callable[[], list[Listener]]
    ) -> None:
        super().__init__(name="changes", daemon=True)
        self._storage = storage
        self._signal = signal
        self._seconds = seconds
        self._listeners = listeners
        self._stops = threading.Event()
        self._told = Change(number=0, latest_event_id=latest)

    def stop(self) -> None:
        """Have the thread end; from any thread, itself included."""
        self._stops.set()
        self._signal.wake()
        if threading.current_thread() is not self:
            self.join(1.0)  # one that waits for a database that is away ends when that is back

    def run(self) -> None:
        """Wait and tell, until it is stopped."""
        changed = False
        while not self._stops.is_set():
            changed = self._signal.wait(self._seconds) or changed
            if self._stops.is_set():
                break
            try:
                latest = self._storage.events.latest_id()
            except DagsterError:  # away: what was changed is told when it is back
                self._stops.wait(self._seconds)
                continue
            if changed or latest != self._told.latest_event_id:
                self._tell(Change(number=self._told.number + 1, latest_event_id=latest))
            changed = False
            self._stops.wait(REST_SECONDS)
        self._signal.close()

    def _tell(self, change: Change) -> None:
        self._told = change
        for listener in self._listeners():
            try:
                listener(change)
            except Exception:  # one that fails must not keep the others from knowing
                log.exception("What was to be told of a change has failed.")
