"""What `dagster dev` and `dagster-daemon run` share: a control plane in this process, and what it tells on the console."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, contextmanager
from typing import Any

import click

from dagster.automation.instigators import is_on, selector_of
from dagster.cli.launching import output_path
from dagster.cli.loading import refusals
from dagster.cli.options import LEVELS, CodeOptions
from dagster.daemon.control_planes import ControlPlane
from dagster.daemon.served import ServedLocations
from dagster.instance.instance import DagsterInstance
from dagster.workspace.descriptions import LocationDescription
from dagster.workspace.served_locations import LocationState
from dagster.workspace.targets import CodeTarget

_LEVELS = {"trace": 5, **LEVELS}
"""Those of uvicorn: `dagster-webserver --log-level trace` is what users of it know."""

log_level = click.option(
    "--log-level",
    type=click.Choice(list(_LEVELS)),
    default="info",
    show_default=True,
    help="How much is told of what schedules, sensors and the queue do.",
)


class Teller:
    """Says a line for each location when it is described, and what is wrong with one that cannot be loaded.

    Renamed assets take over their history then, before anything is asked about them.

    Args:
        instance: says what is on.
    """

    def __init__(self, instance: DagsterInstance) -> None:
        self._instance = instance
        self._told: dict[str, Any] = {}

    def tell(self, state: LocationState) -> None:
        """Say what is new about a location."""
        if state.is_loading or self._told.get(state.name) == (state.version, state.complaint):
            return
        self._told[state.name] = (state.version, state.complaint)
        if state.complaint is not None:
            goes_on = " The code that was loaded before goes on." if state.description is not None else ""
            click.secho(f"{state.name}: cannot be loaded.{goes_on}", err=True, fg="red")
            for line in state.complaint.lines():
                click.secho(f"  {line}", err=True, fg="red")
        elif state.description is not None:
            moved = self._instance.take_over_aliases(node.spec for node in state.description.assets)
            for old, new in moved.items():
                click.echo(f"{state.name}: {new.to_user_string()} has the history of {old.to_user_string()} now", err=True)
            click.echo(f"{state.name}: {self._described(state.name, state.description)}", err=True)
            for obstacle in state.obstacles:
                click.secho(f"  Its processes are not forked: {obstacle}", err=True, fg="yellow")

    def _described(self, name: str, description: LocationDescription) -> str:
        declared = [*description.schedules, *description.sensors]
        states = self._instance.get_instigator_states([selector_of(name, spec.name) for spec in declared])
        told = [_counted(len(description.assets), "asset"), _counted(len(description.jobs), "job")]
        for word, specs in (("schedule", description.schedules), ("sensor", description.sensors)):
            on = [spec.name for spec in specs if is_on(spec, states.get(selector_of(name, spec.name)))]
            told.append(_counted(len(specs), word) + (f" (on: {', '.join(on)})" if on else ""))
        return ", ".join(told)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


@contextmanager
def control_plane(code: CodeOptions, instance: DagsterInstance) -> Generator[ControlPlane, None, None]:
    """A control plane over the code, which tells of its locations."""
    with served_locations(code.targets(), instance) as locations, closing(ControlPlane(instance, locations)) as plane:
        yield plane


@contextmanager
def served_locations(targets: Sequence[CodeTarget], instance: DagsterInstance) -> Generator[ServedLocations, None, None]:
    """Code locations that are served once they are started, and told of."""
    teller = Teller(instance)
    with refusals():
        locations = ServedLocations(
            targets, instance.get_ref(), output_path=lambda target: output_path(instance, target), on_change=teller.tell
        )
    try:
        yield locations
    finally:
        locations.close()


@contextmanager
def stopping(on_signal: Callable[[int], None]) -> Generator[None, None, None]:
    """Call a function at an interrupt and when this process is asked to end, as long as the block lasts."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(number, lambda number, _frame: on_signal(number)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def run_until_stopped(plane: ControlPlane) -> None:
    """Act until this process is interrupted or asked to end."""
    stop = threading.Event()
    with stopping(lambda _number: stop.set()):
        plane.run(stop)


def tell_on_stderr(level: str) -> None:
    """Have what the loops tell printed, with the time."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S"))
    logger = logging.getLogger("dagster")
    logger.handlers = [handler]
    logger.propagate = False
    logger.setLevel(_LEVELS[level])


def logs_folder(instance: DagsterInstance) -> str:
    """Where goes what the processes of locations print that belongs to no run."""
    return os.path.join(instance.root_directory, "logs")
