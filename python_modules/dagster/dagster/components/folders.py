"""Folders of definitions: what lies in them, as components."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from pydantic import BaseModel

from dagster.components.component_types import Component, checked_component, loaders_in
from dagster.components.contexts import ComponentLoadContext, ComponentPath
from dagster.components.defs_files import LoadedInstance, built, defs_file_in, loaded_instance, written_instances
from dagster.define.definitions import Definitions
from dagster.define.definitions_loaders import load_definitions_from_module
from dagster.define.lazy_definitions import LazyDefinitions
from dagster.errors import DagsterInvalidDefinitionError, DagsterUserCodeLoadError, user_code
from dagster.events.frames import shown

_KEYWORD_FILE = "definitions.py"


def component_in(context: ComponentLoadContext) -> Component | None:
    """What lies at the path of a context: a folder with its component file, a folder of others, or a Python file.

    Returns:
        Component: None where nothing of these lies there.

    Raises:
        DagsterComponentError: a component file does not fit; names line and key.
    """
    path = context.path
    if path.is_file():
        return PythonFileComponent.get(context) if path.suffix == ".py" else None
    if not path.is_dir():
        return None
    if defs_file_in(path) is not None:
        return YamlFileComponent.get(context)
    folder = DefsFolderComponent.get(context)
    return folder if folder.children else None


class PythonFileComponent(Component):
    """What a Python file declares, and the components that its functions return.

    Args:
        path: the file.
        components: by the name of the function decorated with `@component_instance`.
    """

    def __init__(self, path: Path, components: Mapping[str, Component], module: ModuleType) -> None:
        self.path = path
        self.components = components
        self._module = module

    def __repr__(self) -> str:
        return f"PythonFileComponent(path={str(self.path)!r}, components={sorted(self.components)})"

    @classmethod
    def get(cls, context: ComponentLoadContext) -> PythonFileComponent:
        """The component of the file at the path of a context, which is imported."""
        module = context.load_defs_relative_python_module(context.path)
        made: dict[str, Component] = {}
        for name, loader in loaders_in(vars(module)).items():
            at = _of_function(context, name)
            with user_code(f'Calling "{name}" of "{shown(str(context.path))}"', DagsterUserCodeLoadError):
                made[name] = checked_component(loader(at), f'"{name}" of "{shown(str(context.path))}"')
        return cls(context.path, made, module)

    def build_defs(self, context: ComponentLoadContext) -> Definitions:
        """What its top level declares, with what its components declare."""
        where = shown(str(self.path))
        parts = [built(each, _of_function(context, name), f"{where}: {name}") for name, each in self.components.items()]
        return Definitions.merge(self._of_top_level(context), *parts)

    def _of_top_level(self, context: ComponentLoadContext) -> Definitions:
        said = _definitions_in(self._module)
        if len(said) > 1:
            raise DagsterInvalidDefinitionError(
                f'More than one Definitions object or @definitions function in "{shown(str(self.path))}": {", ".join(said)}. '
                "Keep one of them."
            )
        for name, each in said.items():
            if isinstance(each, Definitions):
                return each
            with user_code(f'Calling "{name}" of "{shown(str(self.path))}"', DagsterUserCodeLoadError):
                made = each(context) if each.has_context_arg else each()
            return made if isinstance(made, Definitions) else made.definitions
        return load_definitions_from_module(self._module)


def _definitions_in(module: ModuleType) -> dict[str, Definitions | LazyDefinitions]:
    """Every different one at the top level, by its first name."""
    found: dict[int, tuple[str, Definitions | LazyDefinitions]] = {}
    for name, value in vars(module).items():
        if isinstance(value, (Definitions, LazyDefinitions)):
            found.setdefault(id(value), (name, value))
    return dict(found.values())


def _of_function(context: ComponentLoadContext, name: str) -> ComponentLoadContext:
    return context.for_component_loc(ComponentPath(file_path=context.path, instance_key=name)).stashed()


class YamlFileComponent(Component):
    """The components that a component file writes.

    Args:
        path: the file.
        instances: in the order of the file.
    """

    def __init__(self, path: Path, instances: list[LoadedInstance]) -> None:
        self.path = path
        self.instances = instances

    def __repr__(self) -> str:
        return f"YamlFileComponent(path={str(self.path)!r}, components={[each.component for each in self.instances]})"

    @classmethod
    def get(cls, context: ComponentLoadContext) -> YamlFileComponent:
        """The component of the folder at the path of a context, which has a component file."""
        file = defs_file_in(context.path)
        assert file is not None, "a folder without a component file is none of this class"
        return cls(file, [loaded_instance(each, context) for each in written_instances(file)])

    def build_defs(self, context: ComponentLoadContext) -> Definitions:
        """What all of them declare."""
        return Definitions.merge(*[each.build_defs() for each in self.instances])


class DefsFolderComponent(Component):
    """A folder of definitions: what lies in it, each file and folder a component.

    Without a component file a folder is one by itself; written as `type: dagster.DefsFolderComponent` it can change what all in
    it declare, by `post_processing`.

    Args:
        path: the folder.
        children: by their absolute path, in the order of their names.

    Example:
        >>> from dagster.components import DefsFolderComponent
        >>> DefsFolderComponent(path=Path("sales"), children={}).children
        {}
    """

    def __init__(self, path: Path, children: Mapping[Path, Component]) -> None:
        self.path = path
        self.children = children

    def __repr__(self) -> str:
        return f"DefsFolderComponent(path={str(self.path)!r}, children={[each.name for each in self.children]})"

    @classmethod
    def get(cls, context: ComponentLoadContext) -> DefsFolderComponent:
        """The component of the folder at the path of a context."""
        found = ((path, context.component_tree.component_at(path)) for path in _members(context))
        return cls(context.path, {path: component for path, component in found if component is not None})

    @classmethod
    def load(cls, attributes: BaseModel | None, context: ComponentLoadContext) -> DefsFolderComponent:
        """Same as `get`; there are no attributes."""
        return cls.get(context)

    def build_defs(self, context: ComponentLoadContext) -> Definitions:
        """What all in the folder declare."""
        return Definitions.merge(*[context.component_tree.build_defs(path) for path in self.children])

    def iterate_components(self) -> Iterator[Component]:
        """The folder's components and those of the folders in it; of a file those that it writes."""
        return (component for _, component in self.iterate_path_component_pairs())

    def iterate_path_component_pairs(self) -> Iterator[tuple[ComponentPath, Component]]:
        """The same, each with where it stands."""
        for path, child in self.children.items():
            yield ComponentPath(file_path=path), child
            yield from components_below(child)


def components_below(component: Component) -> Iterator[tuple[ComponentPath, Component]]:
    """What a component is made up of, each with where it stands."""
    if isinstance(component, DefsFolderComponent):
        yield from component.iterate_path_component_pairs()
    elif isinstance(component, YamlFileComponent):
        for each in component.instances:
            yield each.context.component_path, each.component
            yield from components_below(each.component)
    elif isinstance(component, PythonFileComponent):
        for name, each in component.components.items():
            yield ComponentPath(file_path=component.path, instance_key=name), each


def _members(context: ComponentLoadContext) -> list[Path]:
    """What of a folder is looked at, in the order of names: nothing hidden, and no folders that Python makes."""
    names = sorted(path for path in context.path.iterdir() if not path.name.startswith(".") and path.name != "__pycache__")
    if context.terminate_autoloading_on_keyword_files:
        keyword = [path for path in names if path.name == _KEYWORD_FILE]
        return keyword or names
    return names


def only_component(component: Any) -> Any:
    """What a person means by the path of a component: the one that its file writes, where it is one."""
    if isinstance(component, YamlFileComponent) and len(component.instances) == 1:
        return component.instances[0].component
    return component
