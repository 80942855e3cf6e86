"""Switching schedules and sensors on and off, whatever a daemon does with them meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from dagster.automation.instigators import Spec, first_state, selector_of
from dagster.errors import DagsterInvariantViolationError
from dagster.instance.instance import DagsterInstance
from dagster.runs.instigators import InstigatorState

TRIES = 20


def change_state(
    instance: DagsterInstance, location: str, spec: Spec, changed: Callable[[InstigatorState], InstigatorState]
) -> InstigatorState:
    """Change where a schedule or sensor stands; gives it as stored.

    Args:
        instance: what keeps it.
        location: where it is declared.
        spec: the schedule or sensor.
        changed: gives the state after, of the state before; called again where a daemon was faster.

    Raises:
        DagsterInvariantViolationError: a daemon was faster again and again.
    """
    selector = selector_of(location, spec.name)
    for _ in range(TRIES):
        state = instance.get_instigator_states([selector]).get(selector) or first_state(spec, location)
        stored = instance.change_instigator_state(changed(state))
        if stored is not None:
            return stored
    raise DagsterInvariantViolationError(f"{spec.name} was changed by a daemon at the same time, {TRIES} times. Try again.")
