"""The config that IO managers and input managers take for each output and input: `ops: load: outputs: result: {...}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from dagster.planning.steps import ExecutionPlan, Step

if TYPE_CHECKING:
    from dagster.config.fields import Field
    from dagster.define.resources import ResourceDefinition
    from dagster.execution.running import RunningStep

_ByPlace = dict[str, dict[str, Any]]


class ManagerSchemas(msgspec.Struct, frozen=True):
    """What config managers take for what they store and load.

    Attributes:
        inputs: by the place of a step, then by input.
        outputs: by the place of a step, then by output.
    """

    inputs: Mapping[str, Mapping[str, Field]]
    outputs: Mapping[str, Mapping[str, Field]]


def schemas_of_managers(plan: ExecutionPlan, resources: Mapping[str, ResourceDefinition]) -> ManagerSchemas:
    """What the managers of a plan take; nothing is looked through where none takes anything, which is nearly always so."""
    of_inputs = _schemas(resources, plan.required_resource_keys, "input_config_schema")
    of_outputs = _schemas(resources, plan.required_resource_keys, "output_config_schema")
    inputs: _ByPlace = {}
    outputs: _ByPlace = {}
    for step in plan.steps if of_inputs or of_outputs else ():
        for given in step.inputs:
            key = given.declared.input_manager_key
            if given.declared.is_loaded and key in of_inputs:
                inputs.setdefault(step.place, {})[given.declared.name] = of_inputs[key]
        for output in step.outputs:
            if output.check is None and output.io_manager_key in of_outputs:
                outputs.setdefault(step.place, {})[output.name] = of_outputs[output.io_manager_key]
    return ManagerSchemas(inputs, outputs)


def _schemas(resources: Mapping[str, ResourceDefinition], keys: frozenset[str], kind: str) -> dict[str | None, Field]:
    from dagster.config.fields import to_field

    schemas = {key: getattr(resources[key], kind, None) for key in keys if key in resources}
    return {key: to_field(schema) for key, schema in schemas.items() if schema is not None}


def input_config(step: RunningStep, input_name: str, is_managed: bool) -> Any:
    """What run config says to the input manager of an input; None where it says nothing."""
    return step.running.config.inputs.get(step.step.place, {}).get(input_name) if is_managed else None


def output_config(step: RunningStep, of: Step, output_name: str) -> Any:
    """What run config says to the IO manager of an output; None where it says nothing."""
    return step.running.config.outputs.get(of.place, {}).get(output_name)
