"""The port by which runs are launched: who starts a process for a run, stops it, and knows whether it lives."""

from __future__ import annotations

from typing import Protocol

from dagster.runs.monitoring import Sign
from dagster.runs.runs import DagsterRun


class Launcher(Protocol):
    """Starts what executes runs and watches over it. Called by any thread."""

    def launch(self, run: DagsterRun) -> None:
        """Start what executes a run; gives back control when that is under way, not when it is over.

        What is started takes the run at the attempt at which it stands here, and is refused if it stands at another by then: of
        two launches of one attempt one has an effect.

        Raises:
            DagsterLaunchFailedError: nothing was started; the sentence says why.
        """
        ...

    def stop(self, run: DagsterRun) -> bool:
        """Ask what executes a run to end, and end it if it does not; says whether there was anything to ask. Does not wait."""
        ...

    def sign(self, run: DagsterRun) -> Sign:
        """What is known of what executes a run. Asks no database."""
        ...
