"""Repositories out of the functions that list what belongs to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

from dagster.arguments import check_argument, check_optional
from dagster.define.assets_definitions import AssetsDefinition
from dagster.define.automations import duplicate_names
from dagster.define.definitions import Definitions
from dagster.define.problems import raise_problems
from dagster.define.repositories import RepositoryDefinition
from dagster.define.targets import is_job
from dagster.errors import CheckError, DagsterInvalidDefinitionError
from dagster.specs.names import checked_name

if TYPE_CHECKING:
    from dagster.keys import AssetCheckKey, AssetKey

_KINDS = ("jobs", "schedules", "sensors")


def repository(
    definitions_fn: Callable[[], Any] | None = None,
    *,
    name: str | None = None,
    description: str | None = None,
    metadata: Mapping[str, Any] | None = None,
    default_executor_def: Any = None,
    default_logger_defs: Mapping[str, Any] | None = None,
) -> Any:
    """Make a repository out of the function that lists what belongs to it. New projects use `Definitions`.

    The function returns a list of assets, checks, jobs, schedules and sensors, or a dict with the keys `jobs`, `schedules` and
    `sensors`, each a dict by name whose values may be functions that make them.

    Args:
        definitions_fn: takes nothing.
        name: without: the function's name.
        description: Markdown for people.
        metadata: shown with the repository.
        default_executor_def: how steps are executed where a job does not say it.
        default_logger_defs: by key.

    Raises:
        DagsterInvalidDefinitionError: something in the list is nothing of that kind, or the whole does not hold together.
        CheckError: the key of a dict is not the name of what stands there.

    Example:
        >>> @repository(description="Everything about sales.")
        ... def sales():
        ...     return [orders, ScheduleDefinition(job=define_asset_job("nightly"), cron_schedule="@daily")]
        >>> [schedule.name for schedule in sales.schedule_defs]
        ['nightly_schedule']
    """
    check_optional("name", name, str)

    def decorate(function: Callable[[], Any]) -> RepositoryDefinition:
        given = function()
        listed = _of_dict(cast("Mapping[str, Any]", given)) if isinstance(given, Mapping) else _of_list(given)
        assets, jobs, schedules, sensors = (listed.get(kind, []) for kind in ("assets", *_KINDS))
        definitions = Definitions(assets, schedules, sensors, jobs, executor=default_executor_def, loggers=default_logger_defs)
        _check_names(definitions)
        return RepositoryDefinition(
            name or function.__name__, definitions=definitions, description=description, metadata=metadata
        )

    return decorate if definitions_fn is None else decorate(definitions_fn)


def _check_names(definitions: Definitions) -> None:
    """What can be said without looking jobs and selections up, which waits until somebody asks for them."""
    project = definitions.project
    raise_problems(duplicate_names(project.schedules, project.sensors))


def _of_list(given: Any) -> dict[str, list[Any]]:
    if not isinstance(given, (list, tuple)):
        raise DagsterInvalidDefinitionError(
            f"Bad return value of type {type(given)} from repository construction function: must return a list or a dict."
        )
    listed: dict[str, list[Any]] = {"assets": [], "jobs": [], "schedules": [], "sensors": []}
    for position, each in enumerate(_flat(cast("Iterable[Any]", given))):
        kind = _kind_of(each)
        if kind is None:
            raise DagsterInvalidDefinitionError(
                "Bad return value from repository construction function: all elements of list must be of type JobDefinition, "
                "GraphDefinition, ScheduleDefinition, SensorDefinition, AssetsDefinition, SourceAsset, or AssetChecksDefinition. "
                f"Got value of type {type(each)} at index {position}."
            )
        listed[kind].append(each)
    _refuse_twice(listed["assets"])
    return listed


def _refuse_twice(assets: Iterable[Any]) -> None:
    seen: set[int] = set()
    for each in assets:
        if id(each) in seen:
            raise DagsterInvalidDefinitionError(f"Duplicate asset key: {_key_of(each)!r}. It is in the list twice: name it once.")
        seen.add(id(each))


def _key_of(each: Any) -> AssetKey | AssetCheckKey:
    """A key of what an element defines."""
    definition = each if isinstance(each, AssetsDefinition) else each.definition
    return next(iter([*definition.keys, *definition.check_keys]))


def _flat(given: Iterable[Any]) -> Iterable[Any]:
    for each in given:
        if isinstance(each, (list, tuple)):
            yield from cast("Iterable[Any]", each)
        else:
            yield each


def _kind_of(each: Any) -> str | None:
    from dagster.define.partitioned_schedules import UnresolvedPartitionedAssetScheduleDefinition
    from dagster.define.schedules import ScheduleDefinition
    from dagster.define.sensors import SensorDefinition

    if isinstance(each, AssetsDefinition) or isinstance(getattr(each, "definition", None), AssetsDefinition):
        return "assets"
    if isinstance(each, (ScheduleDefinition, UnresolvedPartitionedAssetScheduleDefinition)):
        return "schedules"
    if isinstance(each, SensorDefinition):
        return "sensors"
    return "jobs" if is_job(each) else None


def _of_dict(given: Mapping[str, Any]) -> dict[str, list[Any]]:
    for key in given:
        if key not in _KINDS:
            raise DagsterInvalidDefinitionError(
                f"Bad return value from repository construction function: dict must not contain keys other than "
                f"{', '.join(_KINDS)}: found '{key}'."
            )
    listed: dict[str, list[Any]] = {}
    for kind, members in given.items():
        check_argument(kind, members, Mapping)
        listed[kind] = [
            _named(name, each() if callable(each) and _kind_of(each) is None else each) for name, each in members.items()
        ]
    return listed


def _named(name: str, made: Any) -> Any:
    found = getattr(made, "name", name)
    if found != name:
        raise CheckError(f"The dict of the repository has '{name}' for what is named '{found}'. Use one name for it.")
    return made


def create_repository_using_definitions_args(
    name: str,
    assets: Iterable[Any] | None = None,
    schedules: Iterable[Any] | None = None,
    sensors: Iterable[Any] | None = None,
    jobs: Iterable[Any] | None = None,
    resources: Mapping[str, Any] | None = None,
    executor: Any = None,
    loggers: Mapping[str, Any] | None = None,
    asset_checks: Iterable[Any] | None = None,
) -> RepositoryDefinition:
    """A named repository from what `Definitions` takes.

    Raises:
        DagsterInvalidDefinitionError: the name cannot be, or the whole does not hold together.

    Example:
        >>> create_repository_using_definitions_args("sales", assets=[orders]).name
        'sales'
    """
    checked_name(name)
    definitions = Definitions(assets, schedules, sensors, jobs, resources, executor, loggers, asset_checks)
    _check_names(definitions)
    return RepositoryDefinition(name, definitions=definitions)
