"""Runs a plan in the calling process, step by step."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from dagster.define.resources import ResourceDefinition
from dagster.errors import DagsterExecutionInterruptedError, DagsterRunFencedError, DagsterUserCodeExecutionError
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
from dagster.planning.pools import pool_of
from dagster.planning.steps import Step

if TYPE_CHECKING:
    from dagster.execution.pool_places import WaitingSteps

_INTERRUPTS = (KeyboardInterrupt, DagsterExecutionInterruptedError)


class StepsRun(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the steps of a run.

    Attributes:
        failed_keys: of the steps that failed.
        allowed_keys: of those that failed, as they may.
        failure: what the first of those that may not raised; of user code what it raised itself.
        untold: why the run failed, where no event of a step says it.
        broke: what broke the run off outside of its steps, or interrupted it.
    """

    failed_keys: Sequence[str] = ()
    allowed_keys: Sequence[str] = ()
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


def run_steps(
    running: RunningRun, resources: Mapping[str, ResourceDefinition], ready: ReadySteps | None = None, *, is_last: bool = True
) -> StepsRun:
    """Run every step of the plan and record them; what is said of the run as a whole is left to the caller.

    Args:
        running: the run.
        resources: definitions of the resources, by key.
        ready: the steps as they stand; without: at their beginning.
        is_last: whether what runs always is also run after an interrupt, since nobody else does.
    """
    recorder, make = running.recorder, running.make
    recorder.record(make.engine_started())
    ready = ReadySteps(running.plan) if ready is None else ready
    try:
        return _with_resources(running, resources, ready)
    except BaseException as broke:
        ended = StepsRun(broke=broke)
        if isinstance(broke, DagsterRunFencedError) or (ended.is_interrupt and not is_last):
            return ended
        _run_endings(running, resources, ready, is_failure=not ended.is_interrupt)
        return ended


def _with_resources(running: RunningRun, resources: Mapping[str, ResourceDefinition], ready: ReadySteps) -> StepsRun:
    with opened_resources(running, resources) as opened:
        running.resources = opened
        running.definitions = resources
        running.recorder.record(running.make.logs_captured(running.run.run_id))
        return _run_steps(running, ready)


def _run_endings(
    running: RunningRun, resources: Mapping[str, ResourceDefinition], ready: ReadySteps, *, is_failure: bool
) -> None:
    """What runs after the work also where that broke off; with resources that are set up for it alone."""
    ready.break_off(is_failure=is_failure)
    left = [step for step in ready.steps if ready.states[step.position] in (StepState.WAITING, StepState.READY)]
    if not left:
        return
    needed = frozenset(key for step in left for key in step.resource_keys)
    running.plan = replace(running.plan, required_resource_keys=needed)
    try:
        _with_resources(running, resources, ready)
    except BaseException as broke:
        running.recorder.log(40, "What runs at the end of the run was broken off too.", None, error_info(broke))


def _end_of_run(running: RunningRun, ended: StepsRun) -> DagsterEvent:
    make = running.make
    if ended.broke is not None:
        return make.run_broken_off(ended.is_interrupt, error_info(ended.broke))
    return make.run_ended(ended.failed_keys, ended.untold, ended.allowed_keys)


def _run_steps(running: RunningRun, ready: ReadySteps) -> StepsRun:
    recorder, make = running.recorder, running.make
    started = time.perf_counter()
    running.steps, running.is_given, running.failed_before = ready.steps, ready.is_given, ready.failed_before
    record_settled(recorder, make, ready.untold())
    first_failure: BaseException | None = None
    places = _waiting_steps(running, ready)
    while (step := _next_step(running, ready) if places is None else places.next_step()) is not None:
        try:
            outcome = execute_step(running, step)
        except (Exception, SystemExit) as failed:
            if not step.allows_failure:
                first_failure = first_failure or raised_by_user(failed)
            settled = ready.failed(step)
        except BaseException:
            ready.failed(step)
            raise
        else:
            if isinstance(outcome, RetryIn):
                ready.will_retry(step, running.clock.now() + (outcome.seconds or 0.0))
                settled = []
            else:
                settled = ready.succeeded(step, outcome.outputs, outcome.mapping_keys)
        record_settled(recorder, make, settled)
        if places is not None:
            places.ended(step)
        if running.awaiting_hooks:
            call_awaiting_hooks(running)
    recorder.record(make.engine_finished(time.perf_counter() - started))
    failed_keys = ready.keys_in(StepState.FAILED)
    untold = _untold(running, failed_keys, first_failure) if failed_keys else None
    allowed_keys = ready.keys_in(StepState.FAILED_ALLOWED)
    return StepsRun(failed_keys=failed_keys, allowed_keys=allowed_keys, failure=first_failure, untold=untold)


def _waiting_steps(running: RunningRun, ready: ReadySteps) -> WaitingSteps | None:
    """What has steps wait for places in pools; imported where some step is in one and somebody else may hold places."""
    if running.instance.is_ephemeral or all(pool_of(step) is None for step in running.plan.steps):
        return None
    from dagster.execution.pool_places import waiting_steps

    return waiting_steps(running, ready)


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
            recorder.log(20, _why_skipped(each), key)
            recorder.record(make.step_skipped(each.step))
        else:
            recorder.log(40, f"Step {key} is not executed: it depends on {', '.join(each.because_of)}, which failed.", key)


def _why_skipped(settled: Settled) -> str:
    key = settled.step.key
    if not settled.because_of:
        return f"Skipping step {key}: it runs where the run failed, and no step did."
    if settled.failed:
        return f"Skipping step {key}: it takes {list(settled.because_of)}, and {list(settled.failed)} failed, as they may."
    return f"Skipping step {key} due to skipped dependencies: {list(settled.because_of)}."


def raised_by_user(failed: BaseException) -> BaseException:
    """What a caller should see of a step that failed: the exception that user code raised, where it was user code."""
    return failed.user_exception if isinstance(failed, DagsterUserCodeExecutionError) else failed
