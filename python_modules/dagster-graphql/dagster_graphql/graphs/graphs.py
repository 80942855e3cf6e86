"""The graphs of jobs: nodes, what they take from each other, and the types of what they hand on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from dagster.keys import AssetKey
from dagster.runs.runs import RunsFilter
from dagster.runs.statistics import RunStepKeyStatsSnapshot
from dagster.runs.tags import CODE_LOCATION_TAG
from dagster.specs.jobs import JobSpec
from dagster.workspace.descriptions import AssetNode
from dagster.workspace.structures import (
    ConfigurableFacts,
    Feed,
    GraphNode,
    JobStructure,
    NodeDefinitionFacts,
    NodeInput,
    Port,
    PortMapping,
    TypeFacts,
)
from dagster_graphql.assets.nodes import ResourceRequirement
from dagster_graphql.catalogs import Placed
from dagster_graphql.config.types import ConfigFieldOf, ConfigTypeOf
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.errors.errors import DagsterTypeNotFoundError, GraphNotFoundError
from dagster_graphql.metadata.metadata import entries_of
from dagster_graphql.selectors import Input, job_selected
from dagster_graphql.workspace.locations import Pair

DOMAIN = Domain.beside(__file__)

MOST_RUNS = 100
"""Of how many runs the numbers of a node's steps are read."""


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """A graph in a job.

    Attributes:
        job: the job.
        structure: what the job consists of.
        graph: the graph; the root of the job, or one within it.
        place: of its node, `outer.inner`; empty for the root.
    """

    job: Placed[JobSpec]
    structure: JobStructure
    graph: NodeDefinitionFacts
    place: str = ""

    @property
    def nodes(self) -> list[NodeOf]:
        """Its nodes, in the order of their calls."""
        return [NodeOf(self, node) for node in self.graph.nodes or ()]


class NodeOf(msgspec.Struct, frozen=True):
    """A node of a graph."""

    scope: Scope
    node: GraphNode

    @property
    def definition(self) -> DefinitionOf:
        """What it is a use of."""
        return DefinitionOf(self.scope.job, self.scope.structure, self.scope.structure.definitions[self.node.definition])

    @property
    def place(self) -> str:
        """The names of the nodes around it and its own, with dots."""
        return f"{self.scope.place}.{self.node.name}" if self.scope.place else self.node.name

    @property
    def inside(self) -> Scope | None:
        """The graph that it stands for; None for an op."""
        facts = self.definition.facts
        if facts.nodes is None:
            return None
        return Scope(job=self.scope.job, structure=self.scope.structure, graph=facts, place=self.place)


class HandleOf(msgspec.Struct, frozen=True):
    """A node with the nodes around it."""

    node: NodeOf
    parent: HandleOf | None = None


class DefinitionOf(msgspec.Struct, frozen=True):
    """An op or a graph that is used in a job."""

    job: Placed[JobSpec]
    structure: JobStructure
    facts: NodeDefinitionFacts

    @property
    def as_graph(self) -> Scope:
        """The graph by itself."""
        return Scope(job=self.job, structure=self.structure, graph=self.facts)


class PortOf(msgspec.Struct, frozen=True):
    """An input or output of a definition."""

    structure: JobStructure
    port: Port


class InputOf(msgspec.Struct, frozen=True):
    """An input of a node."""

    node: NodeOf
    taken: NodeInput


class OutputOf(msgspec.Struct, frozen=True):
    """An output of a node."""

    node: NodeOf
    port: Port


class MappingOf(msgspec.Struct, frozen=True):
    """An input or output of a graph that is one of a node in it."""

    definition: DefinitionOf
    mapping: PortMapping


class TypeOf(msgspec.Struct, frozen=True):
    """The type of a value that travels between nodes."""

    structure: JobStructure
    facts: TypeFacts


class GraphOf(msgspec.Struct, frozen=True):
    """A graph that a code location has, by itself."""

    scope: Scope


class Mode(msgspec.Struct, frozen=True):
    """Of early versions: what a job runs with. There is one."""

    job: Placed[JobSpec]
    structure: JobStructure


class ConfigurableOf(msgspec.Struct, frozen=True):
    """A resource or logger of a job."""

    structure: JobStructure
    facts: ConfigurableFacts


