"""Looking after the database: projections against the log, and history that is old."""

from __future__ import annotations

from collections.abc import Iterator

from dagster import serdes
from dagster.events.entries import EventLogEntry
from dagster.keys import AssetCheckKey, AssetKey
from dagster.runs.statuses import FINISHED_STATUSES
from dagster.storage.projections import AssetMarks, StepMarks
from dagster.storage.relational.databases import Database, Transaction
from dagster.storage.relational.rows import asset_key, check_marks, step_rows
from dagster.storage.relational.writing import replay
from dagster.storage.replays import Disagreement, LoggedEvent, Projections, Replay, RunState, disagreements

_PAGE = 5000
_RUNS_AT_ONCE = 100


class RelationalMaintenance:
    """The port `Maintenance` over a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def disagreements(self) -> list[Disagreement]:
        """See `Maintenance`. Reads the whole log at one moment; nobody waits for it."""
        return self._database.snapshot(_found)

    def repair(self) -> list[Disagreement]:
        """See `Maintenance`. Reads the whole log; who writes waits for it."""
        return self._database.write(_repaired)

    def wipe(self) -> None:
        """See `Maintenance`."""
        self._database.write(_wipe)

    def prune_runs(self, before: float) -> int:
        """See `Maintenance`. By `runs_by_update`; some runs at a time, so that nobody waits for long."""
        count = 0
        while removed := self._database.write(lambda transaction: _prune_runs(transaction, before)):
            count += removed
        return count

    def prune_events(self, before: float) -> int:
        """See `Maintenance`. By `events_by_run`; some events at a time."""
        sql, count, after = self._database.sql, 0, 0
        while True:
            asked = {"after": after, "before_timestamp": before, "limit": _PAGE}
            places = [row[0] for row in self._database.read(f"{sql.OLD_EVENTS_WITHOUT_RUN} {sql.LIMIT}", asked)]
            if not places:
                return count
            members = {"event_ids": self._database.members(places)}
            self._database.write(lambda transaction, members=members: transaction.do(transaction.sql.DELETE_EVENTS_IN, members))
            count, after = count + len(places), places[-1]


def _wipe(transaction: Transaction) -> None:
    sql = transaction.sql
    for statement in (
        sql.WIPE_EVENTS,
        sql.WIPE_RUNS,
        sql.WIPE_TAGS,
        sql.WIPE_STEPS,
        sql.WIPE_ASSETS,
        sql.WIPE_PARTITIONS,
        sql.WIPE_CHECKS,
        sql.WIPE_CHECK_PARTITIONS,
        sql.WIPE_CLAIMS,
        sql.WIPE_RUN_KEYS,
    ):
        transaction.do(statement)


def _prune_runs(transaction: Transaction, before: float) -> int:
    sql = transaction.sql
    finished = transaction.members([status.value for status in FINISHED_STATUSES])
    asked = {"statuses": finished, "updated_before": before, "limit": _RUNS_AT_ONCE}
    run_ids = [row[0] for row in transaction.ask(f"{sql.OLD_RUNS} {sql.LIMIT}", asked)]
    for run_id in run_ids:
        this = {"run_id": run_id}
        for (row_id,) in transaction.ask(sql.ROW_OF_RUN, this):
            transaction.do(sql.UNTAG_RUN, {"run": row_id})
        for statement in (sql.PRUNE_EVENTS_OF_RUN, sql.DELETE_STEPS, sql.DELETE_RUN):
            transaction.do(statement, this)
    return len(run_ids)


def _found(transaction: Transaction) -> list[Disagreement]:
    return disagreements(_stored(transaction), _logged(transaction))


def _logged(transaction: Transaction) -> Projections:
    replay = Replay()
    for page in _pages(transaction):
        replay.read(page)
    return replay.projections


def _pages(transaction: Transaction) -> Iterator[list[LoggedEvent]]:
    sql, after = transaction.sql, 0
    while rows := transaction.ask(f"{sql.LOG} {sql.LIMIT}", {"after": after, "limit": _PAGE}):
        yield [
            LoggedEvent(place, attempt, bool(has_no_asset), serdes.decode(body, EventLogEntry))
            for place, attempt, has_no_asset, body in rows
        ]
        after = rows[-1][0]


def _stored(transaction: Transaction) -> Projections:
    sql, ask = transaction.sql, transaction.ask
    return Projections(
        runs={run_id: RunState(*state) for run_id, *state in ask(sql.ALL_RUN_STATES)},
        steps={(run_id, step_key): StepMarks(*marks) for run_id, step_key, *marks in ask(sql.ALL_STEPS)},
        assets={asset_key(key): AssetMarks(*marks) for key, *marks in ask(sql.ALL_ASSET_MARKS)},
        partitions={(asset_key(key), part): AssetMarks(*marks) for key, part, *marks in ask(sql.ALL_PARTITION_MARKS)},
        checks={AssetCheckKey(asset_key(key), name): check_marks(marks) for key, name, *marks in ask(sql.ALL_CHECK_MARKS)},
        check_partitions={
            (AssetCheckKey(asset_key(key), name), part): check_marks(marks)
            for key, name, part, *marks in ask(sql.ALL_CHECK_PARTITION_MARKS)
        },
    )


def _repaired(transaction: Transaction) -> list[Disagreement]:
    stored, logged = _stored(transaction), _logged(transaction)
    found = disagreements(stored, logged)
    for key in {_asset_of(wrong) for wrong in found if wrong.kind in ("asset", "partition", "check", "check partition")}:
        replay(transaction, key)
    for run_id in {wrong.key[0] for wrong in found if wrong.kind == "step"}:
        steps = {key: marks for key, marks in logged.steps.items() if key[0] == run_id}
        transaction.do(transaction.sql.DELETE_STEPS, {"run_id": run_id})
        transaction.do_all(transaction.sql.MARK_STEP, step_rows(steps))
    for wrong in found:
        if wrong.kind == "run":
            _set_run(transaction, wrong.key, wrong.logged)
    return found


def _asset_of(wrong: Disagreement) -> AssetKey:
    if wrong.kind == "asset":
        return wrong.key
    if wrong.kind == "check":
        return wrong.key.asset_key
    return wrong.key[0] if wrong.kind == "partition" else wrong.key[0].asset_key


def _set_run(transaction: Transaction, run_id: str, state: RunState) -> None:
    asked = {"run_id": run_id, "status": state.status, "start_time": state.start_time, "end_time": state.end_time}
    transaction.do(transaction.sql.SET_RUN_STATE, asked)
