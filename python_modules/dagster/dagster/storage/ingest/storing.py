"""Storing what writers sent: batches that follow each other together, and each for itself where one cannot be stored."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dagster import serdes
from dagster.errors import DagsterStorageAwayError
from dagster.storage.ingest.claims import claimed
from dagster.storage.ingest.messages import Batch
from dagster.storage.ingest.queues import Outcome
from dagster.storage.ingest.spools import ENDING, Spool, size_of
from dagster.storage.patience import impatient
from dagster.storage.ports import EventBatch, EventStore

_read = serdes.reader(Batch)


def store(events: EventStore, batches: Sequence[Batch]) -> list[Outcome]:
    """Store batches in one transaction, without waiting for a database that is away.

    Returns:
        The ids of each batch's entries, or why it is refused for ever.

    Raises:
        DagsterStorageAwayError: the database takes nothing at the moment.
    """
    groups = _grouped(batches)
    outcomes: list[Outcome] = []
    for group, outcome in zip(groups, _outcomes(events, [_joined(group) for group in groups]), strict=True):
        begin = 0
        for batch in group:
            end = begin + len(batch.entries)
            outcomes.append(outcome if isinstance(outcome, Exception) else outcome[begin:end])
            begin = end
    return outcomes


def replay(events: EventStore, spool: Spool) -> int:
    """Store the next part of a spool; gives the place behind it.

    Raises:
        DagsterStorageAwayError: the database takes nothing at the moment.
    """
    lines, place = spool.read()
    _store_lines(events, spool, lines, None)
    return place


def _store_lines(events: EventStore, spool: Spool, lines: Sequence[bytes], run_ids: Collection[str] | None) -> None:
    batches: list[Batch] = []
    for line in lines:
        try:
            batches.append(_read(line))
        except Exception as unreadable:
            _tell(f"A record of the spool cannot be read: {unreadable}. A copy of the file is kept.")
            spool.keep_a_copy()
    wanted = [batch for batch in batches if run_ids is None or batch.run_id in run_ids]
    for outcome in store(events, wanted) if wanted else ():
        if isinstance(outcome, Exception):
            _tell(f"What stood in the spool is not stored: {outcome}")


def store_left(events: EventStore, path: str, run_ids: Collection[str] | None = None) -> None:
    """Store what an ingest left in its spool.

    All of it where there is no ingest at the moment; else only what belongs to some runs, whose next events are stored
    without it: an ingest that was stopped stores it once more when it goes on, which changes nothing.

    Args:
        events: the log.
        path: of the ingest's socket.
        run_ids: the runs; None where the ingest that there is will do it.

    Raises:
        DagsterStorageAwayError: the database takes nothing at the moment.
    """
    if not size_of(path + ENDING):
        return
    claim = claimed(path)
    if claim is None and run_ids is None:
        return
    try:
        spool = Spool(path + ENDING)
        while spool.left_bytes:
            lines, place = spool.read()
            _store_lines(events, spool, lines, None if claim is not None else run_ids)
            spool.take_out(place, empties=claim is not None)
    finally:
        if claim is not None:
            claim.close()


def _outcomes(events: EventStore, groups: Sequence[EventBatch]) -> Sequence[Outcome]:
    with impatient():
        try:
            return events.append_all(groups)
        except DagsterStorageAwayError:
            raise
        except Exception as refused:
            if len(groups) == 1:
                return [refused]
    # One of them cannot be stored, and the others must not suffer from it.
    return [outcome for group in groups for outcome in _outcomes(events, [group])]


def _grouped(batches: Sequence[Batch]) -> list[list[Batch]]:
    """Batches that follow each other in one attempt are stored as one: each costs the database questions."""
    groups: list[list[Batch]] = []
    for batch in batches:
        if groups:
            before = groups[-1][-1]
            follows = batch.first_sequence == before.first_sequence + len(before.entries)
            if follows and (before.run_id, before.attempt) == (batch.run_id, batch.attempt):
                groups[-1].append(batch)
                continue
        groups.append([batch])
    return groups


def _joined(group: Sequence[Batch]) -> EventBatch:
    first = group[0]
    entries = first.entries if len(group) == 1 else [entry for batch in group for entry in batch.entries]
    return EventBatch(entries, first.attempt, first.first_sequence)


def _tell(sentence: str) -> None:
    import logging

    logging.getLogger("dagster.storage").warning(sentence)
