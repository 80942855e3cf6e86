"""Loading the inputs of a step through their IO managers."""

from __future__ import annotations

from typing import Any

from dagster.errors import (
    DagsterExecutionLoadInputError,
    DagsterInvalidInvocationError,
    user_code,
)
from dagster.events.data import StepOutputHandle
from dagster.events.failures import FailedStep
from dagster.events.results import DEFAULT_OUTPUT
from dagster.execution.contexts import context_of
from dagster.execution.input_partitions import partitions_to_load, refuse_to_read_without_partition
from dagster.execution.manager_configs import input_config, output_config
from dagster.execution.running import RunningStep
from dagster.execution.type_checking import checked, did_not_pass
from dagster.execution.user_events import record_user_event
from dagster.io.contexts import InputContext, OutputContext
from dagster.metadata.coercion import normalize_metadata
from dagster.planning.steps import StepInput
from dagster.specs.assets import AssetSpec


def load_inputs(step: RunningStep) -> dict[str, Any]:
    """The values of the step's arguments, by name; each recorded as loaded, then as checked, in the order of their names.

    Raises:
        DagsterExecutionLoadInputError: an IO manager raised.
        DagsterTypeCheckDidNotPass: a value is not of its declared type.
        DagsterInvariantViolationError: the run misses a partition.
    """
    refuse_to_read_without_partition(step)
    loaded = sorted((each for each in step.step.inputs if each.declared.is_loaded), key=lambda each: each.declared.name)
    values = {each.declared.name: _value(step, each) for each in loaded}
    for each in loaded:
        _check(step, each, values[each.declared.name])
    return values


def _value(step: RunningStep, wanted: StepInput) -> Any:
    if wanted.parts is not None:
        given = [_value(step, part) for part in wanted.parts if step.running.is_given(part)]
        return wanted.declared.default if wanted.parts and not given and wanted.declared.has_default_value else given
    failed = step.running.failed_before(wanted)
    if failed is not None:
        return _instead_of_value(step, wanted, failed)
    if wanted.manager_key:
        return _load(step, wanted)
    return _unconnected_value(step, wanted)


def _instead_of_value(step: RunningStep, wanted: StepInput, failed: str) -> Any:
    """What stands for the value of a step that failed."""
    if wanted.declared.has_default_value:
        return wanted.declared.default
    told = {each.step_key: each for each in step.running.failed_steps()}
    return told.get(failed, FailedStep(step_key=failed))


def _unconnected_value(step: RunningStep, wanted: StepInput) -> Any:
    """The value of an input that no output feeds: from run config, or the one that was given with the job or as default."""
    node, name = wanted.config_at or ("", "")
    given = step.running.config.inputs.get(node, {})
    if wanted.config_at is None or name not in given:
        return wanted.value
    loader = (wanted.config_type or wanted.declared).loader
    with user_code(
        f'Error occurred while loading input "{wanted.declared.name}" of step "{step.step.key}"', DagsterExecutionLoadInputError
    ):
        return loader.construct_from_config_value(context_of(step), given[name])


def _load(step: RunningStep, wanted: StepInput) -> Any:
    name, manager_key = wanted.declared.name, wanted.manager_key
    manager = step.running.resources[manager_key]
    with (
        user_code(f'Error occurred while loading input "{name}" of step "{step.step.key}"', DagsterExecutionLoadInputError),
        _input_context(step, wanted) as context,
    ):
        if not hasattr(manager, "load_input"):
            raise DagsterInvalidInvocationError(
                f'Resource "{manager_key}" is no IO manager: it has no method load_input. It is {type(manager)}.'
            )
        value = manager.load_input(context)
    upstream = None
    if wanted.upstream_step is not None and wanted.upstream_output is not None:
        upstream = StepOutputHandle(step.running.steps[wanted.upstream_step].key, wanted.upstream_output.name, wanted.mapping_key)
    make, recorder = step.running.make, step.running.recorder
    for event in context.consume_logged_events():
        record_user_event(step, event)
    metadata = {**normalize_metadata(wanted.declared.metadata), **context.consume_logged_metadata()}
    recorder.record(make.input_loaded(step.step, name, manager_key, upstream, metadata))
    return value


def _input_context(step: RunningStep, wanted: StepInput) -> InputContext:
    declared, running = wanted.declared, step.running
    partitions_def = wanted.upstream_spec.partitions_def if wanted.upstream_spec else None
    partition_keys = partitions_to_load(step, wanted, partitions_def)
    return InputContext(
        name=declared.name,
        job_name=running.run.job_name,
        op_def=step.step.computation,
        config=input_config(step, declared.name, declared.input_manager_key is not None),
        definition_metadata=declared.metadata,
        upstream_output=_upstream_output(step, wanted, partitions_def, partition_keys),
        dagster_type=declared.dagster_type,
        resource_config=running.resource_config(wanted.manager_key),
        resources=running.resources_for(wanted.manager_key),
        step_context=step,
        asset_key=declared.asset_key,
        partition_key=running.partition_key,
        asset_partition_keys=partition_keys,
        asset_partitions_def=partitions_def,
        instance=running.instance,
    )


def _upstream_output(
    step: RunningStep, wanted: StepInput, partitions_def: Any, partition_keys: list[str] | None
) -> OutputContext | None:
    """The context with which the value was stored; None where nothing stored it."""
    if wanted.upstream_output is None and wanted.upstream_spec is None:
        return None
    output, spec, running = wanted.upstream_output, wanted.upstream_spec, step.running
    upstream = running.steps[wanted.upstream_step] if wanted.upstream_step is not None else None
    step_key = upstream.key if upstream is not None else None
    metadata = spec.metadata if spec else (output.metadata if output else None)
    return OutputContext(
        step_key=step_key,
        mapping_key=wanted.mapping_key,
        name=output.name if output else _external_name(spec),
        job_name=running.run.job_name,
        run_id=running.run_id_of(step_key) if step_key is not None else None,
        config=output_config(step, upstream, output.name) if upstream is not None and output is not None else None,
        definition_metadata=metadata,
        dagster_type=output.dagster_type if output else None,
        resource_config=running.resource_config(wanted.manager_key),
        resources=running.resources_for(wanted.manager_key),
        step_context=step,
        op_def=wanted.upstream_definition.computation if wanted.upstream_definition else None,
        asset_key=wanted.declared.asset_key,
        partition_key=running.partition_key,
        asset_partitions_def=partitions_def,
        asset_partition_keys=partition_keys,
        asset_spec=spec,
        assets_def=wanted.upstream_definition if spec is not None else None,
        instance=running.instance,
    )


def _external_name(spec: AssetSpec | None) -> str:
    return spec.key.to_python_identifier() if spec is not None else DEFAULT_OUTPUT


def _check(step: RunningStep, wanted: StepInput, value: Any) -> None:
    declared = wanted.declared
    if declared.allows_failure and isinstance(value, FailedStep):
        return  # whoever takes failures knows that they are none of its type
    dagster_type = declared.dagster_type
    found = checked(step, dagster_type, value, declared.name)
    make, recorder = step.running.make, step.running.recorder
    recorder.record(make.input_checked(step.step, declared.name, dagster_type.display_name, found))
    if not found.success:
        raise did_not_pass(f'step input "{declared.name}"', dagster_type, found)
