"""Makes jobs out of functions that call ops: `@job`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any, overload

from dagster.define.functions import docstring_of
from dagster.define.graph_bodies import Body, built_graph
from dagster.define.graphs import GraphFunction
from dagster.define.jobs import JobDefinition
from dagster.errors import CheckError


@overload
def job(compose_fn: GraphFunction) -> JobDefinition: ...
@overload
def job(
    *,
    name: str | None = ...,
    description: str | None = ...,
    resource_defs: Mapping[str, object] | None = ...,
    config: Any = ...,
    tags: Mapping[str, Any] | None = ...,
    run_tags: Mapping[str, Any] | None = ...,
    metadata: Mapping[str, Any] | None = ...,
    logger_defs: Mapping[str, Any] | None = ...,
    executor_def: Any = ...,
    hooks: Set[Any] | None = ...,
    op_retry_policy: Any = ...,
    partitions_def: Any = ...,
    input_values: Mapping[str, object] | None = ...,
    owners: Sequence[str] | None = ...,
    on_failure: Any = ...,
    finally_: Any = ...,
) -> Callable[[GraphFunction], JobDefinition]: ...
def job(
    compose_fn: GraphFunction | None = None,
    *,
    name: str | None = None,
    description: str | None = None,
    resource_defs: Mapping[str, object] | None = None,
    config: Any = None,
    tags: Mapping[str, Any] | None = None,
    run_tags: Mapping[str, Any] | None = None,
    metadata: Mapping[str, Any] | None = None,
    logger_defs: Mapping[str, Any] | None = None,
    executor_def: Any = None,
    hooks: Set[Any] | None = None,
    op_retry_policy: Any = None,
    partitions_def: Any = None,
    input_values: Mapping[str, object] | None = None,
    owners: Sequence[str] | None = None,
    on_failure: Any = None,
    finally_: Any = None,
) -> JobDefinition | Callable[[GraphFunction], JobDefinition]:
    """Make a job out of a function that calls ops and graphs; each call becomes a step.

    Parameters of the function are what a run is given: `inputs:` in run config, `input_values`, or the arguments of a call. Their
    types and defaults are its schema.

    Args:
        compose_fn: the function; it runs once, now, and executes nothing.
        name: without: the function's name.
        description: Markdown; without: the function's docstring.
        resource_defs: by key; anything can be a resource.
        config: run config of its runs, a `ConfigMapping` for a whole run config, or config per partition.
        tags: of the job, and of its runs where `run_tags` is left out.
        run_tags: of its runs.
        metadata: shown with the job.
        logger_defs: by key.
        executor_def: how its steps are executed.
        hooks: called when its steps end.
        op_retry_policy: how steps without a policy of their own are tried again.
        partitions_def: its partitions.
        input_values: of its parameters.
        owners: e-mail addresses or `team:name`.
        on_failure: an op, a graph or a list of these that runs when the rest has ended and the run failed.
        finally_: an op, a graph or a list of these that runs at the end, whatever happened.

    Raises:
        DagsterInvalidDefinitionError: the body calls nodes in a way they cannot be called.

    Example:
        >>> @op
        ... def extract():
        ...     return [1, 2, 3]
        >>> @op
        ... def load(rows):
        ...     return len(rows)
        >>> @job(tags={"team": "sales"})
        ... def nightly():
        ...     load(extract())
        >>> nightly.execute_in_process().output_for_node("load")
        3
    """

    def decorate(function: GraphFunction) -> JobDefinition:
        if not callable(function):
            raise CheckError(f"@job decorates a function. Got {function!r}; write its options by name: @job(name=...).")
        job_name = name or function.__name__
        described = description or docstring_of(function)
        built = built_graph(Body(function, f"@job '{job_name}'", outs={}, takes_outputs=False), job_name, described)
        return JobDefinition(
            graph_def=built,
            description=described,
            resource_defs=resource_defs,
            config=config,
            tags=tags,
            run_tags=run_tags,
            metadata=metadata,
            logger_defs=logger_defs,
            executor_def=executor_def,
            hook_defs=hooks,
            op_retry_policy=op_retry_policy,
            partitions_def=partitions_def,
            input_values=input_values,
            owners=owners,
            on_failure=on_failure,
            finally_=finally_,
        )

    return decorate if compose_fn is None else decorate(compose_fn)
