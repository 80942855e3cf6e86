"""Sensors. The value of a `Sensor` is what its code location declares."""

from __future__ import annotations

import msgspec

from dagster.keys import AssetKey
from dagster.runs.instigators import InstigatorStatus
from dagster.specs.jobs import JobSpec
from dagster.specs.schedules import ScheduleSpec
from dagster.specs.selections import AssetSelection
from dagster.specs.sensors import SensorSpec, SensorType
from dagster.workspace.descriptions import AssetNode
from dagster_graphql.catalogs import Placed, Repository
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.errors.errors import SensorNotFoundError
from dagster_graphql.instigators.states import (
    FutureTick,
    Instigator,
    SelectedAssets,
    Standing,
    change_state,
    expect_states,
    instigator_named,
    is_running,
    keys_selected,
    next_tick,
    selection_of_target,
    selector_text,
    state_of,
    switch,
)
from dagster_graphql.jobs.jobs import owners_of
from dagster_graphql.metadata.metadata import entries_of, tags_of
from dagster_graphql.permissions.permissions import DRY_RUN_SENSOR, EDIT_SENSOR, UPDATE_CURSOR
from dagster_graphql.selectors import Input
from dagster_graphql.workspace.locations import repository_selected

DOMAIN = Domain.beside(__file__)

Declared = Placed[SensorSpec]


class Sensors(msgspec.Struct, frozen=True):
    """Sensors."""

    results: list[Declared]


class Target(msgspec.Struct, frozen=True):
    """A job that a sensor may start."""

    pipeline_name: str

    @property
    def mode(self) -> str:
        """Of early versions; there is one."""
        return "default"

    @property
    def solid_selection(self) -> list[str] | None:
        """Always None: a job is a target as a whole."""
        return None


class SensorMetadata(msgspec.Struct, frozen=True):
    """The assets whose events a sensor looks at; None for other sensors."""

    asset_keys: list[AssetKey] | None


class StopSensorMutationResult(msgspec.Struct, frozen=True):
    """Where a sensor stands after it was switched off."""

    instigation_state: Standing


def _selection(declared: Declared, context: RequestContext) -> SelectedAssets | None:
    selection = declared.value.asset_selection
    if selection is not None:
        return SelectedAssets(declared, selection)
    [name, *others] = declared.value.job_names or [""]
    return None if others else selection_of_target(declared, name, context)


def _targets(declared: Declared) -> list[Target]:
    names = declared.value.job_names
    if not names and declared.value.asset_selection is not None:
        return [Target("__ASSET_JOB")]
    return [Target(name) for name in names]


def _metadata(declared: Declared, context: RequestContext) -> SensorMetadata:
    monitored = declared.value.monitored_assets
    if monitored is None:
        return SensorMetadata(None)
    if isinstance(monitored, AssetSelection):
        return SensorMetadata(keys_selected(SelectedAssets(declared, monitored), context))
    return SensorMetadata(list(monitored))


def _can_reset(declared: Declared, context: RequestContext) -> bool:
    state = state_of(Standing(declared), context)
    return state is not None and state.status is not InstigatorStatus.DECLARED_IN_CODE


def _next_tick(declared: Declared, context: RequestContext) -> FutureTick | None:
    return next_tick(Standing(declared), context)


DOMAIN.placed_type(
    "Sensor",
    SensorSpec,
    {
        "id": selector_text,
        "jobOriginId": selector_text,
        "name": lambda declared: declared.value.name,
        "targets": _targets,
        "defaultStatus": lambda declared: declared.value.default_status,
        "sensorState": lambda declared: Standing(declared),
        "minIntervalSeconds": lambda declared: declared.value.minimum_interval_seconds,
        "description": lambda declared: declared.value.description,
        "sensorType": lambda declared: declared.value.sensor_type,
        "owners": lambda declared: owners_of(declared.value.owners),
        "tags": lambda declared: tags_of(declared.value.tags),
        "metadataEntries": lambda declared: entries_of(declared.value.metadata),
    },
    {
        "assetSelection": _selection,
        "canReset": _can_reset,
        "nextTick": _next_tick,
        "metadata": _metadata,
        "hasCursorUpdatePermissions": lambda _declared, context: context.permits(UPDATE_CURSOR),
    },
)
DOMAIN.type("Sensors", Sensors)
DOMAIN.type("Target", Target)
DOMAIN.type("SensorMetadata", SensorMetadata)
DOMAIN.type("StopSensorMutationResult", StopSensorMutationResult)


@DOMAIN.field("Repository", "sensors")
def sensors_of(repository: Repository, context: RequestContext, *, sensor_type: str | None = None) -> list[Declared]:
    """The sensors of a code location, in the order of their names."""
    name = repository.location.name
    found = [each for (location, _), each in context.catalog.sensors.items() if location == name]
    expect_states(context, found)
    wanted = SensorType[sensor_type] if sensor_type is not None else None
    kept = [each for each in found if wanted is None or each.value.sensor_type is wanted]
    return sorted(kept, key=lambda each: each.value.name)


