"""The code locations of a daemon on this host: kept served, asked by evaluators, launching their runs."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from dagster.daemon.locations import Located, LocationIsLoading
from dagster.errors import DagsterCodeLocationError
from dagster.events.failures import SerializableErrorInfo
from dagster.instance.homes import InstanceRef
from dagster.instance.launches import RunLauncher, RunOrder
from dagster.runs.evaluations import TickAnswer, TickQuestion
from dagster.runs.processes import ProcessIdentity
from dagster.specs.schedules import ScheduleSpec
from dagster.specs.sensors import SensorSpec, SensorType
from dagster.workspace.code_locations import LocationProcesses
from dagster.workspace.evaluators import Evaluating, Evaluators
from dagster.workspace.hosts import HostClient
from dagster.workspace.launchers import LocationLauncher
from dagster.workspace.messages import Environment
from dagster.workspace.served_locations import LocationState, ServedLocation, Watching
from dagster.workspace.targets import CodeTarget

S = TypeVar("S")
LAUNCHED_REMEMBERED = 10_000


class ServedLocations:
    """The port `Locations` over served locations.

    Args:
        targets: their code.
        instance: what their schedules and sensors remember things in.
        output_path: gives the file for what the processes of a location print that belongs to no run.
        on_change: called, in a thread of the location, with each state that one comes to.
        watching: how they are watched.
        evaluating: how schedules and sensors are asked.

    Attributes:
        launched: the ids of the runs that were launched here, oldest first; many of them have ended.

    Raises:
        DagsterCodeLocationError: two of them have one name.
    """

    def __init__(
        self,
        targets: Iterable[CodeTarget],
        instance: InstanceRef,
        *,
        output_path: Callable[[CodeTarget], str | None] = lambda _target: None,
        on_change: Callable[[LocationState], None] = lambda _state: None,
        watching: Watching | None = None,
        evaluating: Evaluating | None = None,
    ) -> None:
        self._folder = TemporaryDirectory(prefix="dagster_", ignore_cleanup_errors=True)
        os.chmod(self._folder.name, 0o700)
        self.launched: dict[str, None] = {}
        self._served: dict[str, ServedLocation] = {}
        self._evaluators: dict[str, Evaluators] = {}
        for target in targets:
            if target.location in self._served:
                raise DagsterCodeLocationError(
                    f'Two code locations have the name "{target.location}". Give one of them another name: location_name in '
                    "workspace.yaml.",
                    target.asked_in,
                )
            environment = Environment(executable=target.interpreter, output_path=output_path(target))
            served = ServedLocation(target, self._folder.name, environment, watching, on_change)
            self._served[target.location] = served
            self._evaluators[target.location] = Evaluators(served.processes, instance, evaluating)

    def start(self) -> None:
        """Begin to load all of them; returns at once."""
        for served in self._served.values():
            served.start()

    @property
    def states(self) -> Sequence[LocationState]:
        """Where each of them stands."""
        return [served.state for served in self._served.values()]

    def served(self, name: str) -> ServedLocation:
        """The location of this name."""
        return self._served[name]

    @contextmanager
    def host(self, name: str) -> Generator[HostClient]:
        """What answers questions about a location, for as long as the block lasts.

        Raises:
            DagsterCodeLocationError: there is no such location, or nothing of it is served.
        """
        client = self._named(name).host()
        try:
            yield client
        finally:
            client.close()

    def reload(self, name: str, seconds: float) -> LocationState:
        """Load the code of a location again; gives the state when that has ended, well or not.

        Raises:
            DagsterCodeLocationError: there is no such location.
            TimeoutError: it had not ended in that time.
        """
        return self._named(name).reload_now(seconds)

    def restart(self, name: str) -> None:
        """End the processes that serve a location; they are started again at once, and runs in progress go on.

        Raises:
            DagsterCodeLocationError: there is no such location.
        """
        self._named(name).restart()

    def _named(self, name: str | None) -> ServedLocation:
        served = self._served.get(name or "")
        if served is None:
            names = ", ".join(f'"{each}"' for each in self._served)
            asked = f'There is no code location "{name}".' if name else "The run does not say its code location."
            raise DagsterCodeLocationError(f"{asked} Served are: {names}.")
        return served

    def evaluators(self, name: str) -> Evaluators:
        """What asks the schedules and sensors of a location."""
        return self._evaluators[name]

    def schedules(self) -> Sequence[Located[ScheduleSpec]]:
        """All schedules of the locations that are loaded."""
        return self._declared(lambda description: description.schedules)

    def sensors(self) -> Sequence[Located[SensorSpec]]:
        """All sensors of the locations that are loaded that have a function to be asked."""
        found: Sequence[Located[SensorSpec]] = self._declared(lambda description: description.sensors)
        return [each for each in found if each.value.sensor_type not in _WITHOUT_FUNCTION]

    def _declared(self, specs_of: Callable[[Any], Sequence[S]]) -> list[Located[S]]:
        return [
            Located(state.name, spec)
            for state in self.states
            if state.description is not None
            for spec in specs_of(state.description)
        ]

    def launcher(self, location: str | None) -> RunLauncher:
        """What launches runs of a location; None for the only one.

        Raises:
            LocationIsLoading: its code is being loaded.
            DagsterCodeLocationError: there is no such location, or its code cannot be loaded.
        """
        if location is None and len(self._served) == 1:
            location = next(iter(self._served))
        served = self._named(location)
        if served.state.description is None:
            complaint = served.state.complaint
            if complaint is None:
                raise LocationIsLoading(f'Code location "{location}" is being loaded.')
            raise DagsterCodeLocationError(f'Code location "{location}" cannot be loaded. {complaint.sentence}')
        return _NotingLauncher(served.processes, self.launched)

    def ask(self, question: TickQuestion, seconds: float) -> Future[TickAnswer]:
        """What a schedule or sensor says, once it has said it; see `TickEvaluator`."""
        evaluators = self._evaluators.get(question.location)
        if evaluators is not None:
            return evaluators.ask(question, seconds)
        answer: Future[TickAnswer] = Future()
        sentence = f'There is no code location "{question.location}".\n'
        answer.set_result(TickAnswer(error=SerializableErrorInfo(sentence, [], "DagsterCodeLocationError")))
        return answer

    def close(self) -> None:
        """Serve no more: ticks are broken off, runs in progress go on."""
        for evaluators in self._evaluators.values():
            evaluators.close()
        for served in self._served.values():
            served.close()
        self._folder.cleanup()


class _NotingLauncher(LocationLauncher):
    """Notes which runs it launches, so that who serves the locations can end them with itself."""

    def __init__(self, processes: LocationProcesses, launched: dict[str, None]) -> None:
        super().__init__(processes)
        self._launched = launched

    def launch(self, order: RunOrder) -> ProcessIdentity | None:
        """See `RunLauncher`."""
        self._launched[order.run_id] = None
        while len(self._launched) > LAUNCHED_REMEMBERED:
            del self._launched[next(iter(self._launched))]
        return super().launch(order)


_WITHOUT_FUNCTION = (SensorType.AUTOMATION, SensorType.AUTO_MATERIALIZE)
