"""Partitions of assets: which there are, and where each stands."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from dagster.events.entries import EventLogEntry
from dagster.events.records import AssetRecordsFilter
from dagster.instance.statuses import AssetPartitionStatus
from dagster.partitions.definitions import PartitionsDefinition
from dagster.partitions.dynamic import DynamicPartitionsDefinition
from dagster.partitions.loading import PartitionLoadingContext, TemporalContext
from dagster.partitions.multi import MultiPartitionsDefinition
from dagster.partitions.multi_keys import MultiPartitionKey
from dagster.partitions.time_windows import TimeWindowPartitionsDefinition
from dagster.runs.runs import RunRecord
from dagster.workspace.descriptions import AssetNode
from dagster_graphql.catalogs import Placed, Repository
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.errors.errors import DuplicateDynamicPartitionError, UnauthorizedError
from dagster_graphql.permissions.permissions import EDIT_PARTITIONS
from dagster_graphql.selectors import Input
from dagster_graphql.workspace.locations import repository_selected

DOMAIN = Domain.beside(__file__)

Node = Placed[AssetNode]
Statuses = Mapping[str, AssetPartitionStatus | None]

_TOLD = {
    AssetPartitionStatus.MATERIALIZED: "MATERIALIZED",
    AssetPartitionStatus.IN_PROGRESS: "MATERIALIZING",
    AssetPartitionStatus.FAILED: "FAILED",
}


class Dimension(msgspec.Struct, frozen=True, kw_only=True):
    """One way in which an asset is partitioned.

    Attributes:
        name: of the dimension; `default` where there is one only.
        definition: its partitions.
        is_primary_dimension: whether the others are shown within it.
        is_only: whether there is one only.
    """

    name: str
    definition: PartitionsDefinition
    is_primary_dimension: bool
    is_only: bool


class DimensionPartitionKeys(msgspec.Struct, frozen=True, kw_only=True):
    """Keys of a dimension."""

    name: str
    partition_keys: Sequence[str]
    type: str


class PartitionKeyConnection(msgspec.Struct, frozen=True, kw_only=True):
    """A page of keys."""

    results: Sequence[str]
    cursor: str
    has_more: bool


class PartitionStats(msgspec.Struct, frozen=True, kw_only=True):
    """How many partitions stand where."""

    num_materialized: int
    num_partitions: int
    num_failed: int
    num_materializing: int


class DefaultPartitionStatuses(msgspec.Struct, frozen=True, kw_only=True):
    """Keys by where they stand."""

    materialized_partitions: list[str]
    failed_partitions: list[str]
    unmaterialized_partitions: list[str]
    materializing_partitions: list[str]


class TimePartitionRangeStatus(msgspec.Struct, frozen=True, kw_only=True):
    """Windows of time that lie next to each other and stand at the same place."""

    start_time: float
    end_time: float
    start_key: str
    end_key: str
    status: str


class TimePartitionStatuses(msgspec.Struct, frozen=True):
    """Where windows of time stand; those that were never made are left out."""

    ranges: list[TimePartitionRangeStatus]


class MaterializedPartitionRangeStatuses2D(msgspec.Struct, frozen=True, kw_only=True):
    """Keys of the primary dimension that lie next to each other, for which the other dimension stands at the same places."""

    primary_dim_start_key: str
    primary_dim_end_key: str
    primary_dim_start_time: float | None
    primary_dim_end_time: float | None
    secondary_dim: DefaultPartitionStatuses | TimePartitionStatuses


class MultiPartitionStatuses(msgspec.Struct, frozen=True, kw_only=True):
    """Where partitions of two dimensions stand; what was never made is left out."""

    ranges: list[MaterializedPartitionRangeStatuses2D]
    primary_dimension_name: str


class AddDynamicPartitionSuccess(msgspec.Struct, frozen=True, kw_only=True):
    """A partition was added."""

    partitions_def_name: str
    partition_key: str


class DeleteDynamicPartitionsSuccess(msgspec.Struct, frozen=True):
    """Partitions were removed."""

    partitions_def_name: str


def definition_of(node: Node) -> PartitionsDefinition | None:
    """The partitions of an asset, None where it has none."""
    return node.value.spec.partitions_def


def keys_of(definition: PartitionsDefinition | None, context: RequestContext) -> Sequence[str]:
    """The keys that there are now."""
    if definition is None:
        return []
    return definition.get_partition_keys(_now(context), context.instance)


def loading(context: RequestContext) -> PartitionLoadingContext:
    """The moment of the request, and where dynamic partitions are kept."""
    return PartitionLoadingContext(TemporalContext(_now(context)), context.instance)


def _now(context: RequestContext) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(context.now(), tz=datetime.timezone.utc)


def kind_of(definition: PartitionsDefinition) -> str:
    """What kind of partitions they are."""
    if isinstance(definition, MultiPartitionsDefinition):
        return "MULTIPARTITIONED"
    if isinstance(definition, TimeWindowPartitionsDefinition):
        return "TIME_WINDOW"
    return "DYNAMIC" if isinstance(definition, DynamicPartitionsDefinition) else "STATIC"


def dimensions_of(definition: PartitionsDefinition) -> list[Dimension]:
    """Its dimensions; one for partitions that have none of their own."""
    if not isinstance(definition, MultiPartitionsDefinition):
        return [Dimension(name="default", definition=definition, is_primary_dimension=True, is_only=True)]
    primary = definition.primary_dimension.name
    return [
        Dimension(name=each.name, definition=each.partitions_def, is_primary_dimension=each.name == primary, is_only=False)
        for each in definition.partitions_defs
    ]


def _name(definition: PartitionsDefinition) -> str | None:
    return definition.name if isinstance(definition, DynamicPartitionsDefinition) else None


DOMAIN.type(
    "PartitionDefinition",
    PartitionsDefinition,
    {
        "description": str,
        "type": kind_of,
        "dimensionTypes": dimensions_of,
        "name": _name,
        "fmt": lambda definition: definition.fmt if isinstance(definition, TimeWindowPartitionsDefinition) else None,
    },
)
DOMAIN.type(
    "DimensionDefinitionType",
    Dimension,
    {
        "description": lambda dimension: "" if dimension.is_only else str(dimension.definition),
        "type": lambda dimension: kind_of(dimension.definition),
        "dynamicPartitionsDefinitionName": lambda dimension: _name(dimension.definition),
    },
)
for _each in (
    DimensionPartitionKeys,
    PartitionKeyConnection,
    PartitionStats,
    DefaultPartitionStatuses,
    TimePartitionRangeStatus,
    TimePartitionStatuses,
    MaterializedPartitionRangeStatuses2D,
    MultiPartitionStatuses,
    AddDynamicPartitionSuccess,
    DeleteDynamicPartitionsSuccess,
):
    DOMAIN.type(_each.__name__, _each)

# Where partitions stand.


def _by_status(statuses: Iterable[tuple[str, AssetPartitionStatus | None]]) -> DefaultPartitionStatuses:
    found: dict[AssetPartitionStatus | None, list[str]] = {}
    for key, status in statuses:
        found.setdefault(status, []).append(key)
    return DefaultPartitionStatuses(
        materialized_partitions=found.get(AssetPartitionStatus.MATERIALIZED, []),
        failed_partitions=found.get(AssetPartitionStatus.FAILED, []),
        unmaterialized_partitions=found.get(None, []),
        materializing_partitions=found.get(AssetPartitionStatus.IN_PROGRESS, []),
    )


def _ranges_of_time(definition: TimeWindowPartitionsDefinition, keys: Sequence[str], statuses: Statuses) -> TimePartitionStatuses:
    ranges: list[TimePartitionRangeStatus] = []
    previous: AssetPartitionStatus | None = None
    for key in keys:
        status = statuses.get(key)
        if status is not None:
            window = definition.time_window_for_partition_key(key)
            first = ranges.pop() if status is previous else None
            ranges.append(
                TimePartitionRangeStatus(
                    start_time=first.start_time if first is not None else window.start.timestamp(),
                    end_time=window.end.timestamp(),
                    start_key=first.start_key if first is not None else key,
                    end_key=key,
                    status=_TOLD[status],
                )
            )
        previous = status
    return TimePartitionStatuses(ranges)


def _of_one_dimension(
    definition: PartitionsDefinition, keys: Sequence[str], statuses: Statuses
) -> DefaultPartitionStatuses | TimePartitionStatuses:
    if isinstance(definition, TimeWindowPartitionsDefinition):
        return _ranges_of_time(definition, keys, statuses)
    return _by_status((key, statuses.get(key)) for key in keys)


def _of_two_dimensions(
    definition: MultiPartitionsDefinition, statuses: Statuses, context: RequestContext
) -> MultiPartitionStatuses:
    primary = definition.primary_dimension
    secondary = next(each for each in definition.partitions_defs if each.name != primary.name)
    rows: dict[str, dict[str, AssetPartitionStatus]] = {}
    for key, status in statuses.items():
        if status is not None and isinstance(key, MultiPartitionKey):
            parts = key.keys_by_dimension
            rows.setdefault(parts[primary.name], {})[parts[secondary.name]] = status
    secondary_keys = keys_of(secondary.partitions_def, context)
    ranges: list[MaterializedPartitionRangeStatuses2D] = []
    previous: Mapping[str, AssetPartitionStatus] | None = None
    for key in keys_of(primary.partitions_def, context):
        row = rows.get(key)
        if row is not None:
            first = ranges.pop() if row == previous else None
            start, end = _window(primary.partitions_def, key)
            ranges.append(
                MaterializedPartitionRangeStatuses2D(
                    primary_dim_start_key=first.primary_dim_start_key if first is not None else key,
                    primary_dim_end_key=key,
                    primary_dim_start_time=first.primary_dim_start_time if first is not None else start,
                    primary_dim_end_time=end,
                    secondary_dim=_of_one_dimension(secondary.partitions_def, secondary_keys, row),
                )
            )
        previous = row
    return MultiPartitionStatuses(ranges=ranges, primary_dimension_name=primary.name)


def _window(definition: PartitionsDefinition, key: str) -> tuple[float | None, float | None]:
    if not isinstance(definition, TimeWindowPartitionsDefinition):
        return None, None
    window = definition.time_window_for_partition_key(key)
    return window.start.timestamp(), window.end.timestamp()


def statuses_of(node: Node, context: RequestContext) -> Statuses:
    """Where each partition of an asset stands. Two queries."""
    keys = keys_of(definition_of(node), context)
    found = context.instance.get_status_by_partition(node.value.spec.key, keys)
    return {key: found.get(key) for key in keys}


def _statuses(node: Node, context: RequestContext) -> object:
    definition = definition_of(node)
    if definition is None:
        return _by_status(())
    statuses = statuses_of(node, context)
    if isinstance(definition, MultiPartitionsDefinition):
        return _of_two_dimensions(definition, statuses, context)
    return _of_one_dimension(definition, list(statuses), statuses)


def _stats(node: Node, context: RequestContext) -> PartitionStats | None:
    if definition_of(node) is None:
        return None
    standing = list(statuses_of(node, context).values())
    return PartitionStats(
        num_materialized=standing.count(AssetPartitionStatus.MATERIALIZED),
        num_partitions=len(standing),
        num_failed=standing.count(AssetPartitionStatus.FAILED),
        num_materializing=standing.count(AssetPartitionStatus.IN_PROGRESS),
    )


DOMAIN.placed_type(
    "AssetNode",
    AssetNode,
    {"partitionDefinition": definition_of},
    {
        "assetPartitionStatuses": _statuses,
        "partitionKeys": lambda node, context: keys_of(definition_of(node), context),
        "partitionStats": _stats,
    },
)


@DOMAIN.field("AssetNode", "partitionKeyConnection")
def _key_page(
    node: Node, context: RequestContext, *, limit: int, ascending: bool, cursor: str | None = None
) -> PartitionKeyConnection | None:
    definition = definition_of(node)
    if definition is None:
        return None
    page = definition.get_paginated_partition_keys(loading(context), max(1, limit), ascending, cursor)
    return PartitionKeyConnection(results=page.results, cursor=page.cursor, has_more=page.has_more)


def _part_of(keys: Sequence[str], start: int | None, end: int | None) -> Sequence[str]:
    """All of them where one end is missing, as in the public API."""
    return keys if start is None or end is None else keys[start:end]


@DOMAIN.field("AssetNode", "partitionKeysByDimension")
def _keys_by_dimension(
    node: Node, context: RequestContext, *, start_idx: int | None = None, end_idx: int | None = None
) -> list[DimensionPartitionKeys]:
    definition = definition_of(node)
    return [
        DimensionPartitionKeys(
            name=each.name,
            partition_keys=_part_of(keys_of(each.definition, context), start_idx, end_idx),
            type=kind_of(each.definition),
        )
        for each in (dimensions_of(definition) if definition is not None else ())
    ]


@DOMAIN.field("AssetNode", "latestMaterializationByPartition")
def _latest_by_partition(
    node: Node, context: RequestContext, *, partitions: Sequence[str] | None = None
) -> list[EventLogEntry | None]:
    """Three queries, however many partitions there are."""
    key = node.value.spec.key
    wanted = keys_of(definition_of(node), context) if partitions is None else partitions
    marks = context.instance.partition_marks(key, list(wanted))
    places = {name: mark.materialization_id for name, mark in marks.items() if mark.materialization_id is not None}
    if not places:
        return [None] * len(wanted)
    conditions = AssetRecordsFilter(key, storage_ids=list(places.values()))
    records = context.instance.fetch_materializations(conditions, len(places)).records
    by_place = {record.storage_id: record.event_log_entry for record in records}
    return [by_place.get(places.get(name, -1)) for name in wanted]


@DOMAIN.field("AssetNode", "latestRunForPartition")
def _latest_run(node: Node, context: RequestContext, *, partition: str) -> RunRecord | None:
    mark = context.instance.partition_marks(node.value.spec.key, [partition]).get(partition)
    return context.loaders.runs.load(mark.last_run_id) if mark is not None and mark.last_run_id else None


# Dynamic partitions.


def _has_dynamic(context: RequestContext, selector: Input, name: str) -> bool:
    """Whether an asset of the repository has dynamic partitions of this name, alone or as a dimension."""
    repository = repository_selected(context, selector)
    if not isinstance(repository, Repository):
        return False
    description = repository.location.description
    definitions: Iterable[Any] = (node.spec.partitions_def for node in (description.assets if description is not None else ()))
    return any(
        _name(dimension.definition) == name
        for definition in definitions
        if definition is not None
        for dimension in dimensions_of(definition)
    )


_UNKNOWN = "The repository does not contain a dynamic partitions definition with the given name."


@DOMAIN.mutation("addDynamicPartition", permission=EDIT_PARTITIONS)
def add_partition(context: RequestContext, *, repository_selector: Input, partitions_def_name: str, partition_key: str) -> object:
    """Adds a partition to dynamic partitions."""
    if not _has_dynamic(context, repository_selector, partitions_def_name):
        return UnauthorizedError(message=_UNKNOWN)
    if context.instance.has_dynamic_partition(partitions_def_name, partition_key):
        return DuplicateDynamicPartitionError(
            message=f"Partition {partition_key} already exists in dynamic partitions definition {partitions_def_name}.",
            partitions_def_name=partitions_def_name,
            partition_name=partition_key,
        )
    context.instance.add_dynamic_partitions(partitions_def_name, [partition_key])
    return AddDynamicPartitionSuccess(partitions_def_name=partitions_def_name, partition_key=partition_key)


@DOMAIN.mutation("deleteDynamicPartitions", permission=EDIT_PARTITIONS)
def delete_partitions(
    context: RequestContext,
    *,
    repository_selector: Input,
    partitions_def_name: str,
    partition_keys: Sequence[str],
    wipe_materializations: bool | None = None,
) -> object:
    """Removes partitions of dynamic partitions; where it is asked for, what is known of them in each asset, too."""
    if not _has_dynamic(context, repository_selector, partitions_def_name):
        return UnauthorizedError(message=_UNKNOWN)
    if wipe_materializations:
        for node in context.catalog.assets.values():
            definition = definition_of(node)
            if isinstance(definition, DynamicPartitionsDefinition) and definition.name == partitions_def_name:
                context.instance.wipe_asset_partitions(node.value.spec.key, list(partition_keys))
    for key in partition_keys:
        context.instance.delete_dynamic_partition(partitions_def_name, key)
    return DeleteDynamicPartitionsSuccess(partitions_def_name)
