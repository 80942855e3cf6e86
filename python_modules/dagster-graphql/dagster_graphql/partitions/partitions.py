"""Partitions of assets: which there are."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dagster.partitions.definitions import PartitionsDefinition
from dagster.partitions.dynamic import DynamicPartitionsDefinition
from dagster.partitions.loading import partition_loading_context
from dagster.partitions.multi import MultiPartitionsDefinition
from dagster.partitions.time_windows import TimeWindowPartitionsDefinition
from dagster.workspace.descriptions import AssetNode
from dagster_graphql.catalogs import Placed
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain

DOMAIN = Domain.beside(__file__)

Node = Placed[AssetNode]


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


def definition_of(node: Node) -> PartitionsDefinition | None:
    """The partitions of an asset, None where it has none."""
    return node.value.spec.partitions_def


def keys_of(definition: PartitionsDefinition | None, context: RequestContext) -> Sequence[str]:
    """The keys that there are now."""
    if definition is None:
        return []
    return texts(definition.get_partition_keys(context.loading.effective_dt, context.instance))


def texts(keys: Sequence[str]) -> Sequence[str]:
    """The same as mere texts, since no other kind of text is written into an answer."""
    return [str(key) for key in keys] if keys and type(keys[0]) is not str else keys


def number_of(definition: PartitionsDefinition, context: RequestContext) -> int:
    """How many there are now, without listing those that are time."""
    with partition_loading_context(new_ctx=context.loading):
        return definition.get_num_partitions()


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


def dynamic_name(definition: PartitionsDefinition) -> str | None:
    """The name under which the instance keeps their keys; None where it does not."""
    return definition.name if isinstance(definition, DynamicPartitionsDefinition) else None


DOMAIN.type(
    "PartitionDefinition",
    PartitionsDefinition,
    {
        "description": str,
        "type": kind_of,
        "dimensionTypes": dimensions_of,
        "name": dynamic_name,
        "fmt": lambda definition: definition.fmt if isinstance(definition, TimeWindowPartitionsDefinition) else None,
    },
)
DOMAIN.type(
    "DimensionDefinitionType",
    Dimension,
    {
        "description": lambda dimension: "" if dimension.is_only else str(dimension.definition),
        "type": lambda dimension: kind_of(dimension.definition),
        "dynamicPartitionsDefinitionName": lambda dimension: dynamic_name(dimension.definition),
    },
)
for _each in (DimensionPartitionKeys, PartitionKeyConnection):
    DOMAIN.type(_each.__name__, _each)

DOMAIN.placed_type(
    "AssetNode",
    AssetNode,
    {"partitionDefinition": definition_of},
    {"partitionKeys": lambda node, context: keys_of(definition_of(node), context)},
)


@DOMAIN.field("AssetNode", "partitionKeyConnection")
def _key_page(
    node: Node, context: RequestContext, *, limit: int, ascending: bool, cursor: str | None = None
) -> PartitionKeyConnection | None:
    definition = definition_of(node)
    if definition is None:
        return None
    page = definition.get_paginated_partition_keys(context.loading, max(1, limit), ascending, cursor)
    return PartitionKeyConnection(results=texts(page.results), cursor=page.cursor, has_more=page.has_more)


def keys_by_dimension(
    definition: PartitionsDefinition | None, context: RequestContext, start: int | None, end: int | None
) -> list[DimensionPartitionKeys]:
    """The keys of each dimension.

    Args:
        definition: whose; none for None.
        context: of the request.
        start: of windows of time, the position of the first one.
        end: of windows of time, the position after the last one. All are given where one of both is missing.
    """
    if definition is None:
        return []
    return [
        DimensionPartitionKeys(
            name=each.name, partition_keys=_keys_between(each.definition, context, start, end), type=kind_of(each.definition)
        )
        for each in dimensions_of(definition)
    ]


def _keys_between(definition: PartitionsDefinition, context: RequestContext, start: int | None, end: int | None) -> Sequence[str]:
    if start is None or end is None or not isinstance(definition, TimeWindowPartitionsDefinition):
        return keys_of(definition, context)
    with partition_loading_context(new_ctx=context.loading):
        return definition.get_partition_keys_between_indexes(max(0, start), max(0, start, end))


@DOMAIN.field("AssetNode", "partitionKeysByDimension")
def _keys_by_dimension(
    node: Node, context: RequestContext, *, start_idx: int | None = None, end_idx: int | None = None
) -> list[DimensionPartitionKeys]:
    return keys_by_dimension(definition_of(node), context, start_idx, end_idx)
