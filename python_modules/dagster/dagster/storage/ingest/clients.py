"""Writers of the ingest: they keep what was not answered, and do without the ingest where there is none."""

from __future__ import annotations

import os
import select
import threading
import time
import weakref
from collections.abc import Callable, Sequence
from contextlib import suppress

from dagster.errors import DagsterInstanceError, DagsterStorageAwayError
from dagster.events.entries import EventLogEntry
from dagster.lines import Lines
from dagster.storage.ingest.claims import connected
from dagster.storage.ingest.messages import PROTOCOL, Answer, Batch, Greeting, Stored
from dagster.storage.ingest.outboxes import Outbox
from dagster.storage.ingest.queues import answer_to
from dagster.storage.ingest.routes import Route, RouteRules
from dagster.storage.ingest.storing import store, store_left
from dagster.storage.patience import Patience
from dagster.storage.ports import EventStore

_TEND_SECONDS = 0.25
_TENDED_WITHOUT_NEED = 40


class IngestClient:
    """Has events stored, by an ingest or without one. For any number of threads.

    Args:
        path: of the ingest's socket.
        events: the log, for the time in which there is no ingest.
        rules: how long an ingest is waited for.
        patience: how long to wait for the database, where there is no ingest that waits for it.
    """

    def __init__(self, path: str, events: EventStore, rules: RouteRules | None = None, patience: Patience | None = None) -> None:
        self._path = path
        self._events = events
        self._rules = rules or RouteRules()
        self._patience = patience or Patience()
        self._numbers = 0
        self._forget()
        _CLIENTS.add(self)

    def _forget(self) -> None:
        """Begin anew: also in the child of a fork, where what is open belongs to the parent."""
        self._lock = threading.RLock()
        self._outbox = Outbox()
        self._route = Route(self._rules)
        self._lines: Lines[Answer] | None = None
        self._unsent = bytearray()
        self._away_since: float | None = None
        self._tries = 0
        self._try_at = float("-inf")
        self._tender: threading.Thread | None = None
        self._closing = threading.Event()

    @property
    def is_behind(self) -> bool:
        """Whether something is safe in a spool that is not known to be in the database."""
        return self._outbox.is_behind

    @property
    def is_through_ingest(self) -> bool:
        """Whether an ingest listens, as far as is known."""
        return self._route.is_through_ingest

    def append(self, entries: Sequence[EventLogEntry], attempt: int, first_sequence: int) -> list[int]:
        """Have entries stored and wait until they are; gives their storage ids.

        Raises:
            DagsterRunFencedError: a newer attempt holds the run.
            DagsterStorageAwayError: there is no ingest, and the database was not back in time.
        """
        ids = self._put_and_wait(entries, attempt, first_sequence, wants_ids=True)
        assert ids is not None, "only what need not be stored is answered without ids"
        return ids

    def append_safely(self, entries: Sequence[EventLogEntry], attempt: int, first_sequence: int) -> list[int] | None:
        """Have entries stored, and wait until they are or are safe in the spool; gives their storage ids if they are known.

        Raises:
            DagsterRunFencedError: a newer attempt holds the run.
            DagsterStorageAwayError: there is no ingest, and the database was not back in time.
        """
        return self._put_and_wait(entries, attempt, first_sequence, wants_ids=False)

    def _put_and_wait(
        self, entries: Sequence[EventLogEntry], attempt: int, first_sequence: int, *, wants_ids: bool
    ) -> list[int] | None:
        with self._lock:
            number, line = self._outbox.put(entries, attempt, first_sequence, wants_ids=wants_ids, is_waited_for=True)
            self._will_send(line)
            self._wait(lambda: self._outbox.is_known(number))
            return self._outbox.take_ids(number)

    def send(self, entries: Sequence[EventLogEntry], attempt: int, first_sequence: int) -> None:
        """Have entries stored, and wait only where very much is not stored yet. What was sent before is stored before.

        Raises:
            DagsterRunFencedError: a newer attempt holds the run, as an earlier answer told.
        """
        with self._lock:
            self._outbox.raise_refusal()
            _, line = self._outbox.put(entries, attempt, first_sequence, wants_ids=False, is_waited_for=False)
            self._will_send(line)
            self._advance(is_waiting=False)
            self._wait(lambda: self._outbox.has_room)
            if not self._outbox.is_empty:
                self._tend()

    def drain(self) -> None:
        """Wait until everything that was sent is stored in the database.

        Raises:
            DagsterRunFencedError: a newer attempt holds the run.
            DagsterStorageAwayError: there is no ingest, and the database was not back in time.
        """
        with self._lock:
            if self.is_behind:
                self._will_send(self._outbox.ask_to_catch_up())
            self._wait(lambda: self._outbox.is_empty)

    def close(self) -> None:
        """Wait until everything is stored or safe, and give the connection back; the next event opens another."""
        with self._lock:
            try:
                if not self._outbox.is_refused:
                    self._wait(lambda: self._outbox.is_empty)
            finally:
                self._hang_up()
                self._closing.set()
        tender = self._tender
        if tender is not None:
            tender.join()
            self._tender = None
        self._closing.clear()

    def _will_send(self, line: bytes) -> None:
        if self._route.is_through_ingest:
            self._unsent += line
            self._route.asked(time.monotonic())

    # --- going on -------------------------------------------------------------------------------------------------------

    def _wait(self, is_done: Callable[[], bool]) -> None:
        """Go on until something is so, through any number of ingests that come and go."""
        while not is_done():
            self._outbox.raise_refusal()
            self._advance(is_waiting=True)
        self._outbox.raise_refusal()

    def _advance(self, *, is_waiting: bool) -> None:
        """Do what can be done for what is open; waits, if at all, until something happens or the way may change."""
        now = time.monotonic()
        if self._route.is_silent(now):
            self._hang_up()
        if self._route.may_look(now):
            self._look(now)
        is_direct = self._route.is_direct(now)
        pause = max(self._route.next_moment(now) - now, 0.001) if is_waiting and not is_direct else 0.0
        if self._lines is not None:
            self._exchange(self._lines, pause)
        elif pause:
            time.sleep(pause)
        if is_direct and (self.is_behind or not self._outbox.is_empty):
            self._store_directly(now, is_waiting=is_waiting)

    def _tend(self) -> None:
        """Have a thread go on when nobody calls, so that what was sent is stored though the ingest was killed."""
        if self._tender is None:
            self._tender = threading.Thread(target=self._tend_what_is_open, name="events", daemon=True)
            self._tender.start()

    def _tend_what_is_open(self) -> None:
        idle = 0
        while not self._closing.wait(_TEND_SECONDS):
            with self._lock:
                idle = idle + 1 if self._outbox.is_empty or self._outbox.is_refused else 0
                if idle > _TENDED_WITHOUT_NEED:
                    self._tender = None
                    return
                if not idle:
                    with suppress(DagsterInstanceError):  # raised again by whoever writes next
                        self._advance(is_waiting=False)

    # --- through the ingest ---------------------------------------------------------------------------------------------

    def _look(self, now: float) -> None:
        connection = connected(self._path)
        self._route.looked(connection is not None, now)
        if connection is not None:
            self._lines = Lines(connection, Answer)

    def _greeted(self, greeting: Greeting) -> None:
        """An ingest listens: everything that was not answered is sent to it, from the beginning."""
        if greeting.protocol != PROTOCOL:
            self._hang_up()
            self._route.never()
            return
        self._route.greeted()
        self._unsent = self._outbox.lines()
        if self._unsent:
            self._route.asked(time.monotonic())

    def _exchange(self, lines: Lines[Answer], seconds: float) -> None:
        """Send and receive what can be, waiting for an answer up to `seconds`."""
        poll = select.poll()
        poll.register(lines, select.POLLIN | (select.POLLOUT if self._unsent else 0))
        for _, event in poll.poll(seconds * 1000):
            if event & select.POLLOUT:
                del self._unsent[: lines.send_some(self._unsent)]
            if event & ~select.POLLOUT:
                for answer in lines.received():
                    if isinstance(answer, Greeting):
                        self._greeted(answer)
                    else:
                        self._outbox.take(answer)
                self._route.heard(time.monotonic(), self._outbox.is_empty)
        if lines.is_ended and self._lines is lines:
            self._hang_up()

    def _hang_up(self) -> None:
        self._route.hung_up(time.monotonic())
        self._unsent.clear()
        if self._lines is not None:
            self._lines.close()
            self._lines = None

    # --- without one ----------------------------------------------------------------------------------------------------

    def _store_directly(self, now: float, *, is_waiting: bool) -> None:
        """Store everything that is open, after what an ingest left in its spool."""
        if now < self._try_at:
            if not is_waiting:
                return
            time.sleep(self._try_at - now)
        try:
            if self.is_behind:
                store_left(self._events, self._path, self._outbox.run_ids)
                self._outbox.stored_what_was_spooled()
            requests = self._outbox.requests
            batches = [request for request in requests if isinstance(request, Batch)]
            outcomes = store(self._events, batches) if batches else []
        except DagsterStorageAwayError as away:
            self._away(away)
            return
        self._away_since, self._tries = None, 0
        for batch, outcome in zip(batches, outcomes, strict=True):
            self._outbox.take(answer_to(batch.number, outcome))
        for request in requests:
            self._outbox.take(Stored(request.number, 0, -1))  # what asked whether all is stored

    def _away(self, away: DagsterStorageAwayError) -> None:
        now = time.monotonic()
        self._away_since = now if self._away_since is None else self._away_since
        pause = self._patience.pause(self._tries, now - self._away_since)
        if pause is None:
            self._away_since, self._tries = None, 0
            raise away
        self._tries += 1
        self._try_at = now + pause


_CLIENTS: weakref.WeakSet[IngestClient] = weakref.WeakSet()


def _forget_all() -> None:
    for client in list(_CLIENTS):
        client._forget()  # pyright: ignore[reportPrivateUsage] - the same module


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_all)
