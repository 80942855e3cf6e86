"""What the instance can be asked about the log."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dagster.events.entries import EventLogEntry
from dagster.events.records import (
    AssetRecordsFilter,
    EventLogConnection,
    EventLogRecord,
    EventRecordsFilter,
    EventRecordsResult,
    RunStatusChangeRecordsFilter,
)
from dagster.events.types import DagsterEventType
from dagster.instance.kept import Kept, event_types, place_of, text_of_place
from dagster.keys import AssetKey


class EventMethods(Kept):
    """The log: writing it and reading it."""

    def append(self, entries: Sequence[EventLogEntry], *, attempt: int = 0, first_sequence: int | None = None) -> list[int]:
        """Stores entries in one transaction and gives their storage ids.

        Args:
            entries: in order; of one run where `first_sequence` is given.
            attempt: the attempt at the run that writes.
            first_sequence: the number of the first entry within the attempt; entries whose number is stored are not stored again.

        Raises:
            DagsterRunFencedError: a newer attempt holds the run; nothing was stored.
        """
        return self._storage.events.append(entries, attempt=attempt, first_sequence=first_sequence)

    def append_safely(self, entries: Sequence[EventLogEntry], *, attempt: int, first_sequence: int) -> list[int] | None:
        """Like `append`; where the database is away it is enough that another process keeps the entries on disk, in their order.

        Returns:
            Their storage ids; None where they are not known yet: `append` of the same entries gives them later.
        """
        return self._storage.events.append_safely(entries, attempt=attempt, first_sequence=first_sequence)

    def append_soon(self, entries: Sequence[EventLogEntry], *, attempt: int, first_sequence: int) -> None:
        """Stores entries in their order, and need not wait until they are stored where another process stores them."""
        self._storage.events.append_soon(entries, attempt=attempt, first_sequence=first_sequence)

    def store_event(self, event: EventLogEntry) -> None:
        """Stores one entry and what it changes, the status of its run included."""
        run = self._storage.runs.run(event.run_id) if event.run_id else None
        self._storage.events.append([event], attempt=run.dagster_run.attempt if run else 0)

    def handle_new_event(self, event: EventLogEntry) -> None:
        """Same as `store_event`."""
        self.store_event(event)

    def all_logs(
        self, run_id: str, of_type: DagsterEventType | Collection[DagsterEventType] | None = None
    ) -> Sequence[EventLogEntry]:
        """The entries of a run in order."""
        return [record.event_log_entry for record in self._storage.events.run_log(run_id, types=event_types(of_type))]

    def logs_after(
        self, run_id: str, cursor: int | None = None, of_type: DagsterEventType | None = None, limit: int | None = None
    ) -> Sequence[EventLogEntry]:
        """The entries of a run after its `cursor`-th one, the first being number 0."""
        first = 0 if cursor is None else cursor + 1
        return self.all_logs(run_id, of_type)[first:][:limit]

    def get_records_for_run(
        self,
        run_id: str,
        cursor: str | None = None,
        of_type: DagsterEventType | Collection[DagsterEventType] | None = None,
        limit: int | None = None,
        ascending: bool = True,
    ) -> EventLogConnection:
        """A page of the entries of a run in order; `cursor` is the one that the page before gave."""
        place = place_of(cursor)
        found = self._storage.events.run_log(
            run_id,
            after=place if ascending else None,
            before=None if ascending else place,
            types=event_types(of_type),
            limit=None if limit is None else limit + 1,
            ascending=ascending,
        )
        page = found if limit is None else found[:limit]
        return EventLogConnection(page, _cursor_after(page, cursor), len(found) > len(page))

    def get_event_records(
        self, event_records_filter: EventRecordsFilter, limit: int | None = None, ascending: bool = False
    ) -> Sequence[EventLogRecord]:
        """The entries of one type that meet all conditions, latest first."""
        return self._storage.events.records(event_records_filter, limit=limit, ascending=ascending)

    def fetch_materializations(
        self, records_filter: AssetKey | AssetRecordsFilter, limit: int, cursor: str | None = None, ascending: bool = False
    ) -> EventRecordsResult:
        """A page of the materializations of an asset, latest first; `cursor` is the one that the page before gave."""
        return self._page(DagsterEventType.ASSET_MATERIALIZATION, records_filter, limit, cursor, ascending)

    def fetch_observations(
        self, records_filter: AssetKey | AssetRecordsFilter, limit: int, cursor: str | None = None, ascending: bool = False
    ) -> EventRecordsResult:
        """A page of the observations of an asset, latest first."""
        return self._page(DagsterEventType.ASSET_OBSERVATION, records_filter, limit, cursor, ascending)

    def fetch_planned_materializations(
        self, records_filter: AssetKey | AssetRecordsFilter, limit: int, cursor: str | None = None, ascending: bool = False
    ) -> EventRecordsResult:
        """A page of the materializations of an asset that were planned, latest first."""
        return self._page(DagsterEventType.ASSET_MATERIALIZATION_PLANNED, records_filter, limit, cursor, ascending)

    def fetch_failed_materializations(
        self, records_filter: AssetKey | AssetRecordsFilter, limit: int, cursor: str | None = None, ascending: bool = False
    ) -> EventRecordsResult:
        """A page of the events that say that an asset was not written, latest first."""
        return self._page(DagsterEventType.ASSET_FAILED_TO_MATERIALIZE, records_filter, limit, cursor, ascending)

    def fetch_run_status_changes(
        self,
        records_filter: DagsterEventType | RunStatusChangeRecordsFilter,
        limit: int,
        cursor: str | None = None,
        ascending: bool = False,
    ) -> EventRecordsResult:
        """A page of the events that say that runs moved to a status, of all runs, latest first.

        Raises:
            CheckError: the type of event does not say where a run moved.
        """
        given = records_filter
        asked = given if isinstance(given, RunStatusChangeRecordsFilter) else RunStatusChangeRecordsFilter(given)
        place = place_of(cursor)
        conditions = asked.to_event_records_filter(None if place is None else str(place), ascending)
        found = self._storage.events.records(conditions, job_names=asked.job_names, limit=limit + 1, ascending=ascending)
        return EventRecordsResult(found[:limit], _cursor_after(found[:limit], cursor), len(found) > limit)

    def _page(
        self, kind: DagsterEventType, asked: AssetKey | AssetRecordsFilter, limit: int, cursor: str | None, ascending: bool
    ) -> EventRecordsResult:
        place = place_of(cursor)
        conditions = asked if isinstance(asked, AssetRecordsFilter) else AssetRecordsFilter(asked)
        text = None if place is None else str(place)
        found = self._storage.events.records(
            conditions.to_event_records_filter(kind, text, ascending), limit=limit + 1, ascending=ascending
        )
        return EventRecordsResult(found[:limit], _cursor_after(found[:limit], cursor), len(found) > limit)


def _cursor_after(page: Sequence[EventLogRecord], cursor: str | None) -> str:
    return text_of_place(page[-1].storage_id) if page else cursor or text_of_place(None)
