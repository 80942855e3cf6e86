"""The ingest: one writer for the events of many processes of this host.

It reads what has come from all of them, stores it in one transaction and answers **after** the commit; what comes meanwhile
is the next transaction. What was not answered is still with whoever sent it and is sent again, to the next ingest or straight
to the database, where its numbers tell what was stored already. So a kill of the ingest loses nothing and repeats nothing.

A database that takes nothing for half a second is away: what waits is put into a file, the spool, and its writers are told
that it is safe there, so that they go on. The spool is stored before anything else, by this ingest or whoever comes next.
What is done when is decided by `IngestQueue`; here are the sockets, the file and the thread that talks to the database.
"""

from __future__ import annotations

import os
import queue
import selectors
import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from dagster import serdes
from dagster.errors import DagsterInstanceError, DagsterStorageAwayError
from dagster.lines import Lines
from dagster.storage.ingest.claims import Claim, claimed, listening
from dagster.storage.ingest.messages import PROTOCOL, Batch, Greeting, Request, Waits
from dagster.storage.ingest.queues import IngestQueue, IngestRules, Outcome, Told, Waiting
from dagster.storage.ingest.spools import ENDING, Spool
from dagster.storage.ingest.storing import replay, store
from dagster.storage.ports import Storage

_QUICK_SECONDS = 0.05
"""What the database stores within this time is waited for; what takes longer is done beside reading."""
_SIGN_OF_LIFE_SECONDS = 1.0
"""So often writers are told that the database is waited for."""


class IngestServer:
    """Stores what writers send.

    Args:
        storage: where it is stored.
        path: of the socket on which it listens, for this user alone; beside it lie claim and spool.
        rules: when it does what.
        claim: the right to listen there, if the caller has it already.

    Raises:
        DagsterInstanceError: another process is the ingest.
    """

    def __init__(self, storage: Storage, path: str, rules: IngestRules | None = None, claim: Claim | None = None) -> None:
        held = claim or claimed(path)
        if held is None:
            raise DagsterInstanceError(f'Another process stores events for those that write to "{path}".')
        self._claim = held
        self._path = path
        self._database = _Database(storage)
        self._spool = Spool(path + ENDING)
        self._queue = IngestQueue(rules or IngestRules(), self._spool.left_bytes)
        self._listening = listening(path)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listening, selectors.EVENT_READ)
        self._selector.register(self._database, selectors.EVENT_READ)
        self._writers: dict[int, Lines[Request]] = {}
        self._numbers = 0
        self._is_open = True
        self._told_at = float("-inf")
        self._trouble = ""

    def serve(self) -> None:
        """Store what comes, until `stop` is called."""
        try:
            while self._is_open:
                self._begin_what_may(time.monotonic())
                self._wait(self._queue.next_moment(time.monotonic()))
                self._look_after(time.monotonic())
        finally:
            self._close()

    def stop(self) -> None:
        """Have `serve` end; from any thread."""
        self._is_open = False
        self._database.wake()

    def _begin_what_may(self, now: float) -> None:
        """Give the thread of the database what it is to do, if it does nothing."""
        if self._queue.wants_replay(now):
            self._database.do(lambda storage: replay(storage.events, self._spool))
        elif those := self._queue.to_store(now):
            self._database.do(lambda storage: _stored(storage, those))
        else:
            return
        # Reading meanwhile would have the two threads wait for each other: that of the database needs the interpreter, too.
        self._database.is_ready(_QUICK_SECONDS)

    def _wait(self, moment: float | None) -> None:
        seconds = None if moment is None else max(moment - time.monotonic(), 0.0)
        if self._queue.troubled_seconds(time.monotonic()) > 0:
            seconds = min(_SIGN_OF_LIFE_SECONDS, seconds if seconds is not None else _SIGN_OF_LIFE_SECONDS)
        if not self._queue.may_read:
            if self._database.is_ready(seconds):
                self._hear_from_database()
            return
        for key, _ in self._selector.select(seconds):
            if key.fileobj is self._database:
                self._hear_from_database()
            elif key.fileobj is self._listening:
                self._accept()
            elif key.data in self._writers:  # else it was hung up on a moment ago
                self._receive(key.data)

    def _hear_from_database(self) -> None:
        for done in self._database.results():
            if isinstance(done, DagsterStorageAwayError):
                self._queue.away(time.monotonic())
                self._trouble = str(done)
            elif isinstance(done, int):
                self._spool.take_out(done)
                self._queue.replayed(self._spool.left_bytes)
            elif isinstance(done, Exception):
                raise done
            else:
                self._tell(self._queue.stored(done))

    def _look_after(self, now: float) -> None:
        """Put into the spool what is to be there, and say that the database is waited for."""
        if those := self._queue.to_spool(now):
            try:
                self._spool.append([each.line for each in those])
            except OSError:
                self._queue.not_spooled(now)
            else:
                self._tell(self._queue.spooled(those, self._spool.left_bytes))
        if self._queue.troubled_seconds(now) > _SIGN_OF_LIFE_SECONDS and now >= self._told_at + _SIGN_OF_LIFE_SECONDS:
            if self._told_at == float("-inf"):
                _log(f"{self._trouble or 'The database does not answer.'} Events are kept until it does.")
            self._told_at = now
            self._tell([(writer, Waits(self._trouble)) for writer in list(self._writers)])
        elif self._told_at > float("-inf") and self._queue.is_empty:
            self._told_at = float("-inf")
            _log("The database answers again, and everything that was kept is stored.")

    def _accept(self) -> None:
        connection, _ = self._listening.accept()
        lines: Lines[Request] = Lines(connection, Request)
        self._numbers += 1
        self._writers[self._numbers] = lines
        self._selector.register(lines, selectors.EVENT_READ, self._numbers)
        self._tell([(self._numbers, Greeting(PROTOCOL))])

    def _receive(self, writer: int) -> None:
        lines = self._writers[writer]
        try:
            for request, line in lines.received_with_lines():
                self._queue.received(writer, request, line)
        except ValueError as unreadable:
            _log(f"A writer of events is not understood: {unreadable}")
            self._hang_up(writer)
            return
        if lines.is_ended:
            self._hang_up(writer)

    def _tell(self, told: Sequence[Told]) -> None:
        answers: dict[int, bytearray] = {}
        for writer, answer in told:
            answers.setdefault(writer, bytearray()).extend(serdes.encode(answer) + b"\n")
        for writer, line in answers.items():
            lines = self._writers.get(writer)
            # A writer that does not listen, because it was stopped, must not stop the others: it is hung up on, and sends again.
            if lines is not None and lines.send_some(line) < len(line):
                self._hang_up(writer)

    def _hang_up(self, number: int) -> None:
        lines = self._writers.pop(number)
        self._selector.unregister(lines)
        lines.close()

    def _close(self) -> None:
        self._database.close()
        for lines in self._writers.values():
            lines.close()
        self._selector.close()
        self._listening.close()
        self._spool.close()
        with suppress(FileNotFoundError):
            os.unlink(self._path)
        self._claim.close()


