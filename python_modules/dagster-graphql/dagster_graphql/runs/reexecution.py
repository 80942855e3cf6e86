"""Executing runs again: all of one, what it left undone, or some of its steps."""

from __future__ import annotations

from typing import Any

from dagster.execution.reexecutions import ReexecutionOptions
from dagster.runs.requests import RunRequest
from dagster.runs.retries import ReexecutionStrategy
from dagster.runs.runs import DagsterRun
from dagster.runs.tags import CODE_LOCATION_TAG, RESUME_RETRY_TAG
from dagster.specs.jobs import JobSpec
from dagster.workspace.hosts import HostRefusal, MakeRun
from dagster_graphql.catalogs import Placed
from dagster_graphql.config.types import refusal_of
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.errors.errors import ConflictingExecutionParamsError, PipelineNotFoundError
from dagster_graphql.permissions.permissions import REEXECUTE
from dagster_graphql.runs.launching import launched, submit
from dagster_graphql.selectors import Input, config_given, job_selected, tags_given

DOMAIN = Domain.beside(__file__)


def job_of(context: RequestContext, run: DagsterRun) -> Placed[JobSpec] | PipelineNotFoundError:
    """The job of a run: in the location that its tag names, or else in the only one that has it."""
    location = run.tags.get(CODE_LOCATION_TAG)
    found = [job for (at, name), job in context.catalog.jobs.items() if name == run.job_name and location in (None, at)]
    return found[0] if found else PipelineNotFoundError.of(location or "", "__repository__", run.job_name)


def executed_again(
    context: RequestContext, job: Placed[JobSpec], options: ReexecutionOptions, request: RunRequest, *, keeps_tags: bool = True
) -> object:
    """Launches the run that executes another one again, with that one's tags or else the job's."""
    instance = context.instance.get_ref()
    question = MakeRun(job_name=job.value.name, request=request, instance=instance, again=options, keeps_tags=keeps_tags)
    try:
        with context.locations.host(job.location.name) as host:
            made = host.make_run(question)
    except HostRefusal as refused:
        return refusal_of(job, refused)
    return submit(context, job.location.name, made)


def _by_parent(context: RequestContext, params: Input) -> object:
    """What `ReexecutionParams` asks for."""
    run_id: str = params["parent_run_id"]
    parent = context.instance.get_run_by_id(run_id)
    if parent is None:
        raise LookupError(f"Run {run_id} could not be found, so it cannot be executed again.")
    job = job_of(context, parent)
    if not isinstance(job, Placed):
        return job
    options = ReexecutionOptions(run_id, strategy=ReexecutionStrategy(params["strategy"]))
    request = RunRequest(tags=tags_given(params.get("extra_tags")))
    return executed_again(context, job, options, request, keeps_tags=params.get("use_parent_run_tags") is not False)


def _by_steps(context: RequestContext, params: Input) -> object:
    """What `ExecutionParams` asks for: the steps, or what is left undone, of the parent that it names."""
    metadata: Input = params.get("execution_metadata") or {}
    parent = metadata.get("parent_run_id")
    if not parent:
        return launched(context, params)
    job = job_selected(context, params["selector"])
    if not isinstance(job, Placed):
        return job
    tags = tags_given(metadata.get("tags"))
    from_failure = tags.get(RESUME_RETRY_TAG) == "true"
    steps: Any = params.get("step_keys") or ()
    strategy = ReexecutionStrategy.FROM_FAILURE if from_failure and not steps else ReexecutionStrategy.ALL_STEPS
    options = ReexecutionOptions(parent, steps, strategy)
    request = RunRequest(run_config=config_given(params.get("run_config_data")), tags=tags)
    return executed_again(context, job, options, request)


@DOMAIN.mutation("launchRunReexecution", "launchPipelineReexecution", permission=REEXECUTE)
def launch_reexecution(
    context: RequestContext, *, execution_params: Input | None = None, reexecution_params: Input | None = None
) -> object:
    """Launches a run that executes another one again."""
    if (execution_params is None) == (reexecution_params is None):
        message = "Must only provide one of either executionParams or reexecutionParams"
        return ConflictingExecutionParamsError(message=message)
    if reexecution_params is not None:
        return _by_parent(context, reexecution_params)
    assert execution_params is not None, "one of both is given"
    return _by_steps(context, execution_params)
