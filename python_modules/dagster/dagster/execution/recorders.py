"""Where the events of a run go while it runs: memory for the result, the console, and the instance in batches.

A step's end and the next step's start are one transaction: what a step did is stored before anything depends on it. What user
code logs above the level DEBUG is stored within a twentieth of a second, so that the last line before a hang is there to read.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from dagster.events.entries import EventLogEntry
from dagster.events.events import DagsterEvent
from dagster.events.failures import SerializableErrorInfo
from dagster.runs.runs import DagsterRun

_LOG_DELAY_SECONDS = 0.05
_DEBUG, _ERROR = 10, 40
_ERROR_EVENTS = frozenset({"STEP_FAILURE", "PIPELINE_FAILURE", "HOOK_ERRORED"})


class RunRecorder:
    """Takes the events and log lines of one run, in order, from any thread of its process.

    Args:
        run: the run.
        instance: what stores them.
        listeners: called with each entry at once, e.g. the console.
        least_level: lines that user code logged below this level are dropped.
        waits_for_database: whether what is flushed must be there to read; else it is enough that no crash loses it.
        first_number: of the first entry within the run's attempt; of several processes that write for one run each counts in
            a range of its own.

    Attributes:
        events: the framework events so far.
    """

    def __init__(
        self,
        run: DagsterRun,
        instance: Any,
        listeners: Sequence[Callable[[EventLogEntry], None]] = (),
        least_level: int | None = None,
        first_number: int = 0,
        waits_for_database: bool = False,
    ) -> None:
        self._first_number = first_number
        self._waits_for_database = waits_for_database
        self._least_level = least_level or 0
        self._run = run
        self._instance = instance
        self._listeners = listeners
        self._lock = threading.RLock()
        self._unsaved: list[EventLogEntry] = []
        self._stored_count = 0
        self._last_flush = 0.0
        self._timer: threading.Timer | None = None
        self._storage_ids: dict[int, int] = {}
        self._without_id: dict[int, tuple[int, EventLogEntry]] = {}
        self.events: list[DagsterEvent] = []

    def entries_of(self, events: Sequence[DagsterEvent]) -> list[EventLogEntry]:
        """Events that are stored otherwise than by `record`: those that come with the run itself."""
        return [self._entry(event) for event in events]

    def _entry(self, event: DagsterEvent) -> EventLogEntry:
        level = _ERROR if event.event_type_value in _ERROR_EVENTS else _DEBUG
        return EventLogEntry(
            None, level, event.message or "", self._run.run_id, time.time(), event.step_key, event.job_name, event
        )

    def record(self, event: DagsterEvent) -> DagsterEvent:
        """Take a framework event; it is stored with the next `flush`."""
        entry = self._entry(event)
        with self._lock:
            self.events.append(event)
            self._unsaved.append(entry)
        for listener in self._listeners:
            listener(entry)
        return event

    def log(self, level: int, message: str, step_key: str | None, error: SerializableErrorInfo | None = None) -> None:
        """Take a line that user code logged; above the level DEBUG it is stored within a twentieth of a second."""
        if level >= self._least_level:
            self.keep(level, message, step_key, error)

    def keep(self, level: int, message: str, step_key: str | None, error: SerializableErrorInfo | None = None) -> None:
        """Take a line of whatever level, as of a logger that has its own."""
        entry = EventLogEntry(error, level, message, self._run.run_id, time.time(), step_key, self._run.job_name, None)
        with self._lock:
            self._unsaved.append(entry)
            if level > _DEBUG and self._instance.is_persistent:
                self._flush_soon()
        for listener in self._listeners:
            listener(entry)

    def _flush_soon(self) -> None:
        wait = self._last_flush + _LOG_DELAY_SECONDS - time.monotonic()
        if wait <= 0:
            self._send()
        elif self._timer is None:
            self._timer = threading.Timer(wait, self._send)
            self._timer.daemon = True
            self._timer.start()

    def _send(self) -> None:
        """Store what was logged without holding up the code that logs; events among it are waited for, since their ids count."""
        with self._lock:
            entries = self._unsaved
            if any(entry.dagster_event is not None for entry in entries):
                self.flush()
                return
            self._flush_begins()
            if entries:
                first = self._first_number + self._stored_count
                self._instance.append_soon(entries, attempt=self._run.attempt, first_sequence=first)
                self._unsaved = []
                self._stored_count += len(entries)

    def _flush_begins(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._last_flush = time.monotonic()

    @property
    def has_unsaved(self) -> bool:
        """Whether something was taken that is not stored yet."""
        return bool(self._unsaved)

    def flush(self) -> None:
        """Store everything taken so far, in one transaction; numbered, so that sending it again stores it once.

        Where the database is away and another process keeps the events on disk, the run goes on.
        """
        with self._lock:
            self._flush_begins()
            entries = self._unsaved
            if not entries:
                return
            first = self._first_number + self._stored_count
            store = self._instance.append if self._waits_for_database else self._instance.append_safely
            stored: Sequence[int] | None = store(entries, attempt=self._run.attempt, first_sequence=first)
            self._unsaved = []  # only now: what could not be stored is tried again with the next flush
            self._stored_count += len(entries)
            for offset, entry in enumerate(entries):
                if entry.dagster_event is None:
                    continue
                if stored is None:
                    self._without_id[id(entry.dagster_event)] = (first + offset, entry)
                else:
                    self._storage_ids[id(entry.dagster_event)] = stored[offset]

    def storage_id_of(self, event: DagsterEvent) -> int:
        """The place of an event in the log; stores it if it is not yet."""
        if id(event) not in self._storage_ids and id(event) not in self._without_id:
            self.flush()
        if id(event) in self._without_id:
            number, entry = self._without_id.pop(id(event))
            # It is on its way: storing it again gives its id, once it has one.
            [self._storage_ids[id(event)]] = self._instance.append([entry], attempt=self._run.attempt, first_sequence=number)
        return self._storage_ids[id(event)]
