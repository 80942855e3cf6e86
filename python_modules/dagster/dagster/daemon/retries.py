"""Retries of runs: what failed is put into the queue again, as another run."""

from __future__ import annotations

import threading

from dagster.events.records import EventRecordsFilter
from dagster.events.types import DagsterEventType
from dagster.instance import run_events
from dagster.instance.instance import DagsterInstance
from dagster.runs.instigators import RequestedRun
from dagster.runs.leases import Lease
from dagster.runs.retries import RetryRules, is_retried, retry_of
from dagster.runs.runs import DagsterRun, RunsFilter, new_run_id
from dagster.runs.statuses import DagsterRunStatus
from dagster.runs.tags import AUTO_RETRY_RUN_ID_TAG, ROOT_RUN_ID_TAG, WILL_RETRY_TAG
from dagster.storage.clocks import now as stored_now

CURSOR_NOTE = "failed runs seen until"
SELECTOR = "run_retries"
_AT_ONCE = 100


class RetriesLoop:
    """Looks at runs that failed, each once, in the order in which they did.

    Args:
        instance: what keeps them.
        on_queued: set when a run was put into the queue.
    """

    name = "RETRIES"
    seconds = 2.0

    def __init__(self, instance: DagsterInstance, on_queued: threading.Event | None = None) -> None:
        self._instance = instance
        self._on_queued = on_queued
        self.wake = threading.Event()

    def turn(self, lease: Lease, now: float) -> None:
        """See `Loop`. Two queries when nothing failed."""
        storage, rules = self._instance.storage, self._instance.retry_rules
        note = storage.notes.note(CURSOR_NOTE)
        if note is None or not rules.enabled:
            # Who turns retries on does not mean what failed before.
            self._remember(storage.events.latest_id(), note)
            return
        failures = EventRecordsFilter(DagsterEventType.RUN_FAILURE, after_cursor=int(note))
        for record in storage.events.records(failures, limit=_AT_ONCE, ascending=True):
            run = self._instance.get_run_by_id(record.run_id)
            if run is not None:
                self._look_at(run, rules)
            # After each: what was begun again is found by its key, so that doing it twice does it once.
            storage.notes.set_note(CURSOR_NOTE, str(record.storage_id))

    def _remember(self, place: int, note: str | None) -> None:
        if note != str(place):
            self._instance.storage.notes.set_note(CURSOR_NOTE, str(place))

    def _look_at(self, run: DagsterRun, rules: RetryRules) -> None:
        root_run_id = run.get_root_run_id() or run.root_run_id or run.run_id
        chain = {each.run_id for each in self._instance.get_runs(RunsFilter(tags={ROOT_RUN_ID_TAG: root_run_id}))}
        tried = len(chain - {root_run_id})
        known = self._instance.storage.instigators.run_keys(SELECTOR, [run.run_id])
        if not known and is_retried(run, tried, rules):
            retry = retry_of(run, tried, new_run_id()).with_status(DagsterRunStatus.QUEUED)
            moment = stored_now()
            wanted = RequestedRun(run=retry, run_key=run.run_id, events=(run_events.enqueued(retry, moment),))
            self._instance.storage.instigators.start_once(SELECTOR, [wanted], moment)
            known = {run.run_id: retry.run_id}
            if self._on_queued is not None:
                self._on_queued.set()
        if known and AUTO_RETRY_RUN_ID_TAG not in run.tags:
            tags = {WILL_RETRY_TAG: "true", AUTO_RETRY_RUN_ID_TAG: known[run.run_id]}
            self._instance.add_run_tags(run.run_id, tags)

    def stand_by(self) -> None:
        """See `Loop`."""
