"""Sensors: functions that look again and again, bound to what they start."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from copy import copy
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from dagster.arguments import check_argument, check_callable, check_optional, check_string_keys
from dagster.define.functions import place_of, place_of_caller
from dagster.define.instigators import Instigator
from dagster.define.sensor_contexts import SensorEvaluationContext
from dagster.define.targets import AutomationTarget, job_target, named_target, target_of
from dagster.define.tick_functions import TickFunction, called_directly, tick_function
from dagster.errors import CheckError, DagsterInvalidDefinitionError
from dagster.metadata.coercion import normalize_metadata
from dagster.metadata.tags import run_tags
from dagster.specs.names import checked_name, checked_owners
from dagster.specs.selections import AssetSelection
from dagster.specs.sensors import DEFAULT_MINIMUM_INTERVAL_SECONDS, DefaultSensorStatus, SensorSpec, SensorType

if TYPE_CHECKING:
    from dagster.runs.tick_results import SensorExecutionData


class SensorDefinition(Instigator[SensorSpec]):
    """Looks again and again whether there is something to run.

    Args:
        name: unique among schedules and sensors; without: the function's name.
        evaluation_fn: called at each tick; `@sensor` makes it.
        job_name: the job that it starts, by name.
        minimum_interval_seconds: between the beginning of a tick and that of the next one; without: 30.
        description: Markdown for people.
        job, jobs: what it starts; with several, each `RunRequest` names one.
        default_status: whether it runs before anybody has switched it on or off.
        asset_selection: the assets that it may start runs of, instead of jobs.
        required_resource_keys: resources that its function asks its context for.
        tags: of the sensor.
        metadata: shown with the sensor.
        target: a job, or assets in any form that a selection has.
        owners: e-mail addresses or `team:name`.

    Raises:
        DagsterInvalidDefinitionError: no function, or arguments that contradict each other.
        CheckError: an argument of a wrong type.

    Example:
        >>> def look(context):
        ...     return SkipReason("nothing new")
        >>> SensorDefinition("files", evaluation_fn=look, job_name="load").minimum_interval_seconds
        30
    """

    sensor_type = SensorType.STANDARD
    context_type: type[Any] = SensorEvaluationContext

    def __init__(
        self,
        name: str | None = None,
        *,
        evaluation_fn: Callable[..., Any] | None = None,
        job_name: str | None = None,
        minimum_interval_seconds: int | None = None,
        description: str | None = None,
        job: Any = None,
        jobs: Sequence[Any] | None = None,
        default_status: DefaultSensorStatus = DefaultSensorStatus.STOPPED,
        asset_selection: Any = None,
        required_resource_keys: Set[str] | None = None,
        tags: Mapping[str, str] | None = None,
        metadata: Mapping[str, Any] | None = None,
        target: Any = None,
        owners: Sequence[str] | None = None,
    ) -> None:
        self.evaluation_fn = _evaluation_fn(evaluation_fn, type(self).__name__)
        check_optional("name", name, str)
        check_optional("minimum_interval_seconds", minimum_interval_seconds, int)
        check_argument("default_status", default_status, DefaultSensorStatus)
        check_string_keys("tags", tags)
        self._written_at = "" if place_of(self.evaluation_fn.function) else place_of_caller()
        self.name = checked_name(self.evaluation_fn.function.__name__ if name is None else name)
        _refuse_several(self.name, job=job, jobs=jobs, job_name=job_name, asset_selection=asset_selection, target=target)
        self.targets = _targets(self.name, job=job, jobs=jobs, job_name=job_name, target=target)
        self.spec = SensorSpec(
            name=self.name,
            sensor_type=self.sensor_type,
            job_names=[each.job_name for each in self.targets],
            asset_selection=None if asset_selection is None else AssetSelection.from_coercible(asset_selection),
            minimum_interval_seconds=minimum_interval_seconds or DEFAULT_MINIMUM_INTERVAL_SECONDS,
            default_status=default_status,
            description=description,
            tags=run_tags(tags),
            metadata=normalize_metadata(metadata or {}),
            owners=checked_owners(owners, f"sensor '{self.name}'"),
            required_resource_keys=frozenset(required_resource_keys or ()) | self.evaluation_fn.resource_names,
        )

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r})"

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function, as a test does: with the context that `build_sensor_context` makes.

        Raises:
            DagsterInvalidInvocationError: a context is missing or too much.
        """
        return called_directly(self.evaluation_fn, args, kwargs, kind="sensor", name=self.name, context_type=self.context_type)

    @property
    def __wrapped__(self) -> Callable[..., Any]:
        """The decorated function."""
        return self.evaluation_fn.function

    @property
    def place(self) -> str:
        """File and line of its function; where it is written, if it has none of the user's."""
        return place_of(self.evaluation_fn.function) or self._written_at

    @property
    def default_status(self) -> DefaultSensorStatus:
        """Whether it runs before anybody has switched it on or off."""
        return self.spec.default_status

    @property
    def minimum_interval_seconds(self) -> int:
        """Between the end of a tick and the next one."""
        return self.spec.minimum_interval_seconds

    @property
    def asset_selection(self) -> AssetSelection | None:
        """The assets that it may start runs of."""
        return self.spec.asset_selection

    @property
    def owners(self) -> Sequence[str]:
        """E-mail addresses and teams."""
        return list(self.spec.owners)

    @property
    def has_jobs(self) -> bool:
        """Whether it starts jobs that were given, not only named."""
        return any(target.job is not None for target in self.targets)

    @property
    def has_anonymous_job(self) -> bool:
        """Whether its job was made of assets for it alone."""
        return any(target.has_anonymous_job for target in self.targets)

    @property
    def job_name(self) -> str:
        """The name of the only job that it starts.

        Raises:
            DagsterInvalidDefinitionError: there is none, or several.
        """
        return self._only_target("job_name").job_name

    @property
    def job(self) -> Any:
        """The only job that it starts.

        Raises:
            DagsterInvalidDefinitionError: there is none, or several.
        """
        found = self._only_target("job").job
        if found is None:
            raise DagsterInvalidDefinitionError(
                f"No job was provided to {type(self).__name__} '{self.name}', only the name of one."
            )
        return found

    @property
    def jobs(self) -> Sequence[Any]:
        """Every job that it starts.

        Raises:
            DagsterInvalidDefinitionError: there is none.
        """
        found = [target.job for target in self.targets if target.job is not None]
        if not found:
            raise DagsterInvalidDefinitionError(f"No job was provided to {type(self).__name__} '{self.name}'.")
        return found

    def _only_target(self, what: str) -> AutomationTarget:
        if not self.targets:
            raise DagsterInvalidDefinitionError(f"No job was provided to {type(self).__name__} '{self.name}'.")
        if len(self.targets) > 1:
            raise DagsterInvalidDefinitionError(
                f"{what} is not available when a {type(self).__name__} has multiple jobs: '{self.name}' has "
                f"{', '.join(target.job_name for target in self.targets)}."
            )
        return self.targets[0]

    def evaluate_tick(self, context: SensorEvaluationContext) -> SensorExecutionData:
        """What the sensor says, as a daemon would ask it. Nothing is stored or started.

        Args:
            context: made by `build_sensor_context`; runs of partitions and of assets need its definitions, sensors on runs and on
                assets its instance.

        Returns:
            SensorExecutionData: the runs it asks for, with the config and tags of their partitions, or why there are none; the
            cursor that the next tick finds; and the rest that it said.

        Raises:
            CheckError: it said something else than a sensor may say.
            DagsterInvariantViolationError: it asks for a job that it does not start, or sets a cursor that is not its own.
            DagsterUnknownPartitionError: it asks for a partition that is not there.

        Example:
            >>> @sensor(job_name="load")
            ... def new_files(context):
            ...     return SensorResult([RunRequest("b.csv")], cursor="b.csv")
            >>> said = new_files.evaluate_tick(build_sensor_context(cursor="a.csv"))
            >>> said.cursor, said.run_requests[0].tags
            ('b.csv', {'dagster/sensor_name': 'new_files'})
        """
        from dagster.define.doors import sensor_tick

        return sensor_tick(self, context)

    def with_updated_job(self, new_job: Any) -> SensorDefinition:
        """The same sensor starting another job."""
        return self.with_attributes(jobs=[new_job])

    def with_updated_jobs(self, new_jobs: Sequence[Any]) -> SensorDefinition:
        """The same sensor starting other jobs."""
        return self.with_attributes(jobs=new_jobs)

    def with_attributes(
        self, *, jobs: Sequence[Any] | None = None, metadata: Mapping[str, Any] | None = None
    ) -> SensorDefinition:
        """The same sensor with other jobs or other metadata."""
        changed = copy(self)
        if jobs is not None:
            changed.targets = [job_target(job) for job in jobs]
            changed.spec = replace(changed.spec, job_names=[target.job_name for target in changed.targets])
        if metadata is not None:
            changed.spec = replace(changed.spec, metadata=normalize_metadata(metadata))
        return changed


