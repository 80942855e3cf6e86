"""What an outside process is told about the step that it works for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dagster.errors import DagsterInvalidPropertyError, DagsterInvariantViolationError
from dagster.execution.check_contexts import AssetCheckExecutionContext
from dagster.execution.contexts import OpExecutionContext
from dagster.keys import AssetKey

if TYPE_CHECKING:
    from dagster_pipes import PipesContextData, PipesDataProvenance, PipesPartitionKeyRange, PipesTimeWindow


def context_data_of(context: OpExecutionContext, extras: Mapping[str, Any] | None) -> PipesContextData:
    """The facts of a step, and what the user adds to them.

    Cost: one question per asset, after what its latest materialization was made from.
    """
    keys = target_keys(context)
    named = None if keys is None else {key.to_escaped_user_string(): key for key in keys}
    versions = _code_versions(context)
    return {
        "asset_keys": None if named is None else list(named),
        "code_version_by_asset_key": None if named is None else {name: versions.get(key) for name, key in named.items()},
        "provenance_by_asset_key": None if named is None else {name: _provenance(context, key) for name, key in named.items()},
        "partition_key": context.partition_key if context.has_partition_key else None,
        "partition_key_range": _partition_key_range(context),
        "partition_time_window": _partition_time_window(context),
        "run_id": context.run_id,
        "job_name": _job_name(context),
        "retry_number": context.retry_number,
        "extras": dict(extras or {}),
    }


def target_keys(context: OpExecutionContext) -> Sequence[AssetKey] | None:
    """The assets that an outside process may report on; None for a step without. Of a check: the one that it looks at."""
    if isinstance(context, AssetCheckExecutionContext):
        return tuple(dict.fromkeys(spec.asset_key for spec in context.check_specs))
    return materialized_keys(context) if context.has_assets_def else None


def materialized_keys(context: OpExecutionContext) -> Sequence[AssetKey]:
    """The assets that the step is to write, in the order of their declaration."""
    if isinstance(context, AssetCheckExecutionContext) or not context.has_assets_def:
        return ()
    selected = context.selected_asset_keys
    declared = [spec.key for spec in context.assets_def.specs]
    return tuple(key for key in declared if key in selected)


def _code_versions(context: OpExecutionContext) -> Mapping[AssetKey, str | None]:
    if not context.has_assets_def:
        return {}
    return {spec.key: spec.code_version for spec in context.assets_def.specs}


def _provenance(context: OpExecutionContext, key: AssetKey) -> PipesDataProvenance | None:
    found = context.get_asset_provenance(key)
    if found is None:
        return None
    return {
        "code_version": found.code_version,
        "input_data_versions": {each.to_escaped_user_string(): str(of.value) for each, of in found.input_data_versions.items()},
        "is_user_provided": found.is_user_provided,
    }


def _partition_key_range(context: OpExecutionContext) -> PipesPartitionKeyRange | None:
    if not (context.has_partition_key or context.has_partition_key_range):
        return None
    keys = context.partition_key_range
    return {"start": keys.start, "end": keys.end}


def _partition_time_window(context: OpExecutionContext) -> PipesTimeWindow | None:
    if not (context.has_partition_key or context.has_partition_key_range):
        return None
    try:
        window = context.partition_time_window
    except (DagsterInvariantViolationError, AttributeError):
        return None  # the partitions are not times
    return {"start": window.start.isoformat(), "end": window.end.isoformat()}


def _job_name(context: OpExecutionContext) -> str | None:
    try:
        return context.job_name
    except DagsterInvalidPropertyError:
        return None  # a function that is called directly has none
