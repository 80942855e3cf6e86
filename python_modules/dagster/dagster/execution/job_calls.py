"""`execute_in_process` of jobs: its arguments are checked, and what they select is run."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence, Set
from typing import Any

from dagster.arguments import check_optional, check_string_keys
from dagster.define.asset_calls import calls_of
from dagster.define.composition import is_composing
from dagster.define.jobs import JobDefinition
from dagster.define.op_selections import selected_names
from dagster.errors import (
    CheckError,
    DagsterInvalidDefinitionError,
    DagsterInvalidInvocationError,
    DagsterInvalidSubsetError,
    DagsterInvariantViolationError,
)
from dagster.events.results import DEFAULT_OUTPUT
from dagster.execution.materialize import run_job
from dagster.execution.op_jobs import run_op_job
from dagster.instance.instance import DagsterInstance
from dagster.keys import AssetKey


def run_called_job(
    job: JobDefinition,
    *,
    asset_selection: Sequence[Any] | None,
    op_selection: Sequence[str] | None,
    input_values: Mapping[str, object] | None,
    resources: Mapping[str, object] | None,
    **options: Any,
) -> Any:
    """Run a job in this process. An empty selection is none. Other arguments as of `run_plan`.

    Raises:
        CheckError: an argument of a wrong type, a run id that is no UUID, or a selection of ops and one of assets.
        DagsterInvalidDefinitionError: values for inputs of a job that has none.
        DagsterInvalidSubsetError: a selection names what is not there.
    """
    check_run_id(options.get("run_id"))
    check_optional("instance", options.get("instance"), DagsterInstance)
    check_optional("resources", resources, Mapping)
    check_string_keys("tags", options.get("tags"))
    if op_selection and asset_selection:
        raise CheckError("op_selection and asset_selection cannot both be provided as args to execute_in_process.")
    if not job.is_asset_job:
        if asset_selection:
            raise DagsterInvalidSubsetError(
                f'Job "{job.name}" is made of ops: it makes none of the assets {list(asset_selection)}. Select ops with '
                "op_selection."
            )
        return run_op_job(job, op_selection=op_selection or None, input_values=input_values, resources=resources, **options)
    if input_values:
        raise DagsterInvalidDefinitionError(
            f'Input value provided for key "{next(iter(input_values))}", but job "{job.name}" is made of assets: it has no '
            "inputs."
        )
    selected: Set[AssetKey] = job.selected_asset_keys
    if asset_selection:
        selected = job.project.selected(list(asset_selection))
        options["asset_selection"] = frozenset(selected)
    elif op_selection:
        selected = _assets_of_ops(job, op_selection)
    return run_job(job, selected=selected, resources={**job.project.all_resources, **(resources or {})}, **options)


def called_as_function(job: JobDefinition, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
    """Run a job in this process with values of its parameters, as a call of the function that it was made of.

    Returns:
        What the function returns, with values in place of outputs; None for an output that was left out.

    Raises:
        DagsterInvariantViolationError: the job is made of assets, or the body of a graph or job is running.
        DagsterInvalidInvocationError: an argument is no parameter of the function.
    """
    if job.is_asset_job or is_composing():
        raise DagsterInvariantViolationError(
            f"Attempted to call job '{job.name}' directly. Jobs should be invoked by using an execution API function (e.g. "
            "`job.execute_in_process`); one that is made of ops may be called outside of the body of other jobs."
        )
    result = run_op_job(job, input_values=_given_inputs(job, args, kwargs))
    outputs = [mapping.graph_output_name for mapping in job.graph.output_mappings]
    given = {name: _value_or_none(result, name) for name in outputs}
    return given[DEFAULT_OUTPUT] if outputs == [DEFAULT_OUTPUT] else given or None


def _given_inputs(job: JobDefinition, args: Sequence[Any], kwargs: Mapping[str, Any]) -> dict[str, Any]:
    import inspect

    names = list(job.graph.input_dict)
    function = job.graph.composition_fn
    parameters = [inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD) for name in names]
    signature = inspect.signature(function) if function is not None else inspect.Signature(parameters)
    try:
        return signature.bind_partial(*args, **kwargs).arguments
    except TypeError as refused:
        raise DagsterInvalidInvocationError(f"Job '{job.name}' cannot be called so: {refused}. It takes: {names}.") from refused


def _value_or_none(result: Any, output_name: str) -> Any:
    try:
        return result.output_value(output_name)
    except DagsterInvariantViolationError:
        return None


def check_run_id(run_id: object) -> None:
    """Nothing where a run can have this id.

    Raises:
        CheckError: it is no UUID.
    """
    check_optional("run_id", run_id, str)
    if run_id is not None:
        try:
            uuid.UUID(str(run_id))
        except ValueError as refused:
            raise CheckError(f"run_id must be a valid UUID. Got {run_id}. Leave it out for a new one.") from refused


def _assets_of_ops(job: JobDefinition, op_selection: Sequence[str]) -> set[AssetKey]:
    """The assets of a job that the functions of these names make."""
    calls = calls_of(job.project, job.selected_asset_keys)
    maker = {key: call.step_key for call in calls for key in call.keys}
    above: dict[str, set[str]] = {}
    for call in calls:
        deps = (dep.asset_key for spec in call.definition.specs if spec.key in call.keys for dep in spec.deps)
        above[call.step_key] = {maker[key] for key in deps if key in maker} - {call.step_key}
    wanted = selected_names(above, op_selection, job.name)
    return {key for key, step_key in maker.items() if step_key in wanted}
