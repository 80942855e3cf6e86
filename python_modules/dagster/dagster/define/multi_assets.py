"""The decorator that makes several assets out of one function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Any

from dagster.define.asset_outs import AssetOut
from dagster.define.assets_definitions import AssetsDefinition
from dagster.define.code_versions import CodeVersion, resolved_code_version
from dagster.define.several_assets import SeveralAssets
from dagster.errors import CheckError, DagsterInvalidDefinitionError
from dagster.keys import AssetKey
from dagster.specs.assets import AssetSpec, coerce_deps
from dagster.specs.caching import CachePolicy, checked_cache_policy
from dagster.specs.checks import AssetCheckSpec

AssetsFunction = Callable[..., Any]


def multi_asset(
    *,
    outs: Mapping[str, AssetOut] | None = None,
    name: str | None = None,
    ins: Mapping[str, Any] | None = None,
    deps: Iterable[Any] | None = None,
    description: str | None = None,
    config_schema: Any = None,
    required_resource_keys: Set[str] | None = None,
    internal_asset_deps: Mapping[str, set[AssetKey]] | None = None,
    partitions_def: Any = None,
    hooks: Set[Any] | None = None,
    backfill_policy: Any = None,
    op_tags: Mapping[str, Any] | None = None,
    can_subset: bool = False,
    resource_defs: Mapping[str, object] | None = None,
    group_name: str | None = None,
    retry_policy: Any = None,
    code_version: str | CodeVersion | None = None,
    specs: Sequence[AssetSpec] | None = None,
    check_specs: Sequence[AssetCheckSpec] | None = None,
    pool: str | None = None,
    timeout: float | None = None,
    allow_failure: bool = False,
    cache_policy: CachePolicy | None = None,
    **old: Any,
) -> Callable[[AssetsFunction], AssetsDefinition]:
    """Make several assets out of the one function that writes them.

    Args:
        outs: an output with a value per asset, by the output's name.
        name: of the step; without: the function's.
        ins: which asset an argument is, where its name does not say it.
        deps: what all assets of `outs` depend on, without being loaded.
        description: Markdown; without: the function's docstring.
        config_schema: the schema of `context.op_config`, where there is no parameter `config`.
        required_resource_keys: resources on `context.resources`.
        internal_asset_deps: for `outs`, what an output depends on, where that is not every argument; by output.
        partitions_def: the partitions of all assets.
        hooks: called when the step ends.
        backfill_policy: how a backfill cuts its partitions into runs.
        op_tags: tags of the step, read by executors.
        can_subset: whether the function makes only what `context.selected_asset_keys` says. Then a run may select some of the
            assets, and outputs may be left out.
        resource_defs: resources that come with the assets.
        group_name: the group of all assets.
        retry_policy: how the step is tried again.
        code_version: the version of the code, for assets without one of their own; a `CodeVersion` follows the source.
        specs: the assets, for a function that writes them itself and returns `MaterializeResult`; not together with `outs`.
        check_specs: checks whose results the function gives.
        pool: the pool in which the step takes a slot.
        timeout: how long the function may run, in seconds.
        allow_failure: whether a run goes on, and may end well, where the step failed for good.
        cache_policy: when a run takes what is stored in place of executing the step, since nothing has changed.
        old: arguments of early versions, with a warning.

    Raises:
        DagsterInvalidDefinitionError: the arguments contradict each other or the function.

    Example:
        >>> @multi_asset(specs=[AssetSpec("orders"), AssetSpec("totals", deps=["orders"])])
        ... def shop():
        ...     yield MaterializeResult("orders", metadata={"rows": 3})
        ...     yield MaterializeResult("totals")
        >>> sorted(key.to_user_string() for key in shop.keys)
        ['orders', 'totals']
    """
    if old:
        from dagster.define.old_arguments import with_old_arguments

        today = with_old_arguments("multi_asset", {"op_tags": op_tags, "deps": deps, "check_specs": check_specs}, old)
        op_tags, deps = today["op_tags"], today["deps"]
    options = {
        "name": name,
        "ins": ins,
        "description": description,
        "config_schema": config_schema,
        "required_resource_keys": required_resource_keys,
        "hooks": hooks,
        "backfill_policy": backfill_policy,
        "op_tags": op_tags,
        "can_subset": can_subset,
        "resource_defs": resource_defs,
        "retry_policy": retry_policy,
        "check_specs": check_specs,
        "pool": pool,
        "timeout": timeout,
        "allow_failure": allow_failure,
        "cache_policy": checked_cache_policy(cache_policy, "@multi_asset"),
    }
    _refuse_contradictions(outs, specs, deps, internal_asset_deps)

    def decorated(function: AssetsFunction) -> AssetsDefinition:
        version = resolved_code_version(code_version, function, "@multi_asset", cache_policy)
        common = {"partitions_def": partitions_def, "group_name": group_name, "code_version": version}
        several = SeveralAssets(function, "multi_asset", options, common)
        if specs is not None:
            return several.of_specs(specs)
        return several.of_outs(outs or {}, coerce_deps(deps, several.of_what), internal_asset_deps)

    return decorated


def _refuse_contradictions(outs: Mapping[str, object] | None, specs: Any, deps: Any, internal_asset_deps: Any) -> None:
    for out in (outs or {}).values():
        if not isinstance(out, AssetOut):
            raise CheckError(f"Value in Mapping mismatches expected type. outs= holds AssetOut. Got {out!r} of type {type(out)}.")
    if specs is None:
        return
    if outs is not None:
        raise DagsterInvalidDefinitionError("Must specify only outs or specs but not both.")
    for argument, given in (("deps", deps), ("internal_asset_deps", internal_asset_deps)):
        if given:
            raise DagsterInvalidDefinitionError(
                f"Can not pass {argument} and specs to @multi_asset, specify deps on the AssetSpecs directly."
            )
