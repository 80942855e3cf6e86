"""Launching runs, stopping them and taking them away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from dagster.errors import DagsterExecutionStepNotFoundError, DagsterInvalidInvocationError, DagsterRunAlreadyExists
from dagster.instance import run_events
from dagster.runs.requests import RunRequest
from dagster.runs.runs import RunRecord
from dagster.runs.tags import CODE_LOCATION_TAG, PARENT_RUN_ID_TAG, PARTITION_NAME_TAG, PARTITION_SET_TAG, ROOT_RUN_ID_TAG
from dagster.specs.jobs import JobSpec
from dagster.workspace.hosts import HostRefusal, MakeRun
from dagster_graphql.catalogs import Placed
from dagster_graphql.config.types import refusal_of
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.errors.errors import (
    ConflictingExecutionParamsError,
    PresetNotFoundError,
    RunConflict,
    RunNotFoundError,
)
from dagster_graphql.jobs.jobs import DEFAULT_PRESET, presets_of
from dagster_graphql.locations import NewRun
from dagster_graphql.permissions.permissions import DELETE_RUN, LAUNCH, TERMINATE
from dagster_graphql.selectors import Input, asset_keys, check_keys, config_given, job_selected, tags_given

DOMAIN = Domain.beside(__file__)

MOST_PARTITIONS = 100
"""For how many partitions runs are launched by one request; each is made, checked and stored before the answer is given."""


class LaunchRunSuccess(msgspec.Struct, frozen=True):
    """A run was launched, or waits in the queue."""

    run: RunRecord


class LaunchMultipleRunsResult(msgspec.Struct, frozen=True):
    """What became of each run that was asked for, in order."""

    launch_multiple_runs_result: list[object]


class TerminateRunSuccess(msgspec.Struct, frozen=True):
    """A run was asked to stop."""

    run: RunRecord


class TerminateRunFailure(msgspec.Struct, frozen=True, kw_only=True):
    """A run cannot be stopped."""

    run: RunRecord
    message: str


class TerminateRunsResult(msgspec.Struct, frozen=True):
    """What became of each run that was to stop, in order."""

    terminate_run_results: list[object]


class DeletePipelineRunSuccess(msgspec.Struct, frozen=True):
    """A run is gone, with its log."""

    run_id: str


for _each in (
    LaunchRunSuccess,
    LaunchMultipleRunsResult,
    TerminateRunSuccess,
    TerminateRunFailure,
    TerminateRunsResult,
    DeletePipelineRunSuccess,
):
    DOMAIN.type(_each.__name__, _each)


def record_of(context: RequestContext, run_id: str) -> RunRecord:
    """A run as it stands now, which is known to be there."""
    record = context.instance.get_run_record_by_id(run_id)
    assert record is not None, "a run that was just stored is there"
    return record


def submit(context: RequestContext, location: str, made: NewRun) -> object:
    """Stores a run that was made and submits it: it waits in the queue, or is launched at once where the instance says so."""
    run = replace(made.run, tags={**made.run.tags, CODE_LOCATION_TAG: location})
    instance = context.instance
    try:
        instance.add_run(run, made.events)
    except DagsterRunAlreadyExists as refused:
        return RunConflict(message=str(refused))
    launcher = context.locations.launcher(location)
    instance.submit_run(run.run_id, launcher=launcher, run_config=made.run_config, headers=context.headers)
    context.wake_queue()
    return LaunchRunSuccess(record_of(context, run.run_id))


def _without_set(made: NewRun, given: Mapping[str, str]) -> NewRun:
    """The run without the tag that names the set of its partition: launched by hand, it is of no set."""
    tags = {key: value for key, value in made.run.tags.items() if key != PARTITION_SET_TAG or key in given}
    return NewRun(replace(made.run, tags=tags), made.events, made.run_config)


def of_steps(made: NewRun, step_keys: Sequence[str]) -> NewRun:
    """The run with some of its steps only.

    Raises:
        DagsterExecutionStepNotFoundError: it has no such step.
    """
    unknown = [key for key in step_keys if key not in (made.run.step_keys_to_execute or ())]
    if unknown:
        raise DagsterExecutionStepNotFoundError(
            f"Can not build subset plan from unknown step: {', '.join(unknown)}", step_keys=unknown
        )
    events = [entry for entry in made.events if entry.step_key is None or entry.step_key in step_keys]
    return NewRun(replace(made.run, step_keys_to_execute=list(step_keys)), events, made.run_config)


def _tags_of(params: Input) -> dict[str, str]:
    metadata: Input = params.get("execution_metadata") or {}
    return tags_given(metadata.get("tags"))


def request_of(params: Input) -> RunRequest:
    """What `ExecutionParams` asks for."""
    selector: Input = params["selector"]
    metadata: Input = params.get("execution_metadata") or {}
    tags = _tags_of(params)
    for key, tag in (("root_run_id", ROOT_RUN_ID_TAG), ("parent_run_id", PARENT_RUN_ID_TAG)):
        if metadata.get(key):
            tags[tag] = metadata[key]
    return RunRequest(
        run_config=config_given(params.get("run_config_data")),
        partition_key=tags.pop(PARTITION_NAME_TAG, None),
        tags=tags,
        asset_selection=asset_keys(selector.get("asset_selection")),
        asset_check_keys=check_keys(selector.get("asset_check_selection")),
    )


def _conflict_of_preset(context: RequestContext, job: Placed[JobSpec], params: Input) -> object | None:
    """Why the preset cannot be used; None where it can, or none is asked for. Its config is what the job has anyway."""
    preset: str | None = params.get("preset")
    if not preset:
        return None
    for field, name in (("run_config_data", "runConfigData"), ("mode", "mode")):
        if params.get(field):
            message = f"Invalid ExecutionParams. Cannot define {name} when using a preset."
            return ConflictingExecutionParamsError(message=message)
    if preset == DEFAULT_PRESET and presets_of(job, context):
        return None
    message = f"Preset {preset} not found in pipeline {job.value.name}."
    return PresetNotFoundError(message=message, preset=preset)


def launched(context: RequestContext, params: Input) -> object:
    """Launches what `ExecutionParams` asks for."""
    job = job_selected(context, params["selector"])
    if not isinstance(job, Placed):
        return job
    conflict = _conflict_of_preset(context, job, params)
    if conflict is not None:
        return conflict
    question = MakeRun(
        job_name=job.value.name,
        request=request_of(params),
        instance=context.instance.get_ref(),
        op_selection=params["selector"].get("solid_selection"),
    )
    try:
        with context.locations.host(job.location.name) as host:
            made = host.make_run(question)
    except HostRefusal as refused:
        return refusal_of(job, refused)
    made = _without_set(made, question.request.tags)
    step_keys = params.get("step_keys")
    return submit(context, job.location.name, of_steps(made, step_keys) if step_keys else made)


@DOMAIN.mutation("launchRun", "launchPipelineExecution", permission=LAUNCH)
def launch_run(context: RequestContext, *, execution_params: Input) -> object:
    """Launches a run."""
    return launched(context, execution_params)


def _refuse_many_partitions(asked: Sequence[Input]) -> None:
    of_partitions = sum(any(tag.startswith(PARTITION_NAME_TAG) for tag in _tags_of(params)) for params in asked)
    if of_partitions > MOST_PARTITIONS:
        raise DagsterInvalidInvocationError(
            f"Runs of {of_partitions} partitions are asked for, and {MOST_PARTITIONS} are launched at a time. Launch them in "
            "parts; or as one run of a range of partitions, if the assets have BackfillPolicy.single_run()."
        )


@DOMAIN.mutation("launchMultipleRuns", permission=LAUNCH)
def launch_multiple_runs(context: RequestContext, *, execution_params_list: Sequence[Input]) -> LaunchMultipleRunsResult:
    """Launches several runs; one that is refused does not keep the others from being launched.

    Raises:
        DagsterInvalidInvocationError: they are of too many partitions; none is launched.
    """
    from dagster.events.failures import error_info

    _refuse_many_partitions(execution_params_list)
    results: list[object] = []
    for params in execution_params_list:
        try:
            results.append(launched(context, params))
        except Exception as refused:
            results.append(error_info(refused))
    return LaunchMultipleRunsResult(results)


def terminated(context: RequestContext, run_id: str, policy: str | None) -> object:
    """Asks a run to stop, or ends it at once in what is stored."""
    record = context.instance.get_run_record_by_id(run_id)
    if record is None:
        return RunNotFoundError.of(run_id)
    run = record.dagster_run
    if run.is_finished:
        message = f"Run {run_id} could not be terminated due to having status {run.status.value}."
        return TerminateRunFailure(run=record, message=message)
    context.instance.terminate_run(run_id)
    if policy == "MARK_AS_CANCELED_IMMEDIATELY":
        _mark_as_canceled(context, run_id)
    return TerminateRunSuccess(record_of(context, run_id))


def _mark_as_canceled(context: RequestContext, run_id: str) -> None:
    run = record_of(context, run_id).dagster_run
    if not run.is_finished:
        words = run_events.canceled(run, context.now(), "This run was forcibly marked as canceled.")
        context.instance.move_run(run, [run.status], [words])


@DOMAIN.mutation("terminateRun", "terminatePipelineExecution", permission=TERMINATE)
def terminate_run(context: RequestContext, *, run_id: str, terminate_policy: str | None = None) -> object:
    """Asks a run to stop."""
    return terminated(context, run_id, terminate_policy)


@DOMAIN.mutation("terminateRuns", permission=TERMINATE)
def terminate_runs(context: RequestContext, *, run_ids: Sequence[str], terminate_policy: str | None = None) -> Any:
    """Asks several runs to stop."""
    return TerminateRunsResult([terminated(context, run_id, terminate_policy) for run_id in run_ids])


@DOMAIN.mutation("deleteRun", "deletePipelineRun", permission=DELETE_RUN)
def delete_run(context: RequestContext, *, run_id: str) -> object:
    """Takes a run away with its log, and what only it said of assets."""
    if not context.instance.has_run(run_id):
        return RunNotFoundError.of(run_id)
    context.instance.delete_run(run_id)
    return DeletePipelineRunSuccess(run_id)
