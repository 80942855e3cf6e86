"""A code location as values: what its code declares, without the functions.

The specs are the ones of the definitions. Their wire form is a pickle of frozen values, read by a reader that makes values of
this package and nothing else: what comes from user's processes can name no function to call.
"""

from __future__ import annotations

import io
import pickle
import sys
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from dagster.define.assets_definitions import AssetsDefinition
from dagster.define.computations import Computation
from dagster.define.flattening import FlatOp
from dagster.define.jobs import JobDefinition
from dagster.define.repositories import SINGLETON_REPOSITORY_NAME
from dagster.define.targets import ANONYMOUS_JOB_PREFIX
from dagster.errors import DagsterInvalidDefinitionError
from dagster.keys import AssetCheckKey
from dagster.specs.assets import AssetSpec
from dagster.specs.backfills import BackfillPolicy
from dagster.specs.checks import AssetCheckSpec
from dagster.specs.jobs import JobSpec
from dagster.specs.schedules import ScheduleSpec
from dagster.specs.sensors import SensorSpec
from dagster.workspace.loading import CodeLocation


class AssetNode(msgspec.Struct, frozen=True, kw_only=True):
    """An asset in its location.

    Attributes:
        spec: the asset.
        execution_type: what a run does with it.
        op_name: of the function that makes it; None for an external asset.
        op_names: of a graph that makes it, the places of its ops; else that one name.
        op_tags: of that function.
        pools: in which that function takes a place.
        resource_keys: what that function asks for, sorted.
        backfill_policy: how many of its partitions one run makes.
        graph_name: of the graph that makes it; None for a function.
        is_apart: whether that function can make it without the others that it makes.
        is_stub: whether nobody declared it, and another asset depends on it.
    """

    spec: AssetSpec
    execution_type: str
    op_name: str | None = None
    op_names: Sequence[str] = ()
    op_tags: Mapping[str, str] = {}
    pools: Sequence[str] = ()
    resource_keys: Sequence[str] = ()
    backfill_policy: BackfillPolicy | None = None
    graph_name: str | None = None
    is_apart: bool = False
    is_stub: bool = False


class LocationDescription(msgspec.Struct, frozen=True, kw_only=True):
    """What the code of a location declares.

    Attributes:
        name: of the location.
        assets: in the order of definition.
        checks: of assets.
        checks_made_with_assets: those of them that their function cannot execute without making assets.
        jobs: the one over all assets first.
        schedules, sensors: in the order of declaration.
        resource_keys: sorted.
        repository_name: the name that the API has for all of it.
        libraries: the installed distributions of this project, with their versions.
    """

    name: str
    assets: Sequence[AssetNode] = ()
    checks: Sequence[AssetCheckSpec] = ()
    checks_made_with_assets: frozenset[AssetCheckKey] = frozenset()
    jobs: Sequence[JobSpec] = ()
    schedules: Sequence[ScheduleSpec] = ()
    sensors: Sequence[SensorSpec] = ()
    resource_keys: Sequence[str] = ()
    repository_name: str = SINGLETON_REPOSITORY_NAME
    libraries: Mapping[str, str] = {}


def description_of(location: CodeLocation) -> LocationDescription:
    """What a loaded location declares."""
    project, definitions = location.project, location.definitions
    return LocationDescription(
        name=location.name,
        assets=tuple(_asset(definition, spec) for definition in project.definitions for spec in definition.specs),
        checks=tuple(project.check_specs),
        checks_made_with_assets=frozenset(key for each in project.definitions if not each.can_subset for key in each.check_keys),
        jobs=tuple(_job(job) for job in definitions.resolve_all_job_defs()),
        schedules=tuple(schedule.spec for schedule in project.schedules if hasattr(schedule, "spec")),
        sensors=tuple(sensor.spec for sensor in project.sensors if hasattr(sensor, "spec")),
        resource_keys=tuple(sorted(project.all_resources)),
        repository_name=location.repository_name,
        libraries=_libraries(),
    )


