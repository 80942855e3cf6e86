"""The port to code locations, as the API needs them. No user code runs in the process of the API.

`dagster dev` and `dagster-webserver` answer it with served locations (`dagster.daemon.served`), tests with loaded definitions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from typing import Any, Protocol

from dagster.execution.preparation import NewRun
from dagster.instance.launches import RunLauncher
from dagster.runs.evaluations import TickAnswer, TickQuestion
from dagster.workspace.hosts import DescribePartition, MakePlan, MakeRun
from dagster.workspace.served_locations import LocationState
from dagster.workspace.structures import JobStructure, PlanFacts

__all__ = ["CodeHost", "CodeLocations", "LocationState", "MakeRun", "NewRun", "RunLauncher", "TickAnswer", "TickQuestion"]


class CodeHost(Protocol):
    """Answers questions about the code of one location."""

    def make_run(self, question: MakeRun) -> NewRun:
        """The run that is asked for, made and checked, not stored.

        Raises:
            DagsterCodeLocationError: what is asked for does not fit; the sentence says why.
        """
        ...

    def job_structure(self, job_name: str) -> JobStructure:
        """What a job consists of.

        Raises:
            DagsterCodeLocationError: there is no such job, or it does not hold together.
        """
        ...

    def make_plan(self, question: MakePlan) -> PlanFacts:
        """The steps of the run that is asked for, its config checked.

        Raises:
            DagsterCodeLocationError: what is asked for does not fit; the sentence says why.
        """
        ...

    def partition(self, question: DescribePartition) -> Mapping[str, Any]:
        """The config, or the tags, of the run of a partition.

        Raises:
            DagsterCodeLocationError: the job has no partitions, or does not say it of that one.
        """
        ...


class CodeLocations(Protocol):
    """The code locations that are served."""

    @property
    def states(self) -> Sequence[LocationState]:
        """Where each of them stands."""
        ...

    def host(self, name: str) -> AbstractContextManager[CodeHost]:
        """What answers questions about a location, for as long as a block lasts.

        Raises:
            DagsterCodeLocationError: there is no such location, or it is not served.
        """
        ...

    def launcher(self, location: str | None) -> RunLauncher:
        """What launches runs of a location; None for the only one.

        Raises:
            DagsterCodeLocationError: there is no such location, or it is not served.
        """
        ...

    def reload(self, name: str, seconds: float) -> LocationState:
        """Loads the code of a location again, and gives the state that it came to.

        Raises:
            DagsterCodeLocationError: there is no such location.
            TimeoutError: it was not loaded in that time.
        """
        ...

    def restart(self, name: str) -> None:
        """Ends the processes that serve a location; they are started again at once, and runs in progress go on.

        Raises:
            DagsterCodeLocationError: there is no such location.
        """
        ...

    def ask(self, question: TickQuestion, seconds: float) -> Future[TickAnswer]:
        """What a schedule or sensor says, once it has said it; the future never fails."""
        ...
