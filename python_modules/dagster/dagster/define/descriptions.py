"""Everything that a project declares as plain data: what listings show, what one knows without the code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from dagster.define import automation_problems
from dagster.define.assets_definitions import AssetsDefinition
from dagster.define.definitions import Definitions
from dagster.define.projects import Project
from dagster.keys import AssetCheckKey, AssetKey
from dagster.specs.assets import AssetSpec
from dagster.specs.schedules import ScheduleSpec
from dagster.specs.sensors import SensorSpec

NOT_EVALUATED = "declared, not evaluated by this version"


class AssetDescription(msgspec.Struct, frozen=True, kw_only=True):
    """An asset with what its definition says beside its spec.

    Attributes:
        spec: the asset.
        place: file and line of the function; empty for external assets.
        check_names: of all its checks.
        hook_names: of what is called when its step ends.
    """

    spec: AssetSpec
    place: str
    is_executable: bool
    check_names: Sequence[str] = ()
    hook_names: Sequence[str] = ()
    backfill_policy: Any = None
    retry_policy: Any = None


class CheckDescription(msgspec.Struct, frozen=True, kw_only=True):
    """A check.

    Attributes:
        is_executed_with_asset: whether the function that makes the asset executes it.
    """

    key: AssetCheckKey
    description: str | None
    blocking: bool
    is_executed_with_asset: bool
    place: str


class JobDescription(msgspec.Struct, frozen=True, kw_only=True):
    """A job with the assets that it makes, in the order of their keys."""

    name: str
    description: str | None
    asset_keys: Sequence[AssetKey]
    tags: Mapping[str, str]
    hook_names: Sequence[str] = ()
    executor_name: str | None = None


class ProjectDescription(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a project declares.

    Attributes:
        resources: the name of each one's type, by key.
        executor_name: of the project's own executor; None without.
    """

    assets: Sequence[AssetDescription]
    checks: Sequence[CheckDescription]
    jobs: Sequence[JobDescription]
    schedules: Sequence[ScheduleSpec]
    sensors: Sequence[SensorSpec]
    resources: Mapping[str, str]
    loggers: Sequence[str]
    executor_name: str | None

    @property
    def not_evaluated(self) -> Mapping[str, int]:
        """How many there are of each kind that is declared and that this version does not evaluate; only kinds that occur."""
        specs = [asset.spec for asset in self.assets]
        counted = {
            "automation condition": sum(spec.automation_condition is not None for spec in specs),
            "freshness policy": sum(spec.freshness_policy is not None for spec in specs),
            "backfill policy": sum(asset.backfill_policy is not None for asset in self.assets),
        }
        return {kind: count for kind, count in counted.items() if count}

    @property
    def notes(self) -> Sequence[str]:
        """One line for each of these kinds: `2 freshness policies: declared, not evaluated by this version`."""
        return _notes(self.not_evaluated)


def notes_on_assets(project: Project) -> Sequence[str]:
    """The same for what is said on assets alone, without looking jobs up."""
    specs = project.graph.specs
    counted = {
        "automation condition": sum(spec.automation_condition is not None for spec in specs),
        "freshness policy": sum(spec.freshness_policy is not None for spec in specs),
    }
    return _notes({kind: count for kind, count in counted.items() if count})


def _notes(counted: Mapping[str, int]) -> Sequence[str]:
    return [f"{count} {_in_number(kind, count)}: {NOT_EVALUATED}" for kind, count in counted.items()]


def _in_number(kind: str, count: int) -> str:
    if count == 1:
        return kind
    return f"{kind.removesuffix('y')}ies" if kind.endswith("y") else f"{kind}s"


def describe(definitions: Definitions) -> ProjectDescription:
    """The project as plain data.

    Raises:
        DagsterInvalidDefinitionError: it does not hold together.

    Example:
        >>> described = describe(Definitions(assets=[AssetSpec("orders", automation_condition=AutomationCondition.eager())]))
        >>> described.notes
        ['1 automation condition: declared, not evaluated by this version']
    """
    project = definitions.project
    checks = list(_checks(project.definitions, project.checks))
    names: dict[AssetKey, list[str]] = {}
    for check in checks:
        names.setdefault(check.key.asset_key, []).append(check.key.name)
    return ProjectDescription(
        assets=[
            _asset(spec, definition, names.get(spec.key, []))
            for spec, definition in zip(project.graph.specs, project.graph.definitions, strict=True)
        ],
        checks=checks,
        jobs=[_job(job) for job in definitions.jobs_by_name.values() if not job.name.startswith("__")],
        schedules=[schedule.spec for schedule in definitions.schedules_by_name.values()],
        sensors=[sensor.spec for sensor in automation_problems.all_sensors(project)],
        resources={key: type(resource).__name__ for key, resource in sorted(project.all_resources.items())},
        loggers=sorted(definitions.loggers),
        executor_name=_name(definitions.executor),
    )


def _checks(makers: Iterable[AssetsDefinition], checks: Iterable[AssetsDefinition]) -> Iterable[CheckDescription]:
    for with_asset, definitions in ((True, makers), (False, checks)):
        for definition in definitions:
            for spec in definition.check_specs:
                yield CheckDescription(
                    key=spec.key,
                    description=spec.description,
                    blocking=spec.blocking,
                    is_executed_with_asset=with_asset,
                    place=_place(definition),
                )


def _asset(spec: AssetSpec, definition: AssetsDefinition | None, check_names: Sequence[str]) -> AssetDescription:
    if definition is None:
        return AssetDescription(spec=spec, place="", is_executable=False, check_names=check_names)
    return AssetDescription(
        spec=spec,
        place=_place(definition),
        is_executable=definition.is_executable,
        check_names=check_names,
        hook_names=_names(definition.hook_defs),
        backfill_policy=definition.backfill_policy,
        retry_policy=definition.computation.retry_policy if definition.computation else None,
    )


def _job(job: Any) -> JobDescription:
    return JobDescription(
        name=job.name,
        description=job.description,
        asset_keys=sorted(job.selected_asset_keys),
        tags=dict(job.tags),
        hook_names=_names(job.hook_defs),
        executor_name=_name(job.declared.executor_def),
    )


def _place(definition: AssetsDefinition) -> str:
    return definition.computation.place if definition.computation else ""


def _names(hooks: Iterable[Any]) -> Sequence[str]:
    return sorted(hook.name for hook in hooks)


def _name(executor: Any) -> str | None:
    return None if executor is None else getattr(executor, "name", type(executor).__name__)
