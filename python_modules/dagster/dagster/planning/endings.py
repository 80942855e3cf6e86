"""The steps that a job runs after its work, planned behind those of the work. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from dagster.define.flattening import resources_of
from dagster.define.job_endings import ending_graphs
from dagster.define.op_configs import job_schemas, mappings_of
from dagster.planning.op_plans import OpPlanner
from dagster.planning.steps import ExecutionPlan, Step, StepPhase

if TYPE_CHECKING:
    from dagster.define.jobs import JobDefinition


def with_endings(plan: ExecutionPlan, job: JobDefinition) -> ExecutionPlan:
    """The plan with the steps that run where the run failed, and with those that run always, whatever of the work is selected.

    Args:
        plan: of the work.
        job: what is run.
    """
    added: list[Step] = []
    mappings: dict[str, Any] = {}
    inputs: dict[str, Mapping[str, Any]] = {}
    for argument, graph in ending_graphs(job.declared.endings):
        first = len(plan.steps) + len(added)
        planner = OpPlanner(graph.flat, job.project, {}, first=first)
        steps = (
            planner.step(op, first + number, job, resources_of(op, job.hook_defs))
            for number, op in enumerate(graph.flat.ops.values())
        )
        added.extend(replace(step, phase=StepPhase(argument)) for step in steps)
        mappings.update(mappings_of(graph))
        inputs.update(job_schemas(graph, graph.flat, {}).inputs)
    if not added:
        return plan
    return replace(
        plan,
        steps=(*plan.steps, *added),
        step_keys=(*plan.step_keys, *(step.key for step in added)),
        required_resource_keys=plan.required_resource_keys.union(*(step.resource_keys for step in added)),
        is_dynamic=plan.is_dynamic or any(output.is_dynamic for step in added for output in step.outputs),
        config_mappings={**plan.config_mappings, **mappings},
        config_inputs=inputs,
    )
