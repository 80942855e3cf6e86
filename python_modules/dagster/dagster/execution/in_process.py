"""Runs a plan in the calling process, step by step."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

import msgspec

from dagster.define.resources import ResourceDefinition
from dagster.errors import DagsterExecutionInterruptedError, DagsterUserCodeExecutionError
from dagster.events.events import DagsterEvent
from dagster.events.failures import SerializableErrorInfo, error_info
from dagster.events.types import DagsterEventType
from dagster.execution.events import EventsOfRun
from dagster.execution.machines import ReadySteps, Settled, StepState
from dagster.execution.recorders import RunRecorder
from dagster.execution.resources import opened_resources
from dagster.execution.retries import RetryIn
from dagster.execution.running import RunningRun
from dagster.execution.steps import execute_step
from dagster.planning.steps import Step

_INTERRUPTS = (KeyboardInterrupt, DagsterExecutionInterruptedError)


class StepsRun(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the steps of a run.

    Attributes:
        failed_keys: of the steps that failed.
        failure: what the first of them raised; of user code what it raised itself.
        untold: why the run failed, where no event of a step says it.
        broke: what broke the run off outside of its steps, or interrupted it.
    """

    failed_keys: Sequence[str] = ()
    failure: BaseException | None = None
    untold: SerializableErrorInfo | None = None
    broke: BaseException | None = None

    @property
    def is_interrupt(self) -> bool:
        """Whether it was interrupted."""
        return isinstance(self.broke, _INTERRUPTS)


def run_in_process(running: RunningRun, resources: Mapping[str, ResourceDefinition]) -> BaseException | None:
    """Run every step of the plan and record the run from its start to its end.

    Args:
        running: the run; its planned events are stored already.
        resources: definitions of the resources, by key.

    Returns:
        What made the run fail; of user code what it raised itself. None for a run that ended well.
    """
    running.recorder.record(running.make.run_started())
    ended = run_steps(running, resources)
    running.recorder.record(_end_of_run(running, ended))
    running.recorder.flush()
    return ended.broke or ended.failure


def run_steps(running: RunningRun, resources: Mapping[str, ResourceDefinition]) -> StepsRun:
    """Run every step of the plan and record them; what is said of the run as a whole is left to the caller."""
    recorder, make = running.recorder, running.make
    recorder.record(make.engine_started())
    try:
        with opened_resources(running, resources) as opened:
            running.resources = opened
            running.definitions = resources
            recorder.record(make.logs_captured(running.run.run_id))
            return _run_steps(running)
    except BaseException as broke:
        return StepsRun(broke=broke)


def _end_of_run(running: RunningRun, ended: StepsRun) -> DagsterEvent:
    make = running.make
    if ended.broke is not None:
        return make.run_broken_off(ended.is_interrupt, error_info(ended.broke))
    return make.run_ended(ended.failed_keys, ended.untold)


def _run_steps(running: RunningRun) -> StepsRun:
    recorder, make = running.recorder, running.make
    started = time.perf_counter()
    ready = ReadySteps(running.plan)
    running.steps, running.is_given = ready.steps, ready.is_given
    first_failure: BaseException | None = None
    while (step := _next_step(running, ready)) is not None:
        try:
            outcome = execute_step(running, step)
        except (Exception, SystemExit) as failed:
            first_failure = first_failure or raised_by_user(failed)
            settled = ready.failed(step)
        else:
            if isinstance(outcome, RetryIn):
                ready.will_retry(step, running.clock.now() + (outcome.seconds or 0.0))
                settled = []
            else:
                settled = ready.succeeded(step, outcome.outputs, outcome.mapping_keys)
        record_settled(recorder, make, settled)
        if running.awaiting_hooks:
            call_awaiting_hooks(running)
    recorder.record(make.engine_finished(time.perf_counter() - started))
    failed_keys = ready.keys_in(StepState.FAILED)
    untold = _untold(running, failed_keys, first_failure) if failed_keys else None
    return StepsRun(failed_keys=failed_keys, failure=first_failure, untold=untold)


def call_awaiting_hooks(running: RunningRun) -> None:
    """Call the hooks of steps that have ended since the last time; imported where there are any."""
    from dagster.execution.hooks import call_hooks

    call_hooks(running)


def _untold(running: RunningRun, failed_keys: list[str], failed: BaseException | None) -> SerializableErrorInfo | None:
    """Why the run failed, where no event of a step says it: recording the failure failed itself."""
    told = {event.step_key for event in running.recorder.events if event.event_type is DagsterEventType.STEP_FAILURE}
    return error_info(failed) if failed is not None and not told.issuperset(failed_keys) else None


def _next_step(running: RunningRun, ready: ReadySteps) -> Step | None:
    """The next step; waits where the only ones left are not due for their retry yet."""
    while True:
        step = ready.next_ready(running.clock.now())
        if step is not None:
            return step
        due = ready.next_due()
        if due is None:
            return None
        running.recorder.flush()
        running.clock.sleep(due - running.clock.now())


def record_settled(recorder: RunRecorder, make: EventsOfRun, settled: list[Settled]) -> None:
    """Say of each step that will not run why; only a skip is an event, as a step after a failure never happened."""
    for each in settled:
        if each.step.mapped_over is not None:
            continue  # no step itself: nothing was there to run it for
        key = each.step.key
        if each.state is StepState.SKIPPED:
            recorder.log(20, f"Skipping step {key} due to skipped dependencies: {list(each.because_of)}.", key)
            recorder.record(make.step_skipped(each.step))
        else:
            recorder.log(40, f"Step {key} is not executed: it depends on {', '.join(each.because_of)}, which failed.", key)


def raised_by_user(failed: BaseException) -> BaseException:
    """What a caller should see of a step that failed: the exception that user code raised, where it was user code."""
    return failed.user_exception if isinstance(failed, DagsterUserCodeExecutionError) else failed
