"""The decorator that makes an asset out of a function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import partial
from typing import Any, overload

from dagster.define.annotations import Unannotated, says_no_value
from dagster.define.asset_inputs import inputs_and_deps
from dagster.define.asset_options import refuse_other_kinds
from dagster.define.assets_definitions import AssetsDefinition
from dagster.define.code_versions import CodeVersion, resolved_code_version
from dagster.define.computations import (
    DEFAULT_IO_MANAGER_KEY,
    Computation,
    InputDeclaration,
    OutputDeclaration,
    Parameters,
    checked_allowance,
    checked_timeout,
    returned_annotation,
    sorted_parameters,
)
from dagster.define.docstrings import documented
from dagster.define.functions import docstring_of, place_of
from dagster.errors import CheckError, DagsterInvalidDefinitionError
from dagster.events.results import DEFAULT_OUTPUT
from dagster.keys import AssetKey, CoercibleToAssetKey, CoercibleToAssetKeyPrefix, key_prefix_of
from dagster.metadata.tags import run_tags
from dagster.specs.assets import DEFAULT_GROUP_NAME, AssetDep, AssetSpec, coerce_deps, refuse_self_dependency
from dagster.specs.caching import CachePolicy, checked_cache_policy
from dagster.specs.checks import AssetCheckSpec
from dagster.specs.names import checked_name

AssetFunction = Callable[..., Any]


@overload
def asset(compute_fn: AssetFunction) -> AssetsDefinition: ...
@overload
def asset(
    *,
    name: str | None = ...,
    key_prefix: CoercibleToAssetKeyPrefix | None = ...,
    ins: Mapping[str, Any] | None = ...,
    deps: Iterable[Any] | None = ...,
    metadata: Mapping[str, Any] | None = ...,
    tags: Mapping[str, str] | None = ...,
    description: str | None = ...,
    config_schema: Any = ...,
    required_resource_keys: Set[str] | None = ...,
    resource_defs: Mapping[str, object] | None = ...,
    hooks: Set[Any] | None = ...,
    io_manager_def: object | None = ...,
    io_manager_key: str | None = ...,
    dagster_type: Any = ...,
    partitions_def: Any = ...,
    op_tags: Mapping[str, Any] | None = ...,
    group_name: str | None = ...,
    output_required: bool = ...,
    automation_condition: Any = ...,
    freshness_policy: Any = ...,
    backfill_policy: Any = ...,
    retry_policy: Any = ...,
    code_version: str | CodeVersion | None = ...,
    key: CoercibleToAssetKey | None = ...,
    check_specs: Sequence[AssetCheckSpec] | None = ...,
    owners: Sequence[str] | None = ...,
    kinds: Set[str] | None = ...,
    pool: str | None = ...,
    is_virtual: bool = ...,
    timeout: float | None = ...,
    allow_failure: bool = ...,
    cache_policy: CachePolicy | None = ...,
    aliases: Iterable[CoercibleToAssetKey] | None = ...,
) -> Callable[[AssetFunction], AssetsDefinition]: ...
def asset(
    compute_fn: AssetFunction | None = None,
    *,
    name: str | None = None,
    key_prefix: CoercibleToAssetKeyPrefix | None = None,
    ins: Mapping[str, Any] | None = None,
    deps: Iterable[Any] | None = None,
    metadata: Mapping[str, Any] | None = None,
    tags: Mapping[str, str] | None = None,
    description: str | None = None,
    config_schema: Any = None,
    required_resource_keys: Set[str] | None = None,
    resource_defs: Mapping[str, object] | None = None,
    hooks: Set[Any] | None = None,
    io_manager_def: object | None = None,
    io_manager_key: str | None = None,
    dagster_type: Any = None,
    partitions_def: Any = None,
    op_tags: Mapping[str, Any] | None = None,
    group_name: str | None = None,
    output_required: bool = True,
    automation_condition: Any = None,
    freshness_policy: Any = None,
    backfill_policy: Any = None,
    retry_policy: Any = None,
    code_version: str | CodeVersion | None = None,
    key: CoercibleToAssetKey | None = None,
    check_specs: Sequence[AssetCheckSpec] | None = None,
    owners: Sequence[str] | None = None,
    kinds: Set[str] | None = None,
    pool: str | None = None,
    is_virtual: bool = False,
    timeout: float | None = None,
    allow_failure: bool = False,
    cache_policy: CachePolicy | None = None,
    aliases: Iterable[CoercibleToAssetKey] | None = None,
    **old: Any,
) -> AssetsDefinition | Callable[[AssetFunction], AssetsDefinition]:
    """Make an asset out of the function that writes it; its arguments are the assets it is made from.

    Args:
        compute_fn: the function.
        name: the last part of the key; without: the function's name.
        key_prefix: the parts before it.
        ins: which asset an argument is, where its name does not say it.
        deps: assets that must be there but are not loaded.
        metadata: shown with the asset.
        tags: by which people and filters find it.
        description: Markdown; without: the function's docstring.
        config_schema: the schema of `context.op_config`, where there is no parameter `config`.
        required_resource_keys: resources on `context.resources`.
        resource_defs: resources that come with the asset.
        hooks: called when its step ends.
        io_manager_def: what stores and loads its value.
        io_manager_key: the resource that does; not together with `io_manager_def`.
        dagster_type: the type of its value; without: the return annotation.
        partitions_def: its partitions.
        op_tags: tags of its step, read by executors.
        group_name: the group it is shown in.
        output_required: False lets the function end without a value; what lies downstream is then skipped.
        automation_condition: when it should be made.
        freshness_policy: how fresh it should be.
        backfill_policy: how a backfill cuts its partitions into runs.
        retry_policy: how its step is tried again.
        code_version: the version of its code; `CodeVersion.from_source()` follows its source.
        key: the whole key, instead of name and prefix.
        check_specs: checks whose results the function gives.
        owners: e-mail addresses or `team:name`.
        kinds: what it is made of or with.
        pool: the pool in which its step takes a slot.
        is_virtual: whether it is a view, never run.
        timeout: how long the function may run in a step, in seconds; then it is ended, and the step fails with a
            `DagsterStepTimeoutError`, which a retry policy covers.
        allow_failure: whether a run goes on, and may end well, where its step failed for good, after its retries. What loads the
            asset is then skipped, and what depends on it without loading it runs.
        cache_policy: when a run takes what is stored in place of executing the function, since nothing has changed.
        aliases: keys that it had before, such as "raw/orders"; what is known under them belongs to it.
        old: arguments of early versions, with a warning.

    Returns:
        The definition; for a call without `compute_fn` the decorator that makes it.

    Raises:
        DagsterInvalidDefinitionError: the arguments contradict each other or the function.

    Example:
        >>> @asset(group_name="sales", kinds={"table"})
        ... def orders() -> list[int]:
        ...     return [1, 2, 3]
        >>> @asset
        ... def total(orders: list[int]) -> int:
        ...     return sum(orders)
        >>> materialize_to_memory([orders, total]).output_for_node("total")
        6
    """
    given = {argument: value for argument, value in locals().items() if argument not in ("compute_fn", "old")}
    if old:
        from dagster.define.old_arguments import with_old_arguments

        given = with_old_arguments("asset", given, old)
    if compute_fn is not None:
        return _build(compute_fn, **given)
    return partial(_build, **given)


def _build(function: AssetFunction, **given: Any) -> AssetsDefinition:
    if not callable(function) or isinstance(function, AssetsDefinition):
        raise CheckError(f"@asset decorates a function. Got {function!r}; write its options by name: @asset(name=...).")
    given["cache_policy"] = checked_cache_policy(given["cache_policy"], "@asset")
    if given["cache_policy"] is not None or isinstance(given["code_version"], CodeVersion):
        given["code_version"] = resolved_code_version(given["code_version"], function, "@asset", given["cache_policy"])
    refuse_other_kinds(given)
    key = _key(function, given["key"], given["name"], given["key_prefix"])
    of_what = f'@asset "{key.to_user_string()}"'
    _refuse_contradictions(given, of_what)
    parameters = sorted_parameters(function, of_what)
    inputs, edges = inputs_and_deps(parameters, given["ins"], coerce_deps(given["deps"], of_what), of_what)
    spec = _spec(key, function, edges, given)
    refuse_self_dependency(spec)
    checks = _checks(given["check_specs"], key)
    computation = _computation(key, function, parameters, inputs, checks, given)
    return AssetsDefinition(
        specs=[spec],
        computation=computation,
        check_specs=checks,
        resource_defs=_resource_defs(given, computation),
        backfill_policy=given["backfill_policy"],
        hook_defs=_hooks(given["hooks"]),
    )


def _hooks(given: Set[Any] | None) -> Set[Any]:
    if not given:
        return frozenset()
    from dagster.define.hooks import checked_hooks

    return checked_hooks(given)


def _key(
    function: AssetFunction,
    key: CoercibleToAssetKey | None,
    name: str | None,
    key_prefix: CoercibleToAssetKeyPrefix | None,
) -> AssetKey:
    if key is not None:
        if name is not None or key_prefix is not None:
            raise DagsterInvalidDefinitionError(
                "Cannot specify a name or key prefix for @asset when the key argument is provided."
            )
        return AssetKey.from_coercible(key)
    return AssetKey([*key_prefix_of(key_prefix or None), name or getattr(function, "__name__", type(function).__name__)])


def _refuse_contradictions(given: Mapping[str, Any], of_what: str) -> None:
    if given["io_manager_key"] is not None and given["io_manager_def"] is not None:
        raise CheckError(f"Both io_manager_key and io_manager_def were provided to {of_what}. Please provide one or the other.")


def _spec(key: AssetKey, function: AssetFunction, deps: list[AssetDep], given: Mapping[str, Any]) -> AssetSpec:
    return AssetSpec(
        key,
        deps=deps,
        description=given["description"] or documented(function).result or docstring_of(function),
        metadata=given["metadata"],
        group_name=DEFAULT_GROUP_NAME if given["group_name"] is None else given["group_name"],
        skippable=not given["output_required"],
        code_version=given["code_version"],
        automation_condition=given["automation_condition"],
        owners=given["owners"],
        tags=given["tags"],
        kinds=given["kinds"],
        partitions_def=given["partitions_def"],
        freshness_policy=given["freshness_policy"],
        legacy_freshness_policy=given.get("legacy_freshness_policy"),
        is_virtual=given["is_virtual"],
        aliases=given["aliases"],
    )


def _checks(check_specs: Sequence[AssetCheckSpec] | None, key: AssetKey) -> tuple[AssetCheckSpec, ...]:
    for spec in check_specs or ():
        if not isinstance(spec, AssetCheckSpec):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise CheckError(f"check_specs holds AssetCheckSpec. Got {spec!r}, which is {type(spec)}.")
        if spec.asset_key != key:
            raise DagsterInvalidDefinitionError(
                f"Invalid asset key {spec.asset_key} in check spec '{spec.name}'. Must be one of {[key]}"
            )
    checks = {spec.name: spec for spec in check_specs or ()}
    if len(checks) != len(check_specs or ()):
        names = ", ".join(f"'{spec.name}'" for spec in check_specs or ())
        raise DagsterInvalidDefinitionError(f'Duplicate check specs for asset "{key.to_user_string()}": {names}.')
    return tuple(checks.values())


def _computation(
    key: AssetKey,
    function: AssetFunction,
    parameters: Parameters,
    inputs: tuple[InputDeclaration, ...],
    checks: Sequence[AssetCheckSpec],
    given: Mapping[str, Any],
) -> Computation:
    annotation = returned_annotation(function) if given["dagster_type"] is None else given["dagster_type"]
    output = OutputDeclaration(
        name=DEFAULT_OUTPUT,
        asset_key=key,
        annotation=annotation,
        io_manager_key=_io_manager_key(given, key),
        is_required=given["output_required"],
        is_stored=not says_no_value(annotation),
        metadata=given["metadata"],
    )
    return Computation(
        name=_checked_step_name(key, function),
        function=function,
        signature=parameters.signature,
        inputs=inputs,
        outputs=(output, *(check_output(spec) for spec in checks)),
        context_annotation=parameters.context_annotation,
        resource_parameters=parameters.resources,
        required_resource_keys=parameters.resources.union(given["required_resource_keys"] or ())
        if given["required_resource_keys"]
        else parameters.resources,
        config_annotation=parameters.config_annotation,
        config_schema=given["config_schema"],
        tags=run_tags(given["op_tags"]),
        description=given["description"],
        retry_policy=given["retry_policy"],
        pool=given["pool"],
        timeout_seconds=None
        if given["timeout"] is None
        else checked_timeout(given["timeout"], f'@asset "{key.to_user_string()}"'),
        allows_failure=given["allow_failure"] is not False
        and checked_allowance(given["allow_failure"], f'@asset "{key.to_user_string()}"'),
        code_version=given["code_version"],
        cache_policy=given["cache_policy"],
    )


def check_output(spec: AssetCheckSpec, *, is_required: bool = True) -> OutputDeclaration:
    """The output through which a function gives the result of a check."""
    return OutputDeclaration(
        name=spec.get_python_identifier(), annotation=Unannotated, is_required=is_required, is_stored=False, check=spec
    )


def _checked_step_name(key: AssetKey, function: AssetFunction) -> str:
    try:
        return checked_name(key.to_python_identifier())
    except DagsterInvalidDefinitionError as refused:
        name = "/".join(key.path)
        parts = f" A key of several parts is written key={name.split('/')}." if "/" in name and name == key.path[-1] else ""
        place = place_of(function)
        raise DagsterInvalidDefinitionError(f"{refused}{parts}{f' Defined at {place}.' if place else ''}") from None


def _io_manager_key(given: Mapping[str, Any], key: AssetKey) -> str:
    if given["io_manager_def"] is not None:
        return f"{key.to_python_identifier()}__io_manager"
    return given["io_manager_key"] or DEFAULT_IO_MANAGER_KEY


def _resource_defs(given: Mapping[str, Any], computation: Computation) -> Mapping[str, Any] | None:
    resources = dict(given["resource_defs"] or {})
    if given["io_manager_def"] is not None:
        resources[computation.outputs[0].io_manager_key] = given["io_manager_def"]
    return resources or None
