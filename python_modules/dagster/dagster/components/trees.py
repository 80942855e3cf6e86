"""All components of a project, loaded when they are first asked for."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from typing_extensions import Self

from dagster.components.component_types import Component
from dagster.components.contexts import ComponentLoadContext, ComponentPath
from dagster.components.drawings import drawn
from dagster.components.folders import (
    DefsFolderComponent,
    PythonFileComponent,
    YamlFileComponent,
    component_in,
    components_below,
    only_component,
)
from dagster.components.projects import project_around
from dagster.components.refusals import DagsterComponentError
from dagster.components.resolutions import ResolutionContext
from dagster.define.definitions import Definitions

T = TypeVar("T", bound=Component)
_MISSING: Any = object()


class ComponentTree:
    """The components of a project, by where they stand in its folder of definitions.

    Args:
        defs_module: the folder of definitions, imported.
        project_root: the folder of the project.
        terminate_autoloading_on_keyword_files: whether of a folder with a `definitions.py` nothing else is loaded.
        code_location_name: the name of the project's code location.

    Example:
        >>> tree = ComponentTree.for_test()
        >>> class Table(Component, Model, Resolvable):
        ...     name: str
        ...     def build_defs(self, context):
        ...         return Definitions(assets=[AssetSpec(self.name)])
        >>> table = Table.from_attributes_dict(attributes={"name": "{{ 'or' ~ 'ders' }}"}, context=tree.load_context)
        >>> table.build_defs(tree.load_context).resolve_all_asset_keys()
        [AssetKey(['orders'])]
    """

    def __init__(
        self,
        *,
        defs_module: ModuleType,
        project_root: Path,
        terminate_autoloading_on_keyword_files: bool | None = None,
        code_location_name: str | None = None,
    ) -> None:
        self.defs_module = defs_module
        self.project_root = project_root
        self.terminate_autoloading_on_keyword_files = terminate_autoloading_on_keyword_files
        self.code_location_name = code_location_name
        self._components: dict[Path, Component | None] = {}
        self._definitions: dict[Path, Definitions] = {}
        self._under_way: list[Path] = []

    def __repr__(self) -> str:
        return f"ComponentTree(defs_module={self.defs_module_name!r}, project_root={str(self.project_root)!r})"

    @classmethod
    def for_project(cls, path_within_project: Path) -> Self:
        """The components of the project in which a path lies.

        Raises:
            DagsterProjectNotFoundError: it lies in none, or its module cannot be imported.
        """
        project = project_around(Path(path_within_project))
        return cls(defs_module=project.module(), project_root=project.root, code_location_name=project.location_name)

    @classmethod
    def from_module(cls, defs_module: ModuleType, project_root: Path) -> Self:
        """The components of a folder of definitions."""
        return cls(defs_module=defs_module, project_root=Path(project_root))

    @classmethod
    def for_test(cls) -> Self:
        """The components of an empty project; for tests of one component."""
        module = ModuleType("dagster_components_of_a_test")
        module.__path__ = [str(Path.cwd())]
        return cls(defs_module=module, project_root=Path.cwd())

    @property
    def defs_module_name(self) -> str:
        """The dotted name of the folder of definitions."""
        return self.defs_module.__name__

    @property
    def defs_module_path(self) -> Path:
        """The folder of definitions."""
        return Path(next(iter(self.defs_module.__path__)))

    @property
    def load_context(self) -> ComponentLoadContext:
        """The context of the folder of definitions itself."""
        return ComponentLoadContext(
            project_root=self.project_root,
            defs_module_path=self.defs_module_path,
            defs_module_name=self.defs_module_name,
            resolution_context=ResolutionContext.default(),
            component_tree=self,
            component_path=ComponentPath(file_path=self.defs_module_path),
            terminate_autoloading_on_keyword_files=bool(self.terminate_autoloading_on_keyword_files),
        )

    def component_at(self, path: Path) -> Component | None:
        """What lies at an absolute path, loaded once; None where there is no component."""
        found: Any = self._components.get(path, _MISSING)
        if found is _MISSING:
            with self._once_at_a_time(path, "loaded"):
                found = self._components[path] = component_in(self.load_context.for_path(path))
        return found

    @contextmanager
    def _once_at_a_time(self, path: Path, what: str) -> Generator[None, None, None]:
        if path in self._under_way:
            circle = [*self._under_way[self._under_way.index(path) :], path]
            raise DagsterComponentError(
                f"Components ask for each other in a circle while they are {what}: "
                f"{' -> '.join(self._named(each) for each in circle)}."
            )
        self._under_way.append(path)
        try:
            yield
        finally:
            self._under_way.pop()

    def load_root_component(self) -> Component:
        """The component of the folder of definitions."""
        root = self.defs_module_path
        return self.component_at(root) or DefsFolderComponent(path=root, children={})

    def load_component(self, defs_path: Any, expected_type: type[Any] | None = None) -> Any:
        """The component at a path.

        Args:
            defs_path: absolute, or from the folder of definitions; of a folder, or of a Python file.
            expected_type: the class that it should be of.

        Returns:
            Component: where a file writes one component that one, else one that stands for all of them.

        Raises:
            DagsterComponentError: there is none, or it is of another class.
        """
        component = only_component(self.load_structural_component_at_loc(defs_path))
        if expected_type is not None and not isinstance(component, expected_type):
            raise DagsterComponentError(
                f"Component at path {defs_path} is not of type {expected_type.__name__}. It is {component!r}."
            )
        return component

    def load_structural_component_at_loc(self, loc: Any) -> Component:
        """What lies at a path: the folder, the component file or the Python file, whatever it writes.

        Raises:
            DagsterComponentError: there is nothing.
        """
        path = self._absolute(loc)
        found = self.load_root_component() if path == self.defs_module_path else self.component_at(path)
        if found is None:
            raise DagsterComponentError(
                f"No component found for path {self._named(path)} in {self.defs_module_name}. A component is a folder with a "
                "defs.yaml, a folder of others, or a Python file."
            )
        if isinstance(loc, ComponentPath) and loc.instance_key is not None:
            return _instance(found, loc)
        return found

    def _absolute(self, loc: Any) -> Path:
        path = loc.file_path if isinstance(loc, ComponentPath) else Path(loc)
        return path if path.is_absolute() else self.defs_module_path / path

    def _named(self, path: Path) -> str:
        root = self.defs_module_path
        return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)

    def build_defs(self, loc: Any = None) -> Definitions:
        """What the component at a path declares; without a path, what the project declares.

        Raises:
            DagsterComponentError: there is no component, or a component file does not fit; names line and key.
            DagsterUserCodeLoadError: a component raised; the cause is what it raised.
        """
        path = self.defs_module_path if loc is None else self._absolute(loc)
        if path not in self._definitions:
            component = self.load_structural_component_at_loc(path)
            with self._once_at_a_time(path, "built"):
                self._definitions[path] = component.build_defs(self.load_context.for_path(path).stashed())
        found = self._definitions[path]
        return found if loc is not None else self._of_project(found)

    def _of_project(self, defs: Definitions) -> Definitions:
        names = ("assets", "schedules", "sensors", "jobs", "resources", "executor", "loggers", "asset_checks", "metadata")
        return Definitions(**{name: getattr(defs, name) for name in names}, component_tree=self)

    def build_defs_at_path(self, loc: Any) -> Definitions:
        """Same as `build_defs` of a path."""
        return self.build_defs(loc)

    def get_all_components(self, of_type: type[T]) -> list[T]:
        """Every component of a class, in the order in which they stand."""
        root = self.load_root_component()
        found = {id(each): each for each in [root, *(each for _, each in components_below(root))]}
        return [each for each in found.values() if isinstance(each, of_type)]

    def has_built_all_defs(self) -> bool:
        """Whether what the project declares is known already."""
        return self.defs_module_path in self._definitions

    def to_string_representation(self, **_: Any) -> str:
        """The components as a tree of text, for people."""
        return drawn(self.load_root_component())


def _instance(found: Component, loc: ComponentPath) -> Component:
    instances: dict[Any, Component] = {}
    if isinstance(found, YamlFileComponent):
        instances = {each.source.number: each.component for each in found.instances}
    elif isinstance(found, PythonFileComponent):
        instances = dict(found.components)
    if loc.instance_key not in instances:
        raise DagsterComponentError(f"No component {loc.instance_key!r} at {loc.file_path}. There is: {list(instances)}.")
    return instances[loc.instance_key]
