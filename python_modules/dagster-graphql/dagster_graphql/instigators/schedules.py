"""Schedules. The value of a `Schedule` is what its code location declares."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import msgspec

from dagster.automation.schedule_times import times_of
from dagster.runs.instigators import InstigatorStatus
from dagster.specs.jobs import JobSpec
from dagster.specs.schedules import ScheduleSpec
from dagster_graphql.catalogs import Placed, Repository
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.errors.errors import RepositoryNotFoundError, ScheduleNotFoundError
from dagster_graphql.instigators.states import (
    FutureTick,
    FutureTicks,
    Standing,
    cron_text,
    expect_states,
    instigator_named,
    is_running,
    selection_of_target,
    selector_text,
    state_of,
    switch,
)
from dagster_graphql.jobs.jobs import owners_of
from dagster_graphql.metadata.metadata import entries_of, tags_of
from dagster_graphql.permissions.permissions import DRY_RUN_SCHEDULE, START_SCHEDULE, STOP_SCHEDULE
from dagster_graphql.selectors import Input
from dagster_graphql.workspace.locations import repository_selected

DOMAIN = Domain.beside(__file__)

MOST_TIMES = 1000
LOOK_AHEAD_SECONDS = 366 * 86400.0 * 50
_FIRST_LOOK_BACK_SECONDS = 86400.0

Declared = Placed[ScheduleSpec]


class Schedules(msgspec.Struct, frozen=True):
    """Schedules."""

    results: list[Declared]


class Scheduler(msgspec.Struct, frozen=True):
    """What asks schedules when they are due."""

    scheduler_class: str


class ScheduleStateResult(msgspec.Struct, frozen=True):
    """Where a schedule stands after it was switched."""

    schedule_state: Standing


def times_after(spec: ScheduleSpec, after: float, most: int, until: float | None = None) -> list[int]:
    """The next times of a schedule, in order."""
    end = after + LOOK_AHEAD_SECONDS if until is None else until
    return list(islice(times_of(spec, after, end), most))


def times_before(spec: ScheduleSpec, before: float, most: int) -> list[int]:
    """The last times of a schedule, in order."""
    span, found = _FIRST_LOOK_BACK_SECONDS, list[int]()
    while most and len(found) < most and span <= LOOK_AHEAD_SECONDS:
        found = list(times_of(spec, before - span, before - 1))
        span *= 10
    return found[-most:] if most else []


def _can_reset(declared: Declared, context: RequestContext) -> bool:
    state = state_of(Standing(declared), context)
    return state is not None and state.status is not InstigatorStatus.DECLARED_IN_CODE


DOMAIN.placed_type(
    "Schedule",
    ScheduleSpec,
    {
        "id": selector_text,
        "name": lambda declared: declared.value.name,
        "cronSchedule": lambda declared: cron_text(declared.value),
        "pipelineName": lambda declared: declared.value.job_name,
        "solidSelection": lambda _declared: None,
        "mode": lambda _declared: "default",
        "executionTimezone": lambda declared: declared.value.execution_timezone or "UTC",
        "description": lambda declared: declared.value.description,
        "defaultStatus": lambda declared: declared.value.default_status,
        "scheduleState": lambda declared: Standing(declared),
        "owners": lambda declared: owners_of(declared.value.owners),
        "tags": lambda declared: tags_of(declared.value.tags),
        "metadataEntries": lambda declared: entries_of(declared.value.metadata),
    },
    {
        "assetSelection": lambda declared, context: selection_of_target(declared, declared.value.job_name, context),
        "canReset": _can_reset,
    },
)
DOMAIN.type("Schedules", Schedules)
DOMAIN.type("Scheduler", Scheduler)
DOMAIN.type("ScheduleStateResult", ScheduleStateResult)


@DOMAIN.field("Schedule", "futureTicks")
def _future_ticks(
    declared: Declared,
    context: RequestContext,
    *,
    cursor: float | None = None,
    limit: int | None = None,
    until: float | None = None,
) -> FutureTicks:
    after = context.now() if cursor is None else cursor - 1
    most = min(limit or (MOST_TIMES if until is not None else 10), MOST_TIMES)
    times = times_after(declared.value, after, most, until)
    return FutureTicks(
        results=[FutureTick(declared=declared, timestamp=float(time)) for time in times],
        cursor=times[-1] + 1.0 if times else after + 1.0,
    )


@DOMAIN.field("Schedule", "futureTick")
def _future_tick(declared: Declared, _context: RequestContext, *, tick_timestamp: int) -> FutureTick:
    return FutureTick(declared=declared, timestamp=float(tick_timestamp))


@DOMAIN.field("Schedule", "potentialTickTimestamps")
def _potential_times(
    declared: Declared,
    context: RequestContext,
    *,
    start_timestamp: float | None = None,
    upper_limit: int | None = None,
    lower_limit: int | None = None,
) -> list[float]:
    at = context.now() if start_timestamp is None else start_timestamp
    before = times_before(declared.value, at, min(10 if lower_limit is None else lower_limit, MOST_TIMES))
    after = times_after(declared.value, at - 1, min(10 if upper_limit is None else upper_limit, MOST_TIMES))
    return [float(time) for time in (*before, *after)]


def schedules_of(repository: Repository, context: RequestContext) -> list[Declared]:
    """The schedules of a code location, in the order of their names."""
    name = repository.location.name
    found = [each for (location, _), each in context.catalog.schedules.items() if location == name]
    expect_states(context, found)
    return sorted(found, key=lambda each: each.value.name)


def _schedules_of_job(job: Placed[JobSpec], context: RequestContext) -> list[Declared]:
    found = schedules_of(Repository(job.location), context)
    return [each for each in found if each.value.job_name == job.value.name]


DOMAIN.type("Repository", Repository, None, {"schedules": schedules_of})
for _name in ("Job", "Pipeline", "PipelineSnapshot"):
    DOMAIN.placed_type(_name, JobSpec, None, {"schedules": _schedules_of_job})


def schedule_selected(context: RequestContext, selector: Input) -> Declared | RepositoryNotFoundError | ScheduleNotFoundError:
    """The schedule that a selector names."""
    repository = repository_selected(context, selector)
    if not isinstance(repository, Repository):
        return repository
    name: str = selector["schedule_name"]
    found = context.catalog.schedules.get((repository.location.name, name))
    return found or ScheduleNotFoundError(message=f"Schedule {name} could not be found.", schedule_name=name)


def _known(context: RequestContext, selector: Input) -> Declared | ScheduleNotFoundError:
    """The same where the API has no place for a repository that is missing."""
    found = schedule_selected(context, selector)
    if isinstance(found, RepositoryNotFoundError):
        return ScheduleNotFoundError(message=found.message, schedule_name=selector["schedule_name"])
    return found


@DOMAIN.query("scheduler")
def scheduler(_context: RequestContext) -> Scheduler:
    """What asks schedules when they are due: a loop of the daemon."""
    return Scheduler("DagsterDaemonScheduler")


@DOMAIN.query("scheduleOrError")
def schedule(context: RequestContext, *, schedule_selector: Input) -> object:
    """A schedule."""
    return _known(context, schedule_selector)


@DOMAIN.query("schedulesOrError")
def schedules(context: RequestContext, *, repository_selector: Input, schedule_status: str | None = None) -> object:
    """The schedules of a repository; those that are on or off where this is asked for."""
    repository = repository_selected(context, repository_selector)
    if not isinstance(repository, Repository):
        return repository
    return Schedules(with_status(context, schedules_of(repository, context), schedule_status))


def with_status(context: RequestContext, found: Sequence[Declared], status: str | None) -> list[Declared]:
    """Those that are on or off; all of them for None."""
    return [each for each in found if status is None or is_running(Standing(each), context) == (status == "RUNNING")]


@DOMAIN.mutation("startSchedule", permission=START_SCHEDULE)
def start_schedule(context: RequestContext, *, schedule_selector: Input) -> object:
    """Switches a schedule on."""
    return _switched(context, _known(context, schedule_selector), InstigatorStatus.RUNNING)


@DOMAIN.mutation("resetSchedule", permission=START_SCHEDULE)
def reset_schedule(context: RequestContext, *, schedule_selector: Input) -> object:
    """Has a schedule on or off as it is declared."""
    return _switched(context, _known(context, schedule_selector), InstigatorStatus.DECLARED_IN_CODE)


@DOMAIN.mutation("stopRunningSchedule", permission=STOP_SCHEDULE)
def stop_schedule(
    context: RequestContext,
    *,
    id: str | None = None,
    schedule_origin_id: str | None = None,
    schedule_selector_id: str | None = None,
) -> object:
    """Switches a schedule off."""
    named = id or schedule_selector_id or schedule_origin_id or ""
    found = instigator_named(context, named)
    if found is None or not isinstance(found.value, ScheduleSpec):
        return ScheduleNotFoundError(message=f"Schedule {named} could not be found.", schedule_name=named)
    return ScheduleStateResult(switch(context, found, InstigatorStatus.STOPPED))


def _switched(context: RequestContext, found: Declared | ScheduleNotFoundError, status: InstigatorStatus) -> object:
    return ScheduleStateResult(switch(context, found, status)) if isinstance(found, Placed) else found


@DOMAIN.mutation("scheduleDryRun", permission=DRY_RUN_SCHEDULE)
def dry_run(context: RequestContext, *, selector_data: Input, timestamp: float | None = None) -> object:
    """What a schedule says at a time. Nothing is stored and nothing is started."""
    found = _known(context, selector_data)
    moment = context.now() if timestamp is None else timestamp
    return FutureTick(declared=found, timestamp=moment) if isinstance(found, Placed) else found
