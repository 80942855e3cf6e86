"""A lease: the right to do something, held by one process at a time and lost when it is not renewed."""

from __future__ import annotations

import msgspec


class Lease(msgspec.Struct, frozen=True, kw_only=True):
    """A lease as it is stored.

    Attributes:
        name: of what is held: `run/<id>`, the name of a loop.
        holder: who holds it, for people and to be told apart; empty when nobody does.
        epoch: grows each time somebody else gets it; writes that carry an older one are refused by whoever checks it.
        renewed: when it was renewed last, seconds since the epoch by the clock of the holder.
        seconds: how long it lasts after that.
    """

    name: str
    holder: str
    epoch: int
    renewed: float
    seconds: float

    def is_held(self, now: float) -> bool:
        """Whether somebody holds it. A clock that was set back does not make a lease last longer than twice its time."""
        return bool(self.holder) and -self.seconds <= now - self.renewed < self.seconds


def lease_of_run(run_id: str) -> str:
    """The name of the lease that the supervisor of a run holds."""
    return f"run/{run_id}"
