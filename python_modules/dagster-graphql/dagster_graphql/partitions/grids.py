"""Partitions by the places of their keys, and where they stand as rectangles: what a picture of a million of them needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import msgspec

from dagster.errors import DagsterInvalidInvocationError
from dagster.instance.statuses import AssetPartitionStatus
from dagster.partitions.definitions import PartitionsDefinition
from dagster.partitions.dynamic import DynamicPartitionsDefinition
from dagster.partitions.multi import MultiPartitionsDefinition
from dagster.partitions.multi_keys import MultiPartitionKey
from dagster.partitions.periods import ScheduleType
from dagster.partitions.time_windows import TimeWindowPartitionsDefinition
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.partitions.partitions import (
    Dimension,
    Node,
    definition_of,
    dimensions_of,
    keys_of,
    kind_of,
    moment_of_request,
)
from dagster_graphql.selectors import Input

DOMAIN = Domain.beside(__file__)

MOST_KEYS = 10_000
"""How many keys one question may ask for."""

_CYCLES = {ScheduleType.HOURLY: 24, ScheduleType.DAILY: 7, ScheduleType.WEEKLY: 52, ScheduleType.MONTHLY: 12}
_MINUTELY, _MINUTES_OF_AN_HOUR = "* * * * *", 60


class PartitionAxis:
    """The keys of one dimension in their order. Those of a window of time are never all listed.

    Args:
        dimension: whose keys they are.
        context: says which there are now.
    """

    def __init__(self, dimension: Dimension, context: RequestContext) -> None:
        self.name = dimension.name
        self._definition = dimension.definition
        self._context = context

    @property
    def type(self) -> str:
        """What kind of partitions they are."""
        return kind_of(self._definition)

    @property
    def dynamic_partitions_definition_name(self) -> str | None:
        """The name under which dynamic partitions are kept."""
        return self._definition.name if isinstance(self._definition, DynamicPartitionsDefinition) else None

    @property
    def num_partitions(self) -> int:
        """How many there are now."""
        if isinstance(self._definition, TimeWindowPartitionsDefinition):
            with moment_of_request(self._context):
                return self._definition.get_num_partitions()
        return len(self._listed)

    @property
    def cycle(self) -> int | None:
        """How many lie in a row as people are used to see them."""
        if not isinstance(self._definition, TimeWindowPartitionsDefinition):
            return None
        if self._definition.cron_schedule == _MINUTELY:
            return _MINUTES_OF_AN_HOUR
        kind = self._definition.schedule_type
        return None if kind is None else _CYCLES[kind]

    @cached_property
    def _listed(self) -> Sequence[str]:
        return keys_of(self._definition, self._context)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {key: place for place, key in enumerate(self._listed)}

    def between(self, start: int, end: int) -> Sequence[str]:
        """The keys from one place up to, not including, another."""
        first, last = max(0, start), max(0, end)
        if last - first > MOST_KEYS:
            raise DagsterInvalidInvocationError(f"{last - first:,} keys were asked for; ask for at most {MOST_KEYS:,} at once.")
        if isinstance(self._definition, TimeWindowPartitionsDefinition):
            with moment_of_request(self._context):
                return self._definition.get_partition_keys_between_indexes(first, last)
        return self._listed[first:last]

    def at(self, place: int) -> str | None:
        """The key at a place, None where none is."""
        found = self.between(place, place + 1) if place >= 0 else ()
        return found[0] if found else None

    def place_of(self, key: str) -> int | None:
        """The place of a key, None where there is no such key."""
        if isinstance(self._definition, TimeWindowPartitionsDefinition):
            with moment_of_request(self._context):
                return self._definition.get_partition_index(key)
        return self._places.get(key)


class PartitionGrid(msgspec.Struct, frozen=True):
    """Where partitions stand, as rectangles of places: four numbers each, see the schema."""

    materialized: list[int]
    failed: list[int]
    materializing: list[int]


DOMAIN.type("PartitionGrid", PartitionGrid)
DOMAIN.type("PartitionAxis", PartitionAxis)


@DOMAIN.field("PartitionAxis", "keys")
def _keys(axis: PartitionAxis, _context: RequestContext, *, start: int, end: int) -> Sequence[str]:
    return axis.between(start, end)


@DOMAIN.field("PartitionAxis", "keysAt")
def _keys_at(axis: PartitionAxis, _context: RequestContext, *, places: Sequence[int]) -> list[str | None]:
    return [axis.at(place) for place in places]


@DOMAIN.field("PartitionAxis", "placesOf")
def _places_of(axis: PartitionAxis, _context: RequestContext, *, keys: Sequence[str]) -> list[int | None]:
    return [axis.place_of(key) for key in keys]


def axes_of(definition: PartitionsDefinition, context: RequestContext) -> dict[str, PartitionAxis]:
    """The axes of partitions by the names of their dimensions, in the order of the keys."""
    axes = {each.name: PartitionAxis(each, context) for each in dimensions_of(definition)}
    return dict(sorted(axes.items()))


@DOMAIN.field("AssetNode", "partitionAxes")
def _axes(node: Node, context: RequestContext, *, names: Sequence[str] | None = None) -> list[PartitionAxis]:
    definition = definition_of(node)
    axes = {} if definition is None else axes_of(definition, context)
    return [axis for name, axis in axes.items() if names is None or name in names]


@DOMAIN.field("AssetNode", "partitionGrid")
def _grid(
    node: Node, context: RequestContext, *, columns: str, rows: str | None = None, fixed: Sequence[Input] | None = None
) -> PartitionGrid | None:
    """Two queries; their cost and that of the answer follow the partitions that something is known of."""
    definition = definition_of(node)
    if definition is None:
        return None
    axes = axes_of(definition, context)
    kept = {each["dimension"]: each["key"] for each in fixed or ()}
    named = {columns, *kept, *([rows] if rows is not None else [])}
    if named != set(axes):
        raise DagsterInvalidInvocationError(
            f"The partitions of {node.value.spec.key.to_user_string()} have the dimensions {', '.join(axes)}, "
            f"each of which is columns, rows or fixed. Named were {', '.join(sorted(named))}."
        )
    key = node.value.spec.key
    statuses = context.instance.get_status_by_partition(key, list(context.instance.partition_marks(key)))
    cells: dict[AssetPartitionStatus, dict[int, list[int]]] = {each: {} for each in AssetPartitionStatus}
    for partition, status in statuses.items():
        keys = _keys_by_dimension(definition, partition)
        if status is None or keys is None or any(keys[name] != wanted for name, wanted in kept.items()):
            continue
        column = axes[columns].place_of(keys[columns])
        row = 0 if rows is None else axes[rows].place_of(keys[rows])
        # What was stored under another definition may have no place any more.
        if column is not None and row is not None:
            cells[status].setdefault(row, []).append(column)
    return PartitionGrid(
        materialized=rectangles(cells[AssetPartitionStatus.MATERIALIZED]),
        failed=rectangles(cells[AssetPartitionStatus.FAILED]),
        materializing=rectangles(cells[AssetPartitionStatus.IN_PROGRESS]),
    )


def _keys_by_dimension(definition: PartitionsDefinition, partition: str) -> Mapping[str, str] | None:
    if not isinstance(definition, MultiPartitionsDefinition):
        return {"default": partition}
    if isinstance(partition, MultiPartitionKey):
        return partition.keys_by_dimension
    parts = partition.split("|")
    names = sorted(definition.partition_dimension_names)
    return dict(zip(names, parts, strict=True)) if len(parts) == len(names) else None


def rectangles(rows: Mapping[int, Iterable[int]]) -> list[int]:
    """The cells as rectangles, four numbers each: a row, the row after the last, a column, the column after the last.

    Args:
        rows: the columns of each row, in any order.

    Example:
        >>> rectangles({0: [1, 2], 1: [2, 1], 5: [7]})
        [0, 2, 1, 3, 5, 6, 7, 8]
    """
    found: list[int] = []
    above: list[int] = []
    first_row = last_row = -1
    for row in sorted(rows):
        stretches = _stretches(sorted(rows[row]))
        if row != last_row or stretches != above:
            found.extend(_of_rows(first_row, last_row, above))
            first_row, above = row, stretches
        last_row = row + 1
    found.extend(_of_rows(first_row, last_row, above))
    return found


def _of_rows(first: int, end: int, stretches: Sequence[int]) -> Iterable[int]:
    for at in range(0, len(stretches), 2):
        yield from (first, end, stretches[at], stretches[at + 1])


def _stretches(places: Sequence[int]) -> list[int]:
    """The beginning and the end, exclusive, of each stretch of places."""
    found: list[int] = []
    for place in places:
        if found and found[-1] == place:
            found[-1] = place + 1
        else:
            found.extend((place, place + 1))
    return found
