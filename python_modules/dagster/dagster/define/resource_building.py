"""Resources outside of runs: for scripts, notebooks and tests."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from dagster.define.resource_contexts import InitResourceContext
from dagster.define.resource_sessions import ResourceSession, coerce_resources, open_resources
from dagster.define.resource_values import NO_RESOURCES, Resources
from dagster.define.resources import ResourceDefinition
from dagster.errors import ParameterCheckError

if TYPE_CHECKING:
    import logging

    from typing_extensions import Self


@contextmanager
def build_resources(
    resources: Mapping[str, Any],
    instance: Any = None,
    resource_config: Mapping[str, Any] | None = None,
    dagster_run: Any = None,
    log_manager: logging.Logger | None = None,
    event_loop: Any = None,
) -> Generator[Resources]:
    """Context manager: resources that are set up, outside of any run, until it is left.

    Args:
        resources: by key, anything that can be a resource.
        instance: for resources that ask their context for it.
        resource_config: by key, `{"config": ...}`.
        dagster_run: for resources that ask their context for it.
        log_manager: the logger of the contexts.
        event_loop: the event loop of the contexts.

    Raises:
        DagsterInvalidConfigError: config is missing or does not fit.
        DagsterResourceFunctionError: a resource's setup raised.

    Example:
        >>> with build_resources({"limit": 3}) as resources:
        ...     resources.limit
        3
    """
    definitions = coerce_resources(resources)
    config = processed_resource_config(definitions, resource_config)
    session = open_resources(
        definitions, config=config, instance=instance, run=dagster_run, log=log_manager, event_loop=event_loop
    )
    try:
        yield session.resources
    finally:
        report_teardown(session, log_manager)


def processed_resource_config(
    definitions: Mapping[str, ResourceDefinition], given: Mapping[str, Any] | None
) -> Mapping[str, Any]:
    """The config of each resource, checked, from `{key: {"config": ...}}`; empty when none is given or declared.

    Raises:
        DagsterInvalidConfigError: something does not fit.
    """
    if not given and not any(definition.takes_declared_config for definition in definitions.values()):
        return {}
    from dagster.config.run_schemas import entries_type
    from dagster.config.validation import process_config

    schema = entries_type({key: definition.config_schema for key, definition in definitions.items()})
    processed = process_config(schema, given or {}, "Error in config for resources")
    return {key: entry["config"] for key, entry in processed.items() if "config" in entry}


def report_teardown(session: ResourceSession, log: logging.Logger | None) -> None:
    """Close a session outside of a run: what goes wrong is logged, since the caller's own work is done."""
    for failed in session.close():
        if log is None:
            from logging import getLogger

            log = getLogger("dagster")
        log.error('Teardown of resource "%s" failed.', failed.key, exc_info=failed.error)


class UnboundInitResourceContext(InitResourceContext):
    """What `build_init_resource_context` makes; a context manager where one of its resources is to be torn down."""

    __slots__ = ("_session",)

    def __init__(self, resource_config: Any, session: ResourceSession | None, instance: Any) -> None:
        super().__init__(resource_config, resources=session.resources if session is not None else NO_RESOURCES, instance=instance)
        self._session = session

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        if self._session is not None:
            report_teardown(self._session, None)


def build_init_resource_context(
    config: Mapping[str, Any] | None = None,
    resources: Mapping[str, Any] | None = None,
    instance: Any = None,
) -> UnboundInitResourceContext:
    """The context for calling a resource's function directly.

    Args:
        config: the resource's config.
        resources: the resources that it requires, by key.
        instance: the instance that the function asks its context for.

    Returns:
        The context; used as a context manager it tears `resources` down at the end.

    Raises:
        ParameterCheckError: `resources` is not a dict.

    Example:
        >>> @resource(config_schema={"x": int})
        ... def doubled(context):
        ...     return context.resource_config["x"] * 2
        >>> doubled(build_init_resource_context(config={"x": 4}))
        8
    """
    if resources is not None and not isinstance(resources, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance] - users call this
        raise ParameterCheckError("resources", resources, "a dict")
    session = open_resources(coerce_resources(resources), instance=instance) if resources else None
    return UnboundInitResourceContext(config, session, instance)
