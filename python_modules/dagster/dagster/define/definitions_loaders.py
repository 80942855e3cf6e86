"""A project out of everything that modules and packages declare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import ModuleType
from typing import Any

from dagster.define.asset_jobs import UnresolvedAssetJobDefinition
from dagster.define.asset_loaders import assets_in, checks_in
from dagster.define.definitions import Definitions
from dagster.define.jobs import JobDefinition
from dagster.define.module_contents import (
    Contents,
    contents_of,
    contents_of_caller,
    contents_of_package,
    contents_of_package_named,
    unique,
)
from dagster.define.partitioned_schedules import UnresolvedPartitionedAssetScheduleDefinition
from dagster.define.schedules import ScheduleDefinition
from dagster.define.sensors import SensorDefinition


def load_definitions_from_modules(
    modules: Iterable[ModuleType],
    resources: Mapping[str, Any] | None = None,
    loggers: Mapping[str, Any] | None = None,
    executor: Any = None,
) -> Definitions:
    """A project of what modules hold at their top level: assets, checks, jobs, schedules and sensors, alone or in lists.

    Args:
        modules: already imported.
        resources: by key; those at the top level of a module have no key, so they are not taken.
        loggers: by key.
        executor: how steps are executed where a job does not say it.

    Raises:
        DagsterInvalidDefinitionError: two modules declare one key.

    Example:
        >>> from types import ModuleType
        >>> sales = ModuleType("sales")  # stands for: import my_project.sales as sales
        >>> sales.orders, sales.nightly = orders, define_asset_job("nightly")
        >>> load_definitions_from_modules([sales], resources={"warehouse": Client()}).resolve_job_def("nightly").name
        'nightly'
    """
    return _defined_in(contents_of(modules), resources, loggers, executor)


def load_definitions_from_module(
    module: ModuleType,
    resources: Mapping[str, Any] | None = None,
    loggers: Mapping[str, Any] | None = None,
    executor: Any = None,
) -> Definitions:
    """A project of what a module holds. Arguments as of `load_definitions_from_modules`."""
    return _defined_in(contents_of([module]), resources, loggers, executor)


def load_definitions_from_current_module(
    resources: Mapping[str, Any] | None = None,
    loggers: Mapping[str, Any] | None = None,
    executor: Any = None,
) -> Definitions:
    """A project of what the module that calls it holds so far. Arguments as of `load_definitions_from_modules`."""
    return _defined_in([contents_of_caller(1)], resources, loggers, executor)


def load_definitions_from_package_module(
    package_module: ModuleType,
    resources: Mapping[str, Any] | None = None,
    loggers: Mapping[str, Any] | None = None,
    executor: Any = None,
) -> Definitions:
    """A project of what a package and all modules below it hold. Arguments as of `load_definitions_from_modules`."""
    return _defined_in(contents_of_package(package_module), resources, loggers, executor)


def load_definitions_from_package_name(
    package_name: str,
    resources: Mapping[str, Any] | None = None,
    loggers: Mapping[str, Any] | None = None,
    executor: Any = None,
) -> Definitions:
    """Same as `load_definitions_from_package_module`, by the name of the package."""
    return _defined_in(contents_of_package_named(package_name), resources, loggers, executor)


def _defined_in(contents: Sequence[Contents], resources: Any, loggers: Any, executor: Any) -> Definitions:
    return Definitions(
        assets=assets_in(contents, include_specs=True),
        asset_checks=checks_in(contents),
        jobs=_found(contents, JobDefinition, UnresolvedAssetJobDefinition),
        schedules=_found(contents, ScheduleDefinition, UnresolvedPartitionedAssetScheduleDefinition),
        sensors=_found(contents, SensorDefinition),
        resources=resources,
        loggers=loggers,
        executor=executor,
    )


def _found(contents: Sequence[Contents], *types: type[Any]) -> list[Any]:
    return [found for _, found in unique((each.name, found) for each in contents for found in each.of_types(*types)).values()]
