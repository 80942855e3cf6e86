"""Pools: their limits, who has a place and who waits."""

from __future__ import annotations

from typing import Any

import msgspec

from dagster.runs.pools import PoolInfo, SlotClaim, pool_info
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.instance.instance import Heading
from dagster_graphql.permissions.permissions import EDIT_CONCURRENCY

DOMAIN = Domain.beside(__file__)


class PoolConfig(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for all pools, as it is written; None where nothing is."""

    pool_granularity: str | None = None
    default_pool_limit: int | None = None
    op_granularity_run_buffer: int | None = None


def _run_ids(claims: tuple[SlotClaim, ...]) -> list[str]:
    return list(dict.fromkeys(claim.run_id for claim in claims))


DOMAIN.type(
    "ConcurrencyKeyInfo",
    PoolInfo,
    {
        "concurrencyKey": lambda pool: pool.name,
        "slotCount": lambda pool: pool.limit or 0,
        "claimedSlots": lambda pool: pool.held,
        "pendingSteps": lambda pool: pool.waiting,
        "activeSlotCount": lambda pool: len(pool.held),
        "activeRunIds": lambda pool: _run_ids(pool.held),
        "pendingStepCount": lambda pool: len(pool.waiting),
        "pendingStepRunIds": lambda pool: _run_ids(pool.waiting),
        "assignedStepCount": lambda _pool: 0,
        "assignedStepRunIds": lambda _pool: [],
        "usingDefaultLimit": lambda pool: pool.from_default,
    },
)
DOMAIN.type("ClaimedConcurrencySlot", SlotClaim)
DOMAIN.type(
    "PendingConcurrencyStep",
    SlotClaim,
    {"enqueuedTimestamp": lambda claim: claim.enqueued, "assignedTimestamp": lambda claim: claim.claimed},
)
DOMAIN.type("PoolConfig", PoolConfig)


def _limits(_heading: Heading, context: RequestContext) -> list[PoolInfo]:
    """The pools that have a limit, or in which somebody has a place or waits. Two queries."""
    limits = {limit.name: limit for limit in context.instance.get_pool_limits()}
    claims = context.instance.storage.pools.claims(context.now())
    names = sorted({*limits, *(claim.pool for claim in claims)})
    return [pool_info(name, limits.get(name), [claim for claim in claims if claim.pool == name]) for name in names]


def _pool_config(heading: Heading, _context: RequestContext) -> PoolConfig:
    if not heading.instance.has_setting("concurrency"):
        return PoolConfig()
    pools: Any = heading.instance.checked_settings.concurrency.pools
    written = pools.model_fields_set
    return PoolConfig(
        pool_granularity=pools.granularity if "granularity" in written else None,
        default_pool_limit=pools.default_limit if "default_limit" in written else None,
        op_granularity_run_buffer=pools.op_granularity_run_buffer if "op_granularity_run_buffer" in written else None,
    )


DOMAIN.type("Instance", Heading, None, {"concurrencyLimits": _limits, "poolConfig": _pool_config})


@DOMAIN.field("Instance", "concurrencyLimit")
def _limit(_heading: Heading, context: RequestContext, *, concurrency_key: str | None = None) -> PoolInfo:
    return context.instance.get_concurrency_info(concurrency_key or "")


@DOMAIN.mutation("setConcurrencyLimit", permission=EDIT_CONCURRENCY)
def set_limit(context: RequestContext, *, concurrency_key: str, limit: int) -> bool:
    """Sets how much may go on at once in a pool."""
    context.instance.set_concurrency_slots(concurrency_key, limit)
    return True


@DOMAIN.mutation("deleteConcurrencyLimit", permission=EDIT_CONCURRENCY)
def delete_limit(context: RequestContext, *, concurrency_key: str) -> bool:
    """Forgets the limit of a pool."""
    context.instance.delete_concurrency_limit(concurrency_key)
    return True


@DOMAIN.mutation("freeConcurrencySlotsForRun", permission=EDIT_CONCURRENCY)
def free_slots_of_run(context: RequestContext, *, run_id: str) -> bool:
    """Takes away all places in pools that a run has or waits for."""
    context.instance.free_concurrency_slots_for_run(run_id)
    return True


@DOMAIN.mutation("freeConcurrencySlots", permission=EDIT_CONCURRENCY)
def free_slots(context: RequestContext, *, run_id: str, step_key: str | None = None) -> bool:
    """Takes away the places in pools that a run, or a step of it, has or waits for."""
    if step_key is None:
        context.instance.free_concurrency_slots_for_run(run_id)
    else:
        context.instance.free_concurrency_slot_for_step(run_id, step_key)
    return True
