"""Runs of jobs that can be found again by where they are written: `execute_job`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any

from dagster.arguments import check_argument, check_optional
from dagster.config.run_config import to_run_config_dict
from dagster.define.jobs import JobDefinition
from dagster.define.reconstructions import ReconstructableJob
from dagster.errors import DagsterInvariantViolationError
from dagster.execution.job_results import JobExecutionResult
from dagster.execution.materialize import run_job
from dagster.execution.op_jobs import run_op_job
from dagster.execution.placements import placement_of
from dagster.execution.preparation import new_run, repeated_run
from dagster.execution.reexecutions import (
    ReexecutionOptions,
    again,
    assets_again,
    config_again,
    history_of,
    refuse_other_job,
)
from dagster.instance.instance import DagsterInstance
from dagster.keys import AssetKey
from dagster.metadata.tags import run_tags
from dagster.planning.steps import ExecutionPlan
from dagster.runs.requests import RunRequest


def execute_job(
    job: ReconstructableJob,
    instance: DagsterInstance,
    run_config: Any = None,
    tags: Mapping[str, Any] | None = None,
    raise_on_error: bool = False,
    op_selection: Sequence[str] | None = None,
    reexecution_options: ReexecutionOptions | None = None,
    asset_selection: Sequence[AssetKey] | None = None,
) -> JobExecutionResult:
    """Run a job and wait for its end; its values are stored by its IO managers, so that another run can go on from it.

    With the multiprocess executor, which is the default one, each step runs in a process of its own, below a new process that
    loads the job; with `in_process_executor`, or an instance that other processes do not see, all steps run in this one.

    Args:
        job: where it is written: `reconstructable(nightly)`.
        instance: what remembers the run.
        run_config: config of ops, assets and resources; without: the job's own, of a re-execution that of the earlier run.
        tags: of the run, over those of the job.
        raise_on_error: whether an error of the user's code is raised here, if it was raised in this process; otherwise the result
            says it.
        op_selection: ops of the job to run, instead of all.
        reexecution_options: the run that is executed again, and what of it.
        asset_selection: assets of the job to make, instead of all.

    Returns:
        The events of the run; opened as a context manager its values too.

    Raises:
        DagsterRunNotFoundError: the run to execute again is not there.
        DagsterExecutionStepNotFoundError: a step is selected that is not there.
        DagsterInvariantViolationError: it is to go on from a failure and there was none, or with a selection of ops.

    Example:
        >>> execute_job(reconstructable(nightly), DagsterInstance.get()).success
        True
    """
    check_argument("job", job, ReconstructableJob)
    check_argument("instance", instance, DagsterInstance)
    check_optional("reexecution_options", reexecution_options, ReexecutionOptions)
    definition = job.get_definition()
    if reexecution_options is not None and op_selection:
        raise DagsterInvariantViolationError("re-execution and op selection cannot be used together at this time.")
    assets = asset_selection if asset_selection is not None else job.asset_selection
    if _is_for_processes(definition, instance, run_config, reexecution_options):
        from dagster.execution.process_runs import execute_in_processes

        request = RunRequest(run_config=run_config, tags=run_tags(tags), asset_selection=list(assets) if assets else None)
        if reexecution_options is not None:
            return execute_in_processes(
                job, definition, repeated_run(definition, reexecution_options, request, instance), instance
            )
        ops = op_selection if op_selection is not None else job.op_selection
        return execute_in_processes(job, definition, new_run(definition, request, instance, ops), instance)
    if reexecution_options is not None:
        return reexecute(
            definition, instance, reexecution_options, run_config=run_config, tags=tags, raise_on_error=raise_on_error
        )
    return execute(
        definition,
        instance,
        op_selection=op_selection,
        asset_selection=assets,
        run_config=run_config,
        tags=tags,
        raise_on_error=raise_on_error,
    )


def _is_for_processes(
    job: JobDefinition, instance: DagsterInstance, run_config: Any, reexecution: ReexecutionOptions | None
) -> bool:
    """Whether the executor of a run has its steps executed in processes, and these would see what the instance remembers."""
    given = to_run_config_dict(run_config)
    if run_config is None and reexecution is not None:
        parent = instance.get_run_by_id(reexecution.parent_run_id)
        given = parent.run_config if parent is not None else given
    placement = placement_of(job, given, instance)  # also where it changes nothing: an executor that cannot be is refused
    return not placement.in_process and not instance.is_ephemeral


def execute(
    job: JobDefinition,
    instance: DagsterInstance,
    *,
    op_selection: Sequence[str] | None = None,
    asset_selection: Sequence[Any] | Set[AssetKey] | None = None,
    narrowed: Callable[[ExecutionPlan], ExecutionPlan] | None = None,
    planned: Callable[[ExecutionPlan], object] | None = None,
    **options: Any,
) -> JobExecutionResult:
    """Run a job in this process, with values where its IO managers store them. Other arguments as of `run_plan`.

    Args:
        narrowed: cuts the plan, for a run that executes an earlier one again.
        planned: called with the plan before it is executed.
    """

    def final(plan: ExecutionPlan) -> ExecutionPlan:
        cut = plan if narrowed is None else narrowed(plan)
        if planned is not None:
            planned(cut)
        return cut

    options = {
        "instance": instance,
        "keeps_values": False,
        "result_of": JobExecutionResult,
        "raise_on_error": False,
        "asset_selection": None,
        "narrowed": final,
        **options,
    }
    if not job.is_asset_job:
        return run_op_job(job, op_selection=op_selection, in_memory=False, **options)
    selected = job.selected_asset_keys if asset_selection is None else job.project.selected(list(asset_selection))
    return run_job(job, selected=selected, resources=job.project.all_resources, **options)


def reexecute(
    job: JobDefinition,
    instance: DagsterInstance,
    reexecution: ReexecutionOptions,
    *,
    run_config: Any = None,
    tags: Mapping[str, Any] | None = None,
    **options: Any,
) -> JobExecutionResult:
    """Execute an earlier run of a job again, all of it or a part. Other arguments as of `run_plan`.

    Args:
        job: the job.
        instance: what remembers the earlier run.
        reexecution: the earlier run, and what of it.
        run_config: without: that of the earlier run.
        tags: of the new run.

    Raises:
        DagsterInvariantViolationError: the earlier run was of another job, left nothing undone, or had secrets in its config.
    """
    history = history_of(instance, reexecution.parent_run_id)
    parent = history.run

    def narrowed(plan: ExecutionPlan) -> ExecutionPlan:
        return again(plan, history, reexecution)

    refuse_other_job(parent, job)
    assets = assets_again(job, history, reexecution)
    if reexecution.is_of_assets and not assets:
        raise DagsterInvariantViolationError(
            f'Run "{parent.run_id}" left checks undone and no asset. Executing the checks alone takes a launched run: '
            f"`dagster run reexecute {parent.run_id} --from-asset-failure`."
        )
    return execute(
        job,
        instance,
        op_selection=parent.op_selection,
        asset_selection=assets,
        run_config=config_again(parent) if run_config is None else run_config,
        tags=tags,
        partition_key=parent.partition_key,
        narrowed=narrowed,
        parent_run_id=parent.run_id,
        root_run_id=parent.root_run_id or parent.run_id,
        **options,
    )
