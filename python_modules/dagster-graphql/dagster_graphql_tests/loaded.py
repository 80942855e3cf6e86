"""Code locations whose code is in the test itself: the port `CodeLocations` without processes."""

from __future__ import annotations

import time
from collections.abc import Generator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any

from msgspec.structs import replace

from dagster import serdes
from dagster.define.definitions import Definitions
from dagster.errors import CheckError, DagsterCodeLocationError, DagsterError
from dagster.execution.preparation import NewRun, checked_plan, new_run, repeated_run
from dagster.instance.instance import DagsterInstance
from dagster.instance.launches import RunLauncher, RunOrder
from dagster.runs.evaluations import TickAnswer, TickQuestion
from dagster.workspace.complaints import complaint
from dagster.workspace.descriptions import description_of, from_wire, wire_form
from dagster.workspace.hosts import DescribePartition, HostRefusal, MakePlan, MakeRun
from dagster.workspace.loading import CodeLocation
from dagster.workspace.served_locations import LocationState
from dagster.workspace.structure_building import plan_facts, said_of_partition, structure_of
from dagster.workspace.structures import JobStructure, PlanFacts
from dagster.workspace.targets import CodeTarget
from dagster_graphql.contexts import Access
from dagster_graphql.operations import Answer, Api


class LoadedLocations:
    """The port over definitions, keyed by the names of their locations.

    Attributes:
        orders: the runs that were launched, in order; they are not executed.
    """

    def __init__(self, instance: DagsterInstance, **locations: Definitions) -> None:
        self._instance = instance
        self._code = {
            name: CodeLocation(
                target=CodeTarget(source="python_file", name=f"{name}.py", location_name=name, working_directory="/work"),
                path=f"{name}.py",
                definitions=definitions,
            )
            for name, definitions in locations.items()
        }
        self._states = {name: self._loaded(name, 1) for name in self._code}
        self.orders: list[RunOrder] = []

    def _loaded(self, name: str, version: int) -> LocationState:
        code = self._code[name]
        # By its wire form, as from another process.
        description = from_wire(wire_form(description_of(code)))
        return LocationState(name=name, description=description, version=version, updated=time.time(), target=code.target)

    @property
    def states(self) -> Sequence[LocationState]:
        return list(self._states.values())

    def change(self, name: str, **changes: Any) -> None:
        """Another state of a location."""
        self._states[name] = replace(self._states[name], **changes)

    @contextmanager
    def host(self, name: str) -> Generator[LoadedHost]:
        self._checked(name)
        yield LoadedHost(self._code[name], self._instance)

    def launcher(self, location: str | None) -> RunLauncher:
        self._checked(location)
        return self

    def launch(self, order: RunOrder) -> None:
        self.orders.append(order)

    def reload(self, name: str, seconds: float) -> LocationState:
        self._checked(name)
        self._states[name] = self._loaded(name, self._states[name].version + 1)
        return self._states[name]

    def restart(self, name: str) -> None:
        self.reload(name, 0)

    def ask(self, question: TickQuestion, seconds: float) -> Future[TickAnswer]:
        raise NotImplementedError

    def _checked(self, name: str | None) -> None:
        if name not in self._code:
            raise DagsterCodeLocationError(f'There is no code location "{name}".')


class LoadedHost:
    """Answers for loaded code, refusing as a host does."""

    def __init__(self, code: CodeLocation, instance: DagsterInstance) -> None:
        self._code = code
        self._instance = instance

    def make_run(self, question: MakeRun) -> NewRun:
        try:
            job = self._code.definitions.resolve_job_def(question.job_name)
            if question.again is not None:
                keeps_tags = question.keeps_tags
                return repeated_run(job, question.again, question.request, self._instance, question.run_id, keeps_tags=keeps_tags)
            return new_run(job, question.request, self._instance, question.op_selection, question.run_id)
        except (DagsterError, CheckError) as refused:
            raise HostRefusal(complaint(refused, location=self._code)) from refused

    def job_structure(self, job_name: str) -> JobStructure:
        structure = structure_of(self._code.definitions.resolve_job_def(job_name))
        return serdes.decode(serdes.encode(structure), JobStructure)

    def make_plan(self, question: MakePlan) -> PlanFacts:
        try:
            job = self._code.definitions.resolve_job_def(question.job_name)
            return plan_facts(checked_plan(job, question.request, self._instance, question.op_selection))
        except (DagsterError, CheckError) as refused:
            raise HostRefusal(complaint(refused, location=self._code)) from refused

    def partition(self, question: DescribePartition) -> Mapping[str, Any]:
        try:
            job = self._code.definitions.resolve_job_def(question.job_name)
            said = said_of_partition(job, question.partition_key, question.asset_selection, question.wants)
        except (DagsterError, CheckError) as refused:
            raise HostRefusal(complaint(refused, location=self._code)) from refused
        return serdes.decode(serdes.encode(said), dict)


class Served:
    """An API with its instance and its locations, and short ways to ask it."""

    def __init__(self, instance: DagsterInstance, access: Access | None = None, **locations: Definitions) -> None:
        self.instance = instance
        self.locations = LoadedLocations(instance, **locations)
        self.api = Api(instance, self.locations, access=access)

    def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """The data of an operation that has no errors."""
        answer = self.answer(query, **variables)
        assert answer.errors == []
        assert answer.data is not None
        return answer.data

    def answer(self, query: str, **variables: Any) -> Answer:
        """What an operation gave, errors included."""
        return self.api.execute(query, variables)
