"""How far a run has come, read from its events. Pure: the clock is in the entries."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

import msgspec

from dagster.events.data import EngineEventData, StepFailureData
from dagster.events.entries import EventLogEntry
from dagster.events.events import DagsterEvent, check_evaluation_of, materialization_of, observation_of
from dagster.events.failures import SerializableErrorInfo
from dagster.events.types import DagsterEventType
from dagster.keys import AssetKey
from dagster.metadata import names
from dagster.planning.known_steps import template_key
from dagster.planning.steps import ExecutionPlan


class State(Enum):
    """Where a step stands, as it is shown."""

    WAITING = "not run"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"
    RETRYING = "failed, and is tried again"


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """What a step wrote of one asset, or saw of it.

    Attributes:
        partition: None without partitions.
        status: `stored`, or `observed`.
        path: where; None if nobody said it.
    """

    key: AssetKey
    partition: str | None
    status: str
    rows: int | None
    size_bytes: int | None
    path: str | None


class StepProgress(msgspec.Struct, kw_only=True):
    """One step.

    Attributes:
        started, ended: seconds since the epoch.
        stored: what it wrote so far.
        checks: what it checked so far: the asset, the name of the check, whether it passed.
        error: why it failed.
        is_cached: whether what an earlier run made stands for its outputs.
        tries: how often it began.
        place: where it stands among the others: that of what stands for it in the plan, then the number of its first event.
    """

    key: str
    asset_keys: tuple[AssetKey, ...]
    state: State = State.WAITING
    started: float | None = None
    ended: float | None = None
    stored: list[Stored] = []
    checks: list[tuple[AssetKey, str, bool]] = []
    error: SerializableErrorInfo | None = None
    tries: int = 0
    place: tuple[int, int] = (0, 0)
    is_cached: bool = False

    @property
    def name(self) -> str:
        """What it is called: its only asset, or its own key."""
        return self.asset_keys[0].to_user_string() if len(self.asset_keys) == 1 else self.key

    @property
    def seconds(self) -> float | None:
        """How long it ran."""
        return self.ended - self.started if self.started is not None and self.ended is not None else None


class RunProgress:
    """A run.

    Args:
        plan: its steps; may be told later, by `begin`.

    Attributes:
        steps: by key; those that are made while the run goes on last.
        has_failed: whether the run ended, and not well.
        error: why the run failed, where it was not a step.
    """

    def __init__(self, plan: ExecutionPlan | None = None) -> None:
        self.steps: dict[str, StepProgress] = {}
        self.has_failed = False
        self.error: SerializableErrorInfo | None = None
        self._made_of: set[str] = set()
        if plan is not None:
            self.begin(plan)

    def begin(self, plan: ExecutionPlan) -> None:
        """The run has these steps."""
        self.steps = {
            step.key: StepProgress(key=step.key, asset_keys=step.asset_keys, place=(step.position, 0))
            for step in plan.steps
            if plan.wants(step.key)
        }
        for key in plan.step_keys:
            template = next((each for each in plan.steps if each.key == template_key(key)), None)
            if key not in self.steps and template is not None:
                self.steps[key] = StepProgress(key=key, asset_keys=(), place=(template.position, len(self.steps)))

    @property
    def in_order(self) -> list[StepProgress]:
        """The steps in the order of the plan; what stands for steps that were made is left out."""
        kept = (step for key, step in self.steps.items() if key not in self._made_of)
        return sorted(kept, key=lambda step: step.place)

    def count(self, *states: State) -> int:
        """How many steps are in one of these states."""
        return sum(step.state in states for step in self.steps.values())

    @property
    def checks(self) -> dict[AssetKey, dict[str, bool]]:
        """By asset and name, whether each check passed."""
        found: dict[AssetKey, dict[str, bool]] = {}
        for step in self.steps.values():
            for key, name, passed in step.checks:
                found.setdefault(key, {})[name] = passed
        return found

    @property
    def running(self) -> list[StepProgress]:
        """The steps that run."""
        return [step for step in self.steps.values() if step.state is State.RUNNING]

    @property
    def failed(self) -> list[StepProgress]:
        """The steps that failed."""
        return [step for step in self.steps.values() if step.state is State.FAILED]

    def take(self, entry: EventLogEntry) -> StepProgress | None:
        """Take one entry of the run's log.

        Returns:
            The step whose state it changed, None if it changed none.
        """
        event = entry.dagster_event
        if event is None:
            return None
        if event.event_type in (DagsterEventType.RUN_FAILURE, DagsterEventType.RUN_CANCELED):
            self.has_failed = True
            self.error = getattr(event.event_specific_data, "error", None)
        step = self.steps.get(event.step_key or "") or self._made(event.step_key or "")
        if step is None:
            return None
        _take_stored(step, event)
        state = _STATE_AFTER.get(event.event_type)
        if state is None:
            return None
        step.state = state
        if state is State.RUNNING:
            step.started = entry.timestamp if step.started is None else step.started
            step.tries += 1
        else:
            step.ended = entry.timestamp
        if isinstance(event.event_specific_data, StepFailureData):
            step.error = event.event_specific_data.error
        return step

    def _made(self, step_key: str) -> StepProgress | None:
        """The step that was made for a value of a dynamic output."""
        template = self.steps.get(template_key(step_key))
        if template is None:
            return None
        self._made_of.add(template.key)
        made = StepProgress(key=step_key, asset_keys=(), place=(template.place[0], len(self.steps)))
        self.steps[step_key] = made
        return made


_STATE_AFTER = {
    DagsterEventType.STEP_START: State.RUNNING,
    DagsterEventType.STEP_RESTARTED: State.RUNNING,
    DagsterEventType.STEP_SUCCESS: State.DONE,
    DagsterEventType.STEP_FAILURE: State.FAILED,
    DagsterEventType.STEP_SKIPPED: State.SKIPPED,
    DagsterEventType.STEP_UP_FOR_RETRY: State.RETRYING,
}


def _take_stored(step: StepProgress, event: DagsterEvent) -> None:
    written, seen, checked = materialization_of(event), observation_of(event), check_evaluation_of(event)
    if written is not None:
        step.stored.append(_stored(written.asset_key, written.partition, "stored", written.metadata))
    elif seen is not None:
        step.stored.append(_stored(seen.asset_key, seen.partition, "observed", seen.metadata))
    elif event.event_type is DagsterEventType.HANDLED_OUTPUT and step.stored and step.stored[-1].path is None:
        step.stored[-1] = msgspec.structs.replace(step.stored[-1], **_place(getattr(event.event_specific_data, "metadata", {})))
    elif isinstance(event.event_specific_data, EngineEventData) and "cached_from" in event.event_specific_data.metadata:
        step.is_cached = True
    elif checked is not None:
        step.checks.append((checked.asset_key, checked.check_name, checked.passed))


def _stored(key: AssetKey, partition: str | None, status: str, metadata: Mapping[str, Any]) -> Stored:
    rows = _number(metadata, (names.PARTITION_ROW_COUNT, names.ROW_COUNT))
    return Stored(key=key, partition=partition, status=status, rows=rows, **_place(metadata))


def _place(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Size and path, as the metadata says, or as the file that it names has it."""
    given = metadata.get(names.PATH) or metadata.get(names.URI)
    path = str(given.value) if given is not None else None
    size_bytes = _number(metadata, (names.SIZE_BYTES,))
    if size_bytes is None and path is not None and os.path.isfile(path):
        size_bytes = os.path.getsize(path)
    return {"path": path, "size_bytes": size_bytes}


def _number(metadata: Mapping[str, Any], wanted: Iterable[str]) -> int | None:
    for name in wanted:
        value = getattr(metadata.get(name), "value", None)
        if isinstance(value, int):
            return value
    return None
