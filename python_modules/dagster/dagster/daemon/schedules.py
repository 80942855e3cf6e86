"""Schedules: asked at the times that their cron strings name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from dagster.automation.instigators import Spec, begun_to_be_on, is_on
from dagster.automation.schedule_times import due
from dagster.daemon.locations import Located
from dagster.daemon.tick_loops import TickLoop, Wanted, log
from dagster.runs.instigators import InstigatorState
from dagster.runs.ticks import InstigatorType
from dagster.specs.schedules import ScheduleSpec


class SchedulesLoop(TickLoop):
    """Asks schedules. One that is seen to be on for the first time is due from then on."""

    name = "SCHEDULES"
    seconds = 1.0
    kind = InstigatorType.SCHEDULE

    def declared(self) -> Sequence[Located[Spec]]:
        """See `TickLoop`."""
        return cast("Sequence[Located[Spec]]", self._locations.schedules())

    def wanted(self, declared: Located[Spec], state: InstigatorState, now: float) -> Wanted | None:
        """See `TickLoop`. Of several times that are due the earliest comes first."""
        spec = declared.value
        assert isinstance(spec, ScheduleSpec), "this loop asks schedules"
        if not is_on(spec, state):
            return None
        if state.due_until is None or state.started_at is None:
            self._instance.storage.instigators.change(begun_to_be_on(state, now))
            return None
        found = due(spec, state.due_until, now)
        if found.left_out:
            log.warning("%s: %d times were missed while no daemon ran, and are left out.", spec.name, found.left_out)
        if not found.times:
            return self._broken_off_time(declared, state)
        return Wanted(declared, state, float(found.times[0]))

    def _broken_off_time(self, declared: Located[Spec], state: InstigatorState) -> Wanted | None:
        """A tick that a daemon left which is gone, where its time is not due any more: clock or cron were changed."""
        latest = self._instance.storage.ticks.latest([state.selector]) if state.tick_id is not None else {}
        begun = latest.get(state.selector)
        return Wanted(declared, state, begun.tick.timestamp) if begun is not None else None