def _evaluation_fn(given: Any, of_what: str) -> TickFunction:
    if given is None:
        raise DagsterInvalidDefinitionError(f"Must provide evaluation_fn to {of_what}.")
    if isinstance(given, TickFunction):
        return given
    check_callable("evaluation_fn", given)
    return tick_function(given, of_what)


def _refuse_several(name: str, **given: Any) -> None:
    found = [param for param, value in given.items() if value is not None]
    if len(found) > 1:
        raise DagsterInvalidDefinitionError(
            "Attempted to provide more than one of 'job', 'jobs', 'job_name', 'asset_selection' and 'target' params to sensor "
            f"'{name}'. Must provide only one. Got {' and '.join(found)}."
        )


def _targets(name: str, *, job: Any, jobs: Sequence[Any] | None, job_name: str | None, target: Any) -> Sequence[AutomationTarget]:
    check_optional("job_name", job_name, str)
    if target is not None:
        return [target_of(target, name)]
    if job_name is not None:
        return [named_target(job_name)]
    if isinstance(jobs, str) or (jobs is not None and not hasattr(jobs, "__iter__")):
        raise CheckError(f'Param "jobs" is not a list. Got {jobs!r} of type {type(jobs)}.')
    return [job_target(each) for each in ([job] if job is not None else jobs or ())]


