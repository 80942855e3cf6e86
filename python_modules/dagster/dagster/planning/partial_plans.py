"""Plans that execute some of their steps only, and go on from what earlier runs have done. Pure."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from dagster.planning.known_steps import KnownSteps, template_key
from dagster.planning.steps import ExecutionPlan


def restricted(plan: ExecutionPlan, wanted: Collection[str], known: KnownSteps) -> ExecutionPlan:
    """The plan that executes some of its steps only; what these take from others is known.

    Args:
        plan: all steps.
        wanted: the keys of those to execute, in the order in which they are told.
        known: what earlier runs have done.
    """
    named = {*wanted, *(template_key(key) for key in wanted)}
    steps = [step for step in plan.steps if step.key in named]
    return replace(
        plan,
        step_keys=tuple(wanted),
        selected_asset_keys=frozenset(key for step in steps for key in step.asset_keys),
        required_resource_keys=frozenset(key for step in steps for key in step.resource_keys),
        wanted=frozenset(wanted),
        known=known,
    )
