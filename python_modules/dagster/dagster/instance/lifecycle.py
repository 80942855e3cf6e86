"""What the instance does with runs that others execute: submit them, put them back, end them. Each step compares and sets."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from dagster.errors import DagsterInvariantViolationError
from dagster.events.entries import EventLogEntry
from dagster.instance import run_events
from dagster.instance.launches import LaunchMethods
from dagster.instance.setting_methods import SettingMethods
from dagster.runs.processes import ProcessIdentity
from dagster.runs.runs import DagsterRun
from dagster.runs.statuses import STATUS_BY_EVENT, DagsterRunStatus
from dagster.storage.clocks import now

if TYPE_CHECKING:
    from dagster.events.data import RunFailureReason
    from dagster.events.failures import SerializableErrorInfo
    from dagster.instance.launches import RunLauncher, RunOrder

_S = DagsterRunStatus
LAUNCHED_STATUSES = (_S.STARTING, _S.STARTED, _S.CANCELING)


class LifecycleMethods(LaunchMethods, SettingMethods):
    """Runs that others execute."""

    def submit_run(
        self,
        run_id: str,
        workspace: object = None,
        *,
        launcher: RunLauncher | None = None,
        run_config: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> DagsterRun:
        """Have a stored run executed: it waits in the queue, or is launched at once where the settings say so.

        Args:
            run_id: the run.
            workspace: handed to a coordinator of one's own.
            launcher: starts its processes if it is launched at once.
            run_config: as it was given, where secrets in it are not stored: kept for this user alone until the run has begun.
            headers: of the request over HTTP that asks for it, for a coordinator of one's own.

        Raises:
            DagsterRunNotFoundError: there is no such run.
            DagsterInvariantViolationError: it was submitted before; or it is to be launched at once, and there is no launcher.
        """
        from dagster.instance.coordinators import SubmitRunContext

        context = SubmitRunContext(self._stored(run_id), workspace, launcher, run_config, headers or {})
        return self.run_coordinator.submit_run(context)

    def _launch(self, run: DagsterRun, order: RunOrder, launcher: RunLauncher) -> ProcessIdentity | None:
        if not self.has_setting("run_launcher"):
            return super()._launch(run, order, launcher)
        from dagster.instance.launchers import LaunchRunContext

        self.run_launcher.launch_run(LaunchRunContext(run, order, launcher))
        return None

    def enqueue_run(self, run_id: str, run_config: Mapping[str, Any] | None = None) -> DagsterRun:
        """Put a stored run into the queue.

        Args:
            run_id: the run.
            run_config: as it was given, where secrets in it are not stored: kept for this user alone until the run has begun.

        Raises:
            DagsterRunNotFoundError: there is no such run.
            DagsterInvariantViolationError: it was submitted before.
        """
        run = self._stored(run_id)
        if run_config is not None:
            self.keep_run_config(run, run_config)
        moved = self.move_run(run, [_S.NOT_STARTED], [run_events.enqueued(run, now())])
        if moved is None:
            raise DagsterInvariantViolationError(
                f"Run {run_id} is {self._stored(run_id).status.value}. Only a run that is NOT_STARTED can be submitted."
            )
        return moved

    def end_run(
        self, run: DagsterRun, message: str, reason: RunFailureReason, error: SerializableErrorInfo | None = None
    ) -> bool:
        """Makes a run fail that does not do so itself; says whether this call did. Who executed it can store nothing any more."""
        events = run_events.ended(run, self._storage.runs.step_marks(run.run_id), now(), message, reason, error)
        return self.move_run(run, LAUNCHED_STATUSES, events) is not None

    def end_canceled_run(self, run: DagsterRun, message: str) -> bool:
        """Says that nothing is left of a run that was to stop; whether this call said it."""
        return self.move_run(run, [_S.CANCELING], [run_events.canceled(run, now(), message)]) is not None

    def move_run(
        self, run: DagsterRun, statuses: Collection[DagsterRunStatus], events: Sequence[EventLogEntry]
    ) -> DagsterRun | None:
        """The run after these events, None if it stands at another attempt than here, or at none of these statuses.

        The attempt grows by one: of several callers one gets the run, and whoever held it can store nothing any more.
        """
        if not self._storage.runs.settle(run.run_id, run.attempt, statuses, events, now()):
            return None
        status = next((each for event in reversed(events) if (each := _status_after(event)) is not None), run.status)
        return replace(run, attempt=run.attempt + 1, status=status)


def _status_after(event: EventLogEntry) -> DagsterRunStatus | None:
    return STATUS_BY_EVENT.get(event.dagster_event.event_type_value) if event.dagster_event is not None else None
