"""Resources inside of resources: which must be set up by the run itself, and the setup of the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from dagster.define.resource_contexts import InitResourceContext
from dagster.define.resources import ResourceDefinition
from dagster.errors import DagsterInvalidDefinitionError


def keys_of_nested(owner: str, nested: Mapping[str, Any], definitions: Mapping[str, ResourceDefinition]) -> frozenset[str]:
    """The keys of the run's resources that stand in fields of a resource, or in fields of those.

    Args:
        owner: the class of the resource, for the sentence.
        nested: its fields that are resources, by name.
        definitions: every definition of the run, by key.

    Raises:
        DagsterInvalidDefinitionError: one needs config from a run and is not among the resources of the run.
    """
    keys: set[str] = set()
    for name, value in nested.items():
        for each in _members(value):
            definition = _definition_of(each)
            if definition is None:
                continue
            is_partial = hasattr(type(each), "__is_deferred__")
            if is_partial or isinstance(each, ResourceDefinition):
                key = _key_of(definition, definitions)
                if key is not None:
                    keys.add(key)
                elif is_partial or definition.config_field.is_required:
                    raise DagsterInvalidDefinitionError(
                        f"Failed to resolve resource nested at {owner}.{name}. Any partially configured, nested resources must "
                        "be provided as a top level resource."
                    )
            else:
                keys |= definition.get_required_resource_keys(definitions)
    return frozenset(keys)


def start_all(nested: Mapping[str, Any], context: InitResourceContext) -> tuple[dict[str, Any], Callable[[], None]]:
    """Set up what stands in a resource's fields; gives the values by field, and what tears all of them down.

    What the run has set up under a key of its own is taken from there. When one fails, those before it are torn down.
    """
    closers: list[Callable[[], object]] = []

    def close_all() -> None:
        failed: Exception | None = None
        while closers:
            try:
                closers.pop()()
            except Exception as error:
                failed = failed or error
        if failed is not None:
            raise failed

    try:
        return {name: _started(value, context, closers) for name, value in nested.items()}, close_all
    except BaseException:
        close_all()
        raise


def _started(value: Any, context: InitResourceContext, closers: list[Callable[[], object]]) -> Any:
    if isinstance(value, list):
        return [_started(each, context, closers) for each in cast("list[Any]", value)]
    if isinstance(value, dict):
        return {key: _started(each, context, closers) for key, each in cast("dict[Any, Any]", value).items()}
    definition = _definition_of(value)
    if definition is None:
        return value
    set_up = context.resources.original_resource_dict
    key = _key_of(definition, context.all_resource_defs)
    if key is not None and key in set_up:
        return set_up[key]
    made, close = definition.start(_context_of(definition, context))
    if close is not None:
        closers.append(close)
    return made


def _context_of(definition: ResourceDefinition, context: InitResourceContext) -> InitResourceContext:
    config = None
    if not hasattr(definition, "nested_resources") and definition.takes_declared_config:
        from dagster.config.validation import default_config

        config = definition.config_schema.resolve(default_config(definition.config_field, "Error in config for nested resource"))
    return context.replaced(resource_config=config, resource_def=definition)


def _members(value: Any) -> list[object]:
    if isinstance(value, list):
        return cast("list[object]", value)
    return list(cast("dict[Any, object]", value).values()) if isinstance(value, dict) else [value]


def _definition_of(value: object) -> ResourceDefinition | None:
    """The definition of a resource that has to be set up; None for an object that is ready."""
    if isinstance(value, ResourceDefinition):
        return value
    get_definition = getattr(type(value), "get_resource_definition", None)
    return get_definition(value) if get_definition is not None else None


def _key_of(definition: ResourceDefinition, definitions: Mapping[str, ResourceDefinition]) -> str | None:
    return next((key for key, known in definitions.items() if known is definition), None)
