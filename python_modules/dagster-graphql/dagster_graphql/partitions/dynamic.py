"""Adding keys to dynamic partitions, and taking them away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from dagster.partitions.dynamic import DynamicPartitionsDefinition
from dagster.partitions.multi import MultiPartitionsDefinition
from dagster_graphql.catalogs import Repository
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.errors.errors import DuplicateDynamicPartitionError, UnauthorizedError
from dagster_graphql.partitions.partitions import Node, definition_of, dimensions_of, dynamic_name
from dagster_graphql.permissions.permissions import EDIT_PARTITIONS
from dagster_graphql.selectors import Input
from dagster_graphql.workspace.locations import repository_selected

DOMAIN = Domain.beside(__file__)


class AddDynamicPartitionSuccess(msgspec.Struct, frozen=True, kw_only=True):
    """A partition was added."""

    partitions_def_name: str
    partition_key: str


class DeleteDynamicPartitionsSuccess(msgspec.Struct, frozen=True):
    """Partitions were removed."""

    partitions_def_name: str


DOMAIN.type("AddDynamicPartitionSuccess", AddDynamicPartitionSuccess)
DOMAIN.type("DeleteDynamicPartitionsSuccess", DeleteDynamicPartitionsSuccess)


def _has_dynamic(context: RequestContext, selector: Input, name: str) -> bool:
    """Whether an asset of the repository has dynamic partitions of this name, alone or as a dimension."""
    repository = repository_selected(context, selector)
    if not isinstance(repository, Repository):
        return False
    description = repository.location.description
    definitions: Iterable[Any] = (node.spec.partitions_def for node in (description.assets if description is not None else ()))
    return any(
        dynamic_name(dimension.definition) == name
        for definition in definitions
        if definition is not None
        for dimension in dimensions_of(definition)
    )


def _partitions_with(node: Node, context: RequestContext, name: str, keys: Sequence[str]) -> list[str]:
    """The partitions of an asset that are, or have in a dimension, one of these keys of dynamic partitions."""
    definition = definition_of(node)
    if isinstance(definition, DynamicPartitionsDefinition):
        return list(keys) if definition.name == name else []
    if not isinstance(definition, MultiPartitionsDefinition):
        return []
    dimensions = {each.name for each in dimensions_of(definition) if dynamic_name(each.definition) == name}
    if not dimensions:
        return []
    known = (definition.get_partition_key_from_str(key) for key in context.instance.partition_marks(node.value.spec.key))
    return [str(key) for key in known if any(key.keys_by_dimension[each] in keys for each in dimensions)]


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
            gone = _partitions_with(node, context, partitions_def_name, partition_keys)
            if gone:
                context.instance.wipe_asset_partitions(node.value.spec.key, gone)
    for key in partition_keys:
        context.instance.delete_dynamic_partition(partitions_def_name, key)
    return DeleteDynamicPartitionsSuccess(partitions_def_name)
