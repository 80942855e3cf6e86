"""What is told about assets from outside of runs, and forgetting them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, cast

import msgspec

from dagster.errors import DagsterInvalidInvocationError, DagsterInvariantViolationError
from dagster.events.asset_events import AssetCheckEvaluation, AssetCheckSeverity, AssetMaterialization, AssetObservation
from dagster.keys import AssetKey
from dagster.partitions.definitions import PartitionsDefinition
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.partitions.loading import partition_loading_context
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.errors.errors import AssetNotFoundError, UnsupportedOperationError
from dagster_graphql.permissions.permissions import REPORT_EVENTS, WIPE_ASSETS
from dagster_graphql.selectors import Input, asset_key

DOMAIN = Domain.beside(__file__)


class PartitionRange(msgspec.Struct, frozen=True):
    """Partitions from one to another, both included."""

    start: str
    end: str


class AssetPartitionRange(msgspec.Struct, frozen=True):
    """Partitions of an asset; None for all of it."""

    asset_key: AssetKey
    partition_range: PartitionRange | None


class AssetWipeSuccess(msgspec.Struct, frozen=True):
    """What is forgotten."""

    asset_partition_ranges: list[AssetPartitionRange]


class ReportRunlessAssetEventsSuccess(msgspec.Struct, frozen=True):
    """Events about an asset are stored."""

    asset_key: AssetKey


class ReportAssetCheckEvaluationsSuccess(msgspec.Struct, frozen=True):
    """Evaluations of a check are stored."""

    asset_key: AssetKey
    check_name: str


for _each in (
    PartitionRange,
    AssetPartitionRange,
    AssetWipeSuccess,
    ReportRunlessAssetEventsSuccess,
    ReportAssetCheckEvaluationsSuccess,
):
    DOMAIN.type(_each.__name__, _each)


def _ranges(given: Sequence[Input]) -> Iterator[AssetPartitionRange]:
    for each in given:
        partitions: Input = each.get("partitions") or {}
        several: list[Input] = list(partitions.get("ranges") or ())
        if partitions.get("range"):
            several.append(partitions["range"])
        key = asset_key(each["asset_key"])
        if several:
            yield from (AssetPartitionRange(key, PartitionRange(one["start"], one["end"])) for one in several)
        else:
            yield AssetPartitionRange(key, None)


@DOMAIN.mutation("wipeAssets", permission=WIPE_ASSETS)
def wipe(context: RequestContext, *, asset_partition_ranges: Sequence[Input]) -> object:
    """Forgets assets, or partitions of them: their events are not found any more except in the logs of their runs."""
    wanted = list(_ranges(asset_partition_ranges))
    keys_of: dict[int, Sequence[str]] = {}
    for position, each in enumerate(wanted):
        if each.partition_range is None:
            continue
        node = context.catalog.assets.get(each.asset_key)
        if node is None:
            return AssetNotFoundError(message=f'Asset "{each.asset_key.to_user_string()}" was not found.')
        if node.value.spec.partitions_def is None:
            return UnsupportedOperationError(message=f'Asset "{each.asset_key.to_user_string()}" has no partitions.')
        keys_of[position] = _keys_between(node.value.spec.partitions_def, each.partition_range, context)
    for position, each in enumerate(wanted):
        if position in keys_of:
            context.instance.wipe_asset_partitions(each.asset_key, keys_of[position])
        else:
            context.instance.wipe_assets([each.asset_key])
    return AssetWipeSuccess(wanted)


def _keys_between(definition: PartitionsDefinition, wanted: PartitionRange, context: RequestContext) -> Sequence[str]:
    """The partitions of a range.

    Raises:
        DagsterInvalidInvocationError: there are none, since it ends before it begins.
    """
    with partition_loading_context(new_ctx=context.loading):
        between = PartitionKeyRange(wanted.start, wanted.end)
        found = definition.get_partition_keys_in_range(between, dynamic_partitions_store=context.instance)
    if not found:
        raise DagsterInvalidInvocationError(
            f'There is no partition from "{wanted.start}" to "{wanted.end}": the range ends before it begins.'
        )
    return found


@DOMAIN.mutation("reportRunlessAssetEvents", permission=REPORT_EVENTS)
def report_events(context: RequestContext, *, event_params: Input) -> ReportRunlessAssetEventsSuccess:
    """Stores that an asset was written or looked at outside of any run, an event per partition."""
    key = asset_key(event_params["asset_key"])
    made = AssetMaterialization if event_params["event_type"] == "ASSET_MATERIALIZATION" else AssetObservation
    for partition in event_params.get("partition_keys") or [None]:
        event = made(asset_key=key, description=event_params.get("description"), partition=partition)
        context.instance.report_runless_asset_event(event)
    return ReportRunlessAssetEventsSuccess(key)


@DOMAIN.mutation("reportAssetCheckEvaluations", permission=REPORT_EVENTS)
def report_evaluations(context: RequestContext, *, event_params: Input) -> ReportAssetCheckEvaluationsSuccess:
    """Stores what a check found that was executed outside of any run, an evaluation per partition."""
    key, name = asset_key(event_params["asset_key"]), event_params["check_name"]
    for partition in event_params.get("partition_keys") or [None]:
        evaluation = AssetCheckEvaluation(
            asset_key=key,
            check_name=name,
            passed=event_params["passed"],
            metadata=_metadata(event_params.get("serialized_metadata")),
            severity=AssetCheckSeverity[event_params.get("severity") or "ERROR"],
            description=event_params.get("description"),
            partition=partition,
        )
        context.instance.report_runless_asset_event(evaluation)
    return ReportAssetCheckEvaluationsSuccess(key, name)


def _metadata(text: str | None) -> dict[str, Any]:
    """Metadata as a JSON object.

    Raises:
        DagsterInvariantViolationError: it is none.
    """
    try:
        metadata: object = json.loads(text) if text else {}
    except ValueError as refused:
        raise DagsterInvariantViolationError(f"The metadata is no JSON: {refused}.") from refused
    if not isinstance(metadata, dict):
        raise DagsterInvariantViolationError(f"Metadata is a JSON object. Got {metadata!r}.")
    return cast("dict[str, Any]", metadata)
