"""The run config that ops take: of their functions, of inputs that nothing feeds, and of graphs that map config."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from dagster.define.computations import InputDeclaration
from dagster.define.flattening import FanIn, FlatGraph, FromTop, Source, Unconnected
from dagster.errors import DagsterInvalidInvocationError

if TYPE_CHECKING:
    from dagster.config.fields import Field
    from dagster.define.graphs import GraphDefinition


class JobSchemas(msgspec.Struct, frozen=True):
    """What run config the ops of a job take.

    Attributes:
        ops: of each op, by its place; None where nothing is declared.
        inputs: of inputs that nothing in the graph feeds, by the place of their node, `""` for the graph itself.
        mappings: of the graphs that take config of their own, by their place.
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
            _add_inputs(inputs, graph, declared, op.sources[declared.name], given_values, key)
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
    graph: GraphDefinition,
    declared: InputDeclaration,
    source: Source,
    given_values: Mapping[str, object],
    op_key: str,
) -> None:
    if isinstance(source, FanIn):
        for part in source.parts:
            _add_inputs(inputs, graph, declared, part, given_values, op_key)
    elif isinstance(source, FromTop) and source.name not in given_values:
        taken = graph.input_def_named(source.name)
        field = _input_field(taken, op_key)
        if field is not None:
            inputs.setdefault("", {})[source.name] = field
    elif isinstance(source, Unconnected):
        field = _input_field(declared, op_key)
        if field is not None:
            inputs.setdefault(source.node_key, {})[source.name] = field


def _input_field(declared: InputDeclaration, op_key: str) -> Field | None:
    """The config of one input; None where it takes none.

    Raises:
        DagsterInvalidInvocationError: it has neither a default nor a type that can be loaded from config.
    """
    if not declared.is_loaded or declared.input_manager_key is not None or declared.asset_key is not None:
        return None
    loader = declared.dagster_type.loader
    if loader is None:
        if declared.has_default_value:
            return None
        raise DagsterInvalidInvocationError(
            f"Nothing gives a value to input '{declared.name}' of '{op_key}': its type \"{declared.dagster_type.display_name}\" "
            f"cannot be loaded from run config, and it has no default. Give it: input_values={{'{declared.name}': ...}}."
        )
    from dagster.config.fields import Field

    return Field(loader.schema_type, is_required=not declared.has_default_value)


def mappings_of(graph: GraphDefinition, place: str = "") -> Iterator[tuple[str, Any]]:
    """The place and the config mapping of each graph that has one, this one included where it has a place of its own."""
    if place and graph.config_mapping is not None:
        yield place, graph.config_mapping
    for node in graph.nodes:
        if not hasattr(node.definition, "computation"):
            yield from mappings_of(node.definition, f"{place}.{node.name}" if place else node.name)
