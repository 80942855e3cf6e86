"""Which pools the steps of a plan are in. Pure."""

from __future__ import annotations

from dagster.planning.steps import ExecutionPlan, Step
from dagster.runs.pools import RunOpConcurrency
from dagster.runs.tags import CONCURRENCY_KEY_TAG


def pool_of(step: Step) -> str | None:
    """The pool of a step; a tag of before says it as well."""
    computation = step.computation
    return computation.pool or (step.tags or computation.tags or {}).get(CONCURRENCY_KEY_TAG)


def op_concurrency_of(plan: ExecutionPlan) -> RunOpConcurrency | None:
    """What a run of this plan will ask of pools; None where no step is in one."""
    steps = [step for step in plan.steps if plan.wants(step.key)]
    pools = {step.position: pool for step in steps if (pool := pool_of(step)) is not None}
    if not pools:
        return None
    wanted = {step.position for step in steps}
    roots = [step.position for step in steps if wanted.isdisjoint(step.waits_for)]
    counts: dict[str, int] = {}
    for position in roots:
        if position in pools:
            counts[pools[position]] = counts.get(pools[position], 0) + 1
    return RunOpConcurrency(
        root_key_counts=counts,
        has_unconstrained_root_nodes=any(position not in pools for position in roots),
        all_pools=frozenset(pools.values()),
    )
