"""Component files: what a `defs.yaml` writes, and the components that come of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec

from dagster.components.component_types import Component
from dagster.components.contexts import ComponentLoadContext, ComponentPath, scope_of_context
from dagster.components.positions import Document, documents
from dagster.components.post_processing import ComponentPostProcessingModel, post_processed
from dagster.components.refusals import DagsterComponentError
from dagster.components.resolutions import ResolutionContext
from dagster.components.resolvables import Model, validated
from dagster.components.template_vars import template_vars_of_class, template_vars_of_module
from dagster.define.definitions import Definitions
from dagster.errors import DagsterUserCodeLoadError, closest, user_code
from dagster.events.frames import place, shown
from dagster.metadata.values import CodeReferencesMetadataValue, MetadataValue

FILES = ("defs.yaml", "defs.yml", "component.yaml", "component.yml")
_CODE_REFERENCES = "dagster/code_references"


class ComponentRequirementsModel(Model):
    """What a component needs around it.

    Attributes:
        env: names of environment variables.
    """

    env: list[str] | None = None


class ComponentFileModel(Model):
    """One document of a component file."""

    type: str
    attributes: dict[str, Any] | None = None
    template_vars_module: str | None = None
    requirements: ComponentRequirementsModel | None = None
    post_processing: ComponentPostProcessingModel | None = None


class WrittenInstance(msgspec.Struct, frozen=True, kw_only=True):
    """A component as a file writes it.

    Attributes:
        file: the file.
        number: which of the file's components it is, from 0.
        written: the document.
        context: where it stands in the file.
    """

    file: Path
    number: int
    written: ComponentFileModel
    context: ResolutionContext

    @property
    def line(self) -> int:
        """The line on which it begins."""
        positions = self.context.source_position_tree
        return positions.lines.get((), 1) if positions else 1


class LoadedInstance(msgspec.Struct, frozen=True, kw_only=True):
    """A component of a file, with what the file changes of what it declares.

    Attributes:
        source: as it is written.
        component: the component.
        context: where it stands.
    """

    source: WrittenInstance
    component: Component
    context: ComponentLoadContext

    def build_defs(self) -> Definitions:
        """What the component declares, changed as the file says, each thing with its place in the file.

        Raises:
            DagsterUserCodeLoadError: the component raised; the cause is what it raised.
        """
        defs = built(self.component, self.context, f"{shown(str(self.source.file))}:{self.source.line}")
        processing = self.source.written.post_processing
        if processing is not None:
            defs = post_processed(defs, processing, self.context.resolution_context.at_path("post_processing"))
        references = self.component.get_code_references_for_yaml(self.source.file, self.source.line, self.context)
        return with_code_references(defs, references)


def built(component: Component, context: ComponentLoadContext, where: str) -> Definitions:
    """What a component declares.

    Raises:
        DagsterUserCodeLoadError: it raised; the cause is what it raised.
        DagsterComponentError: it gave something else than definitions.
    """
    name = type(component).__name__
    with user_code(f"Building the definitions of {name} ({where})", DagsterUserCodeLoadError):
        made = component.build_defs(context)
    if not isinstance(made, Definitions):  # pyright: ignore[reportUnnecessaryIsInstance] - users write these
        raise DagsterComponentError(
            f"{name}.build_defs must return Definitions. It returned {made!r}, which is {type(made)}.", where
        )
    return made


def with_code_references(defs: Definitions, references: Sequence[Any]) -> Definitions:
    """Definitions with the place of the file in their metadata; what says a place already keeps it."""
    value: Any = CodeReferencesMetadataValue(code_references=list(references))
    added: Mapping[str, MetadataValue[Any]] = {_CODE_REFERENCES: value}
    return defs.with_definition_metadata_update(lambda metadata: {**metadata, **added, **metadata})


def defs_file_in(folder: Path) -> Path | None:
    """The component file of a folder."""
    return next((folder / name for name in FILES if (folder / name).is_file()), None)


def written_instances(file: Path) -> list[WrittenInstance]:
    """The components that a file writes, in its order.

    Raises:
        DagsterComponentError: it is no YAML, writes none, or a document has other keys; names line and key.
    """
    found = documents(file.read_text(encoding="utf-8"), str(file))
    if not found:
        raise DagsterComponentError(
            "This file writes no component. Write `type: my_project.components.Name`.", place(str(file), 1)
        )
    return [_instance(file, number, document) for number, document in enumerate(found)]


def _instance(file: Path, number: int, document: Document) -> WrittenInstance:
    context = ResolutionContext.default().with_source_position_tree(document.positions)
    written: Any = validated(ComponentFileModel, document.value, context)
    return WrittenInstance(file=file, number=number, written=written, context=context)


def class_of(instance: WrittenInstance, context: ComponentLoadContext) -> type[Component]:
    """The class that a file names.

    Raises:
        DagsterComponentError: there is no such module or class, or it is no component; names the line.
    """
    name = context.normalize_component_type_str(instance.written.type)
    at = instance.context.at_path("type")
    module_name, _, attribute = name.rpartition(".")
    if not module_name or not all(part.isidentifier() for part in name.split(".")):
        raise DagsterComponentError(
            f"{instance.written.type!r} is no name of a component. Write module and class, as `my_project.components.Table`.",
            at.place,
            at.path,
        )
    found = getattr(_module(module_name, at), attribute, None)
    if found is None:
        known = [each for each in vars(import_module(module_name)) if not each.startswith("_")]
        raise DagsterComponentError(
            f'The module "{module_name}" has no {attribute!r}.{closest(attribute, known)}', at.place, at.path
        )
    if not isinstance(found, type) or not issubclass(found, Component):
        raise DagsterComponentError(f"{name} is {found!r}, and must be a subclass of dagster.Component.", at.place, at.path)
    return found


def _module(name: str, at: ResolutionContext) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError as missing:
        # The name itself, or a package above it; anything else is missing inside of the user's code.
        if missing.name is None or not f"{name}.".startswith(f"{missing.name}."):
            raise
        raise DagsterComponentError(f'There is no module "{name}".', at.place, at.path) from missing


def loaded_instance(instance: WrittenInstance, context: ComponentLoadContext) -> LoadedInstance:
    """The component that a file writes.

    Args:
        instance: as it is written.
        context: of the folder in which the file lies.

    Raises:
        DagsterComponentError: the file does not fit the component; names line and key.
        DagsterUserCodeLoadError: the component's own loading raised.
    """
    cls = class_of(instance, context)
    here = context.for_component_loc(ComponentPath(file_path=context.path, instance_key=instance.number))
    here = msgspec.structs.replace(here, component_decl=instance.written)
    here = here.with_source_position_tree(_positions(instance))
    here = here.with_rendering_scope(_scope(cls, instance, here)).stashed()
    model = cls.get_model_cls()
    at = here.resolution_context.at_path("attributes")
    attributes = validated(model, instance.written.attributes or {}, at) if model is not None else None
    where = f"{shown(str(instance.file))}:{instance.line}"
    with user_code(f"Loading {cls.__name__} ({where})", DagsterUserCodeLoadError):
        return LoadedInstance(source=instance, component=cls.load(attributes, here), context=here)


def _positions(instance: WrittenInstance) -> Any:
    return instance.context.source_position_tree


def _scope(cls: type[Component], instance: WrittenInstance, context: ComponentLoadContext) -> dict[str, Any]:
    """What the file's templates see: what the class adds, its template vars, those of the named module, and the project."""
    named = instance.written.template_vars_module
    at = instance.context.at_path("template_vars_module")
    try:
        with user_code(f"Calling the template vars of {shown(str(instance.file))}", DagsterUserCodeLoadError):
            of_class = {**cls.get_additional_scope(), **template_vars_of_class(cls, context)}
            if named is None:
                return {**of_class, **scope_of_context(context)}
            module = _module(context.normalize_component_type_str(named), at)
            return {**of_class, **template_vars_of_module(module, context), **scope_of_context(context)}
    except DagsterComponentError as refused:
        raise refused.at(at.place, at.path) from refused.__cause__
