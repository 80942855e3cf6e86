"""Where partitions of assets stand, as ranges; nothing lists partitions that were never made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

import msgspec

from dagster.events.entries import EventLogEntry
from dagster.events.records import AssetRecordsFilter
from dagster.instance.partition_statuses import (
    AssetPartitionStatus,
    DimensionRange,
    PartitionRange,
    PartitionStatuses,
    statuses_of_groups,
)
from dagster.partitions.loading import partition_loading_context
from dagster.partitions.multi import MultiPartitionsDefinition
from dagster.partitions.static import StaticPartitionsDefinition
from dagster.partitions.time_windows import TimeWindowPartitionsDefinition
from dagster.runs.runs import RunRecord
from dagster.workspace.descriptions import AssetNode
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.partitions.partitions import Node, definition_of, keys_of, number_of, texts

DOMAIN = Domain.beside(__file__)

_MATERIALIZED, _IN_PROGRESS, _FAILED = (
    AssetPartitionStatus.MATERIALIZED,
    AssetPartitionStatus.IN_PROGRESS,
    AssetPartitionStatus.FAILED,
)
_TOLD: Mapping[Enum, str] = {_MATERIALIZED: "MATERIALIZED", _IN_PROGRESS: "MATERIALIZING", _FAILED: "FAILED"}


def _told(each: PartitionRange[Any]) -> str:
    return _TOLD[each.status]


class PartitionStats(msgspec.Struct, frozen=True, kw_only=True):
    """How many partitions stand where."""

    num_materialized: int
    num_partitions: int
    num_failed: int
    num_materializing: int


def statuses_of(node: Node, context: RequestContext) -> PartitionStatuses[AssetPartitionStatus]:
    """Where the partitions of an asset stand; of one without partitions nothing. Read once for each request."""
    definition = definition_of(node)
    if definition is None:
        return statuses_of_groups(StaticPartitionsDefinition([]), ())
    found = context.loaders.partition_statuses.load(node.value.spec.key)
    if found is not None and found.definition == definition:
        return found
    with partition_loading_context(new_ctx=context.loading):  # another location declares the asset otherwise
        return context.instance.partition_statuses(node.value.spec.key, definition)


def _stats(node: Node, context: RequestContext) -> PartitionStats | None:
    definition = definition_of(node)
    if definition is None:
        return None
    counts = statuses_of(node, context).counts()
    return PartitionStats(
        num_materialized=counts[_MATERIALIZED],
        num_partitions=number_of(definition, context),
        num_failed=counts[_FAILED],
        num_materializing=counts[_IN_PROGRESS],
    )


def primary_name(statuses: PartitionStatuses[Any]) -> str:
    """Of the dimension along which partitions with several are told."""
    assert isinstance(statuses.definition, MultiPartitionsDefinition), "others are told in another form"
    return statuses.definition.primary_dimension.name


def form_of(statuses: PartitionStatuses[Any]) -> str:
    """In which form they are told: `Time`, `Default` or `Multi`."""
    if isinstance(statuses.definition, MultiPartitionsDefinition):
        return "Multi"
    return "Time" if isinstance(statuses.definition, TimeWindowPartitionsDefinition) else "Default"


def form_within(statuses: PartitionStatuses[Any]) -> str:
    """In which form the other dimensions are told: `Time` or `Default`."""
    return "Time" if form_of(statuses) == "Time" else "Default"


DOMAIN.choose("AssetPartitionStatuses", lambda statuses: f"{form_of(statuses)}PartitionStatuses")
DOMAIN.choose("PartitionStatus1D", lambda statuses: f"{form_within(statuses)}PartitionStatuses")
DOMAIN.type(
    "DefaultPartitionStatuses",
    PartitionStatuses,
    {
        "materializedPartitions": lambda statuses: texts(statuses.keys(_MATERIALIZED)),
        "failedPartitions": lambda statuses: texts(statuses.keys(_FAILED)),
        "unmaterializedPartitions": lambda statuses: texts(statuses.keys_never(_MATERIALIZED)),
        "materializingPartitions": lambda statuses: texts(statuses.keys(_IN_PROGRESS)),
    },
)
DOMAIN.type("TimePartitionStatuses", PartitionStatuses, {"ranges": lambda statuses: statuses.ranges()})
DOMAIN.type("TimePartitionRangeStatus", PartitionRange, {"status": _told})
DOMAIN.type(
    "MultiPartitionStatuses",
    PartitionStatuses,
    {
        "ranges": lambda statuses: statuses.by_dimension(primary_name(statuses)),
        "primaryDimensionName": primary_name,
    },
)
DOMAIN.type(
    "MaterializedPartitionRangeStatuses2D",
    DimensionRange,
    {
        "primaryDimStartKey": lambda each: each.start_key,
        "primaryDimEndKey": lambda each: each.end_key,
        "primaryDimStartTime": lambda each: each.start_time,
        "primaryDimEndTime": lambda each: each.end_time,
        "secondaryDim": lambda each: each.others,
    },
)
DOMAIN.type("PartitionStats", PartitionStats)
DOMAIN.placed_type("AssetNode", AssetNode, None, {"assetPartitionStatuses": statuses_of, "partitionStats": _stats})


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