def _sensors_of_job(job: Placed[JobSpec], context: RequestContext) -> list[Declared]:
    found = sensors_of(Repository(job.location), context)
    return [each for each in found if job.value.name in each.value.job_names]


for _name in ("Job", "Pipeline", "PipelineSnapshot"):
    DOMAIN.placed_type(_name, JobSpec, None, {"sensors": _sensors_of_job})


def _targeting(node: Placed[AssetNode], context: RequestContext) -> list[Instigator]:
    """The schedules and sensors that may start a run of an asset."""
    key, location = node.value.spec.key, node.location.name
    jobs = {job.value.name for job in context.catalog.jobs_of_asset.get(key, ())} - {"__ASSET_JOB"}
    schedules = [each for (at, _), each in context.catalog.schedules.items() if at == location and each.value.job_name in jobs]
    sensors = [
        each
        for (at, _), each in context.catalog.sensors.items()
        if at == location and (jobs & set(each.value.job_names) or _selects(each, key, context))
    ]
    return [*sensors, *schedules]


def _selects(declared: Declared, key: AssetKey, context: RequestContext) -> bool:
    selected = _selection(declared, context)
    return selected is not None and key in keys_selected(selected, context)


DOMAIN.placed_type("AssetNode", AssetNode, None, {"targetingInstigators": _targeting})


def sensor_selected(context: RequestContext, selector: Input) -> Declared | SensorNotFoundError:
    """The sensor that a selector names."""
    name: str = selector["sensor_name"]
    repository = repository_selected(context, selector)
    if not isinstance(repository, Repository):
        return SensorNotFoundError(message=repository.message, sensor_name=name)
    found = context.catalog.sensors.get((repository.location.name, name))
    message = f"Could not find `{name}` in the currently loaded repository."
    return found or SensorNotFoundError(message=message, sensor_name=name)


@DOMAIN.query("sensorOrError")
def sensor(context: RequestContext, *, sensor_selector: Input) -> object:
    """A sensor."""
    return sensor_selected(context, sensor_selector)


@DOMAIN.query("sensorsOrError")
def sensors(context: RequestContext, *, repository_selector: Input, sensor_status: str | None = None) -> object:
    """The sensors of a repository; those that are on or off where this is asked for."""
    repository = repository_selected(context, repository_selector)
    if not isinstance(repository, Repository):
        return repository
    found = sensors_of(repository, context)
    wanted = [
        each for each in found if sensor_status is None or is_running(Standing(each), context) == (sensor_status == "RUNNING")
    ]
    return Sensors(wanted)


@DOMAIN.mutation("startSensor", permission=EDIT_SENSOR)
def start_sensor(context: RequestContext, *, sensor_selector: Input) -> object:
    """Switches a sensor on."""
    return _switched(context, sensor_selector, InstigatorStatus.RUNNING)


@DOMAIN.mutation("resetSensor", permission=EDIT_SENSOR)
def reset_sensor(context: RequestContext, *, sensor_selector: Input) -> object:
    """Has a sensor on or off as it is declared."""
    return _switched(context, sensor_selector, InstigatorStatus.DECLARED_IN_CODE)


def _switched(context: RequestContext, selector: Input, status: InstigatorStatus) -> object:
    found = sensor_selected(context, selector)
    if isinstance(found, Placed):
        switch(context, found, status)
    return found


@DOMAIN.mutation("stopSensor", permission=EDIT_SENSOR)
def stop_sensor(
    context: RequestContext,
    *,
    id: str | None = None,
    job_origin_id: str | None = None,
    job_selector_id: str | None = None,
) -> StopSensorMutationResult:
    """Switches a sensor off."""
    named = id or job_selector_id or job_origin_id or ""
    found = instigator_named(context, named)
    if found is None or isinstance(found.value, ScheduleSpec):
        raise LookupError(f'There is no sensor "{named}".')
    return StopSensorMutationResult(switch(context, found, InstigatorStatus.STOPPED))


@DOMAIN.mutation("setSensorCursor", permission=UPDATE_CURSOR)
def set_cursor(context: RequestContext, *, sensor_selector: Input, cursor: str | None = None) -> object:
    """Sets what a sensor finds as its cursor at the next tick."""
    found = sensor_selected(context, sensor_selector)
    if isinstance(found, Placed):
        stored = change_state(
            context.instance,
            found.location.name,
            found.value,
            lambda state: msgspec.structs.replace(state, cursor=cursor),
        )
        context.loaders.instigators.know({stored.selector: stored})
    return found


@DOMAIN.mutation("sensorDryRun", permission=DRY_RUN_SENSOR)
def dry_run(context: RequestContext, *, selector_data: Input, cursor: str | None = None) -> object:
    """What a sensor says now, with the given cursor. Nothing is stored and nothing is started."""
    found = sensor_selected(context, selector_data)
    if not isinstance(found, Placed):
        return found
    return FutureTick(declared=found, timestamp=context.now(), cursor=cursor)
