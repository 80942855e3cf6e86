"""What the log says, read from its beginning, and where the projections say something else. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

import msgspec

from dagster.events.entries import EventLogEntry
from dagster.events.records import EventLogRecord
from dagster.keys import AssetCheckKey, AssetKey
from dagster.runs.statuses import FINISHED_STATUSES, STATUS_BY_EVENT
from dagster.storage.projections import AssetMarks, CheckMarks, RunChange, StepMarks, changes_of, columns_of


class LoggedEvent(msgspec.Struct, frozen=True):
    """An event as it stands in the log.

    Attributes:
        attempt: the attempt at the run that stored it.
        is_wiped: whether its asset was wiped since; the asset's projections then know nothing of it.
    """

    storage_id: int
    attempt: int
    is_wiped: bool
    entry: EventLogEntry


class RunState(msgspec.Struct):
    """Where the log leaves a run."""

    status: str
    start_time: float | None = None
    end_time: float | None = None


class Projections(msgspec.Struct):
    """Everything that projections hold, keyed as they are."""

    runs: dict[str, RunState] = {}
    steps: dict[tuple[str, str], StepMarks] = {}
    assets: dict[AssetKey, AssetMarks] = {}
    partitions: dict[tuple[AssetKey, str], AssetMarks] = {}
    checks: dict[AssetCheckKey, CheckMarks] = {}
    check_partitions: dict[tuple[AssetCheckKey, str], CheckMarks] = {}


class Replay:
    """The projections that a log makes, read page by page in its order."""

    def __init__(self) -> None:
        self.projections = Projections()
        self._attempts: dict[str, int] = {}

    def read(self, page: Iterable[LoggedEvent]) -> None:
        """Takes over what the next events say."""
        known: list[EventLogRecord] = []
        for event in page:
            if event.is_wiped and columns_of(event.entry).asset_key is not None:
                continue
            kind = event.entry.dagster_event.event_type_value if event.entry.dagster_event else None
            if kind in STATUS_BY_EVENT:
                self._move_run(event)
            else:
                known.append(EventLogRecord(event.storage_id, event.entry))
        changes, state = changes_of(known), self.projections
        _add(state.steps, changes.steps)
        _add(state.assets, changes.assets)
        _add(state.partitions, changes.partitions)
        _add(state.checks, changes.checks)
        _add(state.check_partitions, changes.check_partitions)

    def _move_run(self, event: LoggedEvent) -> None:
        """As storage does it: a final status stays, unless a newer attempt moves the run."""
        run_id, attempt = event.entry.run_id, event.attempt
        state, held = self.projections.runs.get(run_id), self._attempts.get(run_id, 0)
        if state is not None and state.status in _FINISHED and attempt <= held:
            return
        change: RunChange = changes_of([EventLogRecord(event.storage_id, event.entry)]).runs[run_id]
        start = change.start_time if change.start_time is not None else state.start_time if state is not None else None
        self.projections.runs[run_id] = RunState(change.status.value, start, change.end_time)
        self._attempts[run_id] = max(attempt, held)


_FINISHED = frozenset(status.value for status in FINISHED_STATUSES)


def _add(state: dict[Any, Any], later: Mapping[Any, Any]) -> None:
    for key, marks in later.items():
        known = state.setdefault(key, marks)
        if known is not marks:
            known.add(marks)


class Disagreement(msgspec.Struct, frozen=True):
    """A place where a projection does not say what the log says; None stands for a row that is not there."""

    kind: str
    key: Any
    stored: Any
    logged: Any

    def __str__(self) -> str:
        return f"{self.kind} {_named(self.key)}: stored {_told(self.stored)}, the log says {_told(self.logged)}"


def disagreements(stored: Projections, logged: Projections) -> list[Disagreement]:
    """Where the stored projections differ from those that the log makes.

    A run whose status no event tells keeps what it has; one that is not stored has none.
    """
    runs = {run_id: state for run_id, state in logged.runs.items() if run_id in stored.runs}
    told = {run_id: state for run_id, state in stored.runs.items() if run_id in runs}
    return [
        *_differing("run", told, runs),
        *_differing("step", stored.steps, logged.steps),
        *_differing("asset", stored.assets, logged.assets),
        *_differing("partition", stored.partitions, logged.partitions),
        *_differing("check", stored.checks, logged.checks),
        *_differing("check partition", stored.check_partitions, logged.check_partitions),
    ]


def _differing(kind: str, stored: Mapping[Any, Any], logged: Mapping[Any, Any]) -> Iterator[Disagreement]:
    for key in [*stored, *(key for key in logged if key not in stored)]:
        if stored.get(key) != logged.get(key):
            yield Disagreement(kind, key, stored.get(key), logged.get(key))


def _named(key: Any) -> str:
    if isinstance(key, AssetKey):
        return key.to_user_string()
    if isinstance(key, AssetCheckKey):
        return f"{key.name} of {key.asset_key.to_user_string()}"
    if isinstance(key, tuple):
        return " / ".join(_named(part) for part in cast("tuple[Any, ...]", key))
    return str(key)


def _told(marks: Any) -> str:
    if marks is None:
        return "nothing"
    fields = ((name, getattr(marks, name)) for name in marks.__struct_fields__)
    return ", ".join(f"{name}={value}" for name, value in fields if value is not None) or "nothing"
