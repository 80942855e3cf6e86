"""What every function of a schedule or sensor can ask for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dagster.define.resource_building import report_teardown
from dagster.define.resource_sessions import ResourceSession, coerce_resources, open_resources
from dagster.define.resource_values import NO_RESOURCES, resource_itself
from dagster.errors import CheckError, DagsterInvariantViolationError

if TYPE_CHECKING:
    import logging

    from typing_extensions import Self

    from dagster.define.resources import ResourceDefinition
    from dagster.instance.instance import DagsterInstance


def opened(resources: Mapping[str, Any]) -> dict[str, Any]:
    """The values behind what a test gives as resources; nothing tears them down."""
    session = open_resources(coerce_resources(resources))
    return {key: resource_itself(session.resources, key) for key in resources}


class TickContext:
    """The part that is common to the contexts of schedules and sensors. A context manager, which tears resources down.

    Args:
        instance: what remembers runs and events; None where there is none.
        resources: by key, anything that can be a resource; set up when first asked for.
        repository_def: the repository that the schedule or sensor belongs to.
        definitions: the project it belongs to, instead of a repository.
        log_key: the place of the lines that the function logs.
        logger: takes these lines; without: the logger `dagster`.
    """

    _builder = "build_sensor_context"
    _session: ResourceSession | None = None

    def __init__(
        self,
        instance: Any = None,
        resources: Mapping[str, Any] | None = None,
        repository_def: Any = None,
        definitions: Any = None,
        log_key: list[str] | None = None,
        logger: logging.Logger | None = None,
    ) -> None:
        if instance is not None and not _is_instance(instance):
            raise CheckError(f'Param "instance" is not a DagsterInstance. Got {instance!r} which is type {type(instance)}.')
        if repository_def is not None and definitions is not None:
            raise CheckError("Exactly one of `definitions` or `repository_def` must be provided. Got both.")
        self._instance = instance
        self._resource_defs = coerce_resources(resources)
        self._repository_def = repository_def
        self._definitions = definitions
        self._log_key = log_key
        self._logger = logger
        self._is_entered = False

    def __enter__(self) -> Self:
        self._is_entered = True
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._is_entered = False
        if self._session is not None:
            report_teardown(self._session, None)
            self._session = None

    def __del__(self) -> None:
        if self._session is not None:
            self._session.close()

    @property
    def instance(self) -> DagsterInstance:
        """What remembers runs and events.

        Raises:
            DagsterInvariantViolationError: there is none.
        """
        if self._instance is None:
            raise DagsterInvariantViolationError(
                f"This context has no instance. Give one: {self._builder}(instance=DagsterInstance.ephemeral())."
            )
        return self._instance

    @property
    def instance_ref(self) -> None:
        """Nothing: an instance is handed on as itself."""
        return None

    @property
    def resource_defs(self) -> Mapping[str, ResourceDefinition]:
        """The definitions of its resources, by key."""
        return self._resource_defs

    @property
    def resources(self) -> Any:
        """The resources, as attributes by key.

        Raises:
            DagsterInvariantViolationError: one of them has to be torn down, and the context is not used as a context manager.
        """
        if not self._resource_defs:
            return NO_RESOURCES
        if self._session is None:
            self._session = open_resources(self._resource_defs, instance=self._instance)
        if self._session.has_teardown and not self._is_entered:
            raise DagsterInvariantViolationError(
                "At least one provided resource is a generator, but attempting to access resources outside of context manager "
                f"scope. Write `with {self._builder}(...) as context:`."
            )
        return self._session.resources

    def merge_resources(self, resources_dict: Mapping[str, Any]) -> Self:
        """The same context with these resources too.

        Raises:
            CheckError: its resources are set up already.
        """
        from copy import copy

        if self._session is not None:
            raise CheckError("Cannot merge resources in a context whose resources are set up already.")
        merged = copy(self)
        merged._resource_defs = {**self._resource_defs, **coerce_resources(resources_dict)}
        return merged

    @property
    def repository_def(self) -> Any:
        """The repository it belongs to; None where there is none."""
        if self._repository_def is None and self._definitions is not None:
            self._repository_def = self._definitions.get_repository_def()
        return self._repository_def

    @property
    def log(self) -> logging.Logger:
        """A logger whose lines are kept with the tick; outside of a tick the logger `dagster`."""
        if self._logger is not None:
            return self._logger
        from logging import getLogger

        return getLogger("dagster")

    @property
    def log_key(self) -> list[str] | None:
        """The place of the lines that the function logs."""
        return self._log_key

    def has_captured_logs(self) -> bool | None:
        """Whether the function logged something; None outside of a tick."""
        return None


def instance_of(context: TickContext) -> DagsterInstance | None:
    """The instance of a context; None where it has none."""
    return context._instance  # pyright: ignore[reportPrivateUsage] - a public property raises instead


def belongings_of(context: TickContext) -> dict[str, Any]:
    """What a context was made of that every context takes, to make one of another kind."""
    return {
        "instance": context._instance,  # pyright: ignore[reportPrivateUsage]
        "resources": context.resource_defs,
        "repository_def": context._repository_def if context._definitions is None else None,  # pyright: ignore[reportPrivateUsage]
        "definitions": context._definitions,  # pyright: ignore[reportPrivateUsage]
        "log_key": context.log_key,
        "logger": context._logger,  # pyright: ignore[reportPrivateUsage]
    }


def _is_instance(value: object) -> bool:
    """A class of its own module, which whoever has such a value has imported: declaring schedules and sensors does not."""
    from dagster.instance.instance import DagsterInstance

    return isinstance(value, DagsterInstance)
