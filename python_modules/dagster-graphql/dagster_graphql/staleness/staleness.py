"""Versions of data, and whether an asset is stale, and why. An asset with partitions is as a whole never stale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from dagster.errors import DagsterInvariantViolationError
from dagster.events.data_versions import DEFAULT_DATA_VERSION
from dagster.lineage.staleness import StaleCause, Staleness, StaleStatus
from dagster.partitions.loading import partition_loading_context
from dagster.workspace.descriptions import AssetNode
from dagster_graphql.catalogs import Placed
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.partitions.partitions import definition_of, keys_of

DOMAIN = Domain.beside(__file__)

Node = Placed[AssetNode]
T = TypeVar("T")


def staleness_of(node: Node, context: RequestContext) -> Staleness:
    """What knows where an asset stands. Two queries for all assets of which the request has said that they come."""
    staleness = context.loaders.staleness.load(node.value.spec.key)
    assert staleness is not None, "it is one and the same for all"
    return staleness


def _partitions(node: Node, context: RequestContext, given: Sequence[str] | None) -> Sequence[str]:
    """The partitions that are asked about, all for None.

    Raises:
        DagsterInvariantViolationError: the asset has none.
    """
    definition = definition_of(node)
    if definition is None:
        raise DagsterInvariantViolationError(f'Asset "{node.value.spec.key.to_user_string()}" has no partitions.')
    return keys_of(definition, context) if given is None else given


def _statuses(node: Node, context: RequestContext, partitions: Sequence[str]) -> Mapping[str, StaleStatus]:
    with partition_loading_context(new_ctx=context.loading):
        return staleness_of(node, context).partition_statuses(node.value.spec.key, partitions)


def _causes(node: Node, context: RequestContext, partitions: Sequence[str]) -> Mapping[str, Sequence[StaleCause]]:
    with partition_loading_context(new_ctx=context.loading):
        return staleness_of(node, context).partition_causes(node.value.spec.key, partitions)


@DOMAIN.field("AssetNode", "staleStatus")
def _stale_status(node: Node, context: RequestContext, *, partition: str | None = None) -> StaleStatus:
    if partition is not None:
        [asked] = _partitions(node, context, [partition])
        return _statuses(node, context, [asked])[asked]
    with partition_loading_context(new_ctx=context.loading):
        return staleness_of(node, context).status(node.value.spec.key)


@DOMAIN.field("AssetNode", "staleStatusByPartition")
def _stale_status_by_partition(
    node: Node, context: RequestContext, *, partitions: Sequence[str] | None = None
) -> list[StaleStatus]:
    asked = _partitions(node, context, partitions)
    found = _statuses(node, context, asked)
    return [found[each] for each in asked]


@DOMAIN.field("AssetNode", "staleCauses")
def _stale_causes(node: Node, context: RequestContext, *, partition: str | None = None) -> Sequence[StaleCause]:
    if partition is not None:
        [asked] = _partitions(node, context, [partition])
        return _causes(node, context, [asked])[asked]
    with partition_loading_context(new_ctx=context.loading):
        return staleness_of(node, context).causes(node.value.spec.key)


@DOMAIN.field("AssetNode", "staleCausesByPartition")
def _stale_causes_by_partition(
    node: Node, context: RequestContext, *, partitions: Sequence[str] | None = None
) -> list[Sequence[StaleCause]]:
    asked = _partitions(node, context, partitions)
    found = _causes(node, context, asked)
    return [found[each] for each in asked]


@DOMAIN.field("AssetNode", "dataVersion")
def _data_version(node: Node, context: RequestContext, *, partition: str | None = None) -> str | None:
    if partition is not None:
        [asked] = _partitions(node, context, [partition])
        return _versions(node, context, [asked])[0]
    if _is_external(node):
        return context.loaders.told_versions.load(node.value.spec.key) or DEFAULT_DATA_VERSION.value
    mark = context.loaders.asset_marks.load(node.value.spec.key)
    if mark is None or mark.materialization_id is None:
        return None
    return mark.data_version or DEFAULT_DATA_VERSION.value


@DOMAIN.field("AssetNode", "dataVersionByPartition")
def _data_version_by_partition(
    node: Node, context: RequestContext, *, partitions: Sequence[str] | None = None
) -> list[str | None]:
    return _versions(node, context, _partitions(node, context, partitions))


def _versions(node: Node, context: RequestContext, partitions: Sequence[str]) -> list[str | None]:
    """One query for a written asset, two for one that is observed."""
    history = context.instance.data_history()
    found = history.partition_versions(node.value.spec.key, partitions, is_external=_is_external(node))
    return [found[each].value if each in found else None for each in partitions]


def _is_external(node: Node) -> bool:
    return node.value.execution_type != "MATERIALIZATION"


DOMAIN.type("StaleCause", StaleCause)
