"""A function bound to assets by the names of its inputs and outputs: the public constructor of `AssetsDefinition`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

from msgspec.structs import replace

from dagster.define.computations import Computation, OutputDeclaration
from dagster.errors import CheckError
from dagster.events.results import DEFAULT_OUTPUT
from dagster.keys import AssetKey
from dagster.specs.assets import DEFAULT_GROUP_NAME, AssetDep, AssetSpec
from dagster.specs.checks import AssetCheckSpec


def bound_to_assets(
    node_def: Computation,
    specs: Sequence[AssetSpec] | None,
    check_specs: Sequence[AssetCheckSpec],
    *,
    keys_by_input_name: Mapping[str, AssetKey] | None = None,
    keys_by_output_name: Mapping[str, AssetKey] | None = None,
    partitions_def: Any = None,
    partition_mappings: Mapping[AssetKey, Any] | None = None,
    asset_deps: Mapping[AssetKey, Set[AssetKey]] | None = None,
    selected_asset_keys: Set[AssetKey] | None = None,
    can_subset: bool = False,
    group_names_by_key: Mapping[AssetKey, str] | None = None,
    metadata_by_key: Mapping[AssetKey, Mapping[str, Any]] | None = None,
    tags_by_key: Mapping[AssetKey, Mapping[str, str]] | None = None,
    descriptions_by_key: Mapping[AssetKey, str] | None = None,
    owners_by_key: Mapping[AssetKey, Sequence[str]] | None = None,
    check_specs_by_output_name: Mapping[str, AssetCheckSpec] | None = None,
    **unknown: Any,
) -> tuple[Sequence[AssetSpec], Computation, Sequence[AssetCheckSpec]]:
    """The specs, the function with its assets, and the checks of a definition.

    Raises:
        CheckError: an argument that there is not, or a name that the function does not have.
    """
    if unknown:
        raise CheckError(f"AssetsDefinition takes no {', '.join(sorted(unknown))}.")
    keys = _keys_by_output(node_def, keys_by_output_name)
    checks = {**(check_specs_by_output_name or {})}
    _refuse_unknown_names(node_def, keys_by_input_name or {}, {**keys, **checks})
    computation = replace(
        node_def,
        inputs=tuple(
            replace(
                declared, asset_key=(keys_by_input_name or {}).get(declared.name, declared.asset_key or AssetKey(declared.name))
            )
            for declared in node_def.inputs
        ),
        outputs=tuple(_bound_output(output, keys, checks) for output in node_def.outputs),
        can_subset=can_subset or node_def.can_subset,
    )
    if specs is None:
        inputs = [declared.asset_key for declared in computation.inputs if declared.asset_key is not None]
        attributes = {
            "group_name": group_names_by_key,
            "tags": tags_by_key,
            "description": descriptions_by_key,
            "owners": owners_by_key,
        }
        specs = [
            AssetSpec(
                output.asset_key,
                deps=[
                    AssetDep(dep, partition_mapping=(partition_mappings or {}).get(dep))
                    for dep in (inputs if asset_deps is None else sorted(asset_deps.get(output.asset_key, ())))
                ],
                metadata=(metadata_by_key or {}).get(output.asset_key, output.metadata),
                skippable=not output.is_required,
                code_version=node_def.code_version,
                partitions_def=partitions_def,
                **_attributes_of(output.asset_key, attributes, node_def),
            )
            for output in computation.outputs
            if output.asset_key is not None
        ]
    if selected_asset_keys is not None:
        specs = [spec for spec in specs if spec.key in selected_asset_keys]
    return specs, computation, (*check_specs, *checks.values())


def _attributes_of(key: AssetKey, by_key: Mapping[str, Mapping[AssetKey, Any] | None], node_def: Computation) -> dict[str, Any]:
    found = {name: (values or {}).get(key) for name, values in by_key.items()}
    found["group_name"] = found["group_name"] or DEFAULT_GROUP_NAME
    found["description"] = found["description"] or node_def.description
    return found


def _keys_by_output(node_def: Computation, given: Mapping[str, AssetKey] | None) -> Mapping[str, AssetKey]:
    """Without: the only output is named after the function, several after themselves."""
    if given is not None:
        return given
    names = [output.name for output in node_def.outputs if output.check is None]
    return {name: AssetKey(node_def.name if names == [DEFAULT_OUTPUT] else name) for name in names}


def _bound_output(
    output: OutputDeclaration, keys: Mapping[str, AssetKey], checks: Mapping[str, AssetCheckSpec]
) -> OutputDeclaration:
    if output.name in checks:
        return replace(output, check=checks[output.name], asset_key=None)
    return output if output.check is not None else replace(output, asset_key=keys.get(output.name))


def _refuse_unknown_names(node_def: Computation, inputs: Mapping[str, Any], outputs: Mapping[str, Any]) -> None:
    for what, given, declared in (("input", inputs, node_def.inputs), ("output", outputs, node_def.outputs)):
        names = [each.name for each in declared]
        for name in given:
            if name not in names:
                raise CheckError(f'"{node_def.name}" has no {what} "{name}". It has: {", ".join(names) or "none"}.')
