"""Which runs may leave the queue. Pure: the queue, what goes on and the rules in, runs out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from dagster.runs.runs import DagsterRun
from dagster.runs.tags import POOL_TAG_PREFIX, PRIORITY_TAG


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


class QueueRules(msgspec.Struct, frozen=True, kw_only=True):
    """How runs leave the queue.

    Attributes:
        most: how many runs may go on at once; None for any number, 0 for none.
        tag_limits: further limits; a run must keep all of them.
        pool_limits: how many runs may go on at once that have steps in a pool, keyed by pool; empty unless pools count runs.
    """

    most: int | None = 10
    tag_limits: tuple[TagLimit, ...] = ()
    pool_limits: Mapping[str, int] = {}


def priority_of(run: DagsterRun) -> int:
    """The run's priority, 0 where its tag says none that is a number."""
    try:
        return int(run.tags.get(PRIORITY_TAG, "0"))
    except ValueError:
        return 0


def pools_of(run: DagsterRun) -> list[str]:
    """The pools in which the run has steps."""
    return [key.removeprefix(POOL_TAG_PREFIX) for key in run.tags if key.startswith(POOL_TAG_PREFIX)]


def in_order(queued: Iterable[DagsterRun]) -> list[DagsterRun]:
    """Queued runs in the order in which they come next: higher priority first, then as they were given."""
    return sorted(queued, key=lambda run: -priority_of(run))


def startable(queued: Sequence[DagsterRun], in_progress: Sequence[DagsterRun], rules: QueueRules) -> list[DagsterRun]:
    """The runs that may start now, in order.

    A run that a tag or a pool holds back does not hold back others. Nobody is overtaken by a run of the same priority that
    needs the same places.

    Args:
        queued: the queue, longest waiting first.
        in_progress: the runs that go on.
        rules: the limits.
    """
    used: Counter[object] = Counter()
    for run in in_progress:
        used.update(_places(run, rules))
    limits = _limits(rules)
    free = None if rules.most is None else rules.most - len(in_progress)
    starts: list[DagsterRun] = []
    for run in in_order(queued):
        if free is not None and len(starts) >= free:
            break
        places = _places(run, rules)
        if all(used[place] < limits[place[0]] for place in places):
            used.update(places)
            starts.append(run)
    return starts


_Rule = tuple[str, object]
_Place = tuple[_Rule, str]


def _limits(rules: QueueRules) -> Mapping[_Rule, int]:
    """How much fits into each place, keyed by the rule."""
    found: dict[_Rule, int] = {("tag", number): limit.limit for number, limit in enumerate(rules.tag_limits)}
    return found | {("pool", pool): limit for pool, limit in rules.pool_limits.items()}


def _places(run: DagsterRun, rules: QueueRules) -> list[_Place]:
    """What the run takes up: one place for each rule that is about it."""
    places: list[_Place] = []
    for number, limit in enumerate(rules.tag_limits):
        value = run.tags.get(limit.key)
        if value is not None and limit.value in (None, value):
            places.append((("tag", number), value if limit.per_value else ""))
    places += [(("pool", pool), "") for pool in pools_of(run) if pool in rules.pool_limits]
    return places
