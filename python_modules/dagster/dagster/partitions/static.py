"""A fixed list of partitions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import cast

from dagster.errors import CheckError, DagsterInvalidDefinitionError, ParameterCheckError
from dagster.partitions.definitions import FrozenPartitions, PartitionsDefinition, checked_keys, digest
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.partitions.loading import DynamicPartitionsStore
from dagster.partitions.ordered_keys import OrderedKeys
from dagster.partitions.position_subsets import PositionsSubset


class StaticPartitionsDefinition(FrozenPartitions):
    """A fixed list of partitions, in the order given.

    Args:
        partition_keys: each once.

    Raises:
        DagsterInvalidDefinitionError: a key occurs twice, or contains what no key may contain.

    Example:
        >>> StaticPartitionsDefinition(["red", "green"]).get_last_partition_key()
        'green'
    """

    __slots__ = ("_digests", "_ordered")

    _ordered: OrderedKeys
    _digests: list[str]

    def __init__(self, partition_keys: Sequence[str]) -> None:
        keys = _strings(partition_keys)
        checked_keys(keys)
        if len(set(keys)) < len(keys):
            raise DagsterInvalidDefinitionError(f"Each partition key may be given once. Given more than once: {_twice(keys)}.")
        self._set(_ordered=OrderedKeys(keys), _digests=[])

    def get_partition_keys(
        self, current_time: datetime | None = None, dynamic_partitions_store: DynamicPartitionsStore | None = None
    ) -> Sequence[str]:
        """All keys, in the order given."""
        return list(self._keys)

    def get_partition_keys_in_range(
        self, partition_key_range: PartitionKeyRange, dynamic_partitions_store: DynamicPartitionsStore | None = None
    ) -> Sequence[str]:
        first, last = self._ordered.ends(partition_key_range)
        return list(self._keys[first:last])

    def get_num_partitions(self) -> int:
        return len(self._keys)

    def has_partition_key(self, partition_key: str) -> bool:
        return self._ordered.position(partition_key) is not None

    def empty_subset(self) -> PositionsSubset:
        return PositionsSubset(self, self._ordered)

    def subset_with_all_partitions(self) -> PositionsSubset:
        return PositionsSubset(self, self._ordered, (1 << len(self._keys)) - 1)

    def subset_with_existing_partition_keys(self, partition_keys: Iterable[str]) -> PositionsSubset:
        return self.empty_subset().with_partition_keys(partition_keys) & self.subset_with_all_partitions()

    def deserialize_subset(self, serialized: str) -> PositionsSubset:
        return self.empty_subset().read(serialized)

    def get_serializable_unique_identifier(self, dynamic_partitions_store: DynamicPartitionsStore | None = None) -> str:
        """A string that is equal for definitions with the same keys, and differs when a key is added. Made once."""
        if not self._digests:
            self._digests.append(digest(self._keys))
        return self._digests[0]

    @property
    def _keys(self) -> tuple[str, ...]:
        return self._ordered.keys

    def __eq__(self, other: object) -> bool:
        return self._keys == other._keys if isinstance(other, StaticPartitionsDefinition) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._keys)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(partition_keys={list(self._keys)!r})"

    def __str__(self) -> str:
        return PartitionsDefinition.__str__(self)


def _strings(keys: object) -> tuple[str, ...]:
    if not isinstance(keys, Sequence):
        raise ParameterCheckError("partition_keys", keys, "a Sequence")
    return tuple(_string(key) for key in cast("Sequence[object]", keys))


def _string(key: object) -> str:
    if not isinstance(key, str):
        raise CheckError(f"A partition key is a string. Got {key!r}, which is {type(key)}.")
    return key


def _twice(keys: Iterable[str]) -> str:
    seen: set[str] = set()
    return ", ".join(dict.fromkeys(repr(key) for key in keys if key in seen or seen.add(key)))
