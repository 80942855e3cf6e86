"""What writers say to the ingest and what it says back: JSON lines over a socket."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Union

import msgspec

from dagster.events.entries import EventLogEntry


class Batch(msgspec.Struct, frozen=True, array_like=True, tag=True, gc=False):
    """Entries of one attempt at one run, to be stored together.

    Attributes:
        number: by which the answer is told.
        run_id: the run.
        attempt: the attempt that writes.
        first_sequence: the number of the first entry among all of this attempt, so that a batch sent twice is stored once.
        entries: in order.
    """

    number: int
    run_id: str
    attempt: int
    first_sequence: int
    entries: Sequence[EventLogEntry]


class Stored(msgspec.Struct, frozen=True, array_like=True, tag=True, gc=False):
    """A batch is on disk.

    Attributes:
        number: of the batch.
        first_id, last_id: the ids of its entries where they follow each other, as they do unless some were stored before.
        ids: all of them where they do not.
    """

    number: int
    first_id: int
    last_id: int
    ids: Sequence[int] = ()


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


Answer = Union[Stored, NotStored]


def stored(number: int, ids: Sequence[int]) -> Stored:
    """The answer about a batch that is on disk."""
    first, last = ids[0], ids[-1]
    follow_each_other = last - first + 1 == len(ids)
    return Stored(number, first, last, () if follow_each_other else ids)
