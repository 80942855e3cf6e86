"""What a killed script leaves: runs that nobody executes any more, brought to an end by the next who opens the instance."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Mapping

from dagster.events.data import EngineEventData, JobFailureData, RunFailureReason, StepFailureData
from dagster.events.entries import EventLogEntry
from dagster.events.events import DagsterEvent
from dagster.events.failures import SerializableErrorInfo
from dagster.events.types import DagsterEventType
from dagster.instance.lost_launches import put_back
from dagster.instance.reports import entry_of
from dagster.metadata import AnyMetadataValue, MetadataValue
from dagster.runs.leases import lease_of_run
from dagster.runs.members import members_of, stop
from dagster.runs.processes import ProcessIdentity, current_process
from dagster.runs.runs import DagsterRun, RunsFilter
from dagster.runs.statuses import DagsterRunStatus
from dagster.runs.tags import RUN_FAILURE_REASON_TAG
from dagster.storage.ports import Storage
from dagster.storage.projections import StepMarks

HELD_STATUSES = (
    DagsterRunStatus.NOT_STARTED,
    DagsterRunStatus.STARTING,
    DagsterRunStatus.STARTED,
    DagsterRunStatus.CANCELING,
)
"""Where a run can be while a process executes it; a NOT_STARTED one is about to."""

_ERROR = 40
_KILL_SECONDS = 3.0
"""How long to wait for killed processes to go. What waits inside of the kernel may take longer: the next look ends the run."""


def is_abandoned(run: DagsterRun) -> bool:
    """Whether a process of this host executed the run and exists no more. Other hosts' processes cannot be told."""
    return run.process is not None and run.process.is_on_this_host() and not run.process.is_alive()


def broke_off(run: DagsterRun, step: StepMarks | None) -> bool:
    """Whether a step of this run may have been interrupted while it wrote: it began, and run or process ended before it did.

    The start of a step is stored before its code is called, so a step that is not known has not begun.
    """
    if step is None or step.status in ("SUCCESS", "SKIPPED"):
        return False
    crashed = run.tags.get(RUN_FAILURE_REASON_TAG) == RunFailureReason.RUN_WORKER_CRASH.value
    return crashed or run.status is DagsterRunStatus.CANCELED or is_abandoned(run)


def last_words(run: DagsterRun, steps: Mapping[str, StepMarks], now: float, what: str = "") -> list[EventLogEntry]:
    """The events that end an abandoned run: what happened, the failure of each step under way, the failure of the run. Pure.

    Args:
        run: the run.
        steps: what is known of its steps.
        now: seconds since the epoch.
        what: how its process ended, where that is known: `was ended by signal 9 (SIGKILL)`.
    """
    assert run.process is not None, "only a run with a process can be abandoned"
    sentence = f"The process of this run {what or 'ended without a word'} ({_told(run.process)})."
    under_way = [step_key for step_key, marks in steps.items() if marks.status == "IN_PROGRESS"]
    error = SerializableErrorInfo(f"{sentence}\n", [], "ProcessEnded")
    events = [_engine_event(run, sentence), *(_step_failure(run, step_key, error) for step_key in under_way)]
    if run.status is DagsterRunStatus.CANCELING:
        events.append(_event(run, DagsterEventType.RUN_CANCELED, f'Execution of run for "{run.job_name}" canceled. {sentence}'))
    else:
        events.append(_run_failure(run, sentence, under_way))
    return [entry_of(event, run.run_id, _ERROR, now) for event in events]


def settle_abandoned_runs(storage: Storage, left: Callable[[str], None] | None = None) -> list[str]:
    """Ends every abandoned run, or puts it back into the queue where it had not begun; gives the ids of those that were moved.

    One indexed query when there is none.

    Args:
        storage: keeps the runs.
        left: stores the events of a run that are kept outside of the database, before the run is ended.
    """
    settled: list[str] = []
    for record in storage.runs.runs(RunsFilter(statuses=list(HELD_STATUSES)), ascending=True):
        run = record.dagster_run
        if is_abandoned(run) and (put_back(storage, record, time.time()) or settle_abandoned_run(storage, run, left=left)):
            settled.append(run.run_id)
    return settled


