"""Which runs may leave the queue. Pure: the queue, what goes on and the rules in, runs out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from dagster.runs.pools import SlotClaim
from dagster.runs.runs import DagsterRun
from dagster.runs.statuses import DagsterRunStatus
from dagster.runs.tags import PRIORITY_TAG


class TagLimit(msgspec.Struct, frozen=True, kw_only=True):
    """How many runs with a tag may go on at once.

    Attributes:
        key: of the tag.
        limit: how many.
        value: of the tag; None for any.
        per_value: whether each value of the tag has the limit for itself.
    """

    key: str
    limit: int
    value: str | None = None
    per_value: bool = False


class PoolRules(msgspec.Struct, frozen=True, kw_only=True):
    """What pools mean for the queue.

    Attributes:
        limits: how many may go on at once, keyed by pool.
        default_limit: for other pools; None for any number.
        counts_runs: whether a limit is one of runs that have steps in the pool; else it is one of steps.
        waits_for_steps: whether a run of which no step could begin waits in the queue, where limits are of steps.
        buffer: so many more steps per pool than there are places may be waiting in runs that were begun.
    """

    limits: Mapping[str, int] = {}
    default_limit: int | None = None
    counts_runs: bool = False
    waits_for_steps: bool = True
    buffer: int = 0

    def limit_of(self, pool: str) -> int | None:
        """How many may go on at once in a pool; None for any number."""
        return self.limits.get(pool, self.default_limit)


class QueueRules(msgspec.Struct, frozen=True, kw_only=True):
    """How runs leave the queue.

    Attributes:
        most: how many runs may go on at once; None for any number, 0 for none.
        tag_limits: further limits; a run must keep all of them.
        pools: what pools mean for it.
    """

    most: int | None = 10
    tag_limits: tuple[TagLimit, ...] = ()
    pools: PoolRules = PoolRules()


def priority_of(run: DagsterRun) -> int:
    """The run's priority, 0 where its tag says none that is a number."""
    try:
        return int(run.tags.get(PRIORITY_TAG, "0"))
    except ValueError:
        return 0


def pools_of(run: DagsterRun) -> Collection[str]:
    """The pools in which the run has steps."""
    return run.run_op_concurrency.all_pools if run.run_op_concurrency is not None else ()


def in_order(queued: Iterable[DagsterRun]) -> list[DagsterRun]:
    """Queued runs in the order in which they come next: higher priority first, then as they were given."""
    return sorted(queued, key=lambda run: -priority_of(run))


def startable(
    queued: Sequence[DagsterRun],
    in_progress: Sequence[DagsterRun],
    rules: QueueRules,
    claims: Collection[SlotClaim] = (),
) -> list[DagsterRun]:
    """The runs that may start now, in order.

    A run that a tag or a pool holds back does not hold back others. Nobody is overtaken by a run of the same priority that
    needs the same places.

    Args:
        queued: the queue, longest waiting first.
        in_progress: the runs that go on.
        rules: the limits.
        claims: the steps that have a place in a pool or wait for one.
    """
    used: Counter[object] = Counter()
    for run in in_progress:
        used.update(_places(run, rules))
    limits = _limits(rules, queued)
    room = _RoomForSteps(rules.pools, in_progress, claims)
    free = None if rules.most is None else rules.most - len(in_progress)
    starts: list[DagsterRun] = []
    for run in in_order(queued):
        if free is not None and len(starts) >= free:
            break
        places = _places(run, rules)
        if all(used[place] < limits[place[0]] for place in places) and room.lets_begin(run):
            used.update(places)
            room.take(run)
            starts.append(run)
    return starts


class _RoomForSteps:
    """Which places in pools are left for the first steps of runs, where limits are of steps."""

    def __init__(self, rules: PoolRules, in_progress: Iterable[DagsterRun], claims: Iterable[SlotClaim]) -> None:
        self._rules = rules
        self._is_asked = rules.waits_for_steps and not rules.counts_runs
        self._asked = Counter(claim.pool for claim in claims)
        for run in in_progress:
            # One that has begun has claimed already what it can begin with.
            if run.status is not DagsterRunStatus.STARTED:
                self.take(run)

    def take(self, run: DagsterRun) -> None:
        """The run begins: its first steps will ask for places."""
        if run.run_op_concurrency is not None:
            self._asked.update(run.run_op_concurrency.root_key_counts)

    def lets_begin(self, run: DagsterRun) -> bool:
        """Whether some step of the run would find a place at once, or one that the buffer counts."""
        wanted = run.run_op_concurrency
        if not self._is_asked or wanted is None or wanted.has_unconstrained_root_nodes:
            return True
        limits = {pool: self._rules.limit_of(pool) for pool in wanted.root_key_counts}
        return any(limit is None or self._asked[pool] < limit + self._rules.buffer for pool, limit in limits.items())


_Rule = tuple[str, object]
_Place = tuple[_Rule, str]


def _limits(rules: QueueRules, queued: Iterable[DagsterRun]) -> Mapping[_Rule, int]:
    """How much fits into each place, keyed by the rule."""
    found: dict[_Rule, int] = {("tag", number): limit.limit for number, limit in enumerate(rules.tag_limits)}
    pools = {pool: rules.pools.limit_of(pool) for run in queued for pool in pools_of(run)}
    return found | {("pool", pool): limit for pool, limit in pools.items() if limit is not None}


def _places(run: DagsterRun, rules: QueueRules) -> list[_Place]:
    """What the run takes up: one place for each rule that is about it."""
    places: list[_Place] = []
    for number, limit in enumerate(rules.tag_limits):
        value = run.tags.get(limit.key)
        if value is not None and limit.value in (None, value):
            places.append((("tag", number), value if limit.per_value else ""))
    if rules.pools.counts_runs:
        places += [(("pool", pool), "") for pool in pools_of(run) if rules.pools.limit_of(pool) is not None]
    return places
