"""Schedules: cron strings bound to what they start."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from copy import copy
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from dagster.arguments import check_argument, check_callable, check_optional, check_string_keys
from dagster.define.functions import place_of, place_of_caller
from dagster.define.instigators import Instigator
from dagster.define.schedule_contexts import ScheduleEvaluationContext
from dagster.define.targets import AutomationTarget, job_target, named_target, target_of
from dagster.define.tick_functions import TickFunction, called_directly, tick_function
from dagster.errors import CheckError, DagsterInvalidDefinitionError, DagsterInvalidInvocationError, ParameterCheckError
from dagster.metadata.coercion import normalize_metadata
from dagster.metadata.tags import run_tags
from dagster.specs.crons import checked_cron_schedule, checked_timezone
from dagster.specs.names import checked_name, checked_owners
from dagster.specs.schedules import DefaultScheduleStatus, ScheduleSpec

if TYPE_CHECKING:
    from dagster.runs.tick_results import ScheduleExecutionData

CronSchedule = str | Sequence[str]


class ScheduleDefinition(Instigator[ScheduleSpec]):
    """Starts runs at the times that a cron string names.

    Args:
        name: unique among schedules and sensors; without: the job's name and `_schedule`.
        cron_schedule: when, as one cron string or several.
        job_name: the job, by name.
        run_config: config of the runs.
        run_config_fn: makes it at each tick.
        tags: of the runs.
        tags_fn: makes them at each tick.
        metadata: shown with the schedule.
        should_execute: says at each tick whether to start a run.
        environment_vars: of early versions; kept and not read.
        execution_timezone: of the cron strings; without: UTC.
        execution_fn: says at each tick what to run; `@schedule` makes it.
        description: Markdown for people.
        job: the job.
        default_status: whether it runs before anybody has switched it on or off.
        required_resource_keys: resources that its functions ask their context for.
        target: the job, or assets in any form that a selection has.
        owners: e-mail addresses or `team:name`.

    Raises:
        DagsterInvalidDefinitionError: no cron string, no such time zone, or arguments that contradict each other.
        CheckError: an argument of a wrong type, or nothing to start.

    Example:
        >>> ScheduleDefinition(job=define_asset_job("nightly"), cron_schedule="0 2 * * *").name
        'nightly_schedule'
    """

    def __init__(
        self,
        name: str | None = None,
        *,
        cron_schedule: CronSchedule | None = None,
        job_name: str | None = None,
        run_config: Any = None,
        run_config_fn: Callable[..., Any] | None = None,
        tags: Mapping[str, str] | None = None,
        tags_fn: Callable[..., Any] | None = None,
        metadata: Mapping[str, Any] | None = None,
        should_execute: Callable[..., bool] | None = None,
        environment_vars: Mapping[str, str] | None = None,
        execution_timezone: str | None = None,
        execution_fn: Callable[..., Any] | None = None,
        description: str | None = None,
        job: Any = None,
        default_status: DefaultScheduleStatus = DefaultScheduleStatus.STOPPED,
        required_resource_keys: Set[str] | None = None,
        target: Any = None,
        owners: Sequence[str] | None = None,
    ) -> None:
        _check_functions(locals())
        if not isinstance(cron_schedule, (str, list, tuple)):
            raise ParameterCheckError("cron_schedule", cron_schedule, "a str or a list of str")
        check_string_keys("tags", tags)
        self.target = _target(name, job, job_name, target)
        self.name = checked_name(f"{self.target.job_name}_schedule" if name is None else name)
        self.spec = ScheduleSpec(
            name=self.name,
            cron_schedule=cron_schedule,
            job_name=self.target.job_name,
            execution_timezone=execution_timezone,
            default_status=default_status,
            description=description,
            tags=run_tags(tags),
            metadata=normalize_metadata(metadata or {}),
            owners=checked_owners(owners, f"schedule '{self.name}'") if owners else None,
            required_resource_keys=_required_resource_keys(required_resource_keys, execution_fn),
            environment_vars=environment_vars,
        )
        _check_times(self.spec)
        self.run_config = run_config
        self.run_config_fn = run_config_fn
        self.tags_fn = tags_fn
        self.should_execute = should_execute
        self.execution_fn = execution_fn
        self._written_at = "" if place_of(self._function) else place_of_caller()

    def __repr__(self) -> str:
        return f"ScheduleDefinition({self.name!r}, cron_schedule={self.spec.cron_schedule!r}, job_name={self.job_name!r})"

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the decorated function, as a test does: with the context that `build_schedule_context` makes.

        Raises:
            DagsterInvalidInvocationError: it was not made by `@schedule`, or a context is missing or too much.
        """
        if not isinstance(self.execution_fn, TickFunction):
            raise DagsterInvalidInvocationError(
                f"Schedule '{self.name}' has no function of its own to call: only schedules made by @schedule do."
            )
        return called_directly(
            self.execution_fn, args, kwargs, kind="schedule", name=self.name, context_type=ScheduleEvaluationContext
        )

    @property
    def __wrapped__(self) -> Callable[..., Any]:
        """The decorated function."""
        if not isinstance(self.execution_fn, TickFunction):
            raise AttributeError("__wrapped__")
        return self.execution_fn.function

    @property
    def place(self) -> str:
        """File and line of its function; where it is written, if it has none."""
        return place_of(self._function) or self._written_at

    @property
    def _function(self) -> Callable[..., Any] | None:
        return self.execution_fn.function if isinstance(self.execution_fn, TickFunction) else self.execution_fn

    @property
    def cron_schedule(self) -> CronSchedule:
        """When, as it was given."""
        return self.spec.cron_schedule

    @property
    def execution_timezone(self) -> str | None:
        """Of the cron strings; None stands for UTC."""
        return self.spec.execution_timezone

    @property
    def default_status(self) -> DefaultScheduleStatus:
        """Whether it runs before anybody has switched it on or off."""
        return self.spec.default_status

    @property
    def environment_vars(self) -> Mapping[str, str] | None:
        """Of early versions; kept and not read."""
        return self.spec.environment_vars

    @property
    def owners(self) -> Sequence[str] | None:
        """E-mail addresses and teams."""
        return self.spec.owners

    @property
    def has_job(self) -> bool:
        """Whether the job itself was given, not only its name."""
        return self.target.job is not None

    @property
    def has_anonymous_job(self) -> bool:
        """Whether its job was made of assets for it alone."""
        return self.target.has_anonymous_job

    @property
    def job_name(self) -> str:
        """The name of the job that it starts."""
        return self.target.job_name

    @property
    def job(self) -> Any:
        """The job that it starts.

        Raises:
            DagsterInvalidDefinitionError: only its name was given.
        """
        if self.target.job is None:
            raise DagsterInvalidDefinitionError(f"No job was provided to ScheduleDefinition '{self.name}', only the name of one.")
        return self.target.job

    def evaluate_tick(self, context: ScheduleEvaluationContext) -> ScheduleExecutionData:
        """What the schedule says at the time that the context names, as a daemon would ask it. Nothing is stored or started.

        Args:
            context: made by `build_schedule_context`; runs of partitions need its repository.

        Returns:
            ScheduleExecutionData: the runs it asks for, with the config and tags of their partitions; or why there are none.

        Raises:
            ScheduleExecutionError: a function of the schedule raised.
            CheckError: it said something else than a schedule may say.
            DagsterUnknownPartitionError: it asks for a partition that is not there.

        Example:
            >>> nightly = ScheduleDefinition(job=define_asset_job("load"), cron_schedule="0 2 * * *", tags={"why": "night"})
            >>> [request.tags for request in nightly.evaluate_tick(build_schedule_context()).run_requests]
            [{'why': 'night', 'dagster/schedule_name': 'load_schedule'}]
        """
        from dagster.define.doors import schedule_tick

        return schedule_tick(self, context)

    def with_updated_job(self, new_job: Any) -> ScheduleDefinition:
        """The same schedule starting another job."""
        return self.with_attributes(job=new_job)

    def with_attributes(self, *, job: Any = None, metadata: Mapping[str, Any] | None = None) -> ScheduleDefinition:
        """The same schedule with another job or other metadata."""
        changed = copy(self)
        if job is not None:
            changed.target = job_target(job)
            changed.spec = replace(changed.spec, job_name=changed.target.job_name)
        if metadata is not None:
            changed.spec = replace(changed.spec, metadata=normalize_metadata(metadata))
        return changed


