"""The processes of a run of a location: its supervisor, its parts, and what is done when the supervisor is gone."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

from dagster.define.jobs import JobDefinition
from dagster.errors import DagsterError, DagsterRunFencedError
from dagster.events.failures import SerializableErrorInfo, error_info
from dagster.execution.engines import Engine, ForkingEngine, remember_memory_kills
from dagster.execution.events import EventsOfRun
from dagster.execution.forks import Inherited
from dagster.execution.orders import (
    WorkOrder,
)
from dagster.execution.placements import placement_of
from dagster.execution.preparation import PlannedJob, plan_of_run, planned_entries
from dagster.execution.recorders import RunRecorder
from dagster.execution.supervisors import Supervisor
from dagster.execution.workers import mark_environment, replayed, work
from dagster.instance.instance import DagsterInstance
from dagster.instance.launches import RunOrder
from dagster.planning.steps import ExecutionPlan
from dagster.runs.members import RUN_MARK
from dagster.runs.runs import DagsterRun
from dagster.runs.statuses import DagsterRunStatus
from dagster.workspace.loading import CodeLocation
from dagster.workspace.targets import CodeTarget
from dagster.workspace.user_mains import remember

MakeEngine = Callable[[RunOrder, PlannedJob, DagsterRun, Supervisor, DagsterInstance], Engine]
JobOf = Callable[[str], JobDefinition]
_TO_TAKE = (DagsterRunStatus.STARTING, DagsterRunStatus.NOT_STARTED, DagsterRunStatus.CANCELING)
_NO_PLAN = ExecutionPlan(steps=(), step_keys=(), selected_asset_keys=frozenset(), required_resource_keys=frozenset())


def supervise_run(order: RunOrder, location: CodeLocation, make_engine: MakeEngine) -> int:
    """Be the supervisor of a run: take it, and execute it to its end.

    Args:
        order: the run.
        location: has its job.
        make_engine: gives what places its parts.

    Returns:
        The exit code; what became of the run stands in its log.
    """
    os.setsid()
    _begin(order, location.target)
    return supervise(order, location.definitions.resolve_job_def, make_engine)


def supervise(order: RunOrder, job_of: JobOf, make_engine: MakeEngine, listeners: Sequence[Any] = ()) -> int:
    """Take a run and execute it to its end, in a process that is about nothing else.

    Args:
        order: the run.
        job_of: gives its job by name.
        make_engine: gives what places its parts.
        listeners: called with each entry of its log that this process tells.

    Returns:
        The exit code; what became of the run stands in its log.
    """
    remember_memory_kills()
    with DagsterInstance.from_ref(order.instance) as instance:
        run = instance.take_launched_run(order.run_id, order.attempt, _TO_TAKE)
        if run is None:
            return 0  # somebody else has it
        instance.forget_run_config(run.run_id)  # it came with the order
        try:
            _supervise(run, order, job_of, instance, make_engine, listeners)
        except DagsterRunFencedError as lost:
            print(lost, flush=True)
            return 1
    return 0


def _begin(order: RunOrder, target: CodeTarget) -> None:
    mark_environment(order, RUN_MARK)
    remember(target)


def refuse_run(order: RunOrder, error: SerializableErrorInfo) -> int:
    """End a run whose code cannot be loaded.

    Returns:
        The exit code.
    """
    with DagsterInstance.from_ref(order.instance) as instance:
        run = instance.take_launched_run(order.run_id, order.attempt, _TO_TAKE)
        if run is not None:
            _refuse(run, instance, error)
    return 0


def _refuse(run: DagsterRun, instance: DagsterInstance, error: SerializableErrorInfo) -> None:
    recorder = RunRecorder(run, instance, waits_for_database=True)
    recorder.record(EventsOfRun(run.job_name, _NO_PLAN).run_broken_off(False, error))
    recorder.flush()


def _supervise(
    run: DagsterRun,
    order: RunOrder,
    job_of: JobOf,
    instance: DagsterInstance,
    make_engine: MakeEngine,
    listeners: Sequence[Any],
) -> None:
    if run.status is DagsterRunStatus.CANCELING:
        recorder = RunRecorder(run, instance, waits_for_database=True)
        recorder.record(EventsOfRun(run.job_name, _NO_PLAN).run_canceled())
        recorder.flush()
        return
    try:
        planned = plan_of_run(job_of(run.job_name), run, instance)
        run = _with_plan(run, planned, instance)
        given = order.run_config if order.run_config is not None else run.run_config
        placement = placement_of(planned.job, given, instance)
    except Exception as refused:
        _refuse(run, instance, error_info(refused))
        return
    supervisor = Supervisor(run, order, planned, placement, instance, listeners=listeners)
    supervisor.engine = make_engine(order, planned, run, supervisor, instance)
    supervisor.supervise()


def _with_plan(run: DagsterRun, planned: PlannedJob, instance: DagsterInstance) -> DagsterRun:
    """The run with what it plans to do, told now where it was stored by who has no code: a retry, or by `create_run`."""
    if run.planned_assets is not None:
        return run
    instance.append(planned_entries(run, planned, instance), attempt=run.attempt)
    plan = planned.plan
    return instance.plan_run(run, plan.step_keys, plan.selected_asset_keys)


def forking(inherited: Inherited) -> MakeEngine:
    """Parts are forked from the supervisor, which has the code loaded."""

    def made(order: RunOrder, planned: PlannedJob, run: DagsterRun, supervisor: Supervisor, instance: DagsterInstance) -> Engine:
        def part(part_order: WorkOrder, lines: Any) -> int:
            return work(part_order, lines, run, planned, supervisor.ready)

        return ForkingEngine(order.run_id, part, inherited, before=instance.dispose)

    return made


def do_part(order: WorkOrder, location: CodeLocation, lines: Any) -> int:
    """Be a part of a run in a process that was not forked from the run's supervisor.

    Returns:
        The exit code.
    """
    _begin(order.run, location.target)
    return part_of_run(order, location.definitions.resolve_job_def, lines)


def part_of_run(order: WorkOrder, job_of: JobOf, lines: Any) -> int:
    """Be a part of a run in a process that has loaded its code itself.

    Returns:
        The exit code.
    """
    with DagsterInstance.from_ref(order.run.instance) as instance:
        run = instance.get_run_by_id(order.run.run_id)
        if run is None:
            raise DagsterError(f"Run {order.run.run_id} was deleted while it was executed.")
        planned = plan_of_run(job_of(run.job_name), run, instance)
    return work(order, lines, run, planned, replayed(planned, order.ended))


def settle(order: RunOrder, supervisor_pid: int, sentence: str) -> int:
    """End a run whose supervisor has ended, unless it had ended the run: what is left of it is killed first.

    Returns:
        The exit code.
    """
    with DagsterInstance.from_ref(order.instance) as instance:
        instance.settle_lost_run(order.run_id, order.attempt, supervisor_pid, sentence)
    return 0
