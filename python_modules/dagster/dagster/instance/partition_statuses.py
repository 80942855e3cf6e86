"""Where the partitions of an asset stand, as subsets and ranges, and the decision which says it of what storage groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Generic, TypeVar

import msgspec

from dagster.partitions.definitions import PartitionsDefinition
from dagster.partitions.loading import PartitionLoadingContext, current_loading_context, partition_loading_context
from dagster.partitions.multi import MultiPartitionsDefinition
from dagster.partitions.multi_keys import DELIMITER
from dagster.partitions.multi_subsets import MultiSubset, equal_rows
from dagster.partitions.subsets import PartitionsSubset
from dagster.partitions.window_partitions import WindowPartitions
from dagster.partitions.window_subsets import WindowsSubset
from dagster.runs.statuses import DagsterRunStatus
from dagster.storage.projections import PartitionGroup


class AssetPartitionStatus(Enum):
    """Where a partition of an asset stands."""

    MATERIALIZED = "MATERIALIZED"
    IN_PROGRESS = "IN_PROGRESS"
    FAILED = "FAILED"


S = TypeVar("S", bound=Enum)
"""The places at which partitions can stand."""


class PartitionRange(msgspec.Struct, Generic[S], frozen=True, kw_only=True):
    """Partitions that lie next to each other and stand at the same place.

    Attributes:
        start_key: the first of them.
        end_key: the last of them, included.
        status: where each of them stands.
        start_time: when the window of the first one begins, in seconds since the epoch; None for partitions that are not time.
        end_time: when the window of the last one ends.
    """

    start_key: str
    end_key: str
    status: S
    start_time: float | None = None
    end_time: float | None = None


class DimensionRange(msgspec.Struct, Generic[S], frozen=True, kw_only=True):
    """Keys of one dimension that lie next to each other, for which the other dimensions stand at the same places.

    Attributes:
        start_key: the first of them.
        end_key: the last of them, included.
        others: where the partitions of the other dimensions stand, for each of them.
        start_time: when the window of the first one begins, in seconds since the epoch; None for a dimension that is not time.
        end_time: when the window of the last one ends.
    """

    start_key: str
    end_key: str
    others: PartitionStatuses[S]
    start_time: float | None = None
    end_time: float | None = None


class PartitionStatuses(msgspec.Struct, Generic[S], frozen=True):
    """Where the partitions of an asset, or of a check, stand. Those that were never made nor planned are in none of the subsets.

    Attributes:
        definition: the partitions.
        subsets: keyed by status, one for each; they do not overlap and hold only partitions that exist.
        loading: the moment at which they were looked at, and the store of dynamic ones; everything is told as of then.
        before: of those that failed or are in progress, the ones that had been materialized before.
    """

    definition: PartitionsDefinition
    subsets: Mapping[S, PartitionsSubset]
    loading: PartitionLoadingContext
    before: PartitionsSubset

    def keys(self, status: S) -> Sequence[str]:
        """The keys of the partitions that stand there, in the order of the definition."""
        with partition_loading_context(new_ctx=self.loading):
            return self.subsets[status].get_partition_keys()

    def status_of(self, partition_key: str) -> S | None:
        """Where a partition stands, None if it was never made nor planned."""
        return next((status for status, subset in self.subsets.items() if partition_key in subset), None)

    def counts(self) -> Mapping[S, int]:
        """How many partitions stand where, keyed by status. Does not list them."""
        return {status: len(subset) for status, subset in self.subsets.items()}

    def total(self) -> int:
        """How many partitions there are. Lists none but dynamic ones."""
        with partition_loading_context(new_ctx=self.loading):
            return self.definition.get_num_partitions()

    def missing(self) -> PartitionsSubset:
        """The partitions that were never made nor planned."""
        with partition_loading_context(new_ctx=self.loading):
            left = self.definition.subset_with_all_partitions()
            for subset in self.subsets.values():
                left = left - subset
            return left

    def keys_never(self, status: S) -> Sequence[str]:
        """The keys of the partitions that neither stand there nor did before their last plan, in the order of the definition."""
        with partition_loading_context(new_ctx=self.loading):
            return (self.definition.subset_with_all_partitions() - (self.subsets[status] | self.before)).get_partition_keys()

    def missing_keys(self) -> Sequence[str]:
        """Their keys, in the order of the definition."""
        with partition_loading_context(new_ctx=self.loading):
            return self.missing().get_partition_keys()

    def ranges(self) -> list[PartitionRange[S]]:
        """Where partitions stand, range by range; those of windows in the order of time, others by status.

        A range of partitions with several dimensions is a box: each combination of the keys between its ends.
        """
        with partition_loading_context(new_ctx=self.loading):
            found = [each for status, subset in self.subsets.items() for each in _ranges(self.definition, subset, status)]
        return sorted(found, key=lambda each: each.start_time or 0.0)

    def by_dimension(self, name: str) -> list[DimensionRange[S]]:
        """Where partitions with several dimensions stand, along one of them in its order.

        Args:
            name: of the dimension; along the definition's `primary_dimension` it costs less, since partitions need not be listed.

        Raises:
            CheckError: the definition has no such dimension.
        """
        assert isinstance(self.definition, MultiPartitionsDefinition), "only these have dimensions"
        dimension, rest = self.definition.get_partitions_def_for_dimension(name), _without(self.definition, name)
        ranges: list[DimensionRange[S]] = []
        with partition_loading_context(new_ctx=self.loading):
            nothing = rest.empty_subset()
            subsets = [*self.subsets.values(), self.before]
            parts = [_rows(self.definition, name, rest, subset) for subset in subsets]
            keys = {key for rows in parts for key in rows}
            rows = {key: tuple(each.get(key, nothing) for each in parts) for key in keys}
            for start, end, (*row, before) in equal_rows(dimension, rows):
                others = PartitionStatuses(rest, dict(zip(self.subsets, row, strict=True)), self.loading, before)
                ranges.append(DimensionRange(start_key=start, end_key=end, others=others, **_times(dimension, start, end)))
        return ranges


def _ranges(definition: PartitionsDefinition, subset: PartitionsSubset, status: S) -> Iterator[PartitionRange[S]]:
    if isinstance(subset, WindowsSubset):
        for (key, last), (start, end) in zip(subset.get_partition_key_ranges(definition), subset.times(), strict=True):
            yield PartitionRange(start_key=key, end_key=last, status=status, start_time=start, end_time=end)
        return
    for key, last in subset.boxes() if isinstance(subset, MultiSubset) else subset.get_partition_key_ranges(definition):
        yield PartitionRange(start_key=key, end_key=last, status=status)


def _rows(
    definition: MultiPartitionsDefinition, name: str, rest: PartitionsDefinition, subset: PartitionsSubset
) -> Mapping[str, PartitionsSubset]:
    """The partitions in the other dimensions, keyed by the key in one dimension."""
    if isinstance(subset, MultiSubset) and subset.dimensions.name == name:
        return subset.rows
    place = definition.partition_dimension_names.index(name)
    rows: dict[str, list[str]] = {}
    for key in subset.get_partition_keys():
        parts = key.split(DELIMITER)
        rows.setdefault(parts.pop(place), []).append(DELIMITER.join(parts))
    return {key: rest.subset_with_partition_keys(keys) for key, keys in rows.items()}


def _without(definition: MultiPartitionsDefinition, name: str) -> PartitionsDefinition:
    left = {each.name: each.partitions_def for each in definition.partitions_defs if each.name != name}
    return next(iter(left.values())) if len(left) == 1 else MultiPartitionsDefinition(left)


def _times(definition: PartitionsDefinition, start_key: str, end_key: str) -> dict[str, float | None]:
    if not isinstance(definition, WindowPartitions):
        return {"start_time": None, "end_time": None}
    start, end = (definition.time_window_for_partition_key(key) for key in (start_key, end_key))
    return {"start_time": start.start.timestamp(), "end_time": end.end.timestamp()}


UNDER_WAY = {
    DagsterRunStatus.QUEUED,
    DagsterRunStatus.NOT_STARTED,
    DagsterRunStatus.STARTING,
    DagsterRunStatus.STARTED,
    DagsterRunStatus.CANCELING,
}
"""What runs that have not ended are."""


def partition_status(run_status: DagsterRunStatus | None, is_materialized: bool) -> AssetPartitionStatus | None:
    """Where a partition stands.

    Args:
        run_status: of the run that was to write it after it was last materialized; None where there is no such plan.
        is_materialized: whether it ever was.
    """
    if run_status in UNDER_WAY:
        return AssetPartitionStatus.IN_PROGRESS
    if run_status is DagsterRunStatus.FAILURE:
        return AssetPartitionStatus.FAILED
    return AssetPartitionStatus.MATERIALIZED if is_materialized else None


def statuses_of_groups(
    definition: PartitionsDefinition, groups: Iterable[PartitionGroup]
) -> PartitionStatuses[AssetPartitionStatus]:
    """Where the partitions that exist as of the `partition_loading_context` stand; of other keys nothing is told."""
    keys: dict[AssetPartitionStatus | None, list[Sequence[str]]] = {}
    before: list[Sequence[str]] = []
    for group in groups:
        status = partition_status(group.run_status, group.is_materialized)
        keys.setdefault(status, []).append(group.partitions)
        if group.is_materialized and status is not AssetPartitionStatus.MATERIALIZED:
            before.append(group.partitions)
    subsets = {status: existing(definition, keys.get(status, ())) for status in AssetPartitionStatus}
    return PartitionStatuses(definition, subsets, current_loading_context(), existing(definition, before))


def existing(definition: PartitionsDefinition, keys: Iterable[Sequence[str]]) -> PartitionsSubset:
    """Those of these partitions that exist as of the `partition_loading_context`."""
    found = [definition.subset_with_existing_partition_keys(some) for some in keys]
    subset = found.pop() if found else definition.empty_subset()
    for some in found:
        subset = subset | some
    return subset
