"""The ingest: one writer for the events of many processes of this host.

It reads what has come from all of them, stores it in one transaction and answers **after** the commit; what comes meanwhile is
the next transaction. It keeps nothing that is not on disk: what was not answered is still with whoever sent it, and is sent again
to the next ingest, where its numbers tell what was stored already. So a kill of the ingest loses nothing and repeats nothing.
"""

from __future__ import annotations

import os
import selectors
import socket
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from dagster import serdes
from dagster.errors import DagsterError, DagsterRunFencedError
from dagster.lines import Lines
from dagster.storage.ingest.messages import Answer, Batch, NotStored, stored
from dagster.storage.ports import EventBatch, Storage

EVENTS_AT_ONCE = 2_000
"""Of more events than these, the rest waits for the next transaction."""

_Received = tuple["Lines[Batch]", Batch]


class IngestServer:
    """Stores what writers send.

    Args:
        storage: where it is stored.
        path: of the socket on which it listens, for this user alone.
    """

    def __init__(self, storage: Storage, path: str) -> None:
        self._storage = storage
        self._path = path
        with suppress(FileNotFoundError):
            os.unlink(path)
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(path)
        os.chmod(path, 0o600)
        self._listening.listen(256)
        self._waking, self._wakes = socket.socketpair()
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listening, selectors.EVENT_READ)
        self._selector.register(self._waking, selectors.EVENT_READ)
        self._is_open = True

    def serve(self) -> None:
        """Store what comes, until `stop` is called."""
        while self._is_open:
            batches: list[_Received] = []
            for key, _ in self._selector.select():
                if key.fileobj is self._listening:
                    self._accept()
                elif key.fileobj is not self._waking:
                    batches.extend(self._received(key.data, EVENTS_AT_ONCE - sum(len(each.entries) for _, each in batches)))
            if batches:
                self._store(batches)
        self._close()

    def stop(self) -> None:
        """Have `serve` end; from any thread."""
        self._is_open = False
        self._wakes.send(b"x")

    def _accept(self) -> None:
        connection, _ = self._listening.accept()
        lines: Lines[Batch] = Lines(connection, Batch)
        self._selector.register(connection, selectors.EVENT_READ, lines)

    def _received(self, lines: Lines[Batch], room: int) -> list[_Received]:
        if room <= 0:
            return []
        batches = [(lines, batch) for batch in lines.received()]
        if lines.is_ended:
            self._hang_up(lines)
        return batches

    def _store(self, received: Sequence[_Received]) -> None:
        """Store all of them in one transaction and answer each."""
        groups = _grouped(received)
        outcomes: Sequence[Any]
        try:
            outcomes = self._storage.events.append_all([_joined(group) for group in groups])
        except DagsterError as refused:  # after all patience; those who wait are told
            outcomes = [refused for _ in groups]
        answers: dict[Lines[Batch], bytearray] = {}
        for group, outcome in zip(groups, outcomes, strict=True):
            told = answers.setdefault(group[0][0], bytearray())
            for answer in _answers([batch for _, batch in group], outcome):
                told += serdes.encode(answer) + b"\n"
        for lines, told in answers.items():
            # A writer that does not listen, because it was stopped, must not stop the others: it is hung up on, and sends again.
            if not lines.is_ended and lines.send_some(told) < len(told):
                self._hang_up(lines)

    def _hang_up(self, lines: Lines[Batch]) -> None:
        self._selector.unregister(lines)
        lines.close()

    def _close(self) -> None:
        for key in list(self._selector.get_map().values()):
            writer: Lines[Batch] | None = key.data
            if writer is not None:
                writer.close()
        self._selector.close()
        for each in (self._listening, self._waking, self._wakes):
            each.close()
        with suppress(FileNotFoundError):
            os.unlink(self._path)


def _grouped(received: Sequence[_Received]) -> list[list[_Received]]:
    """Batches that follow each other in one attempt, from one writer, are stored as one: each costs the database questions."""
    groups: list[list[_Received]] = []
    for lines, batch in received:
        if groups:
            before_lines, before = groups[-1][-1]
            follows = batch.first_sequence == before.first_sequence + len(before.entries)
            if follows and before_lines is lines and (before.run_id, before.attempt) == (batch.run_id, batch.attempt):
                groups[-1].append((lines, batch))
                continue
        groups.append([(lines, batch)])
    return groups


def _joined(group: Sequence[_Received]) -> EventBatch:
    first = group[0][1]
    entries = first.entries if len(group) == 1 else [entry for _, batch in group for entry in batch.entries]
    return EventBatch(entries, first.attempt, first.first_sequence)


def _answers(batches: Sequence[Batch], outcome: Any) -> Iterator[Answer]:
    """The answer to each batch of a group, of which the ids are known together."""
    begin = 0
    for batch in batches:
        if isinstance(outcome, DagsterError):
            yield NotStored(batch.number, isinstance(outcome, DagsterRunFencedError), str(outcome))
            continue
        end = begin + len(batch.entries)
        yield stored(batch.number, outcome[begin:end])
        begin = end
