"""A history as a value, and ticks over it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

import msgspec

from dagster.automation.cursors import AutomationCursor
from dagster.automation.evaluations import Evaluation, evaluate_tick, evaluated
from dagster.automation.histories import Made
from dagster.automation.ticks import Tick
from dagster.keys import AssetCheckKey, AssetKey
from dagster.lineage.graph import AssetExecutionType, AssetGraph
from dagster.runs.runs import DagsterRun
from dagster.runs.statuses import DagsterRunStatus
from dagster.specs.assets import AssetSpec
from dagster.specs.checks import AssetCheckSpec
from dagster.storage.projections import AssetMarks, CheckMarks

BEGIN = datetime(2024, 1, 1, 12, 30, 7, tzinfo=timezone.utc)


class Event(msgspec.Struct, frozen=True):
    key: AssetKey
    partition: str | None
    run_id: str
    timestamp: float
    data_version: str


class Past:
    """Events in the order in which they were told; each is one place further."""

    def __init__(self) -> None:
        self.events: dict[int, Event] = {}
        self.marks: dict[tuple[AssetKey, str | None], AssetMarks] = {}
        self.checks: dict[AssetCheckKey, CheckMarks] = {}
        self.known_runs: dict[str, DagsterRun] = {}
        self.place = 0

    def make(self, name: str, partition: str | None = None, *, at: float = 0.0, version: str = "1", **run: Any) -> None:
        key, run_id = AssetKey(name), self._run(DagsterRunStatus.SUCCESS, **run)
        self.place += 1
        self.events[self.place] = Event(key, partition, run_id, at, version)
        self._mark(key, partition, AssetMarks(self.place, run_id, version))

    def plan(self, name: str, partition: str | None = None, status: DagsterRunStatus = DagsterRunStatus.STARTED) -> None:
        self.place += 1
        run_id = self._run(status)
        self._mark(AssetKey(name), partition, AssetMarks(planned_id=self.place, planned_run_id=run_id))

    def check(self, key: AssetCheckKey, passed: bool) -> None:
        self.place += 1
        self.checks[key] = CheckMarks(
            evaluation_id=self.place, evaluation_run_id=self._run(DagsterRunStatus.SUCCESS), passed=passed
        )

    def _run(self, status: DagsterRunStatus, **fields: Any) -> str:
        run_id = f"run {len(self.known_runs)}"
        self.known_runs[run_id] = DagsterRun(job_name="job", run_id=run_id, status=status, **fields)
        return run_id

    def _mark(self, key: AssetKey, partition: str | None, marks: AssetMarks) -> None:
        for place in {(key, None), (key, partition)}:
            self.marks.setdefault(place, AssetMarks()).add(marks)

    def latest_place(self) -> int:
        return self.place

    def asset_marks(self, keys: Sequence[AssetKey]) -> Mapping[AssetKey, AssetMarks]:
        return {key: self.marks[key, None] for key in keys if (key, None) in self.marks}

    def partition_marks(self, key: AssetKey) -> Mapping[str, AssetMarks]:
        return {part: marks for (about, part), marks in self.marks.items() if about == key and part is not None}

    def check_marks(self, keys: Sequence[AssetCheckKey]) -> Mapping[AssetCheckKey, CheckMarks]:
        return {key: self.checks[key] for key in keys if key in self.checks}

    def runs(self, run_ids: Collection[str]) -> Mapping[str, DagsterRun]:
        return {run_id: self.known_runs[run_id] for run_id in run_ids if run_id in self.known_runs}

    def data_version(self, key: AssetKey, partition: str | None, *, before: int | None) -> str | None:
        found = [
            event.data_version
            for place, event in self.events.items()
            if (event.key, event.partition) == (key, partition) and (before is None or place < before)
        ]
        return found[-1] if found else None

    def materializations_since(self, key: AssetKey, place: int) -> Sequence[Made]:
        return [
            Made(event.partition, event.run_id, event.timestamp)
            for at, event in self.events.items()
            if at > place and event.key == key
        ]

    def materialized_at(self, key: AssetKey) -> float | None:
        return next((event.timestamp for event in reversed(self.events.values()) if event.key == key), None)


def graph_of(specs: Iterable[AssetSpec]) -> AssetGraph:
    return AssetGraph((spec, AssetExecutionType.MATERIALIZATION, None) for spec in specs)


class Clockwork:
    """Evaluates the same assets again and again, a minute apart, each time with the cursor of before."""

    def __init__(self, *specs: AssetSpec, checks: Iterable[AssetCheckSpec] = ()) -> None:
        self.graph = graph_of(specs)
        self.checks = list(checks)
        self.past = Past()
        self.cursor = AutomationCursor()
        self.now = BEGIN

    def tick(self, minutes: float = 1) -> dict[str, Any]:
        """What was asked for, by key: True, or keys of partitions."""
        said = self.evaluation()
        self.now += timedelta(minutes=minutes)
        values = {key.to_user_string(): value for key, value in said.requested.items()}
        return {key: value if isinstance(value, bool) else value.get_partition_keys() for key, value in values.items()}

    def evaluation(self) -> Evaluation:
        tick = Tick(self.graph, self.checks, self.past, self.now, self.cursor, evaluated)
        said = evaluate_tick(tick)
        self.cursor = AutomationCursor.from_json(said.cursor.to_json())
        return said
