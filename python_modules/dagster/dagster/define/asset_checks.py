"""Checks of assets: their specs bound to the function that executes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Any

from dagster.define.annotations import Unannotated, says_no_value
from dagster.define.asset_inputs import AssetIn
from dagster.define.assets import check_output, docstring_of
from dagster.define.assets_definitions import AssetsDefinition
from dagster.define.computations import (
    Computation,
    InputDeclaration,
    Parameters,
    checked_allowance,
    checked_timeout,
    names_in_words,
    sorted_parameters,
)
from dagster.errors import CheckError, DagsterInvalidDefinitionError
from dagster.keys import AssetCheckKey, AssetKey
from dagster.specs.assets import AssetDep, coerce_deps
from dagster.specs.checks import AssetCheckSpec
from dagster.specs.names import checked_name

CheckFunction = Callable[..., Any]


class AssetChecksDefinition(AssetsDefinition):
    """Checks bound to the function that executes them, apart from what makes the assets. Made by `@asset_check` and its siblings.

    Example:
        >>> @asset_check(asset="orders")
        ... def not_empty(orders):
        ...     return AssetCheckResult(passed=len(orders) > 0)
        >>> not_empty.check_key.to_user_string()
        'orders:not_empty'
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"AssetChecksDefinition({', '.join(spec.key.to_user_string() for spec in self.check_specs)})"

    @property
    def partitions_def(self) -> Any:
        """The partitions of its checks; None without."""
        return next((spec.partitions_def for spec in self.check_specs if spec.partitions_def is not None), None)

    @property
    def check_key(self) -> AssetCheckKey:
        """The key of the only check.

        Raises:
            CheckError: there is more than one.
        """
        if len(self.check_specs) != 1:
            keys = ", ".join(sorted(spec.key.to_user_string() for spec in self.check_specs))
            raise CheckError(f"Tried to retrieve asset check key from a definition with multiple asset check keys: {keys}")
        return self.check_specs[0].key

    def get_spec_for_check_key(self, asset_check_key: AssetCheckKey) -> AssetCheckSpec:
        """The spec of one check.

        Raises:
            CheckError: it is none of these.
        """
        for spec in self.check_specs:
            if spec.key == asset_check_key:
                return spec
        raise CheckError(f"{self!r} does not execute {asset_check_key.to_user_string()}.")

    @property
    def place(self) -> str:
        """File and line of the function; empty where it has none of the user's."""
        return self.computation.place if self.computation else ""


def asset_check(
    *,
    asset: Any,
    name: str | None = None,
    description: str | None = None,
    blocking: bool = False,
    additional_ins: Mapping[str, AssetIn] | None = None,
    additional_deps: Iterable[Any] | None = None,
    required_resource_keys: Set[str] | None = None,
    resource_defs: Mapping[str, object] | None = None,
    config_schema: Any = None,
    compute_kind: str | None = None,
    op_tags: Mapping[str, Any] | None = None,
    retry_policy: Any = None,
    metadata: Mapping[str, Any] | None = None,
    automation_condition: Any = None,
    pool: str | None = None,
    partitions_def: Any = None,
    timeout: float | None = None,
    allow_failure: bool = False,
) -> Callable[[CheckFunction], AssetChecksDefinition]:
    """Make a check out of the function that returns an `AssetCheckResult`.

    The function may take a context, resources, `config`, the value of the asset, and what `additional_ins` names.

    Args:
        asset: the asset: a key, a string, or anything that has a key.
        name: unique among the checks of the asset; without: the function's name.
        description: Markdown; without: the function's docstring.
        blocking: whether its failure stops what lies downstream of the asset.
        additional_ins: other assets whose values the function takes, by parameter.
        additional_deps: other assets that must be there first.
        required_resource_keys: resources on `context.resources`.
        resource_defs: resources that come with the check.
        config_schema: the schema of `context.op_config`, where there is no parameter `config`.
        compute_kind: of early versions; kept as a tag of the step.
        op_tags: tags of its step, read by executors.
        retry_policy: how its step is tried again.
        metadata: shown with the check.
        automation_condition: when it should be executed.
        pool: the pool in which its step takes a slot.
        partitions_def: its partitions.
        timeout: how long the function may run, in seconds; then it is ended, and its step fails with a `DagsterStepTimeoutError`.
        allow_failure: whether a run goes on, and may end well, where the function raised; not of a check that blocks.

    Raises:
        DagsterInvalidDefinitionError: the arguments contradict each other or the function.

    Example:
        >>> @asset_check(asset="orders", blocking=True)
        ... def has_rows(orders):
        ...     return AssetCheckResult(passed=bool(orders), metadata={"rows": len(orders)})
        >>> has_rows.check_specs[0].blocking
        True
    """
    key = AssetDep(asset).asset_key

    def decorate(function: CheckFunction) -> AssetChecksDefinition:
        check_name = name or function.__name__
        step_name = checked_name(f"{key.to_python_identifier()}_{check_name.replace('.', '_')}")
        ins = {parameter: AssetIn.from_coercible(each) for parameter, each in (additional_ins or {}).items()}
        deps = coerce_deps(additional_deps, f"check '{check_name}'")
        _refuse_target_twice(check_name, key, ins, deps)
        parameters = sorted_parameters(function, f"@asset_check '{check_name}'")
        inputs = _inputs_of_check(check_name, key, parameters, ins, deps)
        others = [AssetDep(each.resolve_key(parameter)) for parameter, each in ins.items()]
        spec = AssetCheckSpec(
            check_name,
            asset=key,
            description=description or docstring_of(function),
            additional_deps=[*others, *deps],
            blocking=blocking,
            metadata=metadata,
            automation_condition=automation_condition,
            partitions_def=partitions_def,
        )
        computation = Computation(
            name=step_name,
            function=function,
            signature=parameters.signature,
            inputs=inputs,
            outputs=(check_output(spec),),
            context_annotation=parameters.context_annotation,
            resource_parameters=parameters.resources,
            required_resource_keys=frozenset(required_resource_keys or ()) | parameters.resources,
            config_annotation=parameters.config_annotation,
            config_schema=config_schema,
            tags=_tags(op_tags, compute_kind),
            description=description,
            retry_policy=retry_policy,
            pool=pool,
            timeout_seconds=checked_timeout(timeout, f"@asset_check '{check_name}'"),
            allows_failure=_allowance(allow_failure, [spec], f"@asset_check '{check_name}'"),
        )
        return AssetChecksDefinition(specs=(), check_specs=[spec], computation=computation, resource_defs=resource_defs)

    return decorate


