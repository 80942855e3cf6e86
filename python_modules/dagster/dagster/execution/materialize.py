"""Runs of assets in the calling process: `materialize`, and jobs of assets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from dagster.config.run_config import to_run_config_dict
from dagster.config.run_schemas import ProcessedRunConfig
from dagster.define.asset_jobs import UnresolvedAssetJobDefinition
from dagster.define.jobs import EPHEMERAL_JOB_NAME, JobDefinition, resolved_job
from dagster.define.op_configs import JobSchemas
from dagster.define.partitioned_configs import config_for_partition
from dagster.define.problems import raise_problems
from dagster.define.projects import Project
from dagster.define.resource_sessions import coerce_resources, missing_resource
from dagster.define.resources import ResourceDefinition
from dagster.errors import DagsterInvariantViolationError, ParameterCheckError
from dagster.execution.clocks import MONOTONIC_CLOCK, Clock
from dagster.execution.configs import checked_run_config, storable_run_config
from dagster.execution.consoles import print_entry
from dagster.execution.in_process import run_in_process
from dagster.execution.recorders import RunRecorder
from dagster.execution.resources import with_default_io_manager
from dagster.execution.results import ExecuteInProcessResult
from dagster.execution.run_partitions import partitions_of_run, tags_of_partition
from dagster.execution.running import RunningRun
from dagster.instance.instance import DagsterInstance
from dagster.keys import AssetKey
from dagster.metadata.tags import run_tags
from dagster.planning.job_plans import plan_job
from dagster.planning.pools import op_concurrency_of
from dagster.planning.steps import ExecutionPlan
from dagster.runs.processes import current_process
from dagster.runs.runs import DagsterRun, new_run_id

if TYPE_CHECKING:
    from dagster.execution.python_logs import PythonLogs


def materialize(
    assets: Sequence[Any],
    run_config: Any = None,
    instance: DagsterInstance | None = None,
    resources: Mapping[str, object] | None = None,
    partition_key: str | None = None,
    raise_on_error: bool = True,
    tags: Mapping[str, str] | None = None,
    selection: Any = None,
) -> ExecuteInProcessResult:
    """Make assets, here and now, in this process.

    Args:
        assets: functions decorated with `@asset` and specs of external assets.
        run_config: config of assets and resources.
        instance: what remembers the run; without: one that is forgotten afterwards.
        resources: by key.
        partition_key: the partition to make.
        raise_on_error: whether an error of the user's code is raised here; otherwise the result says it.
        tags: of the run.
        selection: which of the assets to make; what is left out is loaded as it is stored.

    Returns:
        The values and events of the run.

    Raises:
        DagsterInvalidDefinitionError: the assets do not hold together.

    Example:
        >>> @asset
        ... def orders():
        ...     return [1, 2, 3]
        >>> materialize([orders]).asset_value("orders")
        [1, 2, 3]
    """
    if not isinstance(assets, Sequence) or isinstance(assets, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ParameterCheckError("assets", assets, "a Sequence")
    if resources is not None and not isinstance(resources, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ParameterCheckError("resources", resources, "a Mapping")
    if instance is not None and not isinstance(instance, DagsterInstance):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ParameterCheckError("instance", instance, "a DagsterInstance")
    project = Project(assets=assets, resources=resources)
    raise_problems(project.resource_problems())
    job = resolved_job(project, UnresolvedAssetJobDefinition(EPHEMERAL_JOB_NAME, selection=selection))
    return run_job(
        job,
        selected=job.selected_asset_keys,
        run_config=run_config,
        instance=instance,
        resources=project.all_resources,
        partition_key=partition_key,
        raise_on_error=raise_on_error,
        tags=tags,
    )


def materialize_to_memory(
    assets: Sequence[Any],
    run_config: Any = None,
    instance: DagsterInstance | None = None,
    resources: Mapping[str, object] | None = None,
    partition_key: str | None = None,
    raise_on_error: bool = True,
    tags: Mapping[str, str] | None = None,
    selection: Any = None,
) -> ExecuteInProcessResult:
    """Make assets in this process and keep their values in memory only, for tests. Arguments as of `materialize`.

    Raises:
        DagsterInvariantViolationError: a resource is given for an IO manager, which would not be used.

    Example:
        >>> materialize_to_memory([asset(lambda: 1, name="one")]).output_for_node("one")
        1
    """
    from dagster.io.memory import InMemoryIOManager

    project = Project(assets=assets)
    io_manager_keys = {
        output.io_manager_key
        for definition in project.definitions
        for output in (definition.computation.outputs if definition.computation else ())
        if output.check is None
    }
    for key in sorted(io_manager_keys & set(resources or {})):
        raise DagsterInvariantViolationError(
            f"Attempted to call `materialize_to_memory` with a resource provided for io manager key '{key}'. Do not provide "
            "resources for io manager keys when calling `materialize_to_memory`, as it will override io management behavior for "
            "all keys."
        )
    in_memory = InMemoryIOManager()
    return materialize(
        assets,
        run_config=run_config,
        instance=instance,
        resources={**(resources or {}), **dict.fromkeys(sorted(io_manager_keys), in_memory)},
        partition_key=partition_key,
        raise_on_error=raise_on_error,
        tags=tags,
        selection=selection,
    )


def run_job(
    job: JobDefinition,
    *,
    selected: Set[AssetKey],
    run_config: Any = None,
    instance: DagsterInstance | None = None,
    partition_key: str | None = None,
    narrowed: Callable[[ExecutionPlan], ExecutionPlan] | None = None,
    **options: Any,
) -> Any:
    """Run the selected assets of a job in this process. Other arguments as of `run_plan`.

    Args:
        narrowed: cuts the plan, for a run that executes an earlier one again.
    """
    if run_config is None and job.declared.config is not None:
        run_config = config_for_partition(job.declared.config, partition_key, instance)
    plan = plan_job(job, selected)
    return run_plan(
        job,
        plan if narrowed is None else narrowed(plan),
        run_config=run_config,
        instance=instance,
        partition_key=partition_key,
        **options,
    )


def in_process_result(
    running: RunningRun, ended: DagsterRun, _resources: Mapping[str, ResourceDefinition]
) -> ExecuteInProcessResult:
    """The result of a run whose values were kept."""
    return ExecuteInProcessResult(
        event_list=running.recorder.events,
        dagster_run=ended,
        output_capture=running.captured,
        job_def=running.job,
        plan=running.plan,
    )


def run_plan(
    job: JobDefinition,
    plan: ExecutionPlan,
    *,
    run_config: Any,
    resources: Mapping[str, Any],
    schemas: JobSchemas | None = None,
    instance: DagsterInstance | None = None,
    partition_key: str | None = None,
    raise_on_error: bool = True,
    tags: Mapping[str, str] | None = None,
    run_id: str | None = None,
    listeners: Sequence[Any] = (print_entry,),
    clock: Clock = MONOTONIC_CLOCK,
    keeps_values: bool = True,
    result_of: Callable[[RunningRun, DagsterRun, Mapping[str, ResourceDefinition]], Any] = in_process_result,
    **of_run: Any,
) -> Any:
    """Run the steps of a plan in this process.

    Args:
        job: what is run.
        plan: its steps.
        run_config: of the run.
        resources: by key.
        schemas: of the config of ops; None for assets, whose steps say it.
        instance: what remembers the run; without: one that is forgotten afterwards.
        partition_key: the partition to run.
        raise_on_error: whether what a step raised is raised here.
        tags: of the run, over those of the job.
        run_id: without: a new one.
        listeners: called with each log entry at once.
        clock: what waits for retries.
        keeps_values: whether the result holds the values; without, each is freed when no step needs it any more.
        result_of: makes the result of the run, of the run as it ended, and of the definitions of its resources.
        of_run: other fields of the run.

    Returns:
        What `result_of` makes.

    Raises:
        DagsterInvalidDefinitionError: a step asks for a resource that nobody gives.
    """
    with DagsterInstance.ephemeral() if instance is None else nullcontext(instance) as remembering:
        remembering.take_over_aliases(job.project.graph.specs)
        definitions = coerce_resources(with_default_io_manager(resources, remembering))
        if not plan.required_resource_keys <= definitions.keys():
            raise_problems(job.project.resource_problems(definitions))
            for key in sorted(plan.required_resource_keys - definitions.keys()):
                raise missing_resource(key, f"a hook of job '{job.name}'", definitions.keys())
        loggers: Mapping[str, Any] = job.loggers if run_config else {}
        config = checked_run_config(run_config, plan, definitions, f'job "{job.name}"', schemas, loggers)
        storable = storable_run_config(run_config, plan, definitions, schemas, loggers)
        run = _new_run(job, plan, storable, partition_key, tags, run_id, remembering)
        if plan.all_asset_keys != job.selected_asset_keys:
            of_run["asset_selection"] = plan.all_asset_keys
        run = replace(run, **of_run) if of_run else run
        if config.loggers:
            from dagster.execution.job_loggers import logger_listeners

            listeners = logger_listeners(config.loggers, loggers, job, run)
        logs = _python_logs(remembering)
        heard = logs.listeners(listeners) if logs is not None else listeners
        recorder = RunRecorder(run, remembering, heard, logs.least_level if logs is not None else None)
        running = _begin(run, job, plan, remembering, config, recorder, clock)
        running.given_config = to_run_config_dict(run_config)
        running.keeps_values = keeps_values
        with logs.captured(recorder) if logs is not None else nullcontext():
            failed = run_in_process(running, definitions)
        if failed is not None and raise_on_error:
            raise failed
        ended = remembering.get_run_by_id(running.run.run_id)
        assert ended is not None, "a run in progress cannot be deleted"
        return result_of(running, ended, definitions)


def _new_run(
    job: JobDefinition,
    plan: ExecutionPlan,
    config: Mapping[str, Any],
    partition_key: str | None,
    tags: Mapping[str, str] | None,
    run_id: str | None,
    instance: DagsterInstance,
) -> DagsterRun:
    return DagsterRun(
        job_name=job.name,
        run_id=run_id or new_run_id(),
        run_config=dict(config),
        asset_selection=frozenset(),  # as of every run in process: what it makes is what it planned
        planned_assets=plan.selected_asset_keys,
        step_keys_to_execute=list(plan.step_keys),
        tags={**run_tags(job.run_tags), **run_tags(tags), **tags_of_partition(job, plan, partition_key, instance)},
        process=current_process(),
        run_op_concurrency=None if instance.is_ephemeral else op_concurrency_of(plan),
    )


def _begin(
    run: DagsterRun,
    job: JobDefinition,
    plan: ExecutionPlan,
    instance: DagsterInstance,
    config: ProcessedRunConfig,
    recorder: RunRecorder,
    clock: Clock,
) -> RunningRun:
    """Store the run with what it plans to write."""
    partition_keys = partitions_of_run(job, plan, run, instance, is_new=True)
    running = RunningRun(
        run=run,
        job=job,
        plan=plan,
        instance=instance,
        recorder=recorder,
        config=config,
        partition_keys=partition_keys,
        clock=clock,
    )
    instance.add_run(run, recorder.entries_of(running.make.planned(partition_keys)))
    return running


def _python_logs(instance: DagsterInstance) -> PythonLogs | None:
    """What the settings say about lines of Python code; logging is not imported where they say nothing."""
    if not instance.has_setting("python_logs"):
        return None
    from dagster.execution.python_logs import python_logs_of

    return python_logs_of(instance)
