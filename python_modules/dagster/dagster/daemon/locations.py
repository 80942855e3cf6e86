"""The port to code locations: what they declare, asking their schedules and sensors, launching their runs."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Generic, Protocol, TypeVar

import msgspec

from dagster.errors import DagsterCodeLocationError
from dagster.instance.launches import RunLauncher
from dagster.runs.evaluations import TickAnswer, TickQuestion
from dagster.runs.runs import DagsterRun
from dagster.runs.tags import CODE_LOCATION_TAG
from dagster.specs.schedules import ScheduleSpec
from dagster.specs.sensors import SensorSpec

T = TypeVar("T")


class LocationIsLoading(DagsterCodeLocationError):
    """The code of a location is being loaded for the first time: what asks for it has to wait."""


class Located(msgspec.Struct, Generic[T], frozen=True):
    """Something that a code location declares."""

    location: str
    value: T


class TickEvaluator(Protocol):
    """Asks schedules and sensors, side by side. Called by one thread at a time."""

    def ask(self, question: TickQuestion, seconds: float) -> Future[TickAnswer]:
        """What a schedule or sensor says, once it has said it.

        Whatever its code does ends within about `seconds`: it raises, hangs or ends its process, the answer then tells the error.
        The future itself never fails.
        """
        ...


class Locations(TickEvaluator, Protocol):
    """The code locations that a daemon serves."""

    def schedules(self) -> Sequence[Located[ScheduleSpec]]:
        """All schedules of the locations that are loaded."""
        ...

    def sensors(self) -> Sequence[Located[SensorSpec]]:
        """All sensors of the locations that are loaded."""
        ...

    def launcher(self, location: str | None) -> RunLauncher:
        """What launches runs of a location; None for the only one.

        Raises:
            LocationIsLoading: its code is being loaded.
            DagsterCodeLocationError: there is no such location, or its code cannot be loaded.
        """
        ...


def location_of(run: DagsterRun) -> str | None:
    """The location whose code a run executes, as its tag says; None where it says nothing."""
    return run.tags.get(CODE_LOCATION_TAG)
