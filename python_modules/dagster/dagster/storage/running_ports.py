"""What storage can be asked about things that go on: pools, schedules and sensors, heartbeats; part of `ports`.

Times are arguments, so that tests need no clock. What several processes may do at once is decided inside of the transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from dagster.runs.heartbeats import Heartbeat
from dagster.runs.instigators import CommittedTick, InstigatorState, RequestedRun, TickCommit
from dagster.runs.pools import PoolLimit, SlotClaim


class PoolStore(Protocol):
    """Pools: their limits, and the claims on their places."""

    def set_limit(self, limit: PoolLimit) -> None:
        """Sets how many may go on at once in a pool."""
        ...

    def delete_limit(self, pool: str) -> None:
        """Forgets the limit of a pool. Its claims stay."""
        ...

    def limits(self) -> list[PoolLimit]:
        """The limits that are set, in the order of the pools' names."""
        ...

    def claim(self, claim: SlotClaim, now: float, default_limit: int | None = None) -> SlotClaim:
        """Asks for a place, or asks again, and gives the claim as it stands then: with a place or waiting.

        Claims that ended, and claims of runs that ended, do not count and are removed. A pool without a limit gets the default
        one; without that nobody has to wait in it.

        Args:
            claim: who asks; when it asked first stays. Its `expires` replaces the one before.
            now: seconds since the epoch.
            default_limit: for a pool for which no limit is set.
        """
        ...

    def release(self, run_id: str, step_key: str | None = None) -> int:
        """Removes the claims of a step, or of all steps of a run; says how many."""
        ...

    def prolong(self, run_id: str, expires: float) -> None:
        """Sets when the claims of a run are void."""
        ...

    def claims(self, now: float, pool: str | None = None) -> list[SlotClaim]:
        """The claims that count, of one pool or of all, in the order in which they were made."""
        ...


class InstigatorStore(Protocol):
    """Where schedules and sensors stand, and their ticks."""

    def states(self, selectors: Sequence[str] | None = None) -> dict[str, InstigatorState]:
        """Where these stand, or all of which something is kept, keyed by selector. One query."""
        ...

    def versions(self) -> dict[str, int]:
        """How often each of which something is kept has changed, keyed by selector. One query, without what is kept."""
        ...

    def change(self, state: InstigatorState) -> InstigatorState | None:
        """Stores where something stands, unless it changed since its `version`; gives it as stored, None if it had changed."""
        ...

    def commit(self, commits: Sequence[TickCommit], now: float) -> list[CommittedTick | None]:
        """Begins or ends ticks of different schedules and sensors: states, ticks, runs, partitions, events in one transaction.

        Of a tick nothing is stored, and None given, if the state changed since its `version` or another epoch of the lease holds.

        Raises:
            DagsterRunAlreadyExists: one of the runs is stored already; then nothing of any tick was stored.
        """
        ...

    def start_once(self, selector: str, runs: Sequence[RequestedRun], now: float) -> list[str]:
        """Stores the runs for whose key there is none yet, and gives their ids."""
        ...

    def run_keys(self, selector: str, run_keys: Sequence[str]) -> dict[str, str]:
        """Those of the keys for which there was a run, with the run's id."""
        ...

    def forget(self, selector: str) -> None:
        """Removes what is kept of something, its run keys included. Its ticks stay."""
        ...


class HeartbeatStore(Protocol):
    """Which loops of which daemons are alive."""

    def beat(self, heartbeats: Sequence[Heartbeat]) -> None:
        """Keeps these in place of the ones before of the same loop and holder."""
        ...

    def heartbeats(self) -> list[Heartbeat]:
        """The last one of each loop and holder, in the order of loops."""
        ...

    def forget(self, before: float) -> None:
        """Removes those that are older."""
        ...
