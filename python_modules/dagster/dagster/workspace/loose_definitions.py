"""The definitions at the top level of a module that has no `Definitions` object, such as a script that was given decorators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

from dagster.define.asset_jobs import UnresolvedAssetJobDefinition
from dagster.define.assets_definitions import AssetsDefinition
from dagster.define.definitions import Definitions
from dagster.define.graphs import GraphDefinition
from dagster.define.jobs import JobDefinition
from dagster.define.schedules import ScheduleDefinition
from dagster.define.sensors import SensorDefinition


def loose_definitions(module: ModuleType) -> Definitions | None:
    """What a module declares at its top level, assets also in lists; None where it declares nothing that can run."""
    return definitions_of(_members(module))


def definitions_of(values: Iterable[object]) -> Definitions | None:
    """A project of assets, jobs, schedules and sensors; of graphs where there is neither. None without any of them."""
    found = list({id(each): each for each in values}.values())
    assets = [each for each in found if isinstance(each, AssetsDefinition)]
    jobs = [each for each in found if isinstance(each, (JobDefinition, UnresolvedAssetJobDefinition))]
    if not assets and not jobs:
        jobs = [each.to_job() for each in found if isinstance(each, GraphDefinition)]
    if not assets and not jobs:
        return None
    return Definitions(
        assets=assets,
        jobs=jobs,
        schedules=[each for each in found if isinstance(each, ScheduleDefinition)],
        sensors=[each for each in found if isinstance(each, SensorDefinition)],
    )


def _members(module: ModuleType) -> Iterator[Any]:
    for value in vars(module).values():
        if isinstance(value, (list, tuple)):
            members: list[Any] = list(value)  # pyright: ignore[reportUnknownArgumentType] - a user's list holds anything
            yield from (each for each in members if isinstance(each, AssetsDefinition))
        else:
            yield value
