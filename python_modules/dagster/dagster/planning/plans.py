"""From a selection of assets to frozen steps. Pure: the same graph and selection give the same plan."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Any

from msgspec.structs import replace

from dagster.define.asset_calls import Call, calls_of, computation_of
from dagster.define.projects import Project
from dagster.keys import AssetCheckKey, AssetKey
from dagster.planning.asset_steps import ordered_keys, resources_of_hooks, step_of_call
from dagster.planning.steps import ExecutionPlan


def plan_assets(
    project: Project,
    selected: Set[AssetKey],
    hooks: Set[Any] = frozenset(),
    checks: Set[AssetCheckKey] | None = None,
) -> ExecutionPlan:
    """The steps that make the selected assets and execute checks.

    Args:
        project: the assets.
        selected: those to make.
        hooks: of the job, whose resources its steps need.
        checks: to execute; without: those of the selected assets.

    Raises:
        DagsterInvalidSubsetError: some, not all, assets of a function that cannot make some only are selected.
        CircularDependencyError: functions with several assets wait for each other.
    """
    plan = _plan(project, calls_of(project, selected))
    if project.checks:
        plan = _with_checks(project, plan, selected, checks)
    return _with_resources(plan, resources_of_hooks(hooks)) if hooks else plan


def _with_checks(
    project: Project, plan: ExecutionPlan, selected: Set[AssetKey], checks: Set[AssetCheckKey] | None
) -> ExecutionPlan:
    from dagster.planning.check_steps import with_checks

    if checks is None:
        checks = {spec.key for spec in project.check_specs if spec.asset_key in selected}
    return with_checks(project, plan, checks)


def _with_resources(plan: ExecutionPlan, keys: frozenset[str]) -> ExecutionPlan:
    steps = tuple(replace(step, resource_keys=step.resource_keys | keys) for step in plan.steps)
    return replace(plan, steps=steps, required_resource_keys=plan.required_resource_keys | keys)


def _plan(project: Project, calls: Sequence[Call]) -> ExecutionPlan:
    if any(computation_of(call.definition).graph is not None for call in calls):
        from dagster.planning.graph_asset_plans import plan_with_graphs

        return plan_with_graphs(project, calls)
    step_of_key = {key: number for number, call in enumerate(calls) for key in call.keys}
    steps = tuple(step_of_call(project, number, call, step_of_key) for number, call in enumerate(calls))
    return ExecutionPlan(
        steps=steps,
        step_keys=ordered_keys(steps),
        selected_asset_keys=frozenset(step_of_key),
        required_resource_keys=frozenset(key for step in steps for key in step.resource_keys),
    )
