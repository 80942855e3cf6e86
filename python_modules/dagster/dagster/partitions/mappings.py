"""Which partitions of an upstream asset a partition depends on: the declaration and what it fits."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime

import msgspec

from dagster.errors import CheckError, DagsterInvalidDefinitionError
from dagster.partitions.definitions import PartitionsDefinition
from dagster.partitions.loading import DynamicPartitionsStore, partition_loading_context
from dagster.partitions.subsets import PartitionsSubset
from dagster.values import Frozen


class UpstreamPartitionsResult(msgspec.Struct, frozen=True, kw_only=True):
    """The partitions upstream that some partitions depend on.

    Attributes:
        partitions_subset: those that exist.
        required_but_nonexistent_subset: those that do not; what depends on them cannot be made.
    """

    partitions_subset: PartitionsSubset
    required_but_nonexistent_subset: PartitionsSubset

    @property
    def required_but_nonexistent_partition_keys(self) -> Sequence[str]:
        """The keys of those that do not exist."""
        return self.required_but_nonexistent_subset.get_partition_keys()


class PartitionMapping(ABC):
    """Which partitions of an upstream asset a partition depends on. A class of a user overrides what is abstract here.

    Example:
        >>> AssetDep("orders", partition_mapping=TimeWindowPartitionMapping(start_offset=-1)).partition_mapping.start_offset
        -1
    """

    __slots__ = ()

    @property
    @abstractmethod
    def description(self) -> str:
        """What it says, for people."""

    @abstractmethod
    def validate_partition_mapping(
        self, upstream_partitions_def: PartitionsDefinition, downstream_partitions_def: PartitionsDefinition | None
    ) -> None:
        """Accept definitions that it can stand between.

        Raises:
            DagsterInvalidDefinitionError: it cannot.
        """

    @abstractmethod
    def get_upstream_mapped_partitions_result_for_partitions(
        self,
        downstream_partitions_subset: PartitionsSubset | None,
        downstream_partitions_def: PartitionsDefinition | None,
        upstream_partitions_def: PartitionsDefinition,
        current_time: datetime | None = None,
        dynamic_partitions_store: DynamicPartitionsStore | None = None,
    ) -> UpstreamPartitionsResult:
        """What some partitions downstream depend on; None for a downstream without partitions.

        Args:
            downstream_partitions_subset: partitions downstream.
            downstream_partitions_def: their definition.
            upstream_partitions_def: the definition upstream.
            current_time: as of when partitions exist; by default now.
            dynamic_partitions_store: where dynamic keys are kept.
        """

    @abstractmethod
    def get_downstream_partitions_for_partitions(
        self,
        upstream_partitions_subset: PartitionsSubset,
        upstream_partitions_def: PartitionsDefinition,
        downstream_partitions_def: PartitionsDefinition,
        current_time: datetime | None = None,
        dynamic_partitions_store: DynamicPartitionsStore | None = None,
    ) -> PartitionsSubset:
        """The partitions downstream that exist and depend on some of these partitions upstream. Arguments as above."""


class SubsetMapping(Frozen, PartitionMapping):
    """A mapping of ours: it says `_upstream` and `_downstream`, at a moment that is set around them."""

    __slots__ = ()

    def get_upstream_mapped_partitions_result_for_partitions(
        self,
        downstream_partitions_subset: PartitionsSubset | None,
        downstream_partitions_def: PartitionsDefinition | None,
        upstream_partitions_def: PartitionsDefinition,
        current_time: datetime | None = None,
        dynamic_partitions_store: DynamicPartitionsStore | None = None,
    ) -> UpstreamPartitionsResult:
        """What some partitions downstream depend on. Arguments as of `PartitionMapping`."""
        with partition_loading_context(current_time, dynamic_partitions_store):
            return self._upstream(downstream_partitions_subset, downstream_partitions_def, upstream_partitions_def)

    def get_downstream_partitions_for_partitions(
        self,
        upstream_partitions_subset: PartitionsSubset,
        upstream_partitions_def: PartitionsDefinition,
        downstream_partitions_def: PartitionsDefinition,
        current_time: datetime | None = None,
        dynamic_partitions_store: DynamicPartitionsStore | None = None,
    ) -> PartitionsSubset:
        """The partitions downstream that depend on some of these. Arguments as of `PartitionMapping`."""
        with partition_loading_context(current_time, dynamic_partitions_store):
            return self._downstream(upstream_partitions_subset, upstream_partitions_def, downstream_partitions_def)

    def _upstream(
        self, subset: PartitionsSubset | None, downstream: PartitionsDefinition | None, upstream: PartitionsDefinition
    ) -> UpstreamPartitionsResult:
        raise NotImplementedError

    def _downstream(
        self, subset: PartitionsSubset, upstream: PartitionsDefinition, downstream: PartitionsDefinition
    ) -> PartitionsSubset:
        raise NotImplementedError


class _WholeMapping(SubsetMapping):
    """All partitions downstream depend on the same ones upstream."""

    __slots__ = ()

    def _wanted(self, upstream: PartitionsDefinition) -> PartitionsSubset:
        raise NotImplementedError

    def _upstream(
        self, subset: PartitionsSubset | None, downstream: PartitionsDefinition | None, upstream: PartitionsDefinition
    ) -> UpstreamPartitionsResult:
        return all_there(self._wanted(upstream))

    def _downstream(
        self, subset: PartitionsSubset, upstream: PartitionsDefinition, downstream: PartitionsDefinition
    ) -> PartitionsSubset:
        is_any = not (subset & self._wanted(upstream)).is_empty
        return downstream.subset_with_all_partitions() if is_any else downstream.empty_subset()


class IdentityPartitionMapping(SubsetMapping):
    """A partition depends on the one with the same key.

    Example:
        >>> AssetIn(partition_mapping=IdentityPartitionMapping()).partition_mapping
        IdentityPartitionMapping()
    """

    __slots__ = ()

    @property
    def description(self) -> str:
        return "Each partition depends on the upstream partition with the same key; both assets have the same partitions."

    def validate_partition_mapping(
        self, upstream_partitions_def: PartitionsDefinition, downstream_partitions_def: PartitionsDefinition | None
    ) -> None:
        alike = type(upstream_partitions_def) is type(downstream_partitions_def)
        if not alike and upstream_partitions_def != downstream_partitions_def:
            raise DagsterInvalidDefinitionError(
                "Partitions with the same key exist on both sides when both have the same kind of partitions. Upstream: "
                f"{described(upstream_partitions_def)}, downstream: {described(downstream_partitions_def)}. "
                "Give another partition mapping."
            )

    def _upstream(
        self, subset: PartitionsSubset | None, downstream: PartitionsDefinition | None, upstream: PartitionsDefinition
    ) -> UpstreamPartitionsResult:
        return there_or_not(upstream.empty_subset() | partitioned(subset), upstream)

    def _downstream(
        self, subset: PartitionsSubset, upstream: PartitionsDefinition, downstream: PartitionsDefinition
    ) -> PartitionsSubset:
        return (downstream.empty_subset() | subset) & downstream.subset_with_all_partitions()


class AllPartitionMapping(_WholeMapping):
    """A partition depends on all partitions upstream.

    Example:
        >>> AssetDep("orders", partition_mapping=AllPartitionMapping()).partition_mapping
        AllPartitionMapping()
    """

    __slots__ = ()

    @property
    def description(self) -> str:
        return "Each partition depends on all upstream partitions."

    def validate_partition_mapping(
        self, upstream_partitions_def: PartitionsDefinition, downstream_partitions_def: PartitionsDefinition | None
    ) -> None:
        """Fits everything."""

    def _wanted(self, upstream: PartitionsDefinition) -> PartitionsSubset:
        return upstream.subset_with_all_partitions()


class LastPartitionMapping(_WholeMapping):
    """A partition depends on the last partition upstream.

    Example:
        >>> AssetDep("orders", partition_mapping=LastPartitionMapping()).partition_mapping
        LastPartitionMapping()
    """

    __slots__ = ()

    @property
    def description(self) -> str:
        return "Each partition depends on the last upstream partition."

    def validate_partition_mapping(
        self, upstream_partitions_def: PartitionsDefinition, downstream_partitions_def: PartitionsDefinition | None
    ) -> None:
        """Fits everything."""

    def _wanted(self, upstream: PartitionsDefinition) -> PartitionsSubset:
        last = upstream.get_last_partition_key()
        return upstream.empty_subset() if last is None else upstream.subset_with_partition_keys([last])


class SpecificPartitionsPartitionMapping(_WholeMapping):
    """A partition depends on certain partitions upstream.

    Args:
        partition_keys: the keys upstream.

    Example:
        >>> first_day = SpecificPartitionsPartitionMapping(["2024-01-01"])
        >>> AssetDep("orders", partition_mapping=first_day).partition_mapping.partition_keys
        ['2024-01-01']
    """

    __slots__ = ("partition_keys",)

    partition_keys: Sequence[str]

    def __init__(self, partition_keys: Sequence[str]) -> None:
        self._set(partition_keys=list(partition_keys))

    @property
    def description(self) -> str:
        return f"Each partition depends on these upstream partitions: {', '.join(self.partition_keys)}."

    def validate_partition_mapping(
        self, upstream_partitions_def: PartitionsDefinition, downstream_partitions_def: PartitionsDefinition | None
    ) -> None:
        """Fits everything: the keys may be added upstream later."""

    def _wanted(self, upstream: PartitionsDefinition) -> PartitionsSubset:
        return upstream.subset_with_partition_keys(self.partition_keys)

    def __hash__(self) -> int:
        return hash(tuple(self.partition_keys))


def all_there(subset: PartitionsSubset) -> UpstreamPartitionsResult:
    """The result of which nothing is missing."""
    return UpstreamPartitionsResult(partitions_subset=subset, required_but_nonexistent_subset=subset.empty_subset())


def there_or_not(wanted: PartitionsSubset, upstream: PartitionsDefinition) -> UpstreamPartitionsResult:
    """What is wanted upstream, parted into what exists and what does not."""
    existing = wanted & upstream.subset_with_all_partitions()
    return UpstreamPartitionsResult(partitions_subset=existing, required_but_nonexistent_subset=wanted - existing)


def partitioned(subset: PartitionsSubset | None) -> PartitionsSubset:
    """The partitions downstream, where there are some.

    Raises:
        CheckError: there are none.
    """
    if subset is None:
        raise CheckError("The downstream asset is not partitioned: this mapping stands between partitions.")
    return subset


def described(definition: PartitionsDefinition | None) -> str:
    """The kind of partitions, for errors."""
    return "no partitions" if definition is None else type(definition).__name__