class _Database:
    """The thread that talks to the database, which may take long; its results are waited for together with the sockets."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._jobs: queue.SimpleQueue[Callable[[Storage], Any] | None] = queue.SimpleQueue()
        self._results: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._waking, self._wakes = socket.socketpair()
        self._thread = threading.Thread(target=self._work, name="ingest database", daemon=True)
        self._thread.start()

    def fileno(self) -> int:
        """Readable when there are results."""
        return self._waking.fileno()

    def is_ready(self, seconds: float | None) -> bool:
        """Whether there are results; waits for them."""
        self._waking.settimeout(seconds)
        try:
            return bool(self._waking.recv(1, socket.MSG_PEEK))
        except (TimeoutError, BlockingIOError):
            return False
        finally:
            self._waking.settimeout(None)

    def do(self, job: Callable[[Storage], Any]) -> None:
        """Do something; what it gives or raises is a result."""
        self._jobs.put(job)

    def wake(self) -> None:
        """Be readable; from any thread."""
        with suppress(OSError):
            self._wakes.send(b"x")

    def results(self) -> list[Any]:
        """What was done since the last call."""
        self._waking.recv(1024)
        found: list[Any] = []
        while not self._results.empty():
            found.append(self._results.get())
        return found

    def close(self) -> None:
        """End the thread; one that waits for the database ends by itself later."""
        self._jobs.put(None)
        self._thread.join(5.0)
        self._waking.close()
        self._wakes.close()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                done = job(self._storage)
            except Exception as failed:
                done = failed
            self._results.put(done)
            self.wake()


def _stored(storage: Storage, those: Sequence[Waiting]) -> list[Outcome]:
    """The outcome of each request; asking to be told has none."""
    batches = [each.request for each in those if isinstance(each.request, Batch)]
    outcomes = iter(store(storage.events, batches) if batches else ())
    return [next(outcomes) if isinstance(each.request, Batch) else () for each in those]


def _log(sentence: str) -> None:
    import logging

    logging.getLogger("dagster.storage").warning(sentence)
