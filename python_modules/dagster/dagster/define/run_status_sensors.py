"""Sensors that look at runs: those that succeeded, failed, began…"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any

from msgspec.structs import replace

from dagster.arguments import check_argument
from dagster.define.run_status_contexts import RunFailureSensorContext, RunStatusSensorContext
from dagster.define.sensors import SensorDefinition, named_after
from dagster.define.targets import is_job
from dagster.define.tick_functions import called_directly, tick_function
from dagster.errors import CheckError, DagsterInvalidDefinitionError
from dagster.runs.statuses import DagsterRunStatus
from dagster.specs.sensors import DefaultSensorStatus, SensorType


class RunStatusSensorDefinition(SensorDefinition):
    """Calls its function for each run that comes into a status. Made by `@run_status_sensor` and `@run_failure_sensor`.

    Args:
        name: unique among schedules and sensors.
        run_status: the status.
        run_status_sensor_fn: takes a `RunStatusSensorContext`.
        minimum_interval_seconds, description, default_status, tags, metadata, required_resource_keys: as of `SensorDefinition`.
        monitored_jobs: the jobs whose runs count; without: all of the code location.
        monitor_all_code_locations: whether the runs of all code locations count.
        request_job, request_jobs: what it starts.

    Raises:
        DagsterInvalidDefinitionError: arguments that contradict each other.
    """

    sensor_type = SensorType.RUN_STATUS
    context_type = RunStatusSensorContext

    def __init__(
        self,
        name: str,
        run_status: DagsterRunStatus,
        run_status_sensor_fn: Callable[..., Any],
        minimum_interval_seconds: int | None = None,
        description: str | None = None,
        monitored_jobs: Sequence[Any] | None = None,
        monitor_all_code_locations: bool | None = None,
        default_status: DefaultSensorStatus = DefaultSensorStatus.STOPPED,
        request_job: Any = None,
        request_jobs: Sequence[Any] | None = None,
        tags: Mapping[str, str] | None = None,
        metadata: Mapping[str, Any] | None = None,
        required_resource_keys: Set[str] | None = None,
    ) -> None:
        check_argument("run_status", run_status, DagsterRunStatus)
        if monitored_jobs and monitor_all_code_locations:
            raise DagsterInvalidDefinitionError(
                f"Sensor '{name}' cannot specify both monitor_all_code_locations and monitored_jobs: the first means every job."
            )
        super().__init__(
            name,
            evaluation_fn=run_status_sensor_fn,
            minimum_interval_seconds=minimum_interval_seconds,
            description=description,
            job=request_job,
            jobs=request_jobs,
            default_status=default_status,
            required_resource_keys=required_resource_keys,
            tags=tags,
            metadata=metadata,
        )
        self.monitored_jobs = list(monitored_jobs) if monitored_jobs is not None else None
        self.spec = replace(
            self.spec,
            run_status=run_status,
            monitored_jobs=_names(monitored_jobs),
            monitors_everywhere=bool(monitor_all_code_locations),
        )

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function, as a test does: with the context that `build_run_status_sensor_context` makes.

        Raises:
            DagsterInvalidInvocationError: the context is missing.
            CheckError: it is no such context.
        """
        if self.spec.run_status is DagsterRunStatus.FAILURE and args and isinstance(args[0], RunStatusSensorContext):
            context = args[0] if isinstance(args[0], RunFailureSensorContext) else args[0].for_run_failure()
            args = (context, *args[1:])
        return called_directly(self.evaluation_fn, args, kwargs, kind="sensor", name=self.name, context_type=self.context_type)


_SELECTORS = frozenset({"JobSelector", "RepositorySelector", "CodeLocationSelector"})


def _names(monitored_jobs: Sequence[Any] | None) -> list[str] | None:
    if monitored_jobs is None:
        return None
    names: list[str] = []
    for job in monitored_jobs:
        if type(job).__name__ in _SELECTORS:
            names.append(str(job))
        elif is_job(job):
            names.append(job.name)
        else:
            raise CheckError(f"monitored_jobs holds jobs and selectors of jobs. Got {job!r} of type {type(job)}.")
    return names


def run_status_sensor(
    run_status: DagsterRunStatus,
    name: str | None = None,
    minimum_interval_seconds: int | None = None,
    description: str | None = None,
    monitored_jobs: Sequence[Any] | None = None,
    job_selection: Sequence[Any] | None = None,
    monitor_all_code_locations: bool | None = None,
    default_status: DefaultSensorStatus = DefaultSensorStatus.STOPPED,
    request_job: Any = None,
    request_jobs: Sequence[Any] | None = None,
    monitor_all_repositories: bool | None = None,
    tags: Mapping[str, str] | None = None,
    metadata: Mapping[str, Any] | None = None,
) -> Callable[[Callable[..., Any]], RunStatusSensorDefinition]:
    """Make a sensor out of the function to call for each run that comes into a status.

    Args:
        run_status: the status.
        name: unique among schedules and sensors; without: the function's name.
        monitored_jobs: the jobs whose runs count; without: all of the code location. `job_selection` is its old name.
        monitor_all_code_locations: whether the runs of all code locations count. `monitor_all_repositories` is its old name.
        request_job, request_jobs: what it starts.
        minimum_interval_seconds, description, default_status, tags, metadata: as of `SensorDefinition`.

    Example:
        >>> @run_status_sensor(DagsterRunStatus.SUCCESS)
        ... def tell(context: RunStatusSensorContext):
        ...     print(context.dagster_run.job_name)
        >>> tell.name
        'tell'
    """

    def decorate(function: Callable[..., Any]) -> RunStatusSensorDefinition:
        made = RunStatusSensorDefinition(
            name=name or function.__name__,
            run_status=run_status,
            run_status_sensor_fn=tick_function(function, "@run_status_sensor"),
            minimum_interval_seconds=minimum_interval_seconds,
            description=description,
            monitored_jobs=monitored_jobs if monitored_jobs is not None else job_selection,
            monitor_all_code_locations=monitor_all_code_locations or monitor_all_repositories,
            default_status=default_status,
            request_job=request_job,
            request_jobs=request_jobs,
            tags=tags,
            metadata=metadata,
        )
        return named_after(made, function)

    return decorate


def run_failure_sensor(
    name: Any = None,
    minimum_interval_seconds: int | None = None,
    description: str | None = None,
    monitored_jobs: Sequence[Any] | None = None,
    job_selection: Sequence[Any] | None = None,
    monitor_all_code_locations: bool | None = None,
    default_status: DefaultSensorStatus = DefaultSensorStatus.STOPPED,
    request_job: Any = None,
    request_jobs: Sequence[Any] | None = None,
    monitor_all_repositories: bool | None = None,
    tags: Mapping[str, str] | None = None,
    metadata: Mapping[str, Any] | None = None,
) -> Any:
    """Make a sensor out of the function to call for each run that failed. Arguments as of `run_status_sensor`.

    Example:
        >>> @run_failure_sensor
        ... def alarm(context: RunFailureSensorContext):
        ...     print(context.failure_event.message)
        >>> alarm.name
        'alarm'
    """
    given = {argument: value for argument, value in locals().items() if argument != "name"}
    if callable(name):
        return run_status_sensor(DagsterRunStatus.FAILURE)(name)
    return run_status_sensor(DagsterRunStatus.FAILURE, name=name, **given)
