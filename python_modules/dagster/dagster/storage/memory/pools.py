"""Pools in memory."""

from __future__ import annotations

from msgspec.structs import replace

from dagster.runs.pools import PoolLimit, SlotClaim, claim_made, limit_of
from dagster.runs.statuses import FINISHED_STATUSES
from dagster.storage.memory.tables import Tables


class MemoryPools:
    """The port `PoolStore` over `Tables`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def set_limit(self, limit: PoolLimit) -> None:
        """See `PoolStore`."""
        with self._tables.writing:
            self._tables.pool_limits[limit.name] = limit

    def delete_limit(self, pool: str) -> None:
        """See `PoolStore`."""
        with self._tables.writing:
            self._tables.pool_limits.pop(pool, None)

    def limits(self) -> list[PoolLimit]:
        """See `PoolStore`."""
        with self._tables.lock:
            return [self._tables.pool_limits[pool] for pool in sorted(self._tables.pool_limits)]

    def claim(self, claim: SlotClaim, now: float, default_limit: int | None = None) -> SlotClaim:
        """See `PoolStore`."""
        tables = self._tables
        with tables.writing:
            valid = self.claims(now)
            tables.pool_claims = {(each.pool, each.run_id, each.step_key): each for each in valid}
            limit = limit_of(claim.pool, tables.pool_limits.get(claim.pool), default_limit)
            if limit is not None:
                tables.pool_limits[claim.pool] = limit
            found = [each for each in valid if each.pool == claim.pool]
            stands = claim_made(claim, found, limit.limit if limit is not None else None, now)
            tables.pool_claims[(claim.pool, claim.run_id, claim.step_key)] = stands
            return stands

    def release(self, run_id: str, step_key: str | None = None) -> int:
        """See `PoolStore`."""
        with self._tables.writing:
            gone = [key for key in self._tables.pool_claims if key[1] == run_id and step_key in (None, key[2])]
            for key in gone:
                del self._tables.pool_claims[key]
            return len(gone)

    def prolong(self, run_id: str, expires: float) -> None:
        """See `PoolStore`."""
        with self._tables.writing:
            for key, claim in self._tables.pool_claims.items():
                if claim.run_id == run_id:
                    self._tables.pool_claims[key] = replace(claim, expires=expires)

    def claims(self, now: float, pool: str | None = None) -> list[SlotClaim]:
        """See `PoolStore`."""
        with self._tables.lock:
            claims = [claim for claim in self._tables.pool_claims.values() if pool in (None, claim.pool)]
            valid = [claim for claim in claims if (claim.expires is None or claim.expires > now) and not self._ended(claim)]
            return sorted(valid, key=lambda claim: (claim.enqueued, claim.run_id, claim.step_key))

    def _ended(self, claim: SlotClaim) -> bool:
        stored = self._tables.runs.get(claim.run_id)
        return stored is not None and stored.run.status in FINISHED_STATUSES
