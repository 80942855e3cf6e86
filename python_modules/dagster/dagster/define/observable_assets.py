"""The decorators of functions that observe assets which something else writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any, overload

from dagster.define.assets_definitions import AssetsDefinition
from dagster.define.several_assets import SeveralAssets
from dagster.define.source_assets import SourceAsset
from dagster.errors import DagsterInvalidDefinitionError
from dagster.keys import AssetKey, CoercibleToAssetKey, CoercibleToAssetKeyPrefix, key_prefix_of
from dagster.lineage.graph import AssetExecutionType
from dagster.specs.assets import AssetSpec
from dagster.specs.checks import AssetCheckSpec

ObserveFunction = Callable[..., Any]


@overload
def observable_source_asset(observe_fn: ObserveFunction) -> SourceAsset: ...
@overload
def observable_source_asset(
    *,
    key: CoercibleToAssetKey | None = ...,
    name: str | None = ...,
    key_prefix: CoercibleToAssetKeyPrefix | None = ...,
    metadata: Mapping[str, Any] | None = ...,
    io_manager_key: str | None = ...,
    io_manager_def: object | None = ...,
    description: str | None = ...,
    group_name: str | None = ...,
    required_resource_keys: Set[str] | None = ...,
    resource_defs: Mapping[str, Any] | None = ...,
    partitions_def: Any = ...,
    automation_condition: Any = ...,
    op_tags: Mapping[str, Any] | None = ...,
    tags: Mapping[str, str] | None = ...,
    auto_observe_interval_minutes: float | None = ...,
) -> Callable[[ObserveFunction], SourceAsset]: ...
def observable_source_asset(
    observe_fn: ObserveFunction | None = None,
    *,
    key: CoercibleToAssetKey | None = None,
    name: str | None = None,
    key_prefix: CoercibleToAssetKeyPrefix | None = None,
    metadata: Mapping[str, Any] | None = None,
    io_manager_key: str | None = None,
    io_manager_def: object | None = None,
    description: str | None = None,
    group_name: str | None = None,
    required_resource_keys: Set[str] | None = None,
    resource_defs: Mapping[str, Any] | None = None,
    partitions_def: Any = None,
    automation_condition: Any = None,
    op_tags: Mapping[str, Any] | None = None,
    tags: Mapping[str, str] | None = None,
    auto_observe_interval_minutes: float | None = None,
) -> SourceAsset | Callable[[ObserveFunction], SourceAsset]:
    """Declare an asset that something else writes, by the function that looks at it.

    The function returns a `DataVersion`, for an asset with partitions `DataVersionsByPartition`, or an `ObserveResult`.

    Args:
        observe_fn: the function.
        key: the whole key, instead of name and prefix.
        name: the last part of the key; without: the function's name.
        key_prefix: the parts before it.
        metadata, description, group_name, partitions_def, automation_condition, tags: as of `AssetSpec`.
        io_manager_key: the resource that loads it.
        io_manager_def: what loads it.
        required_resource_keys: resources on `context.resources`.
        resource_defs: resources that come with it.
        op_tags: tags of its step.
        auto_observe_interval_minutes: kept as given.

    Example:
        >>> @observable_source_asset
        ... def price_list():
        ...     return DataVersion("2024-05")
        >>> price_list.is_observable
        True
    """
    options: dict[str, Any] = {
        "metadata": metadata,
        "io_manager_key": io_manager_key,
        "io_manager_def": io_manager_def,
        "description": description,
        "group_name": group_name,
        "resource_defs": resource_defs,
        "partitions_def": partitions_def,
        "automation_condition": automation_condition,
        "op_tags": op_tags,
        "tags": tags,
        "auto_observe_interval_minutes": auto_observe_interval_minutes,
        "_required_resource_keys": required_resource_keys,
    }
    if key is not None and (name is not None or key_prefix is not None):
        raise DagsterInvalidDefinitionError("@observable_source_asset takes key, or name and key_prefix, not both.")

    def decorated(function: ObserveFunction) -> SourceAsset:
        own = AssetKey([*key_prefix_of(key_prefix), name or function.__name__]) if key is None else key
        return SourceAsset(own, observe_fn=function, **options)

    return decorated if observe_fn is None else decorated(observe_fn)


def multi_observable_source_asset(
    *,
    specs: Sequence[AssetSpec],
    name: str | None = None,
    description: str | None = None,
    partitions_def: Any = None,
    can_subset: bool = False,
    required_resource_keys: Set[str] | None = None,
    resource_defs: Mapping[str, object] | None = None,
    group_name: str | None = None,
    check_specs: Sequence[AssetCheckSpec] | None = None,
) -> Callable[[ObserveFunction], AssetsDefinition]:
    """Declare several assets that something else writes, by the one function that looks at them.

    The function returns or yields an `ObserveResult` per asset.

    Args:
        specs: the assets.
        name: of the step; without: the function's.
        description: Markdown.
        partitions_def: the partitions of all assets.
        can_subset: whether the function looks only at what `context.selected_asset_keys` says.
        required_resource_keys: resources on `context.resources`.
        resource_defs: resources that come with the assets.
        group_name: the group of all assets.
        check_specs: checks whose results the function gives.

    Example:
        >>> @multi_observable_source_asset(specs=[AssetSpec("orders"), AssetSpec("customers")])
        ... def shop():
        ...     for name in ("orders", "customers"):
        ...         yield ObserveResult(name, data_version=DataVersion("1"))
        >>> shop.is_observable
        True
    """
    options: dict[str, Any] = {
        "name": name,
        "ins": None,
        "description": description,
        "config_schema": None,
        "required_resource_keys": required_resource_keys,
        "hooks": None,
        "backfill_policy": None,
        "op_tags": None,
        "can_subset": can_subset,
        "resource_defs": resource_defs,
        "retry_policy": None,
        "check_specs": check_specs,
        "pool": None,
    }
    common = {"partitions_def": partitions_def, "group_name": group_name, "code_version": None}

    def decorated(function: ObserveFunction) -> AssetsDefinition:
        several = SeveralAssets(
            function, "multi_observable_source_asset", options, common, execution_type=AssetExecutionType.OBSERVATION
        )
        return several.of_specs(specs)

    return decorated
