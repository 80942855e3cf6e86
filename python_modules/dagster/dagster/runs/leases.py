"""A lease: the right to do something, held by one process at a time and lost when it is not renewed."""

from __future__ import annotations

from collections.abc import Iterable

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


MOST_SECONDS_PER_LOOK = 2.0
LEAST_LOOKS = 4
"""So many looks at least find a lease as it was before it counts as lost, however short it is."""


class LeaseWatch:
    """Tells leases that are renewed from those that are not, by what one process sees: no two clocks are compared.

    What counts is the time between looks, and of each pause only so much: where the looking process itself stood still, as on a
    suspended machine or while the database was away, the holders may have stood still with it and are given their time anew.
    Source: leader election in Kubernetes (client-go), where each observer measures by its own clock.
    """

    def __init__(self) -> None:
        self._looked: float | None = None
        self._seen: dict[str, tuple[tuple[int, float], float]] = {}

    def look(self, leases: Iterable[Lease], now: float) -> set[str]:
        """The names of those that were not renewed for as long as they last.

        Args:
            leases: as they are now.
            now: seconds, of any clock.
        """
        paused = 0.0 if self._looked is None else min(max(now - self._looked, 0.0), MOST_SECONDS_PER_LOOK)
        self._looked = now
        before, self._seen = self._seen, {}
        lost: set[str] = set()
        for lease in leases:
            mark = (lease.epoch, lease.renewed)
            earlier = before.get(lease.name)
            passed = min(paused, lease.seconds / LEAST_LOOKS)
            silent = earlier[1] + passed if earlier is not None and earlier[0] == mark else 0.0
            self._seen[lease.name] = (mark, silent)
            if silent >= lease.seconds:
                lost.add(lease.name)
        return lost
