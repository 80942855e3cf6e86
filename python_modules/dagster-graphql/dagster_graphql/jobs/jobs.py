"""Jobs. The value of a `Job`, a `Pipeline` or a `PipelineSnapshot` is what the job's code location declares."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence

import msgspec

from dagster.runs.runs import RunRecord, RunsFilter
from dagster.runs.tags import CODE_LOCATION_TAG
from dagster.specs.jobs import JobSpec
from dagster.workspace.descriptions import wire_form
from dagster_graphql.catalogs import Placed, Repository
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.errors.errors import PipelineSnapshotNotFoundError
from dagster_graphql.metadata.metadata import entries_of
from dagster_graphql.permissions.permissions import LAUNCH, REEXECUTE
from dagster_graphql.selectors import Input, job_selected
from dagster_graphql.workspace.locations import Pair

DOMAIN = Domain.beside(__file__)

MOST_RUNS = 1000


class InvalidSubsetError(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a job was asked for that it does not have."""

    message: str
    pipeline: Placed[JobSpec]


class UserDefinitionOwner(msgspec.Struct, frozen=True):
    """A person."""

    email: str


class TeamDefinitionOwner(msgspec.Struct, frozen=True):
    """A team."""

    team: str


DEFAULT_PRESET = "default"


class Preset(msgspec.Struct, frozen=True):
    """The config that a job declares, under the only name that there is for it.

    Attributes:
        run_config_yaml: as it is declared.
    """

    run_config_yaml: str


def presets_of(job: Placed[JobSpec], context: RequestContext) -> list[Preset]:
    """The config that a job declares; none where it declares none, or a function makes it."""
    declared = context.structure(job).declared_config
    return [Preset(declared)] if declared is not None else []


def owners_of(owners: Sequence[str] | None) -> list[UserDefinitionOwner | TeamDefinitionOwner]:
    """Owners as they are written: an address, or `team:` and a name."""
    return [
        TeamDefinitionOwner(owner.removeprefix("team:")) if owner.startswith("team:") else UserDefinitionOwner(owner)
        for owner in owners or ()
    ]


def pairs_of(tags: Mapping[str, str]) -> list[Pair]:
    """A tag per key, in their order."""
    return [Pair(key, value) for key, value in sorted(tags.items())]


def snapshot_id(job: Placed[JobSpec]) -> str:
    """The same for as long as what is declared of the job is the same."""
    return hashlib.sha1(wire_form(job.value), usedforsecurity=False).hexdigest()


def _runs(
    job: Placed[JobSpec], context: RequestContext, *, cursor: str | None = None, limit: int | None = None
) -> Sequence[RunRecord]:
    wanted = RunsFilter(job_name=job.value.name, tags={CODE_LOCATION_TAG: job.location.name})
    return context.instance.get_run_records(wanted, limit=min(limit or MOST_RUNS, MOST_RUNS), cursor=cursor)


_SNAPSHOT: Mapping[str, Callable[[Placed[JobSpec]], object]] = {
    "name": lambda job: job.value.name,
    "description": lambda job: job.value.description,
    "owners": lambda job: owners_of(job.value.owners),
    "pipelineSnapshotId": snapshot_id,
    "tags": lambda job: pairs_of(job.value.tags),
    "runTags": lambda job: pairs_of(job.value.run_tags),
    "metadataEntries": lambda job: entries_of(job.value.metadata),
    "parentSnapshotId": lambda _job: None,
    "graphName": lambda job: job.value.graph_name or job.value.name,
    "externalJobSource": lambda _job: None,
}
_ACTIVE: Mapping[str, Callable[[Placed[JobSpec]], object]] = {
    **_SNAPSHOT,
    "id": lambda job: f"{job.location.name}:{job.value.name}",
    "isJob": lambda _job: True,
    "isAssetJob": lambda job: bool(job.value.asset_keys),
    "repository": lambda job: Repository(job.location),
}
_ASKED: Mapping[str, Callable[[Placed[JobSpec], RequestContext], object]] = {
    "presets": lambda job, context: presets_of(job, context),
    "runs": _runs,
    "hasLaunchExecutionPermission": lambda _job, context: context.permits(LAUNCH),
    "hasLaunchReexecutionPermission": lambda _job, context: context.permits(REEXECUTE),
}

DOMAIN.placed_type("Job", JobSpec, _ACTIVE, _ASKED)
DOMAIN.placed_type("Pipeline", JobSpec, _ACTIVE, _ASKED)
DOMAIN.placed_type(
    "PipelineSnapshot",
    JobSpec,
    {**_SNAPSHOT, "id": snapshot_id, "solidSelection": lambda _job: None},
    {"runs": _runs},
)
DOMAIN.type(
    "PipelinePreset",
    Preset,
    {
        "name": lambda _preset: DEFAULT_PRESET,
        "mode": lambda _preset: "default",
        "solidSelection": lambda _preset: None,
        "tags": lambda _preset: [],
    },
)
DOMAIN.type("InvalidSubsetError", InvalidSubsetError)
DOMAIN.type("UserDefinitionOwner", UserDefinitionOwner)
DOMAIN.type("TeamDefinitionOwner", TeamDefinitionOwner)


def jobs_of(repository: Repository) -> list[Placed[JobSpec]]:
    """The jobs of a repository, in the order of their names."""
    description = repository.location.description
    jobs = description.jobs if description is not None else ()
    return [Placed(repository.location, job) for job in sorted(jobs, key=lambda job: job.name)]


DOMAIN.type("Repository", Repository, {"jobs": jobs_of, "pipelines": jobs_of})


@DOMAIN.query("pipelineOrError")
def pipeline(context: RequestContext, *, params: Input) -> object:
    """A job."""
    return job_selected(context, params)


@DOMAIN.query("pipelineSnapshotOrError")
def pipeline_snapshot(
    context: RequestContext, *, snapshot_id: str | None = None, active_pipeline_selector: Input | None = None
) -> object:
    """A job as it is declared now, by its place or by the id of what is declared."""
    if active_pipeline_selector is not None:
        return job_selected(context, active_pipeline_selector)
    for job in context.catalog.jobs.values():
        if _snapshot_id(job) == snapshot_id:
            return job
    message = f"Pipeline snapshot {snapshot_id} is not present in the current instance."
    return PipelineSnapshotNotFoundError(message=message, snapshot_id=snapshot_id or "")


_snapshot_id = snapshot_id
