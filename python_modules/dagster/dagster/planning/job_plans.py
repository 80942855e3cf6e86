"""From a job to its steps: those of its work, and those that it runs after that. Pure."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from dagster.planning.plans import plan_assets
from dagster.planning.steps import ExecutionPlan

if TYPE_CHECKING:
    from dagster.define.jobs import JobDefinition
    from dagster.keys import AssetCheckKey, AssetKey


def plan_job(
    job: JobDefinition, selected: Set[AssetKey] | None = None, checks: Set[AssetCheckKey] | None = None
) -> ExecutionPlan:
    """The steps of a job.

    Args:
        job: with the ops only that are selected.
        selected: of a job of assets those to make; None for all of its assets.
        checks: to execute; None for those that the job selects of these assets.

    Raises:
        DagsterInvalidSubsetError: some, not all, assets of a function that cannot make some only are selected.
    """
    if job.is_asset_job:
        keys = job.selected_asset_keys if selected is None else selected
        plan = plan_assets(job.project, keys, job.hook_defs, job.check_keys_of(keys) if checks is None else checks)
    else:
        from dagster.planning.op_plans import plan_ops

        plan = plan_ops(job)
    if not job.declared.endings:
        return plan
    from dagster.planning.endings import with_endings

    return with_endings(plan, job)