class StepStats(msgspec.Struct, frozen=True):
    """The steps of a node in numbers, in its latest runs."""

    nodes: list[RunStepKeyStatsSnapshot]


class ResourceConnection(msgspec.Struct, frozen=True):
    """The resources of a job."""

    resources: list[ConfigurableOf]


def scope_of(job: Placed[JobSpec], context: RequestContext) -> Scope:
    """The graph of a job."""
    structure = context.structure(job)
    return Scope(job=job, structure=structure, graph=structure.root)


def handles_of(scope: Scope, parent: HandleOf | None = None) -> Iterator[HandleOf]:
    """The nodes of a graph and of the graphs within it."""
    for node in scope.nodes:
        handle = HandleOf(node, parent)
        yield handle
        inside = node.inside
        if inside is not None:
            yield from handles_of(inside, handle)


def _handles(scope: Scope, parent: str | None) -> list[HandleOf]:
    """All of them for None, the outermost ones for an empty name, else those directly within one."""
    every = handles_of(scope)
    if parent is None:
        return list(every)
    return [handle for handle in every if (handle.parent.node.place if handle.parent is not None else "") == parent]


def _handle(scope: Scope, handle_id: str) -> HandleOf | None:
    return next((handle for handle in handles_of(scope) if handle.node.place == handle_id), None)


def type_named(structure: JobStructure, key: str) -> TypeOf:
    """A type of a job."""
    return TypeOf(structure, structure.types[key])


# Jobs, and graphs by themselves, hold nodes.


def _container(name: str, scope: Callable[[Any, RequestContext], Scope]) -> None:
    @DOMAIN.field(name, "solids")
    def solids(value: Any, context: RequestContext) -> list[NodeOf]:
        return scope(value, context).nodes

    @DOMAIN.field(name, "solidHandle")
    def solid_handle(value: Any, context: RequestContext, *, handle_id: str) -> HandleOf | None:
        return _handle(scope(value, context), handle_id)

    @DOMAIN.field(name, "solidHandles")
    def solid_handles(value: Any, context: RequestContext, *, parent_handle_id: str | None = None) -> list[HandleOf]:
        return _handles(scope(value, context), parent_handle_id)

    @DOMAIN.field(name, "modes")
    def modes(value: Any, context: RequestContext) -> list[Mode]:
        found = scope(value, context)
        return [] if isinstance(value, DefinitionOf) else [Mode(found.job, found.structure)]

    _ = (solids, solid_handle, solid_handles, modes)


def _typed(name: str) -> None:
    @DOMAIN.field(name, "dagsterTypes")
    def dagster_types(job: Placed[JobSpec], context: RequestContext) -> list[TypeOf]:
        structure = context.structure(job)
        return [type_named(structure, key) for key in sorted(structure.types)]

    @DOMAIN.field(name, "dagsterTypeOrError")
    def dagster_type(job: Placed[JobSpec], context: RequestContext, *, dagster_type_name: str) -> object:
        structure = context.structure(job)
        for facts in structure.types.values():
            if facts.name == dagster_type_name:
                return TypeOf(structure, facts)
        message = f"Could not find dagster type {dagster_type_name}."
        return DagsterTypeNotFoundError(message=message, dagster_type_name=dagster_type_name)

    _ = (dagster_types, dagster_type)


def _node_names(job: Placed[JobSpec], context: RequestContext) -> list[str]:
    return [node.name for node in context.structure(job).root.nodes or ()]


for _name in ("Job", "Pipeline"):
    DOMAIN.placed_type(_name, JobSpec, None, {"nodeNames": _node_names})
for _name in ("Job", "Pipeline", "PipelineSnapshot"):
    _container(_name, scope_of)
    _typed(_name)
_container("Graph", lambda graph, _context: graph.scope)
_container("CompositeSolidDefinition", lambda definition, _context: definition.as_graph)

DOMAIN.type(
    "Graph",
    GraphOf,
    {
        "id": lambda graph: f"{graph.scope.job.location.name}:graph:{graph.scope.graph.name}",
        "name": lambda graph: graph.scope.graph.name,
        "description": lambda graph: graph.scope.graph.description,
    },
)

# Nodes.


def _inputs(node: NodeOf) -> list[InputOf]:
    return [InputOf(node, taken) for taken in node.node.inputs]


def _outputs(node: NodeOf) -> list[OutputOf]:
    return [OutputOf(node, port) for port in node.definition.facts.outputs]


