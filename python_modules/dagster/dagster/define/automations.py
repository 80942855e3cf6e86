"""Schedules, sensors and checks as they are given to a project: what they bring with them, and names given twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dagster.define.assets_definitions import AssetsDefinition
from dagster.define.problems import Problem
from dagster.errors import DagsterInvalidDefinitionError
from dagster.keys import AssetCheckKey, AssetKey


def without_checks(assets: Iterable[Any]) -> tuple[list[Any], list[AssetsDefinition]]:
    """What makes or names assets, and the definitions that execute checks alone; the same object counts once."""
    makers: list[Any] = []
    checks: dict[int, AssetsDefinition] = {}
    for each in assets:
        if isinstance(each, AssetsDefinition) and each.check_specs and not each.specs:
            checks[id(each)] = each
        else:
            makers.append(each)
    return makers, list(checks.values())


def duplicate_checks(definitions: Iterable[AssetsDefinition]) -> list[Problem]:
    """Checks of one key in two definitions."""
    first: dict[AssetCheckKey, AssetsDefinition] = {}
    problems: list[Problem] = []
    for definition in definitions:
        for spec in definition.check_specs:
            if first.setdefault(spec.key, definition) is not definition:
                error = DagsterInvalidDefinitionError(
                    f"Duplicate asset check key: {spec.key}. Give one of the checks of asset "
                    f'"{spec.asset_key.to_user_string()}" another name than "{spec.name}".'
                )
                problems.append(Problem(error, place_of_definition(definition)))
    return problems


def place_of_definition(definition: AssetsDefinition) -> str:
    """File and line of its function; empty for one without."""
    return definition.computation.place if definition.computation else ""


def targets_of(schedules: Iterable[Any], sensors: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Each schedule and sensor with each of its targets; those that name a job only have no job."""
    for schedule in schedules:
        if (target := getattr(schedule, "target", None)) is not None:
            yield schedule, target
    for sensor in sensors:
        for target in sensor.targets:
            yield sensor, target


def jobs_of_targets(schedules: Sequence[Any], sensors: Sequence[Any]) -> list[Any]:
    """The jobs that schedules and sensors bring with them, each object once."""
    found = {id(target.job): target.job for _, target in targets_of(schedules, sensors) if target.job is not None}
    unresolved = {id(each.job): each.job for each in schedules if getattr(each, "target", None) is None}
    return list({**found, **unresolved}.values())


def assets_of_targets(assets: Iterable[Any], schedules: Sequence[Any], sensors: Sequence[Any]) -> list[AssetsDefinition]:
    """The definitions of assets that schedules and sensors bring with them, besides those that a project has anyway.

    A loader gives an asset of a module back with a group, say; that is the one which the project has.
    """
    brought = [definition for _, target in targets_of(schedules, sensors) for definition in target.assets_defs]
    if not brought:
        return []
    has = {made for each in assets if isinstance(each, AssetsDefinition) for made in _made_by(each)}
    return [each for each in brought if not _made_by(each) or not has.issuperset(_made_by(each))]


def _made_by(definition: AssetsDefinition) -> set[tuple[AssetKey, int]]:
    """The assets, each with the function that makes it."""
    computation = definition.computation
    return set() if computation is None else {(key, id(computation.function)) for key in definition.keys}


def duplicate_names(schedules: Sequence[Any], sensors: Sequence[Any]) -> list[Problem]:
    """Two schedules or sensors of one name."""
    first: dict[str, Any] = {}
    problems: list[Problem] = []
    for each in [*schedules, *sensors]:
        earlier = first.setdefault(each.name, each)
        if earlier is not each:
            also = f" The first is at {earlier.place}." if earlier.place else ""
            error = DagsterInvalidDefinitionError(
                f"Duplicate definition found for {each.name}: two schedules or sensors have this name.{also}"
            )
            problems.append(Problem(error, each.place))
    return problems
