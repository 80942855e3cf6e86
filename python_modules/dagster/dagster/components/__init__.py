"""Components: what is declared by files and by few attributes; a public submodule, each name loaded when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dagster.components.asset_models import AssetAttributesModel as AssetAttributesModel
    from dagster.components.asset_models import ResolvedAssetCheckSpec as ResolvedAssetCheckSpec
    from dagster.components.asset_models import ResolvedAssetKey as ResolvedAssetKey
    from dagster.components.asset_models import ResolvedAssetSpec as ResolvedAssetSpec
    from dagster.components.component_types import Component as Component
    from dagster.components.component_types import ComponentTypeSpec as ComponentTypeSpec
    from dagster.components.component_types import component_instance as component_instance
    from dagster.components.contexts import ComponentLoadContext as ComponentLoadContext
    from dagster.components.definitions_components import DefinitionsComponent as DefinitionsComponent
    from dagster.components.executables import FunctionComponent as FunctionComponent
    from dagster.components.executables import PythonScriptComponent as PythonScriptComponent
    from dagster.components.executables import UvRunComponent as UvRunComponent
    from dagster.components.folders import DefsFolderComponent as DefsFolderComponent
    from dagster.components.loading import build_component_defs as build_component_defs
    from dagster.components.loading import build_defs_for_component as build_defs_for_component
    from dagster.components.loading import component_defs as component_defs
    from dagster.components.loading import load_defs as load_defs
    from dagster.components.loading import load_from_defs_folder as load_from_defs_folder
    from dagster.components.resolutions import ResolutionContext as ResolutionContext
    from dagster.components.resolvables import Model as Model
    from dagster.components.resolvables import Resolvable as Resolvable
    from dagster.components.resolvers import Injected as Injected
    from dagster.components.resolvers import Resolver as Resolver
    from dagster.components.scaffolding import Scaffolder as Scaffolder
    from dagster.components.scaffolding import ScaffoldRequest as ScaffoldRequest
    from dagster.components.scaffolding import scaffold_component as scaffold_component
    from dagster.components.scaffolding import scaffold_with as scaffold_with
    from dagster.components.sql import SqlComponent as SqlComponent
    from dagster.components.sql import TemplatedSqlComponent as TemplatedSqlComponent
    from dagster.components.states import DefsStateConfig as DefsStateConfig
    from dagster.components.states import DefsStateConfigArgs as DefsStateConfigArgs
    from dagster.components.states import ResolvedDefsStateConfig as ResolvedDefsStateConfig
    from dagster.components.states import StateBackedComponent as StateBackedComponent
    from dagster.components.template_vars import template_var as template_var
    from dagster.components.trees import ComponentTree as ComponentTree
    from dagster.define.lazy_definitions import definitions as definitions

_EXPORTS = {
    "AssetAttributesModel": "dagster.components.asset_models",
    "Component": "dagster.components.component_types",
    "ComponentLoadContext": "dagster.components.contexts",
    "ComponentTree": "dagster.components.trees",
    "ComponentTypeSpec": "dagster.components.component_types",
    "DefinitionsComponent": "dagster.components.definitions_components",
    "DefsFolderComponent": "dagster.components.folders",
    "DefsStateConfig": "dagster.components.states",
    "DefsStateConfigArgs": "dagster.components.states",
    "FunctionComponent": "dagster.components.executables",
    "Injected": "dagster.components.resolvers",
    "Model": "dagster.components.resolvables",
    "PythonScriptComponent": "dagster.components.executables",
    "ResolutionContext": "dagster.components.resolutions",
    "Resolvable": "dagster.components.resolvables",
    "ResolvedAssetCheckSpec": "dagster.components.asset_models",
    "ResolvedAssetKey": "dagster.components.asset_models",
    "ResolvedAssetSpec": "dagster.components.asset_models",
    "ResolvedDefsStateConfig": "dagster.components.states",
    "Resolver": "dagster.components.resolvers",
    "ScaffoldRequest": "dagster.components.scaffolding",
    "Scaffolder": "dagster.components.scaffolding",
    "SqlComponent": "dagster.components.sql",
    "StateBackedComponent": "dagster.components.states",
    "TemplatedSqlComponent": "dagster.components.sql",
    "UvRunComponent": "dagster.components.executables",
    "build_component_defs": "dagster.components.loading",
    "build_defs_for_component": "dagster.components.loading",
    "component_defs": "dagster.components.loading",
    "component_instance": "dagster.components.component_types",
    "definitions": "dagster.define.lazy_definitions",
    "load_defs": "dagster.components.loading",
    "load_from_defs_folder": "dagster.components.loading",
    "scaffold_component": "dagster.components.scaffolding",
    "scaffold_with": "dagster.components.scaffolding",
    "template_var": "dagster.components.template_vars",
}

__all__ = [*_EXPORTS]  # pyright: ignore[reportUnsupportedDunderAll] - the table, which a test compares with the block above


def __getattr__(name: str) -> Any:
    module = _EXPORTS.get(name)
    if module is None:
        raise AttributeError(f'module "dagster.components" has no attribute "{name}"')
    from importlib import import_module

    value = getattr(import_module(module), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_EXPORTS])
