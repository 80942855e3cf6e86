"""Versions of data, and whether an asset is stale, and why."""

from __future__ import annotations

from dagster.workspace.descriptions import AssetNode
from dagster_graphql.catalogs import Placed
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain

DOMAIN = Domain.beside(__file__)

Node = Placed[AssetNode]


@DOMAIN.field("AssetNode", "dataVersion")
def _data_version(node: Node, context: RequestContext, *, partition: str | None = None) -> str | None:
    key = node.value.spec.key
    if partition is not None:
        mark = context.instance.partition_marks(key, [partition]).get(partition)
    else:
        mark = context.loaders.asset_marks.load(key)
    return mark.data_version if mark is not None else None
