"""Where schedules and sensors stand, what they said when they were asked, and asking one to see what it would say."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any, Union

import msgspec

from dagster.automation.instigators import is_on, question_of, selector_of, switched
from dagster.automation.schedule_times import next_time
from dagster.daemon.switching import change_state
from dagster.keys import AssetKey
from dagster.lineage.selections import resolve
from dagster.partitions.dynamic import AddDynamicPartitionsRequest, DeleteDynamicPartitionsRequest
from dagster.runs.evaluations import TickAnswer, WantedRun
from dagster.runs.instigators import InstigatorState, InstigatorStatus
from dagster.runs.runs import RunRecord, RunsFilter
from dagster.runs.statuses import IN_PROGRESS_STATUSES
from dagster.runs.tags import CODE_LOCATION_TAG, PARTITION_NAME_TAG, SCHEDULE_NAME_TAG, SENSOR_NAME_TAG
from dagster.runs.ticks import TickFilter, TickLine, TickRecord, TickStatus
from dagster.specs.schedules import ScheduleSpec
from dagster.specs.selections import AssetSelection, AttributeAssetSelection
from dagster.specs.sensors import SensorSpec
from dagster_graphql.assets.assets import AssetConnection, expect_assets
from dagster_graphql.catalogs import Placed, Repository
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.errors.errors import InstigationStateNotFoundError
from dagster_graphql.permissions.permissions import EDIT_SENSOR, START_SCHEDULE, STOP_SCHEDULE
from dagster_graphql.runs.runs import config_yaml, tags_shown
from dagster_graphql.selectors import Input
from dagster_graphql.workspace.locations import Origin, origin_of

DOMAIN = Domain.beside(__file__)

MOST_TICKS = 1000
DAY_SECONDS = 86400.0
ASKED_SECONDS = 60.0
"""How long a schedule or sensor may take that is asked to see what it says."""

Instigator = Union[Placed[ScheduleSpec], Placed[SensorSpec]]


class Standing(msgspec.Struct, frozen=True):
    """A schedule or sensor, as one of which is asked where it stands."""

    declared: Instigator

    @property
    def spec(self) -> ScheduleSpec | SensorSpec:
        """What it is."""
        return self.declared.value

    @property
    def is_schedule(self) -> bool:
        """Whether it is a schedule."""
        return isinstance(self.spec, ScheduleSpec)


class InstigationStates(msgspec.Struct, frozen=True):
    """Where schedules and sensors stand."""

    results: list[Standing]


class ScheduleData(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of a schedule."""

    cron_schedule: str
    start_timestamp: float | None


