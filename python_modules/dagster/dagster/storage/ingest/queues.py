"""What an ingest does next: a pure machine. It is told what happened and when; it says what to store, to spool and to answer.

One writer's batches are stored in the order in which they came, whatever happens between. That rests on three rules. What is
in the spool is stored before what waits in memory. What is spooled is everything that waits, from the front, also what is
being stored at that moment. And storing twice stores once, since every entry has its number.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dagster.errors import DagsterRunFencedError
from dagster.storage.ingest.messages import Answer, Batch, NotStored, Request, Spooled, stored


class IngestRules(msgspec.Struct, frozen=True, kw_only=True):
    """When an ingest does what.

    Attributes:
        events_at_once: of more events than these, the rest waits for the next transaction.
        spool_after_seconds: when the database has not taken anything for so long, what waits is put into the spool.
        retry_seconds: how long after a failure the database is tried again.
        held_bytes: with more than half of this in memory, what waits is put into the spool; with more than this, writers are not
            read from until there is room.
        spool_bytes: the spool does not grow beyond this.
    """

    events_at_once: int = 2_000
    spool_after_seconds: float = 0.5
    retry_seconds: float = 0.25
    held_bytes: int = 32 << 20
    spool_bytes: int = 1 << 30


class Waiting(msgspec.Struct, eq=False):
    """Something that a writer sent and that is not stored.

    Attributes:
        writer: who sent it.
        request: what.
        line: the same, as it was sent.
        is_spooled: whether it is in the spool.
    """

    writer: int
    request: Request
    line: bytes
    is_spooled: bool = False

    @property
    def must_stay(self) -> bool:
        """Whether it is not enough that it is in the spool: its writer waits for the database."""
        return not isinstance(self.request, Batch) or self.request.wants_ids


Outcome = Sequence[int] | Exception
"""The ids of a batch's entries, or why it is refused for ever."""
Told = tuple[int, Answer]
"""A writer and what to answer."""


class IngestQueue:
    """What waits, and where the database stands.

    Args:
        rules: when to do what.
        spool_bytes: how much is in the spool that an ingest before left.
    """

    def __init__(self, rules: IngestRules, spool_bytes: int = 0) -> None:
        self._rules = rules
        self._waiting: list[Waiting] = []
        self._storing: list[Waiting] = []
        self._is_replaying = False
        self._spool_bytes = spool_bytes
        self._held_bytes = 0
        self._trouble_since: float | None = None
        self._retry_at = float("-inf")
        self._spool_at = float("-inf")

    @property
    def is_busy(self) -> bool:
        """Whether something is being stored at the moment."""
        return self._is_replaying or bool(self._storing)

    @property
    def is_empty(self) -> bool:
        """Whether everything that came is stored."""
        return not (self._waiting or self._storing or self._spool_bytes)

    @property
    def may_read(self) -> bool:
        """Whether there is room for more."""
        return self._held_bytes <= self._rules.held_bytes

    def troubled_seconds(self, now: float) -> float:
        """For how long the database has not taken anything that it was given."""
        return now - self._trouble_since if self._trouble_since is not None else 0.0

    def received(self, writer: int, request: Request, line: bytes) -> None:
        """A writer sent something."""
        self._waiting.append(Waiting(writer, request, line))
        self._held_bytes += len(line)

    # --- the database ---------------------------------------------------------------------------------------------------

    def wants_replay(self, now: float) -> bool:
        """Whether the next of the spool is to be stored now; then it is under way."""
        if self.is_busy or now < self._retry_at or not self._spool_bytes:
            return False
        self._is_replaying = True
        self._begin(now)
        return True

    def to_store(self, now: float) -> Sequence[Waiting]:
        """What is to be stored now, in one transaction; it is under way then. Empty when there is nothing to do."""
        if self.is_busy or now < self._retry_at or self._spool_bytes or not self._waiting:
            return ()
        count, events = 0, 0
        for waiting in self._waiting:
            events += len(waiting.request.entries) if isinstance(waiting.request, Batch) else 0
            if count and events > self._rules.events_at_once:
                break
            count += 1
        self._storing, self._waiting = self._waiting[:count], self._waiting[count:]
        self._begin(now)
        return self._storing

    def _begin(self, now: float) -> None:
        if self._trouble_since is None:
            self._trouble_since = now

    def stored(self, outcomes: Sequence[Outcome]) -> list[Told]:
        """What was under way is committed, or refused; gives the answers."""
        told = [
            (waiting.writer, answer_to(waiting.request.number, outcome))
            for waiting, outcome in zip(self._storing, outcomes, strict=True)
        ]
        self._held_bytes -= sum(len(waiting.line) for waiting in self._storing)
        self._storing = []
        self._trouble_since = None
        return told

    def replayed(self, spool_bytes: int) -> None:
        """A part of the spool is committed; so much is left of it."""
        self._is_replaying = False
        self._spool_bytes = spool_bytes
        self._trouble_since = None

    def away(self, now: float) -> None:
        """The database did not take what was under way; all of it is tried again."""
        self._is_replaying = False
        self._retry_at = now + self._rules.retry_seconds
        self._waiting, self._storing = [*self._storing, *self._waiting], []
        self._drop_what_is_safe()

    # --- the spool ------------------------------------------------------------------------------------------------------

    def to_spool(self, now: float) -> Sequence[Waiting]:
        """What is to be put into the spool now, in this order; empty when nothing is."""
        is_time = self.troubled_seconds(now) >= self._rules.spool_after_seconds or self._held_bytes > self._rules.held_bytes // 2
        return self._unspooled() if is_time and now >= self._spool_at else ()

    def _unspooled(self) -> Sequence[Waiting]:
        if self._spool_bytes >= self._rules.spool_bytes:
            return ()
        return [each for each in (*self._storing, *self._waiting) if not each.is_spooled and isinstance(each.request, Batch)]

    def spooled(self, those: Sequence[Waiting], spool_bytes: int) -> list[Told]:
        """They are in the spool, which is now so large; gives the answers."""
        for each in those:
            each.is_spooled = True
        self._spool_bytes = spool_bytes
        self._drop_what_is_safe()
        return [*{each.writer: (each.writer, Spooled(each.request.number)) for each in those}.values()]

    def not_spooled(self, now: float) -> None:
        """The spool could not be written: everything stays in memory, and it is tried again later."""
        self._spool_at = now + self._rules.retry_seconds

    def _drop_what_is_safe(self) -> None:
        kept = [each for each in self._waiting if each.must_stay or not each.is_spooled]
        self._waiting = kept
        self._held_bytes = sum(len(each.line) for each in (*self._storing, *kept))

    # --- time -----------------------------------------------------------------------------------------------------------

    def next_moment(self, now: float) -> float | None:
        """When there is something to do though nothing happens; None for never."""
        moments: list[float] = []
        if not self.is_busy and (self._waiting or self._spool_bytes):
            moments.append(max(self._retry_at, now))
        if self._trouble_since is not None and self._unspooled():
            moments.append(max(self._trouble_since + self._rules.spool_after_seconds, self._spool_at, now))
        return min(moments, default=None)


def answer_to(number: int, outcome: Outcome) -> Answer:
    """What became of a request, as its writer is told."""
    if isinstance(outcome, Exception):
        return NotStored(number, isinstance(outcome, DagsterRunFencedError), str(outcome))
    return stored(number, outcome)
