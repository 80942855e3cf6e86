"""What the instance can be asked about schedules and sensors: whether they are on, where they stand; and about pools, daemons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dagster.instance.kept import Kept

if TYPE_CHECKING:
    from typing_extensions import Self

    from dagster.runs.heartbeats import Heartbeat
    from dagster.runs.instigators import InstigatorState
    from dagster.runs.pools import PoolInfo, PoolLimit
    from dagster.storage.ports import Storage


class InstigatorMethods(Kept):
    """Things that go on: schedules and sensors, pools, daemons."""

    @property
    def storage(self) -> Storage:
        """What keeps everything, for the loops of daemons, which ask for more than others."""
        return self._storage

    @property
    def event_log_storage(self) -> Self:
        """What can be asked about pools, where it was asked before; the instance itself."""
        return self

    def all_instigator_state(self) -> Sequence[InstigatorState]:
        """Where all schedules and sensors stand of which something is kept."""
        return list(self._storage.instigators.states().values())

    def get_instigator_states(self, selectors: Sequence[str]) -> Mapping[str, InstigatorState]:
        """Where these schedules and sensors stand, keyed by selector; those of which nothing is kept are left out. One query."""
        return self._storage.instigators.states(selectors)

    def change_instigator_state(self, state: InstigatorState) -> InstigatorState | None:
        """Stores where one stands; gives it as stored, None if it has changed since it was read."""
        return self._storage.instigators.change(state)

    def set_concurrency_slots(self, concurrency_key: str, num: int) -> None:
        """Sets how many steps may go on at once in a pool.

        Raises:
            DagsterInvalidInvocationError: a number that cannot be a limit.
        """
        from dagster.errors import DagsterInvalidInvocationError
        from dagster.runs.pools import MOST_SLOTS, PoolLimit

        if num < 0:
            raise DagsterInvalidInvocationError("Cannot have a negative number of slots.")
        if num > MOST_SLOTS:
            raise DagsterInvalidInvocationError(f"Cannot have more than {MOST_SLOTS} slots per concurrency key.")
        self._storage.pools.set_limit(PoolLimit(concurrency_key, num))

    def delete_concurrency_limit(self, concurrency_key: str) -> None:
        """Forgets the limit of a pool."""
        self._storage.pools.delete_limit(concurrency_key)

    def get_pool_limits(self) -> Sequence[PoolLimit]:
        """The limits of pools, in the order of their names."""
        return self._storage.pools.limits()

    def get_concurrency_keys(self) -> set[str]:
        """The pools that have a limit."""
        return {limit.name for limit in self._storage.pools.limits()}

    def get_concurrency_info(self, concurrency_key: str) -> PoolInfo:
        """A pool: its limit, who has a place, who waits. Two queries."""
        from dagster.runs.pools import pool_info
        from dagster.storage.clocks import now

        limits = {limit.name: limit for limit in self._storage.pools.limits()}
        claims = self._storage.pools.claims(now(), concurrency_key)
        return pool_info(concurrency_key, limits.get(concurrency_key), claims)

    def free_concurrency_slots_for_run(self, run_id: str) -> None:
        """Takes away all places in pools that a run has or waits for."""
        self._storage.pools.release(run_id)

    def free_concurrency_slot_for_step(self, run_id: str, step_key: str) -> None:
        """Takes away the place in a pool that a step has or waits for."""
        self._storage.pools.release(run_id, step_key)

    def get_daemon_heartbeats(self) -> Sequence[Heartbeat]:
        """The last heartbeat of each loop of each daemon."""
        return self._storage.heartbeats.heartbeats()
