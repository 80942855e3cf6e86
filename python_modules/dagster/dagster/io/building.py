"""Contexts for calling an IO manager by hand, in tests and scripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, TypeVar

from dagster.define.resource_building import build_resources
from dagster.errors import CheckError
from dagster.io.contexts import InputContext, OutputContext
from dagster.keys import AssetKey, CoercibleToAssetKey

if TYPE_CHECKING:
    from dagster.partitions.key_ranges import PartitionKeyRange

C = TypeVar("C", InputContext, OutputContext)

_RUN_ID_OUTSIDE_OF_RUNS = "__EPHEMERAL_RUN_ID"


def build_output_context(
    step_key: str | None = None,
    name: str | None = None,
    definition_metadata: Mapping[str, Any] | None = None,
    run_id: str | None = None,
    mapping_key: str | None = None,
    config: Any = None,
    dagster_type: Any = None,
    version: str | None = None,
    resource_config: Mapping[str, object] | None = None,
    resources: Mapping[str, object] | None = None,
    op_def: Any = None,
    asset_key: CoercibleToAssetKey | None = None,
    partition_key: str | None = None,
    asset_partitions_def: Any = None,
    asset_partition_key_range: PartitionKeyRange | None = None,
    instance: Any = None,
    asset_spec: Any = None,
    metadata: Mapping[str, Any] | None = None,
    output_metadata: Mapping[str, Any] | None = None,
) -> OutputContext:
    """The context that `handle_output` would get, made by hand.

    Args:
        asset_key: the asset that is stored; without it the value is that of an op's output.
        partition_key: the partition, of the run and of the asset.
        resources: by key, anything that can be a resource. Resources that are torn down are so when the context is left:
            `with build_output_context(...) as context:`.
        asset_partition_key_range: several partitions of the asset, stored at once; needs `asset_partitions_def`.

    Example:
        >>> context = build_output_context(asset_key=["sales", "orders"], partition_key="2024-01-01")
        >>> context.get_asset_identifier()
        ['sales', 'orders', '2024-01-01']
    """
    key = None if asset_key is None else AssetKey.from_coercible(asset_key)
    context = OutputContext(
        step_key=step_key,
        name=name,
        run_id=run_id if run_id is not None else _RUN_ID_OUTSIDE_OF_RUNS,
        definition_metadata=_one_of(definition_metadata, metadata),
        mapping_key=mapping_key,
        config=config,
        dagster_type=dagster_type,
        version=version,
        resource_config=resource_config or {},
        op_def=op_def,
        asset_key=key,
        partition_key=partition_key,
        output_metadata=output_metadata,
        asset_partitions_def=asset_partitions_def,
        asset_partition_keys=_keys(key, partition_key, asset_partition_key_range, asset_partitions_def, instance),
        asset_spec=asset_spec,
        instance=instance,
    )
    return _with_resources(context, resources, instance)


def build_input_context(
    name: str | None = None,
    config: Any = None,
    definition_metadata: Mapping[str, Any] | None = None,
    upstream_output: OutputContext | None = None,
    dagster_type: Any = None,
    resource_config: Mapping[str, Any] | None = None,
    resources: Mapping[str, Any] | None = None,
    op_def: Any = None,
    step_context: Any = None,
    asset_key: CoercibleToAssetKey | None = None,
    partition_key: str | None = None,
    asset_partition_key_range: PartitionKeyRange | None = None,
    asset_partitions_def: Any = None,
    instance: Any = None,
    metadata: Mapping[str, Any] | None = None,
) -> InputContext:
    """The context that `load_input` would get, made by hand; arguments as in `build_output_context`.

    Args:
        upstream_output: the output that is loaded.

    Example:
        >>> build_input_context(asset_key="orders", partition_key="2024-01-01").asset_key
        AssetKey(['orders'])
    """
    key = None if asset_key is None else AssetKey.from_coercible(asset_key)
    context = InputContext(
        name=name,
        config=config,
        definition_metadata=_one_of(definition_metadata, metadata),
        upstream_output=upstream_output,
        dagster_type=dagster_type,
        resource_config=resource_config or {},
        op_def=op_def,
        step_context=step_context,
        asset_key=key,
        partition_key=partition_key,
        asset_partition_keys=_keys(key, partition_key, asset_partition_key_range, asset_partitions_def, instance),
        asset_partitions_def=asset_partitions_def,
        instance=instance,
    )
    return _with_resources(context, resources, instance)


def _with_resources(context: C, resources: Mapping[str, Any] | None, instance: Any) -> C:
    """The context with its resources set up; what they need to be torn down is done when the context is left."""
    if resources:
        session = ExitStack()
        context.set_resources(session.enter_context(build_resources(resources, instance)))
        context.close_with(session.close)
    return context


def _one_of(definition_metadata: Mapping[str, Any] | None, metadata: Mapping[str, Any] | None) -> Mapping[str, Any]:
    if definition_metadata is not None and metadata is not None:
        raise CheckError("metadata is the older name of definition_metadata: give only one of them.")
    return definition_metadata if definition_metadata is not None else metadata or {}


def _keys(
    asset_key: AssetKey | None,
    partition_key: str | None,
    key_range: PartitionKeyRange | None,
    partitions_def: Any,
    instance: Any,
) -> Sequence[str] | None:
    """The asset's partitions; None when there is no asset or it is not partitioned."""
    if key_range is not None and partition_key is not None:
        raise CheckError("Give partition_key or asset_partition_key_range, not both.")
    if asset_key is None:
        return None
    if key_range is None:
        return None if partition_key is None else (partition_key,)
    if partitions_def is None:
        return (key_range.start,) if key_range.start == key_range.end else _refuse_range(key_range)
    return partitions_def.get_partition_keys_in_range(key_range, dynamic_partitions_store=instance)


def _refuse_range(key_range: PartitionKeyRange) -> Sequence[str]:
    raise CheckError(
        f"The partitions from {key_range.start!r} to {key_range.end!r} are known only to a partitions definition. "
        "Give asset_partitions_def as well."
    )
