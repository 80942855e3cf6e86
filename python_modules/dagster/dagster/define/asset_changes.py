"""Definitions of assets made from other ones: with other specs, other keys, fewer assets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any, TypeVar, cast

from msgspec.structs import replace

from dagster.define.asset_views import AssetViews
from dagster.define.computations import Computation, InputDeclaration
from dagster.define.replacements import renamed_check, renamed_computation, spec_with_more, spec_with_renamed_keys
from dagster.errors import CheckError, DagsterInvalidDefinitionError
from dagster.keys import AssetCheckKey, AssetKey
from dagster.specs.assets import AssetSpec

TDefinition = TypeVar("TDefinition", bound=AssetViews)


def with_mapped_specs(definition: TDefinition, fn: Callable[[AssetSpec], AssetSpec]) -> TDefinition:
    """`AssetsDefinition.map_asset_specs`."""
    mapped = [_same_key(spec, fn(spec)) for spec in definition.specs]
    if _dependencies(mapped) == _dependencies(definition.specs):
        return definition.replaced(specs=mapped)
    return definition.replaced(specs=mapped, computation=_with_inputs_for(definition.computation, mapped))


def _dependencies(specs: Sequence[AssetSpec]) -> set[AssetKey]:
    return {dep.asset_key for spec in specs for dep in spec.deps}


def _same_key(old: AssetSpec, new: AssetSpec) -> AssetSpec:
    if new.key != old.key:
        raise DagsterInvalidDefinitionError(
            f"Asset key {old.key.to_user_string()} was changed to {new.key.to_user_string()}. Mapping function must not "
            "change keys: what depends on the asset would not find it. Use with_attributes(asset_key_replacements=...)."
        )
    return new


def _with_inputs_for(computation: Computation | None, specs: Sequence[AssetSpec]) -> Computation | None:
    """The function with an input for everything that the specs depend on; its arguments stay.

    Raises:
        CheckError: nothing depends on an argument any more.
    """
    if computation is None:
        return None
    own = {spec.key for spec in specs}
    wanted = {dep.asset_key: None for spec in specs for dep in spec.deps}
    kept: list[InputDeclaration] = []
    for declared in computation.inputs:
        if declared.asset_key in wanted:
            kept.append(declared)
        elif declared.is_loaded and declared.asset_key is not None:
            raise CheckError(
                f"Attempted to remove argument-backed dependency {declared.asset_key} (mapped to argument {declared.name}) from "
                "the asset. Only non-argument dependencies can be changed or removed using map_asset_specs."
            )
    known = {declared.asset_key for declared in kept} | own
    added = tuple(nothing_input(key) for key in wanted if key not in known)
    return replace(computation, inputs=(*kept, *added))


def nothing_input(key: AssetKey) -> InputDeclaration:
    """The input of a dependency without an argument."""
    return InputDeclaration(name="_".join(key.parts), asset_key=key, is_loaded=False)


def with_more_attributes(
    definition: TDefinition,
    replacements: Mapping[AssetKey, AssetKey],
    by_key: Mapping[str, Any],
    **replaced: Any,
) -> TDefinition:
    """`AssetsDefinition.with_attributes`: other keys, then more said of each asset, by attribute and then by its old key."""
    condition = by_key["automation_condition"]
    if isinstance(condition, Mapping):
        conditions = cast("Mapping[AssetKey, Any]", condition)
    else:
        conditions = dict.fromkeys(definition.keys, condition)
    specs = [
        spec_with_more(
            spec,
            group_name=by_key["group_name"].get(spec.key),
            tags=by_key["tags"].get(spec.key),
            automation_condition=conditions.get(spec.key),
            metadata=by_key["metadata"].get(spec.key),
        )
        for spec in definition.specs
    ]
    return definition.replaced(
        specs=[spec_with_renamed_keys(spec, replacements) for spec in specs],
        computation=renamed_computation(definition.computation, replacements),
        check_specs=[renamed_check(check, replacements) for check in definition.check_specs],
        **replaced,
    )


def subset_of(definition: TDefinition, selected: Set[AssetKey], selected_checks: Set[AssetCheckKey] | None) -> TDefinition:
    """`AssetsDefinition.subset_for`."""
    if not definition.can_subset:
        raise CheckError(f"Attempted to subset AssetsDefinition for {definition.op.name}, but can_subset=False.")
    specs = [spec for spec in definition.specs if spec.key in selected]
    keys = {spec.key for spec in specs}
    checks = [
        spec
        for spec in definition.check_specs
        if (spec.asset_key in keys if selected_checks is None else spec.key in selected_checks)
    ]
    check_keys = {spec.key for spec in checks}
    outputs = tuple(
        output
        for output in definition.op.outputs
        if (output.asset_key in keys if output.check is None else output.check.key in check_keys)
    )
    needed = {dep.asset_key: None for spec in specs for dep in spec.deps if dep.asset_key not in keys}
    kept = [declared for declared in definition.op.inputs if declared.is_loaded or declared.asset_key in needed]
    known = {declared.asset_key for declared in kept}
    inputs = (*kept, *(nothing_input(key) for key in needed if key not in known))
    is_smaller = keys != definition.keys or check_keys != definition.check_keys
    return definition.replaced(
        specs=specs,
        check_specs=checks,
        computation=replace(definition.op.computation, inputs=inputs, outputs=outputs),
        is_subset=definition.is_subset or is_smaller,
    )


def map_asset_specs(func: Callable[[AssetSpec], AssetSpec], iterable: Any) -> Sequence[Any]:
    """Specs and definitions with their specs replaced by what `func` makes of them.

    Args:
        func: gives the new spec; the key stays.
        iterable: specs and definitions of assets.

    Example:
        >>> map_asset_specs(lambda spec: spec.replace_attributes(group_name="sales"), [AssetSpec("orders")])[0].group_name
        'sales'
    """
    return [each.map_asset_specs(func) if isinstance(each, AssetViews) else func(each) for each in iterable]
