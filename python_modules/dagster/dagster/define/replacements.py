"""Assets under other keys and with more attributes, without changing the function that makes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from msgspec.structs import replace

from dagster.define.computations import Computation, InputDeclaration, OutputDeclaration
from dagster.errors import DagsterInvalidDefinitionError
from dagster.keys import AssetKey
from dagster.specs.assets import DEFAULT_GROUP_NAME, AssetDep, AssetSpec
from dagster.specs.checks import AssetCheckSpec

DeclarationT = TypeVar("DeclarationT", InputDeclaration, OutputDeclaration)


def spec_with_renamed_dependencies(spec: AssetSpec, renamed: Mapping[AssetKey, AssetKey]) -> AssetSpec:
    """The spec depending on other keys; mappings and metadata of the edges stay."""
    deps = [
        AssetDep(renamed.get(dep.asset_key, dep.asset_key), partition_mapping=dep.partition_mapping, metadata=dep.metadata)
        for dep in spec.deps
    ]
    return spec.replace_attributes(deps=deps)


def spec_with_renamed_keys(spec: AssetSpec, renamed: Mapping[AssetKey, AssetKey]) -> AssetSpec:
    """The spec under another key and depending on other keys."""
    if not renamed:
        return spec
    return spec_with_renamed_dependencies(spec, renamed).replace_attributes(key=renamed.get(spec.key, spec.key))


def spec_with_more(
    spec: AssetSpec,
    *,
    group_name: str | None,
    tags: Mapping[str, str] | None,
    automation_condition: Any,
    metadata: Mapping[str, Any] | None,
) -> AssetSpec:
    """The spec with what it does not have yet; metadata is laid over the present one. None leaves an attribute as it is.

    Raises:
        DagsterInvalidDefinitionError: it has a group, tags or a condition already.
    """
    changed: dict[str, Any] = {}
    for name, given, present in (
        ("group_name", group_name, None if spec.group_name == DEFAULT_GROUP_NAME else spec.group_name),
        ("tags", tags, spec.tags or None),
        ("automation_condition", automation_condition, spec.automation_condition),
    ):
        if given is not None:
            if present is not None:
                raise DagsterInvalidDefinitionError(f"{name} already exists on assets {spec.key.to_user_string()}")
            changed[name] = given
    if metadata is not None:
        changed["metadata"] = {**spec.metadata, **metadata}
    return spec.replace_attributes(**changed) if changed else spec


def renamed_computation(computation: Computation | None, renamed: Mapping[AssetKey, AssetKey]) -> Computation | None:
    """The function taking and giving assets of other keys. The names of its step, inputs and outputs stay."""
    if computation is None or not renamed:
        return computation
    return replace(
        computation,
        inputs=tuple(_with_key(declared, renamed) for declared in computation.inputs),
        outputs=tuple(_with_check(_with_key(declared, renamed), renamed) for declared in computation.outputs),
    )


def _with_key(declared: DeclarationT, renamed: Mapping[AssetKey, AssetKey]) -> DeclarationT:
    new_key = None if declared.asset_key is None else renamed.get(declared.asset_key)
    return declared if new_key is None else replace(declared, asset_key=new_key)


def _with_check(output: OutputDeclaration, renamed: Mapping[AssetKey, AssetKey]) -> OutputDeclaration:
    return output if output.check is None else replace(output, check=renamed_check(output.check, renamed))


def renamed_check(check: AssetCheckSpec, renamed: Mapping[AssetKey, AssetKey]) -> AssetCheckSpec:
    """The check of the same asset under its new key."""
    new_key = renamed.get(check.asset_key)
    return check if new_key is None else check.replace_key(check.key.replace_asset_key(new_key))
