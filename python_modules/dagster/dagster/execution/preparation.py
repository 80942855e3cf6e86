"""From a stored run to one that can be executed: its job is planned, its config checked, its resources found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any

import msgspec
from msgspec.structs import replace

from dagster.config.run_config import to_run_config_dict
from dagster.config.run_schemas import ProcessedRunConfig
from dagster.define.jobs import JobDefinition
from dagster.define.op_configs import JobSchemas
from dagster.define.partitioned_configs import PartitionedConfig, config_for_partition
from dagster.define.problems import raise_problems
from dagster.define.resource_sessions import coerce_resources, missing_resource
from dagster.define.resources import ResourceDefinition
from dagster.errors import DagsterInvalidSubsetError, closest
from dagster.events.entries import EventLogEntry
from dagster.execution.configs import checked_run_config, storable_run_config
from dagster.execution.consoles import print_entry
from dagster.execution.events import EventsOfRun
from dagster.execution.op_jobs import config_of, schemas_of
from dagster.execution.recorders import RunRecorder
from dagster.execution.reexecutions import (
    History,
    ReexecutionOptions,
    again,
    assets_again,
    checks_left_undone,
    config_again,
    has_assets_left_undone,
    history_of,
    refuse_other_job,
    tags_again,
)
from dagster.execution.resources import with_default_io_manager
from dagster.execution.run_partitions import partitions_of_run, tags_of_partition
from dagster.execution.running import RunningRun
from dagster.instance.instance import DagsterInstance
from dagster.keys import AssetCheckKey, AssetKey
from dagster.metadata.tags import run_tags
from dagster.planning.job_plans import plan_job
from dagster.planning.known_steps import KnownSteps
from dagster.planning.partial_plans import restricted
from dagster.planning.pools import op_concurrency_of
from dagster.planning.steps import ExecutionPlan
from dagster.runs.requests import RunRequest
from dagster.runs.retries import ReexecutionStrategy, strategy_of
from dagster.runs.runs import DagsterRun, new_run_id
from dagster.runs.tags import ROOT_RUN_ID_TAG


class PlannedJob(msgspec.Struct, frozen=True):
    """What a run executes.

    Attributes:
        job: with the ops only that the run selects.
        plan: its steps.
    """

    job: JobDefinition
    plan: ExecutionPlan

    @property
    def schemas(self) -> JobSchemas | None:
        """Of the config of ops; None for assets, whose steps say it."""
        return None if self.job.is_asset_job else schemas_of(self.job)

    @property
    def narrowed_assets(self) -> frozenset[AssetKey] | None:
        """The assets that are selected; None for all of the job."""
        selected = self.plan.selected_asset_keys
        return selected if selected != self.job.selected_asset_keys else None

    @property
    def chosen_ops(self) -> frozenset[str]:
        """The places of the ops that are selected."""
        return frozenset() if self.job.ops is None else frozenset(self.job.ops.flat.ops)

    @property
    def loggers(self) -> Mapping[str, Any]:
        """What run config may name to get the lines of the run."""
        return self.job.loggers

    def config(self, given: Mapping[str, Any], schemas: JobSchemas | None, partition_key: str | None, store: Any) -> Any:
        """The config of a run: what was given, over or instead of what the job declares.

        Args:
            given: as it was given.
            schemas: of the config of ops.
            partition_key: of the run.
            store: where dynamic partitions are kept.
        """
        if schemas is not None:
            return config_of(self.job, schemas, given or None, partition_key, store)
        return given or config_for_partition(self.job.declared.config, partition_key, store)


def planned_job(
    job: JobDefinition, asset_selection: Any = None, op_selection: Sequence[str] | None = None, check_selection: Any = None
) -> PlannedJob:
    """The plan of a job, or of a part of it.

    Args:
        job: what is run.
        asset_selection: assets of the job to make; None or nothing for all.
        op_selection: ops of the job to run; None for all.
        check_selection: checks to execute; None for those of the assets.

    Raises:
        DagsterInvalidSubsetError: a selection names what is not there.
    """
    if not job.is_asset_job:
        if check_selection:
            _known_checks(job, check_selection)
        chosen = job.get_subset(op_selection=op_selection)
        return PlannedJob(chosen, plan_job(chosen))
    selected = job.selected_asset_keys
    if asset_selection:
        selected = selected & job.project.selected(sorted(asset_selection))
    elif check_selection:
        selected = frozenset[AssetKey]()
    checks = None if check_selection is None else _known_checks(job, check_selection)
    return PlannedJob(job, plan_job(job, selected, checks))


def _known_checks(job: JobDefinition, selection: Set[AssetCheckKey]) -> Set[AssetCheckKey]:
    """The selection.

    Raises:
        DagsterInvalidSubsetError: there is no such check.
    """
    known = {spec.key for spec in job.project.check_specs}
    for key in sorted(selection - known, key=lambda each: each.to_user_string()):
        name = key.to_user_string()
        close = closest(name, [each.to_user_string() for each in known])
        raise DagsterInvalidSubsetError(f'There is no check "{name}" for job "{job.name}".{close}')
    return selection


def plan_of_run(job: JobDefinition, run: DagsterRun, instance: DagsterInstance) -> PlannedJob:
    """What a stored run executes: the steps that it names, or of one that goes on from another run those that are missing.

    Args:
        job: of the run.
        run: as it is stored.
        instance: remembers what the runs before it have done.

    Raises:
        DagsterError: a selection names what is not there, or a run that it goes on from is not there.
    """
    wanted = run.step_keys_to_execute
    if wanted is None and run.is_resume_retry and run.parent_run_id is not None:
        return _resumed(job, run, history_of(instance, run.parent_run_id))
    planned = planned_job(job, run.asset_selection, run.op_selection, run.asset_check_selection)
    if wanted is None or set(planned.plan.step_keys) <= set(wanted):
        return planned
    known: KnownSteps = history_of(instance, run.parent_run_id).known if run.parent_run_id is not None else {}
    return replace(planned, plan=restricted(planned.plan, wanted, known))


def _resumed(job: JobDefinition, run: DagsterRun, history: History) -> PlannedJob:
    """The plan of a run that tries again what an earlier one has not done."""
    options = ReexecutionOptions(history.run.run_id, strategy=strategy_of(run))
    of_assets = options.strategy is ReexecutionStrategy.FROM_ASSET_FAILURE
    if of_assets and (not job.is_asset_job or not has_assets_left_undone(history)):
        options = replace(options, strategy=ReexecutionStrategy.FROM_FAILURE)
    planned = planned_job(job, assets_again(job, history, options), run.op_selection, run.asset_check_selection)
    return replace(planned, plan=again(planned.plan, history, options))


class NewRun(msgspec.Struct, frozen=True):
    """A run that is not stored yet.

    Attributes:
        run: the run.
        events: what it plans to write; stored together with it.
        run_config: as it was given, secrets included, which what is stored does not hold.
    """

    run: DagsterRun
    events: Sequence[EventLogEntry]
    run_config: dict[str, Any]


def new_run(
    job: JobDefinition,
    request: RunRequest,
    instance: DagsterInstance,
    op_selection: Sequence[str] | None = None,
    run_id: str | None = None,
) -> NewRun:
    """The run that a request asks for, checked as far as it can be before it begins.

    Args:
        job: what is run.
        request: config, tags, partition, assets, checks.
        instance: where dynamic partitions are kept, and values.
        op_selection: ops of the job to run; None for all.
        run_id: of the run; None for a new one.

    Raises:
        DagsterInvalidConfigError: the config does not fit.
        DagsterInvalidSubsetError: a selection names what is not there.
        CheckError: a partition is asked for, and what it makes has none in common.
    """
    planned = _asked_for(job, request, op_selection)
    tags = {**run_tags(planned.job.run_tags), **request.tags}
    chosen = planned.plan.selected_asset_keys if request.asset_selection else planned.narrowed_assets
    run = DagsterRun(
        job_name=job.name,
        run_id=run_id or new_run_id(),
        asset_selection=chosen,
        asset_check_selection=frozenset(request.asset_check_keys) if request.asset_check_keys is not None else None,
        op_selection=list(op_selection) if op_selection is not None else None,
        resolved_op_selection=planned.chosen_ops if op_selection is not None else None,
        tags=tags,
    )
    return _completed(run, planned, request.run_config, request.partition_key, instance)


def repeated_run(
    job: JobDefinition,
    options: ReexecutionOptions,
    request: RunRequest,
    instance: DagsterInstance,
    run_id: str | None = None,
    *,
    keeps_tags: bool = True,
) -> NewRun:
    """The run that executes an earlier one again, all of it or a part, checked as far as it can be before it begins.

    Args:
        job: of the earlier run.
        options: the earlier run, and what of it.
        request: config and tags; without config that of the earlier run. Tags go over the others.
        instance: remembers the earlier run.
        run_id: of the new run; None for a new one.
        keeps_tags: whether it has the tags of the earlier run, else those of the job.

    Raises:
        DagsterRunNotFoundError: the earlier run is not there.
        DagsterExecutionStepNotFoundError: a step is selected that is not there.
        DagsterInvariantViolationError: the earlier run was of another job, left nothing undone, or had secrets in its config.
        DagsterInvalidConfigError: the config does not fit any more.
    """
    history = history_of(instance, options.parent_run_id)
    parent = history.run
    refuse_other_job(parent, job)
    given = request.run_config or config_again(parent) or {}
    of_assets = options.is_of_assets
    checks = checks_left_undone(job, history) if of_assets else parent.asset_check_selection
    whole = planned_job(job, assets_again(job, history, options), parent.op_selection, checks)
    tags = {**tags_again(parent, options, None if keeps_tags else job.run_tags), **request.tags}
    run = DagsterRun(
        job_name=job.name,
        run_id=run_id or new_run_id(),
        asset_selection=whole.plan.selected_asset_keys if of_assets or parent.asset_selection else whole.narrowed_assets,
        asset_check_selection=checks,
        op_selection=parent.op_selection,
        resolved_op_selection=parent.resolved_op_selection,
        tags=tags,
        parent_run_id=parent.run_id,
        root_run_id=tags[ROOT_RUN_ID_TAG],
    )
    planned = replace(whole, plan=again(whole.plan, history, options))
    return _completed(run, planned, given, parent.partition_key, instance)


def _completed(
    run: DagsterRun, planned: PlannedJob, given: Mapping[str, Any], partition_key: str | None, instance: DagsterInstance
) -> NewRun:
    """The run with its config, checked, and with what it plans to do."""
    plan = planned.plan
    config, definitions, schemas = _checked(planned, given, partition_key, instance)
    if not given and isinstance(planned.job.declared.config, PartitionedConfig):
        given = to_run_config_dict(config)
    run = replace(
        run,
        run_config=storable_run_config(given, plan, definitions, schemas, planned.loggers),
        planned_assets=plan.selected_asset_keys,
        step_keys_to_execute=list(plan.step_keys),
        tags={**run.tags, **tags_of_partition(planned.job, plan, partition_key, instance)},
        run_op_concurrency=op_concurrency_of(plan),
    )
    return NewRun(run, planned_entries(run, planned, instance), dict(given))


def planned_entries(run: DagsterRun, planned: PlannedJob, instance: DagsterInstance) -> Sequence[EventLogEntry]:
    """What a run plans to write, as entries of its log."""
    events = EventsOfRun(run.job_name, planned.plan).planned(
        partitions_of_run(planned.job, planned.plan, run, instance, is_new=True)
    )
    return RunRecorder(run, instance).entries_of(events)


def checked_plan(
    job: JobDefinition, request: RunRequest, instance: DagsterInstance, op_selection: Sequence[str] | None = None
) -> ExecutionPlan:
    """The plan of the run that a request asks for, its config checked. Arguments and errors as of `new_run`."""
    planned = _asked_for(job, request, op_selection)
    _checked(planned, request.run_config, request.partition_key, instance)
    return planned.plan


def _asked_for(job: JobDefinition, request: RunRequest, op_selection: Sequence[str] | None) -> PlannedJob:
    """What of a job a request asks for."""
    checks = frozenset(request.asset_check_keys) if request.asset_check_keys is not None else None
    planned = planned_job(job, request.asset_selection, op_selection, checks)
    if job.is_asset_job and request.asset_selection:
        _refuse_assets_of_others(job, set(request.asset_selection) - job.selected_asset_keys)
    return planned


def _refuse_assets_of_others(job: JobDefinition, keys: Set[AssetKey]) -> None:
    if keys:
        named = ", ".join(f'"{key.to_user_string()}"' for key in sorted(keys))
        raise DagsterInvalidSubsetError(
            f'Job "{job.name}" does not make {named}: what is external, or made by other jobs only, is not selected in it.'
        )


def _checked(
    planned: PlannedJob, given: Mapping[str, Any], partition_key: str | None, instance: DagsterInstance
) -> tuple[Any, Mapping[str, ResourceDefinition], JobSchemas | None]:
    """The config of a run, checked; its resources; and what config its ops take."""
    definitions = _resources_of(planned, instance)
    schemas = planned.schemas
    config = planned.config(given, schemas, partition_key, instance)
    checked_run_config(config, planned.plan, definitions, f'job "{planned.job.name}"', schemas, planned.loggers)
    return config, definitions, schemas


def prepared(
    run: DagsterRun,
    planned: PlannedJob,
    given_config: Mapping[str, Any],
    instance: DagsterInstance,
    recorder_of: Callable[[Sequence[Any]], RunRecorder],
) -> tuple[RunningRun, Mapping[str, ResourceDefinition]]:
    """The run as it can be executed, and the definitions of its resources.

    Args:
        run: as this attempt holds it.
        planned: its job and plan.
        given_config: its config, as it was given.
        instance: what remembers it.
        recorder_of: makes what takes its events, with what hears each of them at once.

    Raises:
        DagsterInvalidConfigError: its config does not fit.
        DagsterInvalidDefinitionError: a step asks for a resource that nobody gives.
    """
    definitions = _resources_of(planned, instance)
    schemas = planned.schemas
    given = planned.config(given_config, schemas, run.partition_key, instance)
    config = checked_run_config(given, planned.plan, definitions, f'job "{run.job_name}"', schemas, planned.loggers)
    running = RunningRun(
        run=run,
        job=planned.job,
        plan=planned.plan,
        instance=instance,
        recorder=recorder_of(_listeners(config, planned, run)),
        config=config,
        partition_keys=partitions_of_run(planned.job, planned.plan, run, instance, is_new=False),
    )
    running.given_config = to_run_config_dict(given)
    running.keeps_values = False
    return running, definitions


def _listeners(config: ProcessedRunConfig, planned: PlannedJob, run: DagsterRun) -> Sequence[Any]:
    """What hears each entry at once: the console, or the loggers that run config names."""
    if not config.loggers:
        return (print_entry,)
    from dagster.execution.job_loggers import logger_listeners

    return logger_listeners(config.loggers, planned.loggers, planned.job, run)


def of_one_step(running: RunningRun, resource_keys: frozenset[str], step_key: str) -> None:
    """Make the run one that sets up what a single step needs, since this process executes that step alone."""
    running.plan = replace(running.plan, required_resource_keys=resource_keys, step_keys=(step_key,))
    running.make = EventsOfRun(running.run.job_name, running.plan, step_key)


def _resources_of(planned: PlannedJob, instance: DagsterInstance) -> Mapping[str, ResourceDefinition]:
    project = planned.job.project
    instance.take_over_aliases(project.graph.specs)
    given = with_default_io_manager(project.all_resources, instance)
    if planned.job.ops is not None:
        planned.job.ops.refuse_missing_resources(planned.job.declared, project)
    definitions = coerce_resources(given)
    needed = planned.plan.required_resource_keys
    if not needed <= definitions.keys():
        raise_problems(project.resource_problems(definitions))
        for key in sorted(needed - definitions.keys()):
            raise missing_resource(key, f"a hook of job '{planned.job.name}'", definitions.keys())
    return definitions
