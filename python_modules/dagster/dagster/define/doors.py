"""Methods of definitions that need what stands above this room: they run things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dagster.config.run_schemas import RunConfigSchema
    from dagster.define.assets_definitions import AssetsDefinition
    from dagster.define.computations import Computation
    from dagster.define.graphs import GraphDefinition
    from dagster.define.jobs import JobDefinition
    from dagster.define.projects import Project
    from dagster.define.schedules import ScheduleDefinition
    from dagster.define.sensors import SensorDefinition
    from dagster.keys import AssetKey
    from dagster.planning.drawings import JobDrawing
    from dagster.planning.steps import ExecutionPlan
    from dagster.runs.tick_results import ScheduleExecutionData, SensorExecutionData


def execute_job_in_process(
    job: JobDefinition,
    *,
    asset_selection: Sequence[Any] | None,
    op_selection: Sequence[str] | None,
    input_values: Mapping[str, object] | None,
    resources: Mapping[str, object] | None,
    **options: Any,
) -> Any:
    """`JobDefinition.execute_in_process`."""
    from dagster.execution.job_calls import run_called_job

    return run_called_job(
        job,
        asset_selection=asset_selection,
        op_selection=op_selection,
        input_values=input_values,
        resources=resources,
        **options,
    )


def call_job(job: JobDefinition, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
    """`JobDefinition.__call__`."""
    from dagster.execution.job_calls import called_as_function

    return called_as_function(job, args, kwargs)


def plan_of(job: JobDefinition) -> ExecutionPlan:
    """The steps of a job."""
    from dagster.planning.job_plans import plan_job

    return plan_job(job)


def drawing_of_job(job: JobDefinition) -> JobDrawing:
    """`JobDefinition.visualize`."""
    from dagster.planning.drawings import drawing_of

    return drawing_of(job.name, plan_of(job))


def run_config_schema_of(job: JobDefinition) -> RunConfigSchema:
    """`JobDefinition.run_config_schema`."""
    from dagster.config.run_schemas import RunConfigSchema
    from dagster.execution.job_configs import run_config_type_of

    return RunConfigSchema(run_config_type_of(job), job.config_mapping)


def job_of_graph(graph: GraphDefinition, *, op_selection: Sequence[str] | None, **options: Any) -> JobDefinition:
    """`GraphDefinition.to_job`."""
    from dagster.define.jobs import JobDefinition

    return JobDefinition(graph_def=graph, **options).get_subset(op_selection=op_selection)


def asset_value_loader(project: Project, instance: Any) -> Any:
    """`Definitions.get_asset_value_loader`."""
    from dagster.execution.asset_values import AssetValueLoader

    return AssetValueLoader(project, instance=instance)


def call_directly(computation: Computation, args: Sequence[Any], kwargs: Mapping[str, Any], *, assets_def: Any = None) -> Any:
    """`AssetsDefinition.__call__`, and calls of ops outside of any graph."""
    from dagster.execution.invocations import called

    return called(computation, args, kwargs, assets_def=assets_def)


def schedule_tick(schedule: ScheduleDefinition, context: Any) -> ScheduleExecutionData:
    """`ScheduleDefinition.evaluate_tick`."""
    from dagster.execution.schedule_ticks import evaluate_schedule_tick

    return evaluate_schedule_tick(schedule, context)


def sensor_tick(sensor: SensorDefinition, context: Any) -> SensorExecutionData:
    """`SensorDefinition.evaluate_tick`."""
    from dagster.execution.sensor_ticks import evaluate_as_called

    return evaluate_as_called(sensor, context)


def assets_of_node(node: Any, arguments: Mapping[str, Any]) -> AssetsDefinition:
    """`AssetsDefinition.from_op` and `AssetsDefinition.from_graph`."""
    from dagster.define import graph_assets

    return graph_assets.assets_of_node(node, arguments)


def source_asset_of(definition: AssetsDefinition, key: AssetKey) -> Any:
    """`AssetsDefinition.to_source_asset`."""
    from dagster.define import source_assets

    return source_assets.source_asset_of(definition, key)
