"""How long threads have waited for a processor. On a busy machine a slow answer is no sign that whoever gives it hangs."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def waited_seconds(thread: int) -> float:
    """How long a thread could have run and got no processor, since it began; 0 where the system does not say.

    A process is asked about by the id of its main thread, which is its own.

    Source: proc(5), /proc/<pid>/task; the kernel's Documentation/scheduler/sched-stats.rst, second field of schedstat.
    """
    try:
        with open(f"/proc/{thread}/schedstat") as file:
            return int(file.read().split()[1]) / 1e9
    except (OSError, IndexError, ValueError):
        return 0.0


class FairClock:
    """Seconds that pass for those who work: without the time in which others on the machine kept them from it.

    Args:
        waited: how long a thread has waited for a processor.

    Attributes:
        seconds: how late it was at the last look.
    """

    def __init__(self, waited: Callable[[int], float] = waited_seconds) -> None:
        self.seconds = 0.0
        self._waited = waited
        self._looked_at: float | None = None
        self._before: dict[int, float] = {}

    def begin(self, thread: int) -> None:
        """A thread gets something to do."""
        self._before[thread] = self._waited(thread)

    def look(self, now: float, at_most: float, asking: int, at_work: Iterable[int]) -> None:
        """See how late it is.

        Args:
            now: seconds of a clock that is never set back.
            at_most: how long it is since the last look if that came in time. Who looks late was kept from it, by whatever it was,
                and what was answered meanwhile is still to be heard.
            asking: the thread that hands out the work; while it waits for a processor nobody gets anything to do.
            at_work: the main threads of those who have something to do. Only what all of them have waited does not count.
        """
        waited = {thread: self._waited(thread) for thread in (asking, *at_work)}
        if self._looked_at is not None:
            kept = {thread: seconds - self._before.get(thread, seconds) for thread, seconds in waited.items()}
            kept_from_work = kept.pop(asking) + min(kept.values(), default=0.0)
            self.seconds += min(at_most, max(0.0, now - self._looked_at - kept_from_work))
        self._looked_at, self._before = now, waited
