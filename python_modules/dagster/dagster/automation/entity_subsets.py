"""Of what a condition is true: an asset or check as a whole, or some of its partitions."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Any, Union

import msgspec

from dagster.keys import AssetCheckKey, AssetKey
from dagster.partitions.definitions import PartitionsDefinition
from dagster.partitions.subsets import PartitionsSubset, keys_of
from dagster.partitions.window_subsets import WindowsSubset

EntityKey = Union[AssetKey, AssetCheckKey]
Value = Union[bool, PartitionsSubset]
"""Whether it is true of the whole, or of which partitions."""


class EntitySubset:
    """An asset or check, or some of its partitions, or nothing of it.

    Attributes:
        key: which one.
        value: True or False for one without partitions; else some of its partitions.

    Example:
        >>> whole = EntitySubset(AssetKey("orders"), True)
        >>> whole.size, whole.compute_difference(whole).is_empty
        (1, True)
    """

    __slots__ = ("key", "value")

    def __init__(self, key: EntityKey, value: Value) -> None:
        self.key = key
        self.value = value

    def compute_union(self, other: EntitySubset) -> EntitySubset:
        """What is in one of them."""
        return EntitySubset(self.key, joined(self.value, other.value))

    def compute_intersection(self, other: EntitySubset) -> EntitySubset:
        """What is in both."""
        return EntitySubset(self.key, shared(self.value, other.value))

    def compute_difference(self, other: EntitySubset) -> EntitySubset:
        """What is in this one alone."""
        return EntitySubset(self.key, without(self.value, other.value))

    def compute_intersection_with_partition_keys(self, partition_keys: Set[str]) -> EntitySubset:
        """Those of its partitions that have one of these keys."""
        if isinstance(self.value, bool):
            return EntitySubset(self.key, False)
        kept = [key for key in partition_keys if key in self.value]
        return EntitySubset(self.key, self.value.empty_subset().with_partition_keys(kept))

    @property
    def is_empty(self) -> bool:
        """Whether it is nothing."""
        return not self.value

    @property
    def size(self) -> int:
        """How many partitions; 1 or 0 without partitions."""
        return int(self.value) if isinstance(self.value, bool) else len(self.value)

    @property
    def is_partitioned(self) -> bool:
        """Whether it is of partitions."""
        return not isinstance(self.value, bool)

    def expensively_compute_partition_keys(self) -> Set[str]:
        """The keys of its partitions, one by one."""
        return set() if isinstance(self.value, bool) else set(keys_of(self.value))

    def __repr__(self) -> str:
        return f"EntitySubset({self.key.to_user_string()}, {self.value!r})"


def joined(some: Value, others: Value) -> Value:
    """What is in one of them."""
    if isinstance(some, bool) or isinstance(others, bool):
        return bool(some) or bool(others)
    return some | others if some and others else (some or others)


def shared(some: Value, others: Value) -> Value:
    """What is in both."""
    if isinstance(some, bool) or isinstance(others, bool):
        return bool(some) and bool(others)
    return some & others


def without(some: Value, others: Value) -> Value:
    """What is in the first alone."""
    if isinstance(some, bool) or isinstance(others, bool):
        return bool(some) and not others
    return some - others if some and others else some


class Stretches(msgspec.Struct, frozen=True, tag="windows"):
    """Windows of time as they are kept between evaluations."""

    stretches: tuple[tuple[int, int], ...]


class Keys(msgspec.Struct, frozen=True, tag="keys"):
    """Partition keys as they are kept between evaluations."""

    keys: frozenset[str]


Kept = Union[bool, Stretches, Keys]
"""A value as data, without its definition."""


def kept(value: Value) -> Kept:
    """The value as data."""
    if isinstance(value, bool):
        return value
    if isinstance(value, WindowsSubset):
        return Stretches(value.stretches)
    return Keys(frozenset(keys_of(value)))


def restored(data: Kept | None, definition: PartitionsDefinition | None) -> Value | None:
    """The value that was kept; None where there is none, or where partitions were added, taken away or become others since."""
    if data is None or isinstance(data, bool):
        return data if definition is None else None
    if definition is None:
        return None
    empty = definition.empty_subset()
    if isinstance(empty, WindowsSubset):
        return empty.with_stretches(data.stretches) if isinstance(data, Stretches) else None
    return empty.with_partition_keys(data.keys) if isinstance(data, Keys) else None


def subset_of(definition: PartitionsDefinition, keys: Iterable[str]) -> PartitionsSubset:
    """Of these keys those that exist; the others are of partitions that were."""
    return definition.subset_with_existing_partition_keys(keys)


def whole_of(definition: Any) -> Value:
    """All of an asset or check with these partitions, at the moment of the `partition_loading_context`."""
    return True if definition is None else definition.subset_with_all_partitions()


def nothing_of(definition: Any) -> Value:
    """Nothing of an asset or check with these partitions."""
    return False if definition is None else definition.empty_subset()
