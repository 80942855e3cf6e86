"""Where a run's steps are executed, as its job and its config say; and which of the ready ones may begin. Pure."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

from dagster.config.validation import process_field
from dagster.define.executors import (
    Executor,
    ExecutorDefinition,
    InitExecutorContext,
    StepPlacement,
    TagLimit,
    multi_or_in_process_executor,
)
from dagster.define.jobs import JobDefinition
from dagster.errors import DagsterInvalidDefinitionError
from dagster.planning.steps import Step


def placement_of(job: JobDefinition, run_config: Mapping[str, Any], instance: Any) -> StepPlacement:
    """Where the steps of a run are executed.

    Args:
        job: what runs.
        run_config: of the run; its entry `execution` is for the executor.
        instance: handed to the executor's function.

    Raises:
        DagsterInvalidConfigError: the executor's config does not fit.
        DagsterInvalidDefinitionError: the executor is of the user's own, and none of ours stands behind it.
    """
    declared = job.executor_def or multi_or_in_process_executor
    if isinstance(declared, Executor):
        raise _own_executor(job, type(declared).__name__)
    assert isinstance(declared, ExecutorDefinition), "definitions are checked where they are declared"
    schema = declared.config_schema
    execution: Any = run_config.get("execution") or {}
    given: Any = execution.get("config")
    entry: dict[str, Any] = {} if given is None else {"config": given}
    processed = process_field(schema.as_field(), entry, f'Error in the config of executor "{declared.name}"')
    if declared.executor_creation_fn is None:
        raise _own_executor(job, declared.name)
    made = declared.executor_creation_fn(InitExecutorContext(job, declared, schema.resolve(processed) or {}, instance))
    if not isinstance(made, StepPlacement):
        raise _own_executor(job, declared.name)
    return made


def _own_executor(job: JobDefinition, name: str) -> DagsterInvalidDefinitionError:
    return DagsterInvalidDefinitionError(
        f'Job "{job.name}" has the executor "{name}" of your own, whose `execute` takes a plan of other objects than there are '
        "here. Give what an executor of ours gives, `return multiprocess_executor.executor_creation_fn(init_context)`, use "
        "in_process_executor or multiprocess_executor, or run the job with `execute_in_process`."
    )


def most_at_once(placement: StepPlacement) -> int:
    """How many processes there may be at once."""
    return placement.max_concurrent or os.cpu_count() or 1


def may_begin(step: Step, running: Iterable[Step], limits: Iterable[TagLimit]) -> bool:
    """Whether the limits for tags let a step begin beside those that run."""
    tags = tags_of(step)
    beside = [tags_of(each) for each in running]
    for limit in limits:
        value = tags.get(limit.key)
        if value is None or (limit.value is not None and value != limit.value):
            continue
        wanted = value if limit.per_value else limit.value
        if sum(limit.key in each and wanted in (None, each[limit.key]) for each in beside) >= limit.limit:
            return False
    return True


def tags_of(step: Step) -> Mapping[str, str]:
    """The tags of a step's op."""
    return step.tags or step.computation.tags or {}
