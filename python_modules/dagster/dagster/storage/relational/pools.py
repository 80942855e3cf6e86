"""Pools in the database."""

from __future__ import annotations

from typing import Any

from dagster.runs.pools import PoolLimit, SlotClaim, claim_made, limit_of
from dagster.runs.statuses import FINISHED_STATUSES
from dagster.storage.relational.databases import Database, Transaction

_FINISHED = [status.value for status in FINISHED_STATUSES]


class RelationalPools:
    """The port `PoolStore` over a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = database.sql

    def set_limit(self, limit: PoolLimit) -> None:
        """See `PoolStore`."""
        self._database.write(lambda transaction: transaction.do(transaction.sql.SET_POOL_LIMIT, _limit_row(limit)))

    def delete_limit(self, pool: str) -> None:
        """See `PoolStore`."""
        self._database.write(lambda transaction: transaction.do(transaction.sql.DELETE_POOL_LIMIT, {"pool": pool}))

    def limits(self) -> list[PoolLimit]:
        """See `PoolStore`."""
        return [_limit(row) for row in self._database.read(self._sql.POOL_LIMITS)]

    def claim(self, claim: SlotClaim, now: float, default_limit: int | None = None) -> SlotClaim:
        """See `PoolStore`. There are few claims at a time: all of them are read."""

        def work(transaction: Transaction) -> SlotClaim:
            sql = transaction.sql
            transaction.do(sql.DELETE_VOID_CLAIMS, {"now": now, "finished": transaction.members(_FINISHED)})
            limits = {row[0]: _limit(row) for row in transaction.ask(sql.POOL_LIMITS)}
            limit = limit_of(claim.pool, limits.get(claim.pool), default_limit)
            if limit is not None and limit != limits.get(claim.pool):
                transaction.do(sql.SET_POOL_LIMIT, _limit_row(limit))
            claims = [found for row in transaction.ask(sql.POOL_CLAIMS) if (found := _claim(row)).pool == claim.pool]
            stands = claim_made(claim, claims, limit.limit if limit is not None else None, now)
            transaction.do(sql.SET_POOL_CLAIM, _row(stands))
            return stands

        return self._database.write(work)

    def release(self, run_id: str, step_key: str | None = None) -> int:
        """See `PoolStore`. By `pool_claims_by_run`."""

        def work(transaction: Transaction) -> int:
            sql, this = transaction.sql, {"run_id": run_id, "step_key": step_key}
            held = [row[0] for row in transaction.ask(sql.CLAIMS_OF_RUN, {"run_id": run_id})]
            if step_key is None:
                transaction.do(sql.DELETE_CLAIMS_OF_RUN, {"run_id": run_id})
                return len(held)
            transaction.do(sql.DELETE_CLAIMS_OF_STEP, this)
            return held.count(step_key)

        return self._database.write(work)

    def prolong(self, run_id: str, expires: float) -> None:
        """See `PoolStore`. By `pool_claims_by_run`."""
        this = {"run_id": run_id, "expires": expires}
        self._database.write(lambda transaction: transaction.do(transaction.sql.PROLONG_CLAIMS, this))

    def claims(self, now: float, pool: str | None = None) -> list[SlotClaim]:
        """See `PoolStore`."""
        members = {"now": now, "finished": self._database.members(_FINISHED)}
        rows = self._database.read(self._sql.VALID_POOL_CLAIMS, members)
        return [claim for row in rows if (claim := _claim(row)).pool == pool or pool is None]


def _limit(row: tuple[Any, ...]) -> PoolLimit:
    pool, slots, from_default = row
    return PoolLimit(pool, slots, bool(from_default))


def _limit_row(limit: PoolLimit) -> dict[str, Any]:
    return {"pool": limit.name, "slots": limit.limit, "from_default": limit.from_default}


def _claim(row: tuple[Any, ...]) -> SlotClaim:
    pool, run_id, step_key, priority, enqueued, claimed, expires = row
    return SlotClaim(
        pool=pool, run_id=run_id, step_key=step_key, priority=priority, enqueued=enqueued, claimed=claimed, expires=expires
    )


def _row(claim: SlotClaim) -> dict[str, Any]:
    return {name: getattr(claim, name) for name in SlotClaim.__struct_fields__}
