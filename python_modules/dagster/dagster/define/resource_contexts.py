"""What a resource is told while it is set up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dagster.define.resource_values import NO_RESOURCES, Resources

if TYPE_CHECKING:
    import logging


class InitResourceContext:
    """What the function of a resource gets, and `setup_for_execution` of a `ConfigurableResource`.

    Args:
        resource_config: the resource's config, checked and with defaults.
        resources: the resources that it requires, already set up.
        resource_def: the definition that is being set up.
        all_resource_defs: every definition of the run, by key.
        instance: the instance of the run.
        dagster_run: the run; None outside of runs.
        log_manager: the run's logger.
        event_loop: the loop on which asynchronous steps run.

    Example:
        >>> @resource(config_schema={"url": str}, required_resource_keys={"session"})
        ... def client(context: InitResourceContext):
        ...     return Client(context.resource_config["url"], context.resources.session)
    """

    __slots__ = (
        "_all_resource_defs",
        "_event_loop",
        "_instance",
        "_log_manager",
        "_resource_config",
        "_resource_def",
        "_resources",
        "_run",
    )

    def __init__(
        self,
        resource_config: Any,
        resources: Resources = NO_RESOURCES,
        resource_def: Any = None,
        all_resource_defs: Mapping[str, Any] | None = None,
        instance: Any = None,
        dagster_run: Any = None,
        log_manager: logging.Logger | None = None,
        event_loop: Any = None,
    ) -> None:
        self._resource_config = resource_config
        self._resources = resources
        self._resource_def = resource_def
        self._all_resource_defs: Mapping[str, Any] = all_resource_defs or {}
        self._instance = instance
        self._run = dagster_run
        self._log_manager = log_manager
        self._event_loop = event_loop

    @property
    def resource_config(self) -> Any:
        """The resource's config, checked and with defaults."""
        return self._resource_config

    @property
    def resources(self) -> Any:
        """The resources that it requires, as attributes by key."""
        return self._resources

    @property
    def resource_def(self) -> Any:
        """The definition that is being set up."""
        return self._resource_def

    @property
    def all_resource_defs(self) -> Mapping[str, Any]:
        """Every definition of the run, by key."""
        return self._all_resource_defs

    @property
    def instance(self) -> Any:
        """The instance of the run; None where there is none."""
        return self._instance

    @property
    def run(self) -> Any:
        """The run; None outside of runs."""
        return self._run

    @property
    def dagster_run(self) -> Any:
        """Same as `run`."""
        return self._run

    @property
    def run_id(self) -> str | None:
        """The id of the run; None outside of runs."""
        return self._run.run_id if self._run is not None else None

    @property
    def log(self) -> logging.Logger:
        """The run's logger; outside of runs the logger `dagster`."""
        if self._log_manager is None:
            from logging import getLogger

            self._log_manager = getLogger("dagster")
        return self._log_manager

    @property
    def log_manager(self) -> logging.Logger:
        """Same as `log`."""
        return self.log

    @property
    def event_loop(self) -> Any:
        """The loop on which asynchronous steps run; None where there is none."""
        return self._event_loop

    def replace_config(self, config: Any) -> InitResourceContext:
        """The same context with other config."""
        return self.replaced(resource_config=config)

    def replaced(self, **changes: Any) -> InitResourceContext:
        """The same context with other values of some of the constructor's arguments."""
        facts: dict[str, Any] = {
            "resource_config": self._resource_config,
            "resources": self._resources,
            "resource_def": self._resource_def,
            "all_resource_defs": self._all_resource_defs,
            "instance": self._instance,
            "dagster_run": self._run,
            "log_manager": self._log_manager,
            "event_loop": self._event_loop,
        }
        return InitResourceContext(**{**facts, **changes})
