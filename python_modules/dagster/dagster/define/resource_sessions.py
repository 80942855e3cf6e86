"""Sets resources up in the order in which they need each other, and tears them down in the reverse order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Any, cast

import msgspec

from dagster.define.io_managers import IOManagerDefinition, is_io_manager
from dagster.define.resource_contexts import InitResourceContext
from dagster.define.resource_values import NO_RESOURCES, Resources, limited
from dagster.define.resources import ResourceDefinition
from dagster.errors import CheckError, CircularResourcesError, DagsterInvalidDefinitionError

if TYPE_CHECKING:
    import logging

    from typing_extensions import Self

    from dagster.config.definition_schemas import DefinitionSchema


def to_resource_definition(value: object) -> ResourceDefinition:
    """The definition of what a user gave as a resource: a definition, a `ConfigurableResource`, an IO manager, any object."""
    if isinstance(value, ResourceDefinition):
        return value
    get_definition = getattr(type(value), "get_resource_definition", None)
    if get_definition is not None:
        return get_definition(value)
    if is_io_manager(value):
        return IOManagerDefinition.hardcoded_io_manager(value)
    return ResourceDefinition.hardcoded_resource(value)


def checked_resource_key(key: str) -> str:
    """The key under which functions ask for a resource.

    Raises:
        CheckError: it cannot be the name of an attribute.
    """
    if not key.isidentifier():
        raise CheckError(f"Resource key '{key}' must be a valid Python identifier.")
    return key


def coerce_resources(resources: Mapping[str, Any] | None) -> dict[str, ResourceDefinition]:
    """The definitions of what a user gave as resources, by key."""
    return {key: to_resource_definition(value) for key, value in resources.items()} if resources else {}


def schemas_to_check(definitions: Mapping[str, ResourceDefinition], run_config: Any) -> dict[str, DefinitionSchema | None]:
    """What `process_run_config` needs of the resources of a run: the schemas of those that declare or are given config.

    Args:
        definitions: the definitions that the run needs, by key.
        run_config: the config of the run: a dict, a `RunConfig` or None.
    """
    given = config_given_to(run_config)
    return {
        key: definition.config_schema if definition.takes_declared_config or key in given else None
        for key, definition in definitions.items()
    }


def config_given_to(run_config: Any) -> Collection[str]:
    """The keys of the resources to which a run config gives config."""
    if isinstance(run_config, Mapping):
        return cast("Mapping[str, Any]", run_config).get("resources") or ()
    return getattr(run_config, "resources", None) or ()


def missing_resource(
    key: str, required_by: str, available: Iterable[str], kind: str = "resource"
) -> DagsterInvalidDefinitionError:
    """The error for a resource that nobody provided.

    Args:
        key: what is asked for.
        required_by: who asks, in words: `op 'orders'`.
        available: what is provided.
        kind: `resource` or `io manager`.
    """
    wanted = "ResourceDefinition" if kind == "resource" else "IOManagerDefinition"
    article = "a" if kind == "resource" else "an"
    return DagsterInvalidDefinitionError(
        f"{kind} with key '{key}' required by {required_by} was not provided. Please provide {article} {wanted} to key '{key}', "
        f"or change the required key to one of the following keys which points to an {wanted}: {sorted(available)}"
    )


def initialization_order(definitions: Mapping[str, ResourceDefinition], keys: Iterable[str]) -> tuple[str, ...]:
    """`keys` and all that they need, each behind what it needs; sorted by name where nothing else decides.

    Raises:
        DagsterInvalidDefinitionError: a definition requires a key that is not provided.
        CircularResourcesError: definitions require each other in a circle.
    """
    needs: dict[str, Collection[str]] = {}
    found = list(keys)
    while found:
        key = found.pop()
        if key in needs or key not in definitions:
            continue
        needs[key] = definitions[key].get_required_resource_keys(definitions)
        for needed in needs[key]:
            if needed not in definitions:
                raise missing_resource(needed, f"resource with key '{key}'", definitions)
            found.append(needed)
    if not any(needs.values()):
        return tuple(sorted(needs))
    return _by_levels(needs)


def _by_levels(needs: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    ordered: dict[str, None] = {}
    while len(ordered) < len(needs):
        ready = sorted(key for key in needs if key not in ordered and all(needed in ordered for needed in needs[key]))
        if not ready:
            raise CircularResourcesError(_circle(needs, next(key for key in sorted(needs) if key not in ordered)))
        ordered.update(dict.fromkeys(ready))
    return tuple(ordered)


def _circle(needs: Mapping[str, Collection[str]], start: str) -> list[str]:
    way = [start]
    while True:
        following = next(needed for needed in sorted(needs[way[-1]]) if _reaches(needs, needed, {needed}))
        if following in way:
            return [*way[way.index(following) :], following]
        way.append(following)


def _reaches(needs: Mapping[str, Collection[str]], key: str, targets: Collection[str]) -> bool:
    seen: set[str] = set()
    found = list(needs[key])
    while found:
        each = found.pop()
        if each in targets:
            return True
        if each not in seen:
            seen.add(each)
            found.extend(needs[each])
    return False


class TeardownError(msgspec.Struct, frozen=True):
    """What went wrong while a resource was torn down.

    Attributes:
        key: the resource.
        error: what was raised.
    """

    key: str
    error: Exception


class ResourceSession:
    """Resources that are set up, until they are closed. Also a context manager.

    Attributes:
        resources: all that were set up, as attributes by key.
        init_seconds: how long each setup took, by key, in the order of setup.
    """

    __slots__ = ("_closers", "_configs", "init_seconds", "resources")

    def __init__(self) -> None:
        self.resources: Resources = NO_RESOURCES
        self.init_seconds: dict[str, float] = {}
        self._closers: list[tuple[str, Callable[[], object]]] = []
        self._configs: dict[str, Callable[[], Any]] = {}

    def opened(self, key: str, close: Callable[[], object] | None, config: Callable[[], Any]) -> None:
        """Note that a resource is set up, how it is torn down, and what gives its config."""
        self._configs[key] = config
        if close is not None:
            self._closers.append((key, close))

    def config_of(self, key: str) -> Any:
        """The config with which a resource was set up; None for an object that was there already."""
        return self._configs[key]() if key in self._configs else None

    @property
    def has_teardown(self) -> bool:
        """Whether closing does anything."""
        return bool(self._closers)

    def close(self) -> list[TeardownError]:
        """Tear down in the reverse order of setup, each one whatever the others do; gives what went wrong."""
        failed: list[TeardownError] = []
        while self._closers:
            key, close = self._closers.pop()
            try:
                close()
            except Exception as error:
                failed.append(TeardownError(key, error))
        return failed

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()


def open_resources(
    definitions: Mapping[str, ResourceDefinition],
    keys: Iterable[str] | None = None,
    *,
    config: Mapping[str, Any] | None = None,
    instance: Any = None,
    run: Any = None,
    log: logging.Logger | None = None,
    event_loop: Any = None,
) -> ResourceSession:
    """Set up resources and all that they need.

    Args:
        definitions: every definition of the run, by key.
        keys: those that the run's steps ask for; None for all.
        config: processed config by key; a resource that is not in it gets its defaults.
        instance: the instance, for the contexts.
        run: the run, for the contexts.
        log: the run's logger.
        event_loop: the loop on which asynchronous steps run.

    Returns:
        The session; the caller closes it.

    Raises:
        DagsterResourceFunctionError: a resource's setup raised. What was set up before has been torn down again.
        DagsterInvalidConfigError: a resource's config is missing or cannot be had.
    """
    session = ResourceSession()
    values: dict[str, Any] = {}
    session.resources = Resources(values)
    try:
        for key in initialization_order(definitions, definitions if keys is None else keys):
            definition = definitions[key]
            if definition.is_ready_made:
                values[key] = definition.ready_made_value
                session.init_seconds[key] = 0.0
                continue
            started = perf_counter()
            required = definition.get_required_resource_keys(definitions)
            context = InitResourceContext(
                resource_config=_config_of(key, definition, config),
                resources=limited(session.resources, required) if required else NO_RESOURCES,
                resource_def=definition,
                all_resource_defs=definitions,
                instance=instance,
                dagster_run=run,
                log_manager=log,
                event_loop=event_loop,
            )
            values[key], close = definition.start(context)
            session.opened(key, close, partial(definition.config_in, context))
            session.init_seconds[key] = perf_counter() - started
    except BaseException:
        session.close()
        raise
    return session


def _config_of(key: str, definition: ResourceDefinition, config: Mapping[str, Any] | None) -> Any:
    if config and key in config:
        return definition.config_schema.resolve(config[key])
    if not definition.takes_declared_config:
        return None
    from dagster.config.validation import default_config

    preamble = f'Error in config for resource "{key}"'
    return definition.config_schema.resolve(default_config(definition.config_field, preamble))