def _asset(definition: AssetsDefinition, spec: AssetSpec) -> AssetNode:
    computation = definition.computation
    if computation is None:
        return AssetNode(spec=spec, execution_type=definition.execution_type.value)
    functions = _functions_of(computation)
    pools = {each.pool for each in functions.values() if each.pool is not None}
    return AssetNode(
        spec=spec,
        execution_type=definition.execution_type.value,
        op_name=computation.name,
        op_names=tuple(functions),
        op_tags={key: str(value) for key, value in computation.tags.items()},
        pools=tuple(sorted(pools)),
        resource_keys=tuple(sorted({key for each in functions.values() for key in each.required_resource_keys})),
        backfill_policy=definition.backfill_policy,
        graph_name=computation.name if computation.graph is not None else None,
        is_apart=computation.can_subset,
    )


def _functions_of(computation: Computation) -> dict[str, Computation]:
    """The functions that make what a computation makes, by their places: itself, or the ops of the graph that it stands for."""
    if computation.graph is None:
        return {computation.name: computation}
    ops: Mapping[str, FlatOp] = computation.graph.flat.ops
    return {f"{computation.name}.{place}": op.computation for place, op in ops.items()}


def _job(job: JobDefinition) -> JobSpec:
    return JobSpec(
        name=job.name,
        description=job.description,
        tags=job.tags,
        # As the API tells them: runs of a job of ops bear its tags without their being told as tags of runs.
        run_tags=job.run_tags if job.ops is None else job.declared.run_tags or {},
        metadata=job.metadata,
        owners=tuple(job.owners or ()),
        asset_keys=job.selected_asset_keys,
        check_keys=_checks_of(job),
        target=getattr(job.declared, "selection", None) if job.name.startswith(ANONYMOUS_JOB_PREFIX) else None,
        op_names=tuple(job.ops.flat.ops) if job.ops is not None else (),
        partitions_def=job.partitions_def,
    )


def _checks_of(job: JobDefinition) -> frozenset[AssetCheckKey] | None:
    if job.ops is not None:
        return frozenset()
    selected = job.check_keys_of(job.selected_asset_keys)
    return None if selected is None else frozenset(selected)


def _libraries() -> dict[str, str]:
    """The integrations among what is imported, which is cheaper than reading what is installed."""
    from dagster.version import __version__

    found = {"dagster": __version__}
    for name in sorted(sys.modules):
        module = sys.modules[name]
        version: object = getattr(module, "__version__", None) if name.startswith("dagster_") and "." not in name else None
        if isinstance(version, str):
            found[name.replace("_", "-")] = version
    return found


def wire_form(value: Any) -> bytes:
    """A frozen value as bytes.

    Raises:
        DagsterInvalidDefinitionError: something in it is no value, such as a function; the sentence says what.
    """
    written = io.BytesIO()
    try:
        _Writer(written, protocol=5).dump(value)
    except (pickle.PicklingError, AttributeError, TypeError) as refused:
        raise DagsterInvalidDefinitionError(f"A definition holds something that is no value: {refused}.") from refused
    return written.getvalue()


def from_wire(data: bytes) -> Any:
    """The value that `wire_form` wrote.

    Raises:
        pickle.UnpicklingError: it names something that is no value of this package.
    """
    return _Reader(io.BytesIO(data)).load()


def zone_named(name: str) -> ZoneInfo:
    """A time zone, as its wire form tells it."""
    return ZoneInfo(name)


class _Writer(pickle.Pickler):
    def reducer_override(self, obj: Any) -> Any:
        return (zone_named, (obj.key,)) if isinstance(obj, ZoneInfo) else NotImplemented


_OTHERS = frozenset(
    {
        ("msgspec._utils", "rebuild"),
        ("datetime", "datetime"),
        ("datetime", "date"),
        ("datetime", "timedelta"),
        ("datetime", "timezone"),
        ("dagster.workspace.descriptions", "zone_named"),
        ("builtins", "frozenset"),
        ("builtins", "set"),
    }
)


_ROOMS_OF_VALUES = ("keys", "specs", "partitions", "metadata", "events", "runs", "workspace")
"""The rooms whose classes are values; making one of them runs nothing of the user's."""


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        parts = module.split(".")
        found = None
        if (module, name) in _OTHERS or (parts[0] == "dagster" and len(parts) > 1 and parts[1] in _ROOMS_OF_VALUES):
            found = super().find_class(module, name)
        if isinstance(found, type) or (module, name) in _OTHERS:
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value of a description")
