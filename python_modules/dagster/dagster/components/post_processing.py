"""What a component file changes of the assets that its component has made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, cast

from dagster.components.asset_models import AssetsDefUpdateKwargs
from dagster.components.refusals import DagsterComponentError
from dagster.components.resolutions import ResolutionContext
from dagster.components.resolvables import Model, resolve_fields
from dagster.define.definitions import Definitions
from dagster.errors import CheckError, DagsterError
from dagster.specs.assets import AssetSpec

_ADDED_TO = ("metadata", "tags")


class AssetPostProcessorModel(Model):
    """One change of assets.

    Attributes:
        target: a selection of the component's assets.
        operation: `merge` adds to tags and metadata, `replace` puts the new ones in their place; all else is replaced.
        attributes: the new attributes; their templates see the spec as `asset`.
    """

    target: str = "*"
    operation: Literal["merge", "replace"] = "merge"
    attributes: AssetsDefUpdateKwargs.model() | str  # pyright: ignore[reportInvalidTypeForm] - a type made at run time


class ComponentPostProcessingModel(Model):
    """What stands below `post_processing`."""

    assets: list[AssetPostProcessorModel] | None = None


def post_processed(defs: Definitions, written: ComponentPostProcessingModel, context: ResolutionContext) -> Definitions:
    """Definitions with their assets changed as a file says, one change after the other.

    Raises:
        DagsterComponentError: a selection or template fails; names file, line and key.
    """
    for index, processor in enumerate(written.assets or ()):
        at = context.at_path("assets").at_path(index)
        try:
            only_assets = Definitions(assets=defs.assets)
            changed = only_assets.permissive_map_resolved_asset_specs(_change(processor, at), processor.target)
        except DagsterComponentError:
            raise
        except (DagsterError, CheckError) as refused:
            raise DagsterComponentError(str(refused), at.place, at.path) from refused
        defs = Definitions.merge(*[_without_assets(defs), changed])
    return defs


def _without_assets(defs: Definitions) -> Definitions:
    names = ("schedules", "sensors", "jobs", "resources", "executor", "loggers", "asset_checks", "metadata")
    return Definitions(**{name: getattr(defs, name) for name in names})


def _change(processor: AssetPostProcessorModel, context: ResolutionContext) -> Callable[[AssetSpec], AssetSpec]:
    def changed(spec: AssetSpec) -> AssetSpec:
        seen = context.with_scope(asset=spec)
        given = attributes_written(cast("Any", processor.attributes), seen.at_path("attributes"))
        if processor.operation == "merge":
            given = {name: _added(spec, name, value) for name, value in given.items()}
        return spec.replace_attributes(**given)

    return changed


def attributes_written(attributes: Any, context: ResolutionContext) -> Mapping[str, Any]:
    """The attributes of a spec that a file writes, or those that its template gives."""
    written = isinstance(attributes, Model)
    given: Any = resolve_fields(attributes, AssetsDefUpdateKwargs, context) if written else context.resolve_value(attributes)
    if not isinstance(given, Mapping):
        raise DagsterComponentError(f"This is a mapping of attributes. Found {given!r}.", context.place, context.path)
    return cast("Mapping[str, Any]", given)


def _added(spec: AssetSpec, name: str, value: Any) -> Any:
    return {**getattr(spec, name), **value} if name in _ADDED_TO else value
