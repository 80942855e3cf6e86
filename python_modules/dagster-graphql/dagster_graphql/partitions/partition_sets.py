"""Partition sets: the partitions of a job under a name, with the latest run of each."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dagster.errors import DagsterInvariantViolationError
from dagster.runs.runs import RunRecord
from dagster.runs.tags import PARTITION_NAME_TAG, PARTITION_SET_TAG
from dagster.specs.schedules import ScheduleSpec
from dagster_graphql.catalogs import Repository
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.errors.errors import PartitionSetNotFoundError
from dagster_graphql.jobs.jobs import jobs_of
from dagster_graphql.partitions.jobs import Job, PartitionOfJob, part_of_keys, run_config_or_error, tags_or_error
from dagster_graphql.permissions.permissions import CANCEL_BACKFILL, LAUNCH_BACKFILL
from dagster_graphql.runs.runs import run_records
from dagster_graphql.selectors import Input
from dagster_graphql.workspace.locations import origin_of, repository_selected

DOMAIN = Domain.beside(__file__)


class PartitionSet(msgspec.Struct, frozen=True):
    """The partitions of a job under a name."""

    job: Job

    @property
    def name(self) -> str:
        """As it stands in the tags of runs."""
        return f"{self.job.value.name}_partition_set"

    def keys(self, context: RequestContext) -> Sequence[str]:
        """The keys that there are now."""
        return part_of_keys(self.job.value.partitions_def, context)


class PartitionSets(msgspec.Struct, frozen=True):
    """The partition sets of a job."""

    results: list[PartitionSet]


class PartitionOfSet(msgspec.Struct, frozen=True):
    """A partition of a set, whether there is one of this name or not."""

    partition_set: PartitionSet
    name: str

    @property
    def of_job(self) -> PartitionOfJob:
        """The same as a partition of the job."""
        return PartitionOfJob(job=self.partition_set.job, name=self.name)


class Partitions(msgspec.Struct, frozen=True):
    """Partitions of a set."""

    results: list[PartitionOfSet]


class LatestRun(msgspec.Struct, frozen=True, kw_only=True):
    """The latest run for a partition of a set; None where there was none."""

    id: str
    partition_name: str
    run: RunRecord | None

    @property
    def duration_seconds(self) -> float | None:
        """From its start to its end; None for one that did not end."""
        if self.run is None or self.run.start_time is None or self.run.end_time is None:
            return None
        return self.run.end_time - self.run.start_time


class PartitionStatuses(msgspec.Struct, frozen=True):
    """The latest run for each partition of a set."""

    results: list[LatestRun]


def _latest_runs(partition_set: PartitionSet, context: RequestContext) -> list[LatestRun]:
    """One query."""
    runs = context.loaders.runs_by_partition.load(partition_set.name) or {}
    return [
        LatestRun(id=f"{partition_set.name}:{key}", partition_name=key, run=runs.get(key)) for key in partition_set.keys(context)
    ]


def _status(partition: PartitionOfSet, context: RequestContext) -> object:
    runs = context.loaders.runs_by_partition.load(partition.partition_set.name) or {}
    run = runs.get(partition.name)
    return run.dagster_run.status if run is not None else None


def _runs(
    partition: PartitionOfSet,
    context: RequestContext,
    *,
    filter: Input | None = None,
    cursor: str | None = None,
    limit: int | None = None,
) -> list[RunRecord]:
    named = ((PARTITION_SET_TAG, partition.partition_set.name), (PARTITION_NAME_TAG, partition.name))
    given = filter or {}
    tags = [*(given.get("tags") or ()), *({"key": key, "value": value} for key, value in named)]
    return run_records(context, {**given, "tags": tags}, cursor, limit)


def _partitions(
    partition_set: PartitionSet,
    context: RequestContext,
    *,
    cursor: str | None = None,
    limit: int | None = None,
    reverse: bool | None = None,
) -> object:
    from dagster.events.failures import error_info

    try:
        keys = part_of_keys(partition_set.job.value.partitions_def, context, cursor, limit, bool(reverse))
    except Exception as refused:
        return error_info(refused)
    return Partitions([PartitionOfSet(partition_set, key) for key in keys])


def sets_of(repository: Repository) -> list[PartitionSet]:
    """The partition sets of a repository, in the order of their names; one for each job that has partitions."""
    return [PartitionSet(job) for job in jobs_of(repository) if job.value.partitions_def is not None]


DOMAIN.type("Repository", Repository, {"partitionSets": sets_of})
DOMAIN.placed_type("Schedule", ScheduleSpec, {"partitionSet": lambda _schedule: None})
DOMAIN.type(
    "PartitionSet",
    PartitionSet,
    {
        "id": lambda each: f"{each.job.location.name}:{each.name}",
        "pipelineName": lambda each: each.job.value.name,
        "solidSelection": lambda _each: None,
        "mode": lambda _each: "default",
        "repositoryOrigin": lambda each: origin_of(Repository(each.job.location)),
    },
    {
        "partitionsOrError": _partitions,
        "partitionStatusesOrError": lambda each, context: PartitionStatuses(_latest_runs(each, context)),
        "partitionRuns": _latest_runs,
        "hasLaunchBackfillPermission": lambda _each, context: context.permits(LAUNCH_BACKFILL),
        "hasCancelBackfillPermission": lambda _each, context: context.permits(CANCEL_BACKFILL),
    },
)
DOMAIN.type("PartitionSets", PartitionSets)
DOMAIN.type("Partitions", Partitions)
DOMAIN.type(
    "Partition",
    PartitionOfSet,
    {
        "partitionSetName": lambda partition: partition.partition_set.name,
        "solidSelection": lambda _partition: None,
        "mode": lambda _partition: "default",
    },
    {
        "runConfigOrError": lambda partition, context: run_config_or_error(partition.of_job, context),
        "tagsOrError": lambda partition, context: tags_or_error(partition.of_job, context),
        "runs": _runs,
        "status": _status,
    },
)
DOMAIN.type("PartitionRun", LatestRun)
DOMAIN.type("PartitionStatuses", PartitionStatuses)
DOMAIN.type(
    "PartitionStatus",
    LatestRun,
    {
        "runId": lambda each: each.run.dagster_run.run_id if each.run is not None else None,
        "runStatus": lambda each: each.run.dagster_run.status if each.run is not None else None,
        "runDuration": lambda each: each.duration_seconds,
    },
)


@DOMAIN.field("PartitionSet", "partition")
def _partition(partition_set: PartitionSet, _context: RequestContext, *, partition_name: str) -> PartitionOfSet:
    return PartitionOfSet(partition_set, partition_name)


@DOMAIN.query("partitionSetsOrError")
def partition_sets(context: RequestContext, *, repository_selector: Input, pipeline_name: str) -> PartitionSets:
    """The partition set of a job, if it has partitions."""
    repository = repository_selected(context, repository_selector)
    found = sets_of(repository) if isinstance(repository, Repository) else []
    return PartitionSets([each for each in found if each.job.value.name == pipeline_name])


@DOMAIN.query("partitionSetOrError")
def partition_set(context: RequestContext, *, repository_selector: Input, partition_set_name: str | None = None) -> object:
    """A partition set.

    Raises:
        DagsterInvariantViolationError: none is named.
    """
    if partition_set_name is None:
        raise DagsterInvariantViolationError("Name a partition set: `partitionSetName` is missing.")
    repository = repository_selected(context, repository_selector)
    found = sets_of(repository) if isinstance(repository, Repository) else []
    missing = PartitionSetNotFoundError(
        message=f"Partition set {partition_set_name} could not be found.", partition_set_name=partition_set_name
    )
    return next((each for each in found if each.name == partition_set_name), missing)