class SensorData(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of a sensor."""

    last_tick_timestamp: float | None
    last_run_key: str | None
    last_cursor: str | None


class EventConnection(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the lines that were logged at a tick."""

    events: Sequence[TickLine] = ()
    cursor: str = ""
    has_more: bool = False


class RequestedRuns(msgspec.Struct, frozen=True, kw_only=True):
    """The runs of a job that a tick asked for."""

    job_name: str
    partition_keys: list[str]


class RequestedMaterializations(msgspec.Struct, frozen=True, kw_only=True):
    """The partitions of an asset that a tick asked for."""

    asset_key: AssetKey
    partition_keys: list[str]


class FutureTick(msgspec.Struct, frozen=True, kw_only=True):
    """A time at which a schedule or sensor may be asked, and what it says if it is.

    Attributes:
        declared: the schedule or sensor.
        timestamp: when.
        cursor: what a sensor finds; None for the one that is kept.
    """

    declared: Instigator
    timestamp: float | None
    cursor: str | None = None


class FutureTicks(msgspec.Struct, frozen=True, kw_only=True):
    """The next times of a schedule."""

    results: list[FutureTick]
    cursor: float


class PartitionsRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A change of dynamic partitions that a schedule or sensor asks for."""

    partition_keys: list[str]
    partitions_def_name: str
    type: str


class SelectedAssets(msgspec.Struct, frozen=True):
    """The assets of a schedule or sensor, as they are selected."""

    declared: Instigator
    selection: AssetSelection


def state_of(standing: Standing, context: RequestContext) -> InstigatorState | None:
    """Where it stands, None where nothing is kept of it."""
    return context.loaders.instigators.load(selector_text(standing.declared))


def selector_text(declared: Instigator) -> str:
    """What says which one it is."""
    return selector_of(declared.location.name, declared.value.name)


def is_running(standing: Standing, context: RequestContext) -> bool:
    """Whether it is on."""
    return is_on(standing.spec, state_of(standing, context))


def expect_states(context: RequestContext, found: Sequence[Instigator]) -> None:
    """Says that where these stand will be asked for."""
    selectors = [selector_text(each) for each in found]
    context.loaders.instigators.expect(selectors)
    context.loaders.latest_ticks.expect(selectors)


def runs_filter_of(standing: Standing) -> RunsFilter:
    """The runs that it started."""
    tag = SCHEDULE_NAME_TAG if standing.is_schedule else SENSOR_NAME_TAG
    return RunsFilter(tags={tag: standing.spec.name, CODE_LOCATION_TAG: standing.declared.location.name})


def switch(context: RequestContext, declared: Instigator, status: InstigatorStatus) -> Standing:
    """Switches it on or off, or has it as declared."""
    spec = declared.value
    stored = change_state(
        context.instance, declared.location.name, spec, lambda state: switched(spec, state, status, context.now())
    )
    context.loaders.instigators.know({stored.selector: stored})
    return Standing(declared)


def instigator_named(context: RequestContext, selector: str | None) -> Instigator | None:
    """The schedule or sensor that an id names."""
    location, _, name = (selector or "").rpartition(":")
    return context.catalog.schedules.get((location, name)) or context.catalog.sensors.get((location, name))


def _specific(standing: Standing, context: RequestContext) -> ScheduleData | SensorData:
    state, spec = state_of(standing, context), standing.spec
    if isinstance(spec, ScheduleSpec):
        return ScheduleData(cron_schedule=cron_text(spec), start_timestamp=state.started_at if state is not None else None)
    latest = context.loaders.latest_ticks.load(selector_text(standing.declared))
    return SensorData(
        last_tick_timestamp=latest.tick.timestamp if latest is not None else None,
        last_run_key=state.last_run_key if state is not None else None,
        last_cursor=state.cursor if state is not None else None,
    )


def cron_text(spec: ScheduleSpec) -> str:
    """The cron strings of a schedule as one text."""
    return spec.cron_schedule if isinstance(spec.cron_schedule, str) else str(list(spec.cron_schedule))


@DOMAIN.field("InstigationState", "runs")
def _runs(standing: Standing, context: RequestContext, *, limit: int | None = None) -> Sequence[RunRecord]:
    return context.instance.get_run_records(runs_filter_of(standing), limit=min(limit or MOST_TICKS, MOST_TICKS))


@DOMAIN.field("InstigationState", "tick")
def _tick(standing: Standing, context: RequestContext, *, tick_id: str) -> TickRecord | None:
    wanted = TickFilter(selector=selector_text(standing.declared))
    found = context.instance.get_ticks(wanted, cursor=int(tick_id) + 1 if tick_id.isdecimal() else None, limit=1)
    return next((record for record in found if str(record.tick_id) == tick_id), None)


@DOMAIN.field("InstigationState", "ticks")
def _ticks(
    standing: Standing,
    context: RequestContext,
    *,
    day_range: int | None = None,
    day_offset: int | None = None,
    limit: int | None = None,
    cursor: str | None = None,
    statuses: Sequence[str] | None = None,
    before_timestamp: float | None = None,
    after_timestamp: float | None = None,
) -> Sequence[TickRecord]:
    now = context.now()
    before = now - day_offset * DAY_SECONDS if day_offset else None
    after = (before or now) - day_range * DAY_SECONDS if day_range else None
    wanted = TickFilter(
        selector=selector_text(standing.declared),
        statuses=tuple(TickStatus[status] for status in statuses or ()),
        before=before_timestamp if before is None else before,
        after=after_timestamp if after is None else after,
    )
    place = int(cursor) if cursor else None
    return context.instance.get_ticks(wanted, cursor=place, limit=min(limit or MOST_TICKS, MOST_TICKS))


def next_tick(standing: Standing, context: RequestContext) -> FutureTick | None:
    """When it is asked next, None while it is off."""
    if not is_running(standing, context):
        return None
    spec, state = standing.spec, state_of(standing, context)
    if isinstance(spec, ScheduleSpec):
        moment: float | None = next_time(spec, context.now())
    else:
        ended = state.tick_ended if state is not None else None
        moment = context.now() if ended is None else max(context.now(), ended + spec.minimum_interval_seconds)
    return FutureTick(declared=standing.declared, timestamp=moment)


def _running_count(standing: Standing, context: RequestContext) -> int:
    wanted = msgspec.structs.replace(runs_filter_of(standing), statuses=list(IN_PROGRESS_STATUSES))
    return context.instance.get_runs_count(wanted)


DOMAIN.type(
    "InstigationState",
    Standing,
    {
        "id": lambda standing: selector_text(standing.declared),
        "selectorId": lambda standing: selector_text(standing.declared),
        "name": lambda standing: standing.spec.name,
        "instigationType": lambda standing: "SCHEDULE" if standing.is_schedule else "SENSOR",
        "repositoryName": lambda standing: Repository(standing.declared.location).name,
        "repositoryLocationName": lambda standing: standing.declared.location.name,
    },
    {
        "status": lambda standing, context: "RUNNING" if is_running(standing, context) else "STOPPED",
        "repositoryOrigin": lambda standing, _context: _origin(standing),
        "typeSpecificData": _specific,
        "runsCount": lambda standing, context: context.instance.get_runs_count(runs_filter_of(standing)),
        "nextTick": next_tick,
        "runningCount": _running_count,
        "hasStartPermission": lambda standing, context: context.permits(START_SCHEDULE if standing.is_schedule else EDIT_SENSOR),
        "hasStopPermission": lambda standing, context: context.permits(STOP_SCHEDULE if standing.is_schedule else EDIT_SENSOR),
    },
)


def _origin(standing: Standing) -> Origin:
    return origin_of(Repository(standing.declared.location))


DOMAIN.type("InstigationStates", InstigationStates)
DOMAIN.type("ScheduleData", ScheduleData)
DOMAIN.type("SensorData", SensorData)

# Ticks.


def _runs_of_tick(record: TickRecord, context: RequestContext) -> list[RunRecord]:
    context.loaders.runs.expect(record.tick.run_ids)
    return [run for run_id in record.tick.run_ids if (run := context.loaders.runs.load(run_id)) is not None]


def _requested_runs(record: TickRecord, context: RequestContext) -> list[RequestedRuns]:
    found: dict[str, list[str]] = {}
    for each in _runs_of_tick(record, context):
        run = each.dagster_run
        if run.asset_selection is None:
            partition = run.tags.get(PARTITION_NAME_TAG)
            found.setdefault(run.job_name, []).extend([partition] if partition is not None else [])
    return [RequestedRuns(job_name=name, partition_keys=keys) for name, keys in found.items()]


def _requested_assets(record: TickRecord, context: RequestContext) -> list[RequestedMaterializations]:
    found: dict[AssetKey, list[str]] = {}
    for each in _runs_of_tick(record, context):
        run = each.dagster_run
        partition = run.tags.get(PARTITION_NAME_TAG)
        for key in sorted(run.asset_selection or ()):
            found.setdefault(key, []).extend([partition] if partition is not None else [])
    return [RequestedMaterializations(asset_key=key, partition_keys=keys) for key, keys in found.items()]


def _lines(record: TickRecord) -> EventConnection:
    return EventConnection(events=record.tick.lines)


DOMAIN.type(
    "InstigationTick",
    TickRecord,
    {
        "id": lambda record: str(record.tick_id),
        "tickId": lambda record: str(record.tick_id),
        "status": lambda record: record.tick.status,
        "timestamp": lambda record: record.tick.timestamp,
        "endTimestamp": lambda record: record.tick.end_timestamp,
        "runIds": lambda record: record.tick.run_ids,
        "runKeys": lambda record: record.tick.run_keys,
        "error": lambda record: record.tick.error,
        "skipReason": lambda record: record.tick.skip_reason,
        "cursor": lambda record: record.tick.cursor,
        "originRunIds": lambda _record: [],
        "logKey": lambda record: record.tick.log_key,
        "logEvents": _lines,
        "dynamicPartitionsRequestResults": lambda _record: [],
        "autoMaterializeAssetEvaluationId": lambda _record: None,
        "instigationType": lambda record: record.tick.instigator_type,
    },
    {
        "runs": _runs_of_tick,
        "requestedAssetKeys": lambda record, context: [each.asset_key for each in _requested_assets(record, context)],
        "requestedAssetMaterializationCount": lambda record, context: sum(
            max(1, len(each.partition_keys)) for each in _requested_assets(record, context)
        ),
        "requestedMaterializationsForAssets": _requested_assets,
        "requestedJobRunCount": lambda record, context: sum(
            run.dagster_run.asset_selection is None for run in _runs_of_tick(record, context)
        ),
        "requestedRunsForJobs": _requested_runs,
    },
)
DOMAIN.type("InstigationEventConnection", EventConnection)
DOMAIN.type(
    "InstigationEvent",
    TickLine,
    {
        "message": lambda line: f"{line.message}\n{line.error}" if line.error else line.message,
        "timestamp": lambda line: str(int(line.timestamp * 1000)),
        "level": lambda line: logging.getLevelName(line.level),
    },
)
DOMAIN.type("RequestedRunsForJob", RequestedRuns)
DOMAIN.type("RequestedMaterializationsForAsset", RequestedMaterializations)
DOMAIN.never_made("DynamicPartitionsRequestResult")

# Asking one to see what it says.


def _evaluated(tick: FutureTick, context: RequestContext) -> TickAnswer:
    """What it says at that time. Nothing is stored."""
    declared = tick.declared
    standing = Standing(declared)
    state = state_of(standing, context) or _first_state(declared)
    if tick.cursor is not None:
        state = msgspec.structs.replace(state, cursor=tick.cursor)
    scheduled = _time_of_tick(declared.value, tick.timestamp) if isinstance(declared.value, ScheduleSpec) else None
    question = question_of(state, declared.location.name, scheduled)
    return context.locations.ask(question, ASKED_SECONDS).result()


def _time_of_tick(spec: ScheduleSpec, moment: float | None) -> float | None:
    """The first time of a schedule from a moment on: a schedule is asked about its own times only."""
    if moment is None:
        return None
    following = next_time(spec, moment - 1)
    return moment if following is None else float(following)


def _first_state(declared: Instigator) -> InstigatorState:
    from dagster.automation.instigators import first_state

    return first_state(declared.value, declared.location.name)


def _partitions_request(
    request: AddDynamicPartitionsRequest | DeleteDynamicPartitionsRequest,
) -> PartitionsRequest:
    adds = isinstance(request, AddDynamicPartitionsRequest)
    return PartitionsRequest(
        partition_keys=list(request.partition_keys),
        partitions_def_name=request.partitions_def_name,
        type="ADD_PARTITIONS" if adds else "DELETE_PARTITIONS",
    )


def _wanted_runs(answer: TickAnswer) -> Sequence[WantedRun] | None:
    return answer.runs if answer.error is None else None


DOMAIN.type("DryRunInstigationTick", FutureTick, None, {"evaluationResult": _evaluated})
DOMAIN.type("DryRunInstigationTicks", FutureTicks)
DOMAIN.type(
    "TickEvaluation",
    TickAnswer,
    {
        "runRequests": _wanted_runs,
        "dynamicPartitionsRequests": lambda answer: [_partitions_request(each) for each in answer.partitions],
    },
)
DOMAIN.type("DynamicPartitionRequest", PartitionsRequest)
DOMAIN.type(
    "RunRequest",
    WantedRun,
    {
        "tags": lambda wanted: tags_shown(wanted.run),
        "runConfigYaml": lambda wanted: config_yaml(wanted.run.run_config),
        "assetSelection": lambda wanted: _sorted(wanted.run.asset_selection),
        "assetChecks": lambda wanted: _sorted(wanted.run.asset_check_selection),
        "jobName": lambda wanted: wanted.run.job_name,
    },
)


def _sorted(keys: Any) -> list[Any] | None:
    return None if keys is None else sorted(keys)


# Selections of assets.


def keys_selected(selected: SelectedAssets, context: RequestContext) -> list[AssetKey]:
    """The assets that a selection has in its code location, in the order of their keys."""
    graph = context.catalog.asset_graph(selected.declared.location)
    return sorted(resolve(selected.selection, graph, allow_missing=True))


def _assets_selected(selected: SelectedAssets, context: RequestContext) -> list[AssetKey]:
    keys = keys_selected(selected, context)
    expect_assets(context, keys)
    return keys


def _selection_in_words(selected: SelectedAssets) -> str:
    return str(selected.selection & AttributeAssetSelection("code_location", selected.declared.location.name))


def selection_of_target(declared: Instigator, job_name: str, context: RequestContext) -> SelectedAssets | None:
    """The assets that a schedule or sensor names as its target; None where it names a job."""
    job = context.catalog.jobs.get((declared.location.name, job_name))
    return SelectedAssets(declared, job.value.target) if job is not None and job.value.target is not None else None


def _connection(selected: SelectedAssets, context: RequestContext) -> AssetConnection:
    return AssetConnection(nodes=_assets_selected(selected, context), cursor=None)


DOMAIN.type(
    "AssetSelection",
    SelectedAssets,
    {"assetSelectionString": _selection_in_words},
    {
        "assetKeys": keys_selected,
        "assetChecks": lambda selected, context: [
            each.value.key for key in keys_selected(selected, context) for each in context.catalog.checks_of_asset.get(key, ())
        ],
        "assets": _assets_selected,
        "assetsOrError": _connection,
    },
)


@DOMAIN.query("instigationStateOrError")
def instigation_state(context: RequestContext, *, instigation_selector: Input, id: str | None = None) -> object:
    """Where a schedule or sensor stands."""
    place = (instigation_selector["repository_location_name"], instigation_selector["name"])
    found = context.catalog.schedules.get(place) or context.catalog.sensors.get(place) or instigator_named(context, id)
    if found is None:
        name: str = instigation_selector["name"]
        return InstigationStateNotFoundError(message=f"Could not find `{name}` in the currently loaded repository.", name=name)
    return Standing(found)


@DOMAIN.query("instigationStatesOrError")
def instigation_states(context: RequestContext, *, repository_id: str) -> InstigationStates:
    """Where the schedules and sensors of a repository stand of which something is kept."""
    location = repository_id.partition(":")[0]
    every: Mapping[tuple[str, str], Instigator] = {**context.catalog.schedules, **context.catalog.sensors}
    found = [each for (at, _), each in every.items() if at == location]
    expect_states(context, found)
    return InstigationStates([Standing(each) for each in found if state_of(Standing(each), context) is not None])
