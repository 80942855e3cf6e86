"""Whether the schedules, sensors and checks of a project fit together with its assets, jobs and resources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

from dagster.define.assets_definitions import AssetsDefinition
from dagster.define.automations import duplicate_names as duplicate_names
from dagster.define.automations import place_of_definition, targets_of
from dagster.define.computations import DEFAULT_IO_MANAGER_KEY
from dagster.define.jobs import JobDefinition
from dagster.define.problems import Problem
from dagster.define.projects import Project
from dagster.errors import CheckError, DagsterError, DagsterInvalidDefinitionError, DagsterInvalidSubsetError, closest
from dagster.keys import AssetKey


def refuse_no_schedule(each: Any) -> None:
    """Raises CheckError for something among the schedules that is none."""
    from dagster.define.partitioned_schedules import UnresolvedPartitionedAssetScheduleDefinition
    from dagster.define.schedules import ScheduleDefinition

    if not isinstance(each, (ScheduleDefinition, UnresolvedPartitionedAssetScheduleDefinition)):
        raise _mismatch(each, "A schedule is a ScheduleDefinition or a function decorated with @schedule")


def refuse_no_sensor(each: Any) -> None:
    """Raises CheckError for something among the sensors that is none."""
    from dagster.define.sensors import SensorDefinition

    if not isinstance(each, SensorDefinition):
        raise _mismatch(each, "A sensor is a SensorDefinition or a function decorated with @sensor")


def refuse_no_job(each: Any) -> None:
    """Raises CheckError for something among the jobs that is none."""
    from dagster.define.targets import is_job

    if not is_job(each):
        hint = ". Put assets into assets=[...]" if isinstance(each, AssetsDefinition) else ""
        raise _mismatch(each, f"A job is a JobDefinition or made by define_asset_job{hint}")


def refuse_no_check(each: Any) -> None:
    """Raises CheckError for something among the checks that is none."""
    if not isinstance(each, AssetsDefinition):
        raise _mismatch(each, "A check is a function decorated with @asset_check or @multi_asset_check")


def _mismatch(found: Any, wanted: str) -> CheckError:
    return CheckError(f"Member of iterable mismatches type. {wanted}. Got {found!r} of type {type(found)}.")


def selection_problems(project: Project) -> list[Problem]:
    """Targets that select assets which are not there."""
    problems: list[Problem] = []
    for each, target in targets_of(project.schedules, project.sensors):
        selection = getattr(target.job, "selection", None)
        if selection is None:
            continue
        try:
            project.selected(selection)
        except DagsterError as refused:
            error = DagsterInvalidDefinitionError(f"Failed to resolve asset job {target.job_name} of {_called(each)}: {refused}")
            error.__cause__ = refused
            problems.append(Problem(error, getattr(target.job, "written_at", "") or each.place))
    return problems


def job_name_problems(project: Project, jobs: Mapping[str, JobDefinition]) -> list[Problem]:
    """Targets that name a job which is not there."""
    problems: list[Problem] = []
    for each, target in targets_of(project.schedules, project.sensors):
        if target.job_name not in jobs:
            error = DagsterInvalidDefinitionError(
                f'{_kind(each)} "{each.name}" targets job "{target.job_name}" which was not found in this repository.'
                f"{closest(target.job_name, jobs)} Give the job itself, job=..., or put it into Definitions(jobs=[...])."
            )
            problems.append(Problem(error, each.place))
    return problems


def partition_problems(project: Project, jobs: Mapping[str, JobDefinition]) -> list[Problem]:
    """Schedules that follow from partitions of a job which has none, or none of that kind."""
    problems: list[Problem] = []
    for each in project.schedules:
        if hasattr(each, "resolve") and each.job_name in jobs:
            try:
                each.resolve(jobs[each.job_name])
            except (DagsterError, CheckError) as refused:
                error = DagsterInvalidDefinitionError(str(refused))
                error.__cause__ = refused
                problems.append(Problem(error, each.place))
    return problems


def _called(each: Any) -> str:
    kind = "schedule" if _kind(each) == "ScheduleDefinition" else "sensor"
    return f"{kind} '{each.name}'"


def _kind(each: Any) -> str:
    return "SensorDefinition" if hasattr(each, "targets") else "ScheduleDefinition"


def resource_problems(project: Project) -> list[Problem]:
    """Resources that schedules, sensors and checks ask for and nobody gives."""
    known = {*project.all_resources, DEFAULT_IO_MANAGER_KEY}
    problems: list[Problem] = []
    for each in [*project.schedules, *project.sensors]:
        missing = sorted(set(getattr(each, "required_resource_keys", ())) - known)
        problems.extend(_missing_resource(key, _called(each), known, each.place) for key in missing)
    for check in project.checks:
        for key in sorted(check.required_resource_keys - known):
            named = ", ".join(f"'{spec.key.to_user_string()}'" for spec in check.check_specs[:3])
            problems.append(_missing_resource(key, f"check {named}", known, place_of_definition(check)))
    return problems


def _missing_resource(key: str, required_by: str, known: Set[str], place: str) -> Problem:
    error = DagsterInvalidDefinitionError(
        f"resource with key '{key}' required by {required_by} was not provided.{closest(key, known)} Provide it in "
        f"Definitions(resources={{'{key}': ...}}); there are: {', '.join(sorted(known))}."
    )
    return Problem(error, place, key)


def condition_sensor_problems(project: Project) -> list[Problem]:
    """Automation sensors that select what is not there, or the same asset twice."""
    evaluated_by: dict[AssetKey, Any] = {}
    problems: list[Problem] = []
    for sensor in _condition_sensors(project.sensors):
        try:
            selected = project.selected(sensor.asset_selection, executable_only=False)
        except DagsterInvalidSubsetError as refused:
            problems.append(Problem(DagsterInvalidSubsetError(f"Sensor '{sensor.name}': {refused}"), sensor.place))
            continue
        for key in sorted(selected):
            other = evaluated_by.setdefault(key, sensor)
            if other is not sensor:
                error = DagsterInvalidDefinitionError(
                    f"Automation policy sensors '{sensor.name}' and '{other.name}' have overlapping asset selections: they both "
                    f"target '{key.to_user_string()}'. Each asset must only be targeted by one automation policy sensor."
                )
                problems.append(Problem(error, sensor.place))
                break
    return problems


def _condition_sensors(sensors: Sequence[Any]) -> list[Any]:
    return [sensor for sensor in sensors if hasattr(sensor, "default_condition")]


def all_sensors(project: Project) -> Sequence[Any]:
    """The sensors of the project, and the one that evaluates conditions which none of these does."""
    conditioned = {spec.key for spec in project.graph.specs if spec.automation_condition is not None}
    conditioned |= {spec.asset_key for spec in project.check_specs if spec.automation_condition is not None}
    own = _condition_sensors(project.sensors)
    for sensor in own:
        conditioned -= project.selected(sensor.asset_selection, executable_only=False)
    if not conditioned:
        return project.sensors
    from dagster.define.automation_sensors import default_automation_sensor
    from dagster.specs.selections import AssetSelection

    selection: AssetSelection = AssetSelection.all()
    for sensor in own:
        selection = selection - sensor.asset_selection
    return [default_automation_sensor(selection), *project.sensors]
