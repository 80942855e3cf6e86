"""Partitions by the places of their keys, and where they stand as rectangles: what a picture of a million of them needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import msgspec

from dagster.errors import DagsterInvalidInvocationError
from dagster.instance.partition_statuses import AssetPartitionStatus
from dagster.partitions.definitions import PartitionsDefinition
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.partitions.loading import partition_loading_context
from dagster.partitions.multi_keys import DELIMITER
from dagster.partitions.periods import ScheduleType
from dagster.partitions.time_windows import TimeWindowPartitionsDefinition
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.partitions.partitions import (
    Dimension,
    Node,
    definition_of,
    dimensions_of,
    dynamic_name,
    keys_of,
    kind_of,
    number_of,
)
from dagster_graphql.partitions.statuses import statuses_of
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
        self._dimension = dimension
        self._definition = dimension.definition
        self._context = context

    @property
    def name(self) -> str:
        """Of the dimension."""
        return self._dimension.name

    @property
    def type(self) -> str:
        """What kind of partitions they are."""
        return kind_of(self._definition)

    @property
    def dynamic_partitions_definition_name(self) -> str | None:
        """The name under which dynamic partitions are kept."""
        return dynamic_name(self._definition)

    @property
    def num_partitions(self) -> int:
        """How many there are now."""
        return number_of(self._definition, self._context)

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
            with partition_loading_context(new_ctx=self._context.loading):
                return self._definition.get_partition_keys_between_indexes(first, last)
        return self._listed[first:last]

    def at(self, place: int) -> str | None:
        """The key at a place, None where none is."""
        found = self.between(place, place + 1) if place >= 0 else ()
        return found[0] if found else None

    def place_of(self, key: str) -> int | None:
        """The place of a key, None where there is no such key."""
        if isinstance(self._definition, TimeWindowPartitionsDefinition):
            with partition_loading_context(new_ctx=self._context.loading):
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
    """One query; the cost and the length of the answer follow the ranges that something is known of."""
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
    statuses = statuses_of(node, context)
    fixed_places = {name: axes[name].place_of(key) for name, key in kept.items()}
    found: dict[AssetPartitionStatus, list[int]] = {status: [] for status in AssetPartitionStatus}
    for each in statuses.ranges():
        box = _box(axes, PartitionKeyRange(each.start_key, each.end_key))
        if all(place is not None and place in box[name] for name, place in fixed_places.items()):
            down, across = box[rows] if rows is not None else range(1), box[columns]
            found[each.status].extend((down.start, down.stop, across.start, across.stop))
    return PartitionGrid(
        materialized=found[AssetPartitionStatus.MATERIALIZED],
        failed=found[AssetPartitionStatus.FAILED],
        materializing=found[AssetPartitionStatus.IN_PROGRESS],
    )


def _box(axes: Mapping[str, PartitionAxis], key_range: PartitionKeyRange) -> Mapping[str, range]:
    """The places of a range in each dimension; one of several dimensions is a box."""
    ends = [key.split(DELIMITER) if len(axes) > 1 else [key] for key in key_range]
    box: dict[str, range] = {}
    for axis, first, last in zip(axes.values(), *ends, strict=True):
        start, end = axis.place_of(first), axis.place_of(last)
        assert start is not None, "a subset holds only partitions that exist"
        assert end is not None, "a subset holds only partitions that exist"
        box[axis.name] = range(start, end + 1)
    return box
