"""Writers of the ingest: they keep what was not answered, and send it again when the ingest is back."""

from __future__ import annotations

import select
import socket
import threading
import time
from collections.abc import Callable, Sequence

from dagster import serdes
from dagster.errors import DagsterInstanceError, DagsterRunFencedError
from dagster.events.entries import EventLogEntry
from dagster.lines import Lines
from dagster.storage.ingest.messages import Answer, Batch, NotStored, Stored
from dagster.storage.patience import Patience

EVENTS_IN_FLIGHT = 20_000
"""Of more events than these that are not stored yet, the writer waits."""


class IngestClient:
    """Sends events to the ingest. For any number of threads.

    Args:
        path: of the ingest's socket.
        patience: how long to wait for an ingest that is away, and how often to look.
    """

    def __init__(self, path: str, patience: Patience | None = None) -> None:
        self._path = path
        self._patience = patience or Patience()
        self._lock = threading.RLock()
        self._lines: Lines[Answer] | None = None
        self._unsent = bytearray()
        self._open: dict[int, Batch] = {}
        self._ids: dict[int, list[int]] = {}
        self._wanted: set[int] = set()
        self._refused: NotStored | None = None
        self._numbers = 0
        self._in_flight = 0

    def append(self, entries: Sequence[EventLogEntry], attempt: int, first_sequence: int) -> list[int]:
        """Have entries stored and wait until they are; gives their storage ids.

        Raises:
            DagsterRunFencedError: a newer attempt holds the run.
            DagsterInstanceError: the ingest is away, and was not back in time.
        """
        with self._lock:
            number = self._enqueue(entries, attempt, first_sequence)
            self._wanted.add(number)
            self._wait(lambda: number in self._ids)
            return self._ids.pop(number)

    def send(self, entries: Sequence[EventLogEntry], attempt: int, first_sequence: int) -> None:
        """Have entries stored, and wait only where very many are not stored yet. What was sent before is stored before.

        Raises:
            DagsterRunFencedError: a newer attempt holds the run, as an earlier answer told.
        """
        with self._lock:
            self._enqueue(entries, attempt, first_sequence)
            if self._in_flight > EVENTS_IN_FLIGHT:
                self._wait(lambda: self._in_flight <= EVENTS_IN_FLIGHT)
            else:
                self._exchange(0.0)
                self._raise_refusal()

    def drain(self) -> None:
        """Wait until everything that was sent is stored.

        Raises:
            DagsterRunFencedError: a newer attempt holds the run.
            DagsterInstanceError: the ingest is away, and was not back in time.
        """
        with self._lock:
            self._wait(lambda: not self._open)

    def close(self) -> None:
        """Wait until everything is stored, and give the connection back; the next event opens another."""
        with self._lock:
            try:
                if self._open and self._refused is None:
                    self.drain()
            finally:
                self._disconnect()

    def _enqueue(self, entries: Sequence[EventLogEntry], attempt: int, first_sequence: int) -> int:
        self._numbers += 1
        batch = Batch(self._numbers, entries[0].run_id, attempt, first_sequence, entries)
        self._open[batch.number] = batch
        self._in_flight += len(entries)
        if self._lines is not None:
            self._unsent += serdes.encode(batch) + b"\n"
        return batch.number

    def _wait(self, is_done: Callable[[], bool]) -> None:
        """Exchange until something is so, through any number of ingests that come and go."""
        began: float | None = None
        tries = 0
        while not is_done():
            self._raise_refusal()
            if self._exchange(None):
                began, tries = None, 0
                continue
            now = time.monotonic()
            began = now if began is None else began
            pause = self._patience.pause(tries, now - began)
            if pause is None:
                raise DagsterInstanceError(
                    f'The process that stores events does not answer at "{self._path}". {self._in_flight} events are not stored.'
                )
            tries += 1
            time.sleep(pause)
        self._raise_refusal()

    def _raise_refusal(self) -> None:
        if self._refused is not None:
            error = DagsterRunFencedError if self._refused.is_fenced else DagsterInstanceError
            raise error(self._refused.sentence)

    def _exchange(self, seconds: float | None) -> bool:
        """Send and receive what can be, waiting for an answer up to `seconds`; says whether there is an ingest."""
        lines = self._lines or self._connected()
        if lines is None:
            return False
        wanted = select.POLLIN | (select.POLLOUT if self._unsent else 0)
        poll = select.poll()
        poll.register(lines, wanted)
        for _, event in poll.poll(None if seconds is None else seconds * 1000):
            if event & select.POLLOUT:
                self._send_some(lines)
            if event & ~select.POLLOUT:
                for answer in lines.received():
                    self._take(answer)
        if lines.is_ended:
            self._disconnect()
            return False
        return True

    def _send_some(self, lines: Lines[Answer]) -> None:
        sent = lines.send_some(self._unsent)
        del self._unsent[:sent]

    def _take(self, answer: Answer) -> None:
        batch = self._open.pop(answer.number, None)
        if batch is None:
            return
        self._in_flight -= len(batch.entries)
        if isinstance(answer, NotStored):
            self._refused = answer
        elif answer.number in self._wanted:
            self._wanted.discard(answer.number)
            self._ids[answer.number] = _ids_of(answer)

    def _connected(self) -> Lines[Answer] | None:
        """A new connection, on which everything that was not answered is sent again."""
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.connect(self._path)
        except OSError:
            connection.close()
            return None
        self._lines = Lines(connection, Answer)
        self._unsent = bytearray(b"".join(serdes.encode(batch) + b"\n" for batch in self._open.values()))
        return self._lines

    def _disconnect(self) -> None:
        if self._lines is not None:
            self._lines.close()
            self._lines = None
        self._unsent.clear()


def _ids_of(answer: Stored) -> list[int]:
    return list(answer.ids or range(answer.first_id, answer.last_id + 1))