def _target(name: str | None, job: Any, job_name: str | None, target: Any) -> AutomationTarget:
    check_optional("name", name, str)
    check_optional("job_name", job_name, str)
    given = [each for each in (job, job_name, target) if each is not None]
    if not given:
        raise CheckError(f"A schedule starts something. Give target, job or job_name{f' to schedule {name!r}' if name else ''}.")
    if len(given) > 1:
        raise DagsterInvalidDefinitionError(
            "Attempted to provide more than one of 'job', 'job_name', and 'target' params to ScheduleDefinition. Must provide "
            "only one."
        )
    if job is not None:
        return job_target(job)
    if job_name is not None:
        return named_target(job_name)
    if name is None:
        raise CheckError(
            "If you specify target you must specify schedule name: a schedule of assets has no job to be named after."
        )
    return target_of(target, name)


def _check_functions(given: Mapping[str, Any]) -> None:
    for param in ("should_execute", "run_config_fn", "tags_fn"):
        check_callable(param, given[param])
    check_argument("default_status", given["default_status"], DefaultScheduleStatus)
    _refuse_both("run_config_fn", "run_config", given)
    _refuse_both("tags_fn", "tags", given)
    if given["execution_fn"] is not None and any(given[param] for param in ("run_config_fn", "tags_fn", "should_execute")):
        raise DagsterInvalidDefinitionError(
            "A schedule whose execution_fn says what to run takes no run_config_fn, tags_fn or should_execute beside it. Put "
            "them into the function."
        )


