"""Runs of jobs of ops in the calling process."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dagster.arguments import check_argument
from dagster.config.run_config import merged, to_run_config_dict
from dagster.define.computations import DEFAULT_IO_MANAGER_KEY
from dagster.define.config_mappings import ConfigMapping
from dagster.define.flattening import FlatGraph
from dagster.define.jobs import JobDefinition
from dagster.define.op_configs import JobSchemas, job_schemas
from dagster.define.partitioned_configs import PartitionedConfig, config_for_partition
from dagster.define.resource_sessions import coerce_resources
from dagster.execution.configs import checked_run_config
from dagster.execution.materialize import run_plan
from dagster.io.memory import InMemoryIOManager
from dagster.partitions.loading import DynamicPartitionsStore
from dagster.planning.job_plans import plan_job
from dagster.planning.steps import ExecutionPlan


def run_op_job(
    job: JobDefinition,
    *,
    op_selection: Sequence[str] | None = None,
    input_values: Mapping[str, object] | None = None,
    resources: Mapping[str, object] | None = None,
    run_config: Any = None,
    partition_key: str | None = None,
    in_memory: bool = True,
    narrowed: Callable[[ExecutionPlan], ExecutionPlan] | None = None,
    **options: Any,
) -> Any:
    """Run a job of ops in this process. Other arguments as of `run_plan`.

    Args:
        op_selection: ops of the job to run, instead of all.
        input_values: of the inputs of its graph.
        resources: over those of the job.
        in_memory: whether values stay in memory where no IO manager is given.
        narrowed: cuts the plan, for a run that executes an earlier one again.

    Returns:
        What `result_of` makes; without it an `ExecuteInProcessResult`.

    Raises:
        DagsterInvalidDefinitionError: a resource that an op asks for is missing.
        DagsterInvalidSubsetError: the selection names an op that is not there.
    """
    chosen = with_values(job, input_values).get_subset(op_selection=op_selection)
    steps = chosen.ops
    assert steps is not None, "jobs of assets are run by run_job"
    default = {DEFAULT_IO_MANAGER_KEY: InMemoryIOManager()} if in_memory else {}
    all_resources = {**default, **chosen.project.all_resources, **(resources or {})}
    steps.refuse_missing_resources(chosen.declared, chosen.project.with_resources(resources or {}))
    schemas = schemas_of(chosen)
    config = config_of(chosen, schemas, run_config, partition_key, options.get("instance"))
    if op_selection and not in_memory:  # what stays in memory is never gone on from
        options = {"op_selection": list(op_selection), "resolved_op_selection": frozenset(steps.flat.ops), **options}
    plan = plan_job(chosen)
    return run_plan(
        chosen,
        plan if narrowed is None else narrowed(plan),
        run_config=config,
        resources=all_resources,
        schemas=schemas,
        partition_key=partition_key,
        **options,
    )


def with_values(job: JobDefinition, input_values: Mapping[str, object] | None) -> JobDefinition:
    """The job with values of its graph's inputs."""
    return job.with_input_values(input_values) if input_values else job


def schemas_of(job: JobDefinition) -> JobSchemas:
    """What run config the ops of a job take.

    Raises:
        DagsterInvalidInvocationError: an input of its graph has no value, and config cannot give it one.
    """
    steps = job.ops
    assert steps is not None, "jobs of assets have no ops"
    schemas = job_schemas(steps.graph, steps.flat, steps.input_values)
    for graph in steps.ending_graphs:
        later = job_schemas(graph, graph.flat, {})
        schemas = JobSchemas(
            ops={**schemas.ops, **later.ops},
            inputs={**schemas.inputs, **later.inputs},
            mappings={**schemas.mappings, **later.mappings},
        )
    return schemas


def config_of(
    job: JobDefinition,
    schemas: JobSchemas,
    run_config: Any,
    partition_key: str | None,
    store: DynamicPartitionsStore | None = None,
) -> dict[str, Any]:
    """The config of a run: what is given over what the job declares, or what its mapping or its partition makes of it.

    Raises:
        DagsterUnknownPartitionError: the job's config depends on the partition, and there is no such one.
    """
    declared = job.declared.config
    if isinstance(declared, ConfigMapping):
        config = declared.mapped_from_given(to_run_config_dict(run_config), f"job '{job.name}'")
    elif isinstance(declared, PartitionedConfig):
        if run_config is None:
            run_config = config_for_partition(declared, partition_key, store)
        config = to_run_config_dict(run_config)
    else:
        config = merged(to_run_config_dict(declared), to_run_config_dict(run_config))
    assert job.ops is not None, "jobs of assets have no ops"
    return without_unselected(config, job.ops.graph.flat, job.ops.flat) if job.is_subset else config


def without_unselected(config: Mapping[str, Any], every: FlatGraph, selected: FlatGraph) -> dict[str, Any]:
    """The config without that of ops that exist but do not run."""
    left_out = {key.partition(".")[0] for key in every.ops} - {key.partition(".")[0] for key in selected.ops}
    ops = config.get("ops")
    if not isinstance(ops, Mapping) or not left_out:
        return dict(config)
    kept = {name: entry for name, entry in ops.items() if name not in left_out}  # pyright: ignore[reportUnknownVariableType]
    return {**config, "ops": kept}


def validate_run_config(job_def: JobDefinition, run_config: Any = None) -> Mapping[str, Any]:
    """The run config of a job as its runs would see it, with defaults: what each op, resource and logger gets.

    Args:
        job_def: the job.
        run_config: a dict or a `RunConfig`.

    Raises:
        DagsterInvalidConfigError: it does not fit; the sentence names the path.

    Example:
        >>> @op(config_schema={"n": int})
        ... def times(context): ...
        >>> @job
        ... def counting():
        ...     times()
        >>> validate_run_config(counting, {"ops": {"times": {"config": {"n": 3}}}})["ops"]["times"]["config"]
        {'n': 3}
    """
    check_argument("job_def", job_def, JobDefinition)
    plan = plan_job(job_def)
    if job_def.is_asset_job:
        schemas = None
        config = to_run_config_dict(run_config if run_config is not None else job_def.declared.config)
    else:
        schemas = schemas_of(job_def)
        config = config_of(job_def, schemas, run_config, None)
    resources = coerce_resources({DEFAULT_IO_MANAGER_KEY: InMemoryIOManager(), **job_def.project.all_resources})
    executor = job_def.executor_def
    owner, loggers = f'job "{job_def.name}"', job_def.loggers
    checked = checked_run_config(config, plan, resources, owner, schemas, loggers, executor.config_field)
    execution = executor.config_schema.resolve(checked.execution)
    places: dict[str, None] = {step.place: None for step in plan.steps}
    for place in list(places):
        around = place.split(".")[:-1]
        places.update({".".join(around[: depth + 1]): None for depth in range(len(around))})
    return {
        "ops": {
            place: {
                "config": checked.ops.get(place),
                "inputs": dict(checked.inputs.get(place, {})),
                "outputs": checked.outputs.get(place),
            }
            for place in places
        },
        "execution": {executor.name: {} if execution is None else execution},
        "resources": {key: {"config": checked.resources.get(key)} for key in sorted(plan.required_resource_keys)},
        "loggers": {key: {"config": config} for key, config in checked.loggers.items()},
    }
