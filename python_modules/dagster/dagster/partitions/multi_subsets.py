"""Subsets of partitions with several dimensions: their ranges are those of one dimension, for each combination of the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.partitions.multi_keys import MultiPartitionKey
from dagster.partitions.subsets import KeysSubset

if TYPE_CHECKING:
    from dagster.partitions.definitions import PartitionsDefinition


class HasDimensions(Protocol):
    """A definition with dimensions, as far as a subset asks it."""

    @property
    def partition_dimension_names(self) -> Sequence[str]: ...

    def get_partition_keys(self) -> Sequence[MultiPartitionKey]: ...

    def has_partition_key(self, partition_key: str) -> bool: ...

    def get_partition_key_from_str(self, partition_key_str: str) -> MultiPartitionKey: ...

    def get_partitions_def_for_dimension(self, dimension_name: str) -> PartitionsDefinition: ...


class DimensionsSubset(KeysSubset):
    """A subset as a set of keys that have dimensions."""

    __slots__ = ()

    definition: HasDimensions

    def get_partition_key_ranges(self, partitions_def: Any = None) -> Sequence[PartitionKeyRange]:
        """Ranges along the dimension in which most different keys are held, of several the last, so that there are few.

        A range between keys of several dimensions is everything between them in each dimension: keys that merely follow one
        another in the definition's order are none.
        """
        held = [
            self.definition.get_partition_key_from_str(key).keys_by_dimension
            for key in self.keys
            if self.definition.has_partition_key(key)
        ]
        if not held:
            return []
        along = max(reversed(self.definition.partition_dimension_names), key=lambda name: len({key[name] for key in held}))
        others: dict[tuple[str, ...], list[str]] = {}
        names = [name for name in self.definition.partition_dimension_names if name != along]
        for key in held:
            others.setdefault(tuple(key[name] for name in names), []).append(key[along])
        dimension = self.definition.get_partitions_def_for_dimension(along)
        return [
            PartitionKeyRange(_key(names, fixed, along, found.start), _key(names, fixed, along, found.end))
            for fixed, keys in sorted(others.items())
            for found in dimension.subset_with_partition_keys(keys).get_partition_key_ranges(dimension)
        ]


def _key(names: Sequence[str], fixed: Sequence[str], along: str, key: str) -> MultiPartitionKey:
    dimensions: Mapping[str, str] = {**dict(zip(names, fixed, strict=True)), along: key}
    return MultiPartitionKey(dimensions)
