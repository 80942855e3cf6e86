"""Runs: finding them, and what there is to know of one. The value of a `Run` is its record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from dagster.define.repositories import SINGLETON_REPOSITORY_NAME
from dagster.events.entries import EventLogEntry
from dagster.events.records import EventRecordsFilter
from dagster.events.types import DagsterEventType
from dagster.keys import AssetCheckKey, AssetKey
from dagster.runs.runs import DagsterRun, RunRecord, RunsFilter
from dagster.runs.statistics import DagsterRunStatsSnapshot, RunStepKeyStatsSnapshot, RunStepMarker
from dagster.runs.statuses import DagsterRunStatus
from dagster.runs.tags import CODE_LOCATION_TAG
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.errors.errors import RunGroupNotFoundError, RunNotFoundError
from dagster_graphql.events.events import EventConnection, events_of_run
from dagster_graphql.logs.logs import CapturedLogs, logs_of_process
from dagster_graphql.permissions.permissions import DELETE_RUN, REEXECUTE, TERMINATE
from dagster_graphql.selectors import Input, asset_key, runs_filter
from dagster_graphql.workspace.locations import Origin, Pair, origin_of

DOMAIN = Domain.beside(__file__)

MOST_RUNS = 1000
"""How many runs are answered at a time."""

STOPPABLE = frozenset(
    {DagsterRunStatus.QUEUED, DagsterRunStatus.NOT_STARTED, DagsterRunStatus.STARTING, DagsterRunStatus.STARTED}
)
_WRITTEN = (DagsterEventType.ASSET_MATERIALIZATION,)
_ABOUT_ASSETS = (
    DagsterEventType.ASSET_MATERIALIZATION,
    DagsterEventType.ASSET_MATERIALIZATION_PLANNED,
    DagsterEventType.ASSET_OBSERVATION,
)
_ABOUT_CHECKS = (DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED, DagsterEventType.ASSET_CHECK_EVALUATION)


class Runs(msgspec.Struct, frozen=True, kw_only=True):
    """A page of runs, with the conditions by which they were found."""

    results: list[RunRecord]
    filters: Input | None = None


class RunGroup(msgspec.Struct, frozen=True, kw_only=True):
    """A chain of re-executions."""

    root_run_id: str
    runs: list[RunRecord | None]


class RunIds(msgspec.Struct, frozen=True):
    """Ids of runs."""

    results: list[str]


class RunTagKeys(msgspec.Struct, frozen=True):
    """Keys of tags that runs have."""

    keys: list[str]


class TagAndValues(msgspec.Struct, frozen=True):
    """A key with the values that runs have for it."""

    key: str
    values: list[str]


class RunTags(msgspec.Struct, frozen=True):
    """Tags that runs have."""

    tags: list[TagAndValues]


class RunsFeedConnection(msgspec.Struct, frozen=True, kw_only=True):
    """A page of everything that runs, newest first."""

    results: list[RunRecord]
    cursor: str
    has_more: bool


class RunsFeedCount(msgspec.Struct, frozen=True):
    """How much runs."""

    count: int


class UnknownPipeline(msgspec.Struct, frozen=True, kw_only=True):
    """A job that no code location has any more."""

    name: str
    solid_selection: Sequence[str] | None = None


def tags_shown(run: DagsterRun) -> list[Pair]:
    """The tags of a run in the order of their keys, without those that are for the system alone."""
    return [Pair(key, value) for key, value in sorted(run.tags.items()) if not key.startswith(".dagster/")]


def config_yaml(config: Mapping[str, Any]) -> str:
    """Run config as people write it."""
    if not config:
        return "{}\n"
    import yaml

    return yaml.safe_dump(config, default_flow_style=False, allow_unicode=True, sort_keys=True)


def origin_of_run(record: RunRecord, context: RequestContext) -> Origin | None:
    """Where the job of a run is declared, as its tag says; None where it says nothing."""
    name = record.dagster_run.tags.get(CODE_LOCATION_TAG)
    if name is None:
        return None
    for repository in context.catalog.repositories:
        if repository.location.name == name:
            return origin_of(repository)
    return Origin(repository_location_name=name, repository_name=SINGLETON_REPOSITORY_NAME, facts=[])


def _pipeline(record: RunRecord, context: RequestContext) -> object:
    run = record.dagster_run
    found = context.catalog.jobs.get((run.tags.get(CODE_LOCATION_TAG, ""), run.job_name))
    return found or UnknownPipeline(name=run.job_name, solid_selection=run.op_selection)


def _stats(record: RunRecord, context: RequestContext) -> object:
    return context.instance.get_run_stats(record.dagster_run.run_id)


def _step_stats(record: RunRecord, context: RequestContext) -> Sequence[RunStepKeyStatsSnapshot]:
    return context.loaders.step_stats.load(record.dagster_run.run_id) or ()


def _assets(record: RunRecord, context: RequestContext) -> list[AssetKey]:
    return sorted(context.instance.get_asset_keys_for_run(record.dagster_run.run_id, _ABOUT_ASSETS))


def _materializations(record: RunRecord, context: RequestContext) -> Sequence[EventLogEntry]:
    return context.instance.all_logs(record.dagster_run.run_id, _WRITTEN)


def _checks(record: RunRecord, context: RequestContext) -> list[AssetCheckKey]:
    found: dict[AssetCheckKey, None] = {}
    for entry in context.instance.all_logs(record.dagster_run.run_id, _ABOUT_CHECKS):
        data: Any = entry.dagster_event.event_specific_data if entry.dagster_event is not None else None
        found[AssetCheckKey(data.asset_key, data.check_name)] = None
    return list(found)


def _selected_assets(record: RunRecord, _context: RequestContext, *, limit: int | None = None) -> list[AssetKey] | None:
    selection = record.dagster_run.asset_selection
    return sorted(selection)[:limit] if selection else None


def _selected_checks(record: RunRecord, _context: RequestContext, *, limit: int | None = None) -> list[AssetCheckKey] | None:
    selection = record.dagster_run.asset_check_selection
    return None if selection is None else sorted(selection)[:limit]


def _events(
    record: RunRecord, context: RequestContext, *, after_cursor: str | None = None, limit: int | None = None
) -> EventConnection:
    return events_of_run(context, record.dagster_run.run_id, after_cursor, limit)


@DOMAIN.field("Run", "capturedLogs")
def _captured_logs(record: RunRecord, context: RequestContext, *, file_key: str) -> CapturedLogs:
    return logs_of_process(context, [record.dagster_run.run_id, "compute_logs", file_key])


def _permits(permission: str) -> Callable[[RunRecord, RequestContext], bool]:
    return lambda _record, context: context.permits(permission)


def _of_run(name: str) -> Callable[[RunRecord], object]:
    return lambda record: getattr(record.dagster_run, name)


def _root(record: RunRecord) -> str | None:
    return record.dagster_run.root_run_id or record.dagster_run.get_root_run_id()


def _parent(record: RunRecord) -> str | None:
    return record.dagster_run.parent_run_id or record.dagster_run.get_parent_run_id()


def _root_pools(record: RunRecord) -> list[str] | None:
    asked = record.dagster_run.run_op_concurrency
    return None if asked is None else [pool for pool, steps in asked.root_key_counts.items() for _ in range(steps)]


def _begins_without_pool(record: RunRecord) -> bool:
    asked = record.dagster_run.run_op_concurrency
    return asked is None or asked.has_unconstrained_root_nodes


def _sorted(names: Any) -> list[str] | None:
    return None if names is None else sorted(names)


DOMAIN.type(
    "Run",
    RunRecord,
    plain={
        "id": _of_run("run_id"),
        "runId": _of_run("run_id"),
        "pipelineSnapshotId": _of_run("job_snapshot_id"),
        "parentPipelineSnapshotId": lambda _record: None,
        "status": _of_run("status"),
        "runStatus": _of_run("status"),
        "pipelineName": _of_run("job_name"),
        "jobName": _of_run("job_name"),
        "solidSelection": _of_run("op_selection"),
        "resolvedOpSelection": lambda record: _sorted(record.dagster_run.resolved_op_selection),
        "stepKeysToExecute": _of_run("step_keys_to_execute"),
        "runConfigYaml": lambda record: config_yaml(record.dagster_run.run_config),
        "runConfig": _of_run("run_config"),
        "mode": lambda _record: "default",
        "tags": lambda record: tags_shown(record.dagster_run),
        "rootRunId": _root,
        "parentRunId": _parent,
        "canTerminate": lambda record: record.dagster_run.status in STOPPABLE,
        "creationTime": lambda record: record.create_timestamp.timestamp(),
        "updateTime": lambda record: record.update_timestamp.timestamp(),
        "assetSelectionCount": lambda record: len(record.dagster_run.asset_selection or ()),
        "assetCheckSelectionCount": lambda record: len(record.dagster_run.asset_check_selection or ()),
        "hasConcurrencyKeySlots": lambda _record: False,
        "rootConcurrencyKeys": _root_pools,
        "allPools": lambda record: _sorted(getattr(record.dagster_run.run_op_concurrency, "all_pools", None)),
        "hasUnconstrainedRootNodes": _begins_without_pool,
        "hasRunMetricsEnabled": lambda _record: False,
    },
    asked={
        "repositoryOrigin": origin_of_run,
        "pipeline": _pipeline,
        "stats": _stats,
        "stepStats": _step_stats,
        "assets": _assets,
        "eventConnection": _events,
        "assetSelection": _selected_assets,
        "assetCheckSelection": _selected_checks,
        "assetMaterializations": _materializations,
        "assetChecks": _checks,
        "hasReExecutePermission": _permits(REEXECUTE),
        "hasTerminatePermission": _permits(TERMINATE),
        "hasDeletePermission": _permits(DELETE_RUN),
    },
)


DOMAIN.type("AssetCheckhandle", AssetCheckKey)
DOMAIN.type("PipelineTag", Pair)
DOMAIN.type("UnknownPipeline", UnknownPipeline)
DOMAIN.type("RunStatsSnapshot", DagsterRunStatsSnapshot, {"id": lambda stats: f"stats-{stats.run_id}"})
DOMAIN.type(
    "RunStepStats",
    RunStepKeyStatsSnapshot,
    {
        "materializations": lambda step: step.materialization_events,
        "attempts": lambda step: step.attempts_list,
    },
)
DOMAIN.type("RunMarker", RunStepMarker)
DOMAIN.type("Runs", Runs, asked={"count": lambda runs, context: _count(context, runs.filters)})
DOMAIN.type("RunGroup", RunGroup)
DOMAIN.type("RunIds", RunIds)
DOMAIN.type("RunTagKeys", RunTagKeys)
DOMAIN.type("RunTags", RunTags)
DOMAIN.type("PipelineTagAndValues", TagAndValues)
DOMAIN.type("RunsFeedConnection", RunsFeedConnection)
DOMAIN.type("RunsFeedCount", RunsFeedCount)


def runs_asked(context: RequestContext, given: Input | None) -> RunsFilter:
    """Conditions for runs. Those that were to make an asset are found by what its log says was planned."""
    wanted = runs_filter(given)
    if given is None or given.get("asset_key") is None:
        return wanted
    planned = EventRecordsFilter(DagsterEventType.ASSET_MATERIALIZATION_PLANNED, asset_key=asset_key(given["asset_key"]))
    found = dict.fromkeys(record.run_id for record in context.instance.get_event_records(planned, limit=MOST_RUNS))
    run_ids = [run_id for run_id in found if wanted.run_ids is None or run_id in wanted.run_ids]
    return msgspec.structs.replace(wanted, run_ids=run_ids)


def _count(context: RequestContext, given: Input | None) -> int:
    return context.instance.get_runs_count(runs_asked(context, given))


def run_records(context: RequestContext, filters: Input | None, cursor: str | None, limit: int | None) -> list[RunRecord]:
    """A page of runs, newest first."""
    most = min(MOST_RUNS if limit is None else limit, MOST_RUNS)
    records = list(context.instance.get_run_records(runs_asked(context, filters), limit=most, cursor=cursor))
    context.loaders.runs.know({record.dagster_run.run_id: record for record in records})
    return records


@DOMAIN.query("runsOrError")
def runs(context: RequestContext, *, filter: Input | None = None, cursor: str | None = None, limit: int | None = None) -> Runs:
    """A page of runs, newest first."""
    return Runs(results=run_records(context, filter, cursor, limit), filters=filter)


DOMAIN.query("pipelineRunsOrError")(runs)


@DOMAIN.query("runOrError")
def run(context: RequestContext, *, run_id: str) -> object:
    """A run."""
    return context.loaders.runs.load(run_id) or RunNotFoundError.of(run_id)


DOMAIN.query("pipelineRunOrError")(run)


@DOMAIN.query("runIdsOrError")
def run_ids(
    context: RequestContext, *, filter: Input | None = None, cursor: str | None = None, limit: int | None = None
) -> RunIds:
    """The ids of a page of runs, newest first."""
    return RunIds([record.dagster_run.run_id for record in run_records(context, filter, cursor, limit)])


@DOMAIN.query("runGroupOrError")
def run_group(context: RequestContext, *, run_id: str) -> object:
    """The chain of re-executions to which a run belongs."""
    from dagster.errors import DagsterRunNotFoundError

    try:
        root_run_id, members = context.instance.get_run_group(run_id)
    except DagsterRunNotFoundError:
        return RunGroupNotFoundError(message=f"Run group of run {run_id} could not be found.", run_id=run_id)
    ids = [each.run_id for each in members]
    context.loaders.runs.expect(ids)
    return RunGroup(root_run_id=root_run_id, runs=[context.loaders.runs.load(each) for each in ids])


@DOMAIN.query("runTagKeysOrError")
def run_tag_keys(context: RequestContext) -> RunTagKeys:
    """The keys of tags that runs have, without those that are for the system alone."""
    return RunTagKeys([key for key in context.instance.get_run_tag_keys() if not key.startswith(".dagster/")])


@DOMAIN.query("runTagsOrError")
def run_tags(
    context: RequestContext,
    *,
    tag_keys: Sequence[str] | None = None,
    value_prefix: str | None = None,
    limit: int | None = None,
) -> RunTags | None:
    """The values that runs have for some tags."""
    if not tag_keys:
        return None
    found = context.instance.get_run_tags(tag_keys, value_prefix, limit)
    return RunTags([TagAndValues(key, sorted(values)) for key, values in found])


def _feed_filter(context: RequestContext, view: str, filters: Input | None) -> RunsFilter:
    wanted = runs_asked(context, filters)
    return msgspec.structs.replace(wanted, exclude_subruns=True) if view == "ROOTS" else wanted


@DOMAIN.query("runsFeedOrError")
def runs_feed(
    context: RequestContext,
    *,
    limit: int,
    view: str,
    cursor: str | None = None,
    filter: Input | None = None,
) -> RunsFeedConnection:
    """A page of everything that runs, newest first; `ROOTS` leaves out the runs of backfills."""
    most = max(0, min(limit, MOST_RUNS))
    found: list[RunRecord] = []
    if view != "BACKFILLS":
        wanted = _feed_filter(context, view, filter)
        found = list(context.instance.get_run_records(wanted, limit=most + 1, cursor=cursor or None))
    page = found[:most]
    after = page[-1].dagster_run.run_id if page else cursor or ""
    return RunsFeedConnection(results=page, cursor=after, has_more=len(found) > most)


@DOMAIN.query("runsFeedCountOrError")
def runs_feed_count(context: RequestContext, *, view: str, filter: Input | None = None) -> RunsFeedCount:
    """How much runs, with these conditions."""
    return RunsFeedCount(0 if view == "BACKFILLS" else context.instance.get_runs_count(_feed_filter(context, view, filter)))
