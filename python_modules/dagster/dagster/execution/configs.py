"""The config of a run: checked as a whole before the run begins, handed to each step as its function wants it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dagster.config.run_schemas import ProcessedRunConfig, process_run_config
from dagster.define.computations import Computation
from dagster.planning.steps import ExecutionPlan

if TYPE_CHECKING:
    from dagster.config.definition_schemas import DefinitionSchema
    from dagster.define.resources import ResourceDefinition


def checked_run_config(
    run_config: Any, plan: ExecutionPlan, resources: Mapping[str, ResourceDefinition], owner: str
) -> ProcessedRunConfig:
    """The config of a run, checked against what its steps and resources declare.

    Raises:
        DagsterInvalidConfigError: something does not fit; the sentence names the path.
    """
    needed = plan.required_resource_keys
    return process_run_config(
        run_config,
        owner=owner,
        ops={step.key: _schema(step.computation) for step in plan.steps},
        resources={
            key: definition.config_schema if definition.takes_declared_config else None
            for key, definition in resources.items()
            if key in needed or not definition.is_ready_made
        },
    )


def _schema(computation: Computation) -> DefinitionSchema | None:
    if computation.config_annotation is not None:
        from dagster.config.annotations import schema_of_annotation

        return schema_of_annotation(computation.config_annotation)
    if computation.config_schema is not None:
        from dagster.config.definition_schemas import definition_schema

        return definition_schema(computation.config_schema)
    return None


def config_argument(computation: Computation, processed: Any) -> Any:
    """What the function's `config` parameter gets."""
    from dagster.config.annotations import value_of_config

    return value_of_config(computation.config_annotation, processed)
