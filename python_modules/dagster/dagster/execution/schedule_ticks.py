"""What a schedule says at one of its times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dagster.define.schedule_contexts import ScheduleEvaluationContext, time_of
from dagster.define.schedules import ScheduleDefinition
from dagster.define.tick_contexts import instance_of
from dagster.define.tick_functions import TickFunction
from dagster.errors import CheckError, ParameterCheckError, ScheduleExecutionError
from dagster.execution.tick_calls import called_with, members_of, resolved_requests, said_by
from dagster.runs.requests import RunRequest, SkipReason
from dagster.runs.tags import SCHEDULE_NAME_TAG
from dagster.runs.tick_results import ScheduleExecutionData


def evaluate_schedule_tick(schedule: ScheduleDefinition, context: Any) -> ScheduleExecutionData:
    """What the schedule says at the time that the context names. Nothing is stored and nothing is started.

    Args:
        schedule: whom to ask.
        context: a `ScheduleEvaluationContext`; runs of partitions need its repository, dynamic partitions its instance.

    Raises:
        ParameterCheckError: the context is none.
        ScheduleExecutionError: a function of the schedule raised.
        CheckError: it said something else than a schedule may say.
        DagsterUnknownPartitionError: it asks for a partition that is not there.
    """
    if not isinstance(context, ScheduleEvaluationContext):
        raise ParameterCheckError("context", context, "a ScheduleEvaluationContext; build_schedule_context makes one")
    if not _wants_to_execute(schedule, context):
        return ScheduleExecutionData(skip_message=f"should_execute function for {schedule.name} returned false.")
    said = _said(schedule, context)
    if isinstance(said, SkipReason):
        return ScheduleExecutionData(skip_message=said.skip_message)
    if not said:
        return ScheduleExecutionData(skip_message="Schedule function returned an empty result")

    requests = resolved_requests(
        said,
        lambda _: context.repository_def.get_job(schedule.job_name),
        {SCHEDULE_NAME_TAG: schedule.name},
        instance=instance_of(context),
        moment=time_of(context),
    )
    return ScheduleExecutionData(run_requests=requests, log_key=context.log_key)


def _wants_to_execute(schedule: ScheduleDefinition, context: ScheduleEvaluationContext) -> bool:
    function = schedule.should_execute
    if function is None:
        return True
    place = f"Error occurred during the execution of should_execute for schedule {schedule.name}"
    return bool(said_by(lambda: called_with(function, context), place, ScheduleExecutionError))


def _said(schedule: ScheduleDefinition, context: ScheduleEvaluationContext) -> Sequence[RunRequest] | SkipReason:
    function = schedule.execution_fn
    if function is None:
        return [_request(schedule, context, _run_config(schedule, context))]

    def call() -> Any:
        return schedule(context) if isinstance(function, TickFunction) else called_with(function, context)

    said = said_by(call, f"Error occurred during the evaluation of schedule {schedule.name}", ScheduleExecutionError)
    if isinstance(said, Mapping):
        return [_request(schedule, context, said)]
    return _checked(said)


def _run_config(schedule: ScheduleDefinition, context: ScheduleEvaluationContext) -> Any:
    function = schedule.run_config_fn
    if function is None:
        return schedule.run_config
    place = f"Error occurred during the execution of run_config_fn for schedule {schedule.name}"
    return said_by(lambda: called_with(function, context), place, ScheduleExecutionError)


def _request(schedule: ScheduleDefinition, context: ScheduleEvaluationContext, run_config: Any) -> RunRequest:
    function, tags = schedule.tags_fn, schedule.tags
    if function is not None:
        place = f"Error occurred during the execution of tags_fn for schedule {schedule.name}"
        tags = said_by(lambda: RunRequest(tags=called_with(function, context)).tags, place, ScheduleExecutionError)
    return RunRequest(run_config=run_config, tags=tags)


def _checked(said: Any) -> Sequence[RunRequest] | SkipReason:
    """Runs, or a reason for none, out of what the function of the schedule may say."""
    found = members_of(said)
    for each in found:
        if not isinstance(each, (RunRequest, SkipReason)):
            raise CheckError(
                f"A schedule says RunRequests, a SkipReason or run config as a dict. Got {each!r} of type {type(each)}."
            )
    if len(found) == 1 and isinstance(found[0], SkipReason):
        return found[0]
    requests = [each for each in found if isinstance(each, RunRequest)]
    if len(requests) < len(found):
        raise CheckError("A schedule asks for runs or says one SkipReason. Got several things of which one is a SkipReason.")
    if len(requests) > 1 and any(request.run_key is None for request in requests):
        raise CheckError("Schedules that return multiple RunRequests must specify a run_key in each RunRequest.")
    return requests
