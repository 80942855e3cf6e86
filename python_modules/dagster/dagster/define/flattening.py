"""A graph of graphs as one level of ops: where each input of each op comes from. Pure.

The key of an op is its place, `outer.inner.op`. What stands below a dynamic output is mapped over it: it runs once per key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any, Protocol, Union

import msgspec

from dagster.define.computations import Computation, InputDeclaration
from dagster.define.nodes import (
    AnyDependency,
    AssetDependency,
    CollectedDependency,
    DependencyDefinition,
    GivenValue,
    InputMapping,
    MultiDependencyDefinition,
    Node,
    OutputMapping,
)
from dagster.errors import DagsterInvalidDefinitionError
from dagster.events.results import NoValue
from dagster.keys import AssetKey


class Nodes(Protocol):
    """A graph, as it is looked through here."""

    @property
    def nodes(self) -> Sequence[Node]: ...
    @property
    def dependencies(self) -> Mapping[str, Mapping[str, AnyDependency]]: ...
    def node_named(self, name: str) -> Node: ...
    def input_def_named(self, name: str) -> InputDeclaration: ...
    def own_default(self, input_name: str) -> Any: ...
    def get_output_mapping(self, output_name: str) -> OutputMapping: ...
    def input_mapping_to(self, node: str, input_name: str, fan_in_index: int | None = None) -> InputMapping | None: ...


class OutputOf(msgspec.Struct, frozen=True, gc=False):
    """An output of an op of the same graph."""

    op_key: str
    output: str


class CollectedFrom(msgspec.Struct, frozen=True, gc=False):
    """All values of a dynamic output, or of the output of an op that is mapped over one."""

    op_key: str
    output: str


class FanIn(msgspec.Struct, frozen=True):
    """A list: each element comes from somewhere."""

    parts: tuple[Source, ...]


class FromTop(msgspec.Struct, frozen=True):
    """An input of the outermost graph.

    Attributes:
        name: of the input.
        declared: its type, which run config is read by.
        default: what the graph itself says; `NoValue`: what the op says.
    """

    name: str
    declared: InputDeclaration
    default: Any = NoValue


class FromAsset(msgspec.Struct, frozen=True):
    """The stored value of an asset.

    Attributes:
        asset_key: the asset.
        definition: what declares it.
    """

    asset_key: AssetKey
    definition: Any


class Constant(msgspec.Struct, frozen=True, eq=False):
    """A value that stands in the graph."""

    value: Any


class Unconnected(msgspec.Struct, frozen=True):
    """Nothing in the graph: its default, or run config at the node where it ends.

    Attributes:
        node_key: the op or graph whose input nobody feeds.
        name: of that input.
        declared: its type, which run config is read by.
        default: what that graph itself says; `NoValue`: what the op says.
    """

    node_key: str
    name: str
    declared: InputDeclaration
    default: Any = NoValue


Source = Union[OutputOf, CollectedFrom, FanIn, FromTop, FromAsset, Constant, Unconnected]


class FlatOp(msgspec.Struct, frozen=True, gc=False):
    """One op of the graph.

    Attributes:
        key: its place.
        computation: its function.
        sources: where its inputs come from, by name.
        tags: of the op and of its nodes.
        hook_defs: of its nodes.
        retry_policy: of the innermost node that has one; None where none has.
        allows_failure: whether it may fail, as the innermost node or definition around it says.
        mapped_over: the dynamic output below which it stands.
        fed_at: of inputs that graphs around it hand on, by name: the outermost place where config may give the value instead.
    """

    key: str
    computation: Computation
    sources: Mapping[str, Source]
    tags: Mapping[str, str]
    hook_defs: Set[Any]
    retry_policy: Any
    mapped_over: OutputOf | None
    fed_at: Mapping[str, Unconnected] = {}
    allows_failure: bool = False


class FlatGraph(msgspec.Struct, frozen=True):
    """All ops of a graph, each after what it takes.

    Attributes:
        ops: by key.
    """

    ops: Mapping[str, FlatOp]


def flattened(graph: Nodes) -> FlatGraph:
    """The ops of a graph and of the graphs inside of it.

    Raises:
        DagsterInvalidDefinitionError: an op stands below more than one dynamic output.
    """
    places = list(_op_places(graph, None))
    ops: dict[str, FlatOp] = {}
    for place in places:
        ops[place.key] = _flat_op(place, _sources(place), ops)
    return FlatGraph(ops)


class _Place(msgspec.Struct, frozen=True):
    """A node inside of nested graphs."""

    node: Node
    graph: Nodes
    around: _Place | None
    key: str


def _op_places(graph: Nodes, around: _Place | None) -> Iterable[_Place]:
    for node in nodes_by_level(graph):
        place = _Place(node, graph, around, f"{around.key}.{node.name}" if around else node.name)
        if hasattr(node.definition, "computation"):
            yield place
        else:
            yield from _op_places(node.definition, place)


def _sources(place: _Place) -> dict[str, Source]:
    return {declared.name: _source(place, declared) for declared in place.node.definition.input_defs}


def _source(place: _Place, declared: InputDeclaration) -> Source:
    """Where an input of a node comes from; inputs of graphs lead outwards."""
    dependency = place.graph.dependencies.get(place.node.name, {}).get(declared.name)
    if dependency is not None:
        return _source_of_dependency(place, declared.name, dependency)
    mapping = place.graph.input_mapping_to(place.node.name, declared.name)
    if mapping is not None:
        return _outer_source(place, mapping.graph_input_name)
    return _unconnected(place, declared)


def _unconnected(place: _Place, declared: InputDeclaration) -> Unconnected:
    definition = place.node.definition
    default = NoValue if hasattr(definition, "computation") else definition.own_default(declared.name)
    return Unconnected(place.key, declared.name, declared, default)


def _fed_at(place: _Place) -> Mapping[str, Unconnected]:
    """Of the inputs that are inputs of a graph around the node: the outermost node whose input they are."""
    found: dict[str, Unconnected] = {}
    for declared in place.node.definition.input_defs if place.around is not None else ():
        at, name = place, declared.name
        while at.around is not None and name not in at.graph.dependencies.get(at.node.name, {}):
            mapping = at.graph.input_mapping_to(at.node.name, name)
            if mapping is None:
                break
            at, name = at.around, mapping.graph_input_name
        if at is not place:
            found[declared.name] = _unconnected(at, at.node.definition.input_def_named(name))
    return found


def _outer_source(place: _Place, graph_input: str) -> Source:
    if place.around is None:
        return FromTop(graph_input, place.graph.input_def_named(graph_input), place.graph.own_default(graph_input))
    return _source(place.around, place.graph.input_def_named(graph_input))


def _source_of_dependency(place: _Place, input_name: str, dependency: AnyDependency) -> Source:
    if isinstance(dependency, AssetDependency):
        return FromAsset(dependency.asset_key, dependency.definition)
    if isinstance(dependency, GivenValue):
        return Constant(dependency.value)
    if isinstance(dependency, MultiDependencyDefinition):
        parts = enumerate(dependency.dependencies)
        return FanIn(tuple(_source_of_part(place, input_name, each, index) for index, each in parts))
    op_key, output = op_output(place.graph, place.around.key if place.around else "", dependency.node, dependency.output)
    return CollectedFrom(op_key, output) if isinstance(dependency, CollectedDependency) else OutputOf(op_key, output)


def _source_of_part(place: _Place, input_name: str, part: Any, index: int) -> Source:
    if isinstance(part, (DependencyDefinition, GivenValue)):
        return _source_of_dependency(place, input_name, part)
    mapping = place.graph.input_mapping_to(place.node.name, input_name, index)
    if mapping is None:
        raise DagsterInvalidDefinitionError(
            f"Input '{input_name}' of '{place.key}' takes a list whose element {index} is left to an input of the graph, and no "
            "input mapping fills it. Give one with fan_in_index."
        )
    return _outer_source(place, mapping.graph_input_name)


def op_output(graph: Nodes, prefix: str, node_name: str, output: str) -> tuple[str, str]:
    """The op and its output that an output of a node is; graphs are looked into."""
    node = graph.node_named(node_name)
    key = f"{prefix}.{node_name}" if prefix else node_name
    if hasattr(node.definition, "computation"):
        return key, output
    mapping = node.definition.get_output_mapping(output)
    return op_output(node.definition, key, mapping.mapped_node_name, mapping.mapped_node_output_name)


def op_output_of(graph: Nodes, output_name: str) -> tuple[str, str]:
    """The op, and its output, that an output of a graph is."""
    mapping = graph.get_output_mapping(output_name)
    return op_output(graph, "", mapping.mapped_node_name, mapping.mapped_node_output_name)


def upstream_keys(source: Source) -> Iterable[str]:
    """The ops of the graph that a source waits for."""
    if isinstance(source, (OutputOf, CollectedFrom)):
        yield source.op_key
    elif isinstance(source, FanIn):
        for part in source.parts:
            yield from upstream_keys(part)


def nodes_by_level(graph: Nodes) -> list[Node]:
    """The nodes, each after those that it takes from: by the length of the way there, then by name.

    Raises:
        DagsterInvalidDefinitionError: nodes wait for each other.
    """
    upstream = {
        node.name: {
            each.node
            for dependency in graph.dependencies.get(node.name, {}).values()
            for each in dependency.get_node_dependencies()
        }
        for node in graph.nodes
    }
    depths = depths_of(upstream)
    if len(depths) < len(upstream):
        rest = {name: given for name, given in upstream.items() if name not in depths}
        raise DagsterInvalidDefinitionError(f"Circular dependencies exist among these items: {rest}")
    return sorted(graph.nodes, key=lambda node: (depths[node.name], node.name))


def depths_of(upstream: Mapping[str, Set[str]]) -> dict[str, int]:
    """How long the longest way to each item is; without those that wait for each other. Linear."""
    waiting_for = {name: len(given) for name, given in upstream.items()}
    followers: dict[str, list[str]] = {}
    for name, given in upstream.items():
        for each in given:
            followers.setdefault(each, []).append(name)
    depths = {name: 0 for name in upstream if not waiting_for[name]}
    ordered = list(depths)
    for name in ordered:  # grows while it is walked
        for follower in followers.get(name, ()):
            waiting_for[follower] -= 1
            if not waiting_for[follower]:
                depths[follower] = 1 + max(depths[each] for each in upstream[follower])
                ordered.append(follower)
    return depths


def _flat_op(place: _Place, sources: Mapping[str, Source], before: Mapping[str, FlatOp]) -> FlatOp:
    computation: Computation = place.node.definition.computation
    return FlatOp(
        key=place.key,
        computation=computation,
        sources=sources,
        tags={**computation.tags, **place.node.tags},
        hook_defs=_hooks(place),
        retry_policy=place.node.retry_policy or computation.retry_policy or _retry_policy_around(place),
        mapped_over=_mapped_over(place, sources, before),
        fed_at=_fed_at(place),
        allows_failure=_allows_failure(place, computation.allows_failure),
    )


def _hooks(place: _Place) -> frozenset[Any]:
    around = _hooks(place.around) if place.around else frozenset[Any]()
    return around | frozenset(place.node.hook_defs)


def _retry_policy_around(place: _Place) -> Any:
    if place.around is None:
        return None
    return place.around.node.retry_policy or _retry_policy_around(place.around)


def _allows_failure(place: _Place, otherwise: bool) -> bool:
    """As the innermost node says that says it, else as its function."""
    if place.node.allows_failure is not None:
        return place.node.allows_failure
    return _allows_failure(place.around, otherwise) if place.around is not None else otherwise


def _mapped_over(place: _Place, sources: Mapping[str, Source], before: Mapping[str, FlatOp]) -> OutputOf | None:
    """The dynamic output that some input is, or stands below.

    Raises:
        DagsterInvalidDefinitionError: there is more than one, or all values of the same one are collected by another input.
    """
    found: dict[OutputOf, None] = {}
    gathered: set[OutputOf] = set()
    for source in sources.values():
        for each in _elements(source):
            upstream = before[each.op_key]
            if upstream.mapped_over is not None:
                found[upstream.mapped_over] = None
            if _is_dynamic(upstream.computation, each.output):
                found[each] = None
        for collected in _collected(source):
            upstream = before[collected.op_key]
            own = OutputOf(collected.op_key, collected.output)
            is_dynamic = _is_dynamic(upstream.computation, collected.output)
            gathered.add(own if is_dynamic else upstream.mapped_over or own)
            if upstream.mapped_over is not None and is_dynamic:
                found[upstream.mapped_over] = found[own] = None
    if len(found) > 1:
        first, second, *_ = (f'"{each.op_key}:{each.output}"' for each in found)
        raise DagsterInvalidDefinitionError(
            f"op '{place.key}' cannot be downstream of more than one dynamic output. It is downstream of both {first} and "
            f"{second}"
        )
    for each in found:
        if each in gathered:
            named = f'"{each.op_key}:{each.output}"'
            raise DagsterInvalidDefinitionError(
                f"op '{place.key}' cannot both collect over dynamic output {named} and be downstream of the dynamic output "
                f"{named}. Collect in an op of its own, and hand on what that gives."
            )
    return next(iter(found), None)


def _elements(source: Source) -> Iterable[OutputOf]:
    if isinstance(source, OutputOf):
        yield source
    elif isinstance(source, FanIn):
        for part in source.parts:
            yield from _elements(part)


def _collected(source: Source) -> Iterable[CollectedFrom]:
    if isinstance(source, CollectedFrom):
        yield source
    elif isinstance(source, FanIn):
        for part in source.parts:
            yield from _collected(part)


def _is_dynamic(computation: Computation, output: str) -> bool:
    return any(declared.name == output and declared.is_dynamic for declared in computation.outputs)


def resources_of(op: FlatOp, more_hooks: Set[Any] | None = None) -> frozenset[str]:
    """The resources that the step of an op needs: those of its function, types and hooks, and its IO managers."""
    computation = op.computation
    hooks = {*op.hook_defs, *(more_hooks or ())}
    return frozenset(
        (
            *computation.required_resource_keys,
            *(output.io_manager_key for output in computation.outputs),
            *(each.input_manager_key for each in computation.inputs if each.input_manager_key),
            *(key for hook in hooks for key in hook.required_resource_keys),
            *_resources_of_types(op),
        )
    )


def _resources_of_types(op: FlatOp) -> Set[str]:
    """Those of the checks, and of what loads the inputs that config may fill."""
    found: set[str] = set()
    for each in (*op.computation.inputs, *op.computation.outputs):
        found.update(getattr(each.dagster_type, "required_resource_keys", ()))
    for each in op.computation.inputs:
        source = op.sources[each.name]
        if isinstance(source, (Unconnected, FromTop)) and each.is_loaded:
            loader = source.declared.loader
            found.update(loader.required_resource_keys() if loader is not None else ())
    return found
