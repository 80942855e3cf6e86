"""Plans: the steps that a run has, or would have."""

from __future__ import annotations

from typing import Any

import msgspec

from dagster.runs.runs import RunRecord
from dagster.runs.tags import CODE_LOCATION_TAG
from dagster.workspace.structures import PlanFacts, StepFacts, StepInputFacts
from dagster_graphql.catalogs import Placed
from dagster_graphql.config.types import checked_plan
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.selectors import Input, job_selected
from dagster_graphql.workspace.locations import Pair

DOMAIN = Domain.beside(__file__)


class StepOf(msgspec.Struct, frozen=True):
    """A step of a plan."""

    plan: PlanFacts
    step: StepFacts


class StepInputOf(msgspec.Struct, frozen=True):
    """An input of a step of a plan."""

    plan: PlanFacts
    given: StepInputFacts


class StepOutput(msgspec.Struct, frozen=True):
    """An output of a step."""

    name: str


def _steps(plan: PlanFacts) -> list[StepOf]:
    return [StepOf(plan, step) for step in plan.steps]


def _depends_on(given: StepInputOf) -> list[StepOf]:
    by_key = {step.key: step for step in given.plan.steps}
    return [StepOf(given.plan, by_key[key]) for key in given.given.depends_on if key in by_key]


DOMAIN.type(
    "ExecutionPlan",
    PlanFacts,
    {
        "steps": _steps,
        "artifactsPersisted": lambda _plan: True,
        "assetSelection": lambda plan: [str(key) for key in plan.asset_keys],
        "assetCheckKeys": lambda plan: plan.check_keys,
    },
)
DOMAIN.type(
    "ExecutionStep",
    StepOf,
    {
        "key": lambda of: of.step.key,
        "kind": lambda of: of.step.kind,
        "solidHandleID": lambda of: of.step.place,
        "metadata": lambda of: [Pair(key, value) for key, value in sorted(of.step.tags.items())],
        "inputs": lambda of: [StepInputOf(of.plan, each) for each in of.step.inputs],
        "outputs": lambda of: [StepOutput(name) for name in of.step.outputs],
    },
)
DOMAIN.type("ExecutionStepInput", StepInputOf, {"name": lambda of: of.given.name, "dependsOn": _depends_on})
DOMAIN.type("ExecutionStepOutput", StepOutput)


@DOMAIN.query("executionPlanOrError")
def execution_plan(context: RequestContext, *, pipeline: Input, mode: str, run_config_data: object = None) -> object:
    """The steps of a run of a job, if its config fits."""
    job = job_selected(context, pipeline)
    return checked_plan(context, job, pipeline, run_config_data) if isinstance(job, Placed) else job


@DOMAIN.field("Run", "executionPlan")
def _plan_of_run(record: RunRecord, context: RequestContext) -> PlanFacts | None:
    """The steps of a run as its job is declared now; None where the code location does not have it any more."""
    run = record.dagster_run
    job = context.catalog.jobs.get((run.tags.get(CODE_LOCATION_TAG, ""), run.job_name))
    if job is None:
        return None
    selector: dict[str, Any] = {
        "asset_selection": [{"path": key.path} for key in run.asset_selection] if run.asset_selection is not None else None,
        "asset_check_selection": (
            [{"asset_key": {"path": key.asset_key.path}, "name": key.name} for key in run.asset_check_selection]
            if run.asset_check_selection is not None
            else None
        ),
        "solid_selection": run.op_selection,
    }
    plan = checked_plan(context, job, selector, run.run_config)
    if not isinstance(plan, PlanFacts):
        return None
    wanted = run.step_keys_to_execute
    steps = [step for step in plan.steps if wanted is None or step.key in wanted]
    return msgspec.structs.replace(plan, steps=steps)