def _node_named(scope: Scope, name: str) -> NodeOf:
    return next(node for node in scope.nodes if node.node.name == name)


def _output_of(node: NodeOf, name: str) -> OutputOf:
    return next(output for output in _outputs(node) if output.port.name == name)


def _input_of(node: NodeOf, name: str) -> InputOf:
    return next(taken for taken in _inputs(node) if taken.taken.name == name)


def _depends_on(taken: InputOf) -> list[OutputOf]:
    scope = taken.node.scope
    return [_output_of(_node_named(scope, feed.node), feed.output) for feed in taken.taken.feeds]


def _depended_by(output: OutputOf) -> list[InputOf]:
    feed = Feed(output.node.node.name, output.port.name)
    return [InputOf(node, taken) for node in output.node.scope.nodes for taken in node.node.inputs if feed in taken.feeds]


def _port_of_input(taken: InputOf) -> PortOf:
    facts = taken.node.definition.facts
    return PortOf(taken.node.scope.structure, next(port for port in facts.inputs if port.name == taken.taken.name))


DOMAIN.type(
    "Solid",
    NodeOf,
    {
        "name": lambda node: node.node.name,
        "inputs": _inputs,
        "outputs": _outputs,
        "isDynamicMapped": lambda node: node.node.is_mapped,
    },
)
DOMAIN.type(
    "Input",
    InputOf,
    {
        "solid": lambda taken: taken.node,
        "definition": _port_of_input,
        "dependsOn": _depends_on,
        "isDynamicCollect": lambda taken: taken.taken.collects,
    },
)
DOMAIN.type(
    "Output",
    OutputOf,
    {
        "solid": lambda output: output.node,
        "definition": lambda output: PortOf(output.node.scope.structure, output.port),
        "dependedBy": _depended_by,
    },
)
DOMAIN.type(
    "SolidHandle",
    HandleOf,
    {"handleID": lambda handle: handle.node.place, "solid": lambda handle: handle.node},
)


@DOMAIN.field("SolidHandle", "stepStats")
def _step_stats(handle: HandleOf, context: RequestContext, *, limit: int | None = None) -> StepStats:
    job = handle.node.scope.job
    wanted = RunsFilter(job_name=job.value.name, tags={CODE_LOCATION_TAG: job.location.name})
    found: list[RunStepKeyStatsSnapshot] = []
    for record in context.instance.get_run_records(wanted, limit=min(limit or MOST_RUNS, MOST_RUNS)):
        steps = context.loaders.step_stats.load(record.dagster_run.run_id) or ()
        found.extend(step for step in steps if step.step_key.partition("[")[0] == handle.node.place)
    return StepStats(found)


DOMAIN.type("SolidStepStatsConnection", StepStats)
DOMAIN.never_made("SolidStepStatusUnavailableError")

# Definitions.


def _assets_of(definition: DefinitionOf, context: RequestContext) -> list[Placed[AssetNode]]:
    assets = context.catalog.assets
    return [assets[key] for key in definition.facts.asset_keys if key in assets]


_DEFINITION: Mapping[str, Callable[[DefinitionOf], object]] = {
    "name": lambda definition: definition.facts.name,
    "description": lambda definition: definition.facts.description,
    "metadata": lambda definition: [Pair(key, value) for key, value in sorted(definition.facts.tags.items())],
    "inputDefinitions": lambda definition: [PortOf(definition.structure, port) for port in definition.facts.inputs],
    "outputDefinitions": lambda definition: [PortOf(definition.structure, port) for port in definition.facts.outputs],
    "pools": lambda definition: sorted(_pools(definition)),
}


def _pools(definition: DefinitionOf) -> set[str]:
    facts = definition.facts
    own = {facts.pool} if facts.pool is not None else set[str]()
    return own.union(*(_pools(node.definition) for node in definition.as_graph.nodes))


def _config_field(definition: DefinitionOf) -> ConfigFieldOf | None:
    config = definition.facts.config
    return ConfigFieldOf(definition.structure.run_config, config) if config is not None else None


