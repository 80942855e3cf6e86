"""Places in pools for the steps of one run: asked for before a step begins, given back when it has ended.

Whether there is a place is decided inside of the storage's transaction (`PoolStore.claim`); here is remembered who waits, and
asked again from time to time. What a run that was killed holds does not count when its end is known.
"""

from __future__ import annotations

from dagster.execution.machines import ReadySteps
from dagster.execution.running import RunningRun
from dagster.instance.instance import DagsterInstance
from dagster.planning.pools import pool_of
from dagster.planning.steps import ExecutionPlan, Step
from dagster.runs.pools import SlotClaim, is_granted, limit_of
from dagster.runs.queue import priority_of
from dagster.runs.runs import DagsterRun
from dagster.storage.clocks import now

ASKED_EVERY_SECONDS = 0.25
"""How often a run looks whether a place that it waits for has become free: nobody tells it."""


class PoolPlaces:
    """The places that steps of one run have or wait for.

    Args:
        run: the run.
        instance: keeps pools.

    Attributes:
        waits: whether some step waits for a place.
    """

    def __init__(self, run: DagsterRun, instance: DagsterInstance) -> None:
        self._run_id = run.run_id
        self._priority = priority_of(run)
        self._instance = instance
        self._default_limit = instance.global_op_concurrency_default_limit
        self._held: set[str] = set()
        self._waiting: dict[str, SlotClaim] = {}
        self._asked_at = float("-inf")

    @property
    def waits(self) -> bool:
        """Whether some step waits for a place."""
        return bool(self._waiting)

    def due(self) -> float:
        """When it is worth to ask again for what waits; seconds of the clock that `take` is told."""
        return self._asked_at + ASKED_EVERY_SECONDS

    def may_ask(self, step: Step, clock: float) -> bool:
        """Whether to ask for a step now: it has not been asked for yet, or long enough ago."""
        return step.key not in self._waiting or clock >= self.due()

    def is_waiting(self, step: Step) -> bool:
        """Whether a place was asked for and none was free."""
        return step.key in self._waiting

    def take(self, step: Step) -> bool:
        """Whether the step has a place now, or needs none. A step that waits keeps its turn among all that wait."""
        pool = pool_of(step)
        if pool is None:
            return True
        waiting = self._waiting.get(step.key)
        if waiting is not None and not self._may_be_granted(waiting):
            return False
        asked = SlotClaim(pool=pool, run_id=self._run_id, step_key=step.key, priority=self._priority + step.priority)
        stands = self._instance.storage.pools.claim(asked, now(), self._default_limit)
        if stands.claimed is None:
            self._waiting[step.key] = stands
            return False
        self._waiting.pop(step.key, None)
        self._held.add(step.key)
        return True

    def _may_be_granted(self, mine: SlotClaim) -> bool:
        """Whether asking is worth a transaction, as far as reading tells."""
        pools = self._instance.storage.pools
        claims = pools.claims(now(), mine.pool)
        if all((claim.run_id, claim.step_key) != (mine.run_id, mine.step_key) for claim in claims):
            return True  # somebody took the claim away: it is made anew
        others = [claim for claim in claims if (claim.run_id, claim.step_key) != (mine.run_id, mine.step_key)]
        found = next((limit for limit in pools.limits() if limit.name == mine.pool), None)
        limit = limit_of(mine.pool, found, self._default_limit)
        return limit is None or is_granted(mine, others, limit.limit)

    def looked(self, clock: float) -> None:
        """All that waits was asked for at this time."""
        self._asked_at = clock

    def give_back(self, step: Step) -> None:
        """The step has ended, or waits for its next try."""
        if step.key in self._held:
            self._held.discard(step.key)
            self._instance.storage.pools.release(self._run_id, step.key)
            self._asked_at = float("-inf")

    def give_back_all(self) -> None:
        """Nothing of the run is executed any more."""
        if self._held or self._waiting:
            self._held.clear()
            self._waiting.clear()
            self._instance.storage.pools.release(self._run_id)


def places_of(run: DagsterRun, plan: ExecutionPlan, instance: DagsterInstance) -> PoolPlaces | None:
    """The places of a run; None where its steps need none: they are in no pool, or limits are of runs."""
    if instance.is_ephemeral or all(pool_of(step) is None for step in plan.steps) or instance.pools_count_runs:
        return None
    return PoolPlaces(run, instance)


class WaitingSteps:
    """Steps of a run in one process that are ready and have to wait for their places, while others go first.

    Args:
        running: the run.
        ready: its steps.
        places: theirs.
    """

    def __init__(self, running: RunningRun, ready: ReadySteps, places: PoolPlaces) -> None:
        self._running = running
        self._ready = ready
        self._places = places
        self._steps: list[Step] = []

    def next_step(self) -> Step | None:
        """The next step that has a place, None when nothing is left to wait for."""
        clock = self._running.clock
        while True:
            step = self._with_place(clock.now())
            due = self._next_due()
            if step is not None or due is None:
                return step
            self._running.recorder.flush()
            clock.sleep(due - clock.now())

    def _with_place(self, now: float) -> Step | None:
        while (step := self._ready.next_ready(now)) is not None:
            self._steps.append(step)
        self._steps.sort(key=lambda each: -each.priority)
        for step in self._steps:
            if not self._places.may_ask(step, now):
                continue
            was_waiting = self._places.is_waiting(step)
            if self._places.take(step):
                self._steps.remove(step)
                return step
            if not was_waiting:
                self._running.recorder.record(self._running.make.step_blocked(step, pool_of(step) or ""))
        self._places.looked(now)
        return None

    def _next_due(self) -> float | None:
        """When to look again; None where nothing waits any more."""
        moments = (self._ready.next_due(), self._places.due() if self._steps else None)
        return min((due for due in moments if due is not None), default=None)

    def ended(self, step: Step) -> None:
        """The step has ended, or waits for its next try."""
        self._places.give_back(step)

    def close(self) -> None:
        """Nothing of the run is executed any more."""
        self._places.give_back_all()


def waiting_steps(running: RunningRun, ready: ReadySteps) -> WaitingSteps | None:
    """What has the steps of a run in this process wait for places; None where they need none."""
    places = places_of(running.run, running.plan, running.instance)
    return WaitingSteps(running, ready, places) if places is not None else None
