"""Pools: how many steps, or runs, of a kind may go on at once, and who has a place."""

from __future__ import annotations

from collections.abc import Collection

import msgspec
from msgspec.structs import replace

MOST_SLOTS = 1000


class RunOpConcurrency(msgspec.Struct, frozen=True, kw_only=True):
    """What a run will ask of pools.

    Attributes:
        root_key_counts: how many of the steps that wait for no other are in each pool.
        has_unconstrained_root_nodes: whether some step that waits for no other is in no pool, so that the run can begin.
        all_pools: the pools of all its steps.
    """

    root_key_counts: dict[str, int] = {}
    has_unconstrained_root_nodes: bool = True
    all_pools: frozenset[str] = frozenset()


class PoolLimit(msgspec.Struct, frozen=True):
    """How many may go on at once.

    Attributes:
        name: of the pool.
        limit: how many.
        from_default: whether nobody has set it for this pool.
    """

    name: str
    limit: int
    from_default: bool = False


class SlotClaim(msgspec.Struct, frozen=True, kw_only=True):
    """A step that has a place in a pool, or waits for one.

    Attributes:
        pool: the pool.
        run_id, step_key: who claims.
        priority: who waits with a higher one comes first.
        enqueued: since when it waits.
        claimed: since when it has the place; None while it waits.
        expires: when the claim is void unless it is renewed; None for as long as its run goes on.
    """

    pool: str
    run_id: str
    step_key: str
    priority: int = 0
    enqueued: float = 0.0
    claimed: float | None = None
    expires: float | None = None


class PoolInfo(msgspec.Struct, frozen=True, kw_only=True):
    """A pool at one moment.

    Attributes:
        name: of the pool.
        limit: how many may go on at once; None where none is set.
        from_default: whether nobody has set it for this pool.
        held: the claims that have a place, longest first.
        waiting: those that wait, in the order in which they come next.
    """

    name: str
    limit: int | None = None
    from_default: bool = True
    held: tuple[SlotClaim, ...] = ()
    waiting: tuple[SlotClaim, ...] = ()

    @property
    def concurrency_key(self) -> str:
        """The name of the pool."""
        return self.name

    @property
    def slot_count(self) -> int:
        """How many may go on at once; 0 where no limit is set."""
        return self.limit or 0

    @property
    def using_default_limit(self) -> bool:
        """Whether nobody has set the limit for this pool."""
        return self.from_default

    @property
    def claimed_slots(self) -> list[SlotClaim]:
        """The claims that have a place."""
        return list(self.held)

    @property
    def pending_steps(self) -> list[SlotClaim]:
        """All claims, those that have a place first."""
        return [*self.held, *self.waiting]


def in_turn(claims: Collection[SlotClaim]) -> list[SlotClaim]:
    """Claims in the order in which they come next: higher priority first, then who waits longer. Pure."""
    return sorted(claims, key=lambda claim: (-claim.priority, claim.enqueued, claim.run_id, claim.step_key))


def is_granted(mine: SlotClaim, others: Collection[SlotClaim], limit: int) -> bool:
    """Whether a claim that waits gets a place now, given all the other claims of its pool that count. Pure.

    A free place is kept for whoever comes before: of several that ask, whoever asks first does not overtake.
    """
    held = sum(claim.claimed is not None for claim in others)
    waiting = in_turn([mine, *(claim for claim in others if claim.claimed is None)])
    return waiting.index(mine) < limit - held


def claim_made(asked: SlotClaim, found: Collection[SlotClaim], limit: int | None, now: float) -> SlotClaim:
    """The claim as it stands after somebody asked for it, or asked again. Pure.

    Args:
        asked: the claim as it is asked for.
        found: all claims of its pool that count, the one that was made before included.
        limit: of the pool; None for none.
        now: seconds since the epoch.
    """
    mine = [claim for claim in found if (claim.run_id, claim.step_key) == (asked.run_id, asked.step_key)]
    others = [claim for claim in found if claim not in mine]
    stands = replace(asked, enqueued=mine[0].enqueued if mine else now, claimed=mine[0].claimed if mine else None)
    if stands.claimed is None and (limit is None or is_granted(stands, others, limit)):
        return replace(stands, claimed=now)
    return stands


def limit_of(pool: str, found: PoolLimit | None, default_limit: int | None) -> PoolLimit | None:
    """The limit that holds for a pool: the one that was set for it, else the default as it is now. Pure.

    Args:
        pool: the pool.
        found: what is stored for it.
        default_limit: for a pool for which nobody has set one; None for none.
    """
    if found is not None and not found.from_default:
        return found
    return PoolLimit(pool, default_limit, from_default=True) if default_limit is not None else None


def pool_info(name: str, limit: PoolLimit | None, claims: Collection[SlotClaim]) -> PoolInfo:
    """What there is to know about a pool. Pure."""
    held = sorted((claim for claim in claims if claim.claimed is not None), key=lambda claim: claim.claimed or 0.0)
    return PoolInfo(
        name=name,
        limit=limit.limit if limit is not None else None,
        from_default=limit is None or limit.from_default,
        held=tuple(held),
        waiting=tuple(in_turn([claim for claim in claims if claim.claimed is None])),
    )
