"""Runs a plan in the calling process, step by step."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from dagster.define.resources import ResourceDefinition
from dagster.errors import DagsterExecutionInterruptedError, DagsterUserCodeExecutionError
from dagster.events.data import RunFailureReason
from dagster.events.failures import SerializableErrorInfo, error_info
from dagster.events.types import DagsterEventType
from dagster.execution.machines import ReadySteps, Settled, StepState
from dagster.execution.resources import opened_resources
from dagster.execution.retries import RetryIn
from dagster.execution.running import RunningRun
from dagster.execution.steps import execute_step
from dagster.planning.steps import Step

_INTERRUPTS = (KeyboardInterrupt, DagsterExecutionInterruptedError)


def run_in_process(running: RunningRun, resources: Mapping[str, ResourceDefinition]) -> BaseException | None:
    """Run every step of the plan and record the run from its start to its end.

    Args:
        running: the run; its planned events are stored already.
        resources: definitions of the resources, by key.

    Returns:
        What made the run fail; of user code what it raised itself. None for a run that ended well.
    """
    recorder, make = running.recorder, running.make
    recorder.record(make.run_started())
    recorder.record(make.engine_started())
    try:
        with opened_resources(running, resources) as opened:
            running.resources = opened
            running.definitions = resources
            recorder.record(make.logs_captured(running.run.run_id))
            failed = _run_steps(running)
    except BaseException as broke:
        recorder.record(_broken_off(running, broke))
        recorder.flush()
        return broke
    recorder.flush()
    return failed


def _broken_off(running: RunningRun, broke: BaseException) -> Any:
    if isinstance(broke, _INTERRUPTS):
        why = "Execution was interrupted unexpectedly. No user initiated termination request was found, treating as failure."
    else:
        why = "An exception was thrown during execution."
    return running.make.run_failed(RunFailureReason.RUN_EXCEPTION, why, error_info(broke))


def _run_steps(running: RunningRun) -> BaseException | None:
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
        _record_settled(running, settled)
        if running.awaiting_hooks:
            _call_hooks(running)
    recorder.record(make.engine_finished(time.perf_counter() - started))
    failed_keys = ready.keys_in(StepState.FAILED)
    if failed_keys:
        recorder.record(
            make.run_failed(
                RunFailureReason.STEP_FAILURE,
                f"Steps failed: {failed_keys}.",
                _untold(running, failed_keys, first_failure),
                failed_keys,
            )
        )
    else:
        recorder.record(make.run_succeeded())
    return first_failure


def _call_hooks(running: RunningRun) -> None:
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


def _record_settled(running: RunningRun, settled: list[Settled]) -> None:
    """Say of each step that will not run why; only a skip is an event, as a step after a failure never happened."""
    for each in settled:
        if each.step.mapped_over is not None:
            continue  # no step itself: nothing was there to run it for
        if each.state is StepState.SKIPPED:
            running.recorder.log(
                20, f"Skipping step {each.step.key} due to skipped dependencies: {list(each.because_of)}.", each.step.key
            )
            running.recorder.record(running.make.step_skipped(each.step))
        else:
            running.recorder.log(
                40,
                f"Step {each.step.key} is not executed: it depends on {', '.join(each.because_of)}, which failed.",
                each.step.key,
            )


def raised_by_user(failed: BaseException) -> BaseException:
    """What a caller should see of a step that failed: the exception that user code raised, where it was user code."""
    return failed.user_exception if isinstance(failed, DagsterUserCodeExecutionError) else failed
