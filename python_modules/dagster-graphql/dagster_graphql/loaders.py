"""What is read of storage for one request, many at a time.

The items of a list are completed one after another, and each asks for its own row. So that this is one query, the field that
gives the list says which keys are coming (`expect`); the first one that is asked for then brings all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Generic, TypeVar

from dagster.events.records import AssetRecord, EventLogRecord, EventRecordsFilter
from dagster.events.types import DagsterEventType
from dagster.instance.instance import DagsterInstance
from dagster.instance.partition_statuses import AssetPartitionStatus, PartitionStatuses
from dagster.keys import AssetCheckKey, AssetKey
from dagster.lineage.staleness import Staleness
from dagster.partitions.loading import PartitionLoadingContext, partition_loading_context
from dagster.runs.instigators import InstigatorState
from dagster.runs.runs import RunRecord, RunsFilter
from dagster.runs.statistics import RunStepKeyStatsSnapshot
from dagster.runs.tags import PARTITION_NAME_TAG, PARTITION_SET_TAG
from dagster.runs.ticks import TickRecord
from dagster.storage.projections import AssetMarks
from dagster_graphql.catalogs import Catalog

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Loader(Generic[K, V]):
    """Reads values by key, each at most once.

    Args:
        read: gives the values of some keys; those without a value are left out.

    Example:
        >>> lengths = Loader(lambda words: {word: len(word) for word in words})
        >>> lengths.expect(["one", "three"])
        >>> lengths.load("three"), lengths.load("one")
        (5, 3)
    """

    def __init__(self, read: Callable[[Sequence[K]], Mapping[K, V]]) -> None:
        self._read = read
        self._expected: list[Collection[K]] = []
        self._known: dict[K, V | None] = {}

    def expect(self, keys: Collection[K]) -> None:
        """Says that these will be asked for; looked at when the first one is, since often none is."""
        self._expected.append(keys)

    def load(self, key: K) -> V | None:
        """The value of a key, None if it has none. One query for all that are expected."""
        if key not in self._known:
            expected, self._expected = [*self._expected, [key]], []
            keys = [each for each in dict.fromkeys(chain.from_iterable(expected)) if each not in self._known]
            found = self._read(keys)
            for each in keys:
                self._known[each] = found.get(each)
        return self._known[key]

    def know(self, values: Mapping[K, V]) -> None:
        """Takes over values that were read already."""
        self._known.update(values)


class Loaders:
    """The loaders of one request, each made when it is first asked for.

    Args:
        instance: what is asked.
        catalog: gives what is declared.
        loading: the moment of the request.
    """

    def __init__(
        self,
        instance: DagsterInstance,
        catalog: Callable[[], Catalog],
        loading: PartitionLoadingContext,
    ) -> None:
        self._instance = instance
        self._catalog = catalog
        self._loading = loading

    @cached_property
    def runs(self) -> Loader[str, RunRecord]:
        """Runs by id."""
        return Loader(self._runs)

    def _runs(self, run_ids: Sequence[str]) -> Mapping[str, RunRecord]:
        records = self._instance.get_run_records(RunsFilter(run_ids=list(run_ids)))
        return {record.dagster_run.run_id: record for record in records}

    @cached_property
    def runs_by_partition(self) -> Loader[str, Mapping[str, RunRecord]]:
        """The latest run for each partition of a set, by the set's name; a query per set."""
        return Loader(lambda names: {name: self._runs_of_set(name) for name in names})

    def _runs_of_set(self, name: str) -> Mapping[str, RunRecord]:
        found: dict[str, RunRecord] = {}
        for record in self._instance.get_run_records(RunsFilter(tags={PARTITION_SET_TAG: name})):
            found.setdefault(record.dagster_run.tags.get(PARTITION_NAME_TAG, ""), record)
        return found

    @cached_property
    def step_stats(self) -> Loader[str, Sequence[RunStepKeyStatsSnapshot]]:
        """The steps of a run in numbers; a query per run."""
        return Loader(lambda run_ids: {run_id: self._instance.get_run_step_stats(run_id) for run_id in run_ids})

    @cached_property
    def latest_materializations(self) -> Loader[AssetKey, EventLogRecord]:
        """The latest materialization of an asset."""
        return Loader(lambda keys: self._instance.storage.assets.latest_materializations(keys))

    @cached_property
    def asset_records(self) -> Loader[AssetKey, AssetRecord]:
        """What is known of an asset."""
        return Loader(lambda keys: {record.asset_entry.asset_key: record for record in self._instance.get_asset_records(keys)})

    @cached_property
    def asset_marks(self) -> Loader[AssetKey, AssetMarks]:
        """The places of the latest events about an asset."""
        return Loader(lambda keys: self._instance.asset_marks(keys))

    @cached_property
    def partition_statuses(self) -> Loader[AssetKey, PartitionStatuses[AssetPartitionStatus]]:
        """Where the partitions of an asset stand; a query per asset."""
        return Loader(self._partition_statuses)

    def _partition_statuses(self, keys: Sequence[AssetKey]) -> Mapping[AssetKey, PartitionStatuses[AssetPartitionStatus]]:
        specs = self._catalog().specs
        definitions = {key: specs[key].partitions_def for key in keys if key in specs}
        with partition_loading_context(new_ctx=self._loading):
            return {
                key: self._instance.partition_statuses(key, definition)
                for key, definition in definitions.items()
                if definition is not None
            }

    @cached_property
    def staleness(self) -> Loader[AssetKey, Staleness]:
        """What knows where assets stand, the same for all of them; what it needs of those that are expected is two queries."""
        catalog = self._catalog()
        staleness = Staleness(catalog.specs, catalog.made_here, self._instance.data_history())

        def loaded(keys: Sequence[AssetKey]) -> Mapping[AssetKey, Staleness]:
            staleness.load(keys)
            return dict.fromkeys(keys, staleness)

        return Loader(loaded)

    @cached_property
    def told_versions(self) -> Loader[AssetKey, str]:
        """The version of an asset's data as its latest materialization or observation says it."""
        history = self._instance.data_history()
        return Loader(lambda keys: {key: told.data_version for key, told in history.latest_told(keys).items()})

    @cached_property
    def latest_check_records(self) -> Loader[AssetCheckKey, EventLogRecord]:
        """The event of the latest execution of a check: of what it found, or of its plan where it found nothing yet.

        None for a check that was not executed since its asset was last materialized.
        """
        return Loader(self._latest_check_records)

    def _latest_check_records(self, keys: Sequence[AssetCheckKey]) -> Mapping[AssetCheckKey, EventLogRecord]:
        written = self.asset_marks
        written.expect([key.asset_key for key in keys])
        known = self._instance.storage.assets.check_marks(keys)
        marks = {key: mark for key, mark in known.items() if mark.is_about(written.load(key.asset_key))}
        places = {key: mark.planned_id if mark.is_planned_later else mark.evaluation_id for key, mark in marks.items()}
        found: dict[int, EventLogRecord] = {}
        for kind in (DagsterEventType.ASSET_CHECK_EVALUATION, DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED):
            is_planned = kind is DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED
            wanted = [place for key, place in places.items() if place is not None and marks[key].is_planned_later == is_planned]
            records = self._instance.get_event_records(EventRecordsFilter(kind, storage_ids=wanted)) if wanted else ()
            found.update((record.storage_id, record) for record in records)
            if is_planned:
                self.runs.expect({record.run_id for record in records})
        return {key: found[place] for key, place in places.items() if place in found}

    @cached_property
    def instigators(self) -> Loader[str, InstigatorState]:
        """Where a schedule or sensor stands, by its selector."""
        return Loader(lambda selectors: self._instance.get_instigator_states(selectors))

    @cached_property
    def latest_ticks(self) -> Loader[str, TickRecord]:
        """The newest tick of a schedule or sensor, by its selector."""
        return Loader(lambda selectors: self._instance.get_latest_ticks(selectors))
