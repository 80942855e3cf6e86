"""What the commands of schedules and sensors share: finding them in the code, and switching them on and off."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import click
import msgspec

from dagster.automation.instigators import Spec, is_on, selector_of, switched
from dagster.cli.instances import instance_of_home
from dagster.cli.loading import loaded
from dagster.cli.options import CodeOptions
from dagster.cli.refusals import Refused
from dagster.daemon.locations import Located
from dagster.daemon.switching import change_state
from dagster.define.automation_problems import all_sensors
from dagster.errors import DagsterInvariantViolationError, closest
from dagster.instance.instance import DagsterInstance
from dagster.runs.instigators import InstigatorState, InstigatorStatus
from dagster.workspace.loading import CodeLocation


class Shown(msgspec.Struct, frozen=True):
    """A schedule or sensor and where it stands; `state` is None where nothing is kept of it."""

    located: Located[Spec]
    state: InstigatorState | None

    @property
    def status(self) -> str:
        """`RUNNING` or `STOPPED`."""
        return "RUNNING" if is_on(self.located.value, self.state) else "STOPPED"


def schedules_of(location: CodeLocation) -> Sequence[Spec]:
    """The schedules that a location declares."""
    return [each.spec for each in location.definitions.schedules_by_name.values()]


def sensors_of(location: CodeLocation) -> Sequence[Spec]:
    """The sensors that a location declares."""
    return [each.spec for each in all_sensors(location.project)]


def declared(code: CodeOptions, specs_of: Callable[[CodeLocation], Sequence[Spec]]) -> list[Located[Spec]]:
    """What the code declares, in the order of names.

    Raises:
        Refused: the code cannot be loaded.
    """
    found = [Located(location.name, spec) for location in loaded(code.targets()) for spec in specs_of(location)]
    return sorted(found, key=lambda each: (each.value.name, each.location))


def with_states(instance: DagsterInstance, found: Sequence[Located[Spec]]) -> list[Shown]:
    """Where they stand. One query."""
    states = instance.get_instigator_states([selector(each) for each in found])
    return [Shown(each, states.get(selector(each))) for each in found]


def selector(located: Located[Spec]) -> str:
    """What says which one of all code locations it is."""
    return selector_of(located.location, located.value.name)


def chosen(found: Sequence[Located[Spec]], name: str | None, every: bool, kind: str) -> list[Located[Spec]]:
    """The one of this name, or all of them.

    Raises:
        Refused: there is none of this name.
        click.UsageError: neither a name nor all.
    """
    if every:
        return list(found)
    if name is None:
        raise click.UsageError(f"Name a {kind}, or say --start-all.")
    named = [each for each in found if each.value.name == name]
    if not named:
        names = [each.value.name for each in found]
        raise Refused([f'There is no {kind} "{name}".{closest(name, names)} List them with `dagster {kind} list`.'])
    return named


def switch(found: Sequence[Located[Spec]], status: InstigatorStatus, kind: str) -> None:
    """Switch them on or off, and say so."""
    word = "Started" if status is InstigatorStatus.RUNNING else "Stopped"
    with instance_of_home() as instance:
        for each in found:

            def switched_one(state: InstigatorState, each: Located[Spec] = each) -> InstigatorState:
                return switched(each.value, state, status, time.time())

            change(instance, each, switched_one)
            click.echo(f"{word} {kind} {each.value.name}")


def change(
    instance: DagsterInstance, located: Located[Spec], changed: Callable[[InstigatorState], InstigatorState]
) -> InstigatorState:
    """Change where one stands, whatever a daemon does with it meanwhile.

    Raises:
        Refused: a daemon was faster again and again.
    """
    try:
        return change_state(instance, located.location, located.value, changed)
    except DagsterInvariantViolationError as refused:
        raise Refused([str(refused)]) from refused
