"""The config of a run: checked as a whole before the run begins, handed to each step as its function wants it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dagster.config.run_schemas import ProcessedRunConfig, process_run_config
from dagster.define.computations import Computation
from dagster.define.op_configs import JobSchemas
from dagster.define.resource_sessions import config_given_to, initialization_order, schemas_to_check
from dagster.execution.manager_configs import schemas_of_managers
from dagster.planning.steps import ExecutionPlan

if TYPE_CHECKING:
    from dagster.config.definition_schemas import DefinitionSchema
    from dagster.config.fields import Field
    from dagster.define.loggers import LoggerDefinition
    from dagster.define.resources import ResourceDefinition

_NONE: Mapping[str, Any] = {}


def checked_run_config(
    run_config: Any,
    plan: ExecutionPlan,
    resources: Mapping[str, ResourceDefinition],
    owner: str,
    schemas: JobSchemas | None = None,
    loggers: Mapping[str, LoggerDefinition] = _NONE,
    execution: Field | None = None,
) -> ProcessedRunConfig:
    """The config of a run, checked against what its steps, resources and loggers declare.

    Args:
        schemas: of the config of ops; None for assets, whose steps say it.
        loggers: those that the config may name, by key.
        execution: the schema of the executor; anything where nothing is said.

    Raises:
        DagsterInvalidConfigError: something does not fit; the sentence names the path.
    """
    parts = schemas_of_run(plan, resources, run_config, schemas, loggers)
    return process_run_config(run_config, owner=owner, execution=execution, **parts)


def storable_run_config(
    run_config: Any,
    plan: ExecutionPlan,
    resources: Mapping[str, ResourceDefinition],
    schemas: JobSchemas | None = None,
    loggers: Mapping[str, LoggerDefinition] = _NONE,
) -> dict[str, Any]:
    """The config of a run as it may be stored and shown: what is marked or named as a secret is covered."""
    if not run_config:
        return {}
    from dagster.config.run_config import to_run_config_dict
    from dagster.config.run_schemas import run_config_type
    from dagster.config.secrets import masked

    schema = run_config_type(**schemas_of_run(plan, resources, run_config, schemas, loggers))
    return masked(to_run_config_dict(run_config), schema)


def schemas_of_run(
    plan: ExecutionPlan,
    resources: Mapping[str, ResourceDefinition],
    run_config: Any,
    schemas: JobSchemas | None,
    loggers: Mapping[str, LoggerDefinition],
) -> dict[str, Any]:
    """What each part of a run takes: arguments of `run_config_type`. Resources: those needed or given config."""
    of_ops = JobSchemas(_ops_schemas(plan), plan.config_inputs, plan.config_mappings) if schemas is None else schemas
    of_managers = schemas_of_managers(plan, resources)
    return {
        "ops": of_ops.ops,
        "inputs": {**of_ops.inputs, **_united(of_ops.inputs, of_managers.inputs)},
        "outputs": of_managers.outputs,
        "mappings": of_ops.mappings,
        "resources": _resource_schemas(plan, resources, run_config),
        "loggers": {key: definition.config_schema for key, definition in loggers.items()},
    }


def _united(first: Mapping[str, Mapping[str, Any]], second: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {place: {**first.get(place, {}), **fields} for place, fields in second.items()}


def _ops_schemas(plan: ExecutionPlan) -> dict[str, DefinitionSchema | None]:
    return {step.place: step.computation.config_definition() for step in plan.steps}


def _resource_schemas(
    plan: ExecutionPlan, resources: Mapping[str, ResourceDefinition], run_config: Any
) -> Mapping[str, DefinitionSchema | None]:
    """Of the resources that the run needs and of those that are given config; what others lack does not matter to it."""
    needed = plan.required_resource_keys
    if not all(resources[key].is_ready_made for key in needed if key in resources):
        needed = needed.union(initialization_order(resources, needed))
    given = config_given_to(run_config)
    return schemas_to_check({key: made for key, made in resources.items() if key in needed or key in given}, run_config)


def schema_of(computation: Computation) -> DefinitionSchema | None:
    """What config the function takes; None where it takes none."""
    return computation.config_definition()