def _refuse_target_twice(check_name: str, key: AssetKey, ins: Mapping[str, AssetIn], deps: Sequence[AssetDep]) -> None:
    for param, keys in (
        ("additional_ins", [each.resolve_key(parameter) for parameter, each in ins.items()]),
        ("additional_deps", [dep.asset_key for dep in deps]),
    ):
        if key in keys:
            raise DagsterInvalidDefinitionError(
                f"When defining check '{check_name}', asset '{key.to_user_string()}' was passed to `asset` and `{param}`. "
                "It can only be passed to one of these parameters."
            )


def _inputs_of_check(
    check_name: str, key: AssetKey, parameters: Parameters, ins: Mapping[str, AssetIn], deps: Sequence[AssetDep]
) -> tuple[InputDeclaration, ...]:
    """The parameter that `additional_ins` does not name is the value of the checked asset, whatever its name."""
    own = [parameter for parameter in parameters.inputs if parameter not in ins]
    if len(own) > 1:
        raise DagsterInvalidDefinitionError(
            f"When defining check '{check_name}', multiple assets provided as parameters: [{names_in_words(own)}]. These should "
            "either match the target asset or be specified in 'additional_ins'."
        )
    declared = [_loaded(parameter, ins[parameter], parameters) for parameter in ins]
    if own:
        declared.append(InputDeclaration(name=own[0], asset_key=key, annotation=parameters.inputs[own[0]]))
    else:
        declared.append(_without_value(key))
    return (*declared, *(_without_value(dep.asset_key) for dep in deps))


def _loaded(name: str, asset_in: AssetIn, parameters: Parameters) -> InputDeclaration:
    annotation = parameters.inputs.get(name, Unannotated) if asset_in.dagster_type is Unannotated else asset_in.dagster_type
    return InputDeclaration(
        name=name,
        asset_key=asset_in.resolve_key(name),
        is_loaded=name in parameters.inputs and not says_no_value(annotation),
        annotation=annotation,
        input_manager_key=asset_in.input_manager_key,
        metadata=asset_in.metadata,
    )


def _without_value(key: AssetKey) -> InputDeclaration:
    return InputDeclaration(name="_".join(key.parts), asset_key=key, is_loaded=False)


def _allowance(given: object, specs: Sequence[AssetCheckSpec], of_what: str) -> bool:
    allows_failure = checked_allowance(given, of_what)
    blocking = [spec.name for spec in specs if spec.blocking]
    if allows_failure and blocking:
        raise DagsterInvalidDefinitionError(
            f"{of_what} has allow_failure=True, and {blocking} block what lies downstream: nothing would be blocked. Leave one "
            "of both out."
        )
    return allows_failure


