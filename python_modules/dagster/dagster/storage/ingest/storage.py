"""A storage whose numbered events are written through the ingest; everything else goes to the storage itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dagster.events.entries import EventLogEntry
from dagster.storage.ingest.clients import IngestClient
from dagster.storage.ports import EventStore, Storage


class IngestedStorage:
    """The port `Storage` over another one. What this process wrote is there to read, also if the database was away meanwhile.

    Args:
        storage: is asked, and written to by what is not numbered.
        client: takes events that are numbered.
    """

    def __init__(self, storage: Storage, client: IngestClient) -> None:
        self._storage = storage
        self._client = client
        self._events = _IngestedEvents(storage.events, client)

    @property
    def events(self) -> Any:
        """See `Storage`."""
        return self._events

    def __getattr__(self, name: str) -> Any:
        if self._client.is_behind:
            self._client.drain()
        return getattr(self._storage, name)

    def close(self) -> None:
        """See `Storage`."""
        self._client.close()
        self._storage.close()


class _IngestedEvents:
    """The port `EventStore`."""

    def __init__(self, events: EventStore, client: IngestClient) -> None:
        self._events = events
        self._client = client

    def append(self, entries: Sequence[EventLogEntry], *, attempt: int = 0, first_sequence: int | None = None) -> list[int]:
        """See `EventStore`."""
        if first_sequence is None or not entries:
            return self._events.append(entries, attempt=attempt, first_sequence=first_sequence)
        return self._client.append(entries, attempt, first_sequence)

    def append_safely(self, entries: Sequence[EventLogEntry], *, attempt: int, first_sequence: int) -> list[int] | None:
        """See `EventStore`."""
        return self._client.append_safely(entries, attempt, first_sequence) if entries else []

    def append_soon(self, entries: Sequence[EventLogEntry], *, attempt: int, first_sequence: int) -> None:
        """See `EventStore`."""
        if entries:
            self._client.send(entries, attempt, first_sequence)

    def __getattr__(self, name: str) -> Any:
        if self._client.is_behind:
            self._client.drain()
        return getattr(self._events, name)
