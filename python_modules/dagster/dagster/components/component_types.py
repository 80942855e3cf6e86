"""What a component is: a class that declares assets, jobs and the rest out of a few attributes."""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from pydantic import BaseModel
from typing_extensions import Self

from dagster.components.refusals import DagsterComponentError
from dagster.components.resolvables import Model, Resolvable, validated
from dagster.define.definitions import Definitions
from dagster.metadata.code_references import LocalFileCodeReference, UrlCodeReference
from dagster.specs.names import checked_owners

if TYPE_CHECKING:
    from dagster.components.contexts import ComponentLoadContext

C = TypeVar("C", bound=Callable[..., Any])
_LOADER_MARK = "__dagster_component_loader__"


class EmptyAttributesModel(Model):
    """What may be written for a component without attributes: nothing."""


class ComponentTypeSpec(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a class of components to people who look for one.

    Args:
        description: without: the docstring of the class.
        tags: by which people find it.
        owners: e-mail addresses or `team:name`.
        metadata: shown with it.
        produces: the kinds of things that it declares.

    Example:
        >>> from dagster.components import ComponentTypeSpec
        >>> ComponentTypeSpec(description="Loads a folder of files.", owners=["team:ingestion"]).owners
        ['team:ingestion']
    """

    description: str | None = None
    tags: Sequence[str] = ()
    owners: Sequence[str] = ()
    metadata: Mapping[str, Any] = {}
    produces: Sequence[str] = ()

    def __post_init__(self) -> None:
        checked_owners(list(self.owners), "component type")


class Component(ABC):
    """Declares assets, jobs and the rest out of a few attributes; the base of your own.

    With `Resolvable` and `Model` as further bases, the fields of the class are what a `defs.yaml` may write:

        type: my_project.components.Table
        attributes:
          name: orders

    Example:
        >>> class Table(Component, Model, Resolvable):
        ...     name: str
        ...     def build_defs(self, context):
        ...         return Definitions(assets=[AssetSpec(self.name)])
        >>> from dagster.components import build_defs_for_component
        >>> build_defs_for_component(Table(name="orders")).resolve_all_asset_keys()
        [AssetKey(['orders'])]
    """

    @abstractmethod
    def build_defs(self, context: ComponentLoadContext) -> Definitions:
        """What the component declares.

        Args:
            context: where the component stands in its project.
        """

    @classmethod
    def get_spec(cls) -> ComponentTypeSpec:
        """What is said of the class to people; for your own classes to say more."""
        return ComponentTypeSpec()

    @classmethod
    def get_description(cls) -> str | None:
        """What the class is for: as its spec says, else its docstring."""
        return cls.get_spec().description or inspect.getdoc(cls)

    @classmethod
    def get_model_cls(cls) -> type[BaseModel] | None:
        """What may stand below `attributes`, as a pydantic model."""
        if issubclass(cls, Resolvable):
            return cls.model()
        return cls.get_schema() or EmptyAttributesModel

    @classmethod
    def get_schema(cls) -> type[BaseModel] | None:
        """Same as `get_model_cls`, for classes that are no `Resolvable` and say it themselves."""
        return None

    @classmethod
    def get_additional_scope(cls) -> Mapping[str, Any]:
        """More names for the templates of the component's files."""
        return {}

    @classmethod
    def load(cls, attributes: BaseModel | None, context: ComponentLoadContext) -> Self:
        """A component of the attributes that a file writes.

        Args:
            attributes: of `get_model_cls()`.
            context: where the component stands, and what templates see.
        """
        if issubclass(cls, Resolvable):
            at = context.resolution_context.at_path("attributes") if context.is_of_a_file else context.resolution_context
            return cls.resolve_from_model(at, attributes if attributes is not None else cls.model()())
        return cls()

    @classmethod
    def from_attributes_dict(cls, *, attributes: dict[str, Any], context: ComponentLoadContext | None = None) -> Self:
        """A component of attributes as a file would write them; for tests.

        Args:
            attributes: what would stand below `attributes`.
            context: without: one of no project.
        """
        from dagster.components.doors import context_for_test

        context = context or context_for_test()
        model = cls.get_model_cls()
        return cls.load(validated(model, attributes, context.resolution_context) if model else None, context)

    @classmethod
    def from_yaml_path(cls, yaml_path: Path, context: ComponentLoadContext | None = None) -> Component:
        """The component of a file; for tests.

        Args:
            yaml_path: a `defs.yaml`. The class that it names is loaded.
            context: without: one of no project.

        Raises:
            DagsterComponentError: the file does not fit; names line and key.
        """
        from dagster.components.doors import component_of_file

        return component_of_file(Path(yaml_path), context)

    @classmethod
    def get_code_references_for_yaml(
        cls, yaml_path: Path, source_position: Any, context: ComponentLoadContext
    ) -> Sequence[LocalFileCodeReference | UrlCodeReference]:
        """Where people find the code of what the component declares: the place in its file.

        Args:
            yaml_path: the file.
            source_position: the line at which it writes the component, from 1.
            context: where the component stands.
        """
        return [LocalFileCodeReference(file_path=str(yaml_path), line_number=source_position)]


def component_instance(fn: C) -> C:
    """Let a Python file in the folder of definitions say a component, where a `defs.yaml` would.

    Args:
        fn: takes the `ComponentLoadContext` and returns the component.

    Example:
        >>> @component_instance
        ... def load(context):
        ...     return DefinitionsComponent(path="sales.py")
        >>> load(None)
        DefinitionsComponent(path='sales.py')
    """
    setattr(fn, _LOADER_MARK, True)
    return fn


def loaders_in(values: Mapping[str, Any]) -> dict[str, Callable[[ComponentLoadContext], Any]]:
    """The functions decorated with `@component_instance` among the variables of a module, in the order of their names."""
    return {name: values[name] for name in sorted(values) if getattr(values[name], _LOADER_MARK, False)}


def checked_component(made: Any, of_what: str) -> Component:
    """What a function gives, which must be a component.

    Raises:
        DagsterComponentError: it is something else.
    """
    if not isinstance(made, Component):
        raise DagsterComponentError(f"{of_what} must return a Component. It returned {made!r}, which is {type(made)}.")
    return made
