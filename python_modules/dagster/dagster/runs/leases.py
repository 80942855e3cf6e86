"""Leases: who may do something alone, until when, and a number that tells an old holder from the present one.

Source: fencing tokens, M. Kleppmann, "How to do distributed locking" (2016).
"""

from __future__ import annotations

import msgspec


class Lease(msgspec.Struct, frozen=True):
    """The right to do something alone.

    Attributes:
        name: of what is done.
        holder: who has it.
        epoch: grows by one each time that the lease changes hands.
        expires: when it ends unless it is renewed; seconds since the epoch, UTC.
    """

    name: str
    holder: str
    epoch: int
    expires: float


def next_lease(found: Lease | None, name: str, holder: str, now: float, seconds: float) -> Lease | None:
    """The lease that `holder` has after asking for it; None where another one has it. Pure.

    A holder that asks again keeps its epoch while the lease lasts. After that the epoch is a new one even for the same holder,
    since another may have come between.
    """
    if found is None:
        return Lease(name, holder, 1, now + seconds)
    if found.expires <= now:
        return Lease(name, holder, found.epoch + 1, now + seconds)
    return Lease(name, holder, found.epoch, now + seconds) if found.holder == holder else None
