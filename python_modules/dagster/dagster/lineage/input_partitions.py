"""Which partitions of a dependency a partition of an asset is made from. Pure, but for user code in mappings of users."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dagster.errors import user_code
from dagster.partitions.inferred_mappings import inferred_mapping
from dagster.partitions.mappings import IdentityPartitionMapping
from dagster.partitions.subsets import PartitionsSubset
from dagster.partitions.window_mappings import TimeWindowPartitionMapping
from dagster.specs.assets import AssetDep, AssetSpec


class InputPartitions:
    """The partitions that an asset reads of another one.

    Args:
        spec: the asset.
        dep: what it says of the other one.
        upstream: the other one, which has partitions.
    """

    def __init__(self, spec: AssetSpec, dep: AssetDep, upstream: AssetSpec) -> None:
        self._own: Any = spec.partitions_def
        self._upstream: Any = upstream.partitions_def
        self._mapping: Any = inferred_mapping(dep.partition_mapping, self._own, self._upstream)
        self._place = (
            f'Error occurred in the partition mapping of "{spec.key.to_user_string()}" to "{upstream.key.to_user_string()}":'
        )
        equal = self._own is not None and self._own == self._upstream
        self._is_identity = equal and self._mapping in (IdentityPartitionMapping(), TimeWindowPartitionMapping())

    def of(self, partition: str | None, fewer_than: int) -> Sequence[str]:
        """The partitions that are read by one of the asset; none where there are more.

        Args:
            partition: of the asset; None for one without partitions.
            fewer_than: how many are worth listing.

        Raises:
            DagsterUserCodeExecutionError: a mapping of a user's class failed.
        """
        if self._is_identity and partition is not None:
            return (partition,)
        subset = self._subset(None if partition is None else [partition])
        return list(subset.get_partition_keys()) if len(subset) < fewer_than else ()

    def of_several(self, partitions: Sequence[str] | None) -> Sequence[str]:
        """The partitions that are read by several of the asset together; None for an asset without partitions.

        Raises:
            DagsterUserCodeExecutionError: a mapping of a user's class failed.
        """
        if self._is_identity and partitions is not None:
            return partitions
        return list(self._subset(partitions).get_partition_keys())

    def _subset(self, partitions: Sequence[str] | None) -> PartitionsSubset:
        held = None if self._own is None else self._own.subset_with_partition_keys(partitions or ())
        with user_code(self._place):
            result = self._mapping.get_upstream_mapped_partitions_result_for_partitions(held, self._own, self._upstream)
        return result.partitions_subset
