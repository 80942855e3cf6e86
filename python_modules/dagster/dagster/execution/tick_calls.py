"""The code of ticks is called here, and the runs that it asks for get the config and tags of their partitions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from types import GeneratorType
from typing import Any, cast

from dagster.define.functions import signature_of
from dagster.define.jobs import JobDefinition
from dagster.errors import DagsterUserCodeExecutionError, user_code
from dagster.partitions.loading import partition_loading_context
from dagster.runs.requests import RunRequest


def said_by(
    call: Callable[[], Any], place: str, error_class: type[DagsterUserCodeExecutionError] = DagsterUserCodeExecutionError
) -> Any:
    """What user code returned: of a generator the list of what it yielded, of a coroutine what it came to.

    Raises:
        DagsterUserCodeExecutionError: it raised; `place` says where.
    """
    with user_code(place, error_class):
        said = call()
        if isinstance(said, GeneratorType):
            return list(cast("Iterable[Any]", said))
        if hasattr(said, "__await__"):
            from dagster.execution.coroutines import results_of

            return next(iter(results_of(said)))
        return said


def members_of(said: Any) -> list[Any]:
    """What was said as a list: None is nothing."""
    if isinstance(said, list):
        return cast("list[Any]", said)
    return [] if said is None else [said]


def called_with(function: Callable[..., Any], context: Any) -> Any:
    """What the function returns; one without a parameter is called without the context."""
    return function(context) if signature_of(function).names else function()


def resolved_requests(
    requests: Sequence[RunRequest],
    job_of: Callable[[RunRequest], JobDefinition],
    tags: dict[str, str],
    *,
    instance: Any,
    moment: Any = None,
    partition_changes: Sequence[Any] = (),
) -> list[RunRequest]:
    """The requests with the config and tags of their partitions, and with the tags of who asks.

    Args:
        requests: as user code made them.
        job_of: the job that one asks for; called only for those that name a partition.
        tags: of who asks.
        instance: where dynamic keys are kept; None where there is none.
        moment: as of when the partitions must exist.
        partition_changes: requests to add and delete keys, which come first.

    Raises:
        CheckError: a partition of a job that has none.
        DagsterUnknownPartitionError: there is no such partition.
    """
    found: list[RunRequest] = []
    for request in requests:
        if not request.has_resolved_partition():
            with partition_loading_context(moment, instance):
                request = request.with_resolved_tags_and_config(job_of(request), partition_changes, instance)
        found.append(request.with_replaced_attrs(tags={**request.tags, **tags}))
    return found
