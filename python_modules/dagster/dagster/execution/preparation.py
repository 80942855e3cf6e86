"""From a stored run to one that can be executed: its job is planned, its config checked, its resources found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
from dagster.events.entries import EventLogEntry
from dagster.execution.configs import checked_run_config, storable_run_config
from dagster.execution.consoles import print_entry
from dagster.execution.events import EventsOfRun
from dagster.execution.op_jobs import config_of, schemas_of
from dagster.execution.recorders import RunRecorder
from dagster.execution.resources import with_default_io_manager
from dagster.execution.run_partitions import key_of_its_definition, tags_of_partition
from dagster.execution.running import RunningRun
from dagster.instance.instance import DagsterInstance
from dagster.metadata.tags import run_tags
from dagster.planning.op_plans import plan_ops
from dagster.planning.plans import plan_assets
from dagster.planning.steps import ExecutionPlan
from dagster.runs.requests import RunRequest
from dagster.runs.runs import DagsterRun, new_run_id


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
        chosen = job.get_subset(op_selection=op_selection)
        return PlannedJob(chosen, plan_ops(chosen))
    selected = job.selected_asset_keys
    if asset_selection:
        selected = selected & job.project.selected(sorted(asset_selection))
    return PlannedJob(job, plan_assets(job.project, selected, job.hook_defs, job.check_keys_of(selected)))


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
        request: config, tags, partition, assets.
        instance: where dynamic partitions are kept, and values.
        op_selection: ops of the job to run; None for all.
        run_id: of the run; None for a new one.

    Raises:
        DagsterInvalidConfigError: the config does not fit.
        DagsterInvalidSubsetError: a selection names what is not there.
        CheckError: a partition is asked for, and what it makes has none in common.
    """
    planned = planned_job(job, request.asset_selection, op_selection)
    plan, key = planned.plan, request.partition_key
    tags = {**run_tags(planned.job.run_tags), **request.tags, **tags_of_partition(planned.job, plan, key, instance)}
    definitions = _resources_of(planned, instance)
    schemas = planned.schemas
    config = planned.config(request.run_config, schemas, key, instance)
    checked_run_config(config, plan, definitions, f'job "{job.name}"', schemas, planned.loggers)
    given = dict(request.run_config)
    if not given and isinstance(planned.job.declared.config, PartitionedConfig):
        given = to_run_config_dict(config)
    run = DagsterRun(
        job_name=job.name,
        run_id=run_id or new_run_id(),
        run_config=storable_run_config(given, plan, definitions, schemas, planned.loggers),
        asset_selection=plan.selected_asset_keys if plan.selected_asset_keys != job.selected_asset_keys else None,
        planned_assets=plan.selected_asset_keys,
        op_selection=list(op_selection) if op_selection is not None else None,
        step_keys_to_execute=list(plan.step_keys),
        tags=tags,
    )
    recorder = RunRecorder(run, instance)
    events = EventsOfRun(run.job_name, plan).planned(_partition_keys(planned, key))
    return NewRun(run, recorder.entries_of(events), given)


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
        partition_keys=_partition_keys(planned, run.partition_key),
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


def _partition_keys(planned: PlannedJob, partition_key: str | None) -> tuple[str, ...] | None:
    if partition_key is None:
        return None
    return (key_of_its_definition(planned.job.partitions_of(planned.plan.selected_asset_keys), partition_key),)
