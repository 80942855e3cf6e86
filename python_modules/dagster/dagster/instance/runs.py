"""What the instance can be asked about runs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from typing import Any

from msgspec.structs import replace

from dagster.events.entries import EventLogEntry
from dagster.events.types import DagsterEventType
from dagster.instance.ingests import IngestMethods
from dagster.instance.settlement import settle_lost_run
from dagster.keys import AssetCheckKey, AssetKey
from dagster.metadata.tags import run_tags
from dagster.runs.leases import lease_of_run
from dagster.runs.processes import current_process
from dagster.runs.runs import DagsterRun, RunRecord, RunsFilter, new_run_id
from dagster.runs.statistics import (
    RUN_STATISTICS_EVENTS,
    STEP_STATISTICS_EVENTS,
    DagsterRunStatsSnapshot,
    RunStepKeyStatsSnapshot,
    run_stats,
    step_stats,
)
from dagster.runs.statuses import DagsterRunStatus
from dagster.runs.tags import ROOT_RUN_ID_TAG
from dagster.storage.clocks import now
from dagster.storage.projections import StepMarks
from dagster.storage.refusals import no_run


class RunMethods(IngestMethods):
    """Runs: adding them, finding them, taking them away."""

    def create_run(
        self,
        *,
        job_name: str,
        run_id: str | None = None,
        run_config: Mapping[str, object] | None = None,
        status: DagsterRunStatus | None = None,
        tags: Mapping[str, Any] | None = None,
        root_run_id: str | None = None,
        parent_run_id: str | None = None,
        step_keys_to_execute: Sequence[str] | None = None,
        asset_selection: Set[AssetKey] | None = None,
        asset_check_selection: Set[AssetCheckKey] | None = None,
        resolved_op_selection: Set[str] | None = None,
        op_selection: Sequence[str] | None = None,
        **_of_other_floors: object,
    ) -> DagsterRun:
        """A new run, stored. What the API also takes here (snapshots, origins, the graph) belongs to higher floors.

        Raises:
            DagsterRunAlreadyExists: there is a run with this id.
        """
        run = DagsterRun(
            job_name,
            run_id or new_run_id(),
            run_config=dict(run_config or {}),
            asset_selection=frozenset(asset_selection) if asset_selection is not None else None,
            asset_check_selection=frozenset(asset_check_selection) if asset_check_selection is not None else None,
            op_selection=list(op_selection) if op_selection is not None else None,
            resolved_op_selection=frozenset(resolved_op_selection) if resolved_op_selection is not None else None,
            step_keys_to_execute=list(step_keys_to_execute) if step_keys_to_execute is not None else None,
            status=status or DagsterRunStatus.NOT_STARTED,
            tags=run_tags(tags),
            root_run_id=root_run_id,
            parent_run_id=parent_run_id,
        )
        return self.add_run(run)

    def add_run(self, dagster_run: DagsterRun, events: Sequence[EventLogEntry] = ()) -> DagsterRun:
        """Stores a run together with its first events, in one transaction.

        Raises:
            DagsterRunAlreadyExists: there is a run with this id.
        """
        self._storage.runs.add_run(dagster_run, events, now())
        return dagster_run

    def take_run(self, run_id: str) -> DagsterRun:
        """The run as executed by the calling process from now on: a new attempt; what older ones still send is refused.

        Raises:
            DagsterRunNotFoundError: there is no such run.
        """
        run = self.get_run_by_id(run_id)
        if run is None:
            raise no_run(run_id)
        taken = replace(run, attempt=run.attempt + 1, process=current_process())
        self._storage.runs.replace_run(taken, now())
        return taken

    def plan_run(self, run: DagsterRun, step_keys: Sequence[str], assets: Set[AssetKey]) -> DagsterRun:
        """The run as it knows, from now on, what it executes; for the process that holds it.

        Raises:
            DagsterRunFencedError: a newer attempt holds the run.
        """
        planned = replace(run, step_keys_to_execute=list(step_keys), planned_assets=frozenset(assets))
        self._storage.runs.replace_run(planned, now())
        return planned

    def take_launched_run(self, run_id: str, attempt: int, statuses: Collection[DagsterRunStatus]) -> DagsterRun | None:
        """The run as executed by the calling process from now on, None where it stands at another attempt or status.

        Of several processes exactly one gets it.
        """
        return self._storage.runs.take(run_id, attempt, statuses, current_process(), (), now())

    def hold_run(self, run: DagsterRun, seconds: float) -> None:
        """Tells processes of other hosts that this one executes the run, for so many seconds from now.

        On this host a process is known to live by itself; elsewhere only by the lease that it renews.
        """
        holder = f"{run.process.pid} on {run.process.host}" if run.process is not None else ""
        self._storage.leases.take(lease_of_run(run.run_id), f"{holder}, attempt {run.attempt}", seconds, now())

    def let_run_go(self, run_id: str) -> None:
        """Forgets the lease of a run that has ended."""
        self._storage.leases.drop(lease_of_run(run_id))

    def settle_lost_run(self, run_id: str, attempt: int, pid: int, what: str) -> bool:
        """Ends a run whose supervisor has ended, if it did not do so itself; says whether this call did.

        Args:
            run_id: the run.
            attempt: at which the supervisor was to take it.
            pid: of the supervisor.
            what: how it ended, as the end of a sentence.
        """
        return settle_lost_run(self._storage, run_id, attempt, pid, what, self.store_left_events)

    def get_run_by_id(self, run_id: str) -> DagsterRun | None:
        """The run, None if there is none."""
        record = self._storage.runs.run(run_id)
        return record.dagster_run if record else None

    def get_run_record_by_id(self, run_id: str) -> RunRecord | None:
        """The run with its times, None if there is none."""
        return self._storage.runs.run(run_id)

    def get_runs(
        self, filters: RunsFilter | None = None, cursor: str | None = None, limit: int | None = None, *, ascending: bool = False
    ) -> Sequence[DagsterRun]:
        """The runs that meet all conditions, newest first; `cursor` is the id of the last run of the page before."""
        records = self.get_run_records(filters, limit, ascending=ascending, cursor=cursor)
        return [record.dagster_run for record in records]

    def get_run_ids(
        self, filters: RunsFilter | None = None, cursor: str | None = None, limit: int | None = None
    ) -> Sequence[str]:
        """The ids of the runs that meet all conditions, newest first."""
        return [run.run_id for run in self.get_runs(filters, cursor, limit)]

    def get_run_records(
        self,
        filters: RunsFilter | None = None,
        limit: int | None = None,
        order_by: str | None = None,
        ascending: bool = False,
        cursor: str | None = None,
    ) -> Sequence[RunRecord]:
        """The runs that meet all conditions with their times, newest first."""
        return self._storage.runs.runs(
            filters or RunsFilter(), cursor=cursor, limit=limit, order_by=order_by or "id", ascending=ascending
        )

    def get_runs_count(self, filters: RunsFilter | None = None) -> int:
        """How many runs meet all conditions."""
        return self._storage.runs.run_count(filters or RunsFilter())

    def has_run(self, run_id: str) -> bool:
        """Whether there is a run with this id."""
        return self._storage.runs.run(run_id) is not None

    def add_run_tags(self, run_id: str, new_tags: Mapping[str, str]) -> None:
        """Adds tags to a run; one with a known key replaces it.

        Raises:
            DagsterRunNotFoundError: there is no such run.
        """
        self._storage.runs.add_run_tags(run_id, run_tags(new_tags), now())

    def get_run_tag_keys(self) -> Sequence[str]:
        """The keys of all tags that runs have, in their order."""
        return self._storage.runs.tag_keys()

    def get_run_tags(
        self, tag_keys: Sequence[str], value_prefix: str | None = None, limit: int | None = None
    ) -> Sequence[tuple[str, set[str]]]:
        """The values of tags that runs have, by key in the order of keys; `limit` counts values."""
        found: dict[str, set[str]] = {}
        for key, value in self._storage.runs.tag_values(tag_keys, value_prefix, limit):
            found.setdefault(key, set()).add(value)
        return list(found.items())

    def get_run_group(self, run_id: str) -> tuple[str, Sequence[DagsterRun]]:
        """The id of the first run of a chain of re-executions, and the runs of the chain.

        Raises:
            DagsterRunNotFoundError: the run, or the first one of its chain, is not stored.
        """
        run = self.get_run_by_id(run_id)
        if run is None:
            raise no_run(run_id)
        root_run_id = run.get_root_run_id() or run.root_run_id or run_id
        root = self.get_run_by_id(root_run_id)
        if root is None:
            raise no_run(root_run_id)
        return root_run_id, [root, *self.get_runs(RunsFilter(tags={ROOT_RUN_ID_TAG: root_run_id}))]

    def get_run_stats(self, run_id: str) -> DagsterRunStatsSnapshot:
        """A run in numbers: zeros for a run that is not stored."""
        return run_stats(run_id, self._log(run_id, RUN_STATISTICS_EVENTS))

    def get_run_step_stats(self, run_id: str, step_keys: Sequence[str] | None = None) -> Sequence[RunStepKeyStatsSnapshot]:
        """The steps of a run in numbers, all of them or those named, in the order of their first events."""
        found = step_stats(run_id, self._log(run_id, STEP_STATISTICS_EVENTS))
        return found if step_keys is None else [step for step in found if step.step_key in step_keys]

    def _log(self, run_id: str, types: Collection[DagsterEventType]) -> Iterator[EventLogEntry]:
        return (record.event_log_entry for record in self._storage.events.run_log(run_id, types=types))

    def delete_run(self, run_id: str) -> None:
        """Removes a run and its events; what only they said of assets is forgotten with them."""
        self._storage.runs.delete_run(run_id)

    def step_marks(self, run_id: str) -> Mapping[str, StepMarks]:
        """What is known of the steps of a run, keyed by step key in the order in which they began."""
        return self._storage.runs.step_marks(run_id)
