"""What the process of one part of a run does: a step, or all steps one after another.

Here, and nowhere else, the user code of a launched run is executed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from typing import Any

from dagster.errors import DagsterError
from dagster.events.failures import error_info
from dagster.execution.captures import redirect_output
from dagster.execution.events import EventsOfRun
from dagster.execution.in_process import call_awaiting_hooks, raised_by_user, run_steps
from dagster.execution.machines import ReadySteps
from dagster.execution.orders import Refused, StepFailed, StepGave, StepRetries, StepsEnded, WorkOrder
from dagster.execution.preparation import PlannedJob, of_one_step, prepared
from dagster.execution.python_logs import python_logs_of
from dagster.execution.recorders import RunRecorder
from dagster.execution.resources import opened_resources
from dagster.execution.retries import RetryIn
from dagster.execution.running import RunningRun
from dagster.execution.steps import execute_step
from dagster.execution.supervised_events import worker_started
from dagster.instance.instance import DagsterInstance
from dagster.lines import Lines
from dagster.planning.partial_plans import restricted
from dagster.planning.steps import Step
from dagster.runs.runs import DagsterRun

NUMBERS_PER_PART = 1 << 32
"""Each part numbers its events in a range of its own, so that all of them are numbers of the same attempt."""


def work(order: WorkOrder, lines: Lines[Any], run: DagsterRun, planned: PlannedJob, ready: ReadySteps) -> int:
    """Execute a part of a run.

    Args:
        order: which part.
        lines: take the reports.
        run: as this attempt holds it.
        planned: its job and plan.
        ready: its steps as they stand, so that what dynamic outputs made of the plan is known.

    Returns:
        The exit code of the process.
    """
    if order.output_path is not None:
        redirect_output(order.output_path)
    with DagsterInstance.from_ref(order.run.instance) as instance:
        logs = python_logs_of(instance) if instance.has_setting("python_logs") else None

        def recorder_of(listeners: Sequence[Any]) -> RunRecorder:
            heard = logs.listeners(listeners) if logs is not None else listeners
            least = logs.least_level if logs is not None else None
            return RunRecorder(run, instance, heard, least, first_number=order.number * NUMBERS_PER_PART)

        given = order.run.run_config if order.run.run_config is not None else run.run_config
        try:
            running, resources = prepared(run, planned, given, instance, recorder_of)
        except Exception as refused:
            lines.send(Refused(error=error_info(refused)))
            return 1
        recorder = running.recorder
        running.tries_again = order.tries_again
        with logs.captured(recorder) if logs is not None else nullcontext():
            if order.step_key is None:
                report = _all_steps(order, running, resources)
            else:
                report = _one_step(order, running, resources, ready)
        recorder.flush()
        lines.send(report)
    return 0


def _all_steps(order: WorkOrder, running: RunningRun, resources: Mapping[str, Any]) -> StepsEnded:
    """All steps, or those that are left. After an interrupt the supervisor has what is left executed by another process."""
    if order.only is not None:
        running.plan = restricted(running.plan, order.only, running.plan.known)
        running.make = EventsOfRun(running.run.job_name, running.plan)
    ended = run_steps(running, resources, ReadySteps(running.plan, is_failure=order.is_failure), is_last=False)
    error = error_info(ended.broke) if ended.broke is not None else ended.untold
    return StepsEnded(
        failed_step_keys=list(ended.failed_keys),
        allowed_step_keys=list(ended.allowed_keys),
        error=error,
        is_broken_off=ended.broke is not None,
        is_interrupt=ended.is_interrupt,
    )


def _one_step(
    order: WorkOrder, running: RunningRun, resources: Mapping[str, Any], ready: ReadySteps
) -> StepGave | StepRetries | StepFailed:
    step = step_named(ready, order.step_key or "")
    running.steps, running.is_given, running.failed_before = ready.steps, ready.is_given, ready.failed_before
    running.retries = {step.key: order.tries} if order.tries else {}
    of_one_step(running, step.resource_keys, step.key)
    recorder = running.recorder
    recorder.record(worker_started(running.run.job_name, step))
    try:
        with opened_resources(running, resources) as opened:
            running.resources, running.definitions = opened, resources
            recorder.record(running.make.logs_captured(step.key))
            try:
                outcome = execute_step(running, step)
            finally:
                if running.awaiting_hooks:
                    call_awaiting_hooks(running)
    except BaseException as failed:
        return StepFailed(step_key=step.key, untold=_untold(running, step, failed))
    if isinstance(outcome, RetryIn):
        return StepRetries(step_key=step.key, seconds=outcome.seconds)
    return StepGave(
        step_key=step.key,
        outputs=sorted(outcome.outputs),
        mapping_keys={name: list(keys) for name, keys in outcome.mapping_keys.items()},
    )


def _untold(running: RunningRun, step: Step, failed: BaseException) -> Any:
    """What failed, where no event of the step says it: setting up its resources, or recording its end."""
    events = running.recorder.events
    if any(event.event_type_value == "STEP_FAILURE" and event.step_key == step.key for event in events):
        return None
    return error_info(failed if isinstance(failed, DagsterError) else raised_by_user(failed))


def step_named(ready: ReadySteps, key: str) -> Step:
    """The step of this key; of a mapped one the step itself, not what stands in the plan for it and its siblings."""
    return next(step for step in reversed(ready.steps) if step.key == key)


def replayed(planned: PlannedJob, ended: Iterable[StepGave | StepFailed]) -> ReadySteps:
    """The steps as they stand after what ended, for a process that was not there when it did."""
    ready = ReadySteps(planned.plan)
    for report in ended:
        step = step_named(ready, report.step_key)
        if isinstance(report, StepGave):
            ready.succeeded(step, frozenset(report.outputs), report.mapping_keys)
        else:
            ready.failed(step)
    return ready


def mark_environment(order: Any, mark: str) -> None:
    """Take over the environment of the launch; what is started from here on carries the run's mark."""
    if order.environment is not None:
        os.environ.clear()
        os.environ.update(order.environment)
        if hasattr(time, "tzset"):
            time.tzset()
    os.environ[mark] = order.run_id
