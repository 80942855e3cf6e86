"""What one writer has sent or is going to send and what became of it; no sockets, no clock."""

from __future__ import annotations

from collections.abc import Sequence

from dagster import serdes
from dagster.errors import DagsterInstanceError, DagsterRunFencedError
from dagster.events.entries import EventLogEntry
from dagster.storage.ingest.messages import Answer, Batch, CatchUp, NotStored, Request, Spooled, Stored, ids_of

EVENTS_IN_FLIGHT = 20_000
BYTES_IN_FLIGHT = 32 << 20
"""Of more than these that are not stored yet, the writer waits."""


class Outbox:
    """Requests in the order of their numbers, until they are answered.

    Attributes:
        run_ids: the runs of all batches that there were.
    """

    def __init__(self) -> None:
        self.run_ids: set[str] = set()
        self._numbers = 0
        self._open: dict[int, tuple[Request, int]] = {}
        self._wanted: set[int] = set()
        self._ids: dict[int, list[int] | None] = {}
        self._refused: NotStored | None = None
        self._spooled_up_to: int | None = None
        self._events = self._bytes = 0

    @property
    def requests(self) -> list[Request]:
        """What is not answered, in order: it is sent again from its beginning, whatever the way."""
        return [request for request, _ in self._open.values()]

    @property
    def is_empty(self) -> bool:
        """Whether everything is answered."""
        return not self._open

    @property
    def is_behind(self) -> bool:
        """Whether something is safe in a spool that is not known to be in the database."""
        return self._spooled_up_to is not None

    @property
    def has_room(self) -> bool:
        """Whether more may be put in."""
        return self._events <= EVENTS_IN_FLIGHT and self._bytes <= BYTES_IN_FLIGHT

    @property
    def is_refused(self) -> bool:
        """Whether something was refused: then nothing that comes later can be stored."""
        return self._refused is not None

    def put(
        self, entries: Sequence[EventLogEntry], attempt: int, first_sequence: int, *, wants_ids: bool, is_waited_for: bool
    ) -> tuple[int, bytes]:
        """Put entries in; gives their number, and the line to send."""
        self._numbers += 1
        run_id = entries[0].run_id
        self.run_ids.add(run_id)
        if is_waited_for:
            self._wanted.add(self._numbers)
        self._events += len(entries)
        return self._numbers, self._keep(Batch(self._numbers, run_id, attempt, first_sequence, entries, wants_ids))

    def ask_to_catch_up(self) -> bytes:
        """Put in the question when all is in the database; gives the line to send."""
        self._numbers += 1
        return self._keep(CatchUp(self._numbers))

    def _keep(self, request: Request) -> bytes:
        line = serdes.encode(request) + b"\n"
        self._open[request.number] = (request, len(line))
        self._bytes += len(line)
        return line

    def lines(self) -> bytearray:
        """Everything that is not answered, as it is sent."""
        return bytearray(b"".join(serdes.encode(request) + b"\n" for request, _ in self._open.values()))

    def take(self, answer: Answer) -> None:
        """An answer has come; of what was answered before nothing changes."""
        if isinstance(answer, Spooled):
            for number in [number for number in self._open if number <= answer.up_to_number]:
                if _may_go(self._open[number][0]):
                    self._settle(number, None)
            self._spooled_up_to = answer.up_to_number
        elif isinstance(answer, NotStored):
            if self._settle(answer.number, None):
                self._refused = answer
        elif isinstance(answer, Stored):
            self._settle(answer.number, ids_of(answer))
            if self._spooled_up_to is not None and answer.number > self._spooled_up_to:
                self._spooled_up_to = None  # the spool is stored before anything that came later

    def stored_what_was_spooled(self) -> None:
        """What this writer had in a spool is in the database."""
        self._spooled_up_to = None

    def is_known(self, number: int) -> bool:
        """Whether what is waited for was answered."""
        return number in self._ids

    def take_ids(self, number: int) -> list[int] | None:
        """The ids of what was waited for; None where they are not known because it is only spooled."""
        return self._ids.pop(number)

    def raise_refusal(self) -> None:
        """Raises what was refused, as often as it is called.

        Raises:
            DagsterRunFencedError: a newer attempt holds the run.
            DagsterInstanceError: the storage cannot take it.
        """
        if self._refused is not None:
            error = DagsterRunFencedError if self._refused.is_fenced else DagsterInstanceError
            raise error(self._refused.sentence)

    def _settle(self, number: int, ids: list[int] | None) -> bool:
        request, size = self._open.pop(number, (None, 0))
        if request is None:
            return False
        self._bytes -= size
        self._events -= len(request.entries) if isinstance(request, Batch) else 0
        if number in self._wanted:
            self._wanted.discard(number)
            self._ids[number] = ids
        return True


def _may_go(request: Request) -> bool:
    """Whether it is enough that this is safe in a spool."""
    return isinstance(request, Batch) and not request.wants_ids
