"""What writers say to the ingest and what it says back: JSON lines over a socket."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Union

import msgspec

from dagster.events.entries import EventLogEntry

PROTOCOL = 1
"""A writer that knows another number stores its events itself: it is of another version than the ingest."""


class Batch(msgspec.Struct, frozen=True, array_like=True, tag=True, gc=False):
    """Entries of one attempt at one run, to be stored together.

    Attributes:
        number: by which the answer is told; numbers of one writer grow.
        run_id: the run.
        attempt: the attempt that writes.
        first_sequence: the number of the first entry among all of this attempt, so that a batch sent twice is stored once.
        entries: in order.
        wants_ids: whether the writer waits until they are stored, for their ids; else it is enough that they are safe.
    """

    number: int
    run_id: str
    attempt: int
    first_sequence: int
    entries: Sequence[EventLogEntry]
    wants_ids: bool = False


class CatchUp(msgspec.Struct, frozen=True, array_like=True, tag=True, gc=False):
    """Asks to be answered `Stored` when everything that this writer sent before is stored."""

    number: int


Request = Union[Batch, CatchUp]


class Greeting(msgspec.Struct, frozen=True, array_like=True, tag=True, gc=False):
    """The first line of an ingest: it listens to this writer."""

    protocol: int


class Stored(msgspec.Struct, frozen=True, array_like=True, tag=True, gc=False):
    """A batch is committed in the database.

    Attributes:
        number: of the batch.
        first_id, last_id: the ids of its entries where they follow each other, as they do unless some were stored before.
        ids: all of them where they do not.
    """

    number: int
    first_id: int
    last_id: int
    ids: Sequence[int] = ()


class Spooled(msgspec.Struct, frozen=True, array_like=True, tag=True, gc=False):
    """The database is away. What this writer sent up to here is on disk, in the spool, and is stored before anything later."""

    up_to_number: int


class NotStored(msgspec.Struct, frozen=True, array_like=True, tag=True, gc=False):
    """A batch was refused, and will always be.

    Attributes:
        number: of the batch.
        is_fenced: whether a newer attempt holds the run; else the storage cannot take it.
        sentence: why.
    """

    number: int
    is_fenced: bool
    sentence: str


class Waits(msgspec.Struct, frozen=True, array_like=True, tag=True, gc=False):
    """The ingest lives and waits for the database."""

    sentence: str


Answer = Union[Greeting, Stored, Spooled, NotStored, Waits]


def stored(number: int, ids: Sequence[int]) -> Stored:
    """The answer about a batch that is committed."""
    if not ids:
        return Stored(number, 0, -1)
    first, last = ids[0], ids[-1]
    follow_each_other = last - first + 1 == len(ids)
    return Stored(number, first, last, () if follow_each_other else ids)


def ids_of(answer: Stored) -> list[int]:
    """The ids of the entries of a batch."""
    return list(answer.ids or range(answer.first_id, answer.last_id + 1))
