"""Resources given to definitions of assets one by one, instead of to the project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any, TypeVar

from dagster.define.computations import DEFAULT_IO_MANAGER_KEY
from dagster.define.resource_sessions import coerce_resources
from dagster.define.resources import ResourceDefinition
from dagster.errors import DagsterInvalidDefinitionError, DagsterInvalidInvocationError, closest

T = TypeVar("T")


def with_resources(
    definitions: Iterable[T],
    resource_defs: Mapping[str, object],
    resource_config_by_key: Mapping[str, Any] | None = None,
) -> Sequence[T]:
    """The definitions with the resources that they need, so that they run without being given any.

    Args:
        definitions: made with `@asset` and its siblings, `SourceAsset`.
        resource_defs: by key, anything that can be a resource.
        resource_config_by_key: as run config says it: `{"db": {"config": {...}}}`.

    Raises:
        DagsterInvalidConfigError: config that does not fit.
        DagsterInvalidDefinitionError: one needs a resource that is not given.
        DagsterInvalidInvocationError: one has a resource already, or config of another form.

    Example:
        >>> @asset(required_resource_keys={"greeting"})
        ... def hello(context):
        ...     return context.resources.greeting
        >>> materialize(with_resources([hello], {"greeting": "hi"})).output_for_node("hello")
        'hi'
    """
    resources = coerce_resources(resource_defs)
    for key, config in (resource_config_by_key or {}).items():
        if key in resources:
            resources[key] = _configured(key, resources[key], config)
    bindable: list[Any] = list(definitions)
    return [each.with_resources(resources) for each in bindable]


def _configured(key: str, definition: ResourceDefinition, config: object) -> ResourceDefinition:
    if not isinstance(config, Mapping) or set(config) != {"config"}:  # pyright: ignore[reportUnknownArgumentType]
        raise DagsterInvalidInvocationError(
            f"Error with config for resource key '{key}': Expected a dictionary of the form {{'config': ...}}, but received "
            f"{config!r}"
        )
    from dagster.config.validation import check_config

    given: Any = config["config"]  # pyright: ignore[reportUnknownVariableType]
    check_config(definition.config_schema.config_type, given, f"Error when applying config for resource with key '{key}'")
    return definition.configured(given)


def merged_resources(
    needed: Set[str], present: Mapping[str, Any], given: Mapping[str, Any], owner: str
) -> Mapping[str, ResourceDefinition]:
    """What a definition has and what it is given of what it needs.

    Raises:
        DagsterInvalidDefinitionError: something it needs is in neither.
        DagsterInvalidInvocationError: something is in both.
    """
    if conflicting := sorted(present.keys() & given.keys()):
        raise DagsterInvalidInvocationError(
            f"{owner} has conflicting resource definitions with provided resources for the following keys: "
            f"{', '.join(conflicting)}. Either remove the existing resources from the asset or change the resource keys so that "
            "they don't overlap."
        )
    known = coerce_resources({**present, **given})
    wanted = {*needed, *(key for each in needed if each in known for key in known[each].required_resource_keys)}
    for key in sorted(wanted - known.keys() - {DEFAULT_IO_MANAGER_KEY}):
        raise DagsterInvalidDefinitionError(
            f"resource with key '{key}' required by {owner} was not provided.{closest(key, known)} There are: "
            f"{', '.join(sorted(known)) or 'none'}."
        )
    return {key: known[key] for key in known if key in wanted or key in present}
