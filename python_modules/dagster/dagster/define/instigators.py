"""What schedules and sensors say of themselves alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from dagster.specs.schedules import ScheduleSpec
from dagster.specs.sensors import SensorSpec

S = TypeVar("S", ScheduleSpec, SensorSpec)


class Instigator(Generic[S]):
    """A schedule or sensor.

    Attributes:
        spec: what it is, without its functions.
    """

    spec: S

    @property
    def description(self) -> str | None:
        """Markdown for people."""
        return self.spec.description

    @property
    def tags(self) -> Mapping[str, str]:
        """Of a sensor; of the runs of a schedule."""
        return self.spec.tags

    @property
    def metadata(self) -> Mapping[str, Any]:
        """Shown with it."""
        return self.spec.metadata

    @property
    def required_resource_keys(self) -> set[str]:
        """Resources that its functions ask for."""
        return set(self.spec.required_resource_keys)
