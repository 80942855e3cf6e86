"""What is known of steps that an earlier run has executed. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec

from dagster.events.data import StepOutputData
from dagster.events.types import DagsterEventType

if TYPE_CHECKING:
    from dagster.events.events import DagsterEvent


class KnownStep(msgspec.Struct, frozen=True):
    """A step that ended well in an earlier run, or was skipped there.

    Attributes:
        run_id: that run; its values are stored under it.
        outputs: those that it gave.
        mapping_keys: of the values of its dynamic outputs, by output, in the order in which they were given.
        is_skipped: whether it was skipped, and gave nothing at all.
    """

    run_id: str
    outputs: frozenset[str]
    mapping_keys: Mapping[str, tuple[str, ...]]
    is_skipped: bool = False


KnownSteps = Mapping[str, KnownStep]
"""By step key."""


def known_steps(events: Iterable[DagsterEvent], run_id: str) -> dict[str, KnownStep]:
    """The steps that ended well or were skipped in a run, by key.

    Args:
        events: of the run, in order.
        run_id: its id.
    """
    given: dict[str, list[StepOutputData]] = {}
    known: dict[str, KnownStep] = {}
    for event in events:
        key, kind = event.step_key, event.event_type
        if key is None:
            continue
        if kind in (DagsterEventType.STEP_START, DagsterEventType.STEP_RESTARTED):
            given[key] = []  # what an earlier try gave counts no more
        elif isinstance(event.event_specific_data, StepOutputData):
            given.setdefault(key, []).append(event.event_specific_data)
        elif kind is DagsterEventType.STEP_SUCCESS:
            known[key] = _known(given.pop(key, []), run_id)
        elif kind is DagsterEventType.STEP_SKIPPED:
            known[key] = KnownStep(run_id, frozenset(), {}, is_skipped=True)
    return known


def _known(given: Iterable[StepOutputData], run_id: str) -> KnownStep:
    outputs: set[str] = set()
    keys: dict[str, list[str]] = {}
    for each in given:
        handle = each.step_output_handle
        outputs.add(handle.output_name)
        if handle.mapping_key is not None:
            keys.setdefault(handle.output_name, []).append(handle.mapping_key)
    return KnownStep(run_id, frozenset(outputs), {name: tuple(values) for name, values in keys.items()})


_MAPPING_KEY = re.compile(r"\[[^\]]*\]$")


def template_key(step_key: str) -> str:
    """The key of what stands in a plan for a step that is made while a run goes on: `load[?]` for `load[a]`; else the same."""
    return _MAPPING_KEY.sub("[?]", step_key)


def is_among(step_key: str, keys: Collection[str]) -> bool:
    """Whether a step is one of those that are named, itself or by what stands for it in the plan."""
    return step_key in keys or template_key(step_key) in keys


def inherited(before: KnownSteps, own: KnownSteps, executed: Collection[str] | None) -> dict[str, KnownStep]:
    """What is known after a run: what it did itself, and of steps that were not its own what was known before.

    Args:
        before: what was known when it began.
        own: the steps that ended well or were skipped in it.
        executed: the keys of the steps that it was to execute; None for all.
    """
    kept = {} if executed is None else {key: known for key, known in before.items() if not is_among(key, executed)}
    return {**kept, **own}
