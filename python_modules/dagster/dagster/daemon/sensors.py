"""Sensors: asked again and again, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from dagster.automation.instigators import Spec, begun_to_be_on, is_on, sensor_is_due
from dagster.daemon.locations import Located
from dagster.daemon.tick_loops import TickLoop, Wanted
from dagster.runs.instigators import InstigatorState
from dagster.runs.ticks import InstigatorType
from dagster.specs.sensors import SensorSpec


class SensorsLoop(TickLoop):
    """Asks sensors."""

    name = "SENSORS"
    seconds = 0.5
    kind = InstigatorType.SENSOR

    def declared(self) -> Sequence[Located[Spec]]:
        """See `TickLoop`."""
        return cast("Sequence[Located[Spec]]", self._locations.sensors())

    def wanted(self, declared: Located[Spec], state: InstigatorState, now: float) -> Wanted | None:
        """See `TickLoop`."""
        spec = declared.value
        assert isinstance(spec, SensorSpec), "this loop asks sensors"
        if not is_on(spec, state):
            return None
        if state.started_at is None:
            begun = self._instance.storage.instigators.change(begun_to_be_on(state, now))
            if begun is None:
                return None
            state = begun
        return Wanted(declared, state) if sensor_is_due(spec, state, now) else None
