"""The part of a graph that a selection of its ops leaves, as a graph."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from msgspec.structs import replace

from dagster.define.graphs import GraphDefinition
from dagster.define.nodes import AnyDependency, AssetDependency, GivenValue, MultiDependencyDefinition, Node


def subgraph(graph: GraphDefinition, selected: Set[str], place: str = "") -> GraphDefinition:
    """The graph with the selected ops only; graphs inside of it are cut as well, and what took from others is fed by nothing.

    Args:
        graph: the whole.
        selected: the keys of the ops that stay, `outer.inner`.
        place: of the graph, with a dot at its end, where it lies inside of others.
    """
    nodes = {node.name: node for each in graph.nodes if (node := _cut(each, selected, place)) is not None}
    dependencies = {name: _kept(graph.dependencies.get(name, {}), nodes[name], nodes) for name in nodes}
    return graph.copy(
        nodes=list(nodes.values()),
        dependencies=dependencies,
        input_mappings=[
            each
            for each in graph.input_mappings
            if each.mapped_node_name in nodes and _takes(nodes[each.mapped_node_name], each.mapped_node_input_name)
        ],
        output_mappings=[
            each
            for each in graph.output_mappings
            if each.mapped_node_name in nodes and _gives(nodes[each.mapped_node_name], each.mapped_node_output_name)
        ],
    )


def _cut(node: Node, selected: Set[str], place: str) -> Node | None:
    key = f"{place}{node.name}"
    if hasattr(node.definition, "computation"):
        return node if key in selected else None
    inside = f"{key}."
    staying = {each for each in selected if each.startswith(inside)}
    if not staying:
        return None
    if len(staying) == len(node.definition.flat.ops):
        return node
    return replace(node, definition=subgraph(node.definition, staying, inside))


def _kept(given: Mapping[str, AnyDependency], node: Node, nodes: Mapping[str, Node]) -> dict[str, AnyDependency]:
    found = {name: _within(dependency, nodes) for name, dependency in given.items() if _takes(node, name)}
    return {name: dependency for name, dependency in found.items() if dependency is not None}


def _within(dependency: AnyDependency, nodes: Mapping[str, Node]) -> AnyDependency | None:
    """What is left of a dependency; None where nothing is."""
    if isinstance(dependency, (AssetDependency, GivenValue)):
        return dependency
    if isinstance(dependency, MultiDependencyDefinition):
        parts: list[Any] = [each for each in dependency.dependencies if not hasattr(each, "node") or _is_there(each, nodes)]
        return MultiDependencyDefinition(parts) if parts else None
    return dependency if _is_there(dependency, nodes) else None


def _is_there(output: Any, nodes: Mapping[str, Node]) -> bool:
    return output.node in nodes and _gives(nodes[output.node], output.output)


def _takes(node: Node, input_name: str) -> bool:
    return node.definition.has_input(input_name)


def _gives(node: Node, output_name: str) -> bool:
    return node.definition.has_output(output_name)
