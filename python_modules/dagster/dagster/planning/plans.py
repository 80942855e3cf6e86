"""From a selection of assets to frozen steps. Pure: the same graph and selection give the same plan."""

from __future__ import annotations

from collections.abc import Set

from dagster.define.asset_calls import calls_of, computation_of
from dagster.define.projects import Project
from dagster.keys import AssetCheckKey, AssetKey
from dagster.planning.asset_steps import ordered_keys, step_of_call
from dagster.planning.steps import ExecutionPlan


def plan_assets(project: Project, selected: Set[AssetKey], checks: Set[AssetCheckKey] | None = None) -> ExecutionPlan:
    """The steps that make the selected assets and execute checks.

    Args:
        project: the whole.
        selected: the assets.
        checks: without: those of the selected assets.

    Raises:
        DagsterInvalidSubsetError: some, not all, assets of a function that cannot make some only are selected.
        CircularDependencyError: functions with several assets wait for each other.
    """
    plan = _plan_of_assets(project, selected)
    if not project.checks:
        return plan
    from dagster.planning.check_steps import with_checks

    if checks is None:
        checks = {spec.key for spec in project.check_specs if spec.asset_key in selected}
    return with_checks(project, plan, checks)


def _plan_of_assets(project: Project, selected: Set[AssetKey]) -> ExecutionPlan:
    calls = calls_of(project, selected)
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
