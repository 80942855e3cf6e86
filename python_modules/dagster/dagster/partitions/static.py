"""A fixed list of partitions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import cast

from dagster.errors import CheckError, DagsterInvalidDefinitionError, ParameterCheckError
from dagster.partitions.definitions import FrozenPartitions, PartitionsDefinition, bad_range, checked_keys
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.partitions.loading import DynamicPartitionsStore


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

    __slots__ = ("_keys", "_positions")

    _keys: tuple[str, ...]
    _positions: Mapping[str, int]

    def __init__(self, partition_keys: Sequence[str]) -> None:
        keys = _strings(partition_keys)
        checked_keys(keys)
        positions = {key: position for position, key in enumerate(keys)}
        if len(positions) < len(keys):
            raise DagsterInvalidDefinitionError(f"Each partition key may be given once. Given more than once: {_twice(keys)}.")
        self._set(_keys=keys, _positions=positions)

    def get_partition_keys(
        self, current_time: datetime | None = None, dynamic_partitions_store: DynamicPartitionsStore | None = None
    ) -> Sequence[str]:
        """All keys, in the order given."""
        return list(self._keys)

    def get_partition_keys_in_range(
        self, partition_key_range: PartitionKeyRange, dynamic_partitions_store: DynamicPartitionsStore | None = None
    ) -> Sequence[str]:
        unknown = [key for key in dict.fromkeys(partition_key_range) if key not in self._positions]
        if unknown:
            raise bad_range(partition_key_range, unknown)
        return list(self._keys[self._positions[partition_key_range.start] : self._positions[partition_key_range.end] + 1])

    def get_num_partitions(self) -> int:
        return len(self._keys)

    def has_partition_key(self, partition_key: str) -> bool:
        return partition_key in self._positions

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
