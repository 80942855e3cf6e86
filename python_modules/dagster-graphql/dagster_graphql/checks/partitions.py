"""Partitions of checks, and where each stands, as ranges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dagster.instance.check_statuses import CheckPartitionStatus
from dagster.instance.partition_statuses import DimensionRange, PartitionRange, PartitionStatuses
from dagster.partitions.loading import partition_loading_context
from dagster.specs.checks import AssetCheckSpec
from dagster_graphql.checks.checks import Check
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.partitions.partitions import DimensionPartitionKeys, keys_by_dimension, texts
from dagster_graphql.partitions.statuses import form_of, form_within, primary_name

DOMAIN = Domain.beside(__file__)


def _statuses(check: Check, context: RequestContext) -> PartitionStatuses[CheckPartitionStatus] | None:
    definition = check.value.partitions_def
    if definition is None:
        return None
    with partition_loading_context(new_ctx=context.loading):
        return context.instance.check_partition_statuses(check.value.key, definition)


def _keys(status: CheckPartitionStatus) -> Callable[[PartitionStatuses[Any]], Sequence[str]]:
    return lambda statuses: texts(statuses.keys(status))


DOMAIN.choose("AssetCheckPartitionStatuses", lambda statuses: f"AssetCheck{form_of(statuses)}PartitionStatuses")
DOMAIN.choose("AssetCheckPartitionStatus1D", lambda statuses: f"AssetCheck{form_within(statuses)}PartitionStatuses")
DOMAIN.type(
    "AssetCheckDefaultPartitionStatuses",
    PartitionStatuses,
    {
        "succeededPartitions": _keys(CheckPartitionStatus.SUCCEEDED),
        "failedPartitions": _keys(CheckPartitionStatus.FAILED),
        "inProgressPartitions": _keys(CheckPartitionStatus.IN_PROGRESS),
        "skippedPartitions": _keys(CheckPartitionStatus.SKIPPED),
        "executionFailedPartitions": _keys(CheckPartitionStatus.EXECUTION_FAILED),
    },
)
DOMAIN.type("AssetCheckTimePartitionStatuses", PartitionStatuses, {"ranges": lambda statuses: statuses.ranges()})
DOMAIN.type("AssetCheckTimePartitionRangeStatus", PartitionRange)
DOMAIN.type(
    "AssetCheckMultiPartitionStatuses",
    PartitionStatuses,
    {"ranges": lambda statuses: statuses.by_dimension(primary_name(statuses)), "primaryDimensionName": primary_name},
)
DOMAIN.type(
    "AssetCheckMultiPartitionRangeStatuses",
    DimensionRange,
    {
        "primaryDimStartKey": lambda each: each.start_key,
        "primaryDimEndKey": lambda each: each.end_key,
        "primaryDimStartTime": lambda each: each.start_time,
        "primaryDimEndTime": lambda each: each.end_time,
        "secondaryDim": lambda each: each.others,
    },
)
DOMAIN.placed_type(
    "AssetCheck",
    AssetCheckSpec,
    {"partitionDefinition": lambda check: check.value.partitions_def},
    {"partitionStatuses": _statuses},
)


@DOMAIN.field("AssetCheck", "partitionKeysByDimension")
def _keys_by_dimension(
    check: Check, context: RequestContext, *, start_idx: int | None = None, end_idx: int | None = None
) -> list[DimensionPartitionKeys]:
    return keys_by_dimension(check.value.partitions_def, context, start_idx, end_idx)