def settle_lost_run(
    storage: Storage, run_id: str, attempt: int, pid: int, what: str, left: Callable[[str], None] | None = None
) -> bool:
    """Ends a run whose supervisor has ended, if it did not do so itself; says whether this call did.

    Args:
        storage: keeps the run.
        run_id: the run.
        attempt: at which the supervisor was to take it.
        pid: of the supervisor.
        what: how it ended: `was ended by signal 9 (SIGKILL)`.
        left: stores the events of a run that are kept outside of the database, before the run is ended.
    """
    record = storage.runs.run(run_id)
    run = record.dagster_run if record is not None else None
    if run is None or run.process is None or run.status not in HELD_STATUSES:
        return False
    was_taken = run.attempt == attempt + 1 and run.process.pid == pid and is_abandoned(run)
    return (was_taken or run.attempt == attempt) and settle_abandoned_run(storage, run, what, left)


def kill_run(run: DagsterRun) -> bool:
    """Kills all processes of a run of this host, stopped ones too, its supervisor last; says whether none is left.

    The supervisor goes last since it is by it that processes are found which dropped their environment.
    """
    supervisor = run.process
    is_clear = stop(lambda: members_of(run.run_id, supervisor), 0.0, limit_seconds=_KILL_SECONDS)
    if supervisor is not None and supervisor != current_process():
        supervisor.send(signal.SIGKILL)
    left = [] if supervisor is None else [supervisor]
    return is_clear and stop(lambda: [each for each in left if each.is_alive()], 0.0, limit_seconds=_KILL_SECONDS)


def settle_abandoned_run(storage: Storage, run: DagsterRun, what: str = "", left: Callable[[str], None] | None = None) -> bool:
    """Ends a run that no process executes; what its steps started and left is killed before. Says whether this call ended it."""
    if not stop(lambda: members_of(run.run_id), 0.0, limit_seconds=_KILL_SECONDS):
        return False
    if left is not None:
        left(run.run_id)
    now = time.time()
    words = last_words(run, storage.runs.step_marks(run.run_id), now, what)
    is_settled = storage.runs.settle(run.run_id, run.attempt, HELD_STATUSES, words, now)
    if is_settled:
        storage.leases.drop(lease_of_run(run.run_id))
    return is_settled


def _told(process: ProcessIdentity) -> str:
    return f"pid {process.pid} on {process.host}"


def _event(run: DagsterRun, kind: DagsterEventType, message: str) -> DagsterEvent:
    return DagsterEvent(event_type_value=kind.value, job_name=run.job_name, message=message)


def _engine_event(run: DagsterRun, sentence: str) -> DagsterEvent:
    assert run.process is not None, "only a run with a process can be abandoned"
    metadata: dict[str, AnyMetadataValue] = {
        "pid": MetadataValue.int(run.process.pid),
        "host": MetadataValue.text(run.process.host),
    }
    return DagsterEvent(
        event_type_value=DagsterEventType.ENGINE_EVENT.value,
        job_name=run.job_name,
        message=f"{sentence} Maybe it was killed, or the machine went down.",
        event_specific_data=EngineEventData(metadata=metadata),
    )


def _step_failure(run: DagsterRun, step_key: str, error: SerializableErrorInfo) -> DagsterEvent:
    return DagsterEvent(
        event_type_value=DagsterEventType.STEP_FAILURE.value,
        job_name=run.job_name,
        step_key=step_key,
        message=f'Execution of step "{step_key}" failed.',
        event_specific_data=StepFailureData(error=error),
    )


def _run_failure(run: DagsterRun, sentence: str, failed: list[str]) -> DagsterEvent:
    data = JobFailureData(failure_reason=RunFailureReason.RUN_WORKER_CRASH, failed_step_keys=failed)
    return DagsterEvent(
        event_type_value=DagsterEventType.RUN_FAILURE.value,
        job_name=run.job_name,
        message=f'Execution of run for "{run.job_name}" failed. {sentence}',
        event_specific_data=data,
    )
