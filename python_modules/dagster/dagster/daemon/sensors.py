"""Sensors: asked again and again, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from msgspec.structs import replace

from dagster.automation.instigators import Spec, begun_to_be_on, due_now, is_on, sensor_due_at
from dagster.daemon.locations import Located
from dagster.daemon.tick_loops import TickLoop, Wanted
from dagster.runs.instigators import InstigatorState
from dagster.runs.leases import Lease
from dagster.runs.ticks import InstigatorType
from dagster.specs.sensors import SensorSpec

_MOST_SECONDS = 1.0


class SensorsLoop(TickLoop):
    """Asks sensors. Turns when the next one is due, and once a second to see what was switched on."""

    name = "SENSORS"
    seconds = _MOST_SECONDS
    kind = InstigatorType.SENSOR

    def turn(self, lease: Lease, now: float) -> None:
        """See `TickLoop`."""
        self.seconds = _MOST_SECONDS
        super().turn(lease, now)

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
        due = sensor_due_at(spec, state, now)
        if due <= now:
            return Wanted(declared, replace(state, tick_began=due_now(spec, state, now)))
        self.seconds = min(self.seconds, due - now)
        return None
