"""Where partitions stand, as one line of characters: each stands for partitions next to each other. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import msgspec

from dagster.instance.partition_statuses import AssetPartitionStatus, PartitionStatuses
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.partitions.loading import partition_loading_context
from dagster.partitions.multi import MultiPartitionsDefinition
from dagster.partitions.multi_subsets import MultiSubset
from dagster.partitions.window_partitions import WindowPartitions
from dagster.partitions.window_subsets import WindowsSubset

DONE, PARTLY, FAILED, UNDER_WAY, MISSING = "█", "▒", "!", "~", "·"
LEGEND = f"{DONE} materialized  {PARTLY} some of them  {UNDER_WAY} in progress  {FAILED} failed  {MISSING} missing"


class Bucket(msgspec.Struct, frozen=True):
    """Partitions next to each other.

    Attributes:
        count: how many they are.
        standing: how many stand where, keyed by status; those that are missing are left out.
    """

    count: int
    standing: Mapping[AssetPartitionStatus, int]

    @property
    def character(self) -> str:
        """What they look like: a failure is seen before anything else."""
        if self.standing.get(AssetPartitionStatus.FAILED):
            return FAILED
        if self.standing.get(AssetPartitionStatus.IN_PROGRESS):
            return UNDER_WAY
        materialized = self.standing.get(AssetPartitionStatus.MATERIALIZED, 0)
        return DONE if materialized == self.count else PARTLY if materialized else MISSING


def picture(statuses: PartitionStatuses[AssetPartitionStatus], width: int) -> str:
    """One line of at most `width` characters, in the order of the partitions; along the primary one of several dimensions."""
    return "".join(bucket.character for bucket in buckets(statuses, width))


def buckets(statuses: PartitionStatuses[AssetPartitionStatus], width: int) -> Sequence[Bucket]:
    """The partitions in at most `width` parts of about the same size. Windows of time are not listed."""
    with partition_loading_context(new_ctx=statuses.loading):
        if isinstance(statuses.definition, WindowPartitions):
            return _of_windows(statuses, statuses.definition.subset_with_all_partitions(), width)
        if isinstance(statuses.definition, MultiPartitionsDefinition):
            return _of_rows(statuses, statuses.definition.subset_with_all_partitions(), width)
        return _of_keys(statuses, width)


def _of_windows(statuses: PartitionStatuses[AssetPartitionStatus], existing: WindowsSubset, width: int) -> list[Bucket]:
    """Parts of the same time."""
    if existing.is_empty:
        return []
    begin, end = existing.stretches[0][0], existing.stretches[-1][1]
    parts = min(width, len(existing))
    edges = [begin + (end - begin) * part // parts for part in range(parts + 1)]
    found: list[Bucket] = []
    for first, last in pairwise(edges):
        part = existing.with_stretches([(first, last)])
        standing = {status: len(part & subset) for status, subset in statuses.subsets.items()}
        found.append(Bucket(len(part), standing))
    return [bucket for bucket in found if bucket.count]


def _of_rows(statuses: PartitionStatuses[AssetPartitionStatus], existing: MultiSubset, width: int) -> list[Bucket]:
    """Parts with the same number of keys of the primary dimension."""
    rows = {status: subset.rows for status, subset in statuses.subsets.items() if isinstance(subset, MultiSubset)}
    found: list[Bucket] = []
    for keys in _parts(list(existing.rows), width):
        standing = {status: sum(len(held[key]) for key in keys if key in held) for status, held in rows.items()}
        found.append(Bucket(sum(len(existing.rows[key]) for key in keys), standing))
    return found


def _of_keys(statuses: PartitionStatuses[AssetPartitionStatus], width: int) -> list[Bucket]:
    found: list[Bucket] = []
    for keys in _parts(statuses.definition.get_partition_keys(), width):
        part = statuses.definition.subset_with_partition_range(PartitionKeyRange(keys[0], keys[-1]))
        standing = {status: len(part & subset) for status, subset in statuses.subsets.items()}
        found.append(Bucket(len(keys), standing))
    return found


def _parts(keys: Sequence[str], width: int) -> list[Sequence[str]]:
    parts = min(width, len(keys))
    edges = [len(keys) * part // parts for part in range(parts + 1)] if parts else []
    return [keys[first:last] for first, last in pairwise(edges)]
