"""What the code locations declare, taken together: a value per state of the locations, with what is looked up in it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Generic, TypeVar

import msgspec

from dagster.keys import AssetCheckKey, AssetKey
from dagster.lineage.graph import AssetExecutionType, AssetGraph
from dagster.specs.assets import AssetSpec
from dagster.specs.checks import AssetCheckSpec
from dagster.specs.jobs import JobSpec
from dagster.specs.schedules import ScheduleSpec
from dagster.specs.sensors import SensorSpec
from dagster.workspace.descriptions import AssetNode
from dagster.workspace.served_locations import LocationState
from dagster.workspace.structures import JobStructure

T = TypeVar("T")

EXECUTED = ("MATERIALIZATION", "OBSERVATION")
"""What a run may do with an asset that is not external."""


class Placed(msgspec.Struct, Generic[T], frozen=True, eq=False):
    """Something that a code location declares, with the location.

    Attributes:
        location: as it stands.
        value: what is declared.
    """

    location: LocationState
    value: T


class Repository(msgspec.Struct, frozen=True, eq=False):
    """What a location declares, under the name that the API has for it."""

    location: LocationState

    @property
    def name(self) -> str:
        """Of the repository; two underscores around it where nobody gave one."""
        description = self.location.description
        return description.repository_name if description is not None else ""


class Catalog:
    """Everything that is declared. Looked up in, never changed.

    Args:
        states: where the locations stand.
    """

    def __init__(self, states: Sequence[LocationState]) -> None:
        self.states = states
        self._graphs: dict[str, AssetGraph] = {}

    @cached_property
    def locations(self) -> Mapping[str, LocationState]:
        """Keyed by name."""
        return {state.name: state for state in self.states}

    @cached_property
    def repositories(self) -> Sequence[Repository]:
        """Of the locations that are loaded."""
        return [Repository(state) for state in self.states if state.description is not None]

    def repository(self, location: str, name: str) -> Repository | None:
        """The repository of this name in a location, None if there is none."""
        return next((each for each in self.repositories if (each.location.name, each.name) == (location, name)), None)

    @cached_property
    def assets(self) -> Mapping[AssetKey, Placed[AssetNode]]:
        """Keyed by asset; of one that several locations know, where it is made."""
        found: dict[AssetKey, Placed[AssetNode]] = {}
        for state in self.states:
            for node in state.description.assets if state.description is not None else ():
                known = found.get(node.spec.key)
                if known is None or (node.execution_type in EXECUTED and known.value.execution_type not in EXECUTED):
                    found[node.spec.key] = Placed(state, node)
        return found

    @cached_property
    def specs(self) -> Mapping[AssetKey, AssetSpec]:
        """What assets are, keyed by asset."""
        return {key: placed.value.spec for key, placed in self.assets.items()}

    @cached_property
    def made_here(self) -> frozenset[AssetKey]:
        """The assets that a run can write."""
        return frozenset(key for key, placed in self.assets.items() if placed.value.execution_type == "MATERIALIZATION")

    def asset_graph(self, location: LocationState) -> AssetGraph:
        """The assets of a code location with their edges, by which selections are evaluated."""
        if location.name not in self._graphs:
            nodes = location.description.assets if location.description is not None else ()
            declared = [(node.spec, AssetExecutionType(node.execution_type), None) for node in nodes]
            self._graphs[location.name] = AssetGraph(declared)
        return self._graphs[location.name]

    @cached_property
    def assets_in_order(self) -> Sequence[Placed[AssetNode]]:
        """In the order of their keys' stored text."""
        return sorted(self.assets.values(), key=lambda placed: placed.value.spec.key.to_string())

    @cached_property
    def dependency_keys(self) -> Mapping[AssetKey, Sequence[AssetKey]]:
        """What an asset depends on, in the order of keys."""
        return {key: sorted(dep.asset_key for dep in placed.value.spec.deps) for key, placed in self.assets.items()}

    @cached_property
    def dependent_keys(self) -> Mapping[AssetKey, Sequence[AssetKey]]:
        """What depends on an asset, in the order of keys."""
        return {key: sorted(keys) for key, keys in self.dependents.items()}

    @cached_property
    def job_names_of_asset(self) -> Mapping[AssetKey, Sequence[str]]:
        """The names of the jobs that make an asset, in their order."""
        return {key: sorted(job.value.name for job in jobs) for key, jobs in self.jobs_of_asset.items()}

    @cached_property
    def dependents(self) -> Mapping[AssetKey, Sequence[AssetKey]]:
        """The assets that depend on an asset, in the order of definition."""
        found: dict[AssetKey, list[AssetKey]] = {}
        for key, placed in self.assets.items():
            for dep in placed.value.spec.deps:
                found.setdefault(dep.asset_key, []).append(key)
        return found

    @cached_property
    def made_together(self) -> Mapping[AssetKey, Sequence[AssetKey]]:
        """The assets that one function makes and cannot make apart, keyed by each of them."""
        found: dict[AssetKey, Sequence[AssetKey]] = {}
        for state in self.states:
            of_function: dict[str, list[AssetKey]] = {}
            for node in state.description.assets if state.description is not None else ():
                if node.op_name is not None and not node.is_apart:
                    of_function.setdefault(node.op_name, []).append(node.spec.key)
            found.update({key: keys for keys in of_function.values() if len(keys) > 1 for key in keys})
        return found

    @cached_property
    def jobs(self) -> Mapping[tuple[str, str], Placed[JobSpec]]:
        """Keyed by location and name."""
        return {
            (state.name, job.name): Placed(state, job)
            for state in self.states
            if state.description is not None
            for job in state.description.jobs
        }

    @cached_property
    def jobs_of_asset(self) -> Mapping[AssetKey, Sequence[Placed[JobSpec]]]:
        """The jobs that make an asset, of the location where it is made."""
        found: dict[AssetKey, list[Placed[JobSpec]]] = {}
        for placed in self.jobs.values():
            for key in placed.value.asset_keys:
                asset = self.assets.get(key)
                if asset is not None and asset.location is placed.location:
                    found.setdefault(key, []).append(placed)
        return found

    @cached_property
    def job_names_of_check(self) -> Mapping[AssetCheckKey, Sequence[str]]:
        """The names of the jobs whose runs execute a check, of the location where it is declared, in their order."""
        found: dict[AssetCheckKey, list[str]] = {}
        for placed in sorted(self.jobs.values(), key=lambda each: each.value.name):
            selected = placed.value.check_keys
            if selected is None:
                of_assets = (self.checks_of_asset.get(key, ()) for key in placed.value.asset_keys)
                selected = [check.value.key for checks in of_assets for check in checks]
            for key in selected:
                check = self.checks.get(key)
                if check is not None and check.location is placed.location:
                    found.setdefault(key, []).append(placed.value.name)
        return found

    @cached_property
    def checks(self) -> Mapping[AssetCheckKey, Placed[AssetCheckSpec]]:
        """Keyed by asset and name."""
        return {
            spec.key: Placed(state, spec)
            for state in self.states
            if state.description is not None
            for spec in state.description.checks
        }

    @cached_property
    def checks_of_asset(self) -> Mapping[AssetKey, Sequence[Placed[AssetCheckSpec]]]:
        """The checks of an asset, in the order of their names."""
        found: dict[AssetKey, list[Placed[AssetCheckSpec]]] = {}
        for placed in sorted(self.checks.values(), key=lambda placed: placed.value.name):
            found.setdefault(placed.value.asset_key, []).append(placed)
        return found

    @cached_property
    def schedules(self) -> Mapping[tuple[str, str], Placed[ScheduleSpec]]:
        """Keyed by location and name."""
        return {
            (state.name, schedule.name): Placed(state, schedule)
            for state in self.states
            if state.description is not None
            for schedule in state.description.schedules
        }

    @cached_property
    def sensors(self) -> Mapping[tuple[str, str], Placed[SensorSpec]]:
        """Keyed by location and name."""
        return {
            (state.name, sensor.name): Placed(state, sensor)
            for state in self.states
            if state.description is not None
            for sensor in state.description.sensors
        }


class Catalogs:
    """Keeps, for all requests, the catalog of the states that the locations have, and what their hosts said of jobs."""

    def __init__(self) -> None:
        self._current = Catalog(())
        self._structures: dict[tuple[str, int, str], JobStructure] = {}

    def structure(self, job: Placed[JobSpec], ask: Callable[[], JobStructure]) -> JobStructure:
        """What a job consists of, asked once for each version of its code."""
        place = (job.location.name, job.location.version, job.value.name)
        if place not in self._structures:
            current = {(state.name, state.version) for state in self._current.states}
            self._structures = {each: kept for each, kept in self._structures.items() if each[:2] in current}
            self._structures[place] = ask()
        return self._structures[place]

    def of(self, states: Sequence[LocationState]) -> Catalog:
        """The catalog of these states."""
        current = self._current
        if len(current.states) != len(states) or any(kept is not now for kept, now in zip(current.states, states, strict=True)):
            self._current = current = Catalog(tuple(states))
            # What is declared stays for long and is large: the collector need not look through it with every request.
            gc.freeze()
        return current