def _tags(op_tags: Mapping[str, Any] | None, compute_kind: str | None) -> dict[str, Any]:
    return {**({"dagster/compute_kind": compute_kind} if compute_kind else {}), **(op_tags or {})}


def multi_asset_check(
    *,
    name: str | None = None,
    specs: Sequence[AssetCheckSpec],
    description: str | None = None,
    can_subset: bool = False,
    compute_kind: str | None = None,
    op_tags: Mapping[str, Any] | None = None,
    resource_defs: Mapping[str, object] | None = None,
    required_resource_keys: Set[str] | None = None,
    retry_policy: Any = None,
    config_schema: Any = None,
    ins: Mapping[str, Any] | None = None,
    pool: str | None = None,
    timeout: float | None = None,
    allow_failure: bool = False,
) -> Callable[[CheckFunction], AssetChecksDefinition]:
    """Make several checks out of one function that yields an `AssetCheckResult` for each.

    Args:
        name: of its step; without: the function's name.
        specs: the checks.
        description: Markdown; without: the function's docstring.
        can_subset: whether it can execute some of them only, which `context.selected_asset_check_keys` names.
        ins: assets whose values the function takes, by parameter.
        compute_kind, op_tags, resource_defs, required_resource_keys, retry_policy, config_schema, pool: as of `asset_check`.
        timeout, allow_failure: likewise.

    Raises:
        CheckError: something among the specs is no `AssetCheckSpec`.
        DagsterInvalidDefinitionError: two of them have the same key.

    Example:
        >>> @multi_asset_check(specs=[AssetCheckSpec("unique", asset="orders"), AssetCheckSpec("fresh", asset="customers")])
        ... def nightly_checks():
        ...     yield AssetCheckResult(passed=True, asset_key="orders", check_name="unique")
        ...     yield AssetCheckResult(passed=True, asset_key="customers", check_name="fresh")
        >>> sorted(key.to_user_string() for key in nightly_checks.check_keys)
        ['customers:fresh', 'orders:unique']
    """
    for spec in specs:
        if not isinstance(spec, AssetCheckSpec):  # pyright: ignore[reportUnnecessaryIsInstance] - users call this
            raise CheckError(f"specs holds AssetCheckSpec. Got {spec!r}, which is {type(spec)}.")

    def decorate(function: CheckFunction) -> AssetChecksDefinition:
        step_name = checked_name(name or function.__name__)
        parameters = sorted_parameters(function, f"@multi_asset_check '{step_name}'")
        computation = Computation(
            name=step_name,
            function=function,
            signature=parameters.signature,
            inputs=_inputs_of_checks(specs, parameters, ins or {}),
            outputs=tuple(check_output(spec, is_required=not can_subset) for spec in {spec.key: spec for spec in specs}.values()),
            context_annotation=parameters.context_annotation,
            resource_parameters=parameters.resources,
            required_resource_keys=frozenset(required_resource_keys or ()) | parameters.resources,
            config_annotation=parameters.config_annotation,
            config_schema=config_schema,
            tags=_tags(op_tags, compute_kind),
            description=description or docstring_of(function),
            retry_policy=retry_policy,
            pool=pool,
            timeout_seconds=checked_timeout(timeout, f"@multi_asset_check '{step_name}'"),
            allows_failure=_allowance(allow_failure, specs, f"@multi_asset_check '{step_name}'"),
            can_subset=can_subset,
        )
        unique = list({spec.key: spec for spec in specs}.values())
        return AssetChecksDefinition(specs=(), check_specs=unique, computation=computation, resource_defs=resource_defs)

    return decorate


def _inputs_of_checks(
    specs: Sequence[AssetCheckSpec], parameters: Parameters, ins: Mapping[str, Any]
) -> tuple[InputDeclaration, ...]:
    """Values for the parameters; the other assets of the checks must be there, but are not loaded."""
    asset_ins = {name: AssetIn.from_coercible(each) for name, each in ins.items()}
    names = [*asset_ins, *(name for name in parameters.inputs if name not in asset_ins)]
    declared = [_loaded(name, asset_ins.get(name) or AssetIn(), parameters) for name in names]
    known = {each.asset_key for each in declared}
    needed = [spec.asset_key for spec in specs] + [dep.asset_key for spec in specs for dep in spec.additional_deps]
    return (*declared, *(_without_value(key) for key in dict.fromkeys(needed) if key not in known))
