"""Schedules and sensors in the database, and the transaction that begins or ends a tick."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from msgspec.structs import replace

from dagster import serdes
from dagster.partitions.dynamic import AddDynamicPartitionsRequest
from dagster.runs.instigators import CommittedTick, InstigatorState, RequestedRun, TickCommit, ended_tick, run_of_tick
from dagster.runs.ticks import Tick, TickStatus
from dagster.storage.relational.databases import Database, Transaction
from dagster.storage.relational.rows import body_of
from dagster.storage.relational.ticks import tick_row
from dagster.storage.relational.writing import insert_entries, insert_run


class RelationalInstigators:
    """The port `InstigatorStore` over a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = database.sql

    def states(self, selectors: Sequence[str] | None = None) -> dict[str, InstigatorState]:
        """See `InstigatorStore`. By the primary key."""
        if selectors is None:
            rows = self._database.read(self._sql.INSTIGATORS)
        else:
            rows = self._database.read(self._sql.INSTIGATORS_IN, {"selectors": self._database.members(selectors)})
        states = [_state(row) for row in rows]
        return {state.selector: state for state in states}

    def versions(self) -> dict[str, int]:
        """See `InstigatorStore`. Reads the whole table, which has a row per schedule and sensor."""
        return dict(self._database.read(self._sql.INSTIGATOR_VERSIONS))

    def change(self, state: InstigatorState) -> InstigatorState | None:
        """See `InstigatorStore`. By the primary key."""
        return self._database.write(lambda transaction: _changed(transaction, state))

    def commit(self, commits: Sequence[TickCommit], now: float) -> list[CommittedTick | None]:
        """See `InstigatorStore`. Each part by its primary key."""
        return self._database.write(lambda transaction: [_committed(transaction, commit, now) for commit in commits])

    def start_once(self, selector: str, runs: Sequence[RequestedRun], now: float) -> list[str]:
        """See `InstigatorStore`. By the primary key."""
        return self._database.write(lambda transaction: _add_runs(transaction, selector, runs, now)[0])

    def run_keys(self, selector: str, run_keys: Sequence[str]) -> dict[str, str]:
        """See `InstigatorStore`. By the primary key."""
        digests = {_digest(key): key for key in run_keys}
        asked = {"selector": selector, "digests": self._database.members(list(digests))}
        return {digests[digest]: run_id for digest, run_id in self._database.read(self._sql.RUN_KEYS_IN, asked)}

    def forget(self, selector: str) -> None:
        """See `InstigatorStore`."""
        this = {"selector": selector}

        def work(transaction: Transaction) -> None:
            transaction.do(transaction.sql.DELETE_INSTIGATOR, this)
            transaction.do(transaction.sql.DELETE_RUN_KEYS, this)

        self._database.write(work)


def _changed(transaction: Transaction, state: InstigatorState) -> InstigatorState | None:
    rows = transaction.ask(transaction.sql.INSTIGATOR_VERSION, {"selector": state.selector})
    if (rows[0][0] if rows else 0) != state.version:
        return None
    later = replace(state, version=state.version + 1)
    row = {"selector": later.selector, "version": later.version, "body": body_of(later)}
    transaction.do(transaction.sql.SET_INSTIGATOR, row)
    return later


def _committed(transaction: Transaction, commit: TickCommit, now: float) -> CommittedTick | None:
    if commit.lease is not None:
        name, epoch = commit.lease
        held = [row[2] for row in transaction.ask(transaction.sql.LEASE, {"name": name})]
        if held != [epoch]:
            return None
    rows = transaction.ask(transaction.sql.INSTIGATOR_VERSION, {"selector": commit.state.selector})
    if (rows[0][0] if rows else 0) != commit.state.version:
        return None
    tick_id = _store_tick(transaction, commit.tick_id, commit.tick)
    runs = [replace(each, run=run_of_tick(each.run, tick_id)) for each in commit.runs]
    started, known_keys = _add_runs(transaction, commit.state.selector, runs, now)
    tick = ended_tick(commit.tick, started, known_keys)
    if tick != commit.tick:
        _store_tick(transaction, tick_id, tick)
    _change_partitions(transaction, commit, now)
    if commit.events:
        insert_entries(transaction, commit.events, 0, None, now)
    state = _changed(transaction, replace(commit.state, tick_id=tick_id if tick.status is TickStatus.STARTED else None))
    assert state is not None, "the version was compared in this transaction"
    return CommittedTick(state=state, tick_id=tick_id, tick=tick)


def _store_tick(transaction: Transaction, tick_id: int | None, tick: Tick) -> int:
    """The tick's number; a tick that is not there any more becomes a new one."""
    sql = transaction.sql
    if tick_id is not None and transaction.ask(sql.HAS_TICK, {"tick_id": tick_id}):
        transaction.do(sql.CHANGE_TICK, {**tick_row(tick), "tick_id": tick_id})
        return tick_id
    transaction.do(sql.ADD_TICK, tick_row(tick))
    return transaction.ask(sql.TICK_ADDED)[0][0]


def _add_runs(transaction: Transaction, selector: str, runs: Sequence[RequestedRun], now: float) -> tuple[list[str], list[str]]:
    """The ids of the runs that were stored, and the keys for which there was one."""
    sql = transaction.sql
    digests = {_digest(each.run_key) for each in runs if each.run_key is not None}
    known: set[str] = set()
    if digests:
        asked = {"selector": selector, "digests": transaction.members(sorted(digests))}
        known = {digest for digest, _run_id in transaction.ask(sql.RUN_KEYS_IN, asked)}
    started: list[str] = []
    known_keys: list[str] = []
    for each in runs:
        if each.run_key is not None:
            digest = _digest(each.run_key)
            if digest in known:
                known_keys.append(each.run_key)
                continue
            known.add(digest)
            transaction.do(sql.ADD_RUN_KEY, {"selector": selector, "digest": digest, "run_id": each.run.run_id})
        insert_run(transaction, each.run, each.events, now)
        started.append(each.run.run_id)
    return started, known_keys


def _change_partitions(transaction: Transaction, commit: TickCommit, now: float) -> None:
    sql = transaction.sql
    for request in commit.partitions:
        this = [{"definition": request.partitions_def_name, "partition": key} for key in request.partition_keys]
        if not this:
            continue
        if isinstance(request, AddDynamicPartitionsRequest):
            transaction.do_all(sql.ADD_DYNAMIC_PARTITION, [{**row, "create_timestamp": now} for row in this])
        else:
            transaction.do_all(sql.DELETE_DYNAMIC_PARTITION, this)


def _digest(run_key: str) -> str:
    return sha256(run_key.encode("utf-8", "surrogatepass")).hexdigest()


def _state(row: tuple[Any, ...]) -> InstigatorState:
    version, body = row
    return replace(serdes.decode(body, InstigatorState), version=version)
