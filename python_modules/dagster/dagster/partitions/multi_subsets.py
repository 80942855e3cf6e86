"""Subsets of partitions with several dimensions, as rows: for each key of one dimension, a subset of the others.

The one dimension is the primary one, time where there is time. Two dimensions of a thousand keys are a thousand small subsets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple, TypeVar

from dagster.errors import DagsterUnknownPartitionError
from dagster.partitions.definitions import PartitionsDefinition
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.partitions.multi_keys import DELIMITER, MultiPartitionKey
from dagster.partitions.subsets import PartitionsSubset, keys_of, keys_of_text, unreadable_subset

Rows = Mapping[str, PartitionsSubset]

# Up to so many keys are written one by one, more of them row by row.
_MOST_NAMED = 1_000


class Dimensions(NamedTuple):
    """How the dimensions of a definition stand in its subsets.

    Attributes:
        names: of all dimensions, in the order of the parts of a key.
        name: of the one by which rows are found.
        definition: the partitions of that one.
        rest: the partitions of the others; with several dimensions where there are several others.
    """

    names: tuple[str, ...]
    name: str
    definition: PartitionsDefinition
    rest: PartitionsDefinition

    def parted(self, key: str) -> tuple[str, str] | None:
        """The key in the one dimension and that in the others; None for a key that has not a part for each dimension."""
        parts = key.split(DELIMITER)
        if len(parts) != len(self.names):
            return None
        own = parts.pop(self.names.index(self.name))
        return own, DELIMITER.join(parts)

    def joined(self, own: str, rest: str) -> str:
        """The key with these parts."""
        parts = rest.split(DELIMITER)
        parts.insert(self.names.index(self.name), own)
        return DELIMITER.join(parts)


class MultiSubset(PartitionsSubset):
    """Some of the partitions of a definition with several dimensions.

    Args:
        definition: whose partitions they are.
        dimensions: how its dimensions stand in rows.
        rows: for keys of the one dimension, the partitions of the others; none of them is empty.
        others: keys that are held and cannot be partitions.
    """

    __slots__ = ("definition", "dimensions", "others", "rows")

    def __init__(
        self, definition: Any, dimensions: Dimensions, rows: Rows | None = None, others: frozenset[str] = frozenset()
    ) -> None:
        self.definition = definition
        self.dimensions = dimensions
        self.rows: Rows = rows or {}
        self.others = others

    def with_rows(self, rows: Iterable[tuple[str, PartitionsSubset]], others: frozenset[str] = frozenset()) -> MultiSubset:
        """These rows instead."""
        return MultiSubset(self.definition, self.dimensions, {key: row for key, row in rows if not row.is_empty}, others)

    @property
    def keys(self) -> Set[str]:
        """The keys as a set."""
        return {*self._keys(), *self.others}

    def _keys(self) -> Iterator[str]:
        joined = self.dimensions.joined
        for own, row in self.rows.items():
            for rest in row.get_partition_keys():
                yield joined(own, rest)

    def get_partition_keys(self) -> Sequence[str]:
        """The keys; those that can be partitions as `MultiPartitionKey`."""
        names = self.dimensions.names
        held = [tuple(key.split(DELIMITER)) for key in self._keys()]
        places = [
            _places(self.definition.get_partitions_def_for_dimension(name), {parts[at] for parts in held})
            for at, name in enumerate(names)
        ]
        known = [parts for parts in held if all(part in each for part, each in zip(parts, places, strict=True))]
        known.sort(key=lambda parts: [each[part] for part, each in zip(parts, places, strict=True)])
        found: list[str] = [MultiPartitionKey(dict(zip(names, parts, strict=True))) for parts in known]
        if len(known) == len(held) and not self.others:
            return found
        return [*found, *sorted({*map(DELIMITER.join, held), *self.others}.difference(found))]

    def get_partition_key_ranges(self, partitions_def: Any = None) -> Sequence[PartitionKeyRange]:
        """Ranges along the dimension in which most different keys are held, of several the last. See `boxes` for fewer."""
        names = self.dimensions.names
        held = [tuple(str(key).split(DELIMITER)) for key in self.get_partition_keys() if self.definition.has_partition_key(key)]
        along = max(reversed(range(len(names))), key=lambda at: len({parts[at] for parts in held}))
        lines: dict[tuple[str, ...], list[str]] = {}
        for parts in held:
            lines.setdefault((*parts[:along], *parts[along + 1 :]), []).append(parts[along])
        dimension = self.definition.get_partitions_def_for_dimension(names[along])
        return [
            PartitionKeyRange(*(DELIMITER.join((*rest[:along], end, *rest[along:])) for end in found))
            for rest, keys in sorted(lines.items())
            for found in dimension.subset_with_partition_keys(keys).get_partition_key_ranges(dimension)
        ]

    def boxes(self) -> Sequence[PartitionKeyRange]:
        """All partitions as few ranges: each holds all combinations of the keys that lie between its ends in each dimension."""
        joined, rest = self.dimensions.joined, self.dimensions.rest
        return [
            PartitionKeyRange(joined(start, box.start), joined(end, box.end))
            for start, end, row in equal_rows(self.dimensions.definition, self.rows)
            for box in (row.boxes() if isinstance(row, MultiSubset) else row.get_partition_key_ranges(rest))
        ]

    def with_partition_keys(self, partition_keys: Iterable[str]) -> MultiSubset:
        return self | self._made_of(partition_keys)

    def _made_of(self, partition_keys: Iterable[str]) -> MultiSubset:
        found: dict[str, list[str]] = {}
        others: set[str] = set()
        for key in partition_keys:
            parted = self.dimensions.parted(key)
            if parted is None:
                others.add(str(key))
            else:
                found.setdefault(parted[0], []).append(parted[1])
        rows: dict[str, PartitionsSubset] = {}
        for own, rest in found.items():
            rows[own], unreadable = _readable(self.dimensions.rest, rest)
            others.update(self.dimensions.joined(own, key) for key in unreadable)
        return self.with_rows(rows.items(), frozenset(others))

    def with_partition_key_range(self, partitions_def: Any, partition_key_range: PartitionKeyRange) -> MultiSubset:
        """The same and the box between two keys. What it costs depends on how many keys lie between in the one dimension."""
        first, last = (self.dimensions.parted(key) for key in partition_key_range)
        if first is None or last is None:
            bad = partition_key_range.start if first is None else partition_key_range.end
            raise DagsterUnknownPartitionError(bad, f"keys like {DELIMITER.join(self.dimensions.names)!r}")
        row = self.dimensions.rest.subset_with_partition_range(PartitionKeyRange(first[1], last[1]))
        own = self.dimensions.definition.get_partition_keys_in_range(PartitionKeyRange(first[0], last[0]))
        if row.is_empty:
            return self
        rows = {**self.rows, **{key: row if (held := self.rows.get(key)) is None else held | row for key in map(str, own)}}
        return MultiSubset(self.definition, self.dimensions, rows, self.others)

    def empty_subset(self) -> MultiSubset:
        return self.with_rows(())

    def serialize(self) -> str:
        import json

        named: dict[str, object] = {"version": 1, "dimensions": list(self.dimensions.names)}
        if len(self) <= _MOST_NAMED:
            return json.dumps({**named, "subset": sorted(self.keys)})
        equal: dict[PartitionsSubset, list[str]] = {}
        for own, row in self.rows.items():
            equal.setdefault(row, []).append(own)
        rows = {row.serialize(): keys for row, keys in equal.items()}
        return json.dumps({**named, "by": self.dimensions.name, "rows": rows, "others": sorted(self.others)})

    def read(self, serialized: str) -> MultiSubset:
        """What `serialize` of a subset of these partitions wrote.

        Raises:
            DagsterInvalidInvocationError: something else wrote it.
        """
        import json

        try:
            read: Any = json.loads(serialized)
            if "rows" not in read:
                return self._made_of(keys_of_text(serialized))
            if (read["dimensions"], read["by"]) != (list(self.dimensions.names), self.dimensions.name):
                raise unreadable_subset(serialized)
            written: Mapping[str, Sequence[str]] = read["rows"]
            rows = [(self.dimensions.rest.deserialize_subset(text), keys) for text, keys in written.items()]
            return self.with_rows(((key, row) for row, keys in rows for key in keys), frozenset(read["others"]))
        except (ValueError, KeyError, TypeError, AttributeError) as unreadable:
            raise unreadable_subset(serialized) from unreadable

    def __or__(self, other: PartitionsSubset) -> MultiSubset:
        of = self._of(other)
        both = ((own, row, of.rows.get(own)) for own, row in self.rows.items())
        rows = {**of.rows, **self.rows, **dict(_combined(both, lambda row, theirs: row | theirs))}
        return self.with_rows(rows.items(), self.others | of.others)

    def __and__(self, other: PartitionsSubset) -> MultiSubset:
        of = self._of(other)
        both = ((own, row, of.rows.get(own)) for own, row in self.rows.items())
        return self.with_rows(_combined(both, lambda row, theirs: row & theirs), self.others & of.others)

    def __sub__(self, other: PartitionsSubset) -> MultiSubset:
        of = self._of(other)
        both = ((own, row, of.rows.get(own)) for own, row in self.rows.items())
        rows = {**self.rows, **dict(_combined(both, lambda row, theirs: row - theirs))}
        return self.with_rows(rows.items(), self.others - of.others)

    def _of(self, other: PartitionsSubset) -> MultiSubset:
        """Any subset as one with these rows."""
        if isinstance(other, MultiSubset) and other.dimensions == self.dimensions:
            return other
        return self._made_of(keys_of(other))

    def __contains__(self, partition_key: str) -> bool:
        parted = self.dimensions.parted(partition_key)
        row = None if parted is None else self.rows.get(parted[0])
        return (row is not None and parted is not None and parted[1] in row) or partition_key in self.others

    def __len__(self) -> int:
        return sum(map(len, self.rows.values())) + len(self.others)

    @property
    def is_empty(self) -> bool:
        return not self.rows and not self.others

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, MultiSubset):
            return NotImplemented
        return self.dimensions == other.dimensions and (self.rows, self.others) == (other.rows, other.others)

    def __hash__(self) -> int:
        return hash((frozenset(self.rows), self.others))

    def __repr__(self) -> str:
        return f"MultiSubset({', '.join(map(repr, map(str, self.get_partition_keys())))})"


def _combined(
    both: Iterable[tuple[str, PartitionsSubset, PartitionsSubset | None]],
    combine: Callable[[PartitionsSubset, PartitionsSubset], PartitionsSubset],
) -> Iterator[tuple[str, PartitionsSubset]]:
    """The rows that both have, combined; those that are one object in many rows once."""
    known: dict[tuple[int, int], PartitionsSubset] = {}
    for own, row, theirs in both:
        if theirs is None:
            continue
        pair = (id(row), id(theirs))
        if pair not in known:
            known[pair] = combine(row, theirs)
        yield own, known[pair]


Row = TypeVar("Row")


def equal_rows(dimension: PartitionsDefinition, rows: Mapping[str, Row]) -> Iterator[tuple[str, str, Row]]:
    """First key, last key and row of each stretch of equal rows, in the order of the dimension.

    Keys that the dimension does not have are left out.
    """
    held = dimension.subset_with_existing_partition_keys(rows)
    for each in held.get_partition_key_ranges(dimension):
        start = end = each.start
        for key in dimension.get_partition_keys_in_range(each):
            if rows[key] is not rows[start] and rows[key] != rows[start]:
                yield start, end, rows[start]
                start = key
            end = key
        yield start, end, rows[start]


def _places(dimension: PartitionsDefinition, keys: Set[str]) -> Mapping[str, int]:
    """Where the keys of a dimension stand among each other; keys that it does not have are left out."""
    ordered = dimension.subset_with_existing_partition_keys(keys).get_partition_keys()
    return {str(key): place for place, key in enumerate(ordered)}


def _readable(definition: PartitionsDefinition, keys: Sequence[str]) -> tuple[PartitionsSubset, Sequence[str]]:
    """The partitions with these keys, and the keys that are not written like those of partitions."""
    try:
        return definition.subset_with_partition_keys(keys), ()
    except DagsterUnknownPartitionError:
        readable = [(key, _is_readable(definition, key)) for key in keys]
        unreadable = [key for key, is_readable in readable if not is_readable]
        return definition.subset_with_partition_keys([key for key, is_readable in readable if is_readable]), unreadable


def _is_readable(definition: PartitionsDefinition, key: str) -> bool:
    try:
        definition.subset_with_partition_keys([key])
    except DagsterUnknownPartitionError:
        return False
    return True
