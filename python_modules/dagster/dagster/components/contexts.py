"""Where a component stands: in which project, at which path, in which file."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

import msgspec

from dagster.components.positions import Positions
from dagster.components.refusals import DagsterComponentError
from dagster.components.resolutions import ResolutionContext
from dagster.define.definitions import Definitions

_STASHED = "component_load_context"


class Tree(Protocol):
    """All components of a project, as one of them sees it."""

    def load_component(self, defs_path: Any, expected_type: type[Any] | None = None) -> Any: ...
    def build_defs(self, loc: Any = None) -> Definitions: ...
    def component_at(self, path: Path) -> Any: ...


class ComponentPath(msgspec.Struct, frozen=True, kw_only=True):
    """Where a component stands.

    Attributes:
        file_path: absolute path of its folder, or of the Python file.
        instance_key: its number in a YAML file, from 0; the name of its function in a Python file; None for the file itself.
    """

    file_path: Path
    instance_key: int | str | None = None

    @property
    def file_path_posix(self) -> str:
        """The path with `/`."""
        return self.file_path.as_posix()


class ComponentLoadContext(msgspec.Struct, frozen=True, kw_only=True):
    """What a component knows of where it stands; made by what loads a folder of definitions.

    Attributes:
        project_root: the folder of the project.
        defs_module_path: the folder of definitions.
        defs_module_name: its module.
        resolution_context: what templates see.
        component_tree: all components of the project.
        component_path: where this component stands.
        terminate_autoloading_on_keyword_files: whether nothing besides `definitions.py` is loaded of a folder that has one.
        component_decl: what stands in the file; None where there is none.

    Example:
        >>> from dagster.components import build_defs_for_component
        >>> class Where(Component):
        ...     def build_defs(self, context):
        ...         return Definitions(assets=[AssetSpec("here", metadata={"module": context.defs_module_name})])
        >>> build_defs_for_component(Where()).resolve_all_asset_keys()
        [AssetKey(['here'])]
    """

    project_root: Path
    defs_module_path: Path
    defs_module_name: str
    resolution_context: ResolutionContext
    component_tree: Tree
    component_path: ComponentPath
    terminate_autoloading_on_keyword_files: bool = False
    component_decl: Any = None

    @property
    def path(self) -> Path:
        """The folder of the component, or its Python file."""
        return self.component_path.file_path

    @property
    def component_loc(self) -> ComponentPath:
        """Same as `component_path`."""
        return self.component_path

    @property
    def is_of_a_file(self) -> bool:
        """Whether the component is written in a file whose lines are known."""
        return self.resolution_context.source_position_tree is not None

    def for_path(self, path: Path) -> ComponentLoadContext:
        """The context of another folder or file of the project."""
        return self.for_component_loc(ComponentPath(file_path=path))

    def for_component_loc(self, component_loc: ComponentPath) -> ComponentLoadContext:
        """The context of another component."""
        return msgspec.structs.replace(self, component_path=component_loc)

    def with_rendering_scope(self, rendering_scope: Mapping[str, Any]) -> ComponentLoadContext:
        """The context with more names for templates."""
        return self._resolving(self.resolution_context.with_scope(**rendering_scope))

    def with_source_position_tree(self, source_position_tree: Positions) -> ComponentLoadContext:
        """The context of a document whose lines are known."""
        return self._resolving(self.resolution_context.with_source_position_tree(source_position_tree))

    def _resolving(self, resolution_context: ResolutionContext) -> ComponentLoadContext:
        return msgspec.structs.replace(self, resolution_context=resolution_context)

    def stashed(self) -> ComponentLoadContext:
        """The context whose resolvers find it by `from_resolution_context`."""
        return self._resolving(self.resolution_context.with_stashed_value(_STASHED, self))

    @staticmethod
    def from_resolution_context(resolution_context: ResolutionContext) -> ComponentLoadContext:
        """The context of the component for which a resolver is called.

        Raises:
            DagsterComponentError: it is called for no component.
        """
        found = resolution_context.stash.get(_STASHED)
        if found is None:
            raise DagsterComponentError("This is resolved for no component, so that there is no context of one.")
        return found

    def load_component(self, defs_path: Any, expected_type: type[Any] | None = None) -> Any:
        """The component at a path of the folder of definitions. Raises as `ComponentTree.load_component`."""
        return self.component_tree.load_component(defs_path, expected_type)

    def build_defs(self, loc: Any) -> Definitions:
        """What the component at a path declares. Raises as `ComponentTree.load_component`."""
        return self.component_tree.build_defs(loc)

    def defs_relative_module_name(self, path: Path) -> str:
        """The dotted name of a file or folder below the folder of definitions."""
        below = Path(path).resolve().relative_to(self.defs_module_path.resolve())
        parts = list(below.with_suffix("").parts if below.suffix == ".py" else below.parts)
        if parts and parts[-1] == "__init__":
            parts.pop()
        return ".".join([self.defs_module_name, *parts])

    def load_defs_relative_python_module(self, path: Path) -> ModuleType:
        """The module of a file or folder below the folder of definitions, imported."""
        return import_module(self.defs_relative_module_name(path))

    def normalize_component_type_str(self, type_str: str) -> str:
        """The full name of a class: `.local.Table` is looked up beside the component."""
        return f"{self.defs_relative_module_name(self.path)}{type_str}" if type_str.startswith(".") else type_str


class LoadContextScope:
    """`context` in a component file: where the project is, and its other components."""

    def __init__(self, context: ComponentLoadContext) -> None:
        self._context = context

    @property
    def project_root(self) -> str:
        """The absolute path of the project."""
        return str(self._context.project_root)

    def load_component(self, path: str | Path) -> Any:
        """The component at a path of the folder of definitions."""
        return self._context.load_component(path)

    def build_defs(self, path: str | Path) -> Any:
        """What the component at a path declares."""
        return self._context.build_defs(path)


def scope_of_context(context: ComponentLoadContext) -> dict[str, Any]:
    """What a template of a component file sees besides."""
    scope = LoadContextScope(context)
    return {
        "context": scope,
        "project_root": scope.project_root,
        "load_component_at_path": scope.load_component,
        "build_defs_at_path": scope.build_defs,
    }