DOMAIN.choose(
    "ISolidDefinition",
    lambda definition: "SolidDefinition" if definition.facts.nodes is None else "CompositeSolidDefinition",
)
DOMAIN.choose("SolidContainer", lambda _value: "CompositeSolidDefinition")
DOMAIN.type(
    "SolidDefinition",
    DefinitionOf,
    {
        **_DEFINITION,
        "configField": _config_field,
        "requiredResources": lambda definition: [ResourceRequirement(key) for key in definition.facts.resource_keys],
        "pool": lambda definition: definition.facts.pool,
    },
    {"assetNodes": _assets_of},
)
DOMAIN.type(
    "CompositeSolidDefinition",
    DefinitionOf,
    {
        **_DEFINITION,
        "id": lambda definition: f"{definition.job.location.name}:{definition.job.value.name}:{definition.facts.name}",
        "inputMappings": lambda definition: [MappingOf(definition, each) for each in definition.facts.input_mappings],
        "outputMappings": lambda definition: [MappingOf(definition, each) for each in definition.facts.output_mappings],
    },
    {"assetNodes": _assets_of},
)


def _mapped_node(mapping: MappingOf) -> NodeOf:
    return _node_named(mapping.definition.as_graph, mapping.mapping.node)


def _mapped_port(mapping: MappingOf, ports: Sequence[Port]) -> PortOf:
    return PortOf(mapping.definition.structure, next(port for port in ports if port.name == mapping.mapping.port))


DOMAIN.type(
    "InputMapping",
    MappingOf,
    {
        "mappedInput": lambda mapping: _input_of(_mapped_node(mapping), mapping.mapping.node_port),
        "definition": lambda mapping: _mapped_port(mapping, mapping.definition.facts.inputs),
    },
)
DOMAIN.type(
    "OutputMapping",
    MappingOf,
    {
        "mappedOutput": lambda mapping: _output_of(_mapped_node(mapping), mapping.mapping.node_port),
        "definition": lambda mapping: _mapped_port(mapping, mapping.definition.facts.outputs),
    },
)
_PORT: Mapping[str, Callable[[PortOf], object]] = {
    "name": lambda of: of.port.name,
    "description": lambda of: of.port.description,
    "type": lambda of: type_named(of.structure, of.port.type_key),
    "metadataEntries": lambda of: entries_of(of.port.metadata),
}
DOMAIN.type("InputDefinition", PortOf, _PORT)
DOMAIN.type("OutputDefinition", PortOf, {**_PORT, "isDynamic": lambda of: of.port.is_dynamic})
DOMAIN.type("MetadataItemDefinition", Pair)

# Types.

_TYPE_KINDS = {"LIST": "ListDagsterType", "NULLABLE": "NullableDagsterType"}


def _loaded_from(of: TypeOf) -> ConfigTypeOf | None:
    key = of.facts.loader_key
    return ConfigTypeOf(of.structure.run_config, key) if key is not None else None


_TYPE: Mapping[str, Callable[[TypeOf], object]] = {
    "key": lambda of: of.facts.key,
    "name": lambda of: of.facts.name,
    "displayName": lambda of: of.facts.display_name,
    "description": lambda of: of.facts.description,
    "isNullable": lambda of: of.facts.kind == "NULLABLE",
    "isList": lambda of: of.facts.kind == "LIST",
    "isBuiltin": lambda of: of.facts.is_builtin,
    "isNothing": lambda of: of.facts.kind == "NOTHING",
    "inputSchemaType": _loaded_from,
    "outputSchemaType": lambda _of: None,
    "innerTypes": lambda of: [type_named(of.structure, key) for key in of.facts.inner_keys],
    "metadataEntries": lambda of: entries_of(of.facts.metadata),
}


def _inner_type(of: TypeOf) -> TypeOf:
    return type_named(of.structure, of.facts.inner_keys[0])


for _interface in ("DagsterType", "WrappingDagsterType", "DagsterTypeOrError"):
    DOMAIN.choose(_interface, lambda of: _TYPE_KINDS.get(of.facts.kind, "RegularDagsterType"))
DOMAIN.type("RegularDagsterType", TypeOf, _TYPE)
DOMAIN.type("ListDagsterType", TypeOf, {**_TYPE, "ofType": _inner_type})
DOMAIN.type("NullableDagsterType", TypeOf, {**_TYPE, "ofType": _inner_type})

# What a job runs with.


def _config_of(of: ConfigurableOf) -> ConfigFieldOf | None:
    config = of.facts.config
    return ConfigFieldOf(of.structure.run_config, config) if config is not None else None


