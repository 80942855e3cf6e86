"""Schedules and sensors in memory."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from dagster.partitions.dynamic import AddDynamicPartitionsRequest
from dagster.runs.instigators import CommittedTick, InstigatorState, RequestedRun, TickCommit, ended_tick, run_of_tick
from dagster.runs.ticks import TickStatus
from dagster.storage.memory.dynamic_partitions import MemoryDynamicPartitions
from dagster.storage.memory.tables import Tables
from dagster.storage.refusals import run_exists


class MemoryInstigators:
    """The port `InstigatorStore` over `Tables`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def states(self, selectors: Sequence[str] | None = None) -> dict[str, InstigatorState]:
        """See `InstigatorStore`."""
        with self._tables.lock:
            found = sorted(self._tables.instigators.items())
        return {selector: state for selector, state in found if selectors is None or selector in selectors}

    def versions(self) -> dict[str, int]:
        """See `InstigatorStore`."""
        with self._tables.lock:
            return {selector: state.version for selector, state in self._tables.instigators.items()}

    def change(self, state: InstigatorState) -> InstigatorState | None:
        """See `InstigatorStore`."""
        with self._tables.writing:
            if not self._is_current(state):
                return None
            later = self._tables.instigators[state.selector] = replace(state, version=state.version + 1)
            return later

    def commit(self, commits: Sequence[TickCommit], now: float) -> list[CommittedTick | None]:
        """See `InstigatorStore`."""
        with self._tables.writing:
            for commit in commits:
                self._refuse_known(commit.runs)
            return [self._committed(commit, now) for commit in commits]

    def start_once(self, selector: str, runs: Sequence[RequestedRun], now: float) -> list[str]:
        """See `InstigatorStore`."""
        with self._tables.writing:
            self._refuse_known(runs)
            return self._add_runs(selector, runs, now)[0]

    def _refuse_known(self, runs: Sequence[RequestedRun]) -> None:
        for each in runs:
            if each.run.run_id in self._tables.runs:
                raise run_exists(each.run.run_id)

    def _committed(self, commit: TickCommit, now: float) -> CommittedTick | None:
        tables = self._tables
        with tables.writing:
            if not self._is_current(commit.state) or not self._is_held(commit.lease):
                return None
            tick_id = commit.tick_id
            if tick_id is None or tick_id not in tables.ticks:
                tick_id = tables.last_tick_id = tables.last_tick_id + 1
            runs = [replace(each, run=run_of_tick(each.run, tick_id)) for each in commit.runs]
            started, known_keys = self._add_runs(commit.state.selector, runs, now)
            tick = tables.ticks[tick_id] = ended_tick(commit.tick, started, known_keys)
            self._change_partitions(commit, now)
            tables.insert(commit.events, 0, None, now)
            state = self.change(replace(commit.state, tick_id=tick_id if tick.status is TickStatus.STARTED else None))
            assert state is not None, "the version was compared under this lock"
            return CommittedTick(state=state, tick_id=tick_id, tick=tick)

    def run_keys(self, selector: str, run_keys: Sequence[str]) -> dict[str, str]:
        """See `InstigatorStore`."""
        with self._tables.lock:
            known = self._tables.run_keys
            return {key: known[(selector, key)] for key in run_keys if (selector, key) in known}

    def forget(self, selector: str) -> None:
        """See `InstigatorStore`."""
        with self._tables.writing:
            self._tables.instigators.pop(selector, None)
            for key in [key for key in self._tables.run_keys if key[0] == selector]:
                del self._tables.run_keys[key]

    def _is_current(self, state: InstigatorState) -> bool:
        stored = self._tables.instigators.get(state.selector)
        return (stored.version if stored is not None else 0) == state.version

    def _is_held(self, lease: tuple[str, int] | None) -> bool:
        if lease is None:
            return True
        name, epoch = lease
        held = self._tables.leases.get(name)
        return held is not None and held.epoch == epoch

    def _add_runs(self, selector: str, runs: Sequence[RequestedRun], now: float) -> tuple[list[str], list[str]]:
        started: list[str] = []
        known_keys: list[str] = []
        for each in runs:
            if each.run_key is not None:
                if (selector, each.run_key) in self._tables.run_keys:
                    known_keys.append(each.run_key)
                    continue
                self._tables.run_keys[(selector, each.run_key)] = each.run.run_id
            self._tables.add_run(each.run, each.events, now)
            started.append(each.run.run_id)
        return started, known_keys

    def _change_partitions(self, commit: TickCommit, now: float) -> None:
        partitions = MemoryDynamicPartitions(self._tables)
        for request in commit.partitions:
            if isinstance(request, AddDynamicPartitionsRequest):
                partitions.add(request.partitions_def_name, request.partition_keys, now)
            else:
                for key in request.partition_keys:
                    partitions.delete(request.partitions_def_name, key)
