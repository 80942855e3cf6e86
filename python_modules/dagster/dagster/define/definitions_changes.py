"""Projects made from other ones: several as one, with other specs, with more metadata, with more resources."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from dagster.define.assets_definitions import AssetsDefinition
from dagster.errors import CheckError, DagsterInvariantViolationError
from dagster.specs.assets import AssetSpec

Mapped = Callable[[AssetSpec], AssetSpec]
MetadataUpdate = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def merged_parts(def_sets: Sequence[Any]) -> dict[str, Any]:
    """The arguments of the `Definitions` that declares what all of `def_sets` declare.

    Raises:
        DagsterInvariantViolationError: two of them give different resources, loggers or executors.
    """
    listed = ("assets", "schedules", "sensors", "jobs", "asset_checks")
    metadata = {key: value for defs in def_sets for key, value in defs.metadata.items()}
    return {
        **{name: _once(each for defs in def_sets for each in getattr(defs, name)) for name in listed},
        "resources": _merged("resource", [defs.resources for defs in def_sets]),
        "executor": _only_executor(def_sets),
        "loggers": _merged("logger", [defs.loggers for defs in def_sets]),
        "metadata": metadata,
    }


def _once(declared: Any) -> list[Any]:
    """The same object counts once."""
    return list({id(each): each for each in declared}.values())


def _merged(what: str, mappings: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    owner: dict[str, int] = {}
    for number, mapping in enumerate(mappings):
        for key, value in mapping.items():
            if key in merged and merged[key] is not value and merged[key] != value:
                raise DagsterInvariantViolationError(
                    f"Definitions objects {owner[key]} and {number} have different {what}s with same key '{key}': "
                    f"{merged[key]!r} and {value!r}."
                )
            merged[key] = value
            owner.setdefault(key, number)
    return merged


def _only_executor(def_sets: Sequence[Any]) -> Any:
    given = [(number, defs.executor) for number, defs in enumerate(def_sets) if defs.executor is not None]
    for number, executor in given[1:]:
        if executor is not given[0][1]:
            raise DagsterInvariantViolationError(f"Definitions objects {given[0][0]} and {number} both have an executor")
    return given[0][1] if given else None


def mapped_assets(assets: Sequence[Any], func: Mapped, *, leaves_others: bool = False) -> list[Any]:
    """Specs and definitions of assets with each spec replaced.

    Raises:
        DagsterInvariantViolationError: something else is among them, and `leaves_others` does not say that it stays as it is.
    """
    others = {type(each).__name__ for each in assets if not isinstance(each, (AssetSpec, AssetsDefinition))}
    if others and not leaves_others:
        raise DagsterInvariantViolationError(
            f"Can only map over AssetSpec or AssetsDefinition objects. Received objects of types: {', '.join(sorted(others))}."
        )
    return [_mapped(each, func) for each in assets]


def _mapped(each: Any, func: Mapped) -> Any:
    if isinstance(each, AssetsDefinition):
        return each.map_asset_specs(func)
    return func(each) if isinstance(each, AssetSpec) else each


def refuse_selection(selection: object) -> None:
    """Raises CheckError: what is selected is known only when everything is looked up."""
    if selection is not None:
        raise CheckError(
            "The selection parameter is no longer supported for map_asset_specs, Please use map_resolved_asset_specs instead"
        )


def with_updated_metadata(each: Any, update: MetadataUpdate) -> Any:
    """A definition with the metadata that `update` makes of its own; of assets each spec's."""
    if isinstance(each, AssetSpec):
        return each.replace_attributes(metadata=update(each.metadata))
    if isinstance(each, AssetsDefinition):
        checks = [spec.with_metadata(update(spec.metadata)) for spec in each.check_specs]
        mapped = each.map_asset_specs(lambda spec: spec.replace_attributes(metadata=update(spec.metadata)))
        return mapped.replaced(check_specs=checks) if checks else mapped
    metadata: Any = getattr(each, "metadata", None)
    change: Any = getattr(each, "with_attributes", None)
    if change is not None:
        return change(metadata=update(metadata or {}))
    return replace(each, metadata=update(metadata or {})) if isinstance(each, Struct) and hasattr(each, "metadata") else each