_CONFIGURABLE: Mapping[str, Callable[[ConfigurableOf], object]] = {
    "name": lambda of: of.facts.name,
    "description": lambda of: of.facts.description,
    "configField": _config_of,
}
DOMAIN.type("Resource", ConfigurableOf, _CONFIGURABLE)
DOMAIN.type("Logger", ConfigurableOf, _CONFIGURABLE)


def _resources(structure: JobStructure) -> list[ConfigurableOf]:
    return [ConfigurableOf(structure, facts) for facts in structure.resources]


DOMAIN.type(
    "Mode",
    Mode,
    {
        "id": lambda mode: f"{mode.job.location.name}:{mode.job.value.name}:default",
        "name": lambda _mode: "default",
        "description": lambda _mode: None,
        "resources": lambda mode: _resources(mode.structure),
        "loggers": lambda mode: [ConfigurableOf(mode.structure, facts) for facts in mode.structure.loggers],
    },
)
DOMAIN.type("ResourceConnection", ResourceConnection)


@DOMAIN.query("resourcesOrError")
def resources(context: RequestContext, *, pipeline_selector: Input) -> object:
    """The resources that the runs of a job may use."""
    job = job_selected(context, pipeline_selector)
    return ResourceConnection(_resources(context.structure(job))) if isinstance(job, Placed) else job


@DOMAIN.query("graphOrError")
def graph(context: RequestContext, *, selector: Input | None = None) -> object:
    """A graph of a code location: that of a job, or one that is used in a job."""
    wanted = selector or {"graph_name": "", "repository_name": "", "repository_location_name": ""}
    location, repository, name = wanted["repository_location_name"], wanted["repository_name"], wanted["graph_name"]
    if context.catalog.repository(location, repository) is not None:
        for (at, _), job in context.catalog.jobs.items():
            if at != location or job.value.asset_keys:
                continue
            if (job.value.graph_name or job.value.name) == name:
                return GraphOf(scope_of(job, context))
            structure = context.structure(job)
            found = structure.definitions.get(name)
            if found is not None and found.nodes is not None:
                return GraphOf(Scope(job=job, structure=structure, graph=found))
    message = f"Could not find Graph {location}.{repository}.{name}"
    return GraphNotFoundError(message=message, graph_name=name, repository_name=repository, repository_location_name=location)


# Assets: the function that makes one is a definition of the job over all assets.


def definition_of_asset(node: Placed[AssetNode], context: RequestContext) -> DefinitionOf | None:
    """The function that makes an asset; None for an external one."""
    job = context.catalog.jobs_of_asset.get(node.value.spec.key)
    if node.value.op_name is None or not job:
        return None
    structure = context.structure(job[0])
    facts = structure.definitions.get(node.value.op_name)
    return DefinitionOf(job[0], structure, facts) if facts is not None else None


def _op_of_asset(node: Placed[AssetNode], context: RequestContext) -> DefinitionOf | None:
    """Of a graph the op whose output the asset is."""
    found = definition_of_asset(node, context)
    while found is not None and found.facts.nodes is not None:
        found = _giver_in(found, node.value.spec.key)
    return found


def _giver_in(graph: DefinitionOf, key: AssetKey) -> DefinitionOf | None:
    """What in a graph gives an asset; the first output where none of them knows it, as in a graph within the graph."""
    ports = [port.name for port in graph.facts.outputs if port.asset_key == key] or [port.name for port in graph.facts.outputs]
    for mapping in graph.facts.output_mappings:
        if mapping.port in ports[:1]:
            return _node_named(graph.as_graph, mapping.node).definition
    return None


def _config_of_asset(node: Placed[AssetNode], context: RequestContext) -> ConfigFieldOf | None:
    found = _op_of_asset(node, context)
    return _config_field(found) if found is not None else None


def _type_of_asset(node: Placed[AssetNode], context: RequestContext) -> TypeOf | None:
    found = definition_of_asset(node, context)
    for port in found.facts.outputs if found is not None else ():
        if found is not None and port.asset_key == node.value.spec.key:
            return type_named(found.structure, port.type_key)
    return None


DOMAIN.placed_type("AssetNode", AssetNode, asked={"op": _op_of_asset, "configField": _config_of_asset, "type": _type_of_asset})
