"""Some of the partitions of a definition, and the algebra of such sets."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Any, Protocol

from dagster.errors import DagsterInvalidInvocationError, DagsterInvariantViolationError
from dagster.partitions.key_ranges import PartitionKeyRange


class HasKeys(Protocol):
    """A definition, as far as a subset asks it."""

    def get_partition_keys(self) -> Sequence[str]:
        """All keys in order."""
        ...


class PartitionsSubset(ABC):
    """Some of the partitions of one definition; of those that it holds, some may not exist yet or any more.

    Subsets of one definition combine with `|`, `&` and `-`.

    Example:
        >>> from dagster import StaticPartitionsDefinition
        >>> colours = StaticPartitionsDefinition(["red", "green", "blue"])
        >>> warm = colours.subset_with_partition_keys(["red"])
        >>> (colours.subset_with_all_partitions() - warm).get_partition_keys()
        ['green', 'blue']
    """

    __slots__ = ()

    @abstractmethod
    def get_partition_keys(self) -> Sequence[str]:
        """The keys, in the order of the definition; keys that it does not have come last, sorted."""

    @abstractmethod
    def get_partition_key_ranges(self, partitions_def: Any = None) -> Sequence[PartitionKeyRange]:
        """The keys as ranges of the definition's order; keys that it does not have are left out."""

    @abstractmethod
    def with_partition_keys(self, partition_keys: Iterable[str]) -> PartitionsSubset:
        """The same and these keys."""

    @abstractmethod
    def empty_subset(self) -> PartitionsSubset:
        """None of the partitions."""

    @abstractmethod
    def serialize(self) -> str:
        """The subset as text, which `partitions_def.deserialize_subset` reads."""

    @abstractmethod
    def __or__(self, other: PartitionsSubset) -> PartitionsSubset: ...

    @abstractmethod
    def __and__(self, other: PartitionsSubset) -> PartitionsSubset: ...

    @abstractmethod
    def __sub__(self, other: PartitionsSubset) -> PartitionsSubset: ...

    @abstractmethod
    def __contains__(self, partition_key: str) -> bool: ...

    @abstractmethod
    def __len__(self) -> int: ...

    def __bool__(self) -> bool:
        return not self.is_empty

    @property
    def is_empty(self) -> bool:
        """Whether it holds no partition."""
        return len(self) == 0

    def get_partition_keys_not_in_subset(self, partitions_def: Any) -> Sequence[str]:
        """The keys of the definition that it does not hold, in order."""
        return (partitions_def.subset_with_all_partitions() - self).get_partition_keys()

    def with_partition_key_range(self, partitions_def: Any, partition_key_range: PartitionKeyRange) -> PartitionsSubset:
        """The same and all keys from one to another."""
        return self.with_partition_keys(partitions_def.get_partition_keys_in_range(partition_key_range))


class KeysSubset(PartitionsSubset):
    """A subset as a set of keys: for definitions whose keys follow no rule."""

    __slots__ = ("definition", "keys")

    def __init__(self, definition: HasKeys, keys: Set[str] = frozenset()) -> None:
        self.definition = definition
        self.keys: Set[str] = keys

    def get_partition_keys(self) -> Sequence[str]:
        if not self.keys:
            return []
        try:
            known = [key for key in self.definition.get_partition_keys() if key in self.keys]
        except DagsterInvariantViolationError:
            return sorted(self.keys)  # of dynamic partitions, whose order an instance knows, and none is at hand
        return known if len(known) == len(self.keys) else [*known, *sorted(self.keys - set(known))]

    def get_partition_key_ranges(self, partitions_def: Any = None) -> Sequence[PartitionKeyRange]:
        return list(_runs(self.definition.get_partition_keys(), self.keys))

    def with_partition_keys(self, partition_keys: Iterable[str]) -> KeysSubset:
        return type(self)(self.definition, self.keys | frozenset(partition_keys))

    def empty_subset(self) -> KeysSubset:
        return type(self)(self.definition)

    def serialize(self) -> str:
        import json

        named = {"definition": type(self.definition).__name__, "name": getattr(self.definition, "name", None)}
        return json.dumps({"version": 1, **{each: said for each, said in named.items() if said}, "subset": sorted(self.keys)})

    def __or__(self, other: PartitionsSubset) -> KeysSubset:
        return type(self)(self.definition, self.keys | keys_of(other))

    def __and__(self, other: PartitionsSubset) -> KeysSubset:
        return type(self)(self.definition, self.keys & keys_of(other))

    def __sub__(self, other: PartitionsSubset) -> KeysSubset:
        return type(self)(self.definition, self.keys - keys_of(other))

    def __contains__(self, partition_key: str) -> bool:
        return partition_key in self.keys

    def __len__(self) -> int:
        return len(self.keys)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, KeysSubset) and self.keys == other.keys and self.definition == other.definition

    def __hash__(self) -> int:
        return hash(frozenset(self.keys))

    def __repr__(self) -> str:
        return f"KeysSubset({', '.join(map(repr, self.get_partition_keys()))})"


def keys_of(subset: PartitionsSubset) -> Set[str]:
    """The keys of any subset as a set."""
    return subset.keys if isinstance(subset, KeysSubset) else set(subset.get_partition_keys())


def keys_of_text(serialized: str) -> list[str]:
    """What `KeysSubset.serialize` wrote.

    Raises:
        DagsterInvalidInvocationError: something else wrote it.
    """
    import json

    try:
        read = json.loads(serialized)
        return [str(key) for key in read["subset"]]
    except (ValueError, KeyError, TypeError) as unreadable:
        raise unreadable_subset(serialized) from unreadable


def unreadable_subset(serialized: str) -> DagsterInvalidInvocationError:
    """The refusal of a text that is no subset of the definition."""
    return DagsterInvalidInvocationError(
        f"{serialized[:80]!r} is no subset of these partitions. Give what `serialize()` of such a subset returned."
    )


def _runs(ordered: Sequence[str], held: Set[str]) -> Iterator[PartitionKeyRange]:
    """The held keys as stretches of the order."""
    first: str | None = None
    last = ""
    for key in ordered:
        if key in held:
            first, last = (key if first is None else first), key
        elif first is not None:
            yield PartitionKeyRange(first, last)
            first = None
    if first is not None:
        yield PartitionKeyRange(first, last)
