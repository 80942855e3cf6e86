"""The run config that ops take: of their functions, of inputs that nothing feeds, and of graphs that map config."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

import msgspec

from dagster.config.evaluations import ROOT, EvaluationError
from dagster.define.computations import InputDeclaration
from dagster.define.flattening import FanIn, FlatGraph, FromTop, Source, Unconnected
from dagster.errors import DagsterInvalidInvocationError
from dagster.events.results import NoValue

if TYPE_CHECKING:
    from dagster.config.fields import Field
    from dagster.config.types import ConfigType
    from dagster.define.graphs import GraphDefinition


class JobSchemas(msgspec.Struct, frozen=True):
    """What run config the ops of a job take.

    Attributes:
        ops: of each op, by its place; None where nothing is declared.
        inputs: of inputs that nothing in the graph feeds, by the place of their node, `""` for the graph itself.
        mappings: of the graphs that take config of their own, by their place, `""` for the graph itself.
    """

    ops: Mapping[str, Any]
    inputs: Mapping[str, Mapping[str, Any]]
    mappings: Mapping[str, Any]


def job_schemas(graph: GraphDefinition, flat: FlatGraph, given_values: Mapping[str, object]) -> JobSchemas:
    """What run config the ops of a job take.

    Args:
        graph: all of its ops.
        flat: those that run.
        given_values: of the graph's inputs, which then take no config.

    Raises:
        DagsterInvalidInvocationError: an input can be filled by nothing at all.
    """
    inputs: dict[str, dict[str, Any]] = {}
    for key, op in flat.ops.items():
        for declared in op.computation.inputs:
            _add_inputs(inputs, op.sources[declared.name], given_values, key)
    # An op that stands in a job a thousand times has one schema.
    computations = {id(op.computation): op.computation for op in flat.ops.values()}
    schemas = {identity: computation.config_definition() for identity, computation in computations.items()}
    return JobSchemas(
        ops={key: schemas[id(op.computation)] for key, op in flat.ops.items()},
        inputs=inputs,
        mappings=dict(mappings_of(graph)),
    )


def _add_inputs(
    inputs: dict[str, dict[str, Any]],
    source: Source,
    given_values: Mapping[str, object],
    op_key: str,
) -> None:
    if isinstance(source, FanIn):
        for part in source.parts:
            _add_inputs(inputs, part, given_values, op_key)
    elif isinstance(source, FromTop) and source.name not in given_values:
        field = _input_field(source.declared, op_key, source.default)
        if field is not None:
            inputs.setdefault("", {})[source.name] = field
    elif isinstance(source, Unconnected):
        field = _input_field(source.declared, op_key, source.default)
        if field is not None:
            inputs.setdefault(source.node_key, {})[source.name] = field


def _input_field(declared: InputDeclaration, op_key: str, own_default: Any) -> Field | None:
    """The config of one input; None where it takes none.

    Args:
        declared: the input, of an op or a graph.
        op_key: whose input it is in the end.
        own_default: what the graph says whose input it is, to be shown in the schema.

    Raises:
        DagsterInvalidInvocationError: it has neither a default nor a type that can be loaded from config.
    """
    if not declared.is_loaded or declared.input_manager_key is not None or declared.asset_key is not None:
        return None
    loader = declared.loader
    if loader is None:
        if declared.has_default_value:
            return None
        raise DagsterInvalidInvocationError(
            f"Nothing gives a value to input '{declared.name}' of '{op_key}': its type \"{declared.dagster_type.display_name}\" "
            f"cannot be loaded from run config, and it has no default. Give it: input_values={{'{declared.name}': ...}}."
        )
    from dagster.config.fields import Field
    from dagster.config.parsed import written

    if own_default is not NoValue and _is_config(shown := written(own_default), loader.schema_type):
        return Field(loader.schema_type, default_value=shown)
    return Field(loader.schema_type, is_required=not declared.has_default_value)


def _is_config(value: object, config_type: ConfigType) -> bool:
    """Whether a default can be shown as config that the type takes: a scalar, or a list of them."""
    errors: list[EvaluationError] = []
    each = cast("list[object]", value) if isinstance(value, list) else [value]
    if all(isinstance(one, (str, int, float, bool)) for one in each):
        config_type.check(value, ROOT, errors)
        return not errors
    return False


def mappings_of(graph: GraphDefinition, place: str = "") -> Iterator[tuple[str, Any]]:
    """The place and the config mapping of each graph that has one; `""` for the outermost one."""
    if graph.config_mapping is not None:
        yield place, graph.config_mapping
    for node in graph.nodes:
        if not hasattr(node.definition, "computation"):
            yield from mappings_of(node.definition, f"{place}.{node.name}" if place else node.name)