def sensor(
    job_name: str | None = None,
    *,
    name: str | None = None,
    minimum_interval_seconds: int | None = None,
    description: str | None = None,
    job: Any = None,
    jobs: Sequence[Any] | None = None,
    default_status: DefaultSensorStatus = DefaultSensorStatus.STOPPED,
    asset_selection: Any = None,
    required_resource_keys: Set[str] | None = None,
    tags: Mapping[str, str] | None = None,
    metadata: Mapping[str, Any] | None = None,
    target: Any = None,
    owners: Sequence[str] | None = None,
) -> Callable[[Callable[..., Any]], SensorDefinition]:
    """Make a sensor out of the function that looks whether there is something to run.

    The function returns or yields `RunRequest`s, or returns a `SkipReason` or a `SensorResult`.

    Args:
        name: unique among schedules and sensors; without: the function's name.
        job_name, minimum_interval_seconds, description, job, jobs, default_status, asset_selection, required_resource_keys, tags,
            metadata, target, owners: as of `SensorDefinition`.

    Example:
        >>> @sensor(target="orders", minimum_interval_seconds=60)
        ... def new_files(context: SensorEvaluationContext):
        ...     yield RunRequest(run_key="a.csv")
        >>> [request.run_key for request in new_files(build_sensor_context())]
        ['a.csv']
    """
    given = {argument: value for argument, value in locals().items() if argument != "name"}

    def decorate(function: Callable[..., Any]) -> SensorDefinition:
        tick = tick_function(function, "@sensor", frozenset(required_resource_keys or ()))
        made = SensorDefinition(name or function.__name__, evaluation_fn=tick, **given)
        return named_after(made, function)

    return decorate


def named_after(made: Any, function: Callable[..., Any]) -> Any:
    """The definition with the name of the decorated function, as the result of a decorator has it."""
    made.__name__ = function.__name__
    return made
