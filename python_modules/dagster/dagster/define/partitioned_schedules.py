"""Schedules that follow from partitions: each tick asks for the partition that has just ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from dagster.arguments import check_optional
from dagster.define.functions import place_of_caller
from dagster.define.schedule_contexts import ScheduleEvaluationContext
from dagster.define.schedules import ScheduleDefinition
from dagster.define.targets import is_job
from dagster.define.tick_functions import tick_function
from dagster.errors import CheckError, DagsterInvalidDefinitionError, ParameterCheckError
from dagster.partitions.definitions import PartitionsDefinition
from dagster.partitions.loading import partition_loading_context
from dagster.partitions.multi import MultiPartitionsDefinition
from dagster.partitions.static import StaticPartitionsDefinition
from dagster.partitions.time_windows import TimeWindowPartitionsDefinition
from dagster.runs.requests import SkipReason
from dagster.specs.names import checked_name
from dagster.specs.schedules import DefaultScheduleStatus


class UnresolvedPartitionedAssetScheduleDefinition(msgspec.Struct, frozen=True, kw_only=True):
    """A schedule of a job whose partitions are those of its assets, which are not looked up yet.

    Attributes:
        name: unique among schedules and sensors.
        job: the job.
        moment: minute, hour and day of each tick, as given.
        cron_schedule, execution_timezone: for partitions that say nothing about time.
        options: what else `ScheduleDefinition` takes.
        place: file and line where it is written.
    """

    name: str
    job: Any
    moment: Mapping[str, int | None]
    cron_schedule: str | None = None
    execution_timezone: str | None = None
    options: Mapping[str, Any] = {}
    place: str = ""

    @property
    def job_name(self) -> str:
        """The job that it starts."""
        return self.job.name

    @property
    def has_job(self) -> bool:
        """Whether the job itself was given; it always was."""
        return True

    def resolve(self, resolved_job: Any) -> ScheduleDefinition:
        """The schedule, now that the partitions of the job's assets are known.

        Raises:
            CheckError: the job has no partitions, or the arguments do not fit them.
            DagsterInvalidDefinitionError: its partitions are of a kind that has no times.
        """
        partitions = resolved_job.partitions_def
        if partitions is None:
            raise CheckError(
                f"Job '{self.job.name}' provided to build_schedule_from_partitioned_job must contain partitioned assets or a "
                "partitions definition."
            )
        return _schedule(self, partitions, resolved_job)


def build_schedule_from_partitioned_job(
    job: Any,
    description: str | None = None,
    name: str | None = None,
    minute_of_hour: int | None = None,
    hour_of_day: int | None = None,
    day_of_week: int | None = None,
    day_of_month: int | None = None,
    default_status: DefaultScheduleStatus = DefaultScheduleStatus.STOPPED,
    tags: Mapping[str, str] | None = None,
    cron_schedule: str | None = None,
    execution_timezone: str | None = None,
    metadata: Mapping[str, Any] | None = None,
    owners: Sequence[str] | None = None,
) -> Any:
    """The schedule that follows from the partitions of a job: at the end of each window it asks for that window's partition.

    Args:
        job: with partitions of its own or of its assets.
        description: Markdown for people.
        name: without: the job's name and `_schedule`.
        minute_of_hour, hour_of_day, day_of_week, day_of_month: when, where that differs from the end of the window.
        default_status: whether it runs before anybody has switched it on or off.
        tags: of the runs.
        cron_schedule, execution_timezone: when, for static partitions, which say nothing about time; each tick asks for all.
        metadata: shown with the schedule.
        owners: e-mail addresses or `team:name`.

    Raises:
        CheckError: the arguments contradict each other or the partitions.
        DagsterInvalidDefinitionError: the partitions are of a kind that has no times.

    Example:
        >>> daily = DailyPartitionsDefinition(start_date="2024-01-01")
        >>> job = define_asset_job("report", partitions_def=daily)
        >>> build_schedule_from_partitioned_job(job, hour_of_day=3).cron_schedule
        '0 3 * * *'
    """
    moment = {
        "minute_of_hour": minute_of_hour,
        "hour_of_day": hour_of_day,
        "day_of_week": day_of_week,
        "day_of_month": day_of_month,
    }
    if not is_job(job):
        raise ParameterCheckError("job", job, "a job")
    check_optional("cron_schedule", cron_schedule, (str, list, tuple))
    if (cron_schedule or execution_timezone) and any(part is not None for part in moment.values()):
        raise CheckError(
            "Cannot provide both cron_schedule / execution_timezone parameters and "
            "day_of_month / day_of_week / hour_of_day / minute_of_hour parameters to build_schedule_from_partitioned_job."
        )
    options = {
        "description": description,
        "default_status": default_status,
        "tags": tags,
        "metadata": metadata,
        "owners": owners,
    }
    unresolved = UnresolvedPartitionedAssetScheduleDefinition(
        name=checked_name(name or f"{job.name}_schedule"),
        job=job,
        moment=moment,
        cron_schedule=cron_schedule,
        execution_timezone=execution_timezone,
        options=options,
        place=place_of_caller(),
    )
    return unresolved if job.partitions_def is None else _schedule(unresolved, job.partitions_def, job)


def _schedule(
    declared: UnresolvedPartitionedAssetScheduleDefinition, partitions: PartitionsDefinition, job: Any
) -> ScheduleDefinition:
    cron, timezone = _times(declared, partitions)

    def next_partition(context: ScheduleEvaluationContext) -> Any:
        return _requests(job, partitions, context, declared.options["tags"])

    return ScheduleDefinition(
        declared.name,
        cron_schedule=cron,
        execution_timezone=timezone,
        job=declared.job,
        execution_fn=tick_function(next_partition, "build_schedule_from_partitioned_job"),
        **declared.options,
    )


def _times(declared: UnresolvedPartitionedAssetScheduleDefinition, partitions: PartitionsDefinition) -> tuple[str, str | None]:
    windows = _windows_of(partitions)
    if windows is not None:
        if declared.cron_schedule or declared.execution_timezone:
            raise CheckError(
                "Cannot provide cron_schedule or execution_timezone to build_schedule_from_partitioned_job for a "
                "time-partitioned job: its windows say when."
            )
        if all(part is None for part in declared.moment.values()):
            return windows.cron_schedule, windows.timezone
        return windows.get_cron_schedule(**declared.moment), windows.timezone
    if not isinstance(partitions, StaticPartitionsDefinition):
        raise DagsterInvalidDefinitionError(
            f"Tried to build a partitioned schedule from job '{declared.job.name}', but received an invalid partitions "
            f"definition, {partitions!r}. It takes time windows, several dimensions of which one is time windows, or static ones."
        )
    if declared.cron_schedule is None:
        raise CheckError("Creating a schedule from a static partitions definition requires a cron schedule.")
    return declared.cron_schedule, declared.execution_timezone


def _windows_of(partitions: PartitionsDefinition) -> TimeWindowPartitionsDefinition | None:
    if isinstance(partitions, TimeWindowPartitionsDefinition):
        return partitions
    if isinstance(partitions, MultiPartitionsDefinition) and partitions.has_time_window_dimension:
        return partitions.time_window_partitions_def
    return None


def _requests(
    job: Any, partitions: PartitionsDefinition, context: ScheduleEvaluationContext, tags: Mapping[str, str] | None
) -> Any:
    with partition_loading_context(effective_dt=context.scheduled_execution_time):
        keys = _keys(partitions)
    if not keys:
        return SkipReason("The job's PartitionsDefinition has no partitions")
    moment = context.scheduled_execution_time
    requests = [job.run_request_for_partition(key, run_key=key, tags=tags, current_time=moment) for key in keys]
    return requests[0] if len(requests) == 1 else requests


def _keys(partitions: PartitionsDefinition) -> Sequence[str]:
    windows = _windows_of(partitions)
    if windows is None:
        return list(partitions.get_partition_keys())
    last = windows.get_last_partition_key()
    if last is None or not isinstance(partitions, MultiPartitionsDefinition):
        return [] if last is None else [last]
    return list(partitions.get_multipartition_keys_with_dimension_value(partitions.time_window_dimension.name, last))