def _refuse_both(one: str, other: str, given: Mapping[str, Any]) -> None:
    if given[one] and given[other]:
        raise DagsterInvalidDefinitionError(
            f"Attempted to provide both {one} and {other} as arguments to ScheduleDefinition. Must provide only one of the two."
        )


def _required_resource_keys(given: Set[str] | None, execution_fn: Any) -> frozenset[str]:
    own = execution_fn.resource_names if isinstance(execution_fn, TickFunction) else frozenset[str]()
    return frozenset(given or ()) | own


def _check_times(spec: ScheduleSpec) -> None:
    of_what = f"schedule '{spec.name}'"
    for cron in spec.cron_schedules or [spec.cron_schedule]:
        checked_cron_schedule(cron, of_what)
    check_optional("execution_timezone", spec.execution_timezone, str)
    if spec.execution_timezone:
        checked_timezone(spec.execution_timezone, of_what)


def schedule(
    cron_schedule: CronSchedule,
    *,
    job_name: str | None = None,
    name: str | None = None,
    tags: Mapping[str, str] | None = None,
    tags_fn: Callable[..., Any] | None = None,
    metadata: Mapping[str, Any] | None = None,
    should_execute: Callable[..., bool] | None = None,
    environment_vars: Mapping[str, str] | None = None,
    execution_timezone: str | None = None,
    description: str | None = None,
    job: Any = None,
    default_status: DefaultScheduleStatus = DefaultScheduleStatus.STOPPED,
    required_resource_keys: Set[str] | None = None,
    target: Any = None,
    owners: Sequence[str] | None = None,
) -> Callable[[Callable[..., Any]], ScheduleDefinition]:
    """Make a schedule out of the function that says at each tick what to run.

    The function returns a `RunRequest`, a list of them, a `SkipReason`, run config as a dict, or yields run requests.

    Args:
        cron_schedule: when, as one cron string or several.
        name: unique among schedules and sensors; without: the function's name.
        job_name, job, target, tags, tags_fn, metadata, should_execute, environment_vars, execution_timezone, description,
            default_status, required_resource_keys, owners: as of `ScheduleDefinition`.

    Example:
        >>> @schedule("0 9 * * *", target="*", execution_timezone="Europe/Berlin")
        ... def morning(context: ScheduleEvaluationContext):
        ...     return RunRequest(tags={"why": "morning"})
        >>> morning(build_schedule_context()).tags
        {'why': 'morning'}
    """
    given = {argument: value for argument, value in locals().items() if argument not in ("name", "tags_fn", "should_execute")}
    _refuse_both("tags_fn", "tags", {"tags_fn": tags_fn, "tags": tags})

    def decorate(function: Callable[..., Any]) -> ScheduleDefinition:
        tick = tick_function(function, "@schedule", frozenset(required_resource_keys or ()))
        made = ScheduleDefinition(name or function.__name__, execution_fn=tick, **given)  # pyright: ignore[reportArgumentType]
        for param, value in (("tags_fn", tags_fn), ("should_execute", should_execute)):
            check_callable(param, value)
        # Beside a decorated function they stand; ScheduleDefinition itself takes only one of the two.
        made.tags_fn, made.should_execute = tags_fn, should_execute
        made.__name__ = function.__name__  # pyright: ignore[reportAttributeAccessIssue] - as a decorator's result has it
        return made

    return decorate
