"""Pools: how many steps, or runs, of a kind may go on at once, and who has a place."""

from __future__ import annotations

from collections.abc import Collection

import msgspec
from msgspec.structs import replace

MOST_SLOTS = 1000


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
